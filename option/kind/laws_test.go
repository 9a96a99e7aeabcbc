package kind_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// laws holds what is true of every kind, for values that draw makes. equal
// tells two values of the kind apart where DeepEqual would not do.
func laws[F any](t *testing.T, v option.Value, draw func(*rapid.T) F) {
	t.Helper()
	t.Run(v.Type()+" "+reflect.TypeFor[F]().String(), func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(r *rapid.T) {
			want := draw(r)
			text := v.Text(&want)
			got, err := decode[F](v, text)
			if err != nil || !reflect.DeepEqual(got, want) {
				r.Fatalf("by text %q: got %#v, %v, want %#v", text, v.Text(&got), err, v.Text(&want))
			}
			got, err = decodeTree[F](v, v.Tree(&want))
			if err != nil || !reflect.DeepEqual(got, want) {
				r.Fatalf("by tree: got %#v, %v, want %#v", v.Text(&got), err, v.Text(&want))
			}
			v.Copy(&got, &want)
			if !reflect.DeepEqual(got, want) {
				r.Fatalf("the copy is %#v, want %#v", v.Text(&got), v.Text(&want))
			}
			for _, shape := range []option.Shape{option.ShapeFull, option.ShapeCompact} {
				if b := v.AppendJSON(nil, &want, shape); !json.Valid(b) {
					r.Fatalf("%s is not JSON", b)
				}
			}
			v.Redact(&got)
			if v.Redact(&got) {
				r.Fatalf("a second redaction removed something: %q", v.Text(&got))
			}
			if v.Text(&want) != text {
				r.Fatalf("the original changed to %q", v.Text(&want))
			}
		})
	})
}

// anyText is text as it may stand in a file: no NUL, valid UTF-8.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`[a-z ,"'~\\:{}\[\]#&*!|>%@\x60\n\r\t=-]{0,12}`),
		rapid.String().Filter(func(s string) bool { return !strings.Contains(s, "\x00") && strings.ToValidUTF8(s, "") == s }),
		rapid.SampledFrom([]string{"", "null", "~", "true", "0600", "1e3", "\u2028", "\u0085", " a ", `""`, "a\n", "é"}),
	)
}

func anyItem() *rapid.Generator[string] {
	return rapid.Map(anyText(), func(s string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(s) })
}

// items draws a list, nil where it is empty.
func items[F any](r *rapid.T, g *rapid.Generator[F]) []F {
	s := rapid.SliceOfN(g, 0, 5).Draw(r, "items")
	if len(s) == 0 {
		return nil
	}
	return s
}

func entries[F any](r *rapid.T, g *rapid.Generator[F]) map[string]F {
	m := rapid.MapOfN(anyText(), g, 0, 4).Draw(r, "entries")
	if len(m) == 0 {
		return nil
	}
	return m
}

func anyList() *rapid.Generator[[]string] {
	return rapid.Custom(func(r *rapid.T) []string { return items(r, anyItem()) })
}

func anyURL() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`(https?|HTTP|ftp)://([a-z%:]{1,5}@)?[a-zA-Z.]{1,6}(:[1-9][0-9]{0,3})?(/[a-z%2F.@]{0,5}){0,2}(\?[a-z=&;?%]{0,6})?(#[a-z%]{0,4})?`),
		rapid.StringMatching(`[a-z:/@?#.%\[\]]{0,12}`),
		rapid.Just(""),
	).Filter(func(s string) bool { _, err := kind.ParseURL(s); return err == nil })
}

