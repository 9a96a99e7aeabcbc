// Command launch starts programs in turns and says what each start cost. It is
// small: Linux counts the memory of whoever starts a program to the peak of
// that program.
//
//	launch ROUNDS ARGUMENT… -- PROGRAM…
//
// It prints a line for each start: the program, and in microseconds and
// kilobytes the time on the clock, the processor time, the peak of memory, and
// the page faults.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"syscall"
	"time"
)

func main() {
	debug.SetGCPercent(5)
	rounds, err := strconv.Atoi(os.Args[1])
	at := slices.Index(os.Args, "--")
	if err != nil || at < 0 {
		fmt.Fprintln(os.Stderr, "usage: launch ROUNDS ARGUMENT… -- PROGRAM…")
		os.Exit(2)
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	programs, environ := os.Args[at+1:], os.Environ()
	for round := range rounds {
		for i := range programs {
			// Each round begins with another one.
			name := programs[(i+round)%len(programs)]
			begun := time.Now()
			p, err := os.StartProcess(name, append([]string{name}, os.Args[2:at]...), &os.ProcAttr{
				Env: environ, Files: []*os.File{null, null, null},
			})
			var state *os.ProcessState
			if err == nil {
				state, err = p.Wait()
			}
			taken := time.Since(begun)
			if err != nil || !state.Success() {
				fmt.Fprintln(os.Stderr, name, "failed:", err, state)
				os.Exit(1)
			}
			use := state.SysUsage().(*syscall.Rusage)
			fmt.Println(name, taken.Microseconds(), (state.UserTime() + state.SystemTime()).Microseconds(), use.Maxrss, use.Minflt+use.Majflt)
		}
	}
}
