package main

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A disk is the room that a server has.
type disk struct {
	state      string
	fill, free func(t *testing.T, server *os.Process)
	wrap       []string // begins a command that has no room either
}

// small is a file system that ballast fills.
func small(t *testing.T) (disk, bool) {
	t.Helper()
	folder := t.TempDir()
	if syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=3m") != nil {
		return disk{}, false // needs root
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	ballast := filepath.Join(folder, "ballast")
	return disk{
		state: filepath.Join(folder, "state"),
		fill: func(t *testing.T, _ *os.Process) {
			t.Helper()
			if err := os.WriteFile(ballast, make([]byte, 4<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("more than the disk holds: got %v", err)
			}
			if info, err := os.Stat(ballast); err != nil || os.Truncate(ballast, info.Size()-100<<10) != nil {
				t.Fatal(err) // some room is left
			}
		},
		free: func(t *testing.T, _ *os.Process) {
			t.Helper()
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
		},
	}, true
}

// bounded limits the size of files, which needs no rights.
func bounded(t *testing.T) disk {
	t.Helper()
	size := func(most uint64) func(*testing.T, *os.Process) {
		return func(t *testing.T, server *os.Process) {
			t.Helper()
			if server != nil { // else its limit went with it
				limit(t, server, syscall.RLIMIT_FSIZE, most)
			}
		}
	}
	return disk{state: t.TempDir(), fill: size(256 << 10), free: size(math.MaxUint64), wrap: []string{"sh", "-c", `ulimit -f 8; exec "$@"`, "sh"}}
}

// A server whose disk is full refuses what it can't keep, answers all else,
// loses nothing that it confirmed, and needs no restart when there is room
// again.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	disks := map[string]func(*testing.T) (disk, bool){
		"file size":   func(t *testing.T) (disk, bool) { return bounded(t), true },
		"file system": small,
	}
	for name, get := range disks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if d, ok := get(t); ok {
				fullDisk(t, d)
			}
		})
	}
}

func fullDisk(t *testing.T, d disk) {
	t.Helper()
	for _, role := range []string{"owner", "reporter"} {
		cli(t, d.state, "users", "create", "--username="+role, "--role="+role)
	}
	newToken := func(user string) string { return cli(t, d.state, "tokens", "create", "--user="+user) }
	owner, reporter, unseen := newToken("owner"), newToken("reporter"), newToken("owner")
	b, server := launch(t, d.state, nil)
	sent, confirmed := 0, 0
	send := func() answer {
		sent++
		a := b.report(reporter, heavy(sent))
		if a.StatusCode == http.StatusNoContent {
			confirmed++
		}
		return a
	}
	good := func(tokens ...string) {
		t.Helper()
		for _, token := range tokens {
			want(t, b.get(configPath, tokenHeader, token).StatusCode, 200)
		}
	}
	full := func() (made []string) {
		d.fill(t, server)
		refused := send()
		for refused.StatusCode == http.StatusNoContent && sent < 2000 {
			refused = send()
		}
		want(t, refused.StatusCode, 503)
		want(t, refused.Header.Get("Retry-After"), "5")
		want(t, refused.body, `{"message":"The database does not answer.","detail":"Try again in a moment.","validations":[]}`)
		good(owner, unseen) // which is known, and which has to be read
		want(t, []int{b.get("/healthz").StatusCode, b.get(statsPath, tokenHeader, owner).StatusCode}, []int{200, 200})
		made = d.tokens(t)
		good(made...)
		return made
	}
	want(t, send().StatusCode, 204)
	good(owner)
	made := full()
	d.free(t, server)
	b.eventually("a report that is kept", func() bool { return send().StatusCode == 204 })
	b.received(owner, confirmed)
	made = append(made, full()...)

	_ = server.Kill() // with the disk full
	b.stop()
	d.free(t, nil)
	b, _ = launch(t, d.state, nil)
	good(made...)
	b.received(owner, confirmed)
	for i := range sent { // as those who were refused do
		want(t, b.report(reporter, heavy(i+1)).StatusCode, 204)
	}
	b.received(owner, sent)
	want(t, b.stop(), exitOK)
}

// tokens makes tokens until one can't be kept. Nothing is printed of that one.
func (d disk) tokens(t *testing.T) (made []string) {
	t.Helper()
	for range 100 {
		args := append(d.wrap[:len(d.wrap):len(d.wrap)], "coder", "tokens", "create", "--user=owner")
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere", "CODER_CONFIG_DIR=" + d.state}
		out, err := cmd.Output()
		if err != nil {
			want(t, cmd.ProcessState.ExitCode(), exitUnavailable)
			want(t, string(out), "")
			return made
		}
		made = append(made, strings.TrimSpace(string(out)))
	}
	t.Error("a hundred tokens were made on a full disk")
	return made
}

// heavy is a report of one byte received that takes much room.
func heavy(number int) string {
	items := make([]string, 100)
	for i := range items {
		items[i] = fmt.Sprintf(`{"agent_id":"00000000-0000-4000-8000-%012d","rx_bytes":%d}`, number, 1-min(i, 1))
	}
	return fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d","agents":[%s]}`, number, strings.Join(items, ","))
}

// TestServerOutlivesTheReaderOfItsLog closes the pipe that it writes to.
func TestServerOutlivesTheReaderOfItsLog(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("coder", "server", "--http-address=127.0.0.1:0")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere", "CODER_CONFIG_DIR=" + t.TempDir()}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	s := until(t, stderr)
	_ = stderr.Close()
	for range 3 { // each is logged
		if status, _ := get(t, s.url+"/api/v2/buildinfo"); status != 200 {
			t.Errorf("got %d, want 200", status)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("got %v, want exit code 0", err)
	}
}
