package report

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
)

// A Filter chooses settings. The zero Filter chooses all.
type Filter struct {
	// Modified leaves out what has its default and what is not set.
	Modified bool
	// Under leaves out what is not in a group or in one below it, if set.
	Under *option.Group
	// Source leaves out what comes from elsewhere, if it is not SourceNone.
	Source option.Source
}

// Chooses reports whether the filter chooses an option. Of the spellings of
// one setting it chooses the newest; an older one that has a value of its own
// is chosen only where somebody set it.
func (f Filter) Chooses(r *option.Redacted, o *option.Option) bool {
	source := r.Source(o)
	if o.Deprecated() && (source <= option.SourceDefault || o.HasNewer()) {
		return false
	}
	return !(f.Modified && source <= option.SourceDefault) && (f.Source == option.SourceNone || source == f.Source) && o.Group.Under(f.Under)
}

// A line of a table: an option, its value, its source and its place.
type line [4]string

// The columns of a line.
const (
	colOption = iota
	colValue
	colSource
	colPlace
)

// The widths of columns, between which there are two spaces.
const (
	rowIndent   = 2
	gapWidth    = 2
	leastOption = 24
	leastValue  = 14
	leastPlace  = 11
	mostPadded  = 48 // a longer value does not push what is behind it in a pipe
)

