package yamlgen

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Head is a line at the top of a written file that a program other than its
// own reads.
type Head struct{ line string }

// EditorSchema is the [Head] that names the JSON Schema of a file to editors
// with a YAML language server: a URL, or a path as seen from the folder of the
// file. It reports false for an address that the line can't hold: one that is
// empty, or has a blank or a character that does not print, which a URL spells
// %20 and so on.
func EditorSchema(address string) (Head, bool) {
	if address == "" || !utf8.ValidString(address) || strings.ContainsFunc(address, func(r rune) bool { return r == ' ' || !unicode.IsPrint(r) }) {
		return Head{}, false
	}
	return Head{"# yaml-language-server: $schema=" + address}, true
}

func (p *page) heads(heads []Head) {
	for _, h := range heads {
		if h.line != "" {
			p.b = append(append(p.b, h.line...), '\n')
		}
	}
}
