//go:build linux || darwin

package main

import (
	"os"
	"syscall"
)

// closed reports whether the file was closed when the program began. The Go
// runtime then opens the null device in its place, for reading and writing; a
// shell that sends output to the null device opens it for writing only.
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
