package docgen_test

import (
	"encoding/json"
	"html"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

var catalogUsage = docgen.Usage{Command: "toy serve", Summary: "Serve the toy."}

// documents are the outputs whose facts are lines "Label: text".
var documents = map[string]func(io.Writer, *option.Catalog) error{
	"toy.env":      docgen.Env,
	"toy.service":  func(w io.Writer, c *option.Catalog) error { return docgen.Systemd(w, c, catalogUsage) },
	"toy-pod.yaml": docgen.Helm,
	"toy.md":       docgen.Markdown,
	"toy.html":     docgen.HTML,
	"toy.1":        func(w io.Writer, c *option.Catalog) error { return docgen.Man(w, c, toyUsage) },
}

func document(t testing.TB, name string, c *option.Catalog) string {
	t.Helper()
	return written(t, func(w io.Writer) error { return documents[name](w, c) })
}

func TestDocumentGoldens(t *testing.T) {
	t.Parallel()
	for name := range documents {
		golden.Check(t, "testdata/"+name, []byte(document(t, name, toyCatalog(t))))
	}
	g := toyGroups[1]
	golden.Check(t, "testdata/toy-tls.md", []byte(written(t, func(w io.Writer) error { return docgen.MarkdownGroup(w, toyCatalog(t), g) })))
}

// catalogs are those that documents are held against: of an embedder, of one
// whose texts mean something to shells and to markup, and of large programs.
func catalogs(t testing.TB) []*option.Catalog {
	t.Helper()
	return []*option.Catalog{toyCatalog(t), oddCatalog(t), largeCatalog(t), realCatalog(t)}
}

func TestDocumentsReadBack(t *testing.T) {
	t.Parallel()
	withVariable := func(o *option.Option) bool { return o.Env != "" }
	for name, c := range map[string]struct {
		plain func(*testing.T, string) string // the facts as people read them
		which func(*option.Option) bool
	}{
		"toy.env":      {uncommented, withVariable},
		"toy.service":  {uncommented, withVariable},
		"toy-pod.yaml": {uncommented, withVariable},
		"toy.md":       {fromMarkdown, every},
		"toy.html":     {fromHTML, every},
		"toy.1":        {fromRoff, every},
	} {
		for _, catalog := range catalogs(t) {
			t.Run(name+" of "+catalog.Program(), func(t *testing.T) {
				t.Parallel()
				got := parseRows(c.plain(t, document(t, name, catalog)))
				sameRows(t, name, got, rowsOf(catalog, c.which))
			})
		}
	}
}

func uncommented(_ *testing.T, text string) string {
	return regexp.MustCompile(`(?m)^ *# `).ReplaceAllString(text, "")
}

// fromMarkdown undoes what keeps text from being markup.
func fromMarkdown(_ *testing.T, text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line, isFact := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "- ")
		if !isFact || strings.HasPrefix(line, "[") {
			continue
		}
		label, value, _ := strings.Cut(line, ": ")
		if fence := regexp.MustCompile("^`+").FindString(value); fence != "" {
			value = strings.TrimSuffix(strings.TrimPrefix(value, fence), fence)
			if strings.Contains(value, "`") {
				value = strings.TrimSuffix(strings.TrimPrefix(value, " "), " ")
			}
		} else {
			value = regexp.MustCompile(`\\([[:punct:]])`).ReplaceAllString(value, "$1")
		}
		b.WriteString(label + ": " + value + "\n")
	}
	return b.String()
}

// fromHTML is the text of the facts.
func fromHTML(_ *testing.T, text string) string {
	var b strings.Builder
	tags := regexp.MustCompile(`<[^>]*>`)
	for _, m := range regexp.MustCompile(`<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>`).FindAllStringSubmatch(text, -1) {
		b.WriteString(m[1] + ": " + html.UnescapeString(tags.ReplaceAllString(m[2], "")) + "\n")
	}
	return b.String()
}

