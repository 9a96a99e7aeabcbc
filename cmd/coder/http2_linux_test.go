package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// A frames is a connection of HTTP/2 that says what a test wants.
type frames struct {
	*http2.Framer
	net.Conn
	next uint32 // stream
}

// frames connects and agrees on HTTP/2. It leaves it to the reader to find out
// that the server has cut it off already.
func (b *booted) frames(settings ...http2.Setting) *frames {
	b.Helper()
	conn := b.tls("h2")
	want(b.T, conn.ConnectionState().NegotiatedProtocol, "h2")
	f := &frames{http2.NewFramer(conn, bufio.NewReader(conn)), conn, 1}
	f.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	f.AllowIllegalWrites = true
	_, _ = io.WriteString(conn, http2.ClientPreface)
	_ = f.WriteSettings(settings...)
	return f
}

// in is the server in another test.
func (b *booted) in(t *testing.T) *booted {
	other := *b
	other.T = t
	return &other
}

// tls connects by TLS for so long as a test may take.
func (b *booted) tls(protocol string) *tls.Conn {
	b.Helper()
	conn, err := tls.Dial("tcp", strings.TrimPrefix(b.https, "https://"), &tls.Config{InsecureSkipVerify: true, NextProtos: []string{protocol}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(tolerance())); err != nil {
		b.Fatal(err)
	}
	return conn
}

// block writes fields as a block of headers.
func block(method, path string, more ...string) []byte {
	var b bytes.Buffer
	e := hpack.NewEncoder(&b)
	all := append([]string{":method", method, ":path", path, ":scheme", "https", ":authority", "localhost"}, more...)
	for i := 0; i+1 < len(all); i += 2 {
		_ = e.WriteField(hpack.HeaderField{Name: all[i], Value: all[i+1]}) // memory takes everything
	}
	return b.Bytes()
}

// open begins a request, and ends it too if there is no body to come.
func (f *frames) open(fields []byte, whole bool) (stream uint32, err error) {
	stream = f.next
	f.next += 2
	first := fields[:min(len(fields), 16<<10)]
	rest := fields[len(first):]
	err = f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: first, EndStream: whole, EndHeaders: len(rest) == 0})
	for len(rest) > 0 && err == nil {
		part := rest[:min(len(rest), 16<<10)]
		rest = rest[len(part):]
		err = f.WriteContinuation(stream, len(rest) == 0, part)
	}
	return stream, err
}

// status reads up to the answer of a stream; 0 is one that was reset.
func (f *frames) status(stream uint32) (int, error) {
	for {
		read, err := f.ReadFrame()
		if err != nil {
			return 0, err
		}
		switch read := read.(type) {
		case *http2.RSTStreamFrame:
			if read.StreamID == stream {
				return 0, nil
			}
		case *http2.MetaHeadersFrame:
			if read.StreamID == stream {
				return strconv.Atoi(read.PseudoValue("status"))
			}
		case *http2.GoAwayFrame:
			if read.ErrCode != http2.ErrCodeNo {
				return 0, errors.New(read.ErrCode.String())
			}
		}
	}
}

// over reads to the end of the connection. It returns the last reason that the
// server gave, and whether it came to an end at all.
func (f *frames) over() (reason http2.ErrCode, ended bool) {
	for {
		read, err := f.ReadFrame()
		if bye, ok := read.(*http2.GoAwayFrame); ok {
			reason = bye.ErrCode
		}
		if slow := net.Error(nil); err != nil {
			return reason, !errors.As(err, &slow) || !slow.Timeout()
		}
	}
}

// fine sees that others are answered meanwhile.
func (b *booted) fine() {
	b.Helper()
	for range 5 {
		want(b.T, b.get(b.https+"/healthz").StatusCode, 200)
		_, err := b.shake(&tls.Config{})
		want(b.T, err, nil)
	}
}

