package yamlgen

import (
	"strings"

	"github.com/strataconf/strata/internal/yamltree"
)

// read turns the text of one document into a tree, by the scanner where it is
// plain and by the full parser elsewhere.
func read(src string, limits yamltree.Limits) (*yamltree.Tree, *yamltree.Fault) {
	limits = limits.Complete()
	ascii, fault := yamltree.Check(src, limits)
	if fault != nil {
		return nil, fault
	}
	if tree, fault, ok := yamltree.Scan(&src, ascii, limits); ok {
		return tree, fault
	}
	tree, fault := readFull(src, ascii, limits)
	if fault != nil {
		asTemplate(src, ascii, fault)
	}
	return tree, fault
}

func readFull(src string, ascii bool, limits yamltree.Limits) (*yamltree.Tree, *yamltree.Fault) {
	lines := yamltree.NewLines(src, ascii)
	text, fault := blankDirectives(src, lines)
	if fault != nil {
		return nil, fault
	}
	doc, fault := decode(text, lines)
	if fault != nil {
		return nil, fault
	}
	tree := yamltree.New(&src, lines.Count())
	if doc == nil {
		return tree, nil
	}
	c := converter{tree: tree, src: src, lines: lines, limits: limits}
	c.root(doc.Content[0])
	return tree, c.fault
}

// blankDirectives overwrites a %YAML 1.x line before the document, which
// yaml.v3 refuses for some x, with blanks of the same length, and refuses all
// other directives.
func blankDirectives(src string, lines *yamltree.Lines) (string, *yamltree.Fault) {
	version := 0
	for n := 1; n <= lines.Count(); n++ {
		line := strings.TrimRight(lines.Line(n), " \t")
		if body := strings.TrimLeft(line, " \t"); body == "" || body[0] == '#' {
			continue
		}
		if line[0] != '%' {
			break
		}
		at := lines.At(n, lines.Offset(n, 1), len(line))
		if version > 0 || !isVersion(line) {
			return "", &yamltree.Fault{Span: at, Reason: "a directive that is not supported", Hint: "%YAML 1.2 may stand here once, then ---"}
		}
		version = n
	}
	if version == 0 {
		return src, nil
	}
	off, size := lines.Offset(version, 1), len(lines.Line(version))
	return src[:off] + strings.Repeat(" ", size) + src[off+size:], nil
}

func isVersion(line string) bool {
	line, _, found := strings.Cut(line, "#")
	if found && !strings.HasSuffix(line, " ") && !strings.HasSuffix(line, "\t") {
		return false
	}
	words := strings.Fields(line)
	return len(words) == 2 && words[0] == "%YAML" && (words[1] == "1.1" || words[1] == "1.2")
}
