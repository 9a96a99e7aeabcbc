package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// build compiles the test binary of each suite with all mistakes in it.
func (p *plan) build(out string, log io.Writer) error {
	scratch := filepath.Join(out, p.name)
	if err := os.RemoveAll(scratch); err != nil {
		return err
	}
	if err := os.MkdirAll(scratch, 0o755); err != nil {
		return err
	}
	built := map[string]string{}
	for _, s := range p.suites {
		if s.binary = built[s.folder]; s.binary == "" {
			full, err := filepath.Abs(filepath.Join(scratch, strings.ReplaceAll(s.folder, "/", "-")+".test"))
			if err != nil {
				return err
			}
			if err := p.compile(scratch, s.folder, full, log); err != nil {
				return err
			}
			s.binary, built[s.folder] = full, full
		}
		found, _ := filepath.Glob(s.folder + "/*_test.go")
		for _, name := range found {
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			s.rapid = s.rapid || bytes.Contains(text, []byte(`"pgregory.net/rapid"`))
		}
	}
	return nil
}

var place = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^(\S+\.go):([0-9]+):[0-9]+: `) })

// compile builds one test binary. A mistake that the compiler refuses is left
// out: it would not get far.
func (p *plan) compile(scratch, folder, binary string, log io.Writer) error {
	for range 8 {
		overlay, err := p.write(scratch)
		if err != nil {
			return err
		}
		build := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-gcflags=-e", "-o", binary, "./"+folder)
		said, err := build.CombinedOutput()
		if err == nil {
			return nil
		}
		lost := 0
		for _, s := range p.sources {
			lines := map[int]bool{}
			for _, m := range place().FindAllSubmatch(said, -1) {
				if strings.HasSuffix(s.name, strings.TrimPrefix(string(m[1]), "./")) || strings.HasSuffix(string(m[1]), strings.ReplaceAll(s.name, "/", "__")) {
					n, _ := strconv.Atoi(string(m[2]))
					lines[n] = true
				}
			}
			ids := s.without(lines)
			p.lose(ids)
			lost += len(ids)
		}
		if lost == 0 {
			return fmt.Errorf("%s does not build:\n%s", folder, said)
		}
		fmt.Fprintf(log, "%d mistakes in %s do not compile\n", lost, folder)
	}
	return fmt.Errorf("%s does not build", folder)
}

// baseline runs the tests without a mistake: they must pass, and it shows how
// long they take and which mistakes they reach at all.
func (p *plan) baseline(log io.Writer) error {
	for _, s := range p.suites {
		trace, err := filepath.Abs(s.binary + ".trace")
		if err != nil {
			return err
		}
		_ = os.Remove(trace)
		begun := time.Now()
		if how, said := s.run(p.skip, 10*time.Minute, "STRATA_MUTANT=0", "STRATA_MUTANT_TRACE="+trace); how != survived {
			return fmt.Errorf("the tests of %s fail without a mistake:\n%s", s.folder, said)
		}
		s.seconds = time.Since(begun).Seconds()
		text, err := os.ReadFile(trace)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		s.reached = map[int]bool{}
		for _, n := range strings.Fields(string(text)) {
			id, _ := strconv.Atoi(n)
			s.reached[id] = true
		}
		fmt.Fprintf(log, "%s: %.1f s, reaches %d of %d\n", s.folder, s.seconds, len(s.reached), len(p.mutants))
	}
	slices.SortStableFunc(p.suites, func(a, b *suite) int { return int(a.seconds*10) - int(b.seconds*10) })
	return nil
}

// An outcome is what became of a mistake.
type outcome string

const (
	survived outcome = "survived"
	killed   outcome = "killed"
	slow     outcome = "timed out"
	missing  outcome = "not run" // somebody took the binary away
)

// try turns one mistake on.
func (p *plan) try(m *mutant) (outcome, error) {
	for _, s := range p.suites {
		if len(m.in) > 0 && !slices.Contains(m.in, s.name()) || !s.reached[m.id] {
			continue
		}
		// Other work on the machine must not pass for a test that hangs.
		limit := time.Duration(5*s.seconds+5) * time.Second
		switch how, said := s.run(p.skip, limit, "STRATA_MUTANT="+strconv.Itoa(m.id)); how {
		case survived:
		case missing:
			return how, fmt.Errorf("%s does not start:\n%s", s.binary, said)
		default:
			return how, nil
		}
	}
	return survived, nil
}

func (s *suite) name() string {
	if s.pattern != "" {
		return s.folder + ":" + s.pattern
	}
	return s.folder
}

// run runs the tests once. A mistake may ask for all memory there is, so the
// shell sets a bound.
func (s *suite) run(skip string, limit time.Duration, environ ...string) (outcome, []byte) {
	args := []string{"-c", `ulimit -v 8000000; exec "$0" "$@"`, s.binary, "-test.short", "-test.failfast"}
	if s.pattern != "" {
		args = append(args, "-test.run", s.pattern)
	}
	if skip != "" {
		args = append(args, "-test.skip", skip)
	}
	if s.rapid {
		args = append(args, "-rapid.checks=40", "-rapid.nofailfile", "-rapid.seed=1", "-rapid.shrinktime=0s")
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	run := exec.CommandContext(ctx, "sh", args...)
	run.Dir = s.folder
	run.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "UPDATE_GOLDEN=") }), environ...)
	run.WaitDelay = time.Second
	said, err := run.CombinedOutput()
	switch {
	case err == nil:
		return survived, said
	case ctx.Err() != nil:
		return slow, said
	case run.ProcessState.ExitCode() >= 126: // what the shell says of a program that it can't start
		return missing, said
	}
	return killed, said
}
