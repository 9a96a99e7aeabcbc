package main

import (
	"strings"
	"testing"
)

func TestFigures(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	s := newSum(&out)
	in := lines(
		start("A"), say("A", "=== RUN   A\n"), say("A", "    a_test.go:7: [rapid] OK, passed 100 tests (1.2s)\n"), say("A", "--- PASS: A (1.20s)\n"), end("pass", "A"),
		start("B"), start("B/x"), say("B/x", "    b_test.go:9: x: 7 points, 1 violations\n"), end("pass", "B/x"), say("B", "    b_test.go:10: in all: 7 points, 1 violations\n"), say("B", "    b_test.go:11: 3 words\n"), end("pass", "B"),
		start("C"), say("C", "    c_test.go:5: 9 runs\n"), end("fail", "C"),
		whole("fail"),
		start("A"), say("A", "    a_test.go:7: [rapid] OK, passed 20000 tests (9s)\n"), event{Action: "pass", Package: "p", Test: "A", Elapsed: 9.04}, whole("pass"),
	)
	if err := s.read(strings.NewReader(in)); err != nil {
		t.Fatal(err)
	}
	s.tell()
	const want = "\nFigures:\n  p A 9.0s: 20000 draws\n  p B 0.0s: in all: 7 points, 1 violations\n  p B/x 0.0s: x: 7 points, 1 violations\n\n20000 draws, 7 points, 1 violations\n"
	if got := out.String(); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant at its end\n%s", got, want)
	}
}

func TestNoFigures(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	s := newSum(&out)
	if s.tell(); out.Len() != 0 {
		t.Errorf("got %q, want nothing of nothing", out.String())
	}
}
