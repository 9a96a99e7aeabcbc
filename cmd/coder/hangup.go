package main

import (
	"os"
	"os/signal"
	"syscall"
)

// catchHangups returns where hang-ups arrive from now on. It is nil where
// somebody, as nohup does, has had them ignored before.
func catchHangups() <-chan os.Signal {
	if signal.Ignored(syscall.SIGHUP) {
		return nil
	}
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	return c
}

// mortal lets hang-ups end the process again. Only a server outlives them: to
// others it is what a terminal says that was closed. One that came in the
// microseconds before is lost.
func (p *process) mortal() {
	if p.Hangups != nil {
		signal.Reset(syscall.SIGHUP)
	}
}
