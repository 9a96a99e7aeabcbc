package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/faulttest"
)

// A shot is a server that is sent signals at a moment of its life.
type shot struct {
	signals []syscall.Signal
	after   time.Duration // from its start, or from its readiness
	ready   bool          // the moments are counted from readiness
}

// A wound is what came of it.
type wound struct {
	code   int
	signal syscall.Signal
	said   string
	took   time.Duration // from the last signal to the end
	left   []string      // files that should not be there
}

// shoot starts a server, sends it the signals and waits for its end, which a
// SIGTERM brings where none of them does.
func (s *stage) shoot(t *testing.T, k shot) wound {
	t.Helper()
	dir := s.folder(t)
	defer os.RemoveAll(dir)
	ready, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: "@strata" + strings.ReplaceAll(dir, "/", "-"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer ready.Close()
	cmd := exec.Command(s.program, "server", "-c", "coder.yaml", "--ephemeral")
	cmd.Dir = filepath.Join(dir, "work")
	cmd.Env = []string{"HOME=" + filepath.Join(dir, "home"), "TMPDIR=" + filepath.Join(dir, "state"), "CODER_HTTP_ADDRESS=127.0.0.1:0", "NOTIFY_SOCKET=" + ready.LocalAddr().String()}
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	ended := follow(t, cmd)
	lives := func() bool {
		_ = ready.SetReadDeadline(time.Now().Add(deadline))
		n, _ := ready.Read(make([]byte, 64))
		return n > 0
	}
	if k.ready && !lives() {
		t.Error("the server never became ready")
	}
	<-time.After(k.after)
	stops := false
	for _, signal := range k.signals {
		_ = cmd.Process.Signal(signal)
		stops = stops || signal != syscall.SIGHUP
	}
	if !stops {
		// A dead one never says that it is ready.
		for !k.ready && !hasEnded(ended) {
			_ = ready.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
			if n, _ := ready.Read(make([]byte, 64)); n > 0 {
				break
			}
		}
		_ = cmd.Process.Signal(syscall.SIGTERM)
	}
	begun := time.Now()
	select {
	case <-ended:
	case <-time.After(deadline):
		_ = cmd.Process.Signal(syscall.SIGQUIT)
		<-ended
	}
	w := wound{code: cmd.ProcessState.ExitCode(), said: said.String(), took: time.Since(begun)}
	if !hasEnded(ended) {
		_ = cmd.Process.Kill()
		t.Fatalf("it lives after %v", deadline)
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		w.signal = status.Signal()
	}
	left, _ := filepath.Glob(filepath.Join(dir, "state", "coder-*"))
	w.left = left
	return w
}

func hasEnded(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// begun reports whether the program had come so far that it could say
// something: before its first instruction nobody can handle a signal for it.
func (w wound) begun() bool { return w.said != "" }

// TestHangUps hangs up on servers in the first 50 ms of their lives, most
// while they start: none dies of it once its first instruction has run.
func TestHangUps(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	starts := 40
	if soak() {
		starts = 1000 * times()
	}
	var before, after, slow atomic.Int64
	each2(make([]struct{}, starts), func(struct{}) {
		k := shot{signals: []syscall.Signal{syscall.SIGHUP}, after: time.Duration(rand.Int64N(int64(50 * time.Millisecond)))}
		w := s.shoot(t, k)
		switch {
		case w.signal == syscall.SIGHUP && !w.begun():
			before.Add(1)
		case w.signal != 0 || w.code != exitOK:
			after.Add(1)
			t.Errorf("a hang-up %v after the start: exit code %d, %v\n%s", k.after, w.code, w.signal, head(w.said))
		}
		if w.took > 5*time.Second {
			slow.Add(1)
		}
	})
	t.Logf("%d starts: %d ended by it before the program's first instruction, %d after; %d stopped later than 5 s", starts, before.Load(), after.Load(), slow.Load())
}

// TestHangUpAtEverySystemCall hangs up on a server as it makes its N-th system
// call: it lives, but where the program's first instruction has not run. That
// one looks whether standard error is a terminal, after it has seen to signals.
// Beside the soak it is a sample.
func TestHangUpAtEverySystemCall(t *testing.T) {
	t.Parallel()
	faulttest.Need(t)
	s := newStage(t)
	step := 90
	if soak() {
		step = 1
	}
	var calls []int
	for n := 1; n <= 450; n += step {
		calls = append(calls, n)
	}
	var before, lived atomic.Int64
	each2(calls, func(n int) {
		log := filepath.Join(s.scratch, fmt.Sprintf("trace-%d", n))
		defer os.Remove(log)
		h := hardship{name: "a hang-up", wrap: []string{"strace", "-D", "-f", "-qq", "-o", log, "-e", fmt.Sprintf("inject=all:signal=SIGHUP:when=%d", n), "--"}}
		o := s.run(t, h, &use{path: "server", args: []string{"server", "--ephemeral"}})
		started := strings.Contains(file(log), "ioctl(2, TCGETS")
		switch {
		case o.signal == syscall.SIGHUP && !started:
			before.Add(1)
		case o.signal != 0 || o.code != exitOK || !started:
			t.Errorf("at call %d: exit code %d, %v, started: %t\n%s", n, o.code, o.signal, started, head(o.stderr))
		default:
			lived.Add(1)
		}
	})
	t.Logf("%d calls of the system: %d before the program's first instruction, where it ends, %d after, where it lives", len(calls), before.Load(), lived.Load())
	if lived.Load() == 0 {
		t.Error("no server lived")
	}
}

// TestHangUpsStorm hangs up on a server many times.
func TestHangUpsStorm(t *testing.T) {
	t.Parallel()
	b, server := launch(t, t.TempDir(), nil)
	many := 2_000
	if soak() {
		many = 100_000
	}
	for range many {
		if err := server.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d tries", many)
	want(t, b.get("/healthz").StatusCode, 200)
	b.eventually("a word on it", func() bool { text, _ := b.out.look(); return strings.Contains(text, "a hang-up changes nothing") })
	want(t, b.stop(), exitOK)
}

// A hang-up ends the other commands, as the system would.
func TestHangUpEndsOthers(t *testing.T) {
	t.Parallel()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "config", "check", "-c", "-")
	stdin, err := cmd.StdinPipe() // which it waits for
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	ended := follow(t, cmd)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for late := time.Now().Add(deadline); !hasEnded(ended) && time.Now().Before(late); <-tick.C {
		_ = cmd.Process.Signal(syscall.SIGHUP) // the first may come too early to count
	}
	if !hasEnded(ended) {
		_ = cmd.Process.Kill()
		t.Fatalf("it lives after %v", deadline)
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGHUP {
		t.Errorf("got %v, want an end by the hang-up", cmd.ProcessState)
	}
}

// TestStops stops servers at every moment of their start and of their stop,
// once and twice: they end within 5 s, with exit code 0 and no file left.
func TestStops(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	step := 5 * time.Millisecond
	if soak() {
		step = 200 * time.Microsecond
	}
	var shots []shot
	for _, signals := range [][]syscall.Signal{
		{syscall.SIGTERM}, {syscall.SIGINT}, {syscall.SIGTERM, syscall.SIGTERM}, {syscall.SIGINT, syscall.SIGINT}, {syscall.SIGTERM, syscall.SIGINT}, {syscall.SIGHUP, syscall.SIGTERM},
	} {
		for after := time.Duration(0); after < 40*time.Millisecond; after += step {
			shots = append(shots, shot{signals: signals, after: after})
		}
		for after := time.Duration(0); after < 5*time.Millisecond; after += step / 4 {
			shots = append(shots, shot{signals: signals, after: after, ready: true})
		}
	}
	var early, stopped, bad atomic.Int64
	var slowest atomic.Int64
	each2(shots, func(k shot) {
		w := s.shoot(t, k)
		slowest.Store(max(slowest.Load(), int64(w.took)))
		switch {
		case w.signal != 0 && !w.begun():
			early.Add(1) // as it would end any program that has not begun
		case w.signal != 0 || w.code != exitOK || len(w.left) > 0 || w.took > 5*time.Second:
			bad.Add(1)
			t.Errorf("%v, %v after the start (%t: after it was ready): exit code %d, %v, took %v, left %q\n%s", k.signals, k.after, k.ready, w.code, w.signal, w.took, w.left, head(w.said))
		default:
			stopped.Add(1)
		}
	})
	t.Logf("%d stops: %d in good order, %d before the program's first instruction, %d not; the slowest took %v", len(shots), stopped.Load(), early.Load(), bad.Load(), time.Duration(slowest.Load()).Round(time.Millisecond))
}
