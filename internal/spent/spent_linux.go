package spent

import (
	"syscall"
	"time"
)

// thread is RUSAGE_THREAD, which syscall does not name.
const thread = 1

// ofThread is the time that processors worked on the thread since it began.
func ofThread() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(thread, &u); err != nil {
		panic(err) // only for a constant that the system does not know
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
