package kind_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func TestRegexp(t *testing.T) {
	t.Parallel()
	v := kind.RegexpOf(new(kind.Regexp))
	for _, s := range []string{"", ".*", `^a\n(?P<x>b|c){2,5}$`, `(?i)\pL+`, "a{1000}", "é"} {
		r, err := decode[kind.Regexp](v, s)
		if err != nil || v.Text(&r) != s || r.IsSet() != (s != "") {
			t.Errorf("%q: got %q, %v", s, v.Text(&r), err)
		}
	}
	for _, s := range []string{"(", "a**", "[", `\8`, "(?=a)", "a{1001}"} {
		checkBad[kind.Regexp](t, v, []bad{{s, "not a regular expression", ""}})
	}
	if _, err := kind.ParseRegexp("("); err == nil {
		t.Error("a parenthesis: got no fault")
	}
	r, err := kind.ParseRegexp("^adm")
	if err != nil || !r.MatchString("admins") || r.MatchString("users") || (kind.Regexp{}).MatchString("") {
		t.Errorf("got a wrong match, or %v", err)
	}
}

// hostileRegexps cost much time or memory in a compiler without bounds.
var hostileRegexps = map[string]string{
	"long":          strings.Repeat("a", 5000),
	"nested":        strings.Repeat("(", 1500) + "a" + strings.Repeat(")", 1500),
	"repeats":       strings.Repeat("a{1000}", 580),
	"product":       "((a{100}){10}){10}",
	"many options":  strings.Repeat("(a?){900}", 400),
	"classes":       "[" + strings.Repeat(`\pL`, 1300) + "]",
	"negations":     strings.Repeat(`[^\PL]`, 600),
	"class repeats": strings.Repeat(`(?i)\pL{500}`, 64),
	"alternatives":  strings.Repeat("(a|b|c|d|e){999}", 200),
	"empty repeats": strings.Repeat("(){1000}", 500),
	"deep repeats":  strings.Repeat("(?:", 300) + "a" + strings.Repeat("{2})", 300),
	// Its size is too large for 64 bits.
	"a product without end": strings.Repeat("(?:", 64) + strings.Repeat("a{1000}", 400) + strings.Repeat("){1}", 64),
}

func TestRegexpIsBounded(t *testing.T) {
	t.Parallel()
	v := kind.RegexpOf(new(kind.Regexp))
	for name, s := range hostileRegexps {
		bounded(t, 500*time.Millisecond, name, func() {
			if _, err := decode[kind.Regexp](v, s); err == nil {
				t.Errorf("%s: got no fault", name)
			}
		})
	}
}

func TestRegexpJSON(t *testing.T) {
	t.Parallel()
	r, err := kind.ParseRegexp(`a"`)
	if err != nil {
		t.Fatal(err)
	}
	v := kind.RegexpOf(&r)
	if got := string(v.AppendJSON(nil, &r, option.ShapeFull)); got != `{"pattern":"a\""}` {
		t.Errorf("full: got %s", got)
	}
	if got := string(v.AppendJSON(nil, &r, option.ShapeCompact)); got != `"a\""` {
		t.Errorf("compact: got %s", got)
	}
	if b, err := json.Marshal(struct{ R kind.Regexp }{r}); err != nil || string(b) != `{"R":"a\""}` {
		t.Errorf("got %s, %v", b, err)
	}
}
