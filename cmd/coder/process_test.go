package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"

	"github.com/strataconf/strata/option"
)

// world is a process that no machine shapes.
func world(args ...string) (*process, *bytes.Buffer, *bytes.Buffer) {
	var out, errs bytes.Buffer
	return &process{
		Args: append([]string{"coder"}, args...), Stdout: &out, Stderr: &errs,
		Build: build{Version: "v0.0.0-devel"},
		Host:  option.Host{Version: "v0.0.0-devel", CacheDir: "~/.cache/coder", StateDir: "/dev/null/coder"},
	}, &out, &errs
}

// output runs a command that must succeed.
func output(t *testing.T, args ...string) []byte {
	t.Helper()
	p, out, errs := world(args...)
	if code := run(context.Background(), *p); code != exitOK {
		t.Fatalf("coder %s: got exit code %d, want 0\n%s", strings.Join(args, " "), code, errs)
	}
	return out.Bytes()
}

func TestStyle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		columns int
		environ string
		width   int
		colour  bool
	}{
		{0, "", 0, false},
		{120, "", 120, true},
		{120, "NO_COLOR=1", 120, false},
		{120, "NO_COLOR=", 120, true},
		{120, "TERM=dumb", 120, false},
		{120, "COLUMNS=70", 70, true},
		{0, "COLUMNS=70", 70, false},
		{0, "COLUMNS=x", 0, false},
		{0, "COLUMNS=-3", 0, false},
	} {
		p := process{Columns: c.columns, Environ: []string{c.environ}}
		if got := p.style(); got.Width != c.width || got.Colour != c.colour {
			t.Errorf("%d columns, %q: got %+v, want width %d, colour %t", c.columns, c.environ, got, c.width, c.colour)
		}
	}
}

func TestHelpIsColouredOnATerminal(t *testing.T) {
	t.Parallel()
	p, out, _ := world("server", "--help")
	p.Columns = 100
	if code := run(context.Background(), *p); code != exitOK || !strings.Contains(out.String(), "\x1b[") {
		t.Errorf("help on a terminal: got exit code %d and no colour, want colour", code)
	}
	if plain := output(t, "server", "--help"); bytes.ContainsRune(plain, 0x1b) {
		t.Error("help in a pipe: got colour, want none")
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestOutputThatIsLost(t *testing.T) {
	t.Parallel()
	for _, args := range []string{
		"", "server --help", "server --help-all", "server --write-config", "config check", "config check --format json",
		"config check --format sarif", "config check --help", "config reference", "version", "version --format json",
	} {
		for _, lost := range []struct {
			how  string
			err  error
			want string
		}{
			{"full", syscall.ENOSPC, "no space left on device"},
			{"gone", errors.New("/secret/path"), "input/output error"},
			{"closed", nil, "bad file descriptor"},
		} {
			p, _, errs := world(strings.Fields(args)...)
			p.Stdout, p.Closed = brokenWriter{lost.err}, lost.err == nil
			code := run(context.Background(), *p)
			if lost.how == "closed" && strings.HasPrefix(args, "config check") && !strings.Contains(args, "--help") {
				if code != exitOK { // its exit code is its answer
					t.Errorf("coder %s, output closed: got exit code %d and %q, want 0", args, code, errs)
				}
				continue
			}
			if code != exitProblem || !strings.HasSuffix(errs.String(), "standard output can't be written: "+lost.want+"\n") {
				t.Errorf("coder %s, output %s: got exit code %d and %q, want 1 and %q", args, lost.how, code, errs, lost.want)
			}
		}
	}
}

func TestNoArgumentsAtAll(t *testing.T) {
	t.Parallel()
	p, out, _ := world()
	p.Args = nil
	if code := run(context.Background(), *p); code != exitOK || out.Len() == 0 {
		t.Errorf("an empty argv: got exit code %d and %d bytes, want the list of subcommands", code, out.Len())
	}
}

func TestGetenvTakesTheFirst(t *testing.T) {
	t.Parallel()
	if got := getenv([]string{"AB=0", "A=1", "A=2"}, "A"); got != "1" {
		t.Errorf("a variable given twice: got %q, want the first, 1", got)
	}
}
