package yamlgen

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/internal/yamltree"
)

// documents is how many are looked at: the one of the file, and one too many.
const documents = 2

// decode returns the one document of a text, nil if it holds none.
func decode(text string, lines *yamltree.Lines) (*yaml.Node, *yamltree.Fault) {
	dec := yaml.NewDecoder(strings.NewReader(text))
	doc, err := decodeNode(dec)
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, syntaxFault(text, lines, err)
	}
	// A decoder that stops after the first document would drop the rest of
	// the text without a word.
	more, err := decodeNode(dec)
	switch {
	case errors.Is(err, io.EOF):
		return doc, nil
	case err != nil:
		return nil, syntaxFault(text, lines, err)
	}
	off := lines.Offset(more.Line, more.Column)
	return nil, &yamltree.Fault{Span: lines.At(more.Line, off, 0), Reason: "a second document", Hint: "one file holds one document"}
}

func decodeNode(dec *yaml.Decoder) (doc *yaml.Node, err error) {
	// The library reports its own mistakes by panicking.
	defer func() {
		if recover() != nil {
			err = errors.New("yaml: line 1: not understood")
		}
	}()
	doc = new(yaml.Node)
	err = dec.Decode(doc)
	return doc, err
}

// A complaint is one thing that yaml.v3 says, and how we say it.
type complaint struct {
	theirs string
	reason string
	hint   string
	// parser marks complaints whose line is that of the collection around
	// the fault, not of the fault.
	parser bool
}

var tabs = complaint{"tab character", "a tab as indentation", "indent with spaces", false}

var complaints = []complaint{
	{"mapping values are not allowed", "a colon followed by a space does not belong here", "put text that holds one in quotes; check the indentation", false},
	{"could not find expected ':'", "a key without a colon", "write key: value; check the indentation", false},
	{"block sequence entries are not allowed", "a list item does not belong here", "start lists on a line of their own", false},
	{"mapping keys are not allowed", "a key does not belong here", "check the indentation", false},
	tabs,
	{"cannot start any token", "a value starts with a character that has a meaning of its own", "put the text in quotes", false},
	{"unexpected end of stream", "quotes are not closed", "", false},
	{"unexpected document indicator", "quotes are not closed", "", false},
	{"unknown escape character", "an unknown escape in double quotes", `write \\ for a backslash, or use single quotes`, false},
	{"hexdecimal", "an incomplete escape in double quotes", "", false},
	{"invalid Unicode character escape", "an escape that is no character", "", false},
	{"alphabetic or numeric character", "an anchor or alias without a name", "put text that starts with & or * in quotes", false},
	{"indentation indicator", "an indentation indicator of 0", "", false},
	{"expected comment or line break", "text behind the sign of a block of text", "start the text on the next line", false},
	{"expected '!'", "a malformed tag", "put text that starts with ! in quotes", false},
	{"tag URI", "a malformed tag", "put text that starts with ! in quotes", false},
	{"undefined tag handle", "a malformed tag", "put text that starts with ! in quotes", false},
	{"expected '>'", "a malformed tag", "put text that starts with ! in quotes", false},
	{"expected whitespace or line break", "a tag or anchor without a space behind it", "", false},
	{"exceeded max depth", "nested too deep", "", false},
	{"unknown anchor", "an alias of an anchor that is not defined above it", "put text that starts with * in quotes", true},
	{"<document start>", "more text after the end of the document", "", true},
	{"expected key", "a line that does not fit the mapping around it", "check the indentation, quotes and brackets", true},
	{"'-' indicator", "a line that does not fit the list around it", "check the indentation", true},
	{"',' or ']'", "a list in brackets is not closed, or a comma is missing", "", true},
	{"',' or '}'", "a mapping in braces is not closed, or a comma is missing", "", true},
	{nodeContent, "a value is missing or starts with a sign that has a meaning of its own", "put the text in quotes", true},
	{"directive", "a directive that is not supported", "", true},
	{"incompatible YAML document", "a directive that is not supported", "", true},
}

// nodeContent is what the parser wants where a value begins.
const nodeContent = "node content"

