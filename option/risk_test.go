package option_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

func TestRiskHas(t *testing.T) {
	t.Parallel()
	short := func(text string) bool { return len(text) < 3 }
	for _, c := range []struct {
		risk option.Risk
		text string
		want bool
	}{
		{option.Risk{Value: "true"}, "true", true},
		{option.Risk{Value: "true"}, "false", false},
		{option.Risk{Value: ""}, "", true},
		{option.Risk{Is: short}, "ab", true},
		{option.Risk{Is: short, Value: "abc"}, "abc", false},
		{option.Risk{OpenFile: true}, "/etc/key", true},
		{option.Risk{OpenFile: true}, "", false},
	} {
		if got := c.risk.Has(c.text); got != c.want {
			t.Errorf("%+v of %q: got %v, want %v", c.risk.Value, c.text, got, c.want)
		}
	}
}

func TestNormal(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, c := range []struct {
		flag, text, want string
		ok               bool
	}{
		{"wait", "60s", "1m0s", true},
		{"wait", "soon", "", false},
		{"tls-ciphers", `"a",b`, "a,b", true},
	} {
		got, ok := r.ByFlag(c.flag).Normal(option.RawText(c.text))
		if got != c.want || ok != c.ok {
			t.Errorf("--%s %s: got %q, %v, want %q, %v", c.flag, c.text, got, ok, c.want, c.ok)
		}
	}
}

// TestDefaultText holds that a default is told in the spelling of its kind, by
// every row of its field.
func TestDefaultText(t *testing.T) {
	t.Parallel()
	r := build(t)
	for flag, want := range map[string]string{"wait": "1m0s", "mail-from": "me", "sender": "me", "url": "none"} {
		got, ok := r.ByFlag(flag).DefaultText()
		if !ok {
			got = "none"
		}
		if strings.TrimSpace(got) != want {
			t.Errorf("--%s: got %q, want %q", flag, got, want)
		}
	}
}