// TestLoudHTTP2 sends too much in single requests.
func TestLoudHTTP2(t *testing.T) {
	t.Parallel()
	b := boot(t, "", nil, "--tls-enable")
	long := strings.Repeat("x", 1<<20)
	for name, c := range map[string]struct {
		fields []byte
		body   int // bytes that follow
		want   int
	}{
		"fine":                 {fields: block("GET", "/healthz"), want: 200},
		"header of 18 KiB":     {fields: block("GET", "/healthz", "x", long[:6<<10], "y", long[:6<<10], "z", long[:6<<10]), want: 431},
		"1,000 headers":        {fields: block("GET", "/healthz", strings.Split(strings.Repeat("x y ", 1000), " ")...), want: 431},
		"URL of 5 KiB":         {fields: block("GET", "/"+long[:5<<10]), want: 414},
		"body of 128 KiB":      {fields: block("POST", "/api/v2/csp/reports"), body: 128 << 10, want: 413},
		"declared body":        {fields: block("POST", "/api/v2/csp/reports", "content-length", "9000000"), body: 1, want: 413},
		"body, by a GET":       {fields: block("GET", "/healthz"), body: 128 << 10, want: 413},
		"a body of no path":    {fields: block("POST", "/nothing"), body: 128 << 10, want: 413},
		"upgrade in HTTP/2":    {fields: block("GET", "/healthz", "connection", "upgrade"), want: 400},
		"path without a slash": {fields: block("GET", "healthz"), want: 0},
		"no path":              {fields: block("GET", ""), want: 0},
		"CONNECT":              {fields: block("CONNECT", "/healthz"), want: 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := b.in(t).frames()
			stream, err := f.open(c.fields, c.body == 0)
			var writer sync.WaitGroup
			writer.Go(func() {
				for sent := 0; sent < c.body && err == nil; sent += 16 << 10 {
					err = f.WriteData(stream, false, []byte(long[:min(c.body, 16<<10)]))
				}
			})
			if got, err := f.status(stream); got != c.want || err != nil {
				t.Errorf("got %d, error %v, want %d", got, err, c.want)
			}
			writer.Wait()
		})
	}
}

// TestStreamsOfHTTP2 reads how many requests a client may have at once.
func TestStreamsOfHTTP2(t *testing.T) {
	t.Parallel()
	frame, err := boot(t, "", nil, "--tls-enable").frames().ReadFrame()
	settings, ok := frame.(*http2.SettingsFrame)
	if err != nil || !ok {
		t.Fatalf("got %v, error %v, want settings", frame, err)
	}
	most, _ := settings.Value(http2.SettingMaxConcurrentStreams)
	want(t, most, uint32(mostStreams))
}

// TestFloodsOfHTTP2 floods connections with what costs the sender little.
// Others are answered meanwhile, and it costs the server little too.
func TestFloodsOfHTTP2(t *testing.T) {
	t.Parallel()
	b, server := launch(t, t.TempDir(), nil, "--tls-enable", "--log-human=")
	many := 5_000
	if soak() {
		many = 1_000_000
	}
	request, junk := block("GET", "/api/v2/buildinfo"), bytes.Repeat([]byte("x"), 8<<10)
	begin := func(f *frames) error { // of a request whose header never ends
		f.next += 2
		return f.WriteHeaders(http2.HeadersFrameParam{StreamID: f.next - 2, BlockFragment: request})
	}
	nothing := func(*frames) error { return nil }
	for name, c := range map[string]struct {
		first, again func(*frames) error
		ends         bool // the server ends it
	}{
		"rapid reset": {nothing, func(f *frames) error {
			stream, err := f.open(request, true)
			return errors.Join(err, f.WriteRSTStream(stream, http2.ErrCodeCancel))
		}, false},
		"rapid reset of bodies": {nothing, func(f *frames) error {
			stream, err := f.open(request, false)
			return errors.Join(err, f.WriteRSTStream(stream, http2.ErrCodeCancel))
		}, false},
		"streams": {nothing, func(f *frames) error {
			_, err := f.open(request, false)
			return err
		}, false},
		"continuations":       {begin, func(f *frames) error { return f.WriteContinuation(1, false, junk) }, true},
		"header in a header":  {begin, begin, true},
		"data of no stream":   {nothing, func(f *frames) error { return f.WriteData(99, false, junk) }, true},
		"largest frame":       {nothing, func(f *frames) error { return f.WriteRawFrame(http2.FrameData, 0, 1, bytes.Repeat(junk, 2000)) }, true},
		"empty data":          {nothing, func(f *frames) error { return f.WriteData(1, false, nil) }, true},
		"priorities":          {nothing, func(f *frames) error { return f.WritePriority(1, http2.PriorityParam{StreamDep: 3}) }, false},
		"unknown frames":      {nothing, func(f *frames) error { return f.WriteRawFrame(0xEE, 0xFF, 0, junk) }, false},
		"empty continuations": {begin, func(f *frames) error { return f.WriteContinuation(1, false, nil) }, false},
		"pings":               {nothing, func(f *frames) error { return f.WritePing(false, [8]byte{}) }, false},
		"settings":            {nothing, func(f *frames) error { return f.WriteSettings() }, false},
		"windows":             {nothing, func(f *frames) error { return f.WriteWindowUpdate(0, 1) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := b.in(t)
			f := b.frames()
			var reader sync.WaitGroup
			ended := false
			reader.Go(func() { _, ended = f.over() })
			err := c.first(f)
			for range many {
				if err != nil {
					break // the server has gone
				}
				err = c.again(f)
			}
			b.fine()
			if !c.ends {
				_ = f.Close()
			}
			if reader.Wait(); !ended {
				t.Error("the server goes on listening, want the connection closed")
			}
		})
	}
	if grown := rss(t, server.Pid); grown > 128<<10 {
		t.Errorf("the server has %d KiB of its own memory now, want at most 128 MiB", grown)
	}
	want(t, b.stop(), exitOK)
}

