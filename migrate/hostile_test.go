package migrate_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/spent"
	"github.com/strataconf/strata/migrate"
)

// Files that were made to cost much end in time, whatever comes of them.
func TestHostile(t *testing.T) {
	t.Parallel()
	const most = 20 * time.Second // a quadratic reader takes minutes
	size := migrate.MostBytes / 16
	if os.Getenv("STRATA_SOAK") != "" {
		size = migrate.MostBytes - 100
	}
	m := newMigration(t, toyRules()...).Converting()
	fill := func(head, each, tail string) string {
		return head + strings.Repeat(each, (size-len(head)-len(tail))/len(each)) + tail
	}
	numbered := func(head, form string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len() < size-200; i++ {
			fmt.Fprintf(&b, form, i)
		}
		return b.String()
	}
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 9; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i-1, i-1, i-1, i-1, i-1, i-1)
	}
	for name, text := range map[string]string{
		"one line of a unit":          fill("[Service]\nEnvironment=", "TOY_OLD_PORT=1 ", "\n"),
		"one line of a command":       fill("[Service]\nExecStart=/toy ", "--old-port 1 ", "\n"),
		"one list in brackets":        fill("services:\n  a:\n    image: toy\n    environment: [", "TOY_OLD_PORT=1, ", "A=1]\n"),
		"one value of references":     fill("env:\n- name: TOY_OLD_PORT\n  value: '1'\n- name: A\n  value: '", "$(TOY_OLD_PORT)", "'\n"),
		"one variable again":          fill("", "TOY_OLD_PORT=1\n", ""),
		"many containers":             numbered("a:\n", "- env:\n  - {name: TOY_OLD_PORT, value: '%d'}\n"),
		"many containers, references": numbered("a:\n", "- env:\n  - {name: TOY_OLD_PORT, value: '%d'}\n  - {name: B, value: $(TOY_OLD_PORT)}\n"),
		"many services":               numbered("services:\n", "  a%d: {image: toy, environment: [TOY_OLD_PORT=1]}\n"),
		"many documents":              fill("", "---\nkind: a\n", ""),
		"deep":                        "older:\n" + fill("a: ", "[", ""),
		"aliases of aliases":          bomb,
		"aliases of containers":       "services:\n  a: &a {image: toy, environment: {TOY_OLD_PORT: 1}}\n" + numbered("", "  b%d: *a\n"),
		"comments that are lost":      "older:\n  deep:\n" + fill("", "  # ä\n", "    name: x\n"),
		"numbered variables":          numbered("", "TOY_OLDLINK_%d_ID=a\n"),
		"dollars":                     fill("TOY_OLD_NAME='", "$", "'\n"),
		"backslashes":                 fill("[Service]\nExecStart=/toy ", "\\\n", ""),
	} {
		var p *migrate.Plan
		took := spent.On(func() { p = m.Plan(migrate.File{Name: "f", Text: text})[0] })
		if took > most {
			t.Errorf("%s: took %v (%d steps; %s)", name, took, len(p.Steps), said(p)[:min(len(said(p)), 300)])
		}
		t.Logf("%s: %d bytes, %s, %d steps, %d refused, %v", name, len(text), p.As, len(p.Steps), len(p.Refused), took.Round(time.Millisecond))
	}
}
