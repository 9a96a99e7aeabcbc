package yamlgen_test

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
	"github.com/strataconf/strata/yamlgen"
)

func TestWriteReadsBack(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, src := range []string{
		"",
		"workers: 0\nname: ''\nlabels: {}\nnet:\n  tls:\n    tlsCiphers: []\n",
		"name: \" a\\n\\tb # c: d\\u2028\\x01\"\nlabels: {'': '', 'a: b': 'true', '~': 'null', \"\\n\": \"- x\"}\n",
		"links: [{name: a, target: b}, {name: 'no', target: '0600'}]\nnet: {tls: {enable: true, tlsCiphers: ['a,b', '', ' ', '-', '#']}}\n",
		"labels: {? " + strings.Repeat("k", 2000) + " : v}\nmail: {sender: old}\nhidden: '~'\n",
	} {
		first := resolve(t, r, src)
		var out bytes.Buffer
		omitted, err := yamlgen.Write(&out, first.Redact())
		if err != nil || len(omitted) > 0 {
			t.Fatalf("Write: %v, left out %v", err, omitted)
		}
		again := resolve(t, r, out.String())
		if got, want := again.Values(), first.Values(); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: read back from\n%s\ngot  %+v\nwant %+v", src, &out, got, want)
		}
		var second bytes.Buffer
		if _, err := yamlgen.Write(&second, again.Redact()); err != nil || second.String() != out.String() {
			t.Errorf("%q: written twice, got\n%s\nwant\n%s", src, &second, &out)
		}
		if strings.Contains(out.String(), "sender") {
			t.Errorf("%q: got the older spelling, want the newer alone:\n%s", src, &out)
		}
	}
}

func TestGoldens(t *testing.T) {
	t.Parallel()
	r := build(t)
	var out bytes.Buffer
	if err := yamlgen.Reference(&out, r.Catalog); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/reference.yaml", out.Bytes())
	out.Reset()
	s := resolve(t, r, fileOf(t, "settings.yaml"))
	if _, err := yamlgen.Write(&out, s.Redact()); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/written.yaml", out.Bytes())
}

