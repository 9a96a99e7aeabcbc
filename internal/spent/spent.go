// Package spent measures what work costs the processor, for tests that bound
// the time of hostile input: on a busy machine the clock on the wall counts
// the work of others too.
package spent

import (
	"runtime"
	"time"
)

// On returns the time that a processor worked on f. On Linux what other
// processes and goroutines do meanwhile does not count, nor what f leaves to
// goroutines of its own; elsewhere it is the time that passed.
func On(f func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := ofThread()
	f()
	return ofThread() - before
}
