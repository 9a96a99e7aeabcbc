package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"
)

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestComplaintsAreEscaped(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	l := &logs{log: slog.New(&fan{to: []slog.Handler{newJSON(&b)}, sieve: &sieve{}})}
	const said = "http: a\x1b[31mb\nc\n"
	l.complaints().Print(said)
	var got map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got["of"] != `http: a\x1b[31mb\nc` || got["level"] != "WARN" {
		t.Errorf("got error %v, %s", err, b.Bytes())
	}
	b.Reset()
	if l.complaints().Print("http: TLS handshake error from 192.0.2.1:1: EOF"); b.Len() != 0 {
		t.Errorf("a handshake that failed: got %s, want no record without debug", b.Bytes())
	}
}

// TestCapped lets one connection in at a time.
func TestCapped(t *testing.T) {
	t.Parallel()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := newCapped(inner, 1)
	accepted := make(chan net.Conn)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				close(accepted)
				return
			}
			accepted <- conn
		}
	}()
	for range 2 {
		conn, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	first := <-accepted
	select {
	case <-accepted:
		t.Fatal("a second connection got in while the first was there")
	default:
	}
	_ = first.Close()
	_ = first.Close() // gives its place back once
	second := <-accepted
	if second == nil || len(l.free) != 1 {
		t.Fatalf("after the first left: got connection %v with %d places taken, want one", second, len(l.free))
	}
	_ = l.Close() // while Accept waits for a place
	if conn, open := <-accepted; open {
		t.Errorf("a closed listener let %v in", conn)
	}
	_ = second.Close()
}

func TestForms(t *testing.T) {
	t.Parallel()
	record := func(h slog.Handler) {
		log := slog.New(&fan{to: []slog.Handler{h}, sieve: &sieve{all: true}})
		log.With(loggerKey, "a b").WarnContext(context.Background(), "two\nlines", "n", 1, "who", "x y")
		log.Debug("fine", "took", 1500*time.Nanosecond)
		log.WithGroup("g").Error("", slog.Group("h", "a", "", "c", []string{"x y"}), "tab", "\t\x1b", "more", `C:\"é"`, "done", true)
	}
	for name, c := range map[string]struct {
		form func(*bytes.Buffer) slog.Handler
		want string
	}{
		"human":       {func(b *bytes.Buffer) slog.Handler { return newHuman(b) }, `^\S+Z WARN  two\\nlines logger="a b" n=1 who="x y"\n\S+Z DEBUG fine took=1.5us\n\S+Z ERROR  g.h.a="" g.h.c="\[x y\]" g.tab="\\t\\x1b" g.more="C:\\\\\\"\\u00e9\\"" g.done=true\n$`},
		"json":        {func(b *bytes.Buffer) slog.Handler { return newJSON(b) }, `^\{"time":"[^"]+","level":"WARN","msg":"two\\nlines","logger":"a b","n":1,"who":"x y"\}\n`},
		"stackdriver": {func(b *bytes.Buffer) slog.Handler { return newStackdriver(b) }, `^\{"timestamp":"[^"]+","severity":"WARNING","message":"two\\nlines","logger":"a b","n":1,"who":"x y"\}\n`},
	} {
		var b bytes.Buffer
		record(c.form(&b))
		if !regexp.MustCompile(c.want).MatchString(b.String()) {
			t.Errorf("%s: got\n%s\nwant %s", name, strings.TrimSpace(b.String()), c.want)
		}
	}
}
