package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/faulttest"
)

// things are what may stand where a file is expected, called thing.yaml.
var things = map[string]func(name string) error{
	"nothing":              func(string) error { return nil },
	"a folder":             func(name string) error { return os.Mkdir(name, 0o700) },
	"a pipe":               func(name string) error { return syscall.Mkfifo(name, 0o600) },
	"a socket":             func(name string) error { return syscall.Mknod(name, syscall.S_IFSOCK|0o600, 0) },
	"an endless device":    linked("/dev/zero"),
	"a full device":        linked("/dev/full"),
	"a terminal":           linked("/dev/tty"),
	"the terminals":        linked("/dev/ptmx"),
	"memory":               linked("/proc/self/mem"),
	"an environment":       linked("/proc/self/environ"),
	"a link to itself":     linked("thing.yaml"),
	"a link to nothing":    linked("nothing/at/all"),
	"a link through files": linked("coder.yaml/thing.yaml"),
	"a link too long":      linked(strings.Repeat("x", 300)),
	"a gigabyte":           func(name string) error { return sparse1G(name) },
	"zeros, as after a loss of power": func(name string) error {
		return os.WriteFile(name, make([]byte, 4096), 0o600)
	},
	"zeros at its end": func(name string) error {
		return os.WriteFile(name, append([]byte("networking:\n  accessURL: https://coder.test\n"), make([]byte, 4096)...), 0o600)
	},
	"no text": func(name string) error { return os.WriteFile(name, []byte("a: \xff\xfe\x1b[2J\n"), 0o600) },
}

func linked(to string) func(string) error {
	return func(name string) error { return os.Symlink(to, name) }
}

func sparse1G(name string) error {
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		return err
	}
	return os.Truncate(name, 1<<30)
}

// takers are all ways to name a file that is read.
var takers = []string{
	"server -c thing.yaml", "server -c thing.yaml --write-config", "server --tls-enable --tls-cert-file thing.yaml --tls-key-file thing.yaml", "server --tls-enable --tls-client-ca-file thing.yaml",
	"server --scim-auth-header-file thing.yaml", "users list -c thing.yaml", "tokens list -c thing.yaml",
	"config check -c thing.yaml", "config check -c thing.yaml --excerpt", "config check --env-file thing.yaml", "config check --bundle thing.yaml", "config show -c thing.yaml", "config show --env-file thing.yaml",
	"config explain tls-min-version -c thing.yaml", "config lint -c thing.yaml", "config bundle -c thing.yaml", "config migrate thing.yaml", "config diff thing.yaml coder.yaml", "config diff coder.yaml thing.yaml",
	"config compat thing.yaml", "config set tls-min-version tls13 -c thing.yaml", "config unset tls-min-version -c thing.yaml", "config what-if -c coder.yaml -- -c thing.yaml",
}

// places are the forms in which a message says which file it is about.
var places = regexp.MustCompile(`thing\.yaml|argv\[|(--bundle|OLD|A|B): `)

// TestThingsThatAreNoFiles names what is no file to everything.yaml that reads
// files: each is refused at once and with a word that says which, and nothing
// is written.
func TestThingsThatAreNoFiles(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	type job struct{ thing, taker string }
	var jobs []job
	i := 0
	for thing := range things {
		for _, taker := range takers {
			if i++; soak() || i%9 == 0 {
				jobs = append(jobs, job{thing, taker})
			}
		}
	}
	var slowest, made atomic.Int64
	each2(jobs, func(j job) {
		h := hardship{name: j.thing, want: free, before: func(t *testing.T, dir string) {
			if err := things[j.thing](filepath.Join(dir, "work", "thing.yaml")); err != nil {
				t.Errorf("%s: %v", j.thing, err)
			}
		}}
		u := &use{args: strings.Fields(j.taker)}
		o := s.run(t, h, u)
		slowest.Store(max(slowest.Load(), int64(o.took)))
		// A bundle tells of problems, a file that is not there yet may be made,
		// and settings of another program are none of this one.
		if o.code == exitOK && (strings.HasPrefix(j.taker, "config bundle") || (strings.HasPrefix(j.taker, "config set") || strings.HasPrefix(j.taker, "config unset")) && strings.Contains(j.thing, "othing") || strings.Contains(j.taker, "--env-file") && j.thing == "an environment") {
			made.Add(1)
			return
		}
		err := h.judge(u, o)
		switch {
		case err != nil:
		case o.code == exitOK:
			err = fmt.Errorf("exit code 0: %s%s", head(o.stdout), head(o.stderr))
		case !places.MatchString(o.stderr + o.stdout):
			err = fmt.Errorf("it does not say which file: %s", head(o.stderr+o.stdout))
		}
		if err != nil {
			t.Errorf("coder %s, where thing.yaml is %s: %v", j.taker, j.thing, err)
		}
	})
	t.Logf("%d things, %d ways to name one: %d runs, %d of which took it for a new file, for a problem to bundle or for settings of others; the slowest took %v",
		len(things), len(takers), len(jobs), made.Load(), time.Duration(slowest.Load()).Round(time.Millisecond))
}

