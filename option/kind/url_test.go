package kind_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func mustURL(t *testing.T, text string) kind.URL {
	t.Helper()
	u, err := kind.ParseURL(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestURLText(t *testing.T) {
	t.Parallel()
	v := kind.URLOf(new(kind.URL))
	for text, want := range map[string]string{
		"": "", "https://h": "https://h", "HTTPS://h": "https://h", "/icon.svg": "/icon.svg", "mailto:a@b": "mailto:a@b",
		"https://u:p@h:8080/a%2fb?q=1#f": "https://u:p@h:8080/a%2fb?q=1#f", "http://[::1]:80/": "http://[::1]:80/", "https://h/?": "https://h/?",
		"https://bücher.example/é": "https://b%C3%BCcher.example/%C3%A9",
		// What net/url would write of these reads as something else, or not at all.
		"%3A|": "%3A|", "/%2Fé": "/%2Fé", "/%2f|": "/%2f|",
	} {
		u, err := decode[kind.URL](v, text)
		if got := v.Text(&u); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", text, got, err, want)
		}
	}
	checkBad[kind.URL](t, v, []bad{
		{"https://h h", "not a URL", "no space"},
		{"https://h\n", "not a URL", "line break"},
		{"https://h/\u2028", "not a URL", ""},
		{"https://h/\u200b", "not a URL", "no space"},
		{"https://h/\u0081", "not a URL", "no control"},
		{"https://h:99999", "not a URL", "1 to 65535"},
		{"https://h:0", "not a URL", "65535"},
		{"https://h:x", "not a URL", ""},
		{"https://h:", "not a URL", "65535"},
		{"%", "not a URL", ""},
		{"https://[::1", "not a URL", ""},
		{":", "not a URL", ""},
		{"https://h/%zz", "not a URL", ""},
		{`"https://h"`, "not a URL", "quotes"},
	})
}

// A hint that fits a host is none for what has another scheme, or a path alone.
func TestOnlyBareHostsAreToldOfTheScheme(t *testing.T) {
	t.Parallel()
	v := option.Value(kind.URLOf(new(kind.URL), kind.Schemes("http", "https")))
	for _, text := range []string{"//h", "/p", "?q", "javascript:alert(1)", "data:x", "mailto:a", "ftp://h", "x:0", "x:70000"} {
		var u kind.URL
		if f := fault(t, v.Decode(&u, option.RawText(text))); f.Hint != "" {
			t.Errorf("%q: got the hint %q, want none", text, f.Hint)
		}
	}
}

func TestURLRules(t *testing.T) {
	t.Parallel()
	rules := []kind.Rule[kind.URL]{kind.Schemes("http", "https"), kind.NeedHost(), kind.NoCredentials(), kind.NoQuery()}
	for _, v := range []option.Value{kind.URLOf(new(kind.URL), rules...)} {
		checkBad[kind.URL](t, v, []bad{
			{"coder.example.com", "scheme is not http or https", "put https:// before the host"},
			{"coder.example.com/p", "scheme is not http or https", "put https:// before the host"},
			{"localhost:3000", "scheme is not http or https", "put https:// before the host"},
			{"coder.example.com:443/p", "scheme is not http or https", "put https:// before the host"},
			{"//evil", "scheme is not", ""},
			{"javascript:alert(1)", "scheme is not", ""},
			{"data:x", "scheme", ""},
			{"file:///etc/passwd", "scheme", ""},
			{"https:///p", "without a host", ""},
			{"https://u@h", "user or password", ""},
			{"https://h?a", "query or fragment", ""},
			{"https://h#a", "query or fragment", ""},
		})
		if _, err := decode[kind.URL](v, ""); err != nil {
			t.Errorf("empty: got %v, want none", err)
		}
	}
	for _, r := range rules {
		if f := r.Check(kind.URL{}); f != nil {
			t.Errorf("%s: got %v for no URL, want none", r.Text, f)
		}
	}
	none := kind.Rule[kind.URL]{Check: func(kind.URL) *option.Fault { return &option.Fault{Reason: "refused"} }}
	checkGood(t, kind.URLText(new(string), none), []good[string]{{"", "", ""}})
	text := kind.URLText(new(string), rules...)
	checkBad[string](t, text, []bad{{"//evil", "scheme is not", ""}, {"https://h h", "not a URL", ""}})
	checkGood(t, text, []good[string]{{"", "", ""}, {"HTTPS://H", "HTTPS://H", "HTTPS://H"}})
}

func TestURLJSON(t *testing.T) {
	t.Parallel()
	v := kind.URLOf(new(kind.URL))
	u := mustURL(t, "https://u:p@h:1/a%2fb?q=1&r#f")
	const want = `{"forceQuery":false,"fragment":"f","host":"h:1","omitHost":false,"opaque":"","path":"/a/b","rawFragment":"",` +
		`"rawPath":"/a%2fb","rawQuery":"q=","scheme":"https","user":{}}`
	if got := string(v.AppendJSON(nil, &u, option.ShapeFull)); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	if got := string(v.AppendJSON(nil, &u, option.ShapeCompact)); got != `"https://h:1/a%2fb?q=#f"` {
		t.Errorf("compact: got %s", got)
	}
	var unset kind.URL
	if got := string(v.AppendJSON(nil, &unset, option.ShapeFull)); !strings.HasPrefix(got, `{"forceQuery":false,"fragment":""`) || !json.Valid([]byte(got)) {
		t.Errorf("unset: got %s", got)
	}
	if got := string(v.AppendJSON(nil, &unset, option.ShapeCompact)); got != `""` {
		t.Errorf("unset, compact: got %s", got)
	}
	public := kind.URLOf(new(kind.URL), kind.PublicLink())
	if got := string(kind.URLOf(new(kind.URL), kind.NeedHost()).AppendJSON(nil, &u, option.ShapeCompact)); got != `"https://h:1/a%2fb?q=#f"` {
		t.Errorf("with a rule: got %s", got)
	}
	if got := string(public.AppendJSON(nil, &u, option.ShapeCompact)); got != `"https://h:1/a%2fb?q=1&r#f"` {
		t.Errorf("public: got %s", got)
	}
}

func TestURLShowsNoCredentials(t *testing.T) {
	t.Parallel()
	u := mustURL(t, "https://user:"+canary+"@h/p?token="+canary)
	outer := struct {
		URL    kind.URL
		hidden kind.URL
	}{u, u}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%t"} {
		for _, src := range []any{u, &u, outer, &outer, []kind.URL{u}, map[kind.URL]int{u: 1}} {
			if got := fmt.Sprintf(verb, src); strings.Contains(got, canary) || strings.Contains(got, fmt.Sprintf("%x", canary)) {
				t.Errorf("%s of %T shows the password: %s", verb, src, got)
			}
		}
	}
	if b, err := json.Marshal(map[kind.URL]kind.URL{u: u}); err != nil || strings.Contains(string(b), canary) {
		t.Errorf("JSON shows the password, or %v: %s", err, b)
	}
	if got := u.Parsed(); got.User.String() != "user:"+canary || u.Reveal() != "https://user:"+canary+"@h/p?token="+canary {
		t.Errorf("got %v, want all of the URL", got)
	}
	if got := fmt.Sprintf("%s %q", u, u); got != `https://h/p?token= "https://h/p?token="` {
		t.Errorf("got %s, want the verb q alone to quote", got)
	}
	u.Parsed().Host = "changed"
	if u.Parsed().Host != "h" {
		t.Error("a change of the parsed URL changed the URL")
	}
}

