package main

import (
	"fmt"
	"io"
	"strings"
)

// page prints the help of a subcommand that has only flags of its own.
func (p *program) page(command, args, summary string, own []ownFlag, examples ...string) error {
	var b strings.Builder
	for _, line := range wrap(summary, p.width()) {
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "\nUsage\n  %s\n\nFlags\n", strings.TrimSpace(command+" "+args))
	rows := append([]ownFlag{{name: "help", help: "Print this page."}}, own...)
	for _, f := range rows {
		b.WriteString("  --" + strings.TrimSpace(f.name+" "+f.arg) + "\n")
		for _, line := range wrap(f.help, p.width()-6) {
			b.WriteString("      " + line + "\n")
		}
	}
	if len(examples) > 0 {
		b.WriteString("\nExamples\n  " + strings.Join(examples, "\n  ") + "\n")
	}
	return p.print(func(w io.Writer) error {
		_, err := io.WriteString(w, b.String())
		return err
	})
}

func (p *program) width() int {
	if w := p.style().Width; w > 0 {
		return min(max(w, 40), 200)
	}
	return 80
}

// wrap breaks text into lines of at most width characters, at spaces.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
