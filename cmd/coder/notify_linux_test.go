package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A listener of messages, as systemd is one.
func notified(t *testing.T, name string) *net.UnixConn {
	t.Helper()
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

func under(socket, watchdog string) func(*process) {
	return func(p *process) { p.Environ = []string{"NOTIFY_SOCKET=" + socket, "WATCHDOG_USEC=" + watchdog} }
}

// sockets are one that is a file and one that is not.
func sockets(t *testing.T) []string {
	return []string{filepath.Join(t.TempDir(), "notify"), fmt.Sprintf("@strata-%d-%d", os.Getpid(), time.Now().UnixNano())}
}

func TestNotify(t *testing.T) {
	t.Parallel()
	for _, socket := range sockets(t) {
		systemd := notified(t, socket)
		hears := func() string {
			t.Helper()
			var b [64]byte
			n, err := systemd.Read(b[:])
			if err != nil {
				t.Fatal(err)
			}
			return string(b[:n])
		}
		server := boot(t, "", under(socket, "2000"))
		want(t, hears(), "READY=1")
		want(t, server.get("/healthz").StatusCode, 200)
		want(t, hears(), "WATCHDOG=1")
		want(t, hears(), "WATCHDOG=1")
		stopped := make(chan int, 1)
		go func() { stopped <- server.stop() }()
		last := hears()
		for last == "WATCHDOG=1" {
			last = hears()
		}
		want(t, last, "STOPPING=1")
		want(t, <-stopped, exitOK)
	}
}

// Without a watchdog there are no signs of life.
func TestNotifyWithoutWatchdog(t *testing.T) {
	t.Parallel()
	for _, watchdog := range []string{"", "0", "-5", "soon", "99999999999999999999"} {
		socket := sockets(t)[0]
		systemd := notified(t, socket)
		want(t, boot(t, "", under(socket, watchdog)).stop(), exitOK)
		for _, message := range []string{"READY=1", "STOPPING=1"} {
			var b [64]byte
			n, err := systemd.Read(b[:])
			want(t, err, nil)
			want(t, string(b[:n]), message)
		}
	}
}

// TestNotifyNobody has a socket that is missing, and one that nobody reads.
func TestNotifyNobody(t *testing.T) {
	t.Parallel()
	want(t, boot(t, "", under("/nowhere/notify", "1000")).stop(), exitOK)

	socket := sockets(t)[0]
	_ = notified(t, socket)
	server := boot(t, "", under(socket, "1000"))
	other, err := net.Dial("unixgram", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	server.eventually("a queue that is full", func() bool {
		_ = other.SetWriteDeadline(time.Now().Add(10 * time.Millisecond))
		_, err := other.Write([]byte("x"))
		return err != nil
	})
	want(t, server.get("/healthz").StatusCode, 200)
	want(t, server.stop(), exitOK)
}
