package optiontest

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// A spelling is one option set once, in one source.
type spelling struct {
	source option.Source
	place  string
	layers []option.Layer
}

// oneFile is a file system whose every file has the same content.
type oneFile string

func (f oneFile) ReadFile(string) ([]byte, error) { return []byte(f), nil }

// fileOf is a file of one name and nothing else.
type fileOf struct{ name, text string }

func (f fileOf) ReadFile(name string) ([]byte, error) {
	if name != f.name {
		return nil, fs.ErrNotExist
	}
	return []byte(f.text), nil
}

// everywhere spells the option once in each source that can set it.
func everywhere(c *option.Catalog, o *option.Option, text, yaml string) []spelling {
	layers := func(p load.Process) []option.Layer {
		if p.Files == nil {
			p.Files = oneFile("")
		}
		return load.Layers(c, p)
	}
	out := []spelling{{option.SourceFlag, "argv[4]", layers(load.Process{Args: []string{"--" + o.Flag + "=" + text}, FirstArg: 4})}}
	if o.Env != "" {
		out = append(out, spelling{option.SourceEnv, "environment", layers(load.Process{Environ: []string{"PATH=/bin", string(o.Env) + "=" + text}})})
	}
	const secret = "/run/secret"
	held := fileOf{secret, text + "\n"}
	if flag := o.FileFlag(); flag != "" && text != "" {
		out = append(out, spelling{option.SourceFlag, "argv[4], file " + secret, layers(load.Process{Args: []string{"--" + flag, secret}, FirstArg: 4, Files: held})})
	}
	if env := o.FileEnv(); env != "" && text != "" {
		out = append(out, spelling{option.SourceEnv, "environment, file " + secret, layers(load.Process{Environ: []string{env + "=" + secret}, Files: held})})
	}
	if o.Path() == "" || yaml == "" {
		return out
	}
	doc, line, column := document(o, yaml)
	in := spelling{source: option.SourceYAML, place: fmt.Sprintf("sample.yaml:%d:%d", line, column)}
	if file := c.ConfigOption(); file != nil && file != o {
		in.layers = layers(load.Process{Args: []string{"--" + file.Flag, "sample.yaml"}, FirstArg: 1, Files: oneFile(doc)})
	} else {
		in.layers = []option.Layer{yamlgen.Parse(c, "sample.yaml", doc, yamlgen.Limits{})}
	}
	return append(out, in)
}

// Sources tests that every option can be set by its flag, its variable and its
// key; that the struct, the JSON and a written file have the value then, and
// that its source and its place are told.
func Sources[T any](t *testing.T, cfg option.Config[T], samples ...string) {
	t.Helper()
	r := alone(t, cfg)
	for o := range r.All() {
		t.Run(o.Flag, func(t *testing.T) {
			t.Parallel()
			text, field := fit(t, o, samples)
			want := o.Value.Text(field)
			for _, in := range everywhere(r.Catalog, o, text, flow(o, field, text)) {
				s, ps := r.Resolve(in.layers)
				if s == nil {
					t.Errorf("%s: --%s is refused: %v", in.source, o.Flag, ps)
					continue
				}
				checkSetting(t, s, o, in)
				if got := o.Value.Text(goField(o, s.Values())); got != want && !o.Secret() {
					t.Errorf("%s: Values has %q, want %q", in.source, got, want)
				}
				checkJSON(t, s.Redact(), o, in, text)
				checkWritten(t, r, s.Redact(), o, in)
			}
		})
	}
}

func checkSetting[T any](t *testing.T, s *option.Snapshot[T], o *option.Option, in spelling) {
	t.Helper()
	set := s.Setting(o)
	if set.Source != in.source || set.Origin().Place() != in.place {
		t.Errorf("%s: got source %q at %q, want %q", in.source, set.Source, set.Origin().Place(), in.place)
	}
}

func checkJSON(t *testing.T, safe *option.Redacted, o *option.Option, in spelling, text string) {
	t.Helper()
	field, _ := decode(o, text)
	o.Value.Redact(field)
	tree := string(o.Value.AppendJSON(nil, field, option.ShapeFull))
	value := string(o.Value.AppendJSON(nil, field, option.ShapeCompact))
	if o.Secret() {
		value = "null"
	}
	if path := o.JSONPath(); !slices.Contains(strings.Split(path, "."), "-") { // a field that its tag keeps out
		if got := inTree(t, safe.AppendConfig(nil, option.ShapeFull), path); !sameJSON(got, tree) {
			t.Errorf("%s: config has %s, want %s", in.source, got, tree)
		}
	}
	var options []struct {
		Flag   string
		Value  json.RawMessage
		Source string `json:"value_source"`
	}
	if err := json.Unmarshal(safe.AppendOptions(nil), &options); err != nil {
		t.Fatal(err)
	}
	if got := options[o.Index()]; got.Flag != o.Flag || !sameJSON(string(got.Value), value) || got.Source != in.source.String() {
		t.Errorf("%s: options has %s %s from %q, want %s", in.source, got.Flag, got.Value, got.Source, value)
	}
}

// checkWritten reads back what yamlgen writes of the setting.
func checkWritten[T any](t *testing.T, r *option.Registry[T], safe *option.Redacted, o *option.Option, in spelling) {
	t.Helper()
	if o.Path() == "" || safe.Withheld(o) || o.Deprecated() {
		return
	}
	again, doc := written(t, r, safe)
	if got, want := again.Text(o), safe.Text(o); got != want {
		t.Errorf("%s: the written file gives %q, want %q\n%s", in.source, got, want, doc)
	}
}

// Refusals tests that a value which an option does not take is one error in
// every source, at its place and under its name there, without the value.
func Refusals[T any](t *testing.T, cfg option.Config[T], _ ...string) {
	t.Helper()
	r := alone(t, cfg)
	for o := range r.All() {
		t.Run(o.Flag, func(t *testing.T) {
			t.Parallel()
			bad, some := misfit(o)
			if !some {
				return // it takes everything
			}
			for _, in := range everywhere(r.Catalog, o, bad, unfitTree(o)) {
				s, ps := r.Resolve(in.layers)
				errs := ps.Errors()
				if s != nil || len(errs) != 1 {
					t.Errorf("%s: got %d errors %v, want 1", in.source, len(errs), errs)
					continue
				}
				p := errs[0]
				if got := p.Origin.Place(); got != in.place {
					t.Errorf("%s: got place %s, want %s (%v)", in.source, got, in.place, p)
				}
				if want := o.SpelledIn(in.source); !strings.HasPrefix(p.Name, want) {
					t.Errorf("%s: got name %q, want %q", in.source, p.Name, want)
				}
				if strings.Contains(p.Error(), "nothing takes this") {
					t.Errorf("%s: the value shows in %q", in.source, p)
				}
			}
		})
	}
}

// unfitTree returns a YAML value that the option refuses, or "".
func unfitTree(o *option.Option) string {
	for _, s := range []string{"{not: allowed, in: here}", "7"} {
		if o.Value.Traits().Struct == (s == "7") {
			tree, _ := yamlgen.Tree(s)
			if o.Value.Decode(fresh(o), option.RawTree(&tree)) != nil {
				return s
			}
		}
	}
	return ""
}
