package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// limit sets a limit of a process, which needs no rights: the one that it may
// not pass by itself stays.
func limit(t testing.TB, process *os.Process, resource int, most uint64) {
	t.Helper()
	var of syscall.Rlimit
	call := func(to, from *syscall.Rlimit) {
		t.Helper()
		if _, _, no := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(process.Pid), uintptr(resource), uintptr(unsafe.Pointer(to)), uintptr(unsafe.Pointer(from)), 0, 0); no != 0 {
			t.Fatal(no)
		}
	}
	call(nil, &of)
	of.Cur = min(most, of.Max)
	call(&of, nil)
}

// A server that has no file left for another connection hears those that it
// has, and the others once there is one.
func TestNoFilesLeft(t *testing.T) {
	t.Parallel()
	b, server := launch(t, t.TempDir(), nil)
	owner := b.token("owner")
	want(t, b.get(configPath, tokenHeader, owner).StatusCode, 200)
	unseen := b.cli("tokens", "create", "--user=owner")
	limit(t, server, syscall.RLIMIT_NOFILE, 40)
	first := b.wire()
	want(t, first.send(healthy+"\r\n").mustStatus(t), 200)
	var many []net.Conn
	for range 64 {
		many = append(many, dial(t, b.http))
	}
	b.eventually("no file left", func() bool { text, _ := b.out.look(); return strings.Contains(text, "too many open files") })
	want(t, first.send(healthy+"\r\n").mustStatus(t), 200)
	for _, conn := range many {
		_ = conn.Close()
	}
	begun := time.Now()
	for _, token := range []string{owner, unseen} {
		want(t, b.get(configPath, tokenHeader, token).StatusCode, 200)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v to recover, want at most 5 s", took)
	}
	want(t, b.stop(), exitOK)
}

// A log that can't be written keeps nobody from an answer.
func TestFullLog(t *testing.T) {
	t.Parallel()
	b := boot(t, "", nil, "--log-human=/dev/full", "--log-json=/dev/full", "--log-stackdriver="+filepath.Join(t.TempDir(), "log"))
	for range 3 {
		want(t, b.get("/api/v2/buildinfo").StatusCode, 200)
	}
	want(t, b.stop(), exitOK)
}

// A server speaks to nobody by itself and starts no program, whatever asks it
// to tell of itself.
func TestServerContactsNobody(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed")
	}
	trace := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command("strace", "-f", "-qq", "-o", trace, "-e", "trace=connect,sendto,sendmsg,sendmmsg,execve,execveat",
		"coder", "server", "--http-address=127.0.0.1:0", "--telemetry", "--update-check", "--experiments=web-push", "--access-url=https://app.test")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere", "CODER_CONFIG_DIR=" + t.TempDir()}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := until(t, stderr)
	for _, path := range []string{"/readyz", "/api/v2/buildinfo", "/api/v2/updatecheck", "/api/v2/deployment/config"} {
		get(t, s.url+path)
	}
	// strace hands the signal on to nobody, so it is sent to its child.
	pid := regexp.MustCompile(`(?m)^(\d+) +execve`).FindStringSubmatch(file(trace))
	if pid == nil {
		t.Fatalf("the trace shows no start:\n%s", file(trace))
	}
	if out, err := exec.Command("kill", pid[1]).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("got %v, want exit code 0", err)
	}
	all := file(trace)
	if n := strings.Count(all, "execve"); n != 1 {
		t.Errorf("%d programs were started, want the server only:\n%s", n, all)
	}
	for _, call := range []string{"connect(", "sendto(", "sendmsg(", "sendmmsg("} {
		if strings.Contains(all, call) {
			t.Errorf("the server spoke to somebody:\n%s", all)
		}
	}
}
