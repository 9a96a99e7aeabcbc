package kind_test

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

type link struct {
	Name     string `json:"name" yaml:"name" required:"true"`
	Target   string `json:"target" yaml:"target" required:"true" url:"redact"`
	Icon     string `json:"icon" yaml:"icon" url:"public"`
	Location string `json:"location,omitempty" yaml:"location,omitempty"`
}

// id is a type of fixed size that reads itself as text, as UUIDs are.
type id [2]byte

func (i id) MarshalText() ([]byte, error) { return i[:], nil }

func (i *id) UnmarshalText(b []byte) error {
	if len(b) != len(i) {
		return errors.New("bad id " + string(b))
	}
	copy(i[:], b)
	return nil
}

type provider struct {
	Type    string            `json:"type" required:"true"`
	Secret  kind.Secret       `json:"-" yaml:"client_secret"`
	Keys    kind.Secrets      `json:"-" yaml:"extra_token_keys"`
	AuthURL string            `json:"auth_url" yaml:"auth_url" url:"redact"`
	Home    kind.URL          `json:"home"`
	Scopes  []string          `json:"scopes"`
	Flow    bool              `json:"device_flow" yaml:"device_flow"`
	Retries int8              `json:"retries"`
	Wait    duration          `json:"wait"`
	Filter  kind.Regexp       `json:"filter"`
	Labels  map[string]string `json:"labels"`
	IDs     []id              `json:"ids"`
	Links   []link            `json:"links"`
}

const providerJSON = `[{"type":"github","client_secret":"s3","extra_token_keys":["k1","k2"],` +
	`"auth_url":"https://u:p@h/a?x=1","home":"https://u@h/?t=2","scopes":["a,b"],"device_flow":true,"retries":-30,"wait":"1h",` +
	`"filter":".*","labels":{"b":"2","a":"1"},"ids":["AB"],"links":[{"name":"n","target":"https://h/?q=1","icon":"100%"}]},{"type":"x"}]`

func providers(t *testing.T) (option.Value, []provider) {
	t.Helper()
	v := kind.Struct(new([]provider))
	got, err := decode[[]provider](v, providerJSON)
	if err != nil {
		t.Fatal(err)
	}
	return v, got
}

func TestStructDecode(t *testing.T) {
	t.Parallel()
	_, got := providers(t)
	p := got[0]
	if len(got) != 2 || p.Type != "github" || p.Secret.Reveal() != "s3" || strings.Join(p.Keys.Reveal(), " ") != "k1 k2" ||
		p.Home.Reveal() != "https://u@h/?t=2" || p.Scopes[0] != "a,b" || !p.Flow || p.Retries != -30 || p.Wait != 3600e9 ||
		p.Filter.String() != ".*" || p.Labels["a"] != "1" || p.IDs[0] != (id{'A', 'B'}) || p.Links[0].Icon != "100%" {
		t.Errorf("got %+v", got)
	}
	if !reflect.DeepEqual(got[1], provider{Type: "x"}) {
		t.Errorf("got %+v, want only the type", got[1])
	}
}

