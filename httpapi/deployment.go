package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/strataconf/strata/option"
)

// A configCache holds the bodies of the newest snapshot.
type configCache struct{ newest atomic.Pointer[configBodies] }

// configBodies are the bodies of one snapshot, each made when it is first
// asked for.
type configBodies struct {
	from   *option.Redacted
	shapes [2]struct {
		once     sync.Once
		plain    encoded
		onceGzip sync.Once
		gzip     encoded
	}
}

// An encoded is a body under its entity tag.
type encoded struct {
	tag  string
	head []string // of a reply
	body []byte
}

// of returns the bodies of a snapshot. Two that come first at once may both
// make them; that costs time and nothing else.
func (c *configCache) of(r *option.Redacted) *configBodies {
	b := c.newest.Load()
	if b == nil || b.from != r {
		b = &configBodies{from: r}
		c.newest.Store(b)
	}
	return b
}

func (b *configBodies) plain(shape option.Shape) encoded {
	s := &b.shapes[shape]
	s.once.Do(func() { s.plain = tagged(b.from.AppendBody(nil, shape), "", "") })
	return s.plain
}

func (b *configBodies) gzipped(shape option.Shape) encoded {
	s, plain := &b.shapes[shape], b.plain(shape)
	s.onceGzip.Do(func() {
		var out bytes.Buffer
		w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is a good one
		_, _ = w.Write(plain.body)                              // memory takes everything
		_ = w.Close()
		s.gzip = tagged(bytes.Clone(out.Bytes()), "-gzip", "gzip")
	})
	return s.gzip
}

// tagged derives the tag from the bytes that are sent, so that replicas with
// the same configuration agree.
func tagged(body []byte, suffix, encoding string) encoded {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:16]) + suffix + `"`
	head := []string{"Etag", tag, "Cache-Control", "private, no-cache", "Vary", "Accept, Accept-Encoding"}
	if encoding != "" {
		head = append(head, "Content-Encoding", encoding)
	}
	return encoded{tag, head, body}
}

func (a *API) deploymentConfig(c *call) reply {
	shape, ok := shapeOf(c.Request, a.cfg.Shape)
	if !ok {
		return fault(http.StatusBadRequest, "That shape is not known.", "", validation{"shape", "is not one of full, compact"})
	}
	bodies := a.config.of(a.cfg.Settings.Redacted())
	out := bodies.plain
	if accepts(c.Header.Values("Accept-Encoding"), "gzip") {
		out = bodies.gzipped
	}
	best := out(shape)
	if matches(c.Header.Values("If-None-Match"), best.tag) {
		return reply{status: http.StatusNotModified, head: best.head[:6]} // all but the encoding
	}
	r := inJSON(best.body)
	r.head = best.head
	return r
}

// shapeOf returns the shape that a request asks for: by its query, else by
// the range of Accept that suits it most.
func shapeOf(r *http.Request, usual option.Shape) (shape option.Shape, ok bool) {
	if r.URL.RawQuery != "" {
		if asked, given := r.URL.Query()["shape"]; given {
			return shapeNamed(asked[0])
		}
	}
	lines := r.Header.Values("Accept")
	shape = usual
	if !slices.ContainsFunc(lines, namesShape) {
		return shape, true
	}
	best := 0.0
	for _, line := range lines {
		for item := range items(line) {
			kind, params, err := mime.ParseMediaType(item)
			if err != nil || kind != plainJSON {
				continue
			}
			asked := usual
			if name, given := params["shape"]; given {
				if asked, ok = shapeNamed(name); !ok {
					continue
				}
			}
			q := 1.0
			if weight, given := params["q"]; given {
				q = quality(weight)
			}
			if q > best {
				best, shape = q, asked
			}
		}
	}
	return shape, true
}

// namesShape reports whether it is worth reading a line.
func namesShape(line string) bool { return strings.Contains(strings.ToLower(line), "shape") }

// items cuts a list at its commas, but for those in quotes.
func items(line string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from, quoted := 0, false
		for i := 0; i < len(line); i++ {
			switch c := line[i]; {
			case c == '"':
				quoted = !quoted
			case c == '\\' && quoted:
				i++
			case c == ',' && !quoted:
				if !yield(line[from:i]) {
					return
				}
				from = i + 1
			}
		}
		yield(line[from:])
	}
}

func shapeNamed(name string) (option.Shape, bool) {
	switch name {
	case "full":
		return option.ShapeFull, true
	case "compact":
		return option.ShapeCompact, true
	}
	return 0, false
}

// quality reads a weight; what can't be read weighs nothing.
func quality(text string) float64 {
	q, err := strconv.ParseFloat(text, 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}

// accepts reports whether Accept-Encoding allows a coding, by name or by an
// asterisk.
func accepts(lines []string, coding string) bool {
	any := false
	for _, line := range lines {
		for item := range strings.SplitSeq(line, ",") {
			name, params, _ := strings.Cut(item, ";")
			good := weighs(params)
			switch name = strings.TrimSpace(name); {
			case strings.EqualFold(name, coding):
				return good
			case name == "*":
				any = good
			}
		}
	}
	return any
}

// weighs reports whether none of the parameters is a weight of nothing.
func weighs(params string) bool {
	for param := range strings.SplitSeq(params, ";") {
		if key, weight, _ := strings.Cut(param, "="); strings.EqualFold(strings.TrimSpace(key), "q") && quality(strings.TrimSpace(weight)) == 0 {
			return false
		}
	}
	return true
}

// matches reports whether If-None-Match names a tag. Weak and strong tags are
// the same here. An asterisk stands for any, but only by itself: a tag may hold
// one, and commas too. Nothing is read behind what is no tag.
func matches(lines []string, tag string) bool {
	text := strings.Join(lines, ",")
	if strings.Trim(text, " \t") == "*" {
		return true
	}
	for {
		text = strings.TrimPrefix(strings.TrimLeft(text, " \t,"), "W/")
		if !strings.HasPrefix(text, `"`) {
			return false
		}
		end := strings.IndexByte(text[1:], '"') + 2
		if end < 2 {
			return false
		}
		if text[:end] == tag {
			return true
		}
		text = text[end:]
	}
}
