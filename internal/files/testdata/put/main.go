// Command put writes files for tests of faults: its content is many equal
// lines, so that a mixture shows.
//
//	put next FILE    replaces lines of a number by lines of the next one
//	put backup FILE  the same, and keeps a backup
//	put create FILE  makes a file of the number 1
//
// The exit code is 1 if the file was not written, and 3 if it was but may not
// survive a power failure.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/strataconf/strata/internal/files"
)

// A fault is the N-th call of each thread. On one thread it hits once, and
// not the word on standard error too, if the scheduler moved us in between.
func init() { runtime.LockOSThread() }

func main() {
	err := put(os.Args[1], os.Args[2])
	failure := (*files.Failure)(nil)
	switch {
	case err == nil:
	case errors.As(err, &failure) && failure.InPlace:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	default:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func put(how, name string) error {
	w := files.Writer{Backup: how == "backup"}
	if how == "create" {
		_, err := w.Create(name, lines(1))
		return err
	}
	old, err := files.Reader{}.ReadFile(name)
	if err != nil {
		return fmt.Errorf("%s: it can't be read", name)
	}
	first, _, _ := strings.Cut(string(old), "\n")
	n, err := strconv.Atoi(first)
	if err != nil {
		return fmt.Errorf("%s: no number", name)
	}
	_, err = w.Replace(name, old, lines(n+1))
	return err
}

func lines(n int) []byte { return []byte(strings.Repeat(fmt.Sprintf("%08d\n", n), 1000)) }
