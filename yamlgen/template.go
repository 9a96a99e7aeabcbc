package yamlgen

import (
	"regexp"
	"sync"

	"github.com/strataconf/strata/internal/yamltree"
)

// placeholder finds what a template of another program, such as a chart, has
// where a line or a value begins. In YAML it is the beginning of a mapping with
// a mapping as its key, which no file has.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[ \t]*(?:-[ \t]+)*(?:[A-Za-z0-9_."'-]+[ \t]*:[ \t]+)?(\{\{|\{%)(?:[^{]|$)`)
})

// templateLines is how many lines above a fault a placeholder may stand that
// brought it: the parser notices a line late, and a blank one may come between.
const templateLines = 2

// asTemplate says so of a fault that a placeholder has brought, for what the
// parser takes it for helps nobody.
func asTemplate(src string, ascii bool, f *yamltree.Fault) {
	lines := yamltree.NewLines(src, ascii)
	for n := min(int(f.Span.Line), lines.Count()); n > 0 && n >= int(f.Span.Line)-templateLines; n-- {
		body := lines.Line(n)
		if at := placeholder().FindStringSubmatchIndex(body); at != nil {
			f.Span = lines.At(n, lines.Offset(n, 1)+at[2], at[3]-at[2])
			f.Reason = "a template, which is not YAML before it is rendered"
			f.Hint = "name the rendered file; text that begins so belongs in quotes"
			return
		}
	}
}
