package kind_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// What rules say to people and to schemas.
func TestLimits(t *testing.T) {
	t.Parallel()
	breaks := `no line breaks /^[^\r\n\x00]*$/`
	for _, k := range []struct {
		name string
		v    option.Value
		want []string
	}{
		{"none", kind.Int(new(int64)), nil},
		{"bounds", kind.Int(new(int64), kind.Min[int64](-3), kind.Max[int64](5)), []string{"at least -3 from -3", "at most 5 to 5"}},
		{"not negative", kind.Duration(new(duration), kind.NonNegative[duration]()), []string{"not negative from 0"}},
		{"positive", kind.Int(new(int64), kind.Positive[int64]()), []string{"more than zero from 1"}},
		{"text", kind.String(new(string), kind.NoBreaks()), []string{breaks}},
		{"list", kind.Strings(new([]string), kind.NoBreaks()), []string{breaks}},
		{"secret", kind.SecretOf(new(kind.Secret), kind.NoBreaks()), []string{breaks}},
		{"secrets", kind.SecretsOf(new(kind.Secrets), kind.NoBreaks()), []string{breaks}},
		{"schemes", kind.URLText(new(string), kind.Schemes("http", "git+ssh")), []string{"a URL", `the scheme is http or git+ssh /^(?:http|git\+ssh):///`}},
		{"words alone", kind.String(new(string), kind.RE2()), nil},
	} {
		var got []string
		for _, l := range k.v.Traits().Limits {
			s := l.Text
			if l.Pattern != "" && l.Text != "a URL" {
				s += " /" + l.Pattern + "/"
			}
			if l.Least != nil {
				s += fmt.Sprint(" from ", *l.Least)
			}
			if l.Most != nil {
				s += fmt.Sprint(" to ", *l.Most)
			}
			got = append(got, s)
		}
		if strings.Join(got, "; ") != strings.Join(k.want, "; ") {
			t.Errorf("%s: got %q, want %q", k.name, got, k.want)
		}
	}
}

// A schema gets an expression only where it means the same to everybody.
func TestMatchesIsPortable(t *testing.T) {
	t.Parallel()
	for re, portable := range map[string]bool{
		"^a b~$": true, `(?:a|b)\.[ !-~]`: true, `(a)\d`: true, "": true,
		`\Aa`: false, `a\z`: false, `\Qa\E`: false, `\a`: false, `\pL`: false, `\PL`: false, `\x{41}`: false, "[[:alpha:]]": false,
		"(?i)a": false, "(?P<n>a)": false, "é": false, "a\tb": false, "a\x7f": false,
	} {
		want := ""
		if portable {
			want = re
		}
		if got := kind.Matches(regexp.MustCompile(re), "so").Pattern; got != want {
			t.Errorf("%q: got the pattern %q, want %q", re, got, want)
		}
	}
}

// What schemas are told of a structured value.
func TestForm(t *testing.T) {
	t.Parallel()
	type part struct {
		On    bool              `json:"on"`
		Wait  duration          `json:"wait"`
		Small int8              `json:"small"`
		Large int64             `json:"large"`
		Name  string            `json:"name" required:"true"`
		Key   kind.Secret       `json:"key"`
		Keys  kind.Secrets      `json:"keys"`
		Link  string            `json:"link" url:"redact"`
		Free  string            `json:"free" url:"public"`
		Links []string          `json:"links" url:"redact"`
		Words map[string]string `json:"words"`
		IDs   []id              `json:"ids"`
		Sub   []struct {
			A string `json:"a"`
		} `json:"sub"`
	}
	const want = `{on bool; wait duration; small int -128 to 127; large int -9223372036854775808 to 9223372036854775807; name! text; key text;` +
		` keys list of text ^[^\r\n\x00]*$; link text URL; free text; links list of text URL; words map of text; ids list of other; sub list of {a text}}`
	if got := told(kind.Struct(new(part)).Traits().Form); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

// told puts a form into words.
func told(f *option.Form) string {
	switch f.Kind {
	case option.FormText:
		if strings.Contains(f.Pattern, "://") {
			return "text URL"
		}
		return strings.TrimSpace("text " + f.Pattern)
	case option.FormOther:
		return "other" + f.Pattern
	case option.FormBool:
		return "bool"
	case option.FormInt:
		return fmt.Sprint("int ", f.Least, " to ", f.Most)
	case option.FormDuration:
		return "duration"
	case option.FormList:
		return "list of " + told(f.Elem)
	case option.FormMap:
		return "map of " + told(f.Elem)
	}
	var members []string
	for _, m := range f.Members {
		mark := ""
		if m.Required {
			mark = "!"
		}
		members = append(members, m.Key+mark+" "+told(m.Form))
	}
	return "{" + strings.Join(members, "; ") + "}"
}
