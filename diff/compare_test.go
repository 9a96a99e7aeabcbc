package diff_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// told is what a difference says, in short: "name changed, key cannot-tell".
func told(d *diff.Difference) string {
	var out []string
	for i := range d.Options {
		p := &d.Options[i]
		word := p.Flag + " " + string(p.Verdict)
		if p.OtherDefault() {
			word += " (default)"
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func TestInputs(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, k := range []struct {
		a, b []string
		want string
	}{
		{nil, nil, ""},
		{[]string{"--name=x"}, []string{"--name=x"}, ""},
		{[]string{"--name=x"}, []string{"--name=y"}, "name changed"},
		{[]string{"--name=me"}, nil, ""},
		{[]string{"--every=60s"}, []string{"--every=1m"}, ""},
		{[]string{"--every=2m"}, nil, "every changed"},
		{[]string{"--items=a", "--items=b"}, []string{"--items=a,b"}, ""},
		{[]string{"--items=a,b"}, []string{"--items=b,a"}, "items changed"},
		{[]string{"--sender=x"}, []string{"--mail-from=x"}, ""},
		{[]string{"--sender=x"}, []string{"--mail-from=y"}, "mail-from changed"},
		{[]string{"--key=one"}, []string{"--key=one"}, ""},
		{[]string{"--key=one"}, []string{"--key=two"}, "key changed"},
		{[]string{"--key=one"}, nil, "key changed"},
		{[]string{"--key="}, nil, ""},
		{[]string{"--site=https://u:one@a.test"}, []string{"--site=https://u:one@a.test"}, ""},
		{[]string{"--site=https://u:one@a.test"}, []string{"--site=https://u:two@a.test"}, "site changed"},
		{[]string{"--site=https://u:one@a.test"}, []string{"--site=https://a.test"}, "site changed"},
		{[]string{"--links=[{name: a, pass: one}]"}, []string{"--links=[{name: a, pass: two}]"}, "links changed"},
		{[]string{"--links=[{name: a, pass: one}]"}, []string{"--links=[{name: a}]"}, "links changed"},
		{[]string{"--links=[{name: a, pass: one}]"}, []string{`--links=[{"pass": "one", "name": "a"}]`}, ""},
		{[]string{"--workers=x"}, []string{"--workers=5"}, "workers changed"},
		{[]string{"--workers=x"}, nil, ""},
	} {
		d := diff.Compare(r.Catalog, inputs(r, "a", k.a...), inputs(r, "b", k.b...), diff.Filter{})
		if got := told(d); got != k.want || d.Differs() != (k.want != "") {
			t.Errorf("%q and %q: got %q (differs %t), want %q", k.a, k.b, got, d.Differs(), k.want)
		}
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, k := range []struct {
		a, b    []string
		want    string
		differs bool
	}{
		{nil, nil, "", false},
		{[]string{"--name=x"}, []string{"--name=x"}, "", false},
		{[]string{"--name=x"}, []string{"--name=y"}, "name changed", true},
		{[]string{"--every=1h"}, []string{"--every=60m"}, "", false},
		{[]string{"--items=a,b"}, []string{"--items=a", "--items=b"}, "", false},
		{[]string{"--key=one"}, []string{"--key=one"}, "key cannot-tell", false},
		{[]string{"--key=one"}, []string{"--key=two"}, "key cannot-tell", false},
		{[]string{"--key=one"}, nil, "key changed", true},
		{nil, []string{"--key=one"}, "key changed", true},
		{[]string{"--site=https://u:one@a.test"}, []string{"--site=https://u:two@a.test"}, "site cannot-tell", false},
		{[]string{"--site=https://u:one@a.test"}, []string{"--site=https://u:one@b.test"}, "site changed", true},
		{[]string{"--links=[{name: a, pass: one}]"}, []string{"--links=[{name: a, pass: two}]"}, "links cannot-tell", false},
		{[]string{"--links=[{name: a, pass: one}]"}, []string{"--links=[{name: b}]"}, "links changed", true},
	} {
		for _, shape := range []option.Shape{option.ShapeFull, option.ShapeCompact} {
			d := diff.Compare(r.Catalog, inputs(r, "a", k.a...), document(t, r, shape, k.b...), diff.Filter{})
			if got := told(d); got != k.want || d.Differs() != k.differs {
				t.Errorf("%q and %q: got %q (differs %t), want %q", k.a, k.b, got, d.Differs(), k.want)
			}
		}
		// The other way round it is the same.
		d := diff.Compare(r.Catalog, document(t, r, option.ShapeFull, k.b...), inputs(r, "a", k.a...), diff.Filter{})
		if got := told(d); got != k.want || d.Differs() != k.differs {
			t.Errorf("%q and %q turned round: got %q (differs %t), want %q", k.a, k.b, got, d.Differs(), k.want)
		}
	}
}

// TestOtherVersions reads documents of programs with other options.
func TestOtherVersions(t *testing.T) {
	t.Parallel()
	r := build(t)
	here := inputs(r, "a")
	rest := func(flags ...string) string { // the options of the toy but for some
		var b strings.Builder
		for o := range r.All() {
			if !strings.Contains(" "+strings.Join(flags, " ")+" ", " "+o.Flag+" ") {
				value := string(mustJSON(t, r, o))
				fmt.Fprintf(&b, `{"flag":%q,"default":%q,"value":%s,"value_source":%q},`, o.Flag, o.Default, value, source(o))
			}
		}
		return b.String()
	}
	for _, k := range []struct {
		options, want string
		differs       bool
	}{
		{rest("workers") + `{"flag":"workers","default":"8","value":8,"value_source":"default"}`, "workers changed (default)", true},
		{rest("workers") + `{"flag":"workers","default":"8","value":4,"value_source":"flag"}`, "workers same (default)", false},
		{rest("cache") + `{"flag":"cache","default":"/there","value":"/here","value_source":"env"}`, "", false},
		{rest("cache") + `{"flag":"cache","value":"/there","value_source":"default"}`, "cache cannot-tell", false}, // of another machine
		{rest("cache") + `{"flag":"cache","value":"/there","value_source":"env"}`, "cache changed", true},
		{rest("workers", "x") + `{"flag":"new","value":1,"value_source":"default"}`, "workers only-a, new only-b", false},
		{rest() + `{"flag":"new","value":1,"value_source":"flag"}`, "new only-b", true},
		{rest() + `{"flag":"gone","value":true,"value_source":"yaml"}`, "gone only-b", true},
		{rest("workers") + `{"flag":"workers","default":"4","value":99,"value_source":"yaml"}`, "workers changed", true},
		{rest("key") + `{"flag":"key","value":"one","value_source":"env"}`, "key changed", true},
	} {
		d := diff.Compare(r.Catalog, here, parse(t, r, `{"options":[`+k.options+`]}`), diff.Filter{})
		if got := told(d); got != k.want || d.Differs() != k.differs {
			t.Errorf("%s: got %q (differs %t), want %q", k.options[len(k.options)-70:], got, d.Differs(), k.want)
		}
	}
}

func mustJSON(t *testing.T, r *option.Registry[toy], o *option.Option) []byte {
	t.Helper()
	safe, _ := settings(r)
	return safe.AppendValue(nil, o, option.ShapeCompact)
}

func source(o *option.Option) string {
	if o.Default != "" {
		return "default"
	}
	return ""
}

func TestUnfitDocuments(t *testing.T) {
	t.Parallel()
	r := build(t)
	for text, want := range map[string]error{
		"":                              diff.ErrNotJSON,
		"name: me":                      diff.ErrNotJSON,
		`{"options":[{"flag":"a"}]`:     diff.ErrNotJSON,
		`{"options":[{"flag":"a"}]} {}`: diff.ErrNotJSON,
		`[]`:                            diff.ErrNotDocument,
		`{}`:                            diff.ErrNotDocument,
		`{"options":{}}`:                diff.ErrNotDocument,
		`{"options":[]}`:                diff.ErrNotDocument,
		`{"options":[{"name":"a"}]}`:    diff.ErrNotDocument,
		`{"options":[{"flag":1}]}`:      diff.ErrNotDocument,
		`{"options":[{"flag":"a","value_source":"moon"}]}`:         diff.ErrNotDocument,
		`{"options":[{"flag":"a"},{"flag":"a"}]}`:                  diff.ErrTwice,
		strings.Repeat(`{"options":[`, 20_000):                     diff.ErrNotJSON,
		"\uFEFF" + `{"options":[{"flag":"a","value":"\u0000\t"}]}`: nil,
	} {
		if _, err := diff.Document(r.Catalog, "x", []byte(text)); !errors.Is(err, want) {
			t.Errorf("%.60s: got %v, want %v", text, err, want)
		}
	}
}

// TestNoSecretShows plants a secret on both sides, wherever one can stand.
func TestNoSecretShows(t *testing.T) {
	t.Parallel()
	const canary = "zQ7xK9vW2mT5"
	r := build(t)
	sides := map[string]*diff.Side{
		"plain": inputs(r, "a"),
		"flags": inputs(r, "a", "--key="+canary, "--site=https://u:"+canary+"@a.test/?t="+canary, "--links=[{name: a, pass: "+canary+"}]", "--every="+canary, "--workers="+canary),
		"other": inputs(r, "a", "--key="+canary+"x", "--site=https://u:"+canary+"x@a.test/", "--links=[{name: a, pass: "+canary+"x}]"),
		"document": parse(t, r, `{"options":[{"flag":"key","value":"`+canary+`","value_source":"env"},{"flag":"site","value":"https://u:`+canary+`@a.test","value_source":"env"},
			{"flag":"links","value":[{"name":"a","pass":"`+canary+`"}],"value_source":"yaml"},{"flag":"every","value":"`+canary+`","value_source":"yaml"},
			{"flag":"unknown","annotations":{"secret":"true"},"value":"`+canary+`","value_source":"yaml"},{"flag":"more","value":"https://u:`+canary+`@a.test","value_source":"yaml"},
			{"flag":"tree","value":{"a":"`+canary+`"},"value_source":"yaml"},{"flag":"list","value":["a","https://`+canary+`@x"],"value_source":"flag"},{"flag":"mixed","value":["a",{"b":"`+canary+`"}],"value_source":"flag"}]}`),
	}
	for one, a := range sides {
		for other, b := range sides {
			d := diff.Compare(r.Catalog, a, b, diff.Filter{All: true})
			var out bytes.Buffer
			if err := d.WriteText(&out, report.Style{}); err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			if all := out.String() + string(text); strings.Contains(all, canary[:6]) {
				t.Errorf("%s and %s: the canary shows in\n%s", one, other, all)
			}
		}
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	r := build(t)
	a, b := inputs(r, "a", "--name=x", "--workers=1", "--config=c.yaml"), inputs(r, "b", "--every=1h")
	for _, k := range []struct {
		filter diff.Filter
		want   string
	}{
		{diff.Filter{}, "config changed, name changed, every changed, workers changed"},
		{diff.Filter{Under: group}, "every changed, workers changed"},
		{diff.Filter{Under: group, All: true}, "site same, every changed, workers changed"},
		{diff.Filter{Except: []*option.Option{r.ByFlag("config"), r.ByFlag("every")}}, "name changed, workers changed"},
	} {
		if got := told(diff.Compare(r.Catalog, a, b, k.filter)); got != k.want {
			t.Errorf("%+v: got %q, want %q", k.filter, got, k.want)
		}
	}
}

// TestText is what people read, with and without colour.
func TestText(t *testing.T) {
	t.Parallel()
	r := build(t)
	a := inputs(r, "a.yaml", "--name=x", "--key=one", "--site=https://u:one@a.test")
	b := inputs(r, "b\x1b.yaml", "--name=y", "--key=two", "--site=https://u:two@a.test")
	b.Version = "v2.0.0"
	const want = `--- a.yaml
+++ b\x1b.yaml, v2.0.0

--name
  - x
      from --name (argv[1])
  + y
      from --name (argv[1])

--key
  - set, and never shown
      from --key (argv[2])
  + set to something else, and never shown
      from --key (argv[2])

--site
  - https://a.test (less the secret in it)
      from --site (argv[3])
  + the same as far as it shows, with another secret in it
      from --site (argv[3])

3 values differ.
`
	d := diff.Compare(r.Catalog, a, b, diff.Filter{})
	for colour, want := range map[bool]string{false: want, true: strings.NewReplacer(
		"--- a.yaml", "\x1b[31m--- a.yaml\x1b[0m", `+++ b\x1b.yaml, v2.0.0`, "\x1b[32m+++ b\\x1b.yaml, v2.0.0\x1b[0m", "- x", "\x1b[31m- x\x1b[0m", "+ y", "\x1b[32m+ y\x1b[0m",
		"- set, and never shown", "\x1b[31m- set, and never shown\x1b[0m", "+ set to something else, and never shown", "\x1b[32m+ set to something else, and never shown\x1b[0m",
		"- https://a.test (less the secret in it)", "\x1b[31m- https://a.test (less the secret in it)\x1b[0m",
		"+ the same as far as it shows, with another secret in it", "\x1b[32m+ the same as far as it shows, with another secret in it\x1b[0m",
		"\n--name\n", "\n\x1b[1m--name\x1b[0m\n", "\n--key\n", "\n\x1b[1m--key\x1b[0m\n", "\n--site\n", "\n\x1b[1m--site\x1b[0m\n",
	).Replace(want)} {
		var out strings.Builder
		if err := d.WriteText(&out, report.Style{Colour: colour}); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != want {
			t.Errorf("colour %t: got\n%s\nwant\n%s", colour, got, want)
		}
	}
}

// FuzzDocument reads any text, and holds what it takes against the toy.
func FuzzDocument(f *testing.F) {
	r := build(f)
	safe, _ := settings(r, "--key=x", "--site=https://u:p@a.test", "--items=a,b", "--links=[{name: a, pass: b}]")
	f.Add(string(safe.AppendBody(nil, option.ShapeFull)))
	f.Add(`{"options":[{"flag":"a","value":[1,{"b":null}],"value_source":"flag"}]}`)
	here := inputs(r, "a", "--name=x")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := diff.Document(r.Catalog, "x.json", []byte(text))
		if err != nil {
			return
		}
		d := diff.Compare(r.Catalog, here, s, diff.Filter{All: true})
		if _, err := json.Marshal(d); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		var out strings.Builder
		if err := d.WriteText(&out, report.Style{}); err != nil || strings.ContainsFunc(out.String(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }) {
			t.Errorf("%q: %v\n%q", text, err, out.String())
		}
		if again := diff.Compare(r.Catalog, s, s, diff.Filter{}); again.Differs() {
			t.Errorf("%q: differs from itself: %s", text, told(again))
		}
	})
}
