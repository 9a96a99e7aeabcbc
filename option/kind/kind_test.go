package kind_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// canary is what tests plant where a fault might show it.
const canary = "CANARY7f3a91be"

func decode[F any](v option.Value, text string) (F, error) {
	var f F
	err := v.Decode(&f, option.RawText(text))
	return f, err
}

func decodeTree[F any](v option.Value, t option.Tree) (F, error) {
	var f F
	err := v.Decode(&f, option.RawTree(&t))
	return f, err
}

func fault(t *testing.T, err error) *option.Fault {
	t.Helper()
	var f *option.Fault
	if !errors.As(err, &f) || f == nil {
		t.Fatalf("got the error %v, want a fault", err)
	}
	return f
}

// good says what a text reads as, and what that value is written as.
type good[F any] struct {
	text string
	want F
	back string
}

// bad says with which words a text is refused.
type bad struct{ text, reason, hint string }

func checkGood[F any](t *testing.T, v option.Value, cases []good[F]) {
	t.Helper()
	for _, c := range cases {
		got, err := decode[F](v, c.text)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %q: got %v, %v, want %v", v.Type(), c.text, got, err, c.want)
			continue
		}
		if back := v.Text(&got); back != c.back {
			t.Errorf("%s %q: written as %q, want %q", v.Type(), c.text, back, c.back)
		}
	}
}

// checkBad also sees to it that a refused text leaves the field alone.
func checkBad[F any](t *testing.T, v option.Value, cases []bad) {
	t.Helper()
	for _, c := range cases {
		var got, zero F
		err := v.Decode(&got, option.RawText(c.text))
		if err == nil {
			t.Errorf("%s %q: got %v, want a fault", v.Type(), c.text, got)
			continue
		}
		f := fault(t, err)
		if !strings.Contains(f.Reason, c.reason) || !strings.Contains(f.Hint, c.hint) {
			t.Errorf("%s %q: got %q, want %q with the hint %q", v.Type(), c.text, f, c.reason, c.hint)
		}
		if !reflect.DeepEqual(got, zero) {
			t.Errorf("%s %q: the field holds %v after a fault, want it untouched", v.Type(), c.text, got)
		}
	}
}

func text(s string) option.Tree {
	return option.Tree{Kind: option.Scalar, Scalar: option.RawText(s)}
}

func null() option.Tree { return option.Tree{Kind: option.Null} }

func seq(items ...option.Tree) option.Tree {
	return option.Tree{Kind: option.Sequence, Items: items}
}

// mapping takes keys and items in turn.
func mapping(pairs ...any) option.Tree {
	t := option.Tree{Kind: option.Mapping}
	for i := 0; i < len(pairs); i += 2 {
		t.Keys = append(t.Keys, text(pairs[i].(string)))
		t.Items = append(t.Items, pairs[i+1].(option.Tree))
	}
	return t
}

func line(n int32, t option.Tree) option.Tree {
	t.Span = option.Span{Line: n, Column: 1}
	return t
}

// everyKind is one value of each kind, on fields that nothing reads.
func everyKind() []option.Value {
	return []option.Value{
		kind.String(new(string)), kind.Int(new(int64)), kind.Bool(new(bool)), kind.Duration(new(duration)),
		kind.Enum(new(string), "red", "green"), kind.Choice(new(string), "red", "green"),
		kind.Strings(new([]string)), kind.Enums(new([]string), "red", "green"), kind.Files(new([]string)),
		kind.URLOf(new(kind.URL)), kind.URLText(new(string)), kind.AddressOf(new(kind.HostPort)),
		kind.AddressText(new(string)), kind.RegexpOf(new(kind.Regexp)), kind.SecretOf(new(kind.Secret)),
		kind.SecretsOf(new(kind.Secrets)), kind.Struct(new([]link)), kind.Struct(new(map[string]string)),
		kind.ConfigPath(new(string)), kind.File(new(string)), kind.Text(new(level)),
	}
}

func TestTypeAndField(t *testing.T) {
	t.Parallel()
	var s string
	var a kind.HostPort
	for _, c := range []struct {
		value option.Value
		name  string
		field any
	}{
		{kind.String(&s), "string", &s},
		{kind.Enum(&s, "a"), "string", &s},
		{kind.Choice(&s, "a"), "enum", &s},
		{kind.URLText(&s), "string", &s},
		{kind.ConfigPath(&s), "yaml-config-path", &s},
		{kind.AddressOf(&a), "host:port", &a},
		{kind.Text(new(level)), "level", nil},
		{kind.Text(new(shade)), "text", nil},
	} {
		if got := c.value.Type(); got != c.name {
			t.Errorf("got the type %q, want %q", got, c.name)
		}
		if c.field != nil && c.value.Field() != c.field {
			t.Errorf("%s: got another field", c.name)
		}
	}
}

