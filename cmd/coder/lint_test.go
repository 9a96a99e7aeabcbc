package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/lint"
)

// TestRulesPage holds the page of the rules to the rules: it is what they say.
func TestRulesPage(t *testing.T) {
	t.Parallel()
	var page bytes.Buffer
	rules := lint.Rules()
	if err := lint.Markdown(&page, rules, "coder config lint"); err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if !strings.Contains(page.String(), "\n## "+r.ID+"\n") || !strings.HasSuffix(r.Doc(rulesPage), "docs/lint.md#"+strings.ToLower(r.ID)) {
			t.Errorf("%s: its address %s leads to no section of the page", r.ID, r.Doc(rulesPage))
		}
	}
	golden.Check(t, "../../docs/lint.md", page.Bytes())
}

// lintFile runs lint on a file with a mode and returns the exit code and what
// was printed.
func lintFile(t *testing.T, text string, mode os.FileMode, args ...string) (code int, out, file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "coder.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, mode); err != nil {
		t.Fatal(err)
	}
	p, stdout, stderr := world(append([]string{"config", "lint", "-c", file}, args...)...)
	code = run(context.Background(), *p)
	return code, strings.ReplaceAll(stdout.String()+stderr.String(), file, "coder.yaml"), file
}

func TestLintFix(t *testing.T) {
	t.Parallel()
	const text = `# The listeners.
networking:
  tls:
    minVersion: tls12 # old enough
    address: 127.0.0.1:4443
  http:
    httpAddress: "127.0.0.1:3000"
provisioning: {daemons: 3, daemonTypes: [terraform]}
oidc:
  # strata:ignore L012 mappings rely on it
  emailField: email
`
	const want = `# The listeners.
networking:
  tls:
    address: 127.0.0.1:4443
oidc:
  # strata:ignore L012 mappings rely on it
  emailField: email
`
	code, out, file := lintFile(t, text, 0o600, "--fix", "--disable", "no-effect")
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want || code != exitOK {
		t.Errorf("got exit code %d, and\n%s\nwant 0, and\n%s\nit said\n%s", code, got, want, out)
	}
	if said := "ok: nothing found; 1 silenced by comments\ncoder.yaml: 4 settings taken out\n"; out != said {
		t.Errorf("got\n%s\nwant\n%s", out, said)
	}
	code, out, _ = lintFile(t, want, 0o600, "--fix", "--disable", "no-effect")
	if code != exitOK || strings.Contains(out, "taken out") {
		t.Errorf("again: got exit code %d, and\n%s\nwant nothing to do", code, out)
	}
}

// TestLintFixKeepsWhatAliasesRepeat holds that a value that is written once and
// stands twice stays.
func TestLintFixKeepsWhatAliasesRepeat(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"networking:\n  tls: &tls\n    minVersion: tls12\nx-more: *tls\n",
		"x-tls: &tls\n  minVersion: tls12\nnetworking:\n  tls:\n    <<: *tls\n",
		"x-v: &v tls12\nnetworking:\n  tls:\n    minVersion: &w tls12\nx-w: *w\nx-vv: *v\n",
	} {
		_, out, file := lintFile(t, text, 0o600, "--fix")
		if got, err := os.ReadFile(file); err != nil || string(got) != text {
			t.Errorf("got\n%s\nwant the file as it was, error %v; it said\n%s", got, err, out)
		}
	}
}

func TestLintFixNeedsAFile(t *testing.T) {
	t.Parallel()
	p, _, stderr := world("config", "lint", "-c", "-", "--fix")
	p.Stdin = strings.NewReader("networking:\n  tls:\n    minVersion: tls12\n")
	if code := run(context.Background(), *p); code != exitUsage || !strings.Contains(stderr.String(), "--fix mends a file that is named with --config only") {
		t.Errorf("got exit code %d, %s", code, stderr)
	}
}

