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

// uuid returns a UUID with one sign of it changed.
func uuid(sign byte) string { return "6ba7b81" + string(sign) + "-9dad-11d1-80b4-00c04fd430c8" }

// daily returns a line of cron with a zone of n letters.
func daily(n int) string { return "TZ=" + strings.Repeat("a", n) + " 0 0 * * *" }

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
		"header":       {kind.HeaderName(), []string{"X-Real-IP", "a_b", "azAZ09"}, []string{"", "a b", "a:", "é", "a\n"}},
		"uuid":         {kind.UUID(), []string{"6ba7b810-9dad-11d1-80b4-00c04fd430c8", uuid('0'), uuid('9'), uuid('a'), uuid('f'), uuid('A'), uuid('F')}, []string{"", "6ba7b8109dad11d180b400c04fd430c8"}},
		"uuid, signs":  {kind.UUID(), nil, []string{uuid('/'), uuid(':'), uuid('@'), uuid('G'), uuid('`'), uuid('g'), uuid('-'), "6ba7b810a9dad-11d1-80b4-00c04fd430c8"}},
		"key":          {kind.Base64Key32(), []string{key}, []string{"", "AAAA", key + "\n", key[:43], strings.Repeat("A", 44), "!" + key[1:], key + "!", key[:42] + "B="}},
		"key value":    {kind.KeyValue(), []string{"a=b", "a b", "a="}, []string{"", "a", "=b", " b"}},
		"matches":      {slug(), []string{"a/b"}, []string{"a", "a/b/c", "/b"}},
		"re2":          {kind.RE2(), []string{"", "a.*", ".*"}, []string{"(", "a**", `(?=x)`, strings.Repeat("(", 1500) + strings.Repeat(")", 1500)}},
		"cron, bare":   {kind.DailyCron(), []string{"0 0 * * *", "59 23 * * *", "05 07 * * *"}, []string{"60 0 * * *", "0 24 * * *", "* 0 * * *", "0 0 1 * *", "0 0 * 1 *", "0 0 * * 1", "0 0 * *", "001 0 * * *"}},
		"cron, zoned":  {kind.DailyCron(), []string{"CRON_TZ=UTC 0 0 * * *", "TZ=America/St_Johns 30 1 * * *", daily(64)}, []string{"CRON_TZ= 0 0 * * *", "CRON_TZ=../etc 0 0 * * *", "X=UTC 0 0 * * *"}},
		"cron, zones":  {kind.DailyCron(), nil, []string{"UTC 0 0 * * *", "TZ=/etc 0 0 * * *", "TZ=a:b 0 0 * * *", daily(65)}},
		"cron, spaces": {kind.DailyCron(), nil, []string{" 0 0 * * *", "0 0 * * *\n", "0\t0 * * *", "@daily", "0 0/2 * * *", "-1 0 * * *"}},
	} {
		if c.rule.Text == "" {
			t.Errorf("%s: got no text", name)
		}
		pattern := regexp.MustCompile(c.rule.Pattern)
		for _, s := range c.good {
			if f := c.rule.Check(s); f != nil {
				t.Errorf("%s %q: got %v, want no fault", name, s, f)
			}
		}
		for _, s := range c.bad {
			if c.rule.Check(s) == nil {
				t.Errorf("%s %q: got no fault", name, s)
			}
			if c.rule.Pattern != "" && pattern.MatchString(s) {
				t.Errorf("%s %q: the pattern allows it, the rule does not", name, s)
			}
		}
	}
}
