package kind_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/strataconf/strata/option/kind"
)

func stringRules() []kind.Rule[string] {
	return []kind.Rule[string]{
		kind.NotEmpty(), kind.NoBreaks(), kind.NoSpace(), kind.NoLeadingDot(), kind.CIDR(), kind.HeaderName(), kind.UUID(),
		kind.Base64Key32(), kind.KeyValue(), kind.DailyCron(), kind.RE2(), slug(),
	}
}

func slug() kind.Rule[string] {
	return kind.Matches(regexp.MustCompile(`^[^/]+/[^/]+$`), "an organization and a team: org/slug")
}

func TestStringRules(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("A", 43) + "="
	for name, c := range map[string]struct {
		rule      kind.Rule[string]
		good, bad []string
	}{
		"not empty":    {kind.NotEmpty(), []string{"a", " "}, []string{""}},
		"no breaks":    {kind.NoBreaks(), []string{"a b", ""}, []string{"a\nb", "a\r", "\x00"}},
		"no space":     {kind.NoSpace(), []string{"a.b"}, []string{"a b", "a\tb", "a\nb", "a\u00a0b", "a\u2028"}},
		"leading dot":  {kind.NoLeadingDot(), []string{"a.b"}, []string{".a"}},
		"cidr":         {kind.CIDR(), []string{"10.0.0.0/8", "::/0", "10.1.2.3/32"}, []string{"10.0.0.1", "10.0.0.0/33", "x/8", "10.0.0.0/08", ""}},
		"header":       {kind.HeaderName(), []string{"X-Real-IP", "a_b"}, []string{"", "a b", "a:", "é", "a\n"}},
		"uuid":         {kind.UUID(), []string{"6ba7b810-9dad-11d1-80b4-00c04fd430c8"}, []string{"", "6ba7b8109dad11d180b400c04fd430c8", "6ba7b810-9dad-11d1-80b4-00c04fd430cg"}},
		"key":          {kind.Base64Key32(), []string{key}, []string{"", "AAAA", key + "\n", key[:43], strings.Repeat("A", 44), "!" + key[1:]}},
		"key value":    {kind.KeyValue(), []string{"a=b", "a b", "a="}, []string{"", "a", "=b", " b"}},
		"matches":      {slug(), []string{"a/b"}, []string{"a", "a/b/c", "/b"}},
		"re2":          {kind.RE2(), []string{"", "a.*", ".*"}, []string{"(", "a**", `(?=x)`, strings.Repeat("(", 1500) + strings.Repeat(")", 1500)}},
		"cron, bare":   {kind.DailyCron(), []string{"0 0 * * *", "59 23 * * *", "05 07 * * *"}, []string{"60 0 * * *", "0 24 * * *", "* 0 * * *", "0 0 1 * *", "0 0 * * 1", "0 0 * *"}},
		"cron, zoned":  {kind.DailyCron(), []string{"CRON_TZ=UTC 0 0 * * *", "TZ=America/St_Johns 30 1 * * *"}, []string{"CRON_TZ= 0 0 * * *", "CRON_TZ=../etc 0 0 * * *", "X=UTC 0 0 * * *"}},
		"cron, spaces": {kind.DailyCron(), nil, []string{" 0 0 * * *", "0 0 * * *\n", "0\t0 * * *", "@daily", "0 0/2 * * *", "-1 0 * * *"}},
	} {
		if c.rule.Text == "" {
			t.Errorf("%s: got no text", name)
		}
		for _, s := range c.good {
			if f := c.rule.Check(s); f != nil {
				t.Errorf("%s %q: got %v, want no fault", name, s, f)
			}
		}
		for _, s := range c.bad {
			if c.rule.Check(s) == nil {
				t.Errorf("%s %q: got no fault", name, s)
			}
		}
	}
}
