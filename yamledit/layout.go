package yamledit

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/strataconf/strata/internal/yamltree"
)

// A stand says how the first line of a member of a block collection begins.
type stand uint8

const (
	alone   stand = iota // with nothing in front of it
	compact              // behind the dash of the list item that it is the first key of
	odd                  // behind something else, such as a question mark or an anchor
)

// at returns the offset where a member of a block collection begins: its key,
// or the dash of an item; -1 if that can't be told.
func (n Node) at() int {
	if n.hasKey() {
		return int(n.KeySpan().Offset)
	}
	head := strings.TrimRight(n.d.src[:n.Span().Offset], " \t\r\n")
	if !strings.HasSuffix(head, "-") {
		return -1
	}
	at := len(head) - 1
	if at > 0 && strings.IndexByte(" \t\r\n", n.d.src[at-1]) < 0 && at != yamltree.Start(n.d.src) {
		return -1
	}
	return at
}

// stand says how the member begins that starts at an offset.
func (d *Document) stand(at int) stand {
	if at < 0 {
		return odd
	}
	head := d.src[d.lines[d.lineAt(at)].start:at]
	switch {
	case strings.Trim(head, " ") == "":
		return alone
	case strings.Trim(head, " -") == "" && strings.HasSuffix(head, " "):
		return compact
	}
	return odd
}

// column returns the number of characters in front of an offset on its line.
func (d *Document) column(at int) int { return at - d.lines[d.lineAt(at)].start }

// valueEnd returns the offset behind the value of a node, or behind its colon.
func (n Node) valueEnd() int {
	if !n.hasKey() {
		return end(n.Span())
	}
	if n.Kind() == Null && n.Span().Length == 0 {
		// Nothing may be placed anywhere; an anchor in front of it counts.
		at := n.colon()
		for p := at; p < len(n.d.src); {
			for p < len(n.d.src) && isBlank(n.d.src[p]) {
				p++
			}
			if p == len(n.d.src) || n.d.src[p] != '&' && n.d.src[p] != '!' {
				break
			}
			for p < len(n.d.src) && strings.IndexByte(" \t\r\n,[]{}", n.d.src[p]) < 0 {
				p++
			}
			at = p
		}
		return at
	}
	return max(n.colon(), end(n.Span()))
}

// A reach is the lines of a member of a block collection, by index, the last
// one excluded.
type reach struct {
	comments int // the first line of the comments above that are its own
	first    int // its own first line
	last     int // behind its value
	tail     int // behind comments below it that stand deeper
}

// reach finds the lines of a member that begins at an offset.
func (n Node) reach(at int) reach {
	d := n.d
	r := reach{first: d.lineAt(at)}
	off := n.valueEnd()
	r.last = d.lineAt(off) + 1
	if off > at && off == d.lines[r.last-1].start {
		r.last--
	}
	r.tail = r.last
	for k := r.last; k < len(d.lines) && d.lines[k].kind != content; k++ {
		if d.lines[k].kind == blank {
			continue
		}
		if d.lines[k].column() <= d.column(at) {
			break
		}
		r.tail = k + 1
	}
	r.comments = r.first
	if d.stand(at) == alone {
		r.comments = d.ownComments(n, r)
	}
	return r
}

// ownComments returns the first of the comment lines above a member that are
// about it alone; its first line if there are none. Comments that head several
// keys stay when one of them goes, and so does a line that turns off the same
// key.
func (d *Document) ownComments(n Node, r reach) int {
	column := d.lines[r.first].column()
	from := r.first
	for from > 0 && d.lines[from-1].kind == comment && d.lines[from-1].column() == column {
		body := d.src[d.lines[from-1].text:d.lines[from-1].end]
		if _, ok := commentedKey(body, n.Key()); ok && n.hasKey() || isModeline(body) {
			return r.first
		}
		if turnedOff().MatchString(body) {
			break
		}
		from--
	}
	if from == r.first {
		return from
	}
	if from == 0 {
		return r.first // about the file
	}
	heads := d.lines[from-1].kind == blank
	follows := r.tail < len(d.lines) && d.lines[r.tail].kind == content && d.lines[r.tail].column() == column
	if heads && follows {
		return r.first
	}
	return from
}

// keeps reports whether the line in front of a line is the end of a text in
// block style that takes all breaks behind it for its own.
func (d *Document) keeps(l int) bool {
	if l == 0 || l > len(d.lines) || d.lines[l-1].kind != content {
		return false
	}
	off := d.lines[l-1].start
	i, found := slices.BinarySearchFunc(d.marks, off, func(m Span, off int) int { return int(m.Offset) - off })
	if !found {
		i--
	}
	if i < 0 || end(d.marks[i]) <= off {
		return false
	}
	return d.isKeeping(d.marks[i])
}

// isKeeping reports whether a scalar is a text in block style that keeps all
// of its last breaks.
func (d *Document) isKeeping(at Span) bool {
	sign := d.src[at.Offset:end(at)]
	return sign != "" && (sign[0] == '|' || sign[0] == '>') && strings.Contains(sign[:min(3, len(sign))], "+")
}

// turnedOff finds a comment that turns a key off, rather than prose such as
// "# Note: ...".
var turnedOff = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^#+([A-Za-z0-9_"']|[ \t]+["']?[a-z])[A-Za-z0-9_-]*["']?:([ \t]|$)`)
})

// commentedKey returns where the text begins in a comment that turns a key
// off, such as "#key: value" or "# key:".
func commentedKey(body, key string) (int, bool) {
	at := 0
	for at < len(body) && body[at] == '#' {
		at++
	}
	for at < len(body) && isBlank(body[at]) {
		at++
	}
	rest, ok := strings.CutPrefix(body[at:], key)
	if !ok {
		for _, quote := range []string{`"`, `'`} {
			if rest, ok = strings.CutPrefix(body[at:], quote+key+quote); ok {
				break
			}
		}
	}
	return at, ok && key != "" && strings.HasPrefix(rest, ":") && (len(rest) == 1 || isBlank(rest[1]))
}

// isModeline reports whether a comment speaks to a program or about the file.
func isModeline(body string) bool {
	body = strings.ToLower(body)
	for _, word := range []string{"yaml-language-server", "$schema", "-*-", "vim:", "copyright", "spdx-", "yamllint", "generated", "strata:"} {
		if strings.Contains(body, word) {
			return true
		}
	}
	return false
}

// usual returns how much deeper than their keys most collections of a kind
// stand.
func (d *Document) usual(k Kind, otherwise int) int {
	var count [10]int
	best, found := otherwise, 0
	for n := range d.All() {
		if n.Kind() != k || !n.hasKey() || n.isFlow() || n.Flow() {
			continue
		}
		step := d.column(int(n.Span().Offset)) - d.column(int(n.KeySpan().Offset))
		if step < 0 || step >= len(count) || k == Mapping && step == 0 || d.lineAt(int(n.Span().Offset)) == d.lineAt(int(n.KeySpan().Offset)) {
			continue
		}
		if count[step]++; count[step] > found {
			best, found = step, count[step]
		}
	}
	return best
}
