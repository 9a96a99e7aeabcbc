package migrate

import (
	"path"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// A part is one document of a text.
type part struct {
	doc *yamledit.Document
	off int
	// from are the lines before it.
	lines int
}

// manyNodes is for files of containers, which no server reads at its start.
var manyNodes = yamlgen.Limits{Bytes: MostBytes, Depth: 200, Nodes: 600_000}

// parts reads the documents of a text. A line that begins with --- or ...
// ends a document, whatever it stands in.
func parts(text string) ([]part, *yamledit.Fault) {
	var out []part
	start, n, first := 0, 0, 0
	read := func(end int) *yamledit.Fault {
		doc, fault := parse(text[start:end], manyNodes)
		if fault != nil {
			fault.Span.Line += int32(first)
			fault.Span.Offset += int32(start)
			return fault
		}
		out = append(out, part{doc, start, first})
		start, first = end, n
		return nil
	}
	for at := 0; at < len(text); n++ {
		line := lines(text, span{at, at})
		if at > start && isMark(text[line.from:line.to]) && !blankDocument(text[start:at]) {
			if fault := read(at); fault != nil {
				return nil, fault
			}
		}
		at = line.to
	}
	if fault := read(len(text)); fault != nil {
		return nil, fault
	}
	return out, nil
}

// isMark reports whether a line begins another document.
func isMark(line string) bool {
	rest, ok := strings.CutPrefix(line, "---")
	return ok && (rest == "" || strings.IndexByte(" \t\r\n", rest[0]) >= 0)
}

// blankDocument reports whether a text has only comments, so that the line
// --- behind it begins its document.
func blankDocument(text string) bool {
	for line := range strings.Lines(strings.TrimPrefix(text, bom)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' && line[0] != '%' {
			return false
		}
	}
	return true
}

// A walk reads a file of containers.
type walk struct {
	m      *Migration
	format Format
	text   string
	places *places
	r      *reading
	part   part
	scope  map[int]int // by the offset of the mapping that is one
}

// readContainers reads a file of compose or of Kubernetes.
func (m *Migration) readContainers(format Format, text string) (*reading, *yamledit.Fault) {
	docs, fault := parts(text)
	if fault != nil {
		return nil, fault
	}
	return m.containers(format, text, docs)
}

// containers is readContainers for documents that were read already.
func (m *Migration) containers(format Format, text string, docs []part) (*reading, *yamledit.Fault) {
	w := &walk{m: m, format: format, text: text, places: newPlaces(text), r: &reading{}, scope: map[int]int{}}
	for _, w.part = range docs {
		if again := w.part.doc.Duplicates(); len(again) > 0 {
			at := again[0].KeySpan()
			at.Line, at.Offset = at.Line+int32(w.part.lines), at.Offset+int32(w.part.off)
			return nil, &yamledit.Fault{Span: at, Reason: "the key was given before", Hint: "keep one of the two"}
		}
		if format == Helm && isStore(w.part.doc) {
			continue
		}
		for n := range w.part.doc.All() {
			w.node(n)
		}
	}
	return w.r, nil
}

// isStore reports whether a document is a ConfigMap or a Secret, whose keys
// others may name.
func isStore(doc *yamledit.Document) bool {
	kind, ok := doc.Find("kind")
	return ok && (kind.Text() == "ConfigMap" || kind.Text() == "Secret")
}

// node takes what is the environment or the command of a container.
func (w *walk) node(n yamledit.Node) {
	path := n.Path()
	key := n.Key()
	free := len(path) > 0 && strings.HasPrefix(path[0], "x-")
	switch {
	case key == "command" || key == "args" || key == "entrypoint":
		w.command(n)
	case key == "env_file" || key == "envFrom":
		at := w.span(n.KeySpan())
		w.r.mentions = append(w.r.mentions, further(key, at))
	case w.format == Compose && key != "environment" && !free:
	case n.Kind() == yamledit.Mapping:
		w.mapping(n)
	case n.Kind() == yamledit.Sequence:
		for item := range n.Children() {
			if w.format == Compose {
				w.item(n, item)
			} else if item.Kind() == yamledit.Mapping {
				w.named(n, item)
			}
		}
	}
	if n.Kind() == yamledit.Scalar {
		w.refs(n)
	}
}

// refs finds what takes the value of a variable.
func (w *walk) refs(n yamledit.Node) {
	if _, alias := n.Alias(); alias {
		return
	}
	at := w.span(n.Span())
	for _, r := range dollars(w.text, at, "") {
		open := r.at.from - 1
		if w.text[open] == '{' || w.text[open] == '(' {
			open--
		}
		twice := open > at.from && w.text[open-1] == '$'
		switch {
		case w.format == Compose:
			r.outside = !twice
		case twice || w.text[r.at.from-1] != '(':
			continue
		}
		w.r.refs = append(w.r.refs, r)
	}
}

// scopeOf returns the scope of a node that holds variables or flags: the
// container around it, or else the node itself.
func (w *walk) scopeOf(n yamledit.Node) int {
	around := n
	if slices.Contains([]string{"environment", "env", "extraEnv", "extraEnvVars", "command", "args", "entrypoint"}, n.Key()) {
		if up, ok := n.Parent(); ok {
			around = up
		}
	}
	at := w.span(around.Span()).from
	if s, ok := w.scope[at]; ok {
		return s
	}
	s := len(w.r.scopes)
	w.scope[at] = s
	w.r.scopes = append(w.r.scopes, strings.Join(around.Path(), "."))
	return s
}

