package option_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/option"
)

const canary = "s3cr3t-canary-71"

func TestRedact(t *testing.T) {
	t.Parallel()
	r := build(t)
	s, ps := r.Resolve(layers(env(r, "key", canary), file(r, 1, "url", "https://user:"+canary+"@a.test/p?q="+canary), flag(r, 1, "secure", "1")))
	if ps.Err() != nil {
		t.Fatal(ps)
	}
	safe := s.Redact()
	all := string(safe.AppendConfig(nil, option.ShapeFull)) + string(safe.AppendConfig(nil, option.ShapeCompact)) + string(safe.AppendOptions(nil))
	for o := range r.All() {
		set := safe.Setting(o)
		all += fmt.Sprintf("%v %+v %#v %s", set, set, set, safe.Text(o))
	}
	all += fmt.Sprintf("%v %+v %#v %v %+v", safe, safe, safe, s, *s)
	for _, in := range s.Layers()[2].Inputs {
		all += fmt.Sprintf("%v %+v %#v %s %x", in, in, in.Raw, in.Raw, in.Raw)
	}
	if strings.Contains(all, canary) || strings.Contains(all, fmt.Sprintf("%x", canary)) {
		t.Error("the canary shows in what a redacted snapshot prints")
	}
	if got := s.View().Key.Reveal(); got != canary {
		t.Errorf("key: got %q, want the canary: nothing was planted", got)
	}
	if key, url := r.ByFlag("key"), r.ByFlag("url"); !safe.Withheld(key) || !safe.Withheld(url) || safe.Withheld(r.ByFlag("secure")) {
		t.Error("withheld: want key and url, and not secure")
	}
	if safe.Refused(r.ByFlag("url")) {
		t.Error("refused: got url, want nothing where all is valid")
	}
	if got := safe.Source(r.ByFlag("key")); got != option.SourceEnv {
		t.Errorf("source of key: got %q, want env", got)
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	r := build(t)
	of := func(key string) *option.Redacted {
		s, ps := r.Resolve(layers(env(r, "key", key), flag(r, 1, "workers", "3")))
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		return s.Redact()
	}
	a, b, c := of("one"), of("one"), of("two")
	for _, x := range []struct {
		flag string
		with *option.Redacted
		want bool
	}{{"key", b, true}, {"key", c, false}, {"workers", c, true}, {"url", c, true}} {
		if got := a.Same(r.ByFlag(x.flag), x.with); got != x.want {
			t.Errorf("%s: got %v, want %v", x.flag, got, x.want)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	r := build(t)
	s, _ := r.Resolve(layers(env(r, "sender", "old"), env(r, "key", canary), flag(r, 1, "secure", "true")))
	var config map[string]any
	if err := json.Unmarshal(s.Redact().AppendConfig(nil, option.ShapeFull), &config); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(config["mail"], config["workers"], config["wait"], config["key"] == "", config["old_secure"], config["traced"]); got != "map[from:old] 4 6e+10 true true false" {
		t.Errorf("config: got %s", got)
	}
	var options []struct {
		Annotations map[string]string
		Flag        string
		Group       struct {
			Name   string
			Parent map[string]any
		}
		UseInstead  []struct{ Flag string } `json:"use_instead"`
		Value       any
		ValueSource string `json:"value_source"`
	}
	if err := json.Unmarshal(s.Redact().AppendOptions(nil), &options); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, o := range options {
		got[o.Flag] = fmt.Sprint(o.Value, " ", o.ValueSource, " ", o.Group.Name, " ", len(o.Group.Parent), " ", o.UseInstead)
	}
	for flag, want := range map[string]string{
		"key":         "<nil> env  0 []",
		"sender":      "old env Mail 0 [{mail-from}]",
		"mail-from":   "old env Mail 0 []",
		"tls-address": "127.0.0.1:3443 default TLS 4 []",
		"url":         "  Net 0 []",
	} {
		if got[flag] != want {
			t.Errorf("%s: got %q, want %q", flag, got[flag], want)
		}
	}
}

func TestJSONString(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ToValidUTF8(rapid.String().Draw(t, "s"), "\uFFFD")
		b := option.AppendJSONString(nil, s)
		var back string
		if err := json.Unmarshal(b, &back); err != nil || back != s {
			t.Fatalf("%q: read back %q, %v", s, back, err)
		}
		if strings.ContainsAny(string(b), "\u2028\u2029\x7f\x1b\n\r") {
			t.Fatalf("%q: a control character is not escaped in %q", s, b)
		}
	})
}

func TestDigest(t *testing.T) {
	t.Parallel()
	r := build(t)
	of := func(key string) *option.Redacted {
		s, ps := r.Resolve(layers(env(r, "key", key)))
		if ps.Err() != nil {
			t.Fatal(ps)
		}
		return s.Redact()
	}
	digest := func(secret, key string) string {
		return string(of(secret).Digest(r.ByFlag("key"), hmac.New(sha256.New, []byte(key))))
	}
	one := digest("one", "k")
	if one != digest("one", "k") {
		t.Error("the same secret has two digests")
	}
	if one == digest("two", "k") || one == digest("one", "l") {
		t.Error("another secret, or another key, gives the same digest")
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, k := range []struct {
		flag, value, text string
		withheld, ok      bool
	}{
		{"workers", "3", "3", false, true},
		{"workers", canary, "", false, false},
		{"key", canary, "", true, true},
		{"key", "", "", false, true},
		{"url", "https://u:" + canary + "@a.test", "https://a.test", true, true},
	} {
		o, raw := r.ByFlag(k.flag), option.RawText(k.value)
		text, withheld, ok := o.Show(raw)
		if text != k.text || withheld != k.withheld || ok != k.ok || o.Withholds(raw) != k.withheld {
			t.Errorf("--%s %q: got %q, %t, %t, and withholds %t; want %q, %t, %t", k.flag, k.value, text, withheld, ok, o.Withholds(raw), k.text, k.withheld, k.ok)
		}
	}
}
