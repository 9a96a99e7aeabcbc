package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// TestIgnores holds where a comment silences, and where text only looks like
// one. The rule is that of defaults, unless another is named.
func TestIgnores(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, yaml string
		want       string // the IDs that are left
	}{
		{"on the line", "name: me # strata:ignore L012 so", ""},
		{"by name, in any case", "name: me # strata:ignore Equals-Default so", ""},
		{"no space behind the sign", "name: me #strata:ignore l012 so", ""},
		{"two rules", "name: me # strata:ignore L012,L020 so\nfuture: x # strata:ignore L020 so", "L014"},
		{"on the line above", "# strata:ignore L012 so\nname: me", ""},
		{"with comments between", "# strata:ignore L012 so\n# and so on\nname: me", ""},
		{"with an empty line between", "# strata:ignore L012 so\n\nname: me", "L012 L014"},
		{"only the next line", "# strata:ignore L012 so\nname: me\nwait: 1m", "L012"},
		{"on another line", "name: me\nkeep: 1h # strata:ignore L012 so", "L012 L014"},
		{"another rule", "name: me # strata:ignore L013 so", "L012 L014"},
		{"inside a list", "items:\n- x\n- x # strata:ignore L017 so", ""},
		{"on the key of a list", "items: # strata:ignore L017 so\n- x\n- x", ""},
		{"above the key of a list", "# strata:ignore L017 so\nitems:\n- x\n- y\n- x\n- y", ""},
		{"above a group", "# strata:ignore L024,L025 so\nnet:\n  insecure: true", "L014 L024 L025 L026 L028 L030 L031 L032 L033 L034 L035"},
		{"CRLF", "# strata:ignore L012 so\r\nname: me\r\n", ""},
		{"a byte order mark", "\ufeff# strata:ignore L012 so\nname: me\n", ""},
		{"indented", "net:\n    # strata:ignore skip-verify so\n  \n    trusted: [10.0.0.0/8]", "L014"},
		{"in quotes", "future: '# strata:ignore L020 so'", "L020"},
		{"in a block", "future: |\n  # strata:ignore L020 so\n  x", "L020"},
		{"in a word", "future: x# strata:ignore L020 so", "L020"},
		{"a word more", "name: me # strata:ignores L012 so", "L012"},
		{"not at the start", "name: me # see strata:ignore L012 so", "L012"},
		{"in a flow mapping", "{name: me, # strata:ignore L012 so\n workers: 5}", ""},
		{"an anchor", "keep: &a 1h # strata:ignore L015 so", ""},
		{"itself", "name: x # strata:ignore L014 so", "L014"},
		{"broken YAML", "name: [ # strata:ignore L001 so", "L001"},
	} {
		var got []string
		for _, l := range (world{yaml: c.yaml}).run(t) {
			got = append(got, l[strings.LastIndexByte(l, '(')+1:len(l)-1])
		}
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %q", c.name, got, c.want)
		}
	}
}

