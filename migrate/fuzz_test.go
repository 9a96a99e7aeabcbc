package migrate_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/migrate"
)

// FuzzPlan holds for any text in any format: no panic, a refusal leaves the
// text as it is, a second run does nothing, what is said holds no value, and
// places are inside the text.
func FuzzPlan(f *testing.F) {
	for i, seed := range []string{
		"older:\n  port: 1 # one\n  deep: {items: [a]}\nstats: {insights: yes}\n", "x-a: &a {port: 1}\nolder:\n  <<: *a\n  enable: !!str x\n", "loud: true\nolder: {url: 'h:1', listen: q}\n",
		"TOY_OLD_PORT=1\nexport TOY_URL='h:80'\n#TOY_OLD_NAME\n", "\uFEFFTOY_OLDLINK_0_ID=a\r\nTOY_INSIGHTS=$TOY_OLD_NAME", "TOY_WAIT_SECONDS=2\nTOY_LOUD=1\n",
		"[Service]\nEnvironment=TOY_OLD_PORT=1 \"TOY_URL=h:1\" \\\n TOY_LOUD=1\nExecStart=-/toy -l --old-name=${TOY_OLD_PORT} --url h:1\n",
		"services:\n  a:\n    image: toy\n    command: [--old-port, '1', -l]\n    environment:\n      - TOY_OLD_PORT=1\n      - TOY_URL=${TOY_URL}\n", "x-a: &a\n  TOY_OLD_PORT: 1\nservices:\n  a: {environment: {<<: *a, TOY_URL: 'h:1'}}\n",
		"kind: Pod\napiVersion: v1\nspec:\n- env:\n  - name: TOY_OLD_PORT\n    value: $(TOY_URL)\n  - {name: TOY_URL, value: 'h:1'}\n---\nenv:\n- name: TOY_LOUD\n  value: 'true'\n",
	} {
		f.Add(uint8(i), seed)
	}
	m := newMigration(f, toyRules()...).Converting()
	formats := append(migrate.Formats(), "")
	f.Fuzz(func(t *testing.T, pick uint8, text string) {
		// A value that people may have pasted anywhere.
		const canary = "Zq7CANARYzq7"
		text = strings.ReplaceAll(text, "CANARY", canary)
		p := m.Plan(migrate.File{Name: "f", Text: text, As: formats[int(pick)%len(formats)]})[0]
		if len(p.Refused) > 0 && (p.Text != text || len(p.Steps) > 0) {
			t.Errorf("refused, and yet edited: %q", p.Text)
		}
		if strings.Contains(said(p), canary) {
			t.Errorf("a value shows: %s", said(p))
		}
		for _, s := range p.Steps {
			if int(s.Place.Span.Offset+s.Place.Span.Length) > len(text) || s.Place.Span.Line < 1 {
				t.Errorf("%v has the place %v", s, s.Place.Span)
			}
		}
		for _, each := range m.Found(p) {
			if each.Name[0] > each.Name[1] || each.Name[1] > len(text) || each.Value[0] > each.Value[1] || each.Value[1] > len(text) {
				t.Errorf("found %v in %d bytes", each, len(text))
			}
		}
		if len(p.Refused) > 0 {
			return
		}
		again := m.Plan(migrate.File{Name: "f", Text: p.Text, As: p.As})[0]
		if len(again.Refused) > 0 || !again.Idle() {
			t.Errorf("%q became %q, and a second run does %v; %s", text, p.Text, again.Steps, said(again))
		}
	})
}

// FuzzArguments holds the same of command lines.
func FuzzArguments(f *testing.F) {
	for _, seed := range []string{"--old-port 1 --on", "--url=h:80 -l", "-lc x -- --old-name", "--old-token= --loud=false --insights"} {
		f.Add(strings.ReplaceAll(seed, " ", "\x00"))
	}
	m := newMigration(f, toyRules()...).Converting()
	f.Fuzz(func(t *testing.T, joined string) {
		line := m.Arguments(strings.Split(joined, "\x00"), 1)
		if len(line.Args) != len(line.Secret) {
			t.Fatalf("got %d arguments and %d marks", len(line.Args), len(line.Secret))
		}
		if again := m.Arguments(line.Args, 1); len(line.Refused) == 0 && !again.Idle() {
			t.Errorf("%q became %q, and a second run does %v", joined, line.Args, again.Steps)
		}
	})
}
