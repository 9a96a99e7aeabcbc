package report_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// TestProblemsThatConcern explains options of a configuration with one problem
// and expects to be told of it, or not.
func TestProblemsThatConcern(t *testing.T) {
	t.Parallel()
	r := build(t, false)
	for _, k := range []struct{ name, file, environ, args, flag, want string }{
		{"its own", "", "TOY_WORKERS=x", "", "workers", "invalid-value"},
		{"of another", "", "TOY_WORKERS=x", "", "name", ""},
		{"of the older spelling", "", "", "--sender=x", "mail-from", "deprecated"},
		{"of what stands for it", "", "", "--listen=x", "http", "invalid-value deprecated"},
		{"of a check, set", "", "", "--tls-enable", "tls-enable", "no-address"},
		{"of a check, not set", "", "", "--tls-enable", "tls-address", "no-address"},
		{"ignored, for it is empty", "", "TOY_WORKERS=", "", "workers", "empty-variable"},
		{"ignored, for it is misspelt", "", "TOY_WORKRS=4", "", "workers", "unknown-variable"},
		{"misspelt in the file", "net: {tls: {enabel: true}}", "", "", "tls-enable", "unknown-key"},
		{"misspelt on argv", "", "", "--wrkers=4", "workers", "unknown-flag"},
		{"in a file that is no YAML", "workers: [", "", "", "workers", "invalid-yaml"},
		{"in a file that holds no keys", "workers", "", "", "workers", "not-a-mapping"},
		{"without a key in files", "workers: [", "", "", "key", ""},
		{"in a group that is none", "net: 1", "", "", "tls-enable", "not-a-mapping"},
		{"in another group", "net: 1", "", "", "workers", ""},
		{"in a group given twice", "net: {}\nnet: {tls: {enable: true}}", "", "", "tls-enable", "duplicate-key no-address"},
	} {
		settings, problems := ask(r, k.file, strings.Fields(k.environ), strings.Fields(k.args)...)
		var got []string
		for _, p := range report.Explain(settings, problems, r.ByFlag(k.flag)).Problems {
			got = append(got, p.Code)
		}
		if s := strings.Join(got, " "); s != k.want {
			t.Errorf("%s: got %q, want %q", k.name, s, k.want)
		}
	}
}

