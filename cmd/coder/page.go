package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/strataconf/strata/internal/paper"
)

// page prints the help of a subcommand that has only flags of its own.
func (p *program) page(command, args, summary string, own []ownFlag, examples ...string) error {
	if p.told != nil {
		p.told(args, own)
		return nil
	}
	var b strings.Builder
	for _, line := range wrap(summary, p.width()) {
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "\nUsage\n  %s\n\nFlags\n", strings.Join(usageLines(command, args, p.width()-2), "\n      "))
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

// usageLines breaks the usage of a command into lines of at most width
// characters, the later ones indented by four, and none inside brackets or
// behind a --.
func usageLines(command, args string, width int) []string {
	const joint = "\x00"
	inside := 0
	words := strings.Map(func(r rune) rune {
		switch r {
		case '[':
			inside++
		case ']':
			inside--
		case ' ':
			if inside > 0 {
				return rune(joint[0])
			}
		}
		return r
	}, args)
	words = strings.ReplaceAll(words, " -- ", " --"+joint)
	lines := wrap(strings.ReplaceAll(command, " ", joint)+" "+words, width-4)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], joint, " ")
	}
	return lines
}

func (p *program) width() int {
	return paper.Clamp(p.style().Width)
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
