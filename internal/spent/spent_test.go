package spent_test

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/spent"
)

// work keeps a processor busy until the clock of this thread has moved by d.
func work(d time.Duration) int {
	n := 0
	for sum := time.Duration(0); sum < d; {
		sum += spent.On(func() {
			for range 1_000_000 {
				n++
			}
		})
	}
	return n
}

// What others do does not count, and what is done does.
func TestOn(t *testing.T) {
	t.Parallel()
	const d = 50 * time.Millisecond
	if got := spent.On(func() { work(d) }); got < d {
		t.Errorf("work of %v took %v", d, got)
	}
	if runtime.GOOS != "linux" {
		return // where the time that passed is all there is
	}
	var others sync.WaitGroup
	got := spent.On(func() {
		for range 3 {
			others.Go(func() { work(d) })
		}
		others.Wait()
	})
	if got > d {
		t.Errorf("to wait for three others with %v each took %v", d, got)
	}
}
