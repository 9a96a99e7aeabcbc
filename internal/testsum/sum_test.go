// A command cannot be imported, so its tests are part of it.
package main

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
)

// lines writes events as the go command would, one a line.
func lines(events ...event) string {
	var b strings.Builder
	for _, e := range events {
		line, err := json.Marshal(e)
		if err != nil {
			panic(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func start(name string) event    { return event{Action: "run", Package: "p", Test: name} }
func end(how, name string) event { return event{Action: how, Package: "p", Test: name} }
func say(name, text string) event {
	return event{Action: "output", Package: "p", Test: name, Output: text}
}
func whole(how string) event { return event{Action: how, Package: "p", Elapsed: 1.25} }

func TestSum(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		in          string
		want        []string // in this order
		good, clean bool     // without and with -noskip
	}{
		{"nothing", "", []string{"\n0 passed, 0 failed, 0 skipped\n"}, false, false},
		{"no tests", lines(whole("skip")), []string{"none  p has no tests\n", "0 passed"}, false, false},
		{"one passes", lines(start("A"), end("pass", "A"), whole("pass")), []string{"ok    p 1.2s: 1 passed\n", "\n1 passed, 0 failed, 0 skipped\n"}, true, true},
		{
			"holder is not counted",
			lines(start("A"), start("A/x"), end("pass", "A/x"), end("pass", "A"), whole("pass")),
			[]string{"\n1 passed, 0 failed, 0 skipped\n"},
			true, true,
		},
		{
			"name with slashes",
			lines(start("A"), start("A/x/y"), end("fail", "A/x/y"), end("fail", "A"), whole("fail")),
			[]string{"Failed:\n  p A/x/y\n\n0 passed, 1 failed"},
			false, false,
		},
		{
			"holder fails by itself",
			lines(start("A"), start("A/x"), end("pass", "A/x"), say("A", "late\n"), end("fail", "A"), whole("fail")),
			[]string{"FAIL  p 1.2s: 1 passed, 1 failed\n      late\n", "Failed:\n  p A\n"},
			false, false,
		},
		{
			"skip tells its reason",
			lines(start("A"), end("pass", "A"), start("B"), say("B", "=== RUN   B\n"), say("B", "    b_test.go:7: no disk\n"), say("B", "--- SKIP: B (0.00s)\n"), end("skip", "B"), whole("pass")),
			[]string{"1 passed, 1 skipped\n", "Skipped:\n  p B: b_test.go:7: no disk\n\n1 passed, 0 failed, 1 skipped\n"},
			true, false,
		},
		{
			"skip without a reason",
			lines(start("A"), end("pass", "A"), start("B"), end("skip", "B"), whole("pass")),
			[]string{"  p B: no reason given\n"},
			true, false,
		},
		{
			"process dies under a test",
			lines(start("A"), say("A", "panic: boom\n"), whole("fail")),
			[]string{"      panic: boom\n", "Failed:\n  p A\n", "0 passed, 1 failed"},
			false, false,
		},
		{
			"does not build",
			lines(event{Action: "build-output", ImportPath: "p [p.test]", Output: "p.go:1:1: odd\n"}, event{Action: "fail", Package: "p", FailedBuild: "p [p.test]"}),
			[]string{"FAIL  p 0.0s: 0 passed, 1 failed\n      p.go:1:1: odd\n", "Failed:\n  p\n"},
			false, false,
		},
		{
			"fails outside its tests",
			lines(start("A"), end("pass", "A"), event{Action: "output", Package: "p", Output: "exit status 3\n"}, whole("fail")),
			[]string{"      exit status 3\n", "\n1 passed, 1 failed, 0 skipped\n"},
			false, false,
		},
		{"never ends", lines(start("A"), end("pass", "A")), nil, false, false},
		{"plain words", "go: no such thing\n", []string{"go: no such thing\n", "0 passed"}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			s := newSum(&out)
			if err := s.read(strings.NewReader(c.in)); err != nil {
				t.Fatalf("read: got %v, want no error", err)
			}
			s.close()
			rest := out.String()
			for _, want := range c.want {
				_, after, found := strings.Cut(rest, want)
				if !found {
					t.Errorf("output: got\n%s\nwant in it, in order: %q", out.String(), want)
				}
				rest = after
			}
			if got := s.good(false); got != c.good {
				t.Errorf("good: got %v, want %v", got, c.good)
			}
			if got := s.good(true); got != c.clean {
				t.Errorf("good with -noskip: got %v, want %v", got, c.clean)
			}
		})
	}
}

func TestSumTellsABrokenInput(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	if err := newSum(&strings.Builder{}).read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("read: got %v, want %v", err, broken)
	}
}

// Whatever the stream holds, it is read to its end, and every package that
// failed is counted.
func FuzzSum(f *testing.F) {
	f.Add(lines(start("A"), end("pass", "A"), whole("pass")))
	f.Add(lines(start("A/b"), start("A"), end("skip", "A/b"), whole("fail"), whole("fail")))
	f.Add("go: no such thing")
	f.Fuzz(func(t *testing.T, in string) {
		s := newSum(&strings.Builder{})
		if err := s.read(strings.NewReader(in + "\n" + lines(whole("fail")))); err != nil {
			t.Fatalf("read: got %v, want no error", err)
		}
		s.close()
		if s.failed == 0 || s.failed != len(s.failures) || s.skipped != len(s.skips) || s.good(false) {
			t.Errorf("got %d failed of %q, %d skipped of %q, good %v; want the failure counted", s.failed, s.failures, s.skipped, s.skips, s.good(false))
		}
	})
}
