package main

import (
	"net"
	"strconv"
	"time"
)

// A notifier tells systemd how the program is. The zero one tells nobody.
type notifier struct {
	socket   string
	watchdog time.Duration // 0 if nobody waits for signs of life
}

func newNotifier(environ []string) notifier {
	n := notifier{socket: getenv(environ, "NOTIFY_SOCKET")}
	if us, err := strconv.ParseInt(getenv(environ, "WATCHDOG_USEC"), 10, 64); err == nil && us > 0 && n.socket != "" {
		n.watchdog = time.Duration(us) * time.Microsecond
	}
	return n
}

// patience is how long a message may wait for its reader. A stop sends one, and
// may take 5 s in all.
const patience = 500 * time.Millisecond

// say sends one message. One that is lost harms nobody: systemd has limits of
// time of its own.
func (n notifier) say(message string) {
	if n.socket == "" {
		return
	}
	conn, err := net.Dial("unixgram", n.socket) // "@" stands for an abstract one here too
	if err != nil {
		return
	}
	defer conn.Close()
	_ = conn.SetWriteDeadline(time.Now().Add(patience)) // a queue that nobody reads is full one day
	_, _ = conn.Write([]byte(message))
}

// watch gives signs of life until the function it returns is called.
func (n notifier) watch() (stop func()) {
	if n.watchdog == 0 {
		return func() {}
	}
	t, done := time.NewTicker(max(n.watchdog/2, time.Millisecond)), make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-t.C:
				n.say("WATCHDOG=1")
			}
		}
	}()
	return func() {
		t.Stop()
		close(done)
	}
}