// TestHTMLIsWhole holds that the page needs nothing from elsewhere, and that
// links inside it lead somewhere.
func TestHTMLIsWhole(t *testing.T) {
	t.Parallel()
	for _, c := range catalogs(t) {
		page, _, _ := strings.Cut(document(t, "toy.html", c), "<script>")
		if m := regexp.MustCompile(`(?i)\b(?:src|href)="[^#"][^"]*"|@import|url\(`).FindString(page); m != "" {
			t.Errorf("%s: the page asks for %s", c.Program(), m)
		}
		ids := map[string]int{}
		for _, m := range regexp.MustCompile(`id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
			ids[m[1]]++
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s: %d elements have the name %s", c.Program(), n, id)
			}
		}
		for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
			if ids[m[1]] == 0 {
				t.Errorf("%s: the link to %s leads nowhere", c.Program(), m[1])
			}
		}
	}
}

// fromRoff is the page as a very wide terminal shows it.
func fromRoff(t *testing.T, text string) string {
	t.Helper()
	return groff(t, text, "-Tutf8", "-rLL=4000n", "-P-c", "-P-b", "-P-u")
}

func groff(t *testing.T, page string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("groff is not installed")
	}
	cmd := exec.CommandContext(t.Context(), path, append([]string{"-man", "-ww"}, args...)...)
	cmd.Stdin = strings.NewReader(page)
	var out, faults strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &faults
	if err := cmd.Run(); err != nil || faults.Len() > 0 {
		t.Errorf("groff %v: %v\n%.600s", args, err, faults.String())
	}
	return out.String()
}

// TestManRendersWithoutWarnings holds pages on terminals of both kinds.
func TestManRendersWithoutWarnings(t *testing.T) {
	t.Parallel()
	for _, c := range catalogs(t) {
		page := document(t, "toy.1", c)
		for _, device := range []string{"-Tutf8", "-Tascii"} {
			for _, width := range []string{"-rLL=60n", "-rLL=80n", "-rLL=120n"} {
				if text := groff(t, page, device, width); len(text) < 2000 {
					t.Errorf("%s %s %s: the page is only %d bytes long", c.Program(), device, width, len(text))
				}
			}
		}
	}
}

// uncomment takes the sign away in front of what sets something.
func uncomment(text string) string {
	return regexp.MustCompile(`(?m)^( *)#([^ \n]| {2})`).ReplaceAllString(text, "$1$2")
}

// TestEnvIsReadBack holds that the file of variables, once nothing in it is
// commented out, sets the defaults.
func TestEnvIsReadBack(t *testing.T) {
	t.Parallel()
	for _, c := range catalogs(t) {
		layer, problems := load.EnvFile("x.env", uncomment(document(t, "toy.env", c)))
		if err := problems.Err(); err != nil {
			t.Errorf("%s: %v", c.Program(), err)
		}
		got := map[string]string{}
		for _, v := range layer {
			got[v.Name] = v.Value.Text()
		}
		sameDefaults(t, c, "env", got)
	}
}

// TestSystemdIsReadBack reads the settings as systemd does: C escapes inside
// the quotes, and doubled percent signs.
func TestSystemdIsReadBack(t *testing.T) {
	t.Parallel()
	for _, c := range catalogs(t) {
		got := map[string]string{}
		for _, m := range regexp.MustCompile(`(?m)^Environment="([A-Z0-9_]+)=(.*)"$`).FindAllStringSubmatch(uncomment(document(t, "toy.service", c)), -1) {
			got[m[1]] = strings.NewReplacer(`\\`, `\`, `\"`, `"`, "%%", "%").Replace(m[2])
		}
		sameDefaults(t, c, "systemd", got)
	}
}

// TestHelmIsReadBack reads the pod as YAML.
func TestHelmIsReadBack(t *testing.T) {
	t.Parallel()
	for _, c := range catalogs(t) {
		var pod struct {
			Env []struct {
				Name, Value string
				ValueFrom   *struct {
					SecretKeyRef struct{ Name, Key string } `yaml:"secretKeyRef"`
				} `yaml:"valueFrom"`
			}
		}
		text := document(t, "toy-pod.yaml", c)
		for _, text := range []string{text, uncomment(text)} {
			if err := yaml.Unmarshal([]byte(text), &pod); err != nil {
				t.Fatalf("%s: %v", c.Program(), err)
			}
		}
		got := map[string]string{}
		for _, v := range pod.Env {
			got[v.Name] = strings.ReplaceAll(v.Value, "$$(", "$(")
			if o := c.ByEnv(v.Name); o != nil && o.Secret() != (v.ValueFrom != nil) {
				t.Errorf("%s: %s comes from a secret: %v", c.Program(), v.Name, v.ValueFrom)
			}
		}
		sameDefaults(t, c, "helm", got)
	}
}

// sameDefaults holds variables against the defaults of a catalog. Those that
// the host decides, secrets and what no line can hold are empty.
func sameDefaults(t *testing.T, c *option.Catalog, what string, got map[string]string) {
	t.Helper()
	for o := range c.All() {
		want := o.Default
		if o.Computed != nil || o.DefaultDoc != "" || want != option.Escape(want) || what == "helm" && o == c.ConfigOption() {
			want = ""
		}
		have, there := got[string(o.Env)]
		if o.Env != "" && !there && !(o.Secret() && what == "systemd") {
			t.Errorf("%s of %s: %s is missing", what, c.Program(), o.Env)
		}
		if o.Env != "" && have != want && o != c.ConfigOption() {
			t.Errorf("%s of %s: %s is %q, want %q", what, c.Program(), o.Env, have, want)
		}
	}
}

// TestDocumentsShowNoSecretExamples holds that an example of a secret, which
// somebody might have copied from a real one, is nowhere.
func TestDocumentsShowNoSecretExamples(t *testing.T) {
	t.Parallel()
	c := toyCatalog(t)
	for name := range documents {
		if strings.Contains(document(t, name, c), "not-for-any-page") {
			t.Errorf("%s shows the example of a secret", name)
		}
	}
	b, err := json.Marshal(docgen.List(c))
	if err != nil || strings.Contains(string(b), "not-for-any-page") {
		t.Errorf("the catalog shows the example of a secret: %v", err)
	}
}
