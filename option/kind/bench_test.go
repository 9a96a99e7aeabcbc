package kind_test

import (
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func benchmark[F any](b *testing.B, v option.Value, text string) {
	b.Run(v.Type(), func(b *testing.B) {
		b.ReportAllocs()
		var f F
		dst, raw := any(&f), option.RawText(text)
		for b.Loop() {
			if err := v.Decode(dst, raw); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	benchmark[string](b, kind.String(new(string)), "preferred_username")
	benchmark[bool](b, kind.Bool(new(bool)), "true")
	benchmark[int64](b, kind.Int(new(int64), kind.NonNegative[int64]()), "65536")
	benchmark[duration](b, kind.Duration(new(duration), kind.NonNegative[duration]()), "1h30m")
	benchmark[string](b, kind.Choice(new(string), "tls10", "tls11", "tls12", "tls13"), "tls12")
	benchmark[[]string](b, kind.Strings(new([]string)), "agent_name,template_name,username,workspace_name")
	benchmark[kind.HostPort](b, kind.AddressOf(new(kind.HostPort)), "127.0.0.1:3000")
	benchmark[kind.URL](b, kind.URLOf(new(kind.URL), kind.NeedHost()), "https://example.com/docs")
	benchmark[kind.Secret](b, kind.SecretOf(new(kind.Secret)), "correct horse battery staple")
	benchmark[kind.Regexp](b, kind.RegexpOf(new(kind.Regexp)), ".*")
	benchmark[map[string]string](b, kind.Struct(new(map[string]string)), `{"access_type":"offline"}`)
	benchmark[[]provider](b, kind.Struct(new([]provider)), providerJSON)
}

// The kinds of most options allocate nothing but the value.
func TestDecodeAllocates(t *testing.T) {
	for _, c := range []struct {
		value option.Value
		text  string
		want  float64
	}{
		{kind.String(new(string)), "x", 0},
		{kind.Bool(new(bool)), "true", 0},
		{kind.Int(new(int64), kind.NonNegative[int64]()), "7", 0},
		{kind.Duration(new(duration), kind.NonNegative[duration]()), "1h30m", 0},
		{kind.Choice(new(string), "a", "b"), "B", 0},
		{kind.Strings(new([]string)), "a,b,c", 1},
		{kind.AddressOf(new(kind.HostPort)), "[::1]:80", 0},
		{kind.SecretOf(new(kind.Secret)), "x", 1},
	} {
		raw := option.RawText(c.text)
		dst := c.value.Field()
		got := testing.AllocsPerRun(100, func() {
			if err := c.value.Decode(dst, raw); err != nil {
				t.Fatal(err)
			}
		})
		if got > c.want {
			t.Errorf("%s: %v allocations, want %v", c.value.Type(), got, c.want)
		}
	}
}
