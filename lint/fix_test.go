package lint_test

import (
	"os"
	"strings"
	"testing"

	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// fixes runs the rules on a file of the toy and returns what they fix.
func fixes(t *testing.T, text string) *lint.Report {
	t.Helper()
	r, err := lint.Run(world{yaml: text}.config(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFixed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, want string
		made       int
	}{
		{"name: me\nworkers: 5\n", "workers: 5\n", 1},
		{"workers: 5\nname: me", "workers: 5", 1},
		{"name: me # the default\r\nworkers: 5\r\n", "workers: 5\r\n", 1},
		{"\ufeffname: me\nworkers: 5\n", "\ufeffworkers: 5\n", 1},
		{"{name: me, workers: 5}\n", "{workers: 5}\n", 1},
		{"net:\n  insecure: false\nworkers: 5\n", "workers: 5\n", 1},
		{"# Ours.\nname: me\n", "# Ours.\n", 1},
		{"# Ours.\n\n# What it is.\nname: me\n", "# Ours.\n", 1},
		{"items:\n- a\n- b\nwait: 60s\nkeep: 1h\n", "keep: 1h\n", 2},
		{"name: >-\n  me\nworkers: 5\n", "workers: 5\n", 1},
		{"name: m\nworkers: 5\n", "name: m\nworkers: 5\n", 0},
		{"x-a: &a me\nname: *a\nworkers: 5\n", "x-a: &a me\nname: *a\nworkers: 5\n", 0},
		{"net: &n\n  insecure: false\n  trusted: [10.0.0.0/8]\nx-n: *n\n", "net: &n\n  insecure: false\n  trusted: [10.0.0.0/8]\nx-n: *n\n", 0},
		{"name: me\nnet: &n {insecure: false}\nx-n: *n\n", "net: &n {insecure: false}\nx-n: *n\n", 1},
	} {
		text, made := fixes(t, c.text).Fixed("toy.yaml")
		if text != c.want && (made > 0 || text != "") || made != c.made {
			t.Errorf("%q: got %d fixes and %q, want %d and %q", c.text, made, text, c.made, c.want)
		}
	}
	if _, made := fixes(t, "name: me\n").Fixed("other.yaml"); made != 0 {
		t.Error("a file that was not looked at has fixes")
	}
}

// TestFixedChangesNoSetting takes out of the file of a whole deployment what
// can be taken out, and reads it again.
func TestFixedChangesNoSetting(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../testdata/deployment.yaml")
	if err != nil {
		t.Fatal(err)
	}
	reg, err := values.Build(option.Host{})
	if err != nil {
		t.Fatal(err)
	}
	read := func(text string) (*option.Snapshot[values.DeploymentValues], option.Problems) {
		return load.Inspect(reg, load.Process{Args: []string{"-c=a.yaml"}, Files: memory{"a.yaml": text}})
	}
	snap, problems := read(string(text))
	r, err := lint.Run(lint.Config{Settings: snap, Problems: problems, Files: []lint.File{{Name: "a.yaml", Text: string(text)}}, Least: option.Note})
	if err != nil {
		t.Fatal(err)
	}
	fixed, made := r.Fixed("a.yaml")
	again, _ := read(fixed)
	a, b := snap.Redact(), again.Redact()
	for o := range reg.All() {
		if !a.Same(o, b) {
			t.Errorf("--%s changed", o.Flag)
		}
	}
	if made < 10 || len(fixed) >= len(text) {
		t.Errorf("got %d fixes, want more", made)
	}

	short := 0
	for _, f := range r.Findings {
		if f.Fix == nil {
			continue
		}
		if fast, slow, known := r.CutBoth(f.Fix); known {
			short++
			if fast != slow {
				t.Errorf("%s: the short way cuts %+v, the long one %+v", f.Problem.Name, fast, slow)
			}
		}
	}
	if short < 10 {
		t.Errorf("got %d cuts by the short way, want more", short)
	}
}

// TestCutLeavesWhatFixedLeaves holds that a fix alone is the same in both
// forms.
func TestCutLeavesWhatFixedLeaves(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"workers: 5\nname: me\nkeep: 1h\n", "workers: 5\r\nname: me # x\r\n", "# a\n# b\nname: me\nworkers: 5\n", "name: me", "workers: 5\n\n\nname: me\n\nkeep: 1h\n",
		"{workers: 5, name: me}", "workers: 5\nname: |-\n  me\nkeep: 1h\n", "workers: 5\nname: 'me'\n", "workers: 5\n\"name\": me\n", "? name\n: me\nworkers: 5\n", "workers: 5\nname: !!str me\n",
		"x-a: &a\n  workers: 5\n<<: *a\nname: me\n", "---\nname: me\nworkers: 5\n...\n", "keep: a\n  b\nname: me\n",
	} {
		r := fixes(t, text)
		want, made := r.Fixed("toy.yaml")
		for _, f := range r.Findings {
			if f.Fix == nil {
				continue
			}
			at, ok := r.Cut(f.Fix)
			if !ok {
				t.Logf("%q: more than one range", text)
				continue
			}
			if got := text[:at.Offset] + text[at.Offset+at.Length:]; made != 1 || got != want {
				t.Errorf("%q: got %q, want %q", text, got, want)
			}
			if line := 1 + strings.Count(text[:at.Offset], "\n"); int(at.Line) != line {
				t.Errorf("%q: got line %d, want %d", text, at.Line, line)
			}
		}
	}
}
