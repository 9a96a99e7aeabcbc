package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// uses are ordinary uses of commands, in a folder with coder.yaml and
// older.json. A command that is not listed here is run bare and with --help,
// so that none is ever left out.
var uses = map[string][]string{
	"server":           {"", "--help-all", "-c coder.yaml", "-c coder.yaml --write-config", "--ephemeral"},
	"config bundle":    {"-c coder.yaml"},
	"config check":     {"", "-c coder.yaml", "-c - --format json", "-c coder.yaml --excerpt", "--env-file good.env"},
	"config compat":    {"older.json", "older.json --format json"},
	"config diff":      {"coder.yaml newer.yaml", "coder.yaml newer.yaml --format json"},
	"config docs":      {"", "--format html", "--format man", "--format schema", "--format catalog"},
	"config explain":   {"tls-min-version -c coder.yaml", "tls-min-version --format json"},
	"config lint":      {"-c coder.yaml", "-c coder.yaml --format sarif"},
	"config migrate":   {"older.yaml", "older.yaml --diff"},
	"config reference": {""},
	"config set":       {"tls-min-version tls13 -c coder.yaml", "tls-min-version tls13 -c coder.yaml --diff"},
	"config show":      {"", "-c coder.yaml --format json", "-c coder.yaml --format yaml"},
	"config unset":     {"tls-min-version -c coder.yaml"},
	"config what-if":   {"-c coder.yaml -- -c newer.yaml"},
	"completion":       {"bash", "zsh", "fish", "powershell"},
	"tokens create":    {"--user somebody"},
	"tokens list":      {""},
	"tokens revoke":    {"0123456789"},
	"users create":     {"--username another --role member"},
	"users list":       {"", "--format json"},
	"version":          {"", "--format json"},
}

// A use is one command with arguments, and what came of it without a hardship.
type use struct {
	path   string
	args   []string
	code   int
	prints bool   // something on standard output
	stdout string // the same each time, or ""
}

func (u *use) String() string { return "coder " + strings.Join(u.args, " ") }

// writes reports whether the command is there to change a file.
func (u *use) writes() bool {
	return slices.Contains([]string{"config set", "config unset", "config migrate"}, u.path) && !slices.Contains(u.args, "--diff") && !slices.Contains(u.args, "--help")
}

// allUses is every command of the tree, in each of its uses and asked for its
// help, and what no command answers.
func allUses() []*use {
	all := []*use{{path: ""}, {path: "nothing", args: []string{"nothing"}}}
	leaves((&program{}).commands(), func(sub *cobra.Command) {
		_, path, _ := strings.Cut(sub.CommandPath(), " ")
		for _, args := range append(slices.Clone(uses[path]), "", "--help") {
			u := &use{path: path, args: append(strings.Fields(path), strings.Fields(args)...)}
			if !slices.ContainsFunc(all, func(v *use) bool { return slices.Equal(u.args, v.args) }) {
				all = append(all, u)
			}
		}
	})
	return all
}

// built is the program as it is released, built once.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "built-")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // other users run it too
		return "", err
	}
	atTheEnd(func() { _ = os.RemoveAll(dir) })
	name := filepath.Join(dir, "coder")
	build := exec.Command("go", "build", "-trimpath", "-o", name, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return name, nil
})

// A stage is where uses run, each in a folder of its own.
type stage struct {
	scratch string
	program string
	state   []byte // a database with a user
	serial  atomic.Int64
}

