package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// within makes the servers of a test less patient, or more.
func within(change func(*bounds)) func(*process) {
	b := usualBounds
	change(&b)
	return func(p *process) { p.Bounds = &b }
}

// soak reports whether the long tests run.
func soak() bool { return os.Getenv("STRATA_SOAK") != "" }

// times is how often a long test draws what it draws by chance: SOAK of make
// soak.
func times() int {
	n, _ := strconv.Atoi(os.Getenv("STRATA_SOAK"))
	return max(n, 1)
}

// A wire is a connection to a server that speaks as rudely as a test wants.
type wire struct {
	net.Conn
	r *bufio.Reader
}

// tolerance is how long a client of a test waits for the server to end a
// connection: in the long run, where the bounds are the usual ones, longer than
// the longest of them.
func tolerance() time.Duration {
	if soak() {
		return usualBounds.idle + 30*time.Second
	}
	return 20 * time.Second
}

func (b *booted) wire() *wire {
	b.Helper()
	conn := dial(b.T, b.http)
	if err := conn.SetDeadline(time.Now().Add(tolerance())); err != nil {
		b.Fatal(err)
	}
	return &wire{conn, bufio.NewReader(conn)}
}

// send writes and leaves it to the reader to find out what came of it.
func (w *wire) send(parts ...string) *wire {
	for _, part := range parts {
		if _, err := io.WriteString(w, part); err != nil {
			return w
		}
	}
	return w
}

// status reads an answer. Of one that is the last, the end may be lost: the
// server closes while the client still talks.
func (w *wire) status() (int, error) {
	resp, err := http.ReadResponse(w.r, nil)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if _, err = io.Copy(io.Discard, resp.Body); resp.Close {
		err = nil
	}
	return resp.StatusCode, err
}

// ended reports whether the server has closed the connection, once it has or
// the time is over, and what it said before.
func (w *wire) ended() (said string, ended bool) {
	b, err := io.ReadAll(w.r)
	slow := net.Error(nil)
	return string(b), err == nil || !errors.As(err, &slow) || !slow.Timeout()
}

// over reports whether the server closes the connection without a word.
func (w *wire) over() bool {
	said, ended := w.ended()
	return said == "" && ended
}

const healthy = "GET /healthz HTTP/1.1\r\nHost: a\r\n"

// TestLoudClients sends too much of everything.
func TestLoudClients(t *testing.T) {
	t.Parallel()
	b := boot(t, "", nil)
	const post = "POST /api/v2/csp/reports HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
	long := strings.Repeat("x", 1<<20)
	for name, c := range map[string]struct {
		send string
		more string // sent until the server hears no more
		want int
	}{
		"header of 1 MB":          {send: healthy + "X: " + long + "\r\n\r\n", want: 431},
		"headers of 1 MB":         {send: healthy + strings.Repeat("X: y\r\n", 1<<20/6) + "\r\n", want: 431},
		"header without end":      {send: healthy + "X: ", more: long, want: 431},
		"URL of 5 KiB":            {send: "GET /" + long[:5<<10] + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", want: 414},
		"query of 5 KiB":          {send: "GET /healthz?" + long[:5<<10] + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", want: 414},
		"body, as declared":       {send: post + "Content-Length: 65537\r\n\r\n", more: long, want: 413},
		"body of 8 EiB, declared": {send: post + "Content-Length: 9223372036854775807\r\n\r\n", more: long, want: 413},
		"body, by a wrong method": {send: healthy + "Content-Length: 65537\r\n\r\n", more: long, want: 413},
		"chunks without end":      {send: post + "Transfer-Encoding: chunked\r\n\r\n", more: fmt.Sprintf("%x\r\n%s\r\n", 16<<10, long[:16<<10]), want: 413},
		"tiny chunks without end": {send: post + "Transfer-Encoding: chunked\r\n\r\n", more: strings.Repeat("1\r\nx\r\n", 1<<10), want: 413},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := b.wire()
			var writer sync.WaitGroup
			writer.Go(func() {
				for w.send(c.send); c.more != ""; {
					if _, err := io.WriteString(w, c.more); err != nil {
						return
					}
				}
			})
			if got, err := w.status(); got != c.want || err != nil {
				t.Errorf("got %d, error %v, want %d", got, err, c.want)
			}
			if !w.over() {
				t.Error("the connection goes on, want it closed")
			}
			writer.Wait()
		})
	}
}

