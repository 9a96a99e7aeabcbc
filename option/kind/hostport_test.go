package kind_test

import (
	"encoding/json"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func TestHostPort(t *testing.T) {
	t.Parallel()
	type hp = kind.HostPort
	v := kind.AddressOf(new(hp))
	checkGood(t, v, []good[hp]{
		{"127.0.0.1:3000", hp{"127.0.0.1", "3000"}, "127.0.0.1:3000"},
		{":0", hp{"", "0"}, ":0"},
		{"[::1]:80", hp{"::1", "80"}, "[::1]:80"},
		{"a-b_c.d:65535", hp{"a-b_c.d", "65535"}, "a-b_c.d:65535"},
		{"[fe80::1%eth0]:1", hp{"fe80::1%eth0", "1"}, "[fe80::1%eth0]:1"},
		{"bücher:1", hp{"bücher", "1"}, "bücher:1"},
		{"e\u0301te:1", hp{"e\u0301te", "1"}, "e\u0301te:1"},
	})
	for _, s := range []string{
		"", "h", "80", ":", "h:", ":99999", ":65536", ":-1", ":+1", ":080", ":00", ":x", "a b:80", "::1:80", "[::1]", "[h]:80", "[1.2.3.4]:80", "[]:80",
		"http://h:80", "h/p:80", "u@h:80", "h:80 ", "h:８０", "h\n:80", "[::1:80", "h]:80", "x::1]:80", "a[b]:80", "h\u200b:80", "[fe80::1%a\nb]x:1",
	} {
		checkBad[hp](t, v, []bad{{s, "not an address such as", ""}})
	}
	checkBad[hp](t, v, []bad{{"h:80\n", "", "line break"}, {"::1:80", "", "in brackets"}, {"h", "", "add the port"}, {":99999", "", "0 to 65535"}})
	checkGood(t, kind.AddressText(new(string)), []good[string]{{"", "", ""}, {":8888", ":8888", ":8888"}})
	checkBad[string](t, kind.AddressText(new(string)), []bad{{"x", "not an address", ""}})
}

func TestHostPortJSON(t *testing.T) {
	t.Parallel()
	a, unset := kind.HostPort{Host: "::1", Port: "80"}, kind.HostPort{}
	v := kind.AddressOf(&a)
	for _, c := range []struct {
		src   *kind.HostPort
		shape option.Shape
		want  string
	}{
		{&a, option.ShapeFull, `{"host":"::1","port":"80"}`},
		{&a, option.ShapeCompact, `"[::1]:80"`},
		{&unset, option.ShapeFull, `{"host":"","port":""}`},
		{&unset, option.ShapeCompact, `""`},
	} {
		if got := string(v.AppendJSON(nil, c.src, c.shape)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	if b, err := json.Marshal(a); err != nil || string(b) != `"[::1]:80"` {
		t.Errorf("got %s, %v", b, err)
	}
	if b, err := json.Marshal(map[kind.HostPort]int{a: 1}); err != nil || string(b) != `{"[::1]:80":1}` {
		t.Errorf("as a key: got %s, %v", b, err)
	}
	for text, ok := range map[string]bool{`""`: true, `"h"`: false} {
		got := kind.HostPort{Host: "before"}
		if err := json.Unmarshal([]byte(text), &got); (err == nil) != ok || ok == (got.Host != "") {
			t.Errorf("%s: got %q, %v", text, got, err)
		}
	}
	var back kind.HostPort
	if err := json.Unmarshal([]byte(`"[::1]:80"`), &back); err != nil || back != a {
		t.Errorf("got %v, %v, want %v", back, err, a)
	}
}