func newStage(t *testing.T) *stage {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	scratch := t.TempDir()
	for dir := scratch; dir != os.TempDir(); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	state := t.TempDir()
	cli(t, state, "users", "create", "--username=somebody", "--role=owner")
	db, err := os.ReadFile(filepath.Join(state, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	return &stage{scratch: scratch, program: program, state: db}
}

const plainFile = "networking:\n  accessURL: https://coder.test\n  tls:\n    minVersion: tls12 # as the auditors want it\n"

// folder makes a folder to work in.
func (s *stage) folder(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(s.scratch, fmt.Sprint(s.serial.Add(1)))
	older, err := os.ReadFile("../../testdata/catalog-older.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"work/coder.yaml": []byte(plainFile), "work/newer.yaml": []byte("networking:\n  tls:\n    minVersion: tls13\n"),
		"work/older.yaml": []byte("notifications:\n  email:\n    from: coder@example.com\n    hello: example.com\n"),
		"work/good.env":   []byte("CODER_ACCESS_URL=https://coder.test\n"), "work/older.json": older, "state/" + databaseFile: s.state, "home/kept": nil,
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// content is all files below a folder.
func content(dir string) map[string]string {
	all := map[string]string{}
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, _ error) error {
		if d == nil {
			return nil
		}
		text := []byte(d.Type().String())
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() && info.Size() < 1<<20 {
			text, _ = os.ReadFile(name)
		}
		all[name] = fmt.Sprintf("%x", sha256.Sum256(text))
		return nil
	})
	return all
}

// A hardship is what a use has to bear.
type hardship struct {
	name string
	wrap []string // begins the command
	args []string // end it
	env  []string // comes last, and so counts; "HOME" alone takes HOME away; {} is the folder
	// before makes the folder worse.
	before func(t *testing.T, dir string)
	// stdin, stdout and stderr are the null device and two pipes where nil.
	stdin, stdout, stderr func(t *testing.T) *os.File
	// alone tells that an output has no reader.
	alone bool
	want  int
}

// What has to be true after a hardship, beside what always has to be.
const (
	same  = iota // the exit code and the output are as without it
	fine         // the exit code is as without it
	fails        // or something is told, and the exit code is 1, or 3 of what needs a database
	mute         // what prints fails, the rest goes on
	free         // any exit code will do
	wrong        // it fails, unless it only prints help
	torn         // or the runtime of Go gives up, as it does without files and memory
)

// An outcome is what came of a use.
type outcome struct {
	code           int // -1 after a signal
	signal         syscall.Signal
	stdout, stderr string
	took           time.Duration
	hung           bool
	changed        []string // files
}

// deadline is ten times what the slowest use takes on a busy machine.
const deadline = 30 * time.Second

// run runs a use under a hardship. A server is told to stop when it says that
// it is ready.
func (s *stage) run(t *testing.T, h hardship, u *use) outcome {
	t.Helper()
	dir := s.folder(t)
	defer os.RemoveAll(dir)
	work := filepath.Join(dir, "work")
	environ := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Join(dir, "home"), "CODER_CONFIG_DIR=" + filepath.Join(dir, "state"), "CODER_HTTP_ADDRESS=127.0.0.1:0"}
	environ = slices.DeleteFunc(environ, func(old string) bool {
		name, _, _ := strings.Cut(old, "=")
		return slices.ContainsFunc(h.env, func(v string) bool { return v == name || strings.HasPrefix(v, name+"=") })
	})
	for _, v := range h.env {
		if strings.Contains(v, "=") {
			environ = append(environ, strings.ReplaceAll(v, "{}", dir))
		}
	}
	if h.before != nil {
		h.before(t, dir)
	}
	ready, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: "@strata" + strings.ReplaceAll(dir, "/", "-"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer ready.Close()
	environ = append(environ, "NOTIFY_SOCKET="+ready.LocalAddr().String())
	argv := slices.Concat(h.wrap, []string{s.program}, u.args, h.args)
	for i := range argv {
		argv[i] = strings.ReplaceAll(argv[i], "{}", dir)
	}
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Dir, cmd.Env = work, environ
	var stdout bytes.Buffer
	stderr := &screen{more: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = &stdout, stderr
	for _, at := range []struct {
		open func(*testing.T) *os.File
		put  func(*os.File)
	}{
		{h.stdin, func(f *os.File) { cmd.Stdin = f }}, {h.stdout, func(f *os.File) { cmd.Stdout = f }}, {h.stderr, func(f *os.File) { cmd.Stderr = f }},
	} {
		if at.open != nil {
			f := at.open(t)
			defer f.Close()
			at.put(f)
		}
	}
	before := content(work)
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s, %v: %v", h.name, u, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	ended := make(chan struct{})
	stop := func() { _ = cmd.Process.Signal(syscall.SIGTERM) }
	go func() {
		if n, _ := ready.Read(make([]byte, 64)); n > 0 {
			stop()
		}
	}()
	go func() {
		if stderr.await("listening on http", ended) != "" {
			stop()
		}
	}()
	end := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	close(ended)
	out := outcome{took: time.Since(begun), hung: !end()}
	out.code, out.stdout = cmd.ProcessState.ExitCode(), stdout.String()
	out.stderr, _ = stderr.look()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		out.signal = status.Signal()
	}
	after := content(work)
	for name := range maps.Keys(after) {
		if after[name] != before[name] {
			out.changed = append(out.changed, name)
		}
	}
	for name := range maps.Keys(before) {
		if _, ok := after[name]; !ok {
			out.changed = append(out.changed, name)
		}
	}
	return out
}

// crashed reports whether the runtime of Go gave up.
func (o outcome) crashed() bool {
	return strings.Contains(o.stderr, "fatal error: ") || strings.Contains(o.stderr, "runtime: ") || strings.Contains(o.stderr, "failed to create new OS thread") ||
		strings.Contains(o.stderr, "error while loading shared libraries")
}

// judge says what is wrong with an outcome.
func (h hardship) judge(u *use, o outcome) error {
	text := o.stderr
	gaveUp := h.want == torn && (o.crashed() || o.signal != 0)
	switch {
	case o.hung:
		return fmt.Errorf("it did not end in %v", deadline)
	case len(o.changed) > 0 && !(u.writes() && (o.code == exitOK || h.stdout != nil || h.stderr != nil || strings.Contains(text, "standard output can't be written"))):
		return fmt.Errorf("exit code %d, and it changed %q", o.code, o.changed)
	case gaveUp:
		return nil
	case strings.Contains(text, "goroutine ") || strings.Contains(text, "panic: ") || o.crashed():
		return fmt.Errorf("a panic: %s", head(text))
	case h.alone && o.signal == syscall.SIGPIPE:
		return nil // as others end whose reader goes
	case o.signal != 0:
		return fmt.Errorf("it was killed by %v", o.signal)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) }):
		return fmt.Errorf("it shows raw bytes: %q", head(text))
	case o.code < 0 || o.code > exitUnavailable:
		return fmt.Errorf("exit code %d", o.code)
	case o.code != exitOK && h.stdout == nil && h.stderr == nil && !strings.HasPrefix(h.name, "closed: ") && strings.TrimSpace(text+o.stdout) == "":
		return fmt.Errorf("exit code %d without a word", o.code)
	}
	switch h.want {
	case same:
		if o.code != u.code || u.stdout != "" && o.stdout != u.stdout {
			return fmt.Errorf("exit code %d, want %d as without; it said %s and printed %s", o.code, u.code, head(text), head(o.stdout))
		}
	case fine:
		if o.code != u.code {
			return fmt.Errorf("exit code %d, want %d as without: %s", o.code, u.code, head(text))
		}
	case mute:
		if u.prints && o.code == exitOK {
			return errors.New("its output is lost, and it does not say so")
		}
		if !u.prints && o.code != u.code {
			return fmt.Errorf("exit code %d, want %d as without: %s", o.code, u.code, head(text))
		}
	case wrong:
		// A bundle tells of what is wrong instead of refusing it.
		if o.code == exitOK && !strings.Contains(u.String(), "--help") && u.path != "config bundle" {
			return errors.New("it takes what it can't know")
		}
	case fails, torn:
		if o.code == u.code || o.code == exitProblem || o.code == exitUnavailable {
			return nil
		}
		// diff and compat say of trouble what others say of wrong use.
		if o.code == exitUsage && slices.Contains([]string{"config diff", "config compat"}, u.path) {
			return nil
		}
		return fmt.Errorf("exit code %d, want %d, 1 or 3: %s", o.code, u.code, head(text))
	}
	return nil
}

