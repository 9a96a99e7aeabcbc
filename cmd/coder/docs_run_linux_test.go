package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/golden"
)

// TestPages runs what the pages show and compares what they say it prints;
// UPDATE_GOLDEN=1 writes what it printed into the page instead.
//
// A page is one session in one folder, which holds the fixtures of the scripts.
// A block "yaml file=NAME" is a file of that name from there on, whatever its
// language. A block "console" is a run of a shell: lines after "$ " are
// commands, "> " carries on, and the rest is what they print on both outputs.
//
// In what is printed "[…]" stands for anything, and for any lines where it is
// a line of its own. A command that fails with more than 1 must be followed by
// "$ echo $?". A server that listens is interrupted. A comment
//
//	<!-- server: VARIABLE=value coder server … -->
//
// runs one while the rest of the page does, which is called process 4711 and is
// the one that systemctl knows. The folder is called /srv/coder.
func TestPages(t *testing.T) {
	t.Parallel()
	pages := pages(t)
	runs := 0
	for _, p := range pages {
		runs += len(p.consoles())
		if len(p.consoles()) == 0 {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			newSession(t, p).run()
		})
	}
	if runs < 10 {
		t.Errorf("got %d blocks that run, want more: does this still find them?", runs)
	}
}

// What differs from run to run, and what it is called.
const (
	folderOfPages = "/srv/coder"
	pidOfPages    = "4711"
)

type session struct {
	*testing.T
	page     page
	dir, bin string
	server   *exec.Cmd
}

func newSession(t *testing.T, p page) *session {
	t.Helper()
	s := &session{T: t, page: p, dir: t.TempDir(), bin: t.TempDir()}
	for _, name := range fixtures {
		b, err := os.ReadFile(filepath.Join("../../testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		s.write(filepath.Join(s.dir, name), string(b), 0o600)
	}
	return s
}

func (s *session) write(name, text string, mode os.FileMode) {
	s.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		s.Fatal(err)
	}
}

func (s *session) run() {
	var out []string
	for _, part := range s.page.parts {
		switch {
		case part.file != "":
			s.write(filepath.Join(s.dir, part.file), strings.Join(part.lines, "\n")+"\n", 0o600)
		case part.server != "":
			s.serve(part.server)
		case part.console:
			part.lines = s.console(part)
		}
		out = append(out, part.markdown()...)
	}
	text := strings.Join(out, "\n")
	if golden.Update() && text != s.page.text {
		s.write(s.page.file(), text, 0o644)
	}
}

// console runs a block and returns it with what was printed.
func (s *session) console(b part) []string {
	s.Helper()
	steps := parseSteps(b.lines)
	if len(steps) == 0 {
		s.Errorf("%s:%d: a console block without a command", s.page.name, b.line)
	}
	results := s.shell(steps)
	var out []string
	for i, st := range steps {
		where := fmt.Sprintf("%s:%d: %s", s.page.name, b.line+1+st.at, st.command)
		if i >= len(results) {
			s.Errorf("%s\nthe shell ended before", where)
			return b.lines
		}
		got := results[i]
		if got.code > 1 && (i+1 == len(steps) || steps[i+1].command != "echo $?") {
			s.Errorf("%s\ngot exit code %d, want 0 or 1, or \"$ echo $?\" after it; it printed\n%s", where, got.code, strings.Join(got.lines, "\n"))
		}
		shown := st.printed
		if !match(shown, got.lines) {
			shown = elide(st.printed, got.lines)
			if !golden.Update() {
				text := func(lines []string) []byte { return []byte(strings.Join(append(lines, ""), "\n")) }
				s.Errorf("%s\nprints something else; if that is right: make update\n%s", where, golden.Diff(text(st.printed), text(shown)))
			}
		}
		out = append(append(out, st.typed...), shown...)
	}
	return out
}

func (s *session) environ() []string {
	coder, err := exec.LookPath("coder")
	if err != nil {
		s.Fatal(err)
	}
	return []string{
		"PATH=" + s.bin + ":" + filepath.Dir(coder) + ":/usr/bin:/bin", "HOME=/home/coder", "LANG=C.UTF-8",
		"CODER_CONFIG_DIR=" + s.dir + "/state",
		"GORACE=atexit_sleep_ms=0", // else each program under the race detector ends a second late
	}
}

// A result is what one command printed, and its exit code.
type result struct {
	lines []string
	code  int
}

// end marks the end of what a command printed; its exit code follows.
const end = "\x1e"

// shell runs the steps in one shell, whose outputs are one, as on a screen.
func (s *session) shell(steps []step) []result {
	s.Helper()
	var script strings.Builder
	script.WriteString("exec 2>&1\ntrap : INT\n")
	for _, st := range steps {
		fmt.Fprintf(&script, "%s\ncode=$?; printf '\\n%s%%d\\n' $code; (exit $code)\n", st.command, end)
	}
	ctx, cancel := context.WithTimeout(s.Context(), time.Minute) // a server that never listens is not interrupted
	defer cancel()
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", script.String())
	cmd.Dir, cmd.Env = s.dir, s.environ()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var out bytes.Buffer
	cmd.Stdout = &watcher{to: &out, word: "coder: listening on", do: func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) // as the terminal does
	}}
	_ = cmd.Run() // the codes are in the output
	text := strings.ReplaceAll(out.String(), s.dir, folderOfPages)
	if s.server != nil {
		text = strings.ReplaceAll(text, "process "+strconv.Itoa(s.server.Process.Pid), "process "+pidOfPages)
	}
	var results []result
	for {
		printed, rest, found := strings.Cut(text, "\n"+end)
		if !found {
			return results
		}
		code, after, _ := strings.Cut(rest, "\n")
		n, err := strconv.Atoi(code)
		if err != nil {
			s.Fatal(err)
		}
		r := result{code: n}
		if printed = strings.TrimSuffix(printed, "\n"); printed != "" {
			r.lines = strings.Split(printed, "\n")
		}
		results, text = append(results, r), after
	}
}

