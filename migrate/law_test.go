package migrate_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// renamed are the older variables of the toy catalog and their successors,
// written down once more so that a test does not ask the code under test.
var renamed = map[string]string{
	"TOY_OLD_PORT": "TOY_PORT", "TOY_OLD_ON": "TOY_ON", "TOY_OLD_TOKEN": "TOY_TOKEN", "TOY_OLD_ITEMS": "TOY_ITEMS",
	"TOY_OLD_NAME": "TOY_NAME", "TOY_INSIGHTS": "TOY_FEATURE", "TOY_OLDLINK_0_ID": "TOY_LINK_0_ID", "TOY_OLDLINK_1_URL": "TOY_LINK_1_URL",
}

// A piece is a line of a file: text that stays around a name.
type piece struct{ before, name, after string }

// drawPieces draws the lines of a file in one of the formats, each older name
// at most once. A successor that is set is drawn too, where its older name is
// not.
func drawPieces(t *rapid.T, f migrate.Format) (pieces []piece) {
	value := rapid.SampledFrom([]string{"1", "true", "a b", `"q"`, "'s'", "x#y", "ä", "", "[]", "17"})
	br := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "break")
	head, form := "", ""
	switch f {
	case migrate.Env:
		form = rapid.SampledFrom([]string{"%s=V", "export %s=V", "\t%s = 'V'  ", `%s="V"`}).Draw(t, "form")
		head = "FIRST=1"
	case migrate.Systemd:
		form = rapid.SampledFrom([]string{"Environment=%s=W", `Environment="%s=W x" A=b`, `Environment=A=b '%s=W'`, "Environment=A=1 \\" + br + "  %s=W"}).Draw(t, "form")
		head = "[Service]"
	case migrate.Compose:
		form = rapid.SampledFrom([]string{"      - %s=W", `      - "%s=W" # c`, "      - '%s=W'"}).Draw(t, "form")
		head = strings.Join([]string{"services:", "  a:", "    image: other", "    environment:", "      - A=1"}, br)
	case migrate.Helm:
		form = rapid.SampledFrom([]string{"- name: %s" + br + "  value: 'W'", "- name: \"%s\" # c" + br + "  value: W", "- {name: %s, value: W}", "- value: W" + br + "  name: %s"}).Draw(t, "form")
		head = "env:" + br + "- name: A" + br + "  value: '1'"
	}
	pieces = append(pieces, piece{before: rapid.SampledFrom([]string{"", "\uFEFF"}).Draw(t, "mark") + head + br})
	for _, old := range slices.Sorted(maps.Keys(renamed)) { // in order, so that a draw can be repeated
		now := renamed[old]
		name := rapid.SampledFrom([]string{"", old, now, "NO_" + old}).Draw(t, old)
		if strings.Contains(old, "LINK") && name == now {
			name = "" // one of the other list would clash
		}
		if name == "" {
			continue
		}
		v := value.Draw(t, "value")
		w := rapid.SampledFrom([]string{"1", "true", "a", "x.y"}).Draw(t, "word")
		line := strings.NewReplacer("V", strings.NewReplacer(`"`, "", "'", "").Replace(v), "W", w).Replace(form)
		before, after, _ := strings.Cut(line, "%s")
		if rapid.Bool().Draw(t, "comment") {
			indent := before[:len(before)-len(strings.TrimLeft(before, " "))]
			pieces = append(pieces, piece{before: indent + "# ä comment of somebody" + br})
		}
		pieces = append(pieces, piece{before, name, after + br})
	}
	if last := &pieces[len(pieces)-1]; rapid.Bool().Draw(t, "open") {
		last.after = strings.TrimSuffix(last.after, br)
	}
	return pieces
}

func text(pieces []piece, name func(string) string) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.before + name(p.name) + p.after)
	}
	return b.String()
}

// TestLaws holds for random files: the bytes outside of names are the same,
// the names are the new ones, the settings are those of before, and a second
// run does nothing.
func TestLaws(t *testing.T) {
	t.Parallel()
	m, reg := newMigration(t), build(t)
	rapid.Check(t, func(t *rapid.T) {
		format := rapid.SampledFrom([]migrate.Format{migrate.Env, migrate.Systemd, migrate.Compose, migrate.Helm}).Draw(t, "format")
		pieces := drawPieces(t, format)
		before := text(pieces, func(s string) string { return s })
		want := text(pieces, func(s string) string {
			if now := renamed[s]; now != "" {
				return now
			}
			return s
		})
		p := m.Plan(migrate.File{Name: "f", Text: before, As: format})[0]
		if len(p.Refused) > 0 {
			t.Fatalf("%q is refused: %s", before, said(p))
		}
		if p.Text != want {
			t.Fatalf("got %q, want %q", p.Text, want)
		}
		if again := m.Plan(migrate.File{Name: "f", Text: p.Text})[0]; !again.Idle() || again.As != format {
			t.Fatalf("a second run of %q as %q does %v", p.Text, again.As, again.Steps)
		}
		if format != migrate.Env && format != migrate.Systemd {
			return
		}
		resolve := func(text string) *option.Redacted {
			vars, _ := load.EnvFile("f", text)
			for i := range vars {
				if vars[i].Name == "TOY_INSIGHTS" {
					vars[i].Name = "TOY_FEATURE"
				}
			}
			s, _ := reg.Inspect(load.Layers(reg.Catalog, load.Process{Variables: vars}))
			return s.Redact()
		}
		same(t, reg.Catalog, resolve(before), resolve(p.Text))
	})
}

