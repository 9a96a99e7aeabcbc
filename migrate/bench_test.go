package migrate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/strataconf/strata/migrate"
)

// large returns a file of nearly 1 MiB with older names at its end.
func large(format migrate.Format) string {
	var b strings.Builder
	head, line, tail := "", "", ""
	switch format {
	case migrate.YAML:
		head, line = "# c\n", "x-%06d: a value of some length, as files have them # and a comment\n"
		tail = "older:\n  port: 1\n  deep:\n    items: [a]\n    name: n\n"
	case migrate.Env:
		line, tail = "SOMETHING_%06d='a value of some length'\n", "TOY_OLD_PORT=1\nTOY_OLD_NAME=n\n"
	case migrate.Systemd:
		head, line, tail = "[Service]\n", "Environment=SOMETHING_%06d=value\n", "Environment=TOY_OLD_PORT=1\n"
	case migrate.Compose:
		head, line = "services:\n  a:\n    image: toy\n    environment:\n", "      - SOMETHING_%06d=a value of some length\n"
		tail = "      - TOY_OLD_PORT=1\n"
	case migrate.Helm:
		head, line, tail = "env:\n", "  - name: SOMETHING_%06d\n    value: a value of some length\n", "  - name: TOY_OLD_PORT\n    value: '1'\n"
	}
	b.WriteString(head)
	for i := 0; b.Len() < 1<<20-300; i++ {
		fmt.Fprintf(&b, line, i)
	}
	return b.String() + tail
}

func BenchmarkPlan(b *testing.B) {
	m := newMigration(b)
	type sample struct {
		name, text string
		format     migrate.Format
	}
	samples := []sample{{"yaml with anchors", "x-a: &a 1\nx-b: *a\n" + large(migrate.YAML), migrate.YAML}}
	for _, format := range migrate.Formats() {
		samples = append(samples, sample{string(format), large(format), format})
	}
	for _, s := range samples {
		text, format := s.text, s.format
		b.Run(s.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if p := m.Plan(migrate.File{Name: "f", Text: text})[0]; p.As != format || p.Idle() {
					b.Fatalf("%s: %v %s", p.As, p.Steps, said(p))
				}
			}
		})
	}
}