// TestReadFaults makes the system calls fail by which commands read: they go
// on, or say what they could not read and end with exit code 1.
func TestReadFaults(t *testing.T) {
	t.Parallel()
	faulttest.Need(t)
	s := newStage(t)
	calls, faults := []string{"openat", "read"}, []string{"EIO"}
	commands := []string{"config check -c coder.yaml"}
	if soak() {
		calls = []string{"openat", "read", "close", "fstat", "newfstatat", "fcntl", "mmap", "getdents64", "readlinkat", "flock", "pread64"}
		faults = []string{"EIO", "ESTALE", "EACCES", "EMFILE", "ENFILE", "ELOOP", "ENOMEM", "EINTR"}
		commands = append(commands, "config show -c coder.yaml", "config check --env-file good.env", "users list")
	}
	var all faulttest.Figures
	for _, command := range commands {
		p := faulttest.Program{
			Args: append([]string{s.program}, strings.Fields(command)...), Env: []string{"PATH=/nowhere", "HOME=/nowhere", "CODER_CONFIG_DIR=state", "GOMAXPROCS=1"},
			Setup: func(dir string) error {
				if err := os.Mkdir(filepath.Join(dir, "state"), 0o700); err != nil {
					return err
				}
				for name, text := range map[string][]byte{"coder.yaml": []byte(plainFile), "good.env": []byte("CODER_ACCESS_URL=https://coder.test\n"), "state/" + databaseFile: s.state} {
					if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
						return err
					}
				}
				return nil
			},
			Judge: func(r faulttest.Result) error {
				switch text, err := os.ReadFile(filepath.Join(r.Dir, "coder.yaml")); {
				case err != nil || string(text) != plainFile:
					return fmt.Errorf("the file that is only read has %q now, %w", text, err)
				case r.Crashed:
					return nil
				case strings.Contains(r.Stderr, "goroutine "):
					return fmt.Errorf("a panic: %s", head(r.Stderr))
				case r.Code != exitOK && r.Code != exitProblem && r.Code != exitUnavailable || r.Code != exitOK && strings.TrimSpace(r.Stderr) == "":
					return fmt.Errorf("exit code %d, and it said %q", r.Code, head(r.Stderr))
				}
				return nil
			},
		}
		got := p.Run(t, calls, faults)
		t.Logf("%s: %v", command, got)
		all.Add(got)
	}
	t.Logf("in all: %v", all)
	if all.Points < 5 {
		t.Errorf("only %d faults hit", all.Points)
	}
}

const first, second = "networking:\n  accessURL: https://first.test\n  wildcardAccessURL: '*.first.test'\n", "networking:\n  accessURL: https://second.test\n  wildcardAccessURL: '*.second.test'\n"

// unquiet changes a file for ever, in its folder, by steps that stop between.
type unquiet struct {
	begin func(dir string) error
	step  func(dir string, n int) error
	// prefixes tells that a part of the file may be what is read.
	prefixes bool
}

