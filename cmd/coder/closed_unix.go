//go:build linux || darwin

package main

import (
	"os"
	"syscall"
)

// closed reports whether the file may have been closed when the program began.
// The Go runtime then opens the null device in its place, for reading and
// writing; a shell that sends output to the null device opens it for writing
// only. Services and scripting languages open it for reading and writing too,
// which nothing tells from what the runtime did, see [lost].
func closed(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return true
	}
	null, err := os.Stat(os.DevNull)
	if err != nil || !os.SameFile(info, null) {
		return false
	}
	flags, _, no := syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_GETFL, 0)
	return no == 0 && int(flags)&syscall.O_ACCMODE == syscall.O_RDWR
}

// lost reports whether standard output was closed, and not given away on
// purpose: whoever gives it to the null device that way mostly does so with
// another stream, too.
func lost() bool { return closed(os.Stdout) && !closed(os.Stdin) && !closed(os.Stderr) }
