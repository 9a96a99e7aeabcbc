package docgen_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// parsePowershell reads scripts with a grammar of PowerShell, as no Debian
// package and no npm package has the shell itself.
func parsePowershell(t *testing.T, text string) (faults, commands, texts []string) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed")
	}
	// The compiler that makes fast code takes ten seconds for the grammar.
	cmd := exec.CommandContext(t.Context(), "node", "--liftoff-only", "../.ci/powershell/parse.mjs", npmFolder(t, "powershell"))
	cmd.Stdin = strings.NewReader(text)
	said, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Faults, Commands, Texts []string }
	if err := json.Unmarshal(said, &got); err != nil {
		t.Fatal(err)
	}
	for i, text := range got.Texts {
		got.Texts[i] = strings.NewReplacer("''", "'", "‘‘", "‘", "’’", "’", "‚‚", "‚", "‛‛", "‛").Replace(text[1 : len(text)-1])
	}
	return got.Faults, got.Commands, got.Texts
}

// TestPowershellParses holds that a grammar takes the script, that it calls
// nothing but what it is meant to, whatever the texts of a catalog are, and
// that each flag and each word stands in it between quotes as it is.
func TestPowershellParses(t *testing.T) {
	t.Parallel()
	if faults, _, _ := parsePowershell(t, "foreach ($a in $b) { 'open }"); len(faults) == 0 {
		t.Fatal("the grammar takes a script that is broken")
	}
	for _, c := range catalogs(t) {
		faults, commands, texts := parsePowershell(t, script(t, c, "powershell"))
		if len(faults) > 0 {
			t.Errorf("%s: %q", c.Program(), faults)
		}
		slices.Sort(commands)
		want := []string{"ForEach-Object", "Get-ChildItem", "Register-ArgumentCompleter", "Select-Object", "Where-Object", "begins", "offer", "value"}
		if got := slices.Compact(commands); !slices.Equal(got, want) {
			t.Errorf("%s: the script calls %q, want %q", c.Program(), got, want)
		}
		for o := range c.All() {
			if o.Hidden || o.Deprecated() {
				continue
			}
			words := append([]string{"--" + o.Flag}, o.Value.Traits().Choices...)
			for _, w := range words {
				if strings.Contains(w, "  ") {
					continue // no shell is offered it
				}
				if !slices.Contains(texts, w) && (!o.Value.Traits().List || !strings.ContainsAny(w, `,"`)) {
					t.Errorf("%s: the script has no text %q", c.Program(), w)
				}
			}
		}
	}
}
