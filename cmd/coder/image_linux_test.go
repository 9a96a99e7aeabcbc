package main

import (
	"debug/elf"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// An image is what deploy/Containerfile makes, without a container engine: a
// folder that becomes the root of a process.
type image struct {
	root    string
	built   string // stands for /out
	environ []string
	user    uint32
	entry   []string // ENTRYPOINT and CMD
}

// TestImage follows deploy/Containerfile, and runs the program with nothing
// but what is in the image: no shell, no libc, no /proc, /dev or /etc.
func TestImage(t *testing.T) {
	t.Parallel()
	m := &image{root: filepath.Join(t.TempDir(), "root"), built: t.TempDir()}
	if err := os.Mkdir(m.root, 0o755); err != nil {
		t.Fatal(err)
	}
	m.follow(t, file("../../deploy/Containerfile"))
	m.isStatic(t)
	want(t, m.entry, []string{"/coder", "server"})
	for name, text := range map[string]string{"LICENSE": "Apache License", "THIRD_PARTY.txt": "golang.org/x/sys"} {
		if !strings.Contains(file(filepath.Join(m.root, "licenses", name)), text) {
			t.Errorf("/licenses/%s of the image lacks %q", name, text)
		}
	}

	if out := m.run(t, "version"); !strings.HasPrefix(out, "coder v") {
		t.Errorf("coder version: got %s", out)
	}
	m.run(t, "users", "create", "--username=olga", "--role=owner")
	token := strings.TrimSpace(m.run(t, "tokens", "create", "--user=olga"))

	out := &screen{more: make(chan struct{})}
	server := m.command(t, m.entry[1:]...)
	server.Args = append(server.Args, "--http-address=127.0.0.1:0") // the image has a port of its own
	server.Stdout, server.Stderr = out, out
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = server.Wait()
		close(ended)
	}()
	b := &booted{T: t, out: out, stop: func() int {
		_ = server.Process.Signal(syscall.SIGTERM) // STOPSIGNAL
		<-ended
		return server.ProcessState.ExitCode()
	}}
	t.Cleanup(func() { b.stop() })
	b.meet(ended, nil)
	for _, path := range []string{"/healthz", "/readyz", configPath} {
		want(t, b.get(path, tokenHeader, token).StatusCode, 200)
	}
	want(t, b.stop(), exitOK)

	// The volume has the data, and nothing else was written.
	if found, err := filepath.Glob(filepath.Join(m.root, "data", "*")); err != nil || len(found) == 0 {
		t.Errorf("/data: got %v, %v, want a database", found, err)
	}
	for _, dir := range []string{"", "tmp"} {
		entries, err := os.ReadDir(filepath.Join(m.root, dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if dir == "tmp" || !slices.Contains([]string{"coder", "data", "etc", "licenses", "tmp"}, e.Name()) {
				t.Errorf("the program left %s in /%s", e.Name(), dir)
			}
		}
	}
}

// follow does what the lines of a Containerfile say. It knows those that ours
// has, and fails at any other.
func (m *image) follow(t *testing.T, text string) {
	t.Helper()
	last := false
	for line := range strings.Lines(text) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "", "#", "WORKDIR", "VOLUME", "EXPOSE", "STOPSIGNAL":
		case "FROM":
			last = rest == "scratch"
		case "RUN":
			want(t, last, false) // there is no shell in the image
			m.build(t, rest)
		case "COPY":
			if last {
				m.copy(t, strings.Fields(rest))
			}
		case "ENV":
			m.environ = append(m.environ, strings.Fields(rest)...)
		case "USER":
			id, _, _ := strings.Cut(rest, ":")
			number, err := strconv.ParseUint(id, 10, 32)
			if err != nil || number == 0 {
				t.Fatalf("USER %s: want a number that is not root's", rest)
			}
			m.user = uint32(number)
		case "ENTRYPOINT", "CMD":
			var args []string
			if err := json.Unmarshal([]byte(rest), &args); err != nil {
				t.Fatalf("%s: %v", word, err)
			}
			m.entry = append(m.entry, args...)
		default:
			t.Fatalf("Containerfile: %s is a line that this test does not know", word)
		}
	}
}

// build runs a line of the first stage, in the checkout.
func (m *image) build(t *testing.T, line string) {
	t.Helper()
	shell := exec.Command("sh", "-ec", strings.ReplaceAll(line, "/out/", m.built+"/"))
	shell.Dir, shell.Env = "../..", append(os.Environ(), "GOFLAGS=-buildvcs=false")
	if out, err := shell.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
}

// copy does a COPY from the first stage.
func (m *image) copy(t *testing.T, args []string) {
	t.Helper()
	owner := -1 // whoever runs the test
	for strings.HasPrefix(args[0], "--") {
		if id, ok := strings.CutPrefix(args[0], "--chown=65532:"); ok && os.Getuid() == 0 {
			owner, _ = strconv.Atoi(id)
		}
		args = args[1:]
	}
	from, to := strings.ReplaceAll(args[0], "/out/", m.built+"/"), filepath.Join(m.root, args[1])
	info, err := os.Stat(from)
	if from == args[0] && errors.Is(err, os.ErrNotExist) {
		return // of the system that builds, such as its certificates
	}
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		err = os.CopyFS(to, os.DirFS(from))
	} else {
		if strings.HasSuffix(args[1], "/") {
			to = filepath.Join(to, filepath.Base(from))
		}
		err = errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, []byte(file(from)), info.Mode()))
	}
	if err == nil {
		err = os.Lchown(to, owner, owner)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// isStatic demands that the program asks for no loader and no library.
func (m *image) isStatic(t *testing.T) {
	t.Helper()
	f, err := elf.Open(filepath.Join(m.root, "coder"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the program has a part %s: it is not static", p.Type)
		}
	}
}

// command is the program with the image as its whole world. Who is root
// becomes the user of the image; others are that user in a namespace, where
// the machine lets them, and else run the program where it lies.
func (m *image) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	in := func(args ...string) *exec.Cmd {
		cmd := exec.Command("/coder", args...)
		cmd.Env, cmd.Dir = m.environ, "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: m.root, Credential: &syscall.Credential{Uid: m.user, Gid: m.user, NoSetGroups: true}}
		if os.Getuid() != 0 {
			cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
			cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: int(m.user), HostID: os.Getuid(), Size: 1}}
			cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: int(m.user), HostID: os.Getgid(), Size: 1}}
		}
		return cmd
	}
	if os.Getuid() == 0 || in("version").Run() == nil {
		return in(args...)
	}
	t.Log("no namespaces for users here: the program runs in its folder, and the rest of the machine is there too")
	cmd := exec.Command(filepath.Join(m.root, "coder"), args...)
	for _, v := range m.environ {
		cmd.Env = append(cmd.Env, strings.ReplaceAll(v, "=/", "="+m.root+"/"))
	}
	return cmd
}

// run runs a subcommand in the image.
func (m *image) run(t *testing.T, args ...string) string {
	t.Helper()
	cmd := m.command(t, args...)
	cmd.Stderr = new(strings.Builder)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("coder %v: %v\n%s", args, err, cmd.Stderr)
	}
	return string(out)
}
