package main

import (
	"io/fs"
	"os"
	"path"
	"runtime"
	"syscall"
	"testing"
)

// serving is the /proc of this system, but for the arguments of its processes:
// each is a server. Arguments are no secret there, the environment is.
type serving struct{ fs.FS }

func (s serving) ReadFile(name string) ([]byte, error) {
	if path.Base(name) == "cmdline" {
		return []byte("coder\x00server\x00"), nil
	}
	return fs.ReadFile(s.FS, name)
}

// The first process belongs to root: nobody else may read its environment.
func TestPidOfAnotherUser(t *testing.T) {
	t.Parallel()
	if _, err := os.ReadFile("/proc/1/environ"); err == nil && os.Getuid() != 0 {
		t.Skip("the first process is of the same user")
	}
	type answer struct {
		code int
		errs string
	}
	answers := make(chan answer)
	go func() {
		// The thread is never unlocked, so it ends with this goroutine, and the
		// user that it reads files as with it. This has an effect for root only.
		runtime.LockOSThread()
		const nobody = 65534
		_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0)
		code, errs := checked(serving{os.DirFS("/proc")}, nil, "--pid", "1")
		answers <- answer{code, errs}
	}()
	const want = "coder config check: no permission to read process 1 (ask as its user, or as root)\n"
	if got := <-answers; got.code != exitProblem || got.errs != want {
		t.Errorf("process 1, read as nobody: got exit code %d and %q, want 1 and %q", got.code, got.errs, want)
	}
}