// span is a range of the text.
func (w *walk) span(at yamledit.Span) span {
	s := spanOf(option.Span(at))
	return span{s.from + w.part.off, s.to + w.part.off}
}

// own is the place of the text of a value: of one that an alias brings, where
// it was anchored.
func (w *walk) own(n yamledit.Node) span {
	if at, alias := n.Alias(); alias {
		return w.span(at)
	}
	return w.span(n.Span())
}

// add adds a site. What is at its place must be its name.
func (w *walk) add(s site) {
	if s.at.to > len(w.text) || s.at.of(w.text) != s.name {
		s.fixed = "the name is not written in one piece"
	}
	s.source = option.SourceEnv
	s.place = w.places.span(s.at)
	w.r.sites = append(w.r.sites, s)
}

// unquoted takes the quotes off a range.
func (w *walk) unquoted(s span) span {
	if s.to-s.from >= 2 && (w.text[s.from] == '"' || w.text[s.from] == '\'') {
		return span{s.from + 1, s.to - 1}
	}
	return s
}

// mapping takes the members of a mapping that are variables.
func (w *walk) mapping(n yamledit.Node) {
	for k := range n.Children() {
		if !w.m.ours(k.Key()) {
			continue
		}
		s := site{scope: w.scopeOf(n), name: k.Key(), at: w.unquoted(w.span(k.KeySpan())), value: w.own(k), write: w.mapValue}
		s.text, s.bare = plainText(k)
		if s.bare && k.Kind() != yamledit.Null {
			s.text = placeholder
		}
		if !k.Flow() && !k.Inherited() {
			s.entry = w.wholeLines(span{s.at.from, s.value.to}, "")
		}
		w.add(s)
	}
}

// placeholder is the value of a variable whose value stands elsewhere.
const placeholder = "(elsewhere)"

// wholeLines is the range of lines that hold nothing else, but for the sign of
// a list item before it.
func (w *walk) wholeLines(s span, sign string) span {
	all := w.places.lines(s)
	if strings.Trim(w.text[all.from:s.from], ` "'`) != sign {
		return span{}
	}
	return all
}

func (w *walk) mapValue(text string) (string, bool) {
	return yamlgen.Quote(w.dollar(text)), !strings.ContainsAny(text, "\r\n")
}

// dollar doubles the sign where something else would be put in its place.
func (w *walk) dollar(text string) string {
	if w.format == Compose {
		return strings.ReplaceAll(text, "$", "$$")
	}
	return strings.ReplaceAll(text, "$(", "$$(")
}

// item takes NAME=value of a list.
func (w *walk) item(list, n yamledit.Node) {
	if n.Kind() != yamledit.Scalar {
		return
	}
	name, value, given := strings.Cut(n.Text(), "=")
	if !w.m.ours(name) {
		return
	}
	at := w.unquoted(w.own(n))
	s := site{
		scope: w.scopeOf(list), name: name, text: value, bare: !given, write: plainWord,
		at: span{at.from, min(at.from+len(name), at.to)}, value: span{min(at.from+len(name)+1, at.to), at.to},
	}
	if !n.Flow() && !n.Inherited() {
		s.entry = w.wholeLines(w.own(n), "-")
	}
	w.add(s)
}

// named takes {name: NAME, value: …} of a list.
func (w *walk) named(list, n yamledit.Node) {
	name, ok := n.Child("name")
	if !ok || name.Kind() != yamledit.Scalar || !w.m.ours(name.Text()) {
		return
	}
	s := site{scope: w.scopeOf(list), name: name.Text(), at: w.unquoted(w.own(name)), text: placeholder, bare: true}
	if value, ok := n.Child("value"); ok {
		s.bare = false
		s.text, _ = plainText(value)
		s.value, s.write = w.own(value), w.mapValue
	}
	if !n.Flow() && !n.Inherited() {
		s.entry = w.wholeLines(w.span(n.Span()), "-")
	}
	w.add(s)
}

// command takes the flags of a list of words, if they are those of the
// program.
func (w *walk) command(n yamledit.Node) {
	if n.Kind() != yamledit.Sequence || !w.runs(n) {
		return
	}
	var words []word
	for k := range n.Children() {
		at := w.own(k)
		inner := w.unquoted(at)
		made := word{text: k.Text(), at: inner, write: w.flagValue, literal: inner.of(w.text) == k.Text()}
		if !k.Flow() && !k.Inherited() {
			made.entry = w.wholeLines(at, "-")
		}
		words = append(words, made)
	}
	scope := w.scopeOf(n)
	w.r.sites = append(w.r.sites, w.m.flagSites(words, scope, w.places)...)
	w.r.commands = append(w.r.commands, command{scope, arguments(words)})
}

func (w *walk) flagValue(text string) (string, bool) {
	written, ok := plainWord(text)
	return written, ok && !strings.HasPrefix(text, "-")
}

// runs reports whether a command is one of the program: by its first word, by
// the image of the container, or by its variables.
func (w *walk) runs(n yamledit.Node) bool {
	for k := range n.Children() {
		if path.Base(k.Text()) == w.m.catalog.Program() {
			return true
		}
		break
	}
	around, ok := n.Parent()
	if !ok {
		return false
	}
	if image, ok := around.Child("image"); ok {
		name, _, _ := strings.Cut(path.Base(image.Text()), ":")
		name, _, _ = strings.Cut(name, "@")
		return name == w.m.catalog.Program()
	}
	return false
}