// Table writes the settings that the filter chooses, by group. On a terminal
// a value that is too long for its column is cut, and where a line is too long
// files go by their last name; without one every setting is one line with all
// of its value. A value that was refused, as the problems
// say, is marked. The error is that of w.
func Table(w io.Writer, r *option.Redacted, problems option.Problems, f Filter, style Style) error {
	t := &table{sheet: sheet{Paper: style.Paper()}, screen: style.Width > 0}
	type part struct {
		title string
		lines []line
	}
	var parts []part
	var group *option.Group
	for o := range r.Catalog().All() {
		if !f.Chooses(r, o) {
			continue
		}
		if len(parts) == 0 || o.Group != group {
			title := o.Group.Title()
			if title == "" {
				title = "General"
			}
			parts = append(parts, part{title: title})
			group = o.Group
		}
		l := t.line(r, problems, o)
		at := &parts[len(parts)-1]
		at.lines = append(at.lines, l)
		t.measure(l)
	}
	if t.screen && t.total() > t.Width && len(t.files) > 0 {
		t.width[colPlace] = 0
		for _, p := range parts {
			for i := range p.lines {
				l := &p.lines[i]
				for _, file := range t.files {
					if rest, ok := strings.CutPrefix(l[colPlace], file); ok && strings.HasPrefix(rest, ":") {
						l[colPlace] = filepath.Base(file) + rest
					}
				}
				t.measure(*l)
			}
		}
	} else {
		t.files = nil
	}
	t.fit()
	for _, p := range parts {
		t.heading(p.title)
		for _, l := range p.lines {
			t.row(l)
		}
	}
	if len(parts) == 0 {
		t.prose(0, "No setting is chosen.")
	}
	if t.cut {
		t.b.WriteByte('\n')
		t.prose(0, "Values that end in … are cut; in a pipe they are not.")
	}
	for i, file := range t.files {
		if i == 0 {
			t.b.WriteByte('\n')
		}
		t.prose(0, filepath.Base(file)+" is "+file)
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

type table struct {
	sheet
	screen bool
	width  [4]int
	cut    bool
	files  []string // those with places that have a folder in their name
}

// note remembers the file that a place is in. Of two files with one last name
// only the first may go by it.
func (t *table) note(at option.Origin) {
	file := at.Name
	if at.Source != option.SourceYAML {
		file = at.In
	}
	if file = t.show(file); at.Span.Line > 0 && filepath.Base(file) != file &&
		!slices.ContainsFunc(t.files, func(other string) bool { return filepath.Base(other) == filepath.Base(file) }) {
		t.files = append(t.files, file)
	}
}

func (t *table) line(r *option.Redacted, problems option.Problems, o *option.Option) line {
	v := valueOf(r, o)
	l := line{"--" + o.Flag, t.show(v.short()), v.Source.String(), ""}
	if v.Source == option.SourceNone {
		l[colSource] = "-"
	}
	if v.Source > option.SourceDefault {
		s := r.Setting(o)
		if s.Refused && refusal(s.Inputs[len(s.Inputs)-1], problems) != nil {
			l[colValue] = "(refused)"
		}
		in := s.Inputs[len(s.Inputs)-1]
		l[colPlace] = t.show(placeIn(in))
		t.note(in.Origin)
	}
	return l
}

func (t *table) show(s string) string {
	s, _ = t.Measure(s)
	return s
}

// short is the value for a cell.
func (v *Value) short() string {
	switch {
	case v.Secret && v.Source > option.SourceDefault:
		return "(secret)"
	case v.Source == option.SourceNone:
		return "-"
	case v.Withheld:
		return v.Text + " (in part)"
	case v.Text == "":
		return `""`
	}
	return v.Text
}

// placeIn names the place of an input in as few words as can be: a variable
// by its name.
func placeIn(in *option.Input) string {
	o := in.Origin
	if o.Source == option.SourceEnv && o.Span.Line == 0 {
		return o.String()
	}
	return o.Place()
}

func (t *table) measure(l line) {
	for i, text := range l {
		n := paper.Columns(text)
		if i == colValue && !t.screen {
			n = min(n, mostPadded)
		}
		t.width[i] = max(t.width[i], n)
	}
}

// fit makes the columns narrower until a line fits: the value first, then the
// option, whose name then stands on a line of its own where it is longer.
func (t *table) fit() {
	if !t.screen {
		return
	}
	for _, c := range []struct{ col, least int }{
		{colValue, 2 * leastValue},
		{colPlace, 2 * leastPlace},
		{colOption, leastOption},
		{colValue, leastValue},
		{colPlace, leastPlace},
		{colOption, 2 * rowIndent},
		{colPlace, 0},
	} {
		over := t.total() - t.Width
		if over <= 0 {
			return
		}
		t.width[c.col] = min(t.width[c.col], max(c.least, t.width[c.col]-over))
	}
}

func (t *table) total() int {
	n := rowIndent + gapWidth*(len(t.width)-1)
	for _, w := range t.width {
		n += w
	}
	return n
}

// row writes a line. An option that is too long for its column takes the room
// that its value leaves; what does not fit then goes on below.
func (t *table) row(l line) {
	r := rower{table: t}
	value := t.clip(l[colValue])
	style := paper.Plain
	if l[colPlace] == "" {
		style = paper.Dim
	}
	at := rowIndent + t.width[colOption] + gapWidth
	behind := at + t.width[colValue] + gapWidth // where the source stands
	r.put(rowIndent, l[colOption], paper.Plain)
	if t.screen && max(at, r.col+gapWidth)+paper.Columns(value) > behind-gapWidth {
		r.end()
	}
	r.put(at, value, style)
	r.put(behind, l[colSource], style)
	if l[colPlace] != "" {
		behind += t.width[colSource] + gapWidth
		if n := paper.Columns(l[colPlace]); t.screen && max(behind, r.col+gapWidth)+n > t.Width {
			r.end()
			behind = max(rowIndent, min(at, t.Width-n))
		}
		r.put(behind, l[colPlace], paper.Plain)
	}
	r.end()
}

// A rower writes the cells of one row.
type rower struct {
	*table
	col int
}

// put writes a cell at a column, or behind what reaches over it.
func (r *rower) put(at int, text, style string) {
	if r.col > 0 {
		at = max(at, r.col+gapWidth)
	}
	r.b.WriteString(strings.Repeat(" ", at-r.col))
	r.col = at + paper.Columns(text)
	if style != paper.Plain && r.Colour {
		text = style + text + paper.Off
	}
	r.b.WriteString(text)
}

func (r *rower) end() {
	r.b.WriteByte('\n')
	r.col = 0
}

// clip cuts a value that is too long for its column.
func (t *table) clip(s string) string {
	width := t.width[colValue]
	if !t.screen || paper.Columns(s) <= width {
		return s
	}
	t.cut = true
	mark := t.show("…")
	room := width - paper.Columns(mark)
	end := 0
	for i, r := range s {
		if paper.Columns(s[:i]+string(r)) > room {
			break
		}
		end = i + len(string(r))
	}
	return strings.TrimRight(s[:end], " ") + mark
}
