package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestCoreDumps crashes a server that holds a secret, where the system writes
// down the memory of what crashes: there is none of ours, and no word has the
// secret, unless somebody asks the runtime for it. The unit of systemd allows
// none even then.
func TestCoreDumps(t *testing.T) {
	t.Parallel()
	const secret = "Zq7CANARYzq7"
	limited := func(limit string) string { return "ulimit -c " + limit + ` 2>/dev/null; exec "$0" "$@"` }
	crash := func(limit, traceback string, with syscall.Signal) (dumped bool, said string) {
		dir := t.TempDir()
		out := &screen{more: make(chan struct{})}
		cmd := exec.Command("sh", "-c", limited(limit), "coder", "server", "--http-address=127.0.0.1:0")
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, out, out
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere", "CODER_CONFIG_DIR=" + dir, "CACHE_DIRECTORY=" + filepath.Join(dir, "cache"), "GOTRACEBACK=" + traceback, "CODER_OIDC_CLIENT_SECRET=" + secret}
		ended := follow(t, cmd)
		if out.await("listening on http://", ended) == "" {
			text, _ := out.look()
			_ = cmd.Process.Kill()
			t.Fatalf("it did not start:\n%s", text)
		}
		for _, name := range []string{"environ", "mem"} {
			if err := openedByNobody("/proc/" + strconv.Itoa(cmd.Process.Pid) + "/" + name); err == nil {
				t.Errorf("%s of the server can be read by nobody in particular", name)
			}
		}
		if err := cmd.Process.Signal(with); err != nil {
			t.Fatal(err)
		}
		<-ended
		said, _ = out.look()
		cores, err := filepath.Glob(filepath.Join(dir, "core*"))
		if err != nil {
			t.Fatal(err)
		}
		return cmd.ProcessState.Sys().(syscall.WaitStatus).CoreDump() || len(cores) > 0, said
	}
	for _, with := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGSEGV, syscall.SIGBUS} {
		for _, traceback := range []string{"", "all", "system"} {
			dumped, said := crash("unlimited", traceback, with)
			if dumped || strings.Contains(said, secret) || !strings.Contains(said, "goroutine ") {
				t.Errorf("%v with GOTRACEBACK=%s: memory written %t, want only a trace, without the secret:\n%s", with, traceback, dumped, said)
			}
		}
	}
	if dumped, said := crash("0", "crash", syscall.SIGABRT); dumped || strings.Contains(said, secret) {
		t.Errorf("GOTRACEBACK=crash without room for a core: memory written %t:\n%s", dumped, said)
	}
	// The control: memory that somebody asks for is written where it may be.
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &limit); err != nil {
		t.Fatal(err)
	}
	if dumped, _ := crash("unlimited", "crash", syscall.SIGABRT); !dumped && limit.Max > 1<<30 {
		t.Error("GOTRACEBACK=crash: no memory was written, so this test shows nothing")
	}
	unit, err := os.ReadFile("../../deploy/coder.service")
	if err != nil || !strings.Contains(string(unit), "\nLimitCORE=0\n") {
		t.Errorf("the unit allows cores (%v)", err)
	}
}

// openedByNobody opens a file as another user, if this one may become it.
func openedByNobody(name string) error {
	if os.Getuid() != 0 {
		return os.ErrPermission
	}
	failed := make(chan error)
	go func() {
		runtime.LockOSThread() // the thread ends with this goroutine, and the user that it reads files as with it
		const nobody = 65534
		_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0)
		f, err := os.Open(name)
		if err == nil {
			_ = f.Close()
		}
		failed <- err
	}()
	return <-failed
}