func TestStructMaps(t *testing.T) {
	t.Parallel()
	checkGood(t, kind.Struct(new(map[string]string)), []good[map[string]string]{
		{"", nil, "{}"},
		{"{}", nil, "{}"},
		{`{"b": "2", "a": 1, "A": true}`, map[string]string{"a": "1", "A": "true", "b": "2"}, `{"A":"true","a":"1","b":"2"}`},
		{`{"": ""}`, map[string]string{"": ""}, `{"":""}`},
	})
	checkGood(t, kind.Struct(new(map[string][]string)), []good[map[string][]string]{
		{`{"a":["x","y"],"b":[]}`, map[string][]string{"a": {"x", "y"}, "b": nil}, `{"a":["x","y"],"b":[]}`},
	})
	checkGood(t, kind.Struct(new(map[string][]id)), []good[map[string][]id]{{`{"a":["XY"]}`, map[string][]id{"a": {{'X', 'Y'}}}, `{"a":["XY"]}`}})
	checkGood(t, kind.Struct(new([]link)), []good[[]link]{{"[]", nil, "[]"}, {"", nil, "[]"}})
	checkBad[map[string]string](t, kind.Struct(new(map[string]string)), []bad{
		{`{"a":"1","a":"2"}`, "stands twice", ""},
		{`{"a":null}`, "null", ""},
		{`{"a":[]}`, "a list where a single", ""},
		{`[]`, "a list where a mapping", ""},
		{`{"a":"1"} x`, "not valid JSON", ""},
		{`{"a"}`, "not valid JSON", ""},
		{`{a: 1}`, "not valid JSON", ""},
		{"x", "not valid JSON", ""},
		{`{"a":"1"`, "not valid JSON", ""},
		{"null", "null", ""},
		{strings.Repeat("[", 9000), "not valid JSON", ""},
		{strings.Repeat("[", 9000) + strings.Repeat("]", 9000), "not valid JSON", ""},
		{`{"a":"\u0000"}`, "NUL", ""},
		{`{"\u0000":"a"}`, "NUL", ""},
		{"{\"a\":\"\xff\"}", "not valid UTF-8", ""},
	})
	// Deeper than any type, the text is not even read.
	checkBad[[]string](t, kind.Struct(new([]string)), []bad{
		{strings.Repeat("[", 65) + strings.Repeat("]", 65), "a list where a single", ""},
		{strings.Repeat("[", 66) + strings.Repeat("]", 66), "not valid JSON", ""},
	})
}

func TestStructFaults(t *testing.T) {
	t.Parallel()
	v := kind.Struct(new([]provider))
	const good = `{"type":"a"},`
	for _, c := range []struct{ text, item, reason, hint string }{
		{`[` + good + `{"client_secret":"x"}]`, "[1].type", "missing, but needed", ""},
		{`[` + good + `{"type":""}]`, "[1].type", "empty, but needed", ""},
		{`[` + good + `{"type":null}]`, "[1].type", "missing, but needed", ""},
		{`[` + good + `{"type":"a","scope":"x"}]`, "[1]", "an unknown key", "did you mean scopes?"},
		{`[` + good + `{"type":"a","Type":"b"}]`, "[1]", "an unknown key", "did you mean type?"},
		{`[` + good + `{"type":"a","zzzzzzzz":"x"}]`, "[1]", "an unknown key", ""},
		{`[` + good + `{"type":"a","type":"a"}]`, "[1]", "stands twice", ""},
		{`[` + good + `{"type":[]}]`, "[1].type", "a list where a single value belongs", ""},
		{`[` + good + `null]`, "[1]", "null where a mapping belongs", ""},
		{`[` + good + `"x"]`, "[1]", "text where a mapping belongs", ""},
		{`[{"type":"a","device_flow":"yes"}]`, "[0].device_flow", "not true or false", "use true or false"},
		{`[{"type":"a","retries":1.5}]`, "[0].retries", "not a whole number", "write decimal digits only, such as 42"},
		{`[{"type":"a","retries":128}]`, "[0].retries", "too large", ""},
		{`[{"type":"a","scopes":"x"}]`, "[0].scopes", "text where a list belongs", ""},
		{`[{"type":"a","scopes":["x",null]}]`, "[0].scopes[1]", "null where a value belongs", ""},
		{`[{"type":"a","scopes":["x","a\nb"]}]`, "[0].scopes[1]", "line break", "separate items with commas"},
		{`[{"type":"a","extra_token_keys":["a\nb"]}]`, "[0].extra_token_keys[0]", "line break", "separate items with commas"},
		{`[{"type":"a","labels":{"k":"v","l":[]}}]`, "[0].labels{1}", "a list where", ""},
		{`[{"type":"a","labels":{"k":"v","\u0000":"v"}}]`, "[0].labels{1}", "NUL", ""},
		{`[{"type":"a","ids":["abc"]}]`, "[0].ids[0]", "not a valid value", ""},
		{`[{"type":"a","auth_url":"https://h:99999"}]`, "[0].auth_url", "not a URL", "the port is a number from 1 to 65535"},
		{`[{"type":"a","filter":"("}]`, "[0].filter", "not a regular expression", ""},
		{`[{"type":"a","links":[{"name":"n","target":"https://h h"}]}]`, "[0].links[0].target", "not a URL", "a URL holds no space and no control character"},
	} {
		f := fault(t, v.Decode(new([]provider), option.RawText(c.text)))
		if f.Item != c.item || !strings.Contains(f.Reason, c.reason) || f.Hint != c.hint {
			t.Errorf("%s: got item %q, %q, hint %q; want %q, %q, %q", c.text, f.Item, f.Reason, f.Hint, c.item, c.reason, c.hint)
		}
	}
}

