package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/time/rate"
)

const (
	mostReport      = 4 << 10 // bytes of a report that are logged
	mostReportDepth = 32
	reportsASecond  = 5
	reportsAtOnce   = 20
)

// A reportLog logs reports of browsers, and counts those that come too fast.
type reportLog struct {
	log     *slog.Logger
	mu      sync.Mutex
	limiter *rate.Limiter
	dropped int
}

func newReportLog(log *slog.Logger) *reportLog {
	return &reportLog{log: log, limiter: rate.NewLimiter(reportsASecond, reportsAtOnce)}
}

// admit says whether a report is logged, and how many were not before it.
func (l *reportLog) admit(now time.Time) (dropped int, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.limiter.AllowN(now, 1) {
		l.dropped++
		return 0, false
	}
	dropped, l.dropped = l.dropped, 0
	return dropped, true
}

var noReport = fault(http.StatusBadRequest, "The body is no report.", "It is one JSON object, or a list of them, of little depth.")

func (a *API) reportCSP(c *call) reply {
	text, ok := report(c.body)
	if !ok {
		return noReport
	}
	if dropped, ok := a.reports.admit(a.cfg.Now()); ok {
		a.cfg.Log.LogAttrs(c.Context(), slog.LevelWarn, "a browser reports a violation of the content security policy",
			slog.String("request_id", c.id), slog.String("user_id", c.who.ID), slog.String("csp_report", text), slog.Int("dropped", dropped))
	}
	return reply{status: http.StatusOK}
}

// report returns a report as one line of JSON in printable ASCII. Whatever its
// names are, it is text: it can't pose as a field of the log.
func report(body []byte) (text string, ok bool) {
	body = bytes.TrimSpace(body)
	if len(body) == 0 || body[0] != '{' && body[0] != '[' || !utf8.Valid(body) || !shallow(body) || !json.Valid(body) {
		return "", false
	}
	if body[0] == '[' {
		var items []map[string]json.RawMessage
		if json.Unmarshal(body, &items) != nil {
			return "", false
		}
		for _, item := range items {
			if item == nil {
				return "", false // null is no object
			}
		}
	}
	var line bytes.Buffer
	if json.Compact(&line, body) != nil {
		return "", false
	}
	out := ascii(line.Bytes())
	if len(out) > mostReport {
		out = append(out[:mostReport-3], "..."...)
	}
	return string(out), true
}

// shallow reports whether brackets are not deep, so that no decoder sees deep
// ones. Brackets inside strings do not count.
func shallow(text []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > mostReportDepth {
				return false
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return true
}

// ascii writes the other characters of a JSON text, which stand in its
// strings only, as escapes.
func ascii(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for len(text) > 0 && len(out) <= mostReport {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		switch {
		case r < utf8.RuneSelf && r != 0x7F:
			out = append(out, byte(r))
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}
