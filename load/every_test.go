package load_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
	"github.com/strataconf/strata/yamlgen"
)

// oneFile is a file system whose every file has the same content.
type oneFile string

func (f oneFile) ReadFile(string) ([]byte, error) { return []byte(f), nil }

// deployment is the registry of all options, less the checks over several of
// them, so that each can be set alone.
func deployment(t testing.TB) *option.Registry[values.DeploymentValues] {
	t.Helper()
	cfg := values.Config(option.Host{Version: "v0.0.0", CacheDir: "/var/cache/coder", StateDir: "/var/lib/coder"})
	cfg.Checks = nil
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// samples are texts of which every kind of option takes at least one.
var samples = []string{
	"true", "false", "17", "3h", "some words", "one,two", "https://sample.test/path", "sample.test:8443", "a.b-c", "org/team",
	"10.0.0.0/8", "ops@sample.test", "X-Real-Ip", "Key=Value", "https://sample.test", "CRON_TZ=UTC 0 3 * * *", "*.apps.sample.test", "example",
	"/etc/ssl/sample.pem", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "TLS_AES_128_GCM_SHA256", "default-src 'self'",
	`{"k":"v"}`, `{"k":["v"]}`, `{"k":["01234567-89ab-cdef-0123-456789abcdef"]}`,
	`[{"name":"Docs","target":"https://sample.test/docs","icon":"docs"}]`, `[{"type":"github","client_id":"abc","id":"gh"}]`,
}

var refused = []string{"~~ nothing takes this ~~", "[", "\xff"}

// scratch decodes text into a fresh field of the option, as tests see it.
func scratch(o *option.Option, text string) (any, error) {
	p := reflect.New(reflect.TypeOf(o.Value.Field()).Elem()).Interface()
	return p, o.Value.Decode(p, option.RawText(text))
}

func valid(t *testing.T, o *option.Option) (text string, field any) {
	t.Helper()
	usual := reflect.New(reflect.TypeOf(o.Value.Field()).Elem()).Interface()
	if o.Default != "" {
		usual, _ = scratch(o, o.Default)
	}
	for _, s := range append(o.Value.Traits().Choices, samples...) {
		p, err := scratch(o, s)
		if err != nil {
			continue
		}
		if o.Value.Text(p) != o.Value.Text(usual) {
			return s, p
		}
	}
	t.Fatalf("--%s: no sample fits; add one", o.Flag)
	return "", nil
}

func invalid(t *testing.T, o *option.Option) string {
	t.Helper()
	for _, s := range refused {
		if _, err := scratch(o, s); err != nil {
			return s
		}
	}
	t.Fatalf("--%s takes everything", o.Flag)
	return ""
}

// document spells one option in a file; what stands at the end of its last line.
func document(o *option.Option, value string) (doc string, line, column int32) {
	keys := strings.Split(o.Path(), ".")
	for i, k := range keys {
		doc += strings.Repeat("  ", i) + k + ":"
		if i < len(keys)-1 {
			doc += "\n"
		}
	}
	column = int32(len(doc) - strings.LastIndexByte(doc, '\n') + 1)
	return doc + " " + value + "\n", int32(len(keys)), column
}

// flow writes the field as a YAML value on one line.
func flow(o *option.Option, field any, text string) string {
	switch tr := o.Value.Traits(); {
	case tr.Struct:
		return o.Value.Text(field)
	case tr.List:
		var items []string
		for _, item := range o.Value.Tree(field).Items {
			items = append(items, string(option.AppendJSONString(nil, item.Scalar.Text())))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case o.Type() == "bool", o.Type() == "int", o.Type() == "duration":
		return text
	}
	return string(option.AppendJSONString(nil, text))
}

type sourceCase struct {
	source option.Source
	place  string
	p      load.Process
}

// inEverySource spells the option once in each source that can set it.
func inEverySource(o *option.Option, text, yaml string) []sourceCase {
	out := []sourceCase{{option.SourceFlag, "argv[4]", load.Process{Args: []string{"--" + o.Flag + "=" + text}, FirstArg: 4}}}
	if o.Env != "" {
		out = append(out, sourceCase{option.SourceEnv, "environment", load.Process{Environ: []string{"PATH=/bin", string(o.Env) + "=" + text}}})
	}
	if o.Path() != "" {
		doc, line, column := document(o, yaml)
		out = append(out, sourceCase{option.SourceYAML, fmt.Sprintf("sample.yaml:%d:%d", line, column), load.Process{Args: []string{"--config", "sample.yaml"}, FirstArg: 4, Files: oneFile(doc)}})
	}
	return out
}

func TestEveryOptionFromEverySource(t *testing.T) {
	t.Parallel()
	r := deployment(t)
	for o := range r.All() {
		t.Run(o.Flag, func(t *testing.T) {
			t.Parallel()
			text, field := valid(t, o)
			want := o.Value.Text(field)
			for _, c := range inEverySource(o, text, flow(o, field, text)) {
				if c.p.Files == nil {
					c.p.Files = oneFile("")
				}
				s, ps := load.Load(r, c.p)
				if s == nil {
					t.Fatalf("%s: %v", c.source, ps)
				}
				checkSetting(t, r, s, o, c, want, field)
			}
		})
	}
}

func checkSetting(t *testing.T, r *option.Registry[values.DeploymentValues], s *option.Snapshot[values.DeploymentValues], o *option.Option, c sourceCase, want string, field any) {
	t.Helper()
	set := s.Setting(o)
	if set.Source != c.source || set.Origin().Place() != c.place {
		t.Errorf("%s: got source %q at %q, want %q", c.source, set.Source, set.Origin().Place(), c.place)
	}
	v := reflect.ValueOf(s.Values())
	for name := range strings.SplitSeq(o.FieldPath(), ".") {
		v = v.FieldByName(name)
	}
	got := reflect.New(v.Type())
	got.Elem().Set(v)
	if text := o.Value.Text(got.Interface()); text != want {
		t.Errorf("%s: Values has %q, want %q", c.source, text, want)
	}
	safe := s.Redact()
	cleaned := o.Value.Redact(field)
	wantJSON := string(o.Value.AppendJSON(nil, field, option.ShapeFull))
	wantValue := string(o.Value.AppendJSON(nil, field, option.ShapeCompact))
	if o.Secret() {
		wantValue = "null"
	}
	if got := jsonAt(t, safe.AppendConfig(nil, option.ShapeFull), o.JSONPath()); !sameJSON(t, got, wantJSON) {
		t.Errorf("%s: config has %s, want %s", c.source, got, wantJSON)
	}
	var options []struct {
		Flag   string
		Value  json.RawMessage
		Source string `json:"value_source"`
	}
	if err := json.Unmarshal(safe.AppendOptions(nil), &options); err != nil {
		t.Fatal(err)
	}
	if got := options[o.Index()]; got.Flag != o.Flag || !sameJSON(t, string(got.Value), wantValue) || got.Source != c.source.String() {
		t.Errorf("%s: options has %s %s from %q, want %s", c.source, got.Flag, got.Value, got.Source, wantValue)
	}
	if o.Path() == "" || cleaned {
		return
	}
	var out bytes.Buffer
	if _, err := yamlgen.Write(&out, safe); err != nil {
		t.Fatal(err)
	}
	again, ps := r.Resolve([]option.Layer{yamlgen.Parse(s.Catalog(), "again.yaml", out.String(), yamlgen.Limits{})})
	if again == nil {
		t.Fatalf("%s: what write-config wrote is refused: %v\n%s", c.source, ps, out.String())
	}
	if got := again.Redact().Text(again.Catalog().ByFlag(o.Flag)); got != want && !o.Deprecated() {
		t.Errorf("%s: write-config wrote %q, want %q", c.source, got, want)
	}
}

func TestEveryOptionRefusesFromEverySource(t *testing.T) {
	t.Parallel()
	r := deployment(t)
	for o := range r.All() {
		t.Run(o.Flag, func(t *testing.T) {
			t.Parallel()
			bad := invalid(t, o)
			yaml := "{not: allowed, in: here}"
			if o.Value.Traits().Struct {
				yaml = "7"
			}
			for _, c := range inEverySource(o, bad, yaml) {
				if c.p.Files == nil {
					c.p.Files = oneFile("")
				}
				s, ps := load.Load(r, c.p)
				errs := ps.Errors()
				if s != nil || len(errs) != 1 {
					t.Fatalf("%s: got %d errors %v, want 1", c.source, len(errs), errs)
				}
				p := errs[0]
				if got := p.Origin.Place(); got != c.place {
					t.Errorf("%s: got place %s, want %s (%v)", c.source, got, c.place, p)
				}
				if want := o.SpelledIn(c.source); !strings.HasPrefix(p.Name, want) {
					t.Errorf("%s: got name %q, want %q", c.source, p.Name, want)
				}
				if strings.Contains(p.Error(), "nothing takes this") {
					t.Errorf("%s: the value shows in %q", c.source, p)
				}
			}
		})
	}
}

func jsonAt(t *testing.T, doc []byte, path string) string {
	t.Helper()
	for key := range strings.SplitSeq(path, ".") {
		var m map[string]json.RawMessage
		if err := json.Unmarshal(doc, &m); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		doc = m[key]
	}
	return string(doc)
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if err := json.Unmarshal([]byte(a), &x); err != nil {
		t.Fatalf("%q: %v", a, err)
	}
	if err := json.Unmarshal([]byte(b), &y); err != nil {
		t.Fatalf("%q: %v", b, err)
	}
	return reflect.DeepEqual(x, y)
}
