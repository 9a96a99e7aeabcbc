// Command coder runs the server of a deployment and looks after its
// configuration: it checks a file, prints a reference and writes what is in
// effect. "coder --help" lists what it can do.
//
// Only this package reads the arguments, the environment, the standard files,
// signals and the clock; everything below is handed them.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// First of all, so that a signal in the first moments ends the program in
	// good order too, or leaves it alone.
	hangups := catchHangups()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	world := thisProcess()
	world.Hangups = hangups
	code := run(ctx, world)
	stop()
	os.Exit(code)
}