var unquiets = map[string]unquiet{
	// As Kubernetes does: a link to a link, whose folder goes at once.
	"a volume of Kubernetes": {
		begin: func(dir string) error {
			if err := volume(dir, 0); err != nil {
				return err
			}
			return os.Symlink("..data/coder.yaml", filepath.Join(dir, "coder.yaml"))
		},
		step: func(dir string, n int) error {
			if err := volume(dir, n); err != nil {
				return err
			}
			return os.RemoveAll(filepath.Join(dir, fmt.Sprintf("..%d", n-1)))
		},
	},
	"a file that is replaced": {
		begin: func(dir string) error { return os.WriteFile(filepath.Join(dir, "coder.yaml"), []byte(first), 0o600) },
		step: func(dir string, n int) error {
			if err := os.WriteFile(filepath.Join(dir, "new"), []byte([]string{first, second}[n%2]), 0o600); err != nil {
				return err
			}
			return os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, "coder.yaml"))
		},
	},
	"a file that comes and goes": {
		begin: func(dir string) error { return os.WriteFile(filepath.Join(dir, "coder.yaml"), []byte(first), 0o600) },
		step: func(dir string, n int) error {
			if n%2 == 0 {
				return os.Rename(filepath.Join(dir, "away"), filepath.Join(dir, "coder.yaml"))
			}
			return os.Rename(filepath.Join(dir, "coder.yaml"), filepath.Join(dir, "away"))
		},
	},
	"a file that is written in place, slowly": {
		begin: func(dir string) error { return os.WriteFile(filepath.Join(dir, "coder.yaml"), []byte(first), 0o600) },
		step: func(dir string, n int) error {
			at := n % (len(first) + 1)
			f, err := os.OpenFile(filepath.Join(dir, "coder.yaml"), os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			if at == 0 {
				return f.Truncate(0)
			}
			_, err = f.WriteAt([]byte{first[at-1]}, int64(at-1))
			return err
		},
		prefixes: true,
	},
}

// volume makes the n-th folder of a volume and lets "..data" lead there.
func volume(dir string, n int) error {
	name := fmt.Sprintf("..%d", n)
	if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, name, "coder.yaml"), []byte([]string{first, second}[n%2]), 0o600); err != nil {
		return err
	}
	if err := os.Symlink(name, filepath.Join(dir, "..data_tmp")); err != nil {
		return err
	}
	return os.Rename(filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data"))
}

// TestFilesThatChange reads a file while somebody changes it: what is read is
// one whole version, or it is refused with a word on the file. Of one that is
// written in place, which no reader can tell from a shorter one, it is what
// had been written.
func TestFilesThatChange(t *testing.T) {
	t.Parallel()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	reads := 30
	if soak() {
		reads = 1000
	}
	outputOf := func(text string) string {
		name := filepath.Join(t.TempDir(), "coder.yaml")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p, out, _ := world("server", "-c", name, "--write-config")
		p.Registry = kept
		if run(context.Background(), *p) != exitOK {
			return ""
		}
		return settingsOf(out.String())
	}
	for name, q := range unquiets {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := q.begin(dir); err != nil {
				t.Fatal(err)
			}
			allowed := map[string]bool{outputOf(first): true, outputOf(second): true}
			for i := range first {
				if q.prefixes {
					allowed[outputOf(first[:i])] = true
				}
			}
			var steps atomic.Int64
			done := make(chan struct{})
			var writer sync.WaitGroup
			writer.Go(func() {
				for n := 1; !hasEnded(done); n++ {
					if err := q.step(dir, n); err != nil {
						t.Errorf("step %d: %v", n, err)
						return
					}
					steps.Store(int64(n))
					if rand.N(4) == 0 {
						<-time.After(rand.N(time.Millisecond))
					}
				}
			})
			seen, refused, bad := map[string]int{}, 0, 0
			for i := range reads {
				args := [][]string{{"server", "-c", "coder.yaml", "--write-config"}, {"config", "check", "-c", "coder.yaml", "--excerpt"}}[i%2]
				cmd := exec.Command(program, args...)
				cmd.Dir, cmd.Env = dir, []string{"HOME=/nowhere"}
				var out, errs bytes.Buffer
				cmd.Stdout, cmd.Stderr = &out, &errs
				err := cmd.Run()
				got := settingsOf(out.String())
				switch code := cmd.ProcessState.ExitCode(); {
				case err != nil && (code != exitProblem || !strings.Contains(errs.String(), "coder.yaml:") && !strings.Contains(errs.String(), "-c: ") || strings.Contains(errs.String(), "goroutine ")):
					bad++
					t.Errorf("exit code %d, and it said %q", code, head(errs.String()))
				case err != nil:
					refused++
				case i%2 == 1: // a check
				case !allowed[got]:
					bad++
					t.Errorf("it read what never was a file:\n%s", got)
				default:
					seen[got]++
				}
			}
			close(done)
			writer.Wait()
			t.Logf("%s: %d reads during %d changes: %d refused, %d versions seen, %d torn", name, reads, steps.Load(), refused, len(seen), bad)
		})
	}
}

// settingsOf is the settings of a written file, without its comments.
func settingsOf(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "accessURL:") || strings.HasPrefix(line, "wildcardAccessURL:") {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}
