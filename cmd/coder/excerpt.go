package main

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// A source is a file that problems point into.
type source struct {
	text    string
	catalog *option.Catalog
}

func (k *keeper) sources(c *option.Catalog) map[string]source {
	out := make(map[string]source, len(k.read))
	for name, text := range k.read {
		out[name] = source{string(text), c}
	}
	return out
}

// hidden stands for what an excerpt does not show, whatever its length.
const hidden = "…"

// longest is how much of one value an excerpt shows.
const longest = 60

// excerpt returns the line a problem points at and a line with carets below
// it. Keys of the catalog show; a value shows only if it belongs to a known
// option that holds no secret; anything else, comments too, is hidden. It
// returns nothing if nothing of use would be left, as for syntax errors.
func (s source) excerpt(p *option.Problem) []string {
	at := p.Origin.Span
	start, end := int(at.Offset), int(at.Offset)+int(at.Length)
	if p.Origin.Source != option.SourceYAML || p.Code == "invalid-yaml" || at.Line == 0 || end > len(s.text) || start > end {
		return nil
	}
	first := strings.LastIndexByte(s.text[:start], '\n') + 1
	rest, _, _ := strings.Cut(s.text[start:], "\n")
	rest = strings.TrimRight(rest, "\r")
	marked := rest[:min(end-start, len(rest))]
	before, after := s.text[first:start], rest[len(marked):]
	shown, mark := s.lead(before), hidden
	switch {
	case aboutKey(p):
		// A key is named in the problem if it may be shown.
		if marked == "" || p.Name != marked && !strings.HasSuffix(p.Name, "."+marked) {
			return nil
		}
		mark = marked
	case showable(p, marked):
		mark = clip(marked)
	case shown != before || strings.TrimLeft(before, " -") == "":
		return nil
	}
	number := strconv.Itoa(int(at.Line))
	shown, mark = strings.ReplaceAll(option.Escape(shown), `\t`, " "), option.Escape(mark)
	line := shown + mark
	after, colon := strings.CutPrefix(after, ":")
	if colon {
		line += ":"
	}
	if strings.TrimSpace(after) != "" {
		line += " " + hidden
	}
	return []string{
		"  " + number + " | " + line,
		"  " + strings.Repeat(" ", len(number)) + " | " + strings.Repeat(" ", utf8.RuneCountInString(shown)) +
			strings.Repeat("^", max(1, utf8.RuneCountInString(mark))),
	}
}

// aboutKey reports whether a problem points at a key, not at a value.
func aboutKey(p *option.Problem) bool {
	return slices.Contains([]string{"unknown-key", "duplicate-key", "retired", "retired-name"}, p.Code)
}

// showable reports whether the value that a problem points at may be seen:
// one scalar, of a known option that is not secret and holds no secret members.
// A value that looks like a key, or like an address with credentials in it, may
// have been pasted into the wrong place.
func showable(p *option.Problem, value string) bool {
	return p.Option != nil && !p.Option.Secret() && !p.Option.Value.Traits().Struct && p.Origin.Anchor == nil &&
		value != "" && !strings.ContainsAny(value[:1], "{[|>") && !strings.ContainsAny(value, "@?") &&
		!strings.Contains(value, "//") && !strings.Contains(value, ": ") && !likeKey(value)
}

// likeKey reports whether a text has a run of characters that is longer than
// most words and mixes letters with digits, or is much longer than any.
func likeKey(text string) bool {
	const mixed, plain = 9, 20
	run, letters, digits := 0, false, false
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits = true
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			letters = true
		case c == '-' || c == '_' || c == '+' || c == '=' || c == '/':
		default:
			run, letters, digits = 0, false, false
			continue
		}
		if run++; run >= plain || run >= mixed && letters && digits {
			return true
		}
	}
	return false
}

// lead shows what stands on the line before the place: indentation, the marks
// of list items, and a key of the catalog. Of anything else nothing shows.
func (s source) lead(before string) string {
	key := strings.TrimLeft(before, " -")
	indent := before[:len(before)-len(key)]
	name, colon, ok := strings.Cut(key, ":")
	if key != "" && (!ok || strings.TrimSpace(colon) != "" || !s.isKey(name)) {
		return indent + hidden
	}
	return before
}

// isKey reports whether a name is one of the catalog's, at whatever depth.
func (s source) isKey(name string) bool {
	var in func(*option.Section) bool
	in = func(at *option.Section) bool {
		return slices.ContainsFunc(at.Keys(), func(key string) bool {
			sub, _ := at.Child(key)
			return key == name || sub != nil && in(sub)
		})
	}
	return in(s.catalog.Section())
}

// clip cuts a long value.
func clip(value string) string {
	if utf8.RuneCountInString(value) <= longest {
		return value
	}
	return string([]rune(value)[:longest]) + hidden
}
