package docgen_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

type odd struct {
	Word  string
	Words []string
	Plain bool
}

// oddWords mean something to one shell or another. Each begins with letters of
// its own.
var oddWords = []string{
	"aa two words", "bb'quote", `bc"quote`, "cc$HOME", "cd$(touch pwned)", "ce`touch pwned`", "dd;touch pwned", "de|cat", "df&", "dg>pwned", "ee*", "ef?", "eg[a]", "eh{x,y}",
	"ff~x", "gg(x)", `hh\back\slash`, "ii#c", "jj=b", "kk:b", "ll%d", "mm!1", "nn^x", "ööünï", "oo語り部", "pp<x", "qq@x", "rr--x", "ss\u2019s", "tt  two",
}

// oddCatalog has odd words as choices, and in its help.
func oddCatalog(t testing.TB) *option.Catalog {
	t.Helper()
	r, err := option.Build(option.Config[odd]{Program: "toy", EnvPrefix: "TOY_", Tables: func(v *odd) []option.Table {
		return []option.Table{{Rows: []option.Option{
			{Name: "Word", Flag: "word", Value: kind.Enum(&v.Word, oddWords...), Help: "It's one of " + strings.Join(oddWords, " ") + "."},
			{Name: "Words", Flag: "words", Value: kind.Enums(&v.Words, oddWords...), Help: "$(touch pwned) `touch pwned` %s %n [x] {y} \\ \"q\" <z>."},
			{Name: "Plain", Flag: "plain", Value: kind.Bool(&v.Plain), Help: "'; touch pwned; echo '."},
		}}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r.Catalog
}

// TestShellsCompleteOddWords holds that each shell completes words that mean
// something to it so that they mean themselves, and that nothing in a script
// is run.
func TestShellsCompleteOddWords(t *testing.T) {
	t.Parallel()
	c := oddCatalog(t)
	single := slices.DeleteFunc(slices.Clone(oddWords), func(w string) bool { return strings.Contains(w, "  ") }) // shown with one space
	inList := slices.DeleteFunc(slices.Clone(single), func(w string) bool { return strings.ContainsAny(w, `,"`) })
	lines := []string{"toy serve --word ", "toy serve --words ", "toy serve --words rr--x,"}
	for _, w := range single {
		lines = append(lines, "toy serve --word "+w[:2])
	}
	lines = append(lines, "toy serve --", "toy serve --plain=")
	for shell, ask := range askers {
		t.Run(shell, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(shell); err != nil {
				t.Skip(shell + " is not installed")
			}
			dir := t.TempDir()
			answers := ask(t, c, dir, lines)
			for i, line := range lines {
				var got []string
				for _, w := range answers[i] {
					w = strings.ReplaceAll(w, "\x01", " ")
					if shell != "fish" { // which quotes it itself
						w = unquotedByBash(t, dir, w)
					}
					got = append(got, w)
				}
				want := single
				switch {
				case i == 1:
					want = inList
				case i == 2:
					want = slices.Clone(inList)
					for n := range want {
						if shell != "zsh" { // which offers what is new
							want[n] = "rr--x," + want[n]
						}
					}
				case i >= 3 && i < 3+len(single):
					want = []string{single[i-3]}
				case i > 2:
					continue // asked so that the help is shown
				}
				slices.Sort(got)
				if want = slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
					t.Errorf("%q: got\n%q, want\n%q", line, got, want)
				}
			}
			if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
				t.Error("a word of the script was run")
			}
		})
	}
}

// unquotedByBash is a word as bash reads it.
func unquotedByBash(t *testing.T, dir, word string) string {
	t.Helper()
	return strings.ReplaceAll(strings.Join(runShell(t, dir, "bash", "--norc", "-c", `eval "printf %s $1"`, "bash", word), ""), "\x01", " ")
}