// TestSlowHTTP2 says little by TLS and HTTP/2, and is cut off.
func TestSlowHTTP2(t *testing.T) {
	t.Parallel()
	b := boot(t, "", within(func(b *bounds) {
		if !soak() {
			b.header, b.request, b.answer, b.idle = time.Second, time.Second, 2*time.Second, time.Second
		}
	}), "--tls-enable", "--swagger-enable")
	silent, err := net.Dial("tcp", strings.TrimPrefix(b.https, "https://"))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	if err := silent.SetDeadline(time.Now().Add(tolerance())); err != nil {
		t.Fatal(err)
	}
	if said, ended := (&wire{silent, bufio.NewReader(silent)}).send("\x16\x03\x01").ended(); !ended {
		t.Errorf("a handshake that does not go on: got %q, want the end of the connection", said)
	}
	slow := &wire{b.tls("http/1.1"), nil}
	slow.r = bufio.NewReader(slow)
	if said, ended := slow.send(healthy + "X: ").ended(); !ended {
		t.Errorf("a header by HTTP/1.1 in TLS: got %q, want the end of the connection", said)
	}
	for name, begin := range map[string]func(*frames) error{
		"nothing": func(*frames) error { return nil },
		"half a header": func(f *frames) error {
			return f.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: []byte{0x82}})
		},
		"half a frame": func(f *frames) error { _, err := f.Write([]byte{0, 0, 9}); return err },
		"a header and pings": func(f *frames) error {
			return errors.Join(f.WritePing(false, [8]byte{}), f.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: []byte{0x82}}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := b.in(t).frames()
			_ = begin(f)
			if _, ended := f.over(); !ended {
				t.Error("the connection goes on, want it closed")
			}
		})
	}

	f := b.frames()
	stream, err := f.open(block("POST", "/api/v2/csp/reports", "content-length", "9"), false)
	if got, failed := f.status(stream); err != nil || failed != nil || got != 408 {
		t.Errorf("half a body: got %d, error %v, want 408", got, errors.Join(err, failed))
	}

	f = b.frames(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 0}) // reads nothing of a body
	if stream, err = f.open(block("GET", "/swagger/doc.json"), true); err != nil {
		t.Fatal(err)
	}
	if got, err := f.status(stream); got != 200 || err != nil {
		t.Errorf("an answer that is not read: got %d, error %v, want 200 first", got, err)
	}
	if got, err := f.status(stream); got != 0 || err != nil && !errors.Is(err, io.EOF) {
		t.Errorf("an answer that is not read: got %d, error %v, want the end of the stream", got, err)
	}
	b.fine()
}

// TestNoHTTP2WithoutTLS speaks HTTP/2 where it is not spoken.
func TestNoHTTP2WithoutTLS(t *testing.T) {
	t.Parallel()
	b := boot(t, "", nil)
	w := b.wire().send(http2.ClientPreface, "\x00\x00\x00\x04\x00\x00\x00\x00\x00")
	if said, ended := w.ended(); !strings.HasPrefix(said, "HTTP/1.1 4") || !ended {
		t.Errorf("the preface of HTTP/2: got %q, want a refusal by HTTP/1.1", said)
	}
	w = b.wire().send(healthy, "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
	if got, err := w.status(); got != 200 || err != nil {
		t.Errorf("a wish for HTTP/2: got %d, error %v, want 200 by HTTP/1.1", got, err)
	}
}

// rss is the memory of a process that is not of files, in KiB.
func rss(t testing.TB, pid int) (kib int) {
	t.Helper()
	_, text, _ := strings.Cut(file(fmt.Sprintf("/proc/%d/status", pid)), "RssAnon:")
	if _, err := fmt.Sscan(text, &kib); err != nil {
		t.Fatal(err)
	}
	return kib
}
