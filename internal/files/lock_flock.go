//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package files

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the lock of a file without waiting. It ends with its process, or
// by unlock.
func lock(f *os.File) locked {
	err := again(func() error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) })
	switch {
	case err == nil:
		return lockHeld
	case errors.Is(err, syscall.EWOULDBLOCK):
		return lockBusy
	}
	return lockUnknown
}

// unlock comes before the close, which is not enough: a process that is just
// being started has the file open too, until it becomes another program.
func unlock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