// TestSlowHeadersAreCutOff sends a header byte by byte, for ever.
func TestSlowHeadersAreCutOff(t *testing.T) {
	t.Parallel()
	b := boot(t, "", within(func(b *bounds) {
		b.request, b.idle = time.Hour, time.Hour // or else these would do it
		if !soak() {
			b.header = 200 * time.Millisecond
		}
	}))
	for _, begin := range []string{"", "G", healthy, healthy + "X: "} {
		w := b.wire().send(begin)
		over := make(chan struct{})
		var writer sync.WaitGroup
		writer.Go(func() {
			tick := time.NewTicker(5 * time.Millisecond)
			defer tick.Stop()
			for begin != "" {
				select {
				case <-tick.C:
					w.send("x")
				case <-over:
					return
				}
			}
		})
		// What came so far may be taken for a whole and malformed header.
		if said, ended := w.ended(); !ended || said != "" && !strings.HasPrefix(said, "HTTP/1.1 400 ") {
			t.Errorf("after %q, byte by byte: got %q, closed: %t, want it closed", begin, said, ended)
		}
		close(over)
		writer.Wait()
	}
}

// TestSlowBodiesAreCutOff sends a part of a body and no more.
func TestSlowBodiesAreCutOff(t *testing.T) {
	t.Parallel()
	b := boot(t, "", within(func(b *bounds) {
		if !soak() {
			b.request = 200 * time.Millisecond
		}
	}))
	w := b.wire().send("POST /api/v2/csp/reports HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
	if got, err := w.status(); got != 408 || err != nil || !w.over() {
		t.Errorf("half a body: got %d, error %v, want 408 and the end of the connection", got, err)
	}
	want(t, usualBounds.answer > usualBounds.request, true) // else there is no time to say so
}

// TestIdleConnectionsEnd asks once and then is silent.
func TestIdleConnectionsEnd(t *testing.T) {
	t.Parallel()
	b := boot(t, "", within(func(b *bounds) { b.request, b.idle = time.Hour, 50*time.Millisecond }))
	w := b.wire().send(healthy + "\r\n")
	if got, err := w.status(); got != 200 || err != nil || !w.over() {
		t.Errorf("got %d, error %v, want 200 and later the end of the connection", got, err)
	}
}

// TestSlowClientsHoldNobodyUp has many connections that never come to the
// point, and one that does.
func TestSlowClientsHoldNobodyUp(t *testing.T) {
	t.Parallel()
	many := 300
	if soak() {
		many = 2000
	}
	b := boot(t, "", within(func(b *bounds) { b.header, b.request = time.Hour, time.Hour }))
	var before time.Duration
	if soak() {
		before = p99(t, b)
	}
	slow := make([]*wire, many)
	for i := range slow {
		slow[i] = b.wire().send([]string{"", healthy, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"}[i%3])
	}
	for range 20 {
		want(t, b.wire().send(healthy+"\r\n").mustStatus(t), 200) // a new connection each
		want(t, b.get("/api/v2/buildinfo").StatusCode, 200)
	}
	if soak() {
		with := p99(t, b)
		t.Logf("p99 of good clients: %v alone, %v beside %d slow ones", before, with, many)
		if with > 2*before {
			t.Errorf("p99 of good clients grew from %v to %v, want at most twice", before, with)
		}
	}
	// They were there all the time: those who come to the point are heard.
	want(t, slow[0].send(healthy+"\r\n").mustStatus(t), 200)
	want(t, slow[many/3*3-2].send("\r\n").mustStatus(t), 200)
	for _, w := range slow {
		_ = w.Close()
	}
	want(t, b.stop(), exitOK)
}

// p99 is the time within which 99 of 100 answers come, the best of three
// rounds: other programs run on this machine.
func p99(t *testing.T, b *booted) time.Duration {
	t.Helper()
	best := time.Hour
	for range 3 {
		took := make([]time.Duration, 3000)
		for i := range took {
			begun := time.Now()
			want(t, b.get("/healthz").StatusCode, 200)
			took[i] = time.Since(begun)
		}
		slices.Sort(took)
		best = min(best, took[len(took)*99/100])
	}
	return best
}

func (w *wire) mustStatus(t *testing.T) int {
	t.Helper()
	status, err := w.status()
	if err != nil {
		t.Fatal(err)
	}
	return status
}

// TestConnectionCap lets two in at a time; a third is heard when one leaves.
func TestConnectionCap(t *testing.T) {
	t.Parallel()
	b := boot(t, "", within(func(b *bounds) { b.connections = 2 }))
	first, second := b.wire(), b.wire()
	for range 3 {
		want(t, first.send(healthy+"\r\n").mustStatus(t), 200)
		want(t, second.send(healthy+"\r\n").mustStatus(t), 200)
	}
	third := b.wire().send(healthy + "\r\n")
	_ = third.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
	if one, err := third.r.Peek(1); err == nil {
		t.Fatalf("a third connection got %q while two were there", one)
	}
	third.r = bufio.NewReader(third.Conn) // the old one remembers the deadline
	_ = third.SetReadDeadline(time.Now().Add(20 * time.Second))
	want(t, first.send(healthy+"\r\n").mustStatus(t), 200)
	_ = first.Close()
	want(t, third.mustStatus(t), 200)
	want(t, second.send(healthy+"\r\n").mustStatus(t), 200)
}
