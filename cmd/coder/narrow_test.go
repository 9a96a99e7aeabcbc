package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestNarrowTerminals prints the help of every command, and what it says when
// it is asked for nothing, on terminals of 1 to 20 columns: no letter of the
// help is lost.
func TestNarrowTerminals(t *testing.T) {
	t.Parallel()
	pages := [][]string{nil, {"server", "--help"}, {"server", "--help-all"}}
	leaves((&program{}).commands(), func(sub *cobra.Command) {
		path := strings.Fields(sub.CommandPath())[1:]
		pages = append(pages, append(slices.Clone(path), "--help"))
		if sub.Name() != "server" {
			pages = append(pages, path)
		}
	})
	for _, page := range pages {
		at := func(columns int, environ ...string) (code int, text string) {
			p, out, errs := world(page...)
			p.Columns, p.Environ, p.Registry = columns, append(environ, "NO_COLOR=1"), kept
			code = run(context.Background(), *p)
			return code, out.String() + errs.String()
		}
		letters := func(text string) string { return strings.Join(strings.Fields(text), "") }
		code, _ := at(200)
		widths := []int{1, 2, 7, 20}
		if soak() {
			widths = widths[:0]
			for width := range 20 {
				widths = append(widths, width+1)
			}
		}
		for _, environ := range []string{"TERM=xterm", "TERM=dumb", "LANG=C"} {
			_, wide := at(200, environ)
			for _, width := range widths {
				got, narrow := at(width, environ)
				// A table cuts values, help cuts nothing.
				help := len(page) == 0 || strings.HasPrefix(page[len(page)-1], "--help")
				if got != code || help && letters(narrow) != letters(wide) {
					t.Errorf("coder %s, %d columns, %s: exit code %d, want %d, and other letters:\n%s", strings.Join(page, " "), width, environ, got, code, head(narrow))
				}
				if _, told := at(0, environ, fmt.Sprintf("COLUMNS=%d", width)); help && letters(told) != letters(wide) {
					t.Errorf("coder %s, COLUMNS=%d, %s: other letters:\n%s", strings.Join(page, " "), width, environ, head(told))
				}
			}
		}
	}
}

// head is the begin of a text, for messages.
func head(text string) string { return text[:min(len(text), 600)] }