func TestLaws(t *testing.T) {
	t.Parallel()
	laws(t, kind.String(new(string)), func(r *rapid.T) string { return anyText().Draw(r, "s") })
	laws(t, kind.Bool(new(bool)), func(r *rapid.T) bool { return rapid.Bool().Draw(r, "b") })
	laws(t, kind.Int(new(int64)), func(r *rapid.T) int64 { return rapid.Int64().Draw(r, "n") })
	laws(t, kind.Duration(new(duration)), func(r *rapid.T) duration { return duration(rapid.Int64().Draw(r, "d")) })
	laws(t, kind.Choice(new(string), "a", "B"), func(r *rapid.T) string { return rapid.SampledFrom([]string{"a", "B"}).Draw(r, "c") })
	laws(t, kind.Strings(new([]string)), func(r *rapid.T) []string { return anyList().Draw(r, "l") })
	laws(t, kind.Enums(new([]string), "a", "B"), func(r *rapid.T) []string { return items(r, rapid.SampledFrom([]string{"a", "B"})) })
	laws(t, kind.URLText(new(string)), func(r *rapid.T) string { return anyURL().Draw(r, "u") })
	laws(t, kind.URLOf(new(kind.URL)), func(r *rapid.T) kind.URL { return drawURL(r) })
	laws(t, kind.URLOf(new(kind.URL), kind.PublicLink()), func(r *rapid.T) kind.URL { return drawURL(r) })
	laws(t, kind.AddressOf(new(kind.HostPort)), drawAddress)
	laws(t, kind.AddressText(new(string)), func(r *rapid.T) string { return drawAddress(r).String() })
	laws(t, kind.SecretOf(new(kind.Secret)), func(r *rapid.T) kind.Secret { return kind.NewSecret(anyText().Draw(r, "s")) })
	laws(t, kind.SecretsOf(new(kind.Secrets)), func(r *rapid.T) kind.Secrets { return kind.NewSecrets(items(r, anyItem())...) })
	laws(t, kind.RegexpOf(new(kind.Regexp)), func(r *rapid.T) kind.Regexp {
		re, _ := kind.ParseRegexp(rapid.StringMatching(`[a-z.*+?()|{}\[\]0-9]{0,10}`).Draw(r, "re"))
		return re
	})
	laws(t, kind.Text(new(level)), func(r *rapid.T) level { return level{rapid.IntRange(0, 1).Draw(r, "n")} })
	laws(t, kind.Struct(new(map[string]string)), func(r *rapid.T) map[string]string { return entries(r, anyText()) })
	laws(t, kind.Struct(new(map[string][]string)), func(r *rapid.T) map[string][]string { return entries(r, anyList()) })
	laws(t, kind.Struct(new(map[string][]id)), func(r *rapid.T) map[string][]id {
		return entries(r, rapid.Custom(func(r *rapid.T) []id { return items(r, rapid.Just(id{'a', 'b'})) }))
	})
	laws(t, kind.Struct(new([]provider)), func(r *rapid.T) []provider { return items(r, rapid.Custom(drawProvider)) })
	laws(t, kind.Struct(new(link)), drawLink)
}

func drawURL(r *rapid.T) kind.URL {
	u, _ := kind.ParseURL(anyURL().Draw(r, "u"))
	return u
}

func drawAddress(r *rapid.T) kind.HostPort {
	host := rapid.OneOf(rapid.StringMatching(`[a-z0-9._-]{0,8}`), rapid.SampledFrom([]string{"::1", "fe80::1%eth0", "::"})).Draw(r, "host")
	return kind.HostPort{Host: host, Port: rapid.StringMatching(`0|[1-9][0-9]{0,3}`).Draw(r, "port")}
}

func drawLink(r *rapid.T) link {
	name := anyText().Filter(func(s string) bool { return s != "" })
	target := anyURL().Filter(func(s string) bool { return s != "" })
	return link{Name: name.Draw(r, "name"), Target: target.Draw(r, "target"), Icon: anyText().Draw(r, "icon")}
}

func drawProvider(r *rapid.T) provider {
	re, _ := kind.ParseRegexp(".*")
	return provider{
		Type:   anyText().Filter(func(s string) bool { return s != "" }).Draw(r, "type"),
		Secret: kind.NewSecret(anyText().Draw(r, "secret")), Keys: kind.NewSecrets(items(r, anyItem())...),
		AuthURL: anyURL().Draw(r, "auth"), Home: drawURL(r), Scopes: anyList().Draw(r, "scopes"), Flow: rapid.Bool().Draw(r, "flow"),
		Retries: rapid.Int8().Draw(r, "retries"), Wait: duration(rapid.Int64().Draw(r, "wait")), Filter: re,
		Labels: entries(r, anyText()), IDs: items(r, rapid.Just(id{1, 2})), Links: items(r, rapid.Custom(drawLink)),
	}
}

// What time.ParseDuration takes, Duration takes too, to the same value; but
// for the last nanosecond, which Go rounds in floating point.
func TestDurationAgreesWithGo(t *testing.T) {
	t.Parallel()
	v := kind.Duration(new(duration))
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringMatching(`[+-]?([0-9]{0,20}(\.[0-9]{0,22})?(ns|us|µs|ms|s|m|h)){1,3}`).Draw(r, "text")
		want, refused := time.ParseDuration(s)
		got, err := decode[duration](v, s)
		if (refused == nil) != (err == nil) || (got-want).Abs() > 3 {
			r.Fatalf("%q: got %v, %v, want %v, %v", s, got, err, want, refused)
		}
	})
}
