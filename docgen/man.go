package docgen

import (
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/template"

	"github.com/strataconf/strata/option"
)

//go:embed man.tmpl
var manTemplate string

var manLayout = layout[*template.Template]{parse: func() *template.Template {
	return parse("man.tmpl", manTemplate, template.FuncMap{"roff": roff})
}}

// Man writes the page of the manual for a command, with every option of the
// catalog. It is ASCII, so that it reads the same whatever the encoding of the
// reader is. The error is that of w.
func Man(w io.Writer, c *option.Catalog, usage Usage) error {
	m := newManual(c, every)
	if len(usage.Lines) == 0 {
		usage.Lines = []string{usage.Command + " [flags]"}
	}
	m.Usage = usage
	var page strings.Builder
	if err := execute(&page, manLayout.get(), m); err != nil {
		return err
	}
	_, err := io.WriteString(w, fallbacks(page.String())+page.String())
	return err
}

// fallbacks says what terminals show that lack a character of the page.
func fallbacks(page string) string {
	found := map[string]bool{}
	for rest := page; ; {
		at := strings.Index(rest, `\[u`)
		if at < 0 {
			break
		}
		name, after, _ := strings.Cut(rest[at:], "]")
		found[name+"]"] = true
		rest = after
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(found)) {
		sign := "?"
		if name == `\[u26A0]` { // the warning sign
			sign = "!"
		}
		b.WriteString(".fchar " + name + " " + sign + "\n")
	}
	return b.String()
}

// ManName is the name of the page: the words of the command with hyphens.
func (m *manual) ManName() string { return strings.Join(strings.Fields(m.Usage.Command), "-") }

// roff is a text on one line without requests and escapes of its own.
func roff(s string) string {
	s = clean(s)
	var b strings.Builder
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		b.WriteString(`\&`)
	}
	for i, word := range strings.Split(s, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		roffWord(&b, word)
	}
	return b.String()
}

// roffWord lets a word that may not fit on a line break behind punctuation.
func roffWord(b *strings.Builder, word string) {
	for _, r := range word {
		switch {
		case r == '\\':
			b.WriteString(`\e`)
		case r == '-':
			b.WriteString(`\-`)
		case r == '\'':
			b.WriteString(`\[aq]`)
		case r == '`':
			b.WriteString(`\[ga]`)
		case r == '^':
			b.WriteString(`\[ha]`)
		case r == '~':
			b.WriteString(`\[ti]`)
		case r == '"':
			b.WriteString(`\[dq]`)
		case r == 0xFE0F: // asks for a picture, and terminals have none
		case r < ' ' || r > '~':
			fmt.Fprintf(b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
		if len(word) > 40 && strings.ContainsRune("-,/.:_+*=|\\", r) {
			b.WriteString(`\:`)
		}
	}
}