func fileOf(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWriteWithholds(t *testing.T) {
	t.Parallel()
	r := build(t)
	const canary = "c4n4ry-71"
	env := option.Layer{Source: option.SourceEnv, Inputs: []option.Input{{
		Option: r.ByFlag("key"), Origin: option.Origin{Source: option.SourceEnv, Name: "TOY_KEY"}, Raw: option.RawText(canary),
	}}}
	file := yamlgen.Parse(r.Catalog, "toy.yaml", "site: https://me:"+canary+"@a.test/p\n", yamlgen.Limits{})
	s, problems := r.Resolve([]option.Layer{file, env})
	if problems.Err() != nil {
		t.Fatal(problems.Err())
	}
	var out bytes.Buffer
	omitted, err := yamlgen.Write(&out, s.Redact())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), canary) {
		t.Errorf("Write shows a secret:\n%s", &out)
	}
	var names []string
	for _, o := range omitted {
		names = append(names, o.Option.Flag+": "+o.Reason)
	}
	want := "site: it holds a secret, which is withheld; key: it is a secret, which no file holds"
	if got := strings.Join(names, "; "); got != want {
		t.Errorf("left out: got %q, want %q", got, want)
	}
	for _, line := range []string{"\n#site: https://a.test/p\n", "\n#   --key, $TOY_KEY\n"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("Write: no line %q in\n%s", line, &out)
		}
	}
	if _, err := yamlgen.Write(full{}, s.Redact()); err == nil {
		t.Error("Write to a full device: got no error")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

// The whole catalog of the server: every line of the reference that is turned
// on alone gives the default that the option has without it.
func TestReferenceGivesDefaults(t *testing.T) {
	t.Parallel()
	r, err := values.Build(option.Host{Version: "v1.2.3", Testing: true, CacheDir: "/cache", StateDir: "/state"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := yamlgen.Reference(&out, r.Catalog); err != nil {
		t.Fatal(err)
	}
	if l := yamlgen.Parse(r.Catalog, "ref.yaml", out.String(), yamlgen.Limits{}); len(l.Inputs) > 0 || len(l.Problems) > 0 {
		t.Errorf("the reference sets %d options with %v, want none", len(l.Inputs), l.Problems.Err())
	}
	plain, _ := r.Resolve(nil)
	lines := strings.Split(out.String(), "\n")
	seen := map[string]bool{}
	for i, line := range lines {
		body := strings.TrimLeft(line, " ")
		if n := len([]rune(line)); n > 80 && strings.HasPrefix(body, "# ") && strings.Count(body, " ") > 1 {
			t.Errorf("line %d has %d columns, want at most 80: %s", i+1, n, line)
		}
		if !strings.HasPrefix(body, "#") || strings.HasPrefix(body, "# ") {
			continue
		}
		lines[i] = strings.Replace(line, "#", "", 1)
		src := strings.Join(lines, "\n")
		lines[i] = line
		layer := yamlgen.Parse(r.Catalog, "ref.yaml", src, yamlgen.Limits{})
		s, problems := r.Resolve([]option.Layer{layer})
		if problems.Err() != nil || len(layer.Inputs) > 1 {
			t.Errorf("%s: %d inputs, %v", line, len(layer.Inputs), problems.Err())
			continue
		}
		for _, in := range layer.Inputs {
			seen[in.Option.Flag] = true
			// A row that stands for others acts when it is set at all.
			if in.Option.StandsFor == nil && !reflect.DeepEqual(s.Values(), plain.Values()) {
				t.Errorf("%s: the values differ from the defaults", line)
			}
		}
	}
	for o := range r.All() {
		if o.Path() != "" && o.Default != "" && o.Computed == nil && !seen[o.Flag] {
			t.Errorf("--%s has no line in the reference", o.Flag)
		}
	}
}

func FuzzScalarRoundTrip(f *testing.F) {
	for _, s := range []string{"", "a", "\na", "\t\n", " a", "a ", "~", "null", "no", "0600", "1e3", "<<", "---", "...", "a: b", "a #b", "- a", "#", "&a", "*a", "!a", "%a", "@a", "`a", "{a", "[a", "a,b", "a]", "é\u00a0\u2028\ufeff\U000e0001", "\x00\x1b\x7f", "'", "\"", "\\", "?a", "? a", ":a", "a:", "=", "1:30", "2001-01-01", "-", "-1", "|", ">", "\r\n", "\ufffd"} {
		f.Add(s)
	}
	r := build(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		if strings.Contains(text, "\x00") || len(text) > 100000 {
			return
		}
		layer := option.Layer{Source: option.SourceYAML, Inputs: []option.Input{
			{Option: r.ByFlag("name"), Origin: option.Origin{Source: option.SourceYAML}, Raw: option.RawText(text)},
			{Option: r.ByFlag("labels"), Origin: option.Origin{Source: option.SourceYAML}, Raw: option.RawTree(labels(text))},
		}}
		s, problems := r.Resolve([]option.Layer{layer})
		if problems.Err() != nil {
			return
		}
		var out bytes.Buffer
		if _, err := yamlgen.Write(&out, s.Redact()); err != nil {
			t.Fatal(err)
		}
		again := resolve(t, r, out.String()).View()
		if again.Name != text || again.Labels[text] != text {
			t.Errorf("%q: read back %q and %q", text, again.Name, again.Labels)
		}
		// And so does any other reader, which takes nothing but text for text.
		var doc struct {
			Name   any
			Labels map[string]string
		}
		if err := yaml.Unmarshal(out.Bytes(), &doc); err != nil || doc.Name != text || doc.Labels[text] != text {
			t.Errorf("%q: yaml.v3 reads %#v and %q, %v", text, doc.Name, doc.Labels, err)
		}
	})
}

func labels(text string) *option.Tree {
	scalar := option.Tree{Kind: option.Scalar, Scalar: option.RawText(text), Quoted: true}
	return &option.Tree{Kind: option.Mapping, Keys: []option.Tree{scalar}, Items: []option.Tree{scalar}}
}

func resolve(t *testing.T, r *option.Registry[toy], src string) *option.Snapshot[toy] {
	t.Helper()
	layer := yamlgen.Parse(r.Catalog, "toy.yaml", src, yamlgen.Limits{})
	s, problems := r.Resolve([]option.Layer{layer})
	if problems.Err() != nil {
		t.Fatalf("%s\n%v", src, problems.Err())
	}
	return s
}
