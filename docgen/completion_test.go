package docgen_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/option"
)

var toyCommands = []docgen.Command{
	{Path: "serve", Help: "serve the toy, it's fun", Options: true},
	{Path: "config check", Help: "check the file", Options: true, Flags: []docgen.ExtraFlag{
		{Flag: "format", Arg: "form", Help: "How to print.", Words: []string{"text", "json"}},
		{Flag: "env-file", Arg: "file", Help: "Variables.", Complete: option.HintFile},
		{Flag: "strict", Help: "Be strict."},
	}},
	{Path: "config show", Help: "show what is"},
	{Path: "completion", Help: "print a script", Words: []string{"bash", "zsh"}},
}

func script(t testing.TB, c *option.Catalog, shell string) string {
	t.Helper()
	return written(t, func(w io.Writer) error { return docgen.Completion(w, c, shell, toyCommands) })
}

func TestCompletionGoldens(t *testing.T) {
	t.Parallel()
	for _, shell := range docgen.Shells() {
		golden.Check(t, "testdata/complete."+shell, []byte(script(t, toyCatalog(t), shell)))
	}
	if err := docgen.Completion(io.Discard, toyCatalog(t), "csh", nil); err == nil {
		t.Error("a shell that is unknown: got no error")
	}
}

// TestCompletionReadsBack holds that each script has every flag that people
// should use, and no other.
func TestCompletionReadsBack(t *testing.T) {
	t.Parallel()
	for shell, re := range map[string]string{
		"bash":       `(?m)^\t\t\t'--([a-z0-9-]+)'`,
		"zsh":        `(?m)^\t\t\t\t'--([a-z0-9-]+)' `,
		"fish":       `(?m)^complete .*_at "serve".* -l '([a-z0-9-]+)'`,
		"powershell": `(?m)^        '--([a-z0-9-]+)'`,
	} {
		for _, c := range catalogs(t) {
			got, want := map[string]bool{}, map[string]bool{}
			for _, m := range regexp.MustCompile(re).FindAllStringSubmatch(script(t, c, shell), -1) {
				got[m[1]] = true
			}
			for o := range c.All() {
				if !o.Hidden && !o.Deprecated() {
					want[o.Flag] = true
					if o.FileFlag() != "" {
						want[o.FileFlag()] = true
					}
				}
			}
			for flag := range want {
				if !got[flag] {
					t.Errorf("%s of %s lacks --%s", shell, c.Program(), flag)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s of %s: got %d flags, want %d", shell, c.Program(), len(got), len(want))
			}
		}
	}
}

// valuesIn find in a script what it knows of each flag of the options: whether
// a value has to follow, whether it is a list, and the words, each quoted for
// that shell.
var valuesIn = map[string]struct {
	line, takes, list string
	words             func(string) []string
}{
	"bash":       {`(?m)^\t(?:'-\w' \| )?'--([a-z0-9-]+)'(?: \| '-\w')?\) (kind=.*) words=\((.*)\) ;;$`, "takes=1", "list=1", quotedWords(`'((?:[^']|'\\'')*)'`, `'\''`, "'")},
	"zsh":        {`(?m)^\t'--([a-z0-9-]+)'(?: \| '-\w')?\) (kind=.*) choices=\((.*)\) ;;$`, "takes=1", "list=1", quotedWords(`'((?:[^']|'\\'')*)'`, `'\''`, "'")},
	"fish":       {`(?m)^complete .*_at "serve".* -l '([a-z0-9-]+)' -d (.*?)(?: -k?x?a '((?:[^'\\]|\\.)*)')?$`, "", "", fishWords},
	"powershell": {`(?m)^    \$help\['--([a-z0-9-]+)'\] = .* (Takes = .*); Words = @\((.*)\) \}$`, "Takes = $true", "List = $true", quotedWords(`'((?:[^'’]|''|’’)*)'`, "''", "'", "’’", "’")},
}

func quotedWords(form string, undo ...string) func(string) []string {
	re, r := regexp.MustCompile(form), strings.NewReplacer(undo...)
	return func(text string) (out []string) {
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			out = append(out, r.Replace(m[1]))
		}
		return out
	}
}

// fishWords are quoted twice, and may be those of a function.
func fishWords(text string) (out []string) {
	text = regexp.MustCompile(`\\([\\'])`).ReplaceAllString(text, "$1")
	if inner, ok := strings.CutPrefix(text, "("); ok {
		_, text, _ = strings.Cut(strings.TrimSuffix(inner, ")"), " ")
	}
	for _, m := range regexp.MustCompile(`'((?:[^'\\]|\\.)*)'|([^ ']+)`).FindAllStringSubmatch(text, -1) {
		out = append(out, regexp.MustCompile(`\\([\\'])`).ReplaceAllString(m[1], "$1")+m[2])
	}
	return out
}