// TestRefusedPart tells which part of a value was refused.
func TestRefusedPart(t *testing.T) {
	t.Parallel()
	r := build(t, false)
	settings, problems := ask(r, "links: [{name: a}, {name: b, colour: red}]\nworkers: -1\n", nil)
	for flag, want := range map[string]string{"links": "links[1]: an unknown key", "workers": "less than 0"} {
		lost := report.Explain(settings, problems, r.ByFlag(flag)).Lost
		if len(lost) != 1 || lost[0].Reason != want {
			t.Errorf("--%s: got %+v, want one refused as %q", flag, lost, want)
		}
		text := &strings.Builder{}
		if err := report.Explain(settings, problems, r.ByFlag(flag)).WriteText(text, report.Style{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text.String(), "what sets it is refused, and it has no default") {
			t.Errorf("--%s: it is not told that what sets it is refused:\n%s", flag, text)
		}
	}
}

// TestExplanationJSON holds what programs rely on.
func TestExplanationJSON(t *testing.T) {
	t.Parallel()
	r := build(t, true)
	settings, problems := ask(r, "x-name: &n other\nname: *n\nworkers: 9\n", []string{"TOY_KEY=hunter2", "TOY_WORKERS=x"}, "--listen=:1")
	for flag, want := range map[string]string{
		"name":    `other yaml [map[anchor:map[column:12 file:toy.yaml length:5 line:1 name:name offset:11 source:yaml] option:name place:map[column:7 file:toy.yaml length:2 line:2 name:name offset:23 source:yaml]]] []`,
		"workers": `9 yaml [map[option:workers place:map[column:10 file:toy.yaml length:1 line:3 name:workers offset:35 source:yaml]]] [map[option:workers place:map[name:TOY_WORKERS source:env] reason:not a whole number why:refused]]`,
		"http":    `:1 flag [map[option:listen place:map[arg:1 name:--listen source:flag] stands_for:true]] []`,
		"key":     `<nil> env [map[option:key place:map[name:TOY_KEY source:env]]] []`,
		"hosts":   `[x] default [] []`,
		"site":    `  [] []`,
	} {
		b, err := json.Marshal(report.Explain(settings, problems, r.ByFlag(flag)))
		if err != nil {
			t.Fatal(err)
		}
		var e struct {
			Current struct {
				Value  any
				Source string
			}
			Won, Lost []map[string]any
		}
		if err := json.Unmarshal(b, &e); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(e.Current.Value, " ", e.Current.Source, " ", e.Won, " ", e.Lost); got != want {
			t.Errorf("--%s: got\n%s, want\n%s", flag, got, want)
		}
	}
	text := &strings.Builder{}
	if err := report.Explain(settings, problems, r.ByFlag("name")).WriteText(text, report.Style{}); err != nil {
		t.Fatal(err)
	}
	if want := "  from toy.yaml:2:7 (name), an alias of what is at toy.yaml:1:12\n"; !strings.Contains(text.String(), want) {
		t.Errorf("no %q in\n%s", want, text)
	}
}

// TestCompare proposes one thing at a time.
func TestCompare(t *testing.T) {
	t.Parallel()
	r := build(t, true)
	const file = "workers: 9\n"
	before, had := ask(r, file, []string{"TOY_NAME=a", "TOY_KEY=x", "TOY_ITEMS=["}, "--items=q")
	for _, k := range []struct{ name, file, environ, args, want string }{
		{"nothing", file, "TOY_NAME=a TOY_KEY=x TOY_ITEMS=[", "--items=q", ""},
		{"a value", file, "TOY_NAME=b TOY_KEY=x TOY_ITEMS=[", "--items=q", "name a→b"},
		{"a secret", file, "TOY_NAME=a TOY_KEY=y TOY_ITEMS=[", "--items=q", "key →"},
		{"an addition to a list", file, "TOY_NAME=a TOY_KEY=x TOY_ITEMS=[", "--items=q --items=r", "items q→q,r"},
		{"the same from elsewhere", file, "TOY_NAME=a TOY_KEY=x TOY_ITEMS=[ TOY_WORKERS=9", "--items=q", "(workers yaml→env)"},
		{"a default", "name: c\n", "TOY_NAME=a TOY_KEY=x TOY_ITEMS=[", "--items=q", "workers 9→4 idle:toy.yaml:1:7"},
		{"a problem", file, "TOY_NAME=a TOY_KEY=x TOY_ITEMS=[", "--items=q --workers=x", "+invalid-value"},
		{"a spelling", file, "TOY_NAME=a TOY_KEY=x TOY_ITEMS=[", "--items=q --sender=root", "(mail-from default→flag) +deprecated"},
	} {
		after, has := ask(r, k.file, strings.Fields(k.environ), strings.Fields(k.args)...)
		d := report.Compare(before, after, had, has)
		var got []string
		for _, c := range d.Changes {
			got = append(got, c.Option.Flag+" "+c.Before.Text+"→"+c.After.Text)
		}
		for _, c := range d.Moved {
			got = append(got, "("+c.Option.Flag+" "+c.Before.Source.String()+"→"+c.After.Source.String()+")")
		}
		for _, i := range d.Idle {
			got = append(got, "idle:"+i.Origin.String())
		}
		for _, p := range d.Added {
			got = append(got, "+"+p.Code)
		}
		for _, p := range d.Removed {
			got = append(got, "-"+p.Code)
		}
		if s := strings.Join(got, " "); s != k.want || d.Empty() != (k.want == "") {
			t.Errorf("%s: got %q, want %q", k.name, s, k.want)
		}
		back := report.Compare(after, before, has, had)
		if len(back.Changes) != len(d.Changes) || len(back.Added) != len(d.Removed) || len(back.Removed) != len(d.Added) {
			t.Errorf("%s: the way back is not as long", k.name)
		}
	}
}

// A place ends where the value does, so the end of a secret would tell how
// long it is.
func TestPlacesOfSecretsHaveNoLength(t *testing.T) {
	t.Parallel()
	r := build(t, true)
	for _, k := range []struct {
		flag string
		want bool
	}{{"name", true}, {"key", false}, {"links", false}, {"site", false}} {
		at := option.Origin{Source: option.SourceEnv, Name: "TOY", In: "a.env", Span: option.Span{Line: 1, Column: 5, Offset: 4, Length: 9}}
		if got := report.PlaceOf(at, r.ByFlag(k.flag)).Length != nil; got != k.want {
			t.Errorf("the place of --%s has a length: %v, want %v", k.flag, got, k.want)
		}
	}
	if report.Measured(nil) {
		t.Error("what belongs to no option has a length, and may be a secret")
	}
}
