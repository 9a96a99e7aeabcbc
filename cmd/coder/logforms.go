package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
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
// the attributes follow as the text form of slog has them.
type human struct {
	line  *humanLine
	attrs slog.Handler // writes into the line
}

type humanLine struct {
	mu  sync.Mutex
	buf bytes.Buffer
	to  io.Writer
}

func newHuman(w io.Writer) slog.Handler {
	line := &humanLine{to: w}
	return human{line, slog.NewTextHandler(&line.buf, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey) {
				return slog.Attr{}
			}
			return a
		},
	})}
}

func (h human) Enabled(ctx context.Context, level slog.Level) bool {
	return h.attrs.Enabled(ctx, level)
}

func (h human) Handle(ctx context.Context, r slog.Record) error {
	l := h.line
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf.Reset()
	fmt.Fprintf(&l.buf, "%s %-5s %s ", r.Time.UTC().Format("2006-01-02T15:04:05.000Z"), r.Level, option.Escape(r.Message))
	if err := h.attrs.Handle(ctx, r); err != nil {
		return err
	}
	_, err := l.to.Write(append(bytes.TrimRight(l.buf.Bytes(), " \n"), '\n'))
	return err
}

func (h human) WithAttrs(attrs []slog.Attr) slog.Handler {
	return human{h.line, h.attrs.WithAttrs(attrs)}
}

func (h human) WithGroup(name string) slog.Handler { return human{h.line, h.attrs.WithGroup(name)} }
