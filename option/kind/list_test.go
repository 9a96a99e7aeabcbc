package kind_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func TestStringsText(t *testing.T) {
	t.Parallel()
	v := kind.Strings(new([]string))
	checkGood(t, v, []good[[]string]{
		{"", nil, ""},
		{`""`, []string{""}, `""`},
		{"a", []string{"a"}, "a"},
		{"a,b", []string{"a", "b"}, "a,b"},
		{"a,", []string{"a", ""}, "a,"},
		{",", []string{"", ""}, ","},
		{" a, b", []string{" a", " b"}, " a, b"},
		{`"a,b",c`, []string{"a,b", "c"}, `"a,b",c`},
		{`"say ""hi"""`, []string{`say "hi"`}, `"say ""hi"""`},
		{`"a"`, []string{"a"}, "a"},
		{"é,\t", []string{"é", "\t"}, "é,\t"},
	})
	checkBad[[]string](t, v, []bad{
		{"a\nb", "line break", "separate items with commas"},
		{"a,b\r\n", "line break", "remove the line break at its end"},
		{"a\rb", "line break", ""},
		{`"a` + "\n" + `b"`, "line break", ""},
		{`a"b`, "a quote inside an item", "double"},
		{`"a`, "never closed", ""},
		{`"a"b`, "behind a closing quote", ""},
		{`"a" ,b`, "behind", ""},
	})
	if f := fault(t, v.Decode(new([]string), option.RawText(`a,b"c`))); f.Item != "[1]" {
		t.Errorf("got the item %q, want [1]", f.Item)
	}
}

func TestStringsTree(t *testing.T) {
	t.Parallel()
	v := kind.Strings(new([]string))
	got, err := decodeTree[[]string](v, seq(text("a,b"), text(`"q"`), text("")))
	if want := []string{"a,b", `"q"`, ""}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if got, err := decodeTree[[]string](v, seq()); err != nil || got != nil {
		t.Errorf("empty sequence: got %q, %v, want nil", got, err)
	}
	if got, err := decodeTree[[]string](v, text("a,b")); err != nil || len(got) != 2 {
		t.Errorf("a scalar: got %q, %v, want one record", got, err)
	}
	for name, c := range map[string]option.Tree{
		"null": null(), "list": seq(), "mapping": mapping(), "line break": text("a\nb"), "NUL": text("\x00"),
	} {
		_, err := decodeTree[[]string](v, seq(text("ok"), line(7, c)))
		if f := fault(t, err); f.Item != "[1]" || f.Span.Line != 7 {
			t.Errorf("%s: got %+v, want item [1] on line 7", name, f)
		}
	}
}

func TestListAppend(t *testing.T) {
	t.Parallel()
	v := kind.Strings(new([]string), kind.NoSpace())
	add := v.(option.Lister)
	var got []string
	for _, c := range []struct {
		text string
		want []string
	}{
		{"a", []string{"a"}}, {"b,c", []string{"a", "b", "c"}}, {"d e", []string{"a", "b", "c"}}, {"", nil}, {"x", []string{"x"}},
	} {
		err := add.Append(&got, option.RawText(c.text))
		if !slices.Equal(got, c.want) || (err != nil) != strings.Contains(c.text, " ") {
			t.Errorf("after %q: got %q, %v, want %q", c.text, got, err, c.want)
		}
	}
	var secrets kind.Secrets
	hidden := kind.SecretsOf(&secrets)
	for _, s := range []string{"a", "b"} {
		if err := hidden.(option.Lister).Append(&secrets, option.RawText(s)); err != nil {
			t.Fatal(err)
		}
	}
	if got := secrets.Reveal(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("secrets: got %q, want a and b", got)
	}
}

func TestListOfRules(t *testing.T) {
	t.Parallel()
	v := kind.Enums(new([]string), "includeSubDomains", "preload")
	checkGood(t, v, []good[[]string]{{"INCLUDESUBDOMAINS,preload", []string{"includeSubDomains", "preload"}, "includeSubDomains,preload"}})
	f := fault(t, v.Decode(new([]string), option.RawText("preload,prelaod")))
	if f.Item != "[1]" || f.Hint != "did you mean preload?" {
		t.Errorf("got %+v, want a hint at [1]", f)
	}
	_, err := decodeTree[[]string](kind.Strings(new([]string), kind.CIDR()), seq(text("10.0.0.0/8"), line(3, text("10.0.0.1"))))
	if f := fault(t, err); f.Item != "[1]" || f.Span.Line != 3 {
		t.Errorf("got %+v, want item [1] on line 3", f)
	}
	_, err = decodeTree[[]string](kind.Strings(new([]string), kind.CIDR()), text("10.0.0.0/8,10.0.0.1"))
	if f := fault(t, err); f.Item != "[1]" {
		t.Errorf("a record: got %+v, want item [1]", f)
	}
	if got := kind.Strings(new([]string), kind.CIDR()).Traits().Rules; len(got) != 1 {
		t.Errorf("got the rules %q, want one", got)
	}
}

func TestListCopyAndJSON(t *testing.T) {
	t.Parallel()
	v := kind.Strings(new([]string))
	src, dst := []string{"a", "b"}, []string(nil)
	v.Copy(&dst, &src)
	dst[0] = "changed"
	if src[0] != "a" {
		t.Error("a copy shares its items with the original")
	}
	empty := []string(nil)
	v.Copy(&dst, &empty)
	if dst != nil {
		t.Errorf("copy of nil: got %q", dst)
	}
	if got := string(v.AppendJSON(nil, &src, option.ShapeFull)); got != `["a","b"]` {
		t.Errorf("got %s", got)
	}
	if got := string(v.AppendJSON(nil, &empty, option.ShapeFull)); got != `[]` {
		t.Errorf("nil: got %s, want []", got)
	}
	if v.Redact(&src) || !reflect.DeepEqual(src, []string{"a", "b"}) {
		t.Error("a plain list was redacted")
	}
}
