package option_test

import (
	"testing"

	"github.com/strataconf/strata/option"
)

// TestBudgets holds what a start and its outputs may allocate. Times depend on
// the machine, these do not. What makes the rows is not counted.
func TestBudgets(t *testing.T) { // not parallel: it counts
	rows := testing.AllocsPerRun(5, func() { wideConfig().Tables(new(thousand)) })
	build := testing.AllocsPerRun(5, func() {
		if _, err := option.Build(wideConfig()); err != nil {
			t.Fatal(err)
		}
	}) - rows
	if build > 1600 {
		t.Errorf("Build of 1,000 rows: got %.0f allocations beside those of the rows, want at most 1,600", build)
	}
	r, err := option.Build(wideConfig())
	if err != nil {
		t.Fatal(err)
	}
	s, _ := r.Resolve(nil)
	safe := s.Redact()
	room := safe.AppendBody(nil, option.ShapeFull)
	if n := testing.AllocsPerRun(5, func() { room = safe.AppendBody(room[:0], option.ShapeFull) }); n > 10 {
		t.Errorf("the body of 1,000 options, with room for it: got %.0f allocations, want at most 10", n)
	}
	sum := 0
	if n := testing.AllocsPerRun(100, func() { sum += len(s.View().A.A.A) }); n > 0 || sum == 0 {
		t.Errorf("a read: got %.0f allocations, want none", n)
	}
}