// Members of all kinds may be needed, and a name alone tells a member of a
// struct.
func TestStructMembers(t *testing.T) {
	t.Parallel()
	type part struct {
		Shade shade          `json:"shade" url:"redact"`
		IDs   []id           `json:"ids" required:"true"`
		Sizes map[string]int `json:"sizes"`
	}
	for _, c := range []struct{ text, item, reason string }{
		{`{"shade":"","ids":["ab"],"sizes":{}}`, "", ""},
		{`{"shade":"neon","ids":["ab"]}`, "shade", "too bright"},
		{`{"ids":[]}`, "ids", "empty, but needed"},
		{`{"ids":"ab"}`, "ids", "text where a list belongs"},
		{`{"ids":["ab"],"sizes":{"a":"x"}}`, "sizes{0}", "not a whole number"},
	} {
		err := kind.Struct(new(part)).Decode(new(part), option.RawText(c.text))
		if err == nil && c.reason == "" {
			continue
		}
		if f := fault(t, err); f.Item != c.item || f.Reason != c.reason {
			t.Errorf("%s: got item %q, %q; want %q, %q", c.text, f.Item, f.Reason, c.item, c.reason)
		}
	}
}

func TestStructPlaces(t *testing.T) {
	t.Parallel()
	noEvil := kind.Rule[[]link]{Text: "no evil targets", Check: func(links []link) *option.Fault {
		for i, l := range links {
			if l.Name == "evil" {
				return &option.Fault{Reason: "evil", Item: []string{"[0].name", "[1].name"}[i]}
			}
		}
		return nil
	}}
	v := kind.Struct(new([]link), noEvil)
	ok := mapping("name", line(3, text("n")), "target", text("https://h"))
	double := mapping("name", text("a"), "name", text("b"))
	double.Keys[0].Span.Line, double.Keys[1].Span.Line = 5, 9
	for name, c := range map[string]struct {
		tree option.Tree
		line int32
	}{
		"rule":     {seq(ok, mapping("name", line(8, text("evil")), "target", text("https://h"))), 8},
		"null":     {seq(ok, line(9, null())), 9},
		"missing":  {seq(ok, line(9, mapping("name", text("x")))), 9},
		"empty":    {seq(ok, mapping("name", line(9, text("")))), 9},
		"url":      {seq(mapping("target", line(9, text("%")))), 9},
		"twice":    {seq(double), 9},
		"document": {line(9, text("[]")), 9},
	} {
		_, err := decodeTree[[]link](v, c.tree)
		if f := fault(t, err); f.Span.Line != c.line {
			t.Errorf("%s: got %+v, want line %d", name, f, c.line)
		}
	}
	for line, want := range map[int32]string{5: "a key that stands twice, first on line 5", 1: "a key that stands twice, first on line 1", 0: "a key that stands twice"} {
		double.Keys[0].Span.Line = line
		_, err := decodeTree[[]link](v, seq(double))
		if got := fault(t, err).Reason; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A rule may name an item by any path: the place is that of as much of it as
// the tree has.
func TestStructRulePlaces(t *testing.T) {
	t.Parallel()
	entry := line(2, mapping("name", line(3, text("n")), "links", line(4, seq(line(5, mapping("name", line(6, text("m")), "target", line(7, text("/"))))))))
	tree := line(1, seq(entry, line(8, mapping("name", line(9, text("o"))))))
	type part struct {
		Name  string `json:"name"`
		Links []link `json:"links"`
	}
	for item, want := range map[string]int32{
		"": 1, "[0]": 2, "[0].name": 3, "[0].links": 4, "[0].links[0]": 5, "[0].links[0].name": 6, "[0].links[0].target": 7, "[1].name": 9,
		"[2]": 1, "[9].name": 1, "[x].name": 1, "name": 1, "[1].links[0]": 8, "[0].name[0]": 3, "[0][0]": 2, "[0].links.name": 4, "[0].gone": 2,
	} {
		v := kind.Struct(new([]part), kind.Rule[[]part]{Check: func([]part) *option.Fault { return &option.Fault{Reason: "refused", Item: item} }})
		_, err := decodeTree[[]part](v, tree)
		if f := fault(t, err); f.Span.Line != want {
			t.Errorf("%q: got line %d, want %d", item, f.Span.Line, want)
		}
	}
}

func TestStructWayBack(t *testing.T) {
	t.Parallel()
	v, want := providers(t)
	got, err := decode[[]provider](v, v.Text(&want))
	if err != nil || v.Text(&got) != v.Text(&want) {
		t.Errorf("by text: got %s, %v, want %s", v.Text(&got), err, v.Text(&want))
	}
	got, err = decodeTree[[]provider](v, v.Tree(&want))
	if err != nil || v.Text(&got) != v.Text(&want) {
		t.Errorf("by tree: got %s, %v, want %s", v.Text(&got), err, v.Text(&want))
	}
}

// What is empty is not written, numbers and bools need no quotes.
func TestStructText(t *testing.T) {
	t.Parallel()
	v := kind.Struct(new([]provider))
	p := []provider{{Type: "x", Scopes: []string{}, Labels: map[string]string{}, Links: []link{}}, {Type: "y", Flow: true, Retries: -1, Wait: 1}}
	if got, want := v.Text(&p), `[{"type":"x"},{"device_flow":true,"retries":-1,"type":"y","wait":"1ns"}]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	tree := v.Tree(&p)
	if got := []int{len(tree.Items[0].Keys), len(tree.Items[0].Items), len(tree.Items[1].Keys)}; got[0] != 1 || got[1] != 1 || got[2] != 4 {
		t.Errorf("got %d keys and %d items, then %d keys; want 1, 1 and 4", got[0], got[1], got[2])
	}
}

func TestStructJSONAndRedact(t *testing.T) {
	t.Parallel()
	v, p := providers(t)
	const want = `[{"type":"github","auth_url":"https://h/a?x=","home":"https://h/?t=","scopes":["a,b"],"device_flow":true,"retries":-30,` +
		`"wait":3600000000000,"filter":".*","labels":{"a":"1","b":"2"},"ids":["AB"],"links":[{"name":"n","target":"https://h/?q=","icon":"100%"}]},` +
		`{"type":"x","auth_url":"","home":"","scopes":[],"device_flow":false,"retries":0,"wait":0,"filter":"","labels":{},"ids":[],"links":[]}]`
	if got := string(v.AppendJSON(nil, &p, option.ShapeCompact)); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	if got := string(v.AppendJSON(nil, &p, option.ShapeFull)); got != `{"value":`+want+`}` {
		t.Errorf("full: got %s", got)
	}
	before := v.Text(&p)
	var clean []provider
	v.Copy(&clean, &p)
	if !v.Redact(&clean) || v.Text(&p) != before {
		t.Errorf("redaction removed nothing, or changed the original")
	}
	if clean[0].Secret.IsSet() || clean[0].Keys.IsSet() || clean[0].AuthURL != "https://h/a?x=" || clean[0].Home.Reveal() != "https://h/?t=" {
		t.Errorf("got %s after redaction", v.Text(&clean))
	}
	if v.Redact(&clean) {
		t.Error("a second redaction removed something")
	}
	l := link{Name: "n", Location: "here"}
	if got, want := string(kind.Struct(&l).AppendJSON(nil, &l, option.ShapeFull)), `{"name":"n","target":"","icon":"","location":"here"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	m := map[string]string(nil)
	if got := string(kind.Struct(new(map[string]string)).AppendJSON(nil, &m, option.ShapeFull)); got != "{}" {
		t.Errorf("nil map: got %s, want {}", got)
	}
}

// A secret without a json tag of "-" is in JSON, but as an empty one. Keys
// and fields that differ by case are apart.
func TestStructSecretsAndCase(t *testing.T) {
	t.Parallel()
	type part struct {
		Key  kind.Secret  `yaml:"key"`
		Keys kind.Secrets `yaml:"keys"`
		Name string       `yaml:"name"`
		NAME string       `yaml:"Name"`
	}
	v := kind.Struct(new(part))
	p, err := decode[part](v, `{"key":"`+canary+`","keys":["`+canary+`"],"name":"lower"}`)
	if err != nil || p.Name != "lower" || p.NAME != "" {
		t.Errorf("got %+v, %v, want only name", p, err)
	}
	if got := string(v.AppendJSON(nil, &p, option.ShapeFull)); got != `{"key":"","keys":[],"name":"lower","Name":""}` {
		t.Errorf("got %s", got)
	}
}

// What is withheld of a member is withheld of each item and entry of one.
func TestStructRedactsInside(t *testing.T) {
	t.Parallel()
	type part struct {
		Links []string            `json:"links" url:"redact"`
		Pages map[string]kind.URL `json:"pages"`
	}
	v := kind.Struct(new(part))
	p, err := decode[part](v, `{"links":["https://u:`+canary+`@h/"],"pages":{"a":"https://u:`+canary+`@h/","b":"https://h/"}}`)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"links":["https://h/"],"pages":{"a":"https://h/","b":"https://h/"}}`
	if got := string(v.AppendJSON(nil, &p, option.ShapeFull)); got != want {
		t.Errorf("JSON: got %s, want %s", got, want)
	}
	if !v.Redact(&p) || v.Text(&p) != want || v.Redact(&p) {
		t.Errorf("redacted: got %s, want %s", v.Text(&p), want)
	}
}

func TestStructCopySharesNothing(t *testing.T) {
	t.Parallel()
	v, p := providers(t)
	before := v.Text(&p)
	var c []provider
	v.Copy(&c, &p)
	c[0].Scopes[0], c[0].Labels["a"], c[0].IDs[0], c[0].Links[0].Name = "changed", "changed", id{}, "changed"
	if v.Text(&p) != before {
		t.Errorf("a change of the copy shows in the original: %s", v.Text(&p))
	}
}

// Hostile trees cost time in proportion to their size.
func TestStructIsLinear(t *testing.T) {
	t.Parallel()
	const n = 10_000 // quadratic checks took a minute for fewer
	same, many := strings.Repeat(`"k":"v",`, n), new(strings.Builder)
	for i := range n {
		many.WriteString(`"` + strconv.Itoa(i) + `":"v",`)
	}
	for name, text := range map[string]string{
		"one key": "{" + same + `"k":""}`, "many keys": "{" + many.String() + `"k":""}`, "unknown keys": "[{" + many.String() + `"k":""}]`,
		"many structs": "[" + strings.Repeat(`{"name":"n","target":"https://h"},`, n/3) + "null]",
	} {
		bounded(t, 2*time.Second, name, func() {
			for _, v := range []option.Value{kind.Struct(new(map[string]string)), kind.Struct(new([]link))} {
				_ = v.Decode(v.Field(), option.RawText(text))
			}
		})
	}
}