func TestURLUnset(t *testing.T) {
	t.Parallel()
	var u kind.URL
	if u.IsSet() || u.Parsed() != nil || u.Reveal() != "" || u.String() != "" {
		t.Errorf("got %v, want nothing", u)
	}
	if err := u.UnmarshalText([]byte("https://h")); err != nil || !u.IsSet() || u.Parsed().Host != "h" {
		t.Errorf("got %v, %v, want https://h", u, err)
	}
	if err := u.UnmarshalText([]byte("%")); err == nil || u.Reveal() != "https://h" {
		t.Errorf("got %v, %v, want a fault and the old URL", u, err)
	}
	if _, err := kind.ParseURL("#"); err == nil {
		t.Error("a lone #: got no fault")
	}
}

func TestRedactURL(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, withheld, public string }{
		{"", "", ""},
		{"https://h/p#f", "https://h/p#f", "https://h/p#f"},
		{"https://u:p@h/p", "https://h/p", "https://h/p"},
		{"https://h/?a=1&b&c=", "https://h/?a=&c=", "https://h/?a=1&b&c="},
		{"https://h/?token", "https://h/", "https://h/?token"},
		{"https://h/?=1&b=2", "https://h/?=&b=", "https://h/?=1&b=2"},
		{"https://h/?a=1;b=2", "https://h/?a=", "https://h/?a=1;b=2"},
		{"https://h/?", "https://h/?", "https://h/?"},
		{"//u:p@h/", "//h/", "//h/"},
		{"u:p@h/x", "u:", "u:"},
		{"u@h/x", "", ""},
		{"/a@b", "/a@b", "/a@b"},
		{"@icon", "@icon", "@icon"},
		{"mailto:a@b?subject=x", "mailto:a@b?subject=", "mailto:a@b?subject=x"},
		{"100%", "100%", "100%"},
		{"https://u:p@h/%zz", "", ""},
		{"https://u:p@h h/", "", ""},
		{"1u:p@h", "", ""},
		{"//@//u:p@h", "", ""},
		{"https://h/@scope/x", "https://h/@scope/x", "https://h/@scope/x"},
	} {
		got, removed := kind.RedactURL(c.text, false)
		if got != c.withheld || removed != (c.text != c.withheld) {
			t.Errorf("%q: got %q, %v, want %q", c.text, got, removed, c.withheld)
		}
		if got, removed := kind.RedactURL(c.text, true); got != c.public || removed != (c.text != c.public) {
			t.Errorf("%q, public: got %q, %v, want %q", c.text, got, removed, c.public)
		}
	}
}