func TestTraits(t *testing.T) {
	t.Parallel()
	traits := kind.Duration(new(duration), kind.NonNegative[duration](), kind.Max[duration](60e9)).Traits()
	if got, want := strings.Join(traits.Rules, "; "), "not negative; at most 1m0s"; got != want {
		t.Errorf("rules: got %q, want %q", got, want)
	}
	if traits.Annotations["format_duration"] != "true" {
		t.Errorf("annotations: got %v, want format_duration", traits.Annotations)
	}
	for _, v := range []option.Value{kind.SecretOf(new(kind.Secret)), kind.SecretsOf(new(kind.Secrets))} {
		if !v.Traits().Secret || v.Traits().Annotations["secret"] != "true" {
			t.Errorf("%s: got %+v, want a secret", v.Type(), v.Traits())
		}
	}
	if got := kind.Struct(new([]link)).Traits().Keys; strings.Join(got, " ") != "name target icon location" {
		t.Errorf("keys: got %q", got)
	}
	if kind.Struct(new(map[string]string)).Traits().Keys != nil {
		t.Error("keys of a map: got some, want nil")
	}
}

// EmptyText is a promise about Decode.
func TestEmptyText(t *testing.T) {
	t.Parallel()
	for _, v := range everyKind() {
		err := v.Decode(v.Field(), option.RawText(""))
		if v.Traits().EmptyText != (err == nil) {
			t.Errorf("%s: EmptyText is %v, and empty text gives %v", v.Type(), v.Traits().EmptyText, err)
		}
	}
}

func TestTreesWhereTextBelongs(t *testing.T) {
	t.Parallel()
	for _, v := range everyKind() {
		for _, tree := range []option.Tree{line(4, null()), line(4, mapping("a", seq(seq()))), line(4, seq(seq(text("x"))))} {
			f := fault(t, v.Decode(v.Field(), option.RawTree(&tree)))
			if f.Span.Line != 4 && f.Item == "" {
				t.Errorf("%s: got %+v, want the place of the tree", v.Type(), f)
			}
		}
	}
}

func TestTextThatNoKindHolds(t *testing.T) {
	t.Parallel()
	for _, v := range everyKind() {
		for _, s := range []string{"a\x00b", "a\xffb", "\xed\xa0\x80"} {
			if err := v.Decode(v.Field(), option.RawText(s)); err == nil {
				t.Errorf("%s %q: got no fault", v.Type(), s)
			}
			if tree := seq(text(s)); v.Traits().List && v.Decode(v.Field(), option.RawTree(&tree)) == nil {
				t.Errorf("%s [%q]: got no fault", v.Type(), s)
			}
		}
	}
}

// Whatever stands where a value belongs, no fault shows it.
func TestFaultsHoldNoValue(t *testing.T) {
	t.Parallel()
	shapes := []string{
		"%", `"%`, `"%"x`, "%\n", "%\r", " %", "'%'", "a,%\n", "https://u:%@h:99999999/", "h:%", "%:99999", "[%]:80", "(%", "%{2000}",
		`{"%":`, `{"%":1,"%":2}`, `[{"%":1}]`, `[{"name":["%"]}]`, `[{"name":"%"}]`, `[{"target":"%","name":null}]`, "%\x00", "%\xff",
		"9%", "1h%", "tru%", "-%", "https://h/?%\x7f", "mailto:%@h", `["%"]`, `"%" x`, `{"k":["%"]}`, `[{"name":"n","target":"http://%:99999"}]`,
	}
	values := everyKind()
	values = append(values, strictKinds()...)
	for _, v := range values {
		for _, s := range shapes {
			s = strings.ReplaceAll(s, "%", canary)
			single, several := seq(text(s)), mapping(s, text(s), s, seq(text(s)))
			for _, raw := range []option.Raw{option.RawText(s), option.RawTree(&single), option.RawTree(&several)} {
				err := v.Decode(v.Field(), raw)
				if err != nil && strings.Contains(strings.ToUpper(err.Error()), "CANARY") {
					t.Errorf("%s %q: the fault shows it: %v", v.Type(), s, err)
				}
			}
		}
	}
}

// strictKinds have every rule that looks into text.
func strictKinds() []option.Value {
	var out []option.Value
	for _, r := range stringRules() {
		out = append(out, kind.String(new(string), r), kind.Strings(new([]string), r), kind.SecretsOf(new(kind.Secrets), r))
	}
	return append(out, kind.URLOf(new(kind.URL), kind.Schemes("http", "https"), kind.NeedHost(), kind.NoCredentials(), kind.NoQuery()))
}