// TestCompletionValuesReadBack reads from each script what may follow each
// flag, and holds it against the catalog.
func TestCompletionValuesReadBack(t *testing.T) {
	t.Parallel()
	for shell, in := range valuesIn {
		for _, c := range catalogs(t) {
			found := map[string][]string{}
			for _, m := range regexp.MustCompile(in.line).FindAllStringSubmatch(script(t, c, shell), -1) {
				found[m[1]] = m
			}
			for o := range c.All() {
				if o.Hidden || o.Deprecated() {
					continue
				}
				m, tr := found[o.Flag], o.Value.Traits()
				if m == nil {
					t.Errorf("%s of %s: nothing follows --%s", shell, c.Program(), o.Flag)
					continue
				}
				if in.takes != "" && (strings.Contains(m[2], in.takes) == tr.NoValue || strings.Contains(m[2], in.list) != tr.List) {
					t.Errorf("%s of %s: --%s is %q", shell, c.Program(), o.Flag, m[2])
				}
				want := slices.DeleteFunc(slices.Clone(tr.Choices), func(w string) bool {
					return strings.Contains(w, "  ") || tr.List && strings.ContainsAny(w, `,"`)
				})
				got := in.words(m[3])
				switch {
				case tr.NoValue:
					want = []string{"true", "false"}
				case o.Type() == "duration":
					if o.Default != "" && o.Computed == nil {
						want = []string{o.Default}
					}
					got = got[:len(want)]
				case o.Complete == option.HintDir && shell == "fish":
					want = []string{} // its own function finds folders
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s of %s: behind --%s stand %q, want %q", shell, c.Program(), o.Flag, got, want)
				}
			}
		}
	}
}

// completions are what shells must offer for a line, in any order.
var completions = []struct {
	line string
	want string // words that are all of the offer; "…" allows more
}{
	{"toy ", "serve config completion"},
	{"toy s", "serve"},
	{"toy config ", "check show"},
	{"toy config ch", "check"},
	{"toy completion b", "bash"},
	{"toy serve --work", "--workers"},
	{"toy serve --tls-", "--tls-enable --tls-address --tls-methods"},
	{"toy serve --tls-methods ", "certificate password token one-time-code"},
	{"toy serve --tls-methods p", "password"},
	{"toy serve --wait ", "1m30s 2h …"},
	{"toy serve --config to", "toy.yaml"},
	{"toy serve -c to", "toy.yaml"},
	{"toy serve --cache-dir f", "folder/"},
	{"toy config check --fo", "--format"},
	{"toy config check --format j", "json"},
	{"toy config check --env-file to", "toy.yaml"},
	{"toy config check --work", "--workers"},
	{"toy config show --work", ""},
	{"toy serve --workers 4 --wai", "--wait"},
	{"toy serve --addr", ""}, // is deprecated
}

// byShell are the lines in which shells differ: who parts words where.
var byShell = map[string][]struct{ line, want string }{
	"bash": {
		{"toy serve --tls-enable=", "true false"},
		{"toy serve --tls-enable=t", "true"},
		{"toy serve --tls-methods=certificate,p", "certificate,password"},
		{"toy serve --tls-methods=pa", "password"},
		{"toy serve --wait 15", "15ms 15s 15m 15h 15d 15w"},
		{"toy serve --wait=15", "15ms 15s 15m 15h 15d 15w"},
		{"toy serve --tls-address localhost:80 --wai", "--wait"},
		{"toy serve --tls-address=[::1]:80 --wai", "--wait"},
		{"toy serve --config=to", "toy.yaml"},
	},
	"zsh": {
		{"toy serve --tls-enable=t", "true"},
		{"toy serve --tls-methods=certificate,p", "password"},
		{"toy serve --wait 15", "15ms 15s 15m 15h 15d 15w"},
	},
	"fish": {
		{"toy serve --tls-enable=t", "--tls-enable=true"},
		{"toy serve --tls-methods=pa", "--tls-methods=password"},
		{"toy serve --tls-methods=certificate,p", "--tls-methods=certificate,password"},
		{"toy serve --tls-methods certificate,", "certificate,certificate certificate,password certificate,token certificate,one-time-code"},
		{"toy serve --tls-methods certificate,token,o", "certificate,token,one-time-code"},
		{"toy serve --wait 15", "15ms 15s 15m 15h 15d 15w"},
		{"toy serve --wait=1h30", "--wait=1h30ms --wait=1h30s --wait=1h30m --wait=1h30h --wait=1h30d --wait=1h30w"},
		{"toy serve --wait 1m", "1m30s"},
	},
}

// An asker lets a shell complete lines, in a folder.
type asker func(t *testing.T, c *option.Catalog, dir string, lines []string) [][]string

var askers = map[string]asker{"bash": each(askBash), "fish": each(askFish), "zsh": askZsh}

