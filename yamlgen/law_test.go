package yamlgen_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// lawTexts are values of each option of the toy that need care in a file.
var lawTexts = map[string][]string{
	"workers": {"0", "7", "9223372036854775807"}, "wait": {"0s", "1h30m0s"}, "tls-enable": {"true", "false"}, "port": {"-1", "0"},
	"name":        {"", "~", "null", "true", "0600", "a: b", "# c", "- d", " e ", "f\ng\n", "\t", "é\u2028", "'", `"`, `\`, "&x", "*x", "!x", "%x", "|", ">", "<<", "---", "..."},
	"labels":      {"{}", `{"": ""}`, `{"a: b": "# c", "~": "null"}`, `{"k": "line\nbreak"}`},
	"links":       {"[]", `[{"name": "a", "target": "b"}]`, `[{"name": "- a", "target": "{b"}, {"name": "", "target": "x"}]`},
	"tls-ciphers": {"", "a", `"a,b",,~`, "'"}, "tls-address": {":1", "[::1]:2"}, "mail-from": {"", "me"}, "sender": {"old"}, "site": {"", "https://a.test/x?y#z"}, "hidden": {"x"},
}

// TestWriteLaw draws settings: the file that is written of them gives the same
// ones when it is read, and is then written the same to the byte.
func TestWriteLaw(t *testing.T) {
	t.Parallel()
	r := build(t)
	rapid.Check(t, func(t *rapid.T) {
		var in option.Layer
		in.Source = option.SourceFlag
		for o := range r.All() {
			texts := lawTexts[o.Flag]
			if len(texts) == 0 || !rapid.Bool().Draw(t, o.Flag) {
				continue
			}
			text := rapid.SampledFrom(texts).Draw(t, "text of "+o.Flag)
			raw := option.RawText(text)
			if o.Value.Traits().Struct {
				tree, fault := yamlgen.Tree(text)
				if fault != nil {
					t.Fatal(fault)
				}
				raw = option.RawTree(&tree)
			}
			in.Inputs = append(in.Inputs, option.Input{Option: o, Origin: option.Origin{Source: option.SourceFlag, Name: "--" + o.Flag}, Raw: raw})
		}
		first, problems := r.Resolve([]option.Layer{in})
		if problems.Err() != nil {
			return // a value that its kind refuses
		}
		write := func(s *option.Snapshot[toy]) string {
			var out bytes.Buffer
			if left, err := yamlgen.Write(&out, s.Redact()); err != nil || len(left) > 0 && s.View().Site.String() == "" {
				t.Fatalf("left out %v, %v", left, err)
			}
			return out.String()
		}
		text := write(first)
		if strings.Contains(text, "\n#") && strings.Contains(text, "Withheld") {
			return // a query is withheld, so less is read back
		}
		again, problems := r.Resolve([]option.Layer{yamlgen.Parse(r.Catalog, "f", text, yamlgen.Limits{})})
		if problems.Err() != nil {
			t.Fatalf("%v in\n%s", problems.Err(), text)
		}
		if got, want := again.Values(), first.Values(); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, want %+v by\n%s", got, want, text)
		}
		if second := write(again); second != text {
			t.Fatalf("written again:\n%s\nwant\n%s", second, text)
		}
	})
}
