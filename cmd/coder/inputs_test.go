package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
)

// process4711 is the /proc of a system with one other process.
func process4711(cmdline, environ string) fstest.MapFS {
	zeros := func(s string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.ReplaceAll(s, "|", "\x00"))}
	}
	return fstest.MapFS{
		"self":         {Mode: fs.ModeDir},
		"4711/cmdline": zeros(cmdline),
		"4711/environ": zeros(environ),
		"4711/cwd":     {Mode: fs.ModeSymlink, Data: []byte("/nowhere")},
	}
}

// refusing is a file system of which some files can't be read.
type refusing struct {
	fstest.MapFS
	name string
	err  error
}

func (r refusing) ReadFile(name string) ([]byte, error) {
	if strings.HasSuffix(name, r.name) {
		return nil, &fs.PathError{Op: "open", Path: canary, Err: r.err}
	}
	return r.MapFS.ReadFile(name)
}

func (r refusing) ReadLink(name string) (string, error) {
	if strings.HasSuffix(name, r.name) {
		return "", &fs.PathError{Op: "readlink", Path: canary, Err: r.err}
	}
	return r.MapFS.ReadLink(name)
}

// checked runs "coder config check" and returns its exit code and what it
// wrote to standard error.
func checked(proc fs.FS, environ []string, args ...string) (int, string) {
	p, _, errs := world(append([]string{"config", "check"}, args...)...)
	p.Proc, p.Environ = proc, environ
	return run(context.Background(), *p), errs.String()
}

func TestPid(t *testing.T) {
	t.Parallel()
	good := process4711("/usr/bin/coder|server|--verbose|", "A=b|")
	for _, tc := range []struct {
		name string
		proc fs.FS
		args string
		code int
		want string
	}{
		{"flag", process4711("coder|server|--tls-adress|x|", ""), "--pid 4711", exitProblem, "argv[2] of process 4711: --tls-adress: unknown flag (did you mean --tls-address?)\n"},
		{"variable", process4711("coder|server|", "A=b|CODER_TLS_ENABLE=x|"), "--pid=4711", exitProblem, "environment of process 4711: CODER_TLS_ENABLE: not true or false (use true or false)\n"},
		{"empty argument", process4711("coder|server||", ""), "--pid 4711", exitProblem, "argv[2] of process 4711: an argument that belongs to no flag\n"},
		{"standard input", process4711("coder|server|-c|-|", ""), "--pid 4711", exitProblem, "argv[2] of process 4711: -c: the standard input of another process can't be read\n"},
		{"file in its folder", process4711("coder|server|-c|x.yaml|", ""), "--pid 4711", exitProblem, "argv[2] of process 4711: -c: no such file\n"},
		{"no server", process4711("coder|config|", ""), "--pid 4711", exitProblem, "coder config check: process 4711 is no coder server\n"},
		{"of the kernel", process4711("", ""), "--pid 4711", exitProblem, "coder config check: process 4711 is no coder server\n"},
		{"none", good, "--pid 4712", exitProblem, "coder config check: there is no process 4712\n"},
		{"gone", refusing{good, "environ", syscall.ESRCH}, "--pid 4711", exitProblem, "coder config check: there is no process 4711\n"},
		{"no permission", refusing{good, "environ", fs.ErrPermission}, "--pid 4711", exitProblem, "coder config check: no permission to read process 4711 (ask as its user, or as root)\n"},
		{"no permission for its folder", refusing{good, "cwd", syscall.EACCES}, "--pid 4711", exitProblem, "coder config check: no permission to read process 4711 (ask as its user, or as root)\n"},
		{"unreadable", refusing{good, "cmdline", syscall.EIO}, "--pid 4711", exitProblem, "coder config check: process 4711 can't be read: input/output error\n"},
		{"a system without", fstest.MapFS{}, "--pid 4711", exitProblem, "coder config check: this system has no /proc, which tells of other processes\n"},
		{"no system at all", nil, "--pid 4711", exitProblem, "coder config check: this system has no /proc, which tells of other processes\n"},
		{"with flags of the server", good, "--pid 4711 --verbose", exitUsage, "coder config check: --pid takes the flags of that process, so none of the server may stand beside it\n"},
		{"no number", good, "--pid " + canary, exitUsage, "coder config check: --pid must be the number of a process\n"},
		{"zero", good, "--pid=0", exitUsage, "coder config check: --pid must be the number of a process\n"},
		{"too large", good, "--pid=4294967296", exitUsage, "coder config check: --pid must be the number of a process\n"},
		{"missing", good, "--pid", exitUsage, "coder config check: --pid needs a value: the number of a process\n"},
		{"file without a name", good, "--env-file=", exitUsage, "coder config check: --env-file must be the name of a file\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			// The shell's environment must not count.
			code, errs := checked(tc.proc, []string{"CODER_HTTP_ADDRESS=wrong"}, strings.Fields(tc.args)...)
			if code != tc.code || errs != tc.want {
				t.Errorf("got exit code %d and %q, want %d and %q", code, errs, tc.code, tc.want)
			}
		})
	}
}

func TestEnvFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	a, b := write("a.env", "CODER_TLS_ENABLE='x'\n"), write("b.env", "# b\nCODER_TLS_ENABLE=y\n")
	const reason = "CODER_TLS_ENABLE: not true or false (use true or false)\n"
	for _, tc := range []struct {
		name string
		args []string
		want string
	}{
		{"one", []string{"--env-file", a}, a + ":1:18: " + reason},
		{"the later wins", []string{"--env-file=" + a, "--env-file=" + b}, b + ":2:18: " + reason + "note: " + a + ":1:18: CODER_TLS_ENABLE: set again at " + b + ":2:18, which counts\n"},
		{"over a process", []string{"--env-file=" + a, "--pid=4711"}, a + ":1:18: " + reason},
		{"below a flag", []string{"--env-file", a, "--tls-enable"}, "warning: " + a + ":1:18: CODER_TLS_ENABLE: not true or false, but a higher source overrides it (use true or false)\n"},
		{"missing", []string{"--env-file", "/nowhere/" + canary}, "argv[3]: --env-file: no such file\n"},
		{"behind a dash", []string{"--http-address=:1", "--", "--env-file", a}, "argv[5]: an argument that belongs to no flag\nargv[6]: an argument that belongs to no flag\n"},
		{"a folder", []string{"--env-file=" + dir}, "argv[3]: --env-file: a directory, not a regular file\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			proc := process4711("coder|server|", "CODER_TLS_ENABLE=true|")
			if _, got := checked(proc, []string{"CODER_TLS_MIN_VERSION=tls12"}, tc.args...); !strings.HasPrefix(got, tc.want) {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func TestEnvFileInOtherFormats(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "a.env")
	if err := os.WriteFile(name, []byte("CODER_TLS_ENABLE='x'"), 0o600); err != nil {
		t.Fatal(err)
	}
	for format, want := range map[string]string{
		"json":   `"file": "` + name + `",`,
		"sarif":  `"startColumn": 18,`,
		"github": "::error file=" + name + ",line=1,col=18,title=invalid-value::CODER_TLS_ENABLE: ",
	} {
		p, out, _ := world("config", "check", "--env-file", name, "--format", format, "--excerpt")
		if code := run(context.Background(), *p); code != exitProblem || !strings.Contains(out.String(), want) {
			t.Errorf("%s: got exit code %d and\n%s\nwant 1 and %s", format, code, out, want)
		}
	}
}

// Defaults that depend on the environment are those of the environment that
// is asked about.
func TestHostOfInputs(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "a.env")
	if err := os.WriteFile(name, []byte("CACHE_DIRECTORY=/var/cache/of-file"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ args, want string }{
		{"", "~/.cache/coder"},
		{"--env-file " + name, "/var/cache/of-file/coder"},
		{"--pid 4711", "/var/cache/of-process/coder"},
		{"--pid 4711 --env-file " + name, "/var/cache/of-file/coder"},
	} {
		p, _, _ := world()
		p.Proc = process4711("coder|server|", "CACHE_DIRECTORY=/var/cache/of-process|")
		asking := &program{process: *p}
		if _, err := asking.inputs(strings.Fields(tc.args), 1, nil, &keeper{}); err != nil {
			t.Fatal(err)
		}
		if got := filepath.ToSlash(asking.Host.CacheDir); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.args, got, tc.want)
		}
	}
}

// recorder is Files that remember what was asked of them.
type recorder struct{ asked string }

func (r *recorder) ReadFile(name string) ([]byte, error) {
	r.asked = name
	return nil, nil
}

func TestOtherFiles(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ root, name, want string }{
		{"", "a.yaml", "/srv/a.yaml"},
		{"", "/etc/a.yaml", "/etc/a.yaml"},
		{"/proc/7/root", "a.yaml", "/proc/7/root/srv/a.yaml"},
		{"/proc/7/root", "/etc/a.yaml", "/proc/7/root/etc/a.yaml"},
	} {
		r := new(recorder)
		_, err := otherFiles{Files: r, dir: "/srv", root: tc.root}.ReadFile(tc.name)
		if got := filepath.ToSlash(r.asked); got != tc.want || err != nil {
			t.Errorf("%s below %q: asked for %s, want %s", tc.name, tc.root, got, tc.want)
		}
	}
}

// What a file of variables or another process holds never shows.
func TestCanaryInputs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i, text := range []string{
		"CODER_PG_CONNECTION_URL=postgres://u:" + canary + "@db/x", "CODER_TLS_ENABLE=" + canary, "CODER_TLS_ENABLE='" + canary, canary, canary + "=1",
		"export " + canary, "CODER_" + canary + "=1", "CODER_PG_AUTH=\"a\\n\" " + canary + " # " + canary, "# " + canary + "\\\nA " + canary + "=1",
		"CODER_EXTERNAL_AUTH_0_CLIENT_SECRET=" + canary + "\nCODER_EXTERNAL_AUTH_0_NO_REFRESH=" + canary, "[Service]\nEnvironment=CODER_TLS_ENABLE=\\q" + canary,
		"[Service]\nEnvironment=" + canary + " '" + canary, "CODER_SCIM_AUTH_HEADER=" + canary + "\nCODER_SCIM_AUTH_HEADER=" + canary, canary + "\x00", "-----BEGIN PRIVATE KEY-----\n" + canary + "==\n",
	} {
		name := filepath.Join(dir, string(rune('a'+i)))
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, surface := range surfaces {
			if surface[0] != "config" || surface[1] == "reference" {
				continue
			}
			for _, from := range [][]string{{"--env-file", name}, {"--pid", "4711"}} {
				var out bytes.Buffer
				p, _, _ := world(append(append([]string{}, surface...), from...)...)
				p.Stdout, p.Stderr, p.Proc = &out, &out, process4711("coder|server|"+strings.ReplaceAll(text, "\n", "|"), strings.ReplaceAll(text, "\n", "|"))
				run(context.Background(), *p)
				if got := leak(out.String()); got != "" {
					t.Errorf("%q of %q shows the canary: …%s…", surface, text, got)
				}
			}
		}
	}
}
