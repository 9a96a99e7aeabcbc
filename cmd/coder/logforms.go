package main

import (
	"context"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"

	"github.com/strataconf/strata/option"
)

// allLevels lets all levels through: the fan has chosen.
var allLevels = &slog.HandlerOptions{Level: slog.LevelDebug}

func newJSON(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, allLevels) }

// newStackdriver writes the names that Google Cloud Logging knows.
func newStackdriver(w io.Writer) slog.Handler {
	return slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) > 0 {
			return a
		}
		switch a.Key {
		case slog.MessageKey:
			a.Key = "message"
		case slog.TimeKey:
			a.Key = "timestamp"
		case slog.LevelKey:
			a = slog.String("severity", severity(a.Value))
		}
		return a
	}})
}

func severity(v slog.Value) string {
	level, _ := v.Any().(slog.Level)
	switch {
	case level >= slog.LevelError:
		return "ERROR"
	case level >= slog.LevelWarn:
		return "WARNING"
	case level >= slog.LevelInfo:
		return "INFO"
	}
	return "DEBUG"
}

// human writes a line that begins with the time, the level and the message;
// the attributes follow as the text form of slog has them. Each request is a
// line of it, so it does without slog's own handler, which took half as long as
// the whole answer.
type human struct {
	line  *humanLine
	attrs string // those of the logger, written
	group string // "a.b." in front of names
}

type humanLine struct {
	mu  sync.Mutex
	buf []byte
	to  io.Writer
}

func newHuman(w io.Writer) slog.Handler { return human{line: &humanLine{to: w}} }

func (human) Enabled(context.Context, slog.Level) bool { return true } // the fan has chosen

func (h human) Handle(_ context.Context, r slog.Record) error {
	l := h.line
	l.mu.Lock()
	defer l.mu.Unlock()
	b := r.Time.UTC().AppendFormat(l.buf[:0], "2006-01-02T15:04:05.000Z")
	b = append(append(b, ' '), r.Level.String()...)
	for len(b) < len("2006-01-02T15:04:05.000Z ERROR") {
		b = append(b, ' ')
	}
	b = append(append(b, ' '), option.Escape(r.Message)...)
	b = append(b, h.attrs...)
	r.Attrs(func(a slog.Attr) bool {
		b = appendAttr(b, h.group, a)
		return true
	})
	l.buf = append(b, '\n')
	_, err := l.to.Write(l.buf)
	return err
}

func (h human) WithAttrs(attrs []slog.Attr) slog.Handler {
	b := []byte(h.attrs)
	for _, a := range attrs {
		b = appendAttr(b, h.group, a)
	}
	h.attrs = string(b)
	return h
}

func (h human) WithGroup(name string) slog.Handler {
	if name != "" {
		h.group += name + "."
	}
	return h
}

// appendAttr writes " name=value", and the members of a group one by one.
func appendAttr(b []byte, group string, a slog.Attr) []byte {
	v := a.Value.Resolve()
	if v.Kind() == slog.KindGroup {
		if a.Key != "" {
			group += a.Key + "."
		}
		for _, member := range v.Group() {
			b = appendAttr(b, group, member)
		}
		return b
	}
	if a.Key == "" && v.Equal(slog.Value{}) {
		return b
	}
	b = append(appendText(append(append(b, ' '), group...), a.Key), '=')
	switch v.Kind() {
	case slog.KindInt64:
		return strconv.AppendInt(b, v.Int64(), 10)
	case slog.KindDuration:
		return append(b, strings.Replace(v.String(), "µ", "u", 1)...) // as time.ParseDuration reads it too
	}
	return appendText(b, v.String())
}

// appendText writes text as it is if it can't be taken for something else, or
// else in quotes.
func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c <= ' ' || c >= 0x7F || c == '"' || c == '=' || c == '\\' {
			return strconv.AppendQuoteToASCII(b, text)
		}
	}
	if text == "" {
		return append(b, `""`...)
	}
	return append(b, text...)
}
