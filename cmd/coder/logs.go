package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"syscall"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// logs are where records go, and what the program says for people.
type logs struct {
	log    *slog.Logger
	quiet  *slog.Logger // to all but the screen
	screen io.Writer
	files  []*os.File
}

// openLogs opens what the options name.
func (p *program) openLogs(snap *snapshot) (*logs, *option.Problem) {
	v := snap.View()
	all := &logs{screen: p.Stderr}
	var every, quiet []slog.Handler
	for _, form := range []struct {
		flag, name string
		handler    func(io.Writer) slog.Handler
	}{
		{"log-human", v.Logging.Human, newHuman},
		{"log-json", v.Logging.JSON, newJSON},
		{"log-stackdriver", v.Logging.Stackdriver, newStackdriver},
	} {
		if form.name == "" {
			continue
		}
		w, err := all.open(form.name, p.Stdout)
		if err != nil {
			all.Close()
			return nil, blame(snap, form.flag, "no-log", "the file can't be written: "+osReason(err))
		}
		h := form.handler(w)
		every = append(every, h)
		if w != all.screen {
			quiet = append(quiet, h)
		}
	}
	sieve := newSieve(v)
	all.log = slog.New(&fan{to: every, sieve: sieve})
	all.quiet = slog.New(&fan{to: quiet, sieve: sieve})
	return all, nil
}

// open opens one place. A pipe that nobody reads is an error, not a wait.
func (l *logs) open(name string, stdout io.Writer) (io.Writer, error) {
	switch name {
	case "/dev/stderr":
		return l.screen, nil
	case "/dev/stdout":
		return &locked{to: stdout}, nil
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, syscall.EISDIR
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND|syscall.O_NONBLOCK, 0o600)
	if err != nil {
		return nil, err
	}
	l.files = append(l.files, f)
	return f, nil
}

// Close closes the files.
func (l *logs) Close() {
	for _, f := range l.files {
		_ = f.Close()
	}
}

// say tells people, in a line of its own, and the logs that they do not see.
func (l *logs) say(text string) {
	_, _ = io.WriteString(l.screen, "coder: "+text+"\n")
	l.quiet.Info(text)
}

// named returns the logger of a part of the program.
func (l *logs) named(name string) *slog.Logger { return l.log.With(loggerKey, name) }

// loggerKey is the attribute in which the name of a logger stands.
const loggerKey = "logger"

// complaints is where net/http tells of what it can't tell a client. It may
// quote what was sent.
func (l *logs) complaints() *log.Logger { return log.New(complaint{l.named("net")}, "", 0) }

type complaint struct{ to *slog.Logger }

func (c complaint) Write(b []byte) (int, error) {
	text := strings.TrimRight(string(b), "\n")
	level := slog.LevelWarn
	if strings.HasPrefix(text, "http: TLS handshake error") {
		level = slog.LevelDebug // anybody can make as many as they like
	}
	c.to.Log(context.Background(), level, "the listener complains", "of", option.Escape(text))
	return len(b), nil
}

// A sieve chooses the debug records that are kept.
type sieve struct {
	all      bool
	patterns []*regexp.Regexp
}

func newSieve(v *values.DeploymentValues) *sieve {
	s := &sieve{all: v.Verbose}
	for _, text := range v.Logging.Filter {
		s.patterns = append(s.patterns, regexp.MustCompile(text)) // its kind has tried it
	}
	return s
}

func (s *sieve) keeps(name, message string) bool {
	if s.all {
		return true
	}
	for _, p := range s.patterns {
		if p.MatchString(name) || p.MatchString(message) {
			return true
		}
	}
	return false
}

// A fan hands each record to several handlers, with the id of its request.
type fan struct {
	to    []slog.Handler
	sieve *sieve
	name  string // of the logger
}

// Enabled reports whether a record may be kept.
func (f *fan) Enabled(_ context.Context, level slog.Level) bool {
	return len(f.to) > 0 && (level >= slog.LevelInfo || f.sieve.all || len(f.sieve.patterns) > 0)
}

// Handle hands a record on.
func (f *fan) Handle(ctx context.Context, r slog.Record) error {
	if r.Level < slog.LevelInfo && !f.sieve.keeps(f.name, r.Message) {
		return nil
	}
	if id := httpapi.RequestID(ctx); id != "" && !has(r, requestKey) {
		r = r.Clone()
		r.AddAttrs(slog.String(requestKey, id))
	}
	var all error
	for _, h := range f.to {
		all = errors.Join(all, h.Handle(ctx, r.Clone()))
	}
	return all
}

const requestKey = "request_id"

func has(r slog.Record, key string) (found bool) {
	r.Attrs(func(a slog.Attr) bool {
		found = a.Key == key
		return !found
	})
	return found
}

// WithAttrs returns a fan whose records have the attributes.
func (f *fan) WithAttrs(attrs []slog.Attr) slog.Handler {
	out := &fan{sieve: f.sieve, name: f.name}
	for _, a := range attrs {
		if a.Key == loggerKey {
			out.name = a.Value.String()
		}
	}
	for _, h := range f.to {
		out.to = append(out.to, h.WithAttrs(attrs))
	}
	return out
}

// WithGroup returns a fan whose further attributes are in a group.
func (f *fan) WithGroup(name string) slog.Handler {
	out := &fan{sieve: f.sieve, name: f.name}
	for _, h := range f.to {
		out.to = append(out.to, h.WithGroup(name))
	}
	return out
}