// A watcher does something each time that a line with a word went by.
type watcher struct {
	to   io.Writer
	word string
	do   func()
	line []byte
	mu   sync.Mutex
}

func (w *watcher) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range b {
		if w.line = append(w.line, c); c == '\n' {
			if bytes.Contains(w.line, []byte(w.word)) {
				w.do()
			}
			w.line = w.line[:0]
		}
	}
	return w.to.Write(b)
}

// serve runs a server until the page ends, and returns when it listens.
func (s *session) serve(command string) {
	s.Helper()
	if s.server != nil {
		s.Fatal("a page has one server at most")
	}
	cmd := exec.Command("/bin/sh", "-c", "exec env "+command)
	cmd.Dir, cmd.Env = s.dir, s.environ()
	var out bytes.Buffer
	listens, gone := make(chan struct{}), make(chan struct{})
	cmd.Stderr = &watcher{to: &out, word: "coder: listening on", do: sync.OnceFunc(func() { close(listens) })}
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	go func() { _ = cmd.Wait(); close(gone) }()
	s.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		<-gone
	})
	select {
	case <-listens:
	case <-gone:
		s.Fatalf("%s\nended and printed\n%s", command, out.String())
	}
	s.server = cmd
	s.write(filepath.Join(s.bin, "systemctl"), "#!/bin/sh\necho "+strconv.Itoa(cmd.Process.Pid)+"\n", 0o755)
}

// A step is one command of a block.
type step struct {
	at      int      // of its first line in the block
	typed   []string // its lines
	command string
	printed []string
}

func parseSteps(lines []string) []step {
	var steps []step
	for i, line := range lines {
		command, typed := strings.CutPrefix(line, "$ ")
		switch n := len(steps); {
		case typed:
			steps = append(steps, step{at: i, typed: []string{line}, command: command})
		case n == 0:
		case strings.HasPrefix(line, "> ") && len(steps[n-1].printed) == 0:
			steps[n-1].typed = append(steps[n-1].typed, line)
			steps[n-1].command += "\n" + line[2:]
		default:
			steps[n-1].printed = append(steps[n-1].printed, line)
		}
	}
	return steps
}

const anything = "[…]"

// match reports whether lines are those that a page shows.
func match(shown, got []string) bool {
	switch {
	case len(shown) == 0:
		return len(got) == 0
	case shown[0] != anything:
		return len(got) > 0 && matchLine(shown[0], got[0]) && match(shown[1:], got[1:])
	}
	for n := range len(got) + 1 {
		if match(shown[1:], got[n:]) {
			return true
		}
	}
	return false
}

func matchLine(shown, got string) bool {
	parts := strings.Split(shown, anything)
	if len(parts) == 1 {
		return shown == got
	}
	got, ok := strings.CutPrefix(got, parts[0])
	for _, middle := range parts[1 : len(parts)-1] {
		i := strings.Index(got, middle)
		if i < 0 {
			return false
		}
		got = got[i+len(middle):]
	}
	return ok && strings.HasSuffix(got, parts[len(parts)-1])
}

// elide returns what was printed, cut where the page cut what it showed: lines
// between the same number of first and last lines, and inside lines that match.
func elide(shown, got []string) []string {
	out := slices.Clone(got)
	for i, line := range out {
		if j := slices.IndexFunc(shown, func(l string) bool { return l != anything && l != line && matchLine(l, line) }); j >= 0 {
			out[i] = shown[j]
		}
	}
	head := slices.Index(shown, anything)
	if head < 0 {
		return out
	}
	tail := len(shown) - head - 1
	if slices.Contains(shown[head+1:], anything) || head+tail >= len(out) {
		return out // which lines belong together is for people to say
	}
	return slices.Concat(out[:head], []string{anything}, out[len(out)-tail:])
}

func TestMatchPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shown, got string
		match      bool
		elided     string
	}{
		{"a", "a", true, ""},
		{"a", "b", false, "b"},
		{"a", "a|b", false, "a|b"},
		{"[…]", "", true, ""},
		{"[…]", "a|b", true, ""},
		{"a|[…]|d", "a|b|c|d", true, ""},
		{"a|[…]|d", "a|d", true, ""},
		{"a|[…]|d", "x|b|c|y", false, "x|[…]|y"},
		{"a|[…]|d", "a|x", false, "a|x"},
		{"a|[…]|c|[…]|e", "a|b|c|d|e", true, ""},
		{"a|[…]|c|[…]|e", "a|b|x|d|e", false, "a|b|x|d|e"},
		{"v[…] (go)", "v1.2 (go)", true, ""},
		{"v[…] (go)|a", "v1.2 (go)|b", false, "v[…] (go)|b"},
		{"v[…] (go[…])", "v1 (xo1)", false, "v1 (xo1)"},
	} {
		split := func(s string) []string {
			return slices.DeleteFunc(strings.Split(s, "|"), func(l string) bool { return l == "" })
		}
		if got := match(split(c.shown), split(c.got)); got != c.match {
			t.Errorf("match(%q, %q): got %t, want %t", c.shown, c.got, got, c.match)
		}
		if got := strings.Join(elide(split(c.shown), split(c.got)), "|"); !c.match && got != c.elided {
			t.Errorf("elide(%q, %q): got %q, want %q", c.shown, c.got, got, c.elided)
		}
	}
}
