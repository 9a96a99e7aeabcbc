package kind_test

import (
	"testing"
	"time"

	"github.com/strataconf/strata/internal/spent"
)

// bounded fails if work keeps a processor busy for longer than limit.
func bounded(t *testing.T, limit time.Duration, what any, work func()) {
	t.Helper()
	if took := spent.On(work); took > limit {
		t.Errorf("%v: took %v, want %v at most", what, took, limit)
	}
}