var lineNumber = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^yaml: line ([0-9]+): `) })

// syntaxFault says what is wrong without a word of yaml.v3's own, which
// repeats parts of the text.
func syntaxFault(text string, lines *yamltree.Lines, err error) *yamltree.Fault {
	said := err.Error()
	f := &yamltree.Fault{Reason: "not well-formed YAML", Hint: "check the indentation, quotes and brackets"}
	parser := true
	for _, c := range complaints {
		if strings.Contains(said, c.theirs) {
			f.Reason, f.Hint, parser = c.reason, c.hint, c.parser
			break
		}
	}
	if strings.Contains(said, nodeContent) && endsOpen(text) {
		f.Reason, f.Hint = "a bracket or brace is not closed", "" // the end of the file is no value
	}
	line := 0
	if !parser {
		line = contextLine(text)
	}
	if line == 0 {
		line = linesRead(text)
	}
	line = min(max(line, 1), lines.Count())
	if name, ok := strings.CutPrefix(said, "yaml: unknown anchor '"); ok {
		name, _, _ = strings.Cut(name, "'")
		if at, ok := findAlias(lines, name, line); ok {
			f.Span = at
			return f
		}
	}
	point := func(n, col int) yamltree.Span { return lines.At(n, lines.Offset(n, 1)+col, 0) }
	f.Span = point(line, len(indentOf(lines.Line(line))))
	for n := line; n <= lines.Count(); n++ {
		indent := indentOf(lines.Line(n))
		if i := strings.IndexByte(indent, '\t'); i >= 0 && (f.Reason == tabs.reason || indent != lines.Line(n)) {
			f.Reason, f.Hint, f.Span = tabs.reason, tabs.hint, point(n, i)
			break
		}
		if f.Reason != tabs.reason {
			break // else the complaint is about a line below
		}
	}
	return f
}

// endsOpen reports whether a file ends where a list in brackets or a mapping in
// braces goes on.
func endsOpen(text string) bool {
	text = strings.TrimRight(text, " \t\r\n")
	count := func(signs ...string) (n int) {
		for _, s := range signs {
			n += strings.Count(text, s)
		}
		return n
	}
	return strings.HasSuffix(text, "[") || strings.HasSuffix(text, "{") ||
		(strings.HasSuffix(text, ",") || strings.HasSuffix(text, ":")) && count("[", "{") > count("]", "}")
}

func indentOf(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t"))] }

// contextLine decodes again and returns the line that yaml.v3 names, which is
// where the construct at fault begins. It leaves the number out on the first
// line, so the text is moved down by one.
func contextLine(text string) int {
	dec := yaml.NewDecoder(strings.NewReader("\n" + text[yamltree.Start(text):]))
	for range documents {
		if _, err := decodeNode(dec); err != nil {
			if m := lineNumber().FindStringSubmatch(err.Error()); m != nil {
				line, _ := strconv.Atoi(m[1])
				return line - 1
			}
		}
	}
	return 0
}

// findAlias returns the last use of an anchor up to a line.
func findAlias(lines *yamltree.Lines, name string, line int) (yamltree.Span, bool) {
	alias := "*" + name
	for ; line > 0; line-- {
		body := lines.Line(line)
		for i := strings.LastIndex(body, alias); i >= 0; i = strings.LastIndex(body[:i], alias) {
			r, _ := utf8.DecodeRuneInString(body[i+len(alias):])
			if !isWord(r) && (i == 0 || strings.IndexByte(" \t[{,", body[i-1]) >= 0) {
				return lines.At(line, lines.Offset(line, 1)+i, len(alias)), true
			}
		}
	}
	return yamltree.Span{}, false
}

func isWord(r rune) bool {
	return r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// linesRead decodes again, a line at a time, and returns the line at which the
// decoder failed. For errors that the parser finds, yaml.v3 reports the start
// of the collection, or nothing for the first line of a file.
func linesRead(text string) int {
	r := &lineReader{rest: text}
	dec := yaml.NewDecoder(r)
	for range documents {
		if _, err := decodeNode(dec); err != nil {
			break
		}
	}
	return r.line
}

// A lineReader gives one line for each Read and counts them.
type lineReader struct {
	rest string
	part string
	line int
}

func (r *lineReader) Read(p []byte) (int, error) {
	if r.part == "" {
		if r.rest == "" {
			return 0, io.EOF
		}
		end := strings.IndexAny(r.rest, "\r\n") + 1
		if end > 0 && strings.HasPrefix(r.rest[end-1:], "\r\n") {
			end++
		}
		if end == 0 {
			end = len(r.rest)
		}
		r.part, r.rest = r.rest[:end], r.rest[end:]
		r.line++
	}
	n := copy(p, r.part)
	r.part = r.part[n:]
	return n, nil
}
