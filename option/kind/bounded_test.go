package kind_test

import (
	"testing"
	"time"
)

// bounded fails if work takes longer than limit each of three times: a busy
// machine makes it wait, but not every time.
func bounded(t *testing.T, limit time.Duration, what any, work func()) {
	t.Helper()
	var took time.Duration
	for range 3 {
		start := time.Now()
		work()
		if took = time.Since(start); took <= limit {
			return
		}
	}
	t.Errorf("%v: took %v, want %v at most", what, took, limit)
}
