package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/faulttest"
)

// A faultScene is a command that changes a file.
type faultScene struct {
	args []string
	old  string // of coder.yaml; "" where there is none
	text string // of coder.yaml at the end, found by a run without faults
}

var faultScenes = map[string]*faultScene{
	"set":     {args: []string{"config", "set", "tls-min-version", "tls13", "--config", "coder.yaml"}, old: "networking:\n  tls:\n    minVersion: tls12 # as the auditors want it\n"},
	"create":  {args: []string{"config", "set", "tls-min-version", "tls13", "--config", "coder.yaml"}},
	"unset":   {args: []string{"config", "unset", "tls-min-version", "--config", "coder.yaml"}, old: "networking:\n  accessURL: https://coder.test\n  tls:\n    minVersion: tls12\n"},
	"migrate": {args: []string{"config", "migrate", "coder.yaml", "--backup"}, old: "# the old names\nnotifications:\n  email:\n    from: coder@example.com\n    hello: example.com\n"},
}

// TestFaults makes every system call of the commands that change files fail,
// and kills them at each: the file is old or new, whole, and the exit code
// tells which. Beside the soak it is a sample.
func TestFaults(t *testing.T) {
	t.Parallel()
	faulttest.Need(t)
	program := filepath.Join(t.TempDir(), "coder")
	build := exec.Command("go", "build", "-trimpath", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	calls, faults := []string{"write", "fsync", "renameat"}, []string{"EIO", faulttest.Kill}
	if soak() {
		calls, faults = faulttest.Calls, append(faulttest.Errors, faulttest.Kill)
	}
	var all faulttest.Figures
	for name, s := range faultScenes {
		env := []string{"PATH=/nowhere", "HOME=/nowhere", "GOMAXPROCS=1"}
		run := func(dir string) ([]byte, error) {
			cmd := exec.Command(program, s.args...)
			cmd.Dir, cmd.Env = dir, env
			return cmd.CombinedOutput()
		}
		dir := t.TempDir()
		if err := s.setup(dir); err != nil {
			t.Fatal(err)
		}
		if out, err := run(dir); err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
		text, err := os.ReadFile(filepath.Join(dir, "coder.yaml"))
		if err != nil || string(text) == s.old {
			t.Fatalf("%s: error %v, and the file has %q", name, err, text)
		}
		s.text = string(text)
		p := faulttest.Program{Args: append([]string{program}, s.args...), Env: env, Setup: s.setup, Judge: func(r faulttest.Result) error { return s.judge(r, run) }}
		got := p.Run(t, calls, faults)
		t.Logf("%s: %v", name, got)
		all.Add(got)
	}
	t.Logf("in all: %v", all)
	if all.Points < 20 {
		t.Errorf("only %d faults hit", all.Points)
	}
}

func (s *faultScene) setup(dir string) error {
	if s.old == "" {
		return nil
	}
	return os.WriteFile(filepath.Join(dir, "coder.yaml"), []byte(s.old), 0o600)
}

func (s *faultScene) judge(r faulttest.Result, again func(string) ([]byte, error)) error {
	isNew, temps, err := s.look(r.Dir)
	if err != nil {
		return err
	}
	// The fault is of each thread, so it may hit removing twice, where a call
	// and its repetition are of two.
	if !r.Ended() || r.Call == "unlinkat" && temps > 0 {
		if temps > 1 {
			return fmt.Errorf("%d temporary files are left", temps)
		}
		for range 20 { // the last thread of a killed run may end, and with it its locks, after strace does
			out, failed := again(r.Dir)
			isNew, temps, wrong := s.look(r.Dir)
			if failed == nil && wrong == nil && isNew && temps == 0 {
				return nil
			}
			err = fmt.Errorf("the next run: %w %w: %s (%d temporary files)", failed, wrong, out, temps)
		}
		return err
	}
	// What comes after the file has its content can still fail.
	late := strings.Contains(r.Stderr, "standard output can't be written") || strings.Contains(r.Stderr, "may be lost if the power fails")
	switch {
	case isNew && r.Code != 0 && !late, !isNew && r.Code == 0:
		return fmt.Errorf("exit code %d, and the file is new: %t; said %s", r.Code, isNew, r.Stderr)
	case r.Code != 0 && strings.TrimSpace(r.Stderr) == "" && r.Call != "write":
		return fmt.Errorf("exit code %d without a word", r.Code)
	case strings.Contains(r.Stderr, "goroutine "):
		return fmt.Errorf("a panic: %s", r.Stderr)
	case temps > 0:
		return fmt.Errorf("exit code %d, and %d temporary files are left", r.Code, temps)
	}
	return nil
}

// look tells whether the file is old or new, and counts what is beside it.
func (s *faultScene) look(dir string) (isNew bool, temps int, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, 0, err
	}
	found := s.old == ""
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return false, 0, err
		}
		switch {
		case e.Name() == "coder.yaml":
			isNew, found = string(text) == s.text, true
			if !isNew && string(text) != s.old {
				return false, 0, fmt.Errorf("the file is neither old nor new: %q", text)
			}
		case strings.HasPrefix(e.Name(), ".strata-"):
			temps++
		case e.Name() == "coder.yaml.bak":
			if string(text) != s.old {
				return false, 0, fmt.Errorf("the backup has %q", text)
			}
		default:
			return false, 0, fmt.Errorf("there is a file %s", e.Name())
		}
	}
	if !found {
		return false, 0, os.ErrNotExist
	}
	return isNew, temps, nil
}
