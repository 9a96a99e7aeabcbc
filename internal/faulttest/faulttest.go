// Package faulttest makes the system calls of a program fail, one after the
// other, until a run has no more of them: for tests, on Linux, by strace.
package faulttest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Calls is the system calls that can touch a file. The question mark is for
// those that some processors do not have.
var Calls = []string{
	"openat", "read", "write", "pwrite64", "fsync", "fdatasync", "?rename", "renameat", "renameat2", "fchmod", "fchmodat", "fchown", "fchownat",
	"close", "fstat", "newfstatat", "unlinkat", "linkat", "flock", "ftruncate", "mmap", "getdents64", "readlinkat", "fcntl",
	"listxattr", "getxattr", "setxattr", "removexattr",
}

// Errors is what they fail with.
var Errors = []string{"ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EMFILE", "EINTR", "ENOMEM"}

// Kill is the fault that is no error: the program is killed as it calls.
const Kill = "SIGKILL"

// A Point is one fault: the call, as the N-th of its kind in a thread, that
// has that fault.
type Point struct {
	Call, Fault string
	N           int
}

// String is the point as strace is told of it.
func (p Point) String() string {
	if p.Fault == Kill {
		return fmt.Sprintf("%s:signal=%s:when=%d", p.Call, p.Fault, p.N)
	}
	return fmt.Sprintf("%s:error=%s:when=%d", p.Call, p.Fault, p.N)
}

// A Result is a run with a fault.
type Result struct {
	Point
	Dir    string // where the program worked
	Code   int    // its exit code
	Killed bool   // it was killed, as it should be
	// Crashed tells that the runtime of Go gave up, as it does without memory.
	// What it was doing then stays undone, as if it was killed.
	Crashed bool
	Stderr  string
	Stdout  string
}

// Ended reports whether the program came to its own end.
func (r Result) Ended() bool { return !r.Killed && !r.Crashed }

// A Program is what is run, each time in a folder of its own.
type Program struct {
	// Args is the program and its arguments; it is started in the folder.
	Args []string
	// Env is its environment, as of os/exec.
	Env []string
	// Setup fills the folder.
	Setup func(dir string) error
	// Judge says what is wrong after a run. It may run the program once more.
	Judge func(Result) error
}

// Figures is what came of all runs.
type Figures struct {
	Points     int // faults that hit
	Failed     int // of them, those after which the program ended with an exit code that is not 0
	Survived   int // with the exit code 0
	Killed     int
	Crashed    int
	Violations int
}

// Add adds other figures.
func (f *Figures) Add(g Figures) {
	f.Points += g.Points
	f.Failed += g.Failed
	f.Survived += g.Survived
	f.Killed += g.Killed
	f.Crashed += g.Crashed
	f.Violations += g.Violations
}

// String is the line for a table.
func (f Figures) String() string {
	return fmt.Sprintf("%d points, %d violations (%d ended with an error, %d did without the call, %d killed, %d out of memory)",
		f.Points, f.Violations, f.Failed, f.Survived, f.Killed, f.Crashed)
}

// most is how often a program may make a call: more is a program that never
// ends.
const most = 2000

// Run goes through all calls and all faults, and reports each violation to the
// test. A test skips without strace.
func (p Program) Run(t *testing.T, calls, faults []string) Figures {
	t.Helper()
	Need(t)
	scratch := t.TempDir()
	var (
		all    Figures
		lock   sync.Mutex
		jobs   = make(chan Point)
		group  sync.WaitGroup
		serial atomic.Int64
	)
	for range 2 {
		group.Go(func() {
			for at := range jobs {
				var sum Figures
				for at.N = 1; at.N <= most; at.N++ {
					dir := filepath.Join(scratch, fmt.Sprint(serial.Add(1)))
					hit, err := p.once(at, dir, &sum)
					if err != nil {
						sum.Violations++
						t.Errorf("%v: %v", at, err)
					}
					_ = os.RemoveAll(dir)
					if !hit {
						break
					}
				}
				if at.N > most {
					t.Errorf("%v: the program makes the call more than %d times", at, most)
				}
				lock.Lock()
				all.Add(sum)
				lock.Unlock()
			}
		})
	}
	for _, call := range calls {
		for _, fault := range faults {
			jobs <- Point{Call: call, Fault: fault}
		}
	}
	close(jobs)
	group.Wait()
	return all
}

// Need skips a test where strace is missing, or may not trace.
func Need(t *testing.T) {
	t.Helper()
	if out, err := exec.Command("strace", "-qq", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("strace does not work here: %v %s", err, out)
	}
}

// once runs the program with one fault and reports whether it was hit.
func (p Program) once(at Point, dir string, sum *Figures) (hit bool, err error) {
	work, log := filepath.Join(dir, "work"), filepath.Join(dir, "log")
	if err := os.MkdirAll(work, 0o700); err != nil {
		return false, err
	}
	if err := p.Setup(work); err != nil {
		return false, err
	}
	args := append([]string{"-f", "-qq", "-o", log, "-e", "trace=" + at.Call, "-e", "inject=" + at.String(), "--"}, p.Args...)
	cmd := exec.Command("strace", args...)
	cmd.Dir, cmd.Env = work, p.Env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	failed := cmd.Run()
	if exit := (*exec.ExitError)(nil); failed != nil && !errors.As(failed, &exit) {
		return false, failed
	}
	trace, err := os.ReadFile(log)
	if err != nil {
		return false, err
	}
	r := Result{Point: at, Dir: work, Code: cmd.ProcessState.ExitCode(), Stderr: stderr.String(), Stdout: stdout.String()}
	r.Killed = bytes.Contains(trace, []byte("+++ killed by SIGKILL"))
	if !r.Killed && !bytes.Contains(trace, []byte("(INJECTED)")) {
		if r.Code != 0 {
			return false, fmt.Errorf("without a fault the exit code is %d: %s", r.Code, r.Stderr)
		}
		return false, p.Judge(r)
	}
	r.Crashed = !r.Killed && r.Code != 0 && (strings.Contains(r.Stderr, "fatal error: ") || strings.Contains(r.Stderr, "runtime: "))
	sum.Points++
	switch {
	case r.Killed:
		sum.Killed++
	case r.Crashed:
		sum.Crashed++
	case r.Code != 0:
		sum.Failed++
	default:
		sum.Survived++
	}
	return true, p.Judge(r)
}
