package archtest_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/strataconf/strata/internal/archtest"
)

// program is the name that the generic packages must not know.
const program = "coder"

func parse(t *testing.T, text string) archtest.Policy {
	t.Helper()
	p, err := archtest.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRepository(t *testing.T) {
	t.Parallel()
	files, err := archtest.Read(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for name, faults := range map[string][]string{
		"policy":   parse(t, archtest.Imports).Faults(),
		"imports":  files.Imports(parse(t, archtest.Imports)),
		"fences":   files.Fences(parse(t, archtest.Fences)),
		"single":   files.Single(archtest.Fixed),
		"clock":    files.Clock(archtest.Clock),
		"sleeps":   files.Sleeps(),
		"patterns": files.Patterns(),
		"dots":     files.Dots(),
		"lengths":  files.Lengths(archtest.MaxLines),
		"docs":     files.Docs(),
		"mentions": files.Mentions(program, archtest.Nameless),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, fault := range faults {
				t.Error(fault)
			}
		})
	}
}

// repository makes files of a txtar-like text: "-- path" and the lines of it.
func repository(t *testing.T, text string) archtest.Files {
	t.Helper()
	tree := fstest.MapFS{}
	for _, part := range strings.Split(text, "-- ")[1:] {
		name, source, _ := strings.Cut(part, "\n")
		tree[name] = &fstest.MapFile{Data: []byte(source)}
	}
	files, err := archtest.Read(tree)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

const module = "\"" + archtest.Module + "/"

func TestImports(t *testing.T) {
	t.Parallel()
	p := parse(t, "low: # nothing\nmid: low example.com/x/v2\ncmd/...: ours example.com/y")
	for _, c := range []struct{ name, tree, want string }{
		{"standard library", "-- low/a.go\npackage low\nimport \"fmt\"", ""},
		{"allowed", "-- mid/a.go\npackage mid\nimport " + module + "low\"\nimport \"example.com/x/v2\"", ""},
		{"ours", "-- cmd/c/a.go\npackage main\nimport " + module + "mid\"\nimport \"example.com/y\"", ""},
		{"upwards", "-- low/a.go\npackage low\nimport " + module + "mid\"", "low/a.go: low must not import mid"},
		{"outside", "-- low/a.go\npackage low\nimport \"example.com/x/v2\"", "low/a.go: low must not import example.com/x/v2"},
		{"other outside", "-- cmd/c/a.go\npackage main\nimport \"example.com/x/v2\"", "cmd/c/a.go: cmd/c must not import example.com/x/v2"},
		{"part of a module", "-- mid/a.go\npackage mid\nimport \"example.com/x/v2/z\"", "mid/a.go: mid must not import example.com/x/v2/z"},
		{"not listed", "-- new/a.go\npackage new", "new: the package is not in the policy (internal/archtest/policy.go)"},
		{"below one listed", "-- low/sub/a.go\npackage sub", "low/sub: the package is not in the policy (internal/archtest/policy.go)"},
		{"root", "-- a.go\npackage root", ".: the package is not in the policy (internal/archtest/policy.go)"},
		{"only a test", "-- new/a_test.go\npackage new", "new: the package is not in the policy (internal/archtest/policy.go)"},
		{"test imports", "-- low/a_test.go\npackage low_test\nimport \"example.com/z\"", ""},
		{"fixtures", "-- low/testdata/a.go\npackage odd\n-- _x/a.go\npackage odd\n-- .x/a.go\npackage odd\n-- docs/a.go\npackage odd", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantFaults(t, repository(t, c.tree).Imports(p), c.want)
		})
	}
}

