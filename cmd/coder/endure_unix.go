//go:build linux || darwin

package main

import (
	"os/signal"
	"syscall"
)

// endure keeps the process alive when the reader of its output has gone, where
// the system would end it with the next record. Other commands end then, as
// they should.
func endure() { signal.Ignore(syscall.SIGPIPE) }
