package docgen

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"github.com/strataconf/strata/option"
)

//go:embed html.tmpl
var htmlTemplate string

var htmlLayout = layout[*template.Template]{parse: func() *template.Template {
	// The flags that a page has differ, so each page brings its own function.
	return template.Must(template.New("html.tmpl").Funcs(template.FuncMap{"flags": func(string) []htmlPiece { return nil }}).Parse(htmlTemplate))
}}

// An htmlPiece is a part of prose; Flag is set where it leads to an option.
type htmlPiece struct{ Text, Flag string }

// HTML writes one page with every option of the catalog, hidden and deprecated
// ones marked as such. It needs no server and no network: its search works from
// a file. The error is that of w.
func HTML(w io.Writer, c *option.Catalog) error {
	layout, err := htmlLayout.get().Clone()
	if err != nil {
		return err
	}
	layout.Funcs(template.FuncMap{"flags": func(text string) []htmlPiece {
		var out []htmlPiece
		for _, p := range flagsIn(text) {
			piece := htmlPiece{Text: p.text}
			if p.flag && c.ByFlag(p.text[2:]) != nil {
				piece.Flag = p.text[2:]
			}
			out = append(out, piece)
		}
		return out
	}})
	var b strings.Builder
	b.Grow(1 << 18)
	if err := layout.Execute(&b, newManual(c, every)); err != nil {
		return err
	}
	_, err = io.WriteString(w, b.String())
	return err
}
