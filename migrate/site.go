package migrate

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
)

// A span is a range of bytes.
type span struct{ from, to int }

func (s span) empty() bool           { return s.from == s.to }
func (s span) of(text string) string { return text[s.from:s.to] }

// A site is one input in a text: a name of the catalog and its value.
type site struct {
	scope  int           // inputs of one scope reach one process
	source option.Source // which spelling it is: of a file, a variable or a flag
	name   string        // as the source spells it
	text   string        // the value, resolved
	bare   bool          // has no value of its own: a flag alone, a variable passed on
	at     span          // of the name
	value  span          // of the value, with its quotes; empty for none
	entry  span          // of all that is the input, to be repeated or taken away; empty if nobody knows
	joint  string        // what stands between the name and a value
	fixed  string        // why it can't be edited, "" if it can
	// write writes a value at the place of this one; false if it can't.
	write func(text string) (string, bool)
	node  yamledit.Node // in a configuration file
	place option.Span
}

// A reading is all that a text has for the catalog.
type reading struct {
	sites []site
	// scopes names the scopes for people; one scope needs no name.
	scopes []string
	// refs are names of variables whose value the text takes: $NAME.
	refs []ref
	// commands are the flags that the process of a scope gets.
	commands []command
	// mentions name further files.
	mentions []mention
	doc      *yamledit.Document // of a configuration file
	of       [][]*site          // by scope, once somebody asked
}

// byScope returns the sites of each scope.
func (r *reading) byScope() [][]*site {
	out := make([][]*site, len(r.scopes))
	for i := range r.sites {
		s := &r.sites[i]
		out[s.scope] = append(out[s.scope], s)
	}
	return out
}

// A command is the flags of one call of the program.
type command struct {
	scope int
	args  []string
}

// A mention is a place that names what may need the migration too.
type mention struct {
	key          string
	at           span
	reason, hint string
}

// further is a mention of files with variables.
func further(key string, at span) mention {
	return mention{key, at, "names further variables, which were not read", "migrate them too"}
}

// A ref is a place that takes the value of a variable.
type ref struct {
	name string
	at   span
	// outside is one that is filled in before the program starts, from
	// variables that the text does not have.
	outside bool
	// fixed says why the place can't follow its variable, "" if it can.
	fixed string
}

// places finds lines and columns of offsets. Asking in order is cheap, however
// long a line is.
type places struct {
	text   string
	starts []int

	seen, column int // the last offset asked for, and its column
}

func newPlaces(text string) *places {
	p := &places{text: text, starts: []int{len(text) - len(strings.TrimPrefix(text, bom))}}
	for i := range len(text) {
		if text[i] == '\n' {
			p.starts = append(p.starts, i+1)
		}
	}
	p.seen, p.column = p.starts[0], 1
	return p
}

const bom = "\uFEFF"

// span is the place of a range.
func (p *places) span(s span) option.Span {
	line := sort.SearchInts(p.starts, s.from+1)
	start := p.starts[max(line-1, 0)]
	if p.seen < start || p.seen > s.from {
		p.seen, p.column = min(start, s.from), 1
	}
	p.column += utf8.RuneCountInString(p.text[p.seen:s.from])
	p.seen = s.from
	return option.Span{Line: int32(max(line, 1)), Column: int32(p.column), Offset: int32(s.from), Length: int32(s.to - s.from)}
}

// lines is the range of whole lines around a range, breaks included.
func (p *places) lines(s span) span {
	first := sort.SearchInts(p.starts, s.from+1)
	last := sort.SearchInts(p.starts, max(s.from, s.to-1)+1)
	out := span{min(p.starts[max(first-1, 0)], s.from), len(p.text)}
	if last < len(p.starts) {
		out.to = p.starts[last]
	}
	return out
}

// lines is the range of whole lines around a range, breaks included.
func lines(text string, s span) span {
	from := strings.LastIndexByte(text[:s.from], '\n') + 1
	if from == 0 && strings.HasPrefix(text, bom) {
		from = min(len(bom), s.from)
	}
	to := len(text)
	if n := strings.IndexByte(text[max(s.from, s.to-1):], '\n'); n >= 0 {
		to = max(s.from, s.to-1) + n + 1
	}
	return span{from, to}
}

// notText says why a file can't be read as text, or "".
func notText(text string) string {
	switch {
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		return "text in UTF-16"
	case !utf8.ValidString(text):
		return "not valid UTF-8"
	case strings.IndexByte(text, 0) >= 0:
		return "control character U+0000"
	}
	return ""
}
