// Package report writes what a snapshot says to people: the table of all
// settings, the explanation of one, and what a proposal would change.
//
// It takes only what may leave the process, an [option.Redacted] and its
// [option.Problems], so none of it can show a secret. Every answer is data
// first, and text or JSON of that data:
//
//	found, err := report.Find(catalog, "$APP_TLS_ADDRESS")
//	…
//	answer := report.Explain(settings, problems, found.Option)
//	err = answer.WriteText(os.Stdout, report.Style{})
//
// Text keeps to a width, escapes what could move a cursor, and is plain ASCII
// where the style asks for it.
package report

import "github.com/strataconf/strata/internal/paper"

// A Style says how text is laid out: Width, Colour and ASCII, as docgen has
// them too. The zero Style suits files and pipes: a [Table] then has a line for
// each option, however long, and prose has 80 columns.
type Style = paper.Style