func TestHouseRules(t *testing.T) {
	t.Parallel()
	fences := parse(t, "os: cmd/...\nunsafe:\nvalues: cmd/...")
	fenced := func(f archtest.Files) []string { return f.Fences(fences) }
	list := parse(t, "reflect: a/in.go")
	listed := func(f archtest.Files) []string { return f.Fences(list) }
	for _, c := range []struct {
		name, tree string
		rule       func(archtest.Files) []string
		want       string
	}{
		{"fenced out", "-- a/a.go\npackage a\nimport \"os\"", fenced, "a/a.go: os is fenced in: cmd/..."},
		{"fenced in", "-- cmd/x/a.go\npackage main\nimport \"os\"", fenced, ""},
		{"file in", "-- a/in.go\npackage a\nimport \"reflect\"", listed, ""},
		{"file out", "-- a/in.go\npackage a\nimport \"reflect\"\n-- a/out.go\npackage a\nimport \"reflect\"", listed, "a/out.go: reflect is fenced in: a/in.go"},
		{"file on the list for nothing", "-- a/in.go\npackage a", listed, "a/in.go: does not import reflect, and is on its list"},
		{"nobody", "-- cmd/x/a.go\npackage main\nimport _ \"unsafe\"", fenced, "cmd/x/a.go: unsafe is fenced in: nobody may import it"},
		{"ours", "-- a/a.go\npackage a\nimport " + module + "values\"", fenced, "a/a.go: values is fenced in: cmd/..."},
		{"test", "-- a/a_test.go\npackage a\nimport \"os\"", fenced, ""},
		{"one user", "-- a/a.go\npackage a\nimport \"x.org/m/sub\"\n-- a/b.go\npackage a\nimport \"x.org/m\"", single, ""},
		{"two users", "-- a/a.go\npackage a\nimport \"x.org/m/sub\"\n-- b/b.go\npackage b\nimport \"x.org/m\"", single, "x.org/m: imported by 2 packages [a b], want exactly one"},
		{"no user", "-- a/a.go\npackage a\nimport \"x.org/mine\"", single, "x.org/m: imported by 0 packages [], want exactly one"},
		{"clock", "-- a/a.go\npackage a\nimport \"time\"\nvar x = time.Now()", clock, "a/a.go:3:9: time.Now must not be used here"},
		{"renamed", "-- a/a.go\npackage a\nimport t \"time\"\nvar x = t.Since", clock, "a/a.go:3:9: time.Since must not be used here"},
		{"clock of cmd", "-- cmd/a.go\npackage a\nimport \"time\"\nvar x = time.Now()", clock, ""},
		{"other time", "-- a/a.go\npackage a\nimport \"x.org/time\"\nvar x = time.Now()", clock, ""},
		{"no clock", "-- a/a.go\npackage a\nimport \"time\"\nvar x = time.Hour", clock, ""},
		{"sleep", "-- a/a_test.go\npackage a\nimport \"time\"\nfunc f() { time.Sleep(1) }", archtest.Files.Sleeps, "a/a_test.go:3:12: time.Sleep must not be used here"},
		{"pattern", "-- a/a.go\npackage a\nimport \"regexp\"\nvar x = regexp.MustCompile(``)", archtest.Files.Patterns, "a/a.go:3:9: a pattern that every start compiles; wrap it in sync.OnceValue"},
		{"pattern when asked for", "-- a/a.go\npackage a\nimport \"regexp\"\nvar x = f(func() any { return regexp.MustCompile(``) })\nfunc y() { regexp.MustCompile(``) }", archtest.Files.Patterns, ""},
		{"dot", "-- a/a_test.go\npackage a\nimport . \"time\"", archtest.Files.Dots, "a/a_test.go: must not import with a dot"},
		{"long", "-- a/a.go\npackage a\n\n\n\n", lengths, "a/a.go: 4 lines, want 3 at most: split it by subject"},
		{"long test", "-- a/a_test.go\npackage a\n\n\n\n", lengths, ""},
		{"short", "-- a/a.go\npackage a\n\n\n", lengths, ""},
		{"no doc", "-- a/a.go\npackage a\n-- a/a_test.go\n// Doc.\npackage a", archtest.Files.Docs, "a: no file has a package comment"},
		{"doc", "-- a/a.go\npackage a\n-- a/b.go\n// Package a is.\npackage a", archtest.Files.Docs, ""},
		{"doc of a test", "-- a/a_test.go\n// Package a is.\npackage a", archtest.Files.Docs, ""},
		{"name", "-- a/a.go\npackage a\n// For CODER_URL.", mentions, "a/a.go:2: must not know the name of the program"},
		{"name in a template", "-- a/help.tmpl\ncoder server", mentions, "a/help.tmpl:1: must not know the name of the program"},
		{"name inside a word", "-- a/a.go\npackage a\n\nvar jsonDecoder, Encoder int", mentions, ""},
		{"name beside a word", "-- a/a.go\npackage a\n\nvar coderDecoder int", mentions, "a/a.go:3: must not know the name of the program"},
		{"name elsewhere", "-- b/a.go\npackage b // coder\n-- a/a_test.go\npackage a // coder", mentions, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantFaults(t, c.rule(repository(t, c.tree)), c.want)
		})
	}
}

func single(f archtest.Files) []string   { return f.Single([]string{"x.org/m"}) }
func clock(f archtest.Files) []string    { return f.Clock([]string{"cmd/..."}) }
func lengths(f archtest.Files) []string  { return f.Lengths(3) }
func mentions(f archtest.Files) []string { return f.Mentions(program, []string{"a"}) }

func TestPolicyFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"fine", "a: b x.org/m\nb:\ncmd/...: ours", ""},
		{"circle", "a: b\nb: a", "a: imports itself through b\nb: imports itself through a"},
		{"module twice", "a: x.org/m\nb: x.org/m", "x.org/m: a and b may both import it"},
		{"not listed", "a: b", "a: may import b, which is not listed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantFaults(t, parse(t, c.text).Faults(), c.want)
		})
	}
	for _, text := range []string{"a: b\na: c", "a"} {
		if _, err := archtest.Parse(text); err == nil {
			t.Errorf("Parse(%q): got no error, want one", text)
		}
	}
}

func TestReadTellsBrokenGo(t *testing.T) {
	t.Parallel()
	if _, err := archtest.Read(fstest.MapFS{"a/a.go": {Data: []byte("package")}}); err == nil {
		t.Error("Read of broken Go: got no error, want one")
	}
}

func wantFaults(t *testing.T, got []string, want string) {
	t.Helper()
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("faults: got\n%s\nwant\n%s", got, want)
	}
}