// learn runs each use without a hardship.
func (s *stage) learn(t *testing.T) []*use {
	t.Helper()
	all := allUses()
	each2(all, func(u *use) {
		plain := hardship{name: "no hardship", want: fine}
		first, second := s.run(t, plain, u), s.run(t, plain, u)
		u.code, u.prints = first.code, first.stdout != ""
		if first.stdout == second.stdout {
			u.stdout = first.stdout
		}
		if err := plain.judge(u, second); err != nil {
			t.Errorf("%v: %v", u, err)
		}
	})
	return all
}

// each2 does something with each of a list, two at a time.
func each2[T any](list []T, do func(T)) {
	jobs := make(chan T, len(list)) // so that a test that fails for good leaves nobody waiting
	for _, one := range list {
		jobs <- one
	}
	close(jobs)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for one := range jobs {
				do(one)
			}
		})
	}
	group.Wait()
}

// TestHardships runs every command of the tree under every hardship: none
// panics, hangs, ends without a word or changes a file that it is not there to
// change. Beside the soak each hardship gets a sample of the uses.
func TestHardships(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	all := s.learn(t)
	type job struct {
		h hardship
		u *use
	}
	var jobs []job
	rows := hardships(t)
	for i, h := range rows {
		for j, u := range all {
			if soak() || (i+j)%23 == 0 {
				jobs = append(jobs, job{h, u})
			}
		}
	}
	var refused, survived, crashed atomic.Int64
	var slowest atomic.Int64
	each2(jobs, func(j job) {
		o := s.run(t, j.h, j.u)
		if err := j.h.judge(j.u, o); err != nil {
			t.Errorf("%s, %v: %v", j.h.name, j.u, err)
		}
		switch {
		case o.crashed():
			crashed.Add(1)
		case o.code == j.u.code:
			survived.Add(1)
		default:
			refused.Add(1)
		}
		for old := slowest.Load(); int64(o.took) > old && !slowest.CompareAndSwap(old, int64(o.took)); old = slowest.Load() {
		}
	})
	t.Logf("%d uses of %d commands, %d hardships: %d runs, of which %d went on, %d refused, %d had a runtime that gave up; the slowest took %v",
		len(all), len(uses), len(rows), len(jobs), survived.Load(), refused.Load(), crashed.Load(), time.Duration(slowest.Load()).Round(time.Millisecond))
}