// same reports options that differ.
func same(t *rapid.T, c *option.Catalog, a, b *option.Redacted) {
	for o := range c.All() {
		if !o.Deprecated() && (!a.Same(o, b) || a.Source(o) != b.Source(o)) {
			t.Fatalf("--%s is another one", o.Flag)
		}
	}
}

// keys are the older keys of the toy catalog, by group, with the new path.
var keys = []struct{ group, key, path string }{
	{"older", "port", "net.port"},
	{"older", "enable", "net.enable"},
	{"deep", "items", "net.items"},
	{"deep", "name", "name"},
	{"stats", "insights", "feature"},
}

// TestConfigLaws holds the same of configuration files, in which keys move.
// What is compared is the lines: every line of a comment and every value stays.
func TestConfigLaws(t *testing.T) {
	t.Parallel()
	m, reg := newMigration(t), build(t)
	rapid.Check(t, func(t *rapid.T) {
		values := map[string][]string{
			"port": {"1", "0x10", "'7'", "# nothing"}, "enable": {"true", "false # c"}, "items": {"[a, b]", "a,b"}, "name": {"x", `"x # y"`, "'it''s'"}, "insights": {"true"},
		}
		groups := map[string]string{}
		var comments []string
		for i, k := range keys {
			if !rapid.Bool().Draw(t, k.key) {
				continue
			}
			indent := "  "
			if k.group == "deep" {
				indent = "    "
			}
			if rapid.Bool().Draw(t, "comment") {
				comments = append(comments, fmt.Sprintf("# about %d", i))
				groups[k.group] += indent + comments[len(comments)-1] + "\n"
			}
			groups[k.group] += indent + k.key + ": " + rapid.SampledFrom(values[k.key]).Draw(t, "value") + "\n"
		}
		before := rapid.SampledFrom([]string{"", "# head\n\n", "level: a # l\n"}).Draw(t, "head")
		group := func(indent, key, body string) string {
			if body != "" && rapid.Bool().Draw(t, "comment of the group") {
				comments = append(comments, "# group "+key)
				return indent + "# group " + key + "\n" + indent + key + ":\n" + body
			}
			return strings.TrimSuffix(indent+key+":\n"+body, indent+key+":\n")
		}
		if groups["older"]+groups["deep"] != "" {
			before += group("", "older", groups["older"]+group("  ", "deep", groups["deep"]))
		}
		before += group("", "stats", groups["stats"])
		before += rapid.SampledFrom([]string{"", "net:\n  host: h # h\n"}).Draw(t, "tail")
		if rapid.Bool().Draw(t, "CRLF") {
			before = strings.ReplaceAll(before, "\n", "\r\n")
		}
		p := m.Plan(migrate.File{Name: "f", Text: before, As: migrate.YAML})[0]
		if len(p.Refused) > 0 {
			t.Fatalf("%q is refused: %s", before, said(p))
		}
		for _, c := range comments {
			if strings.Count(p.Text, c) != 1 {
				t.Fatalf("%q is lost: %q", c, p.Text)
			}
		}
		if strings.Contains(before, "\r") != strings.Contains(p.Text, "\r") || strings.Count(p.Text, "\r") != strings.Count(p.Text, "\n") && strings.Contains(p.Text, "\r") {
			t.Fatalf("the breaks differ: %q", p.Text)
		}
		if again := m.Plan(migrate.File{Name: "f", Text: p.Text, As: migrate.YAML})[0]; !again.Idle() || len(again.Refused) > 0 {
			t.Fatalf("a second run of %q does %v; %s", p.Text, again.Steps, said(again))
		}
		resolve := func(text string) *option.Redacted {
			s, _ := reg.Inspect([]option.Layer{yamlgen.Parse(reg.Catalog, "f", text, yamlgen.Limits{})})
			return s.Redact()
		}
		read := strings.Replace(before, "stats:", "x-stats:", 1)
		if groups["stats"] != "" {
			read = "feature: true\n" + read
		}
		same(t, reg.Catalog, resolve(read), resolve(p.Text))
	})
}