func TestURLRedact(t *testing.T) {
	t.Parallel()
	u, s := mustURL(t, "https://u@h/?q=1"), "https://u@h/?q=1"
	if v := kind.URLOf(&u); !v.Redact(&u) || u.Reveal() != "https://h/?q=" || v.Redact(&u) {
		t.Errorf("url: got %q", u.Reveal())
	}
	v := kind.URLText(&s, kind.PublicLink())
	if got := string(v.AppendJSON(nil, &s, option.ShapeFull)); got != `"https://h/?q=1"` {
		t.Errorf("text in JSON: got %s", got)
	}
	if !v.Redact(&s) || s != "https://h/?q=1" || v.Redact(&s) {
		t.Errorf("text: got %q", s)
	}
}

// Wherever a canary stands as a user, password or query value, no form of the
// URL that leaves the process shows it.
func TestRedactionLaw(t *testing.T) {
	t.Parallel()
	piece := func(r *rapid.T, name, re string) string {
		return rapid.StringMatching(re).Draw(r, name)
	}
	rapid.Check(t, func(r *rapid.T) {
		head := piece(r, "head", `(https?:)?(//)?|[a-z]{1,4}:`)
		before, after := piece(r, "before", `([a-z%.]{0,3}:)?[a-z%]{0,2}`), piece(r, "after", `[a-z%:]{0,2}`)
		tail := piece(r, "tail", `[a-z:0-9.\[\]]{0,4}(/[a-z@%]{0,4})?`)
		query := piece(r, "query", `(([a-z%]{0,2}=)?CANARY7f3a91be[a-z%;]{0,3}&)?([a-z%]{0,2}=)?CANARY7f3a91be[a-z%;]{0,2}`)
		texts := []string{head + "h" + tail + "?" + query}
		if strings.HasPrefix(head, "/") || head != "" && head != "mailto:" {
			texts = append(texts, head+before+canary+after+"@"+tail)
		}
		for _, text := range texts {
			shown, _ := kind.RedactURL(text, false)
			u, _ := kind.ParseURL(text)
			js := kind.URLOf(&u).AppendJSON(nil, &u, option.ShapeFull)
			for _, got := range []string{shown, u.String(), fmt.Sprintf("%+v", u), string(js)} {
				if strings.Contains(got, canary) && !strings.Contains(text, "#") {
					r.Fatalf("%q shows as %q", text, got)
				}
			}
		}
	})
}