func TestShellsComplete(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "toy.yaml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for shell, ask := range askers {
		t.Run(shell, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(shell); err != nil {
				t.Skip(shell + " is not installed")
			}
			all := slices.Clone(completions)
			for _, c := range byShell[shell] {
				all = append(all, struct{ line, want string }{c.line, c.want})
			}
			var lines []string
			for _, c := range all {
				lines = append(lines, c.line)
			}
			answers := ask(t, toyCatalog(t), dir, lines)
			for i, c := range all {
				got := answers[i]
				slices.Sort(got)
				got = slices.Compact(got)
				want := strings.Fields(c.want)
				more := slices.Contains(want, "…")
				want = slices.DeleteFunc(want, func(w string) bool { return w == "…" })
				for i, w := range want {
					want[i] = w
					if shell != "fish" {
						want[i] = strings.TrimSuffix(w, "/")
					}
				}
				slices.Sort(want)
				// Where a value may follow, fish offers that too.
				got = slices.DeleteFunc(got, func(w string) bool { return shell == "fish" && strings.HasSuffix(w, "=") })
				if more {
					got = slices.DeleteFunc(got, func(w string) bool { return !slices.Contains(want, w) })
				}
				if !slices.Equal(got, want) {
					t.Errorf("%q: got %q, want %q", c.line, got, want)
				}
			}
		})
	}
}

// runShell runs a shell in a folder and returns the lines that it wrote.
func runShell(t *testing.T, dir string, command ...string) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Dir, cmd.Env = dir, []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "TERM=xterm"}
	var out, faults strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &faults
	if err := cmd.Run(); err != nil || faults.Len() > 0 {
		t.Errorf("%s: %v %s", command[0], err, faults.String())
	}
	return strings.Fields(strings.ReplaceAll(out.String(), " ", "\x01"))
}

func keep(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// askBash parts a line as bash does: at blanks, and before and behind the
// characters of COMP_WORDBREAKS.
func askBash(t *testing.T, c *option.Catalog, dir, line string) []string {
	t.Helper()
	var parts []string
	for _, word := range strings.Split(line, " ") {
		if word == "" {
			parts = append(parts, "")
			continue
		}
		parts = append(parts, regexp.MustCompile(`[=:]+|[^=:]+`).FindAllString(word, -1)...)
	}
	if last := parts[len(parts)-1]; strings.Trim(last, "=:") == "" && last != "" {
		parts = append(parts, "")
	}
	ask := `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _toy; printf '%s\n' "${COMPREPLY[@]}"`
	return runShell(t, dir, append([]string{"bash", "--norc", "-uc", ask, "bash", keep(t, script(t, c, "bash"))}, parts...)...)
}

func askFish(t *testing.T, c *option.Catalog, dir, line string) []string {
	t.Helper()
	out := runShell(t, dir, "fish", "--no-config", "-c", `source $argv[1]; complete -C $argv[2] | string replace -r '\t.*' ''; true`, keep(t, script(t, c, "fish")), line)
	return out
}

// askZsh types lines into one zsh on a terminal of its own, and a tab behind
// each. What the shell would offer it writes into a file, a line of "=" behind
// each answer.
func askZsh(t *testing.T, c *option.Catalog, dir string, lines []string) [][]string {
	t.Helper()
	inner := `
PS1= ; KEYTIMEOUT=1; unsetopt beep; autoload -U compinit; compinit -u -D
source ` + keep(t, script(t, c, "zsh")) + `
compadd() {
	if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
	local -a hits; builtin compadd -A hits "$@"
	builtin compadd "$@"; local code=$?
	print -rl -- $hits >> $offered
	return code
}
zle -C probe list-choices _main_complete; bindkey '^I' probe
finish() { print = >> $offered; BUFFER=; zle -I; print FINISHED }
zle -N finish; bindkey '^X' finish
print READY
`
	ask := `zmodload zsh/zpty; offered=$1; zpty inner "zsh -f -i"; zpty -w inner "offered=${(q)offered}; source ${(q)2}"
zpty -r inner text $'*READY\r*'; shift 2
for line; do zpty -w -n inner "$line"$'\t\C-x'; zpty -r inner text '*FINISHED*'; done; zpty -d inner; cat $offered`
	out := runShell(t, dir, append([]string{"zsh", "-f", "-c", ask, "zsh", keep(t, ""), keep(t, inner)}, lines...)...)
	var all [][]string
	for range lines {
		end := slices.Index(out, "=")
		if end < 0 {
			t.Fatalf("zsh answered %d lines, want %d", len(all), len(lines))
		}
		all = append(all, out[:end:end])
		out = out[end+1:]
	}
	return all
}

// each asks a shell once for each line.
func each(ask func(*testing.T, *option.Catalog, string, string) []string) asker {
	return func(t *testing.T, c *option.Catalog, dir string, lines []string) [][]string {
		t.Helper()
		var all [][]string
		for _, line := range lines {
			all = append(all, ask(t, c, dir, line))
		}
		return all
	}
}
