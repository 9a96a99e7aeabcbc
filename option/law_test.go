package option_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/option"
)

// A given is one input as the model sees it.
type given struct {
	source option.Source
	flag   string
	text   string
	ok     bool
}

// model is the whole of precedence, written without regard to speed: for one
// field, given its rows from older to newer, which text wins, where it came
// from, and which inputs are errors.
func model(rows []string, list bool, def string, all []given) (text string, from option.Source, errors int) {
	text = def
	if def != "" {
		from = option.SourceDefault
	}
	top := option.SourceNone
	for _, source := range []option.Source{option.SourceYAML, option.SourceEnv, option.SourceFlag} {
		for _, row := range rows {
			occurrences := 0
			for _, in := range all {
				if in.source != source || in.flag != row {
					continue
				}
				if source != top {
					top, errors = source, 0
				}
				if !in.ok {
					errors++
				}
				if list && source == option.SourceFlag && occurrences > 0 && text != "" && in.text != "" {
					text += "," + in.text
				} else {
					text = in.text
				}
				from = source
				occurrences++
			}
		}
	}
	return text, from, errors
}

// fields of the toy with rows from older to newer, and texts of each, the
// invalid ones marked with a bang.
var lawFields = []struct {
	rows  []string
	list  bool
	def   string
	texts []string
}{
	{[]string{"workers"}, false, "4", []string{"0", "4", "17", "!x", "!", "!-1"}},
	{[]string{"wait"}, false, "1m0s", []string{"0s", "1h0m0s", "!1", "!"}},
	{[]string{"secure"}, false, "", []string{"true", "false", "!yes", "!"}},
	{[]string{"tls-address"}, false, "127.0.0.1:3443", []string{":1", "[::1]:2", "!x", "!"}},
	{[]string{"tls-ciphers"}, true, "a,b", []string{"", "x", "y,z", `"p,q"`, "!a\nb"}},
	{[]string{"url"}, false, "", []string{"", "https://a.test/x", "!http://a b"}},
	{[]string{"sender", "mail-from"}, false, "me", []string{"", "a", "b"}},
	{[]string{"labels"}, false, `{"a":"b"}`, []string{`{}`, `{"c":"d"}`, "![]"}},
}

func TestPrecedenceLaw(t *testing.T) {
	t.Parallel()
	r := build(t)
	sources := []option.Source{option.SourceYAML, option.SourceEnv, option.SourceFlag}
	rapid.Check(t, func(t *rapid.T) {
		var inputs []option.Input
		want := map[string]given{}
		errors := 0
		for _, f := range lawFields {
			var all []given
			for i := range rapid.IntRange(0, 5).Draw(t, "inputs of "+f.rows[0]) {
				in := given{source: rapid.SampledFrom(sources).Draw(t, "source"), flag: rapid.SampledFrom(f.rows).Draw(t, "row"), text: rapid.SampledFrom(f.texts).Draw(t, "text")}
				bad := false
				in.text, bad = strings.CutPrefix(in.text, "!")
				in.ok = !bad
				all = append(all, in)
				inputs = append(inputs, option.Input{
					Option: r.ByFlag(in.flag), Raw: option.RawText(in.text),
					Origin: option.Origin{Source: in.source, Name: in.flag, Arg: int32(i + 1)},
				})
			}
			text, from, bad := model(f.rows, f.list, f.def, all)
			errors += bad
			want[f.rows[0]] = given{source: from, text: text}
		}
		s, ps := r.Resolve(layers(inputs...))
		if got := len(ps.Errors()); got != errors {
			t.Fatalf("got %d errors %v, want %d", got, ps.Errors(), errors)
		}
		if errors > 0 {
			return
		}
		safe := s.Redact()
		for name, w := range want {
			o := r.ByFlag(name)
			if got := safe.Text(o); got != w.text && w.source != option.SourceNone {
				t.Fatalf("%s: got %q, want %q", name, got, w.text)
			}
			if got := safe.Source(o); got != w.source {
				t.Fatalf("%s: got source %q, want %q", name, got, w.source)
			}
		}
	})
}

// TestOrderOfRows builds the toy with its rows shuffled: precedence must not
// change.
func TestOrderOfRows(t *testing.T) {
	t.Parallel()
	straight := build(t)
	for seed := range uint64(50) {
		cfg := toyConfig()
		rng := rand.New(rand.NewPCG(seed, 1))
		cfg.Tables = func(v *toy) []option.Table {
			all := toyTables(v)
			rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for _, t := range all {
				rng.Shuffle(len(t.Rows), func(i, j int) { t.Rows[i], t.Rows[j] = t.Rows[j], t.Rows[i] })
			}
			return all
		}
		shuffled, err := option.Build(cfg)
		if err != nil {
			t.Fatal(err)
		}
		texts := func(r *option.Registry[toy]) []string {
			s, ps := r.Resolve(layers(env(r, "sender", "old"), env(r, "mail-from", "new"), flag(r, 1, "tls-enable", "true"), env(r, "address", ":9"), file(r, 1, "http", ":8")))
			if ps.Err() != nil {
				t.Fatal(ps)
			}
			var out []string
			for o := range straight.All() {
				o := r.ByFlag(o.Flag)
				out = append(out, o.Flag+"="+s.Redact().Text(o)+" from "+s.Redact().Source(o).String())
			}
			return out
		}
		if got, want := texts(shuffled), texts(straight); !slices.Equal(got, want) {
			t.Fatalf("seed %s: got %q, want %q", strconv.FormatUint(seed, 10), got, want)
		}
	}
}
