package option_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

func TestGuess(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, c := range []struct {
		source  option.Source
		name    string
		want    string
		certain bool
	}{
		{option.SourceFlag, "tls-adress", "--tls-address", false},
		{option.SourceFlag, "TLS_ADDRESS", "--tls-address", true},
		{option.SourceFlag, "net.tls.address", "--tls-address", true},
		{option.SourceEnv, "TOY_TLS_ADRESS", "TOY_TLS_ADDRESS", false},
		{option.SourceEnv, "TLS_ADDRESS", "TOY_TLS_ADDRESS", true},
		{option.SourceYAML, "tls_address", "net.tls.address", true},
		{option.SourceYAML, "TOY_TLS_ADDRESS", "net.tls.address", true},
		{option.SourceYAML, "tls-ciphres", "net.tls.ciphers", false},
		{option.SourceYAML, "key", "--key", true},
		{option.SourceYAML, "sender", "mail.sender", true},
		{option.SourceFlag, "wrokers", "--workers", false},
		{option.SourceFlag, "hunter2-hunter2-hunter2", "", false},
		{option.SourceFlag, "q", "", false},
		{option.SourceFlag, "utl", "--url", false},
		{option.SourceFlag, "true", "", false},
		{option.SourceFlag, "httx", "--http", false},
		{option.SourceFlag, "hxxp", "", false},
		{option.SourceFlag, "", "", false},
		{option.SourceFlag, "-", "", false},
		{option.SourceFlag, "tls.address", "--tls-address", true},
		{option.SourceFlag, "net-tls-address", "--tls-address", true},
		{option.SourceFlag, "net_tls_address", "--tls-address", true},
		{option.SourceFlag, "tls address", "--tls-address", true},
		{option.SourceFlag, "$TLS_ADDRESS", "--tls-address", true},
		{option.SourceFlag, "toy_tls_address", "--tls-address", true},
		{option.SourceYAML, "CIPHERS", "net.tls.ciphers", true},
	} {
		g, ok := r.Guess(c.source, c.name)
		if ok != (c.want != "") || g.Spelling != c.want || g.Certain != c.certain {
			t.Errorf("%s %q: got %q certain %v, want %q certain %v", c.source, c.name, g.Spelling, g.Certain, c.want, c.certain)
		}
	}
	if got := option.Nearest("adress", []string{"enable", "address"}); got != "address" {
		t.Errorf("nearest: got %q, want address", got)
	}
	if got := option.Nearest("correct horse battery", []string{"enable", "address"}); got != "" {
		t.Errorf("nearest: got %q, want none", got)
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"abc", "abc", 0},
		{"abc", "acb", 1},
		{"abc", "ab", 1},
		{"abc", "abcd", 1},
		{"abc", "xbc", 1},
		{"abcdef", "badcfe", 3},
		{"abc", "xyz", 3},
		{"abcdefgh", "z", 5},
		{"bc", "abc", 1},
		{"abc", "bc", 1},
		{"ab", "ba", 1},
		{"ab", "bc", 2},
		{"ab", "ca", 2},
		{"xabcd", "abdc", 2},
		{strings.Repeat("a", 62), strings.Repeat("a", 63), 1},
		{strings.Repeat("a", 63), strings.Repeat("a", 64), 1},
		{strings.Repeat("a", 66), strings.Repeat("a", 65), 1},
	} {
		if got := option.Distance(c.a, c.b, 5); got != c.want {
			t.Errorf("%q to %q: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestEscape(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"plain/päth.yaml", "plain/päth.yaml"},
		{"a\x1b[31mb", `a\x1b[31mb`},
		{"a\nb\r\x00", `a\nb\r\x00`},
		{"ä\nö", `ä\nö`},
		{"a\xffb", `a\xffb`},
		{"\uFFFD", `\ufffd`},
		{"a\u202eb", `a\u202eb`},
	} {
		if got := option.Escape(c.in); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		o                   option.Origin
		place, string, file string
	}{
		{option.Origin{Source: option.SourceFlag, Name: "--x", Arg: 3}, "argv[3]", "--x (argv[3])", ""},
		{option.Origin{Source: option.SourceFlag, Name: "--x"}, "argv", "--x (argv)", ""},
		{option.Origin{Source: option.SourceEnv, Name: "X"}, "environment", "$X", ""},
		{option.Origin{Source: option.SourceYAML, Name: "a.yaml", Span: option.Span{Line: 12, Column: 5}}, "a.yaml:12:5", "a.yaml:12:5", "a.yaml"},
		{option.Origin{Source: option.SourceYAML, Name: "a.yaml", Span: option.Span{Line: 1, Column: 1}}, "a.yaml:1:1", "a.yaml:1:1", "a.yaml"},
		{option.Origin{Source: option.SourceYAML, Name: "a\n.yaml"}, `a\n.yaml`, `a\n.yaml`, "a\n.yaml"},
		{option.Origin{Source: option.SourceDefault}, "default", "default", ""},
		{option.Origin{Source: option.SourceEnv, Name: "X", In: "a.env", Span: option.Span{Line: 2, Column: 3}}, "a.env:2:3", "$X (a.env:2:3)", "a.env"},
		{option.Origin{Source: option.SourceEnv, Name: "X", In: "a.env", Span: option.Span{Line: 1, Column: 3}}, "a.env:1:3", "$X (a.env:1:3)", "a.env"},
		{option.Origin{Source: option.SourceEnv, Name: "X", In: "process 7"}, "environment of process 7", "$X (environment of process 7)", ""},
		{option.Origin{Source: option.SourceFlag, Name: "-x", Arg: 1, In: "process 7"}, "argv[1] of process 7", "-x (argv[1] of process 7)", ""},
		{option.Origin{Source: option.SourceFlag, Name: "-x", Arg: 1, In: "a.service", Span: option.Span{Line: 4, Column: 9}}, "argv[1] of a.service", "-x (argv[1] of a.service)", ""},
		{option.Origin{}, "", "", ""},
	} {
		if c.o.Place() != c.place || c.o.String() != c.string || c.o.InFile() != c.file {
			t.Errorf("got %q, %q and %q, want %q, %q and %q", c.o.Place(), c.o.String(), c.o.InFile(), c.place, c.string, c.file)
		}
	}
}

func TestSpelling(t *testing.T) {
	t.Parallel()
	url := build(t).ByFlag("url")
	for _, c := range []struct {
		source option.Source
		of     *option.Option
		want   string
	}{
		{option.SourceYAML, url, "net.url"},
		{option.SourceDefault, url, "--url"},
		{option.SourceEnv, url, `as\ntyped`},
		{option.SourceFlag, url, `as\ntyped`},
		{option.SourceYAML, nil, `as\ntyped`},
		{option.SourceDefault, nil, `as\ntyped`},
		{option.SourceEnv, nil, `as\ntyped`},
	} {
		o := option.Origin{Source: c.source, Name: "as\ntyped"}
		if got := o.Spelling(c.of); got != c.want {
			t.Errorf("%s: got %q, want %q", c.source, got, c.want)
		}
	}
}