func TestIgnoresInFilesOfVariables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, env string
		want      bool // found
	}{
		{"above", "# strata:ignore L012 so\nTOY_NAME=me\n", false},
		{"a semicolon", "; strata:ignore L012 so\nTOY_NAME=me\n", false},
		{"on the line it is the value", "TOY_NAME=me # strata:ignore L012 so\n", false},
		{"too far", "# strata:ignore L012 so\nTOY_KEEP=1h\nTOY_NAME=me\n", true},
		{"inside a value", "TOY_FUTURE='x\n# strata:ignore L012 so\n'\nTOY_NAME=me\n", true},
	} {
		if got := found(envFile(strings.TrimSuffix(c.env, "\n")).run(t), "L012"); got != c.want {
			t.Errorf("%s: got a finding: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestSilencedAreCounted holds the number that is told of what comments
// silence, and that rules which do not run have nothing to silence.
func TestSilencedAreCounted(t *testing.T) {
	t.Parallel()
	cfg := world{yaml: "name: me # strata:ignore L012 so\nwait: 1m # strata:ignore L012 so\n"}.config(t)
	r, err := lint.Run(cfg)
	if err != nil || r.Silenced != 2 || len(r.Findings) != 0 {
		t.Errorf("got %d silenced, %v, error %v, want 2", r.Silenced, lines(r), err)
	}
	cfg.Without = []string{"L012"}
	if r, err = lint.Run(cfg); err != nil || r.Silenced != 0 || len(r.Findings) != 0 {
		t.Errorf("without the rule: got %d silenced, %v, error %v, want none", r.Silenced, lines(r), err)
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	w := yaml("name: me", "net: {insecure: true}")
	for _, c := range []struct {
		change func(*lint.Config)
		want   string
	}{
		{func(c *lint.Config) { c.Only = []string{"L012", "weak-tls"} }, "L032 L012"},
		{func(c *lint.Config) { c.Only, c.Least = []string{"L012", "L032"}, option.Warning }, "L032"},
		{func(c *lint.Config) { c.Only, c.Without = []string{"L012", "L032"}, []string{"l032"} }, "L012"},
		{func(c *lint.Config) { c.Only, c.Least = []string{"L012", "L032"}, option.Error }, ""},
		{func(c *lint.Config) { c.Only, c.Files = []string{"L012"}, nil }, "L012"},
		{func(c *lint.Config) { c.Only, c.Rules = []string{"T001"}, []lint.Rule{own} }, "T001"},
	} {
		var got []string
		for _, l := range w.run(t, c.change) {
			got = append(got, l[strings.LastIndexByte(l, '(')+1:len(l)-1])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("got %v, want %q", got, c.want)
		}
	}
}

// own is a rule of a program.
var own = lint.Rule{ID: "T001", Name: "dull-name", Severity: option.Warning, Title: "A dull name", Check: func(l *lint.Look) {
	o := l.Safe().Catalog().ByFlag("name")
	s := l.Settings().Setting(o)
	if l.Safe().Text(o) == "me" {
		l.Report(s.Origin(), o, "a dull name", "")
	}
}}

func TestUnknownRule(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"L999": "no rule has this ID or name", "hunter2hunter2": "no rule has this ID or name",
		"skip-verfy": "no rule has this ID or name (did you mean skip-verify?)",
	} {
		cfg := yaml("name: x").config(t)
		cfg.Without = []string{name}
		if _, err := lint.Run(cfg); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
}

// FuzzRun lints any file, and holds that no value of it is told, that places
// lie in the file, and that what is fixed changes no setting.
func FuzzRun(f *testing.F) {
	for _, p := range pairs {
		f.Add(p.fires.yaml)
	}
	f.Add("# strata:ignore L012 so\nname: &a me\nx-b: {<<: *a}\n? - x\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 {
			return
		}
		cfg := world{yaml: text}.config(t)
		r, err := lint.Run(cfg)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range r.Findings {
			p := found.Problem
			if s := p.Origin.Span; p.Origin.Source == option.SourceYAML && int(s.Offset+s.Length) > len(text) {
				t.Fatalf("%s: the place ends behind the file", found.Line())
			}
			if strings.ContainsFunc(found.Line(), func(r rune) bool { return r < ' ' }) {
				t.Fatalf("%q: a control character", found.Line())
			}
			if found.Fix == nil {
				continue
			}
			if at, ok := r.Cut(found.Fix); ok {
				same(t, cfg, text[:at.Offset]+text[at.Offset+at.Length:])
			}
		}
		if fixed, made := r.Fixed("toy.yaml"); made > 0 {
			same(t, cfg, fixed)
		}
	})
}

// same wants a file that sets the same.
func same(t *testing.T, cfg lint.Config, text string) {
	t.Helper()
	again, problems := load.Inspect(build(t), load.Process{Environ: []string{"TOY_CONFIG_PATH=toy.yaml"}, Files: memory{"toy.yaml": text}})
	a, b := cfg.Settings.Redact(), again.Redact()
	for o := range a.Catalog().All() {
		if a.Text(o) != b.Text(o) || a.Refused(o) != b.Refused(o) {
			t.Fatalf("--%s changed in\n%s\n%v", o.Flag, text, problems)
		}
	}
	if slices.ContainsFunc(problems, func(p *option.Problem) bool { return p.Code == "invalid-yaml" }) {
		t.Fatalf("no YAML any more:\n%s", text)
	}
}
