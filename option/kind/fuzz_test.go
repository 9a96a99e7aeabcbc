package kind_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// fuzz holds what is true of any text that a kind is given: it is refused
// without being shown, or it settles after one step.
func fuzz[F any](f *testing.F, v option.Value, seeds ...string) {
	for _, s := range append(seeds, "", "\x00", "\xff", "a\n", "'x'", "null") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got F
		var err error
		bounded(t, time.Second, len(text), func() { got, err = decode[F](v, text) })
		if err != nil {
			// Twelve bytes can't be in our own words by chance.
			if f := fault(t, err); len(text) >= 12 && strings.Contains(f.Error(), text) {
				t.Fatalf("the fault shows the value: %v", f)
			}
			return
		}
		once := v.Text(&got)
		again, err := decode[F](v, once)
		if err != nil || !reflect.DeepEqual(again, got) || v.Text(&again) != once {
			t.Fatalf("%q: written as %q, which reads as %q, %v", text, once, v.Text(&again), err)
		}
		again, err = decodeTree[F](v, v.Tree(&got))
		if err != nil || !reflect.DeepEqual(again, got) {
			t.Fatalf("%q: as a tree it reads as %q, %v", text, v.Text(&again), err)
		}
		var clean F
		v.Copy(&clean, &got)
		v.Redact(&clean)
		for _, shape := range []option.Shape{option.ShapeFull, option.ShapeCompact} {
			b := v.AppendJSON(nil, &got, shape)
			if !json.Valid(b) {
				t.Fatalf("%q: %s is not JSON", text, b)
			}
			// JSON withholds by itself all that redaction removes.
			if c := v.AppendJSON(nil, &clean, shape); string(c) != string(b) {
				t.Fatalf("%q: %s before redaction, %s after it", text, b, c)
			}
		}
		if v.Redact(&clean) {
			t.Fatalf("%q: a second redaction removed something", text)
		}
	})
}

func FuzzBool(f *testing.F) { fuzz[bool](f, kind.Bool(new(bool)), "true", "0", "T", "yes") }

func FuzzInt(f *testing.F) {
	fuzz[int64](f, kind.Int(new(int64), kind.Max[int64](1e15)), "42", "+5", "-0", "0600", "9223372036854775808", "1e3")
}

func FuzzDuration(f *testing.F) {
	fuzz[time.Duration](f, kind.Duration(new(time.Duration)), "1h30m", "7d", "1.5w", "0", "-2562047h47m16.854775808s", ".5µs", "99999999w")
}

func FuzzString(f *testing.F) {
	fuzz[string](f, kind.String(new(string)), "x", " \t", "~")
}

func FuzzEnum(f *testing.F) {
	fuzz[string](f, kind.Enum(new(string), "tls12", "Both"), "TLS12", "both", "tls2", "tlſ12")
}

func FuzzURL(f *testing.F) {
	fuzz[kind.URL](f, kind.URLOf(new(kind.URL)), "https://u:p@h:1/a%2fb?q=1#f", "mailto:a@b", "//h", "u:p@h", "/a//b", "a:b:c", "http://[::1%25eth0]/", "?x", "#")
}

func FuzzURLText(f *testing.F) {
	fuzz[string](f, kind.URLText(new(string), kind.PublicLink()), "https://u:p@h:1/a%2fb?q=1#f", "mailto:a@b", "u@h/x", "x:@")
}

func FuzzHostPort(f *testing.F) {
	fuzz[kind.HostPort](f, kind.AddressOf(new(kind.HostPort)), "127.0.0.1:3000", "[::1]:80", ":0", "::1:80", "[fe80::1%eth0]:1", ":99999")
}

func FuzzList(f *testing.F) {
	fuzz[[]string](f, kind.Strings(new([]string)), "a,b", `"a,b",""`, `""`, ",", `a"b`, `"a""b"`, `"a"b`)
}

func FuzzEnums(f *testing.F) {
	fuzz[[]string](f, kind.Enums(new([]string), "red", "Green"), "RED,green", `"red"`, "red,")
}

func FuzzSecrets(f *testing.F) {
	fuzz[kind.Secrets](f, kind.SecretsOf(new(kind.Secrets), kind.NotEmpty()), "a,b", `"a,b"`)
}

func FuzzRegexp(f *testing.F) {
	for _, s := range hostileRegexps {
		f.Add(s)
	}
	v := kind.RegexpOf(new(kind.Regexp))
	f.Fuzz(func(t *testing.T, text string) {
		var r kind.Regexp
		var err error
		bounded(t, 500*time.Millisecond, len(text), func() { r, err = decode[kind.Regexp](v, text) })
		if err == nil && v.Text(&r) != text {
			t.Fatalf("%q: written as %q", text, v.Text(&r))
		}
		if err != nil && len(text) >= 12 && strings.Contains(fault(t, err).Error(), text) {
			t.Fatalf("the fault shows the value: %v", err)
		}
	})
}

func FuzzStruct(f *testing.F) {
	fuzz[[]provider](f, kind.Struct(new([]provider)), providerJSON, `[{}]`, `[{"type":"a","type":"b"}]`, `[{"type":null}]`, strings.Repeat("[", 100))
}

func FuzzMap(f *testing.F) {
	fuzz[map[string][]string](f, kind.Struct(new(map[string][]string)), `{"a":["b"],"":[]}`, `{"a":1}`, `{"\ud800":[]}`)
}

func FuzzRedactURL(f *testing.F) {
	for _, s := range []string{"https://u:p@h/?a=b", "u:p@h", "//u@h", "a@b/c", "%@", "x:?a", "?a&b=c#d@e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, public := range []bool{false, true} {
			once, removed := kind.RedactURL(text, public)
			if !removed && once != text {
				t.Fatalf("%q became %q, and nothing was removed", text, once)
			}
			if again, removed := kind.RedactURL(once, public); removed {
				t.Fatalf("%q became %q, then %q", text, once, again)
			}
		}
	})
}

// FuzzRules holds that a text that the pattern of a rule lets through, which is
// what a schema shows, is let through by the rule, and that no refusal has it.
func FuzzRules(f *testing.F) {
	for _, seed := range []string{"", "10.0.0.0/8", "::1/128", "::ffff:1.2.3.4/96", "X-A", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "a=b", "a b", "TZ=UTC 0 0 * * *", "59 23 * * *", ".a", "a\nb", "\u00a0", "(", strings.Repeat("A", 43) + "="} {
		f.Add(seed)
	}
	rules := stringRules()
	patterns := make([]*regexp.Regexp, len(rules))
	for i, r := range rules {
		patterns[i] = regexp.MustCompile(r.Pattern)
	}
	const canary = "Zq7CANARYzq7"
	f.Fuzz(func(t *testing.T, text string) {
		for i, r := range rules {
			if fault := r.Check(text); fault != nil && r.Pattern != "" && utf8.ValidString(text) && patterns[i].MatchString(text) {
				t.Errorf("%s: %q fits the pattern %s, and is refused: %s", r.Text, text, r.Pattern, fault.Reason)
			}
			if fault := r.Check(text + canary); fault != nil && strings.Contains(fault.Reason+fault.Hint+fault.Item, canary) {
				t.Errorf("%s: the text is told: %q", r.Text, fault.Reason)
			}
		}
	})
}