// TestLintFixesAreRanges takes away what JSON and SARIF say is to be taken
// away, and compares.
func TestLintFixesAreRanges(t *testing.T) {
	t.Parallel()
	const text = "networking:\r\n  tls:\r\n    minVersion: tls12 # grün\r\n    address: 127.0.0.1:4443\r\n"
	const want = "networking:\r\n  tls:\r\n    address: 127.0.0.1:4443\r\n"
	_, out, _ := lintFile(t, text, 0o600, "--severity", "note", "--format", "json")
	var report struct {
		Problems []struct {
			Rule string
			Fix  struct {
				Cut struct{ Offset, Length, Line, Column int }
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Problems) != 1 {
		t.Fatalf("got %s, want one finding", out)
	}
	cut := report.Problems[0].Fix.Cut
	if got := text[:cut.Offset] + text[cut.Offset+cut.Length:]; got != want || cut.Line != 3 || cut.Column != 1 {
		t.Errorf("JSON: got %+v, which leaves\n%s\nwant\n%s", cut, got, want)
	}
	_, out, _ = lintFile(t, text, 0o600, "--severity", "note", "--format", "sarif")
	var log struct {
		Runs []struct {
			Results []struct {
				Fixes []struct {
					Changes []struct {
						Replacements []struct {
							Region struct{ ByteOffset, ByteLength int } `json:"deletedRegion"`
						}
					} `json:"artifactChanges"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		t.Fatal(err)
	}
	region := log.Runs[0].Results[0].Fixes[0].Changes[0].Replacements[0].Region
	if region.ByteOffset != cut.Offset || region.ByteLength != cut.Length {
		t.Errorf("SARIF: got %+v, JSON has %+v", region, cut)
	}
}

// TestLintReadsModes holds that a secret in a file that others may read is
// told, and that a folder may keep them out.
func TestLintReadsModes(t *testing.T) {
	t.Parallel()
	const text = "externalAuthProviders:\n- {id: a, client_id: b, client_secret: hunter2hunter2, type: github}\n"
	for _, c := range []struct {
		file, folder os.FileMode
		want         bool
	}{{0o644, 0o755, true}, {0o640, 0o755, false}, {0o600, 0o755, false}, {0o644, 0o750, false}} {
		dir, err := os.MkdirTemp("", "lint")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
		file := filepath.Join(dir, "coder.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for name, mode := range map[string]os.FileMode{file: c.file, dir: c.folder} {
			if err := os.Chmod(name, mode); err != nil {
				t.Fatal(err)
			}
		}
		p, stdout, _ := world("config", "lint", "-c", file, "--rule", "readable-secret")
		code := run(context.Background(), *p)
		got := strings.Contains(stdout.String(), "(L021)")
		if want := c.want && openFolder(os.TempDir()); got != want || (code == exitProblem) != want {
			t.Errorf("%o in %o: got exit code %d and\n%s\nwant a finding: %v", c.file, c.folder, code, stdout, want)
		}
	}
}

// openFolder reports whether every user reaches a folder.
func openFolder(dir string) bool {
	for ; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err != nil || info.Mode()&1 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// sarifSchema returns the schema of the standard, from the source of the module
// that carries it.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	beside, _ := runtime.FuncForPC(reflect.ValueOf(sarif.Open).Pointer()).FileLine(reflect.ValueOf(sarif.Open).Pointer())
	source, err := os.ReadFile(filepath.Join(filepath.Dir(beside), "schema.go"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(source), "`")
	text, _, _ = strings.Cut(text, "`")
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("the module has no schema any more: %v", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSARIFKeepsToTheStandard holds the reports of lint and check to its schema.
func TestSARIFKeepsToTheStandard(t *testing.T) {
	t.Parallel()
	schema := sarifSchema(t)
	valid := func(report string) error {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(report))
		if err != nil {
			return err
		}
		return schema.Validate(doc)
	}
	for _, file := range []string{
		"", "networking:\n  tls:\n    minVersion: tls12\n", "x-a: &a 1\nx-b: &b 2\nverbose: maybe\nnetworking: {tls: {minVersion: tls10}}\n",
		"provisioning:\n  daemons: *x\n", "retention: {api_keys: 7d}\n",
	} {
		name := filepath.Join(t.TempDir(), "a b%.yaml")
		if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"lint", "check"} {
			p, stdout, _ := world("config", command, "-c", name, "--format=sarif", "--access-url=https://x.test", "--nope")
			run(context.Background(), *p)
			if err := valid(stdout.String()); err != nil {
				t.Errorf("config %s of %q: %v\n%s", command, file, err, stdout)
			}
		}
	}
	for _, wrong := range []string{`{}`, `{"version":"2.1.0","runs":[{}]}`, `{"version":"2.1.0","runs":[],"x":1}`} {
		if valid(wrong) == nil {
			t.Errorf("the schema takes %s: it is blind", wrong)
		}
	}
}

// TestLintKeepsSecrets looks for a marker in all that lint says of files that
// hold it where a rule finds something.
func TestLintKeepsSecrets(t *testing.T) {
	t.Parallel()
	files := append([]string{
		"verbose: true # strata:ignore MARKER so\n",
		"verbose: true # strata:ignore L012,MARKER so\n",
		"# strata:ignore MARKER\nverbose: true\n",
		"# strata:ignore L012 MARKER\nupdateCheck: false\n",
		"x-MARKER: 1\n",
		"x-a: &MARKER 1\n",
		"experiments: [MARKER, MARKER, ' MARKER']\n",
		"oidc:\n  signInText: ' MARKER '\n",
		"supportLinks:\n- {name: MARKER, target: https://u:MARKER@host}\n- {name: MARKER, target: https://u:MARKER@host}\n",
		"networking: {proxyTrustedHeaders: [MARKER, MARKER], proxyTrustedOrigins: [0.0.0.0/0]}\n",
		"telemetry: {url: 'https://u:MARKER@host'}\n",
		"# MARKER\nnetworking:\n  # MARKER\n  tls: {minVersion: tls12} # MARKER\n",
		"networking:\n  tls:\n    keyFiles: [/MARKER]\n",
	}, planted...)
	said := 0
	for i, text := range files {
		for _, args := range [][]string{nil, {"--format=json"}, {"--format=sarif"}, {"--format=github"}, {"--fix"}} {
			_, out, _ := lintFile(t, strings.ReplaceAll(text, "MARKER", marker), 0o644, args...)
			if strings.Contains(out, marker) {
				t.Errorf("file %d, %v: the marker shows:\n%s\nof\n%s", i, args, out, text)
			}
			if strings.Contains(out, "(L0") {
				said++
			}
		}
	}
	if said < len(files) {
		t.Errorf("only %d runs of %d files said anything", said, len(files))
	}
	p, stdout, stderr := world("config", "lint", "--env-file=-", "--email-auth-password="+marker)
	p.Stdin = strings.NewReader("# strata:ignore " + marker + "\nCODER_SCIM_AUTH_HEADER=\"" + marker + " \"\nCODER_OIDC_SIGN_IN_TEXT='" + marker + " '\nCODER_" + marker + "=" + marker + "\n")
	run(context.Background(), *p)
	if out := stdout.String() + stderr.String(); strings.Contains(out, marker) || !strings.Contains(out, "(L007)") {
		t.Errorf("got\n%s\nwant findings without the marker", out)
	}
}
