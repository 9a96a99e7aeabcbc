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

// A Style says how text is laid out. The zero Style suits files and pipes.
type Style struct {
	// Width is the number of columns of a terminal, kept between 40 and 200.
	// 0 is no terminal: tables have a line for each option, however long,
	// and prose has 80 columns.
	Width int
	// Colour allows bold and dim text.
	Colour bool
	// ASCII escapes every character outside of it.
	ASCII bool
}

func (s Style) paper() paper.Paper {
	return paper.Paper{Width: paper.Clamp(s.Width), Colour: s.Colour, ASCII: s.ASCII}
}
