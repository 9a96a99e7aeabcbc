package option_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func TestPrecedence(t *testing.T) {
	t.Parallel()
	r := build(t)
	F, E, Y := func(n, v string) option.Input { return flag(r, 1, n, v) }, func(n, v string) option.Input { return env(r, n, v) }, func(n, v string) option.Input { return file(r, 2, n, v) }
	for _, c := range []struct {
		name   string
		in     []option.Input
		ask    string
		want   string
		source string
	}{
		{"default", nil, "workers", "4", "default"},
		{"unset", nil, "url", "", ""},
		{"file beats default", []option.Input{Y("workers", "0")}, "workers", "0", "yaml"},
		{"env beats file", []option.Input{Y("workers", "5"), E("workers", "6")}, "workers", "6", "env"},
		{"flag beats all", []option.Input{F("workers", "7"), Y("workers", "5"), E("workers", "6")}, "workers", "7", "flag"},
		{"flag equal to the default wins", []option.Input{E("workers", "6"), F("workers", "4")}, "workers", "4", "flag"},
		{"last on argv", []option.Input{F("workers", "7"), F("workers", "8")}, "workers", "8", "flag"},
		{"list replaces", []option.Input{Y("tls-ciphers", "x"), E("tls-ciphers", "y,z")}, "tls-ciphers", "y,z", "env"},
		{"list joins on argv", []option.Input{E("tls-ciphers", "x"), F("tls-ciphers", "y,z"), F("tls-ciphers", "w")}, "tls-ciphers", "y,z,w", "flag"},
		{"list emptied on argv", []option.Input{F("tls-ciphers", "y"), F("tls-ciphers", ""), F("tls-ciphers", "w")}, "tls-ciphers", "w", "flag"},
		{"empty list is a value", []option.Input{Y("tls-ciphers", "")}, "tls-ciphers", "", "yaml"},
		{"old spelling", []option.Input{E("sender", "old")}, "mail-from", "old", "env"},
		{"old spelling asked", []option.Input{E("sender", "old")}, "sender", "old", "env"},
		{"newer wins in a layer", []option.Input{E("mail-from", "new"), E("sender", "old")}, "mail-from", "new", "env"},
		{"layer before spelling", []option.Input{F("sender", "old"), E("mail-from", "new")}, "mail-from", "old", "flag"},
		{"stands for http", []option.Input{E("address", ":1")}, "http", ":1", "env"},
		{"not for tls", []option.Input{E("address", ":1")}, "tls-address", "127.0.0.1:3443", "default"},
		{"stands for tls", []option.Input{E("address", ":1"), F("tls-enable", "true")}, "tls-address", ":1", "env"},
		{"and empties http", []option.Input{E("address", ":1"), F("tls-enable", "true")}, "http", "", "env"},
		{"explicit beats stand", []option.Input{E("address", ":1"), E("http", ":2")}, "http", ":2", "env"},
		{"higher explicit beats stand", []option.Input{E("address", ":1"), F("http", ":2")}, "http", ":2", "flag"},
		{"stand beats lower explicit", []option.Input{F("address", ":1"), Y("http", ":2")}, "http", ":1", "flag"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, ps := r.Resolve(layers(c.in...))
			if err := ps.Err(); err != nil {
				t.Fatal(err)
			}
			safe, o := s.Redact(), r.ByFlag(c.ask)
			if got := safe.Text(o); got != c.want {
				t.Errorf("%s: got %q, want %q", c.ask, got, c.want)
			}
			if got := safe.Source(o).String(); got != c.source {
				t.Errorf("%s: got source %q, want %q", c.ask, got, c.source)
			}
		})
	}
}

// TestPeek: a rule is told the effective value of a bool option, and false of
// what has none.
func TestPeek(t *testing.T) {
	t.Parallel()
	asked := ""
	r := adapted(t, nil, option.Change("address", func(o *option.Option) {
		o.StandsFor = func(p option.Peek) []option.Stand {
			if p.Bool(asked) {
				return []option.Stand{{Flag: "http", Same: true}, {Flag: "gone"}}
			}
			return nil
		}
	}))
	F, E, Y := func(v string) option.Input { return flag(r, 2, "tls-enable", v) }, func(v string) option.Input { return env(r, "tls-enable", v) }, func(v string) option.Input { return file(r, 2, "tls-enable", v) }
	for _, c := range []struct {
		name, asked string
		in          []option.Input
		want        bool
	}{
		{"unset", "tls-enable", nil, false},
		{"file", "tls-enable", []option.Input{Y("true")}, true},
		{"highest source", "tls-enable", []option.Input{F("false"), E("true"), Y("true")}, false},
		{"highest source, however layers come", "tls-enable", []option.Input{F("true"), E("false"), Y("false")}, true},
		{"last on argv", "tls-enable", []option.Input{F("true"), F("false")}, false},
		{"last on argv again", "tls-enable", []option.Input{F("false"), F("true")}, true},
		{"invalid", "tls-enable", []option.Input{F("maybe"), E("true")}, false},
		{"no bool", "workers", []option.Input{flag(r, 2, "workers", "1")}, false},
		{"no option", "nope", nil, false},
	} {
		asked = c.asked
		s, _ := r.Inspect(layers(append(c.in, env(r, "address", ":1"))...))
		if got := s.View().HTTP == ":1"; got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// TestProblemsOfLayers: what went wrong in a source before is told with the
// rest, and stops a start.
func TestProblemsOfLayers(t *testing.T) {
	t.Parallel()
	r := build(t)
	all := layers(file(r, 9, "workers", "many"))
	all[2].Problems = option.Problems{{Severity: option.Note, Reason: "noted"}}
	if _, ps := r.Resolve(all); len(ps) != 2 || ps[1].Reason != "noted" {
		t.Errorf("got %v, want the error and then the note", ps)
	}
	all[1].Inputs = nil
	if s, ps := r.Resolve(all); s == nil || len(ps) != 1 {
		t.Errorf("a note alone: got snapshot %v and %v, want one, and the note", s, ps)
	}
	all[2].Problems[0].Severity = option.Error
	if s, ps := r.Resolve(all); s != nil || len(ps) != 1 {
		t.Errorf("an error of a layer: got snapshot %v and %v, want none, and the error", s, ps)
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, c := range []struct {
		name string
		in   []option.Input
		want []string // one substring a problem, in order
	}{
		{"quiet", []option.Input{flag(r, 1, "workers", "7")}, nil},
		{"invalid winner", []option.Input{file(r, 9, "workers", "many")}, []string{"error toy.yaml:9:3: workers: "}},
		{"invalid loser of a lower source", []option.Input{env(r, "workers", "many"), flag(r, 2, "workers", "1")}, []string{"warning environment: TOY_WORKERS: not a whole number, but a higher source overrides it (write decimal digits only, such as 42) invalid-value"}},
		{"invalid loser of its own source", []option.Input{flag(r, 1, "workers", "many"), flag(r, 2, "workers", "1")}, []string{"error argv[1]: --workers: "}},
		{"every layer, stable order", []option.Input{flag(r, 4, "wait", "x"), env(r, "secure", "x"), file(r, 7, "tls-enable", "x"), file(r, 3, "workers", "x"), flag(r, 2, "tls-address", "x")}, []string{
			"error toy.yaml:3:3: workers: ", "error toy.yaml:7:3: net.tls.enable: ", "error environment: TOY_SECURE: ", "error argv[2]: --tls-address: ", "error argv[4]: --wait: ",
		}},
		{"deprecated, as typed", []option.Input{env(r, "sender", "x")}, []string{"warning environment: SENDER: deprecated (use TOY_MAIL_FROM instead)"}},
		{"deprecated in a file", []option.Input{file(r, 5, "sender", "x")}, []string{"warning toy.yaml:5:3: mail.sender: deprecated (use mail.from instead)"}},
		{"both spellings, one warning", []option.Input{env(r, "sender", "x"), env(r, "mail-from", "y")}, []string{"warning environment: SENDER: deprecated, and TOY_MAIL_FROM is set too and wins (remove SENDER) both-spellings $TOY_MAIL_FROM"}},
		{"both spellings in two sources", []option.Input{file(r, 5, "sender", "x"), env(r, "mail-from", "y")}, []string{"warning toy.yaml:5:3: mail.sender: deprecated (use mail.from instead) deprecated"}},
		{"deprecated in two sources", []option.Input{file(r, 5, "sender", "x"), env(r, "sender", "y")}, []string{"mail.sender: deprecated (use", "SENDER: deprecated (use"}},
		{"repeated flag, one warning", []option.Input{flag(r, 1, "sender", "x"), flag(r, 2, "sender", "y")}, []string{"argv[1]: --sender: deprecated (use --mail-from instead)"}},
		{"two successors", []option.Input{flag(r, 1, "address", ":1")}, []string{"(use --http or --tls-address instead)"}},
		{"invalid stand is told once", []option.Input{flag(r, 1, "address", "nonsense")}, []string{"error argv[1]: --address: ", "deprecated"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, ps := r.Resolve(layers(c.in...))
			if got, want := s == nil, len(ps.Errors()) > 0; got != want {
				t.Errorf("no snapshot: got %v, want %v", got, want)
			}
			var got []string
			for _, p := range ps {
				line := p.Severity.String() + " " + p.Error() + " " + p.Code
				for _, o := range p.Related {
					line += " " + o.String()
				}
				got = append(got, line)
			}
			if len(got) != len(c.want) {
				t.Fatalf("got %d problems %q, want %d", len(got), got, len(c.want))
			}
			for i, w := range c.want {
				if !strings.Contains(got[i], w) {
					t.Errorf("problem %d: got %q, want %q in it", i, got[i], w)
				}
			}
		})
	}
}

func TestSetting(t *testing.T) {
	t.Parallel()
	r := build(t)
	s, ps := r.Resolve(layers(
		file(r, 2, "tls-ciphers", "f"), env(r, "tls-ciphers", "e"),
		flag(r, 3, "tls-ciphers", "gone"), flag(r, 4, "tls-ciphers", ""), flag(r, 5, "tls-ciphers", "a"), flag(r, 6, "tls-ciphers", "b"),
		file(r, 8, "sender", "old"), file(r, 9, "mail-from", "new"), flag(r, 7, "wait", "1s"), flag(r, 8, "wait", "2s"),
	))
	if err := ps.Err(); err != nil {
		t.Fatal(err)
	}
	places := func(ins []*option.Input) (out []string) {
		for _, in := range ins {
			out = append(out, in.Option.Flag+" "+in.Origin.Place())
		}
		return out
	}
	for _, c := range []struct {
		ask         string
		won, beaten []string
	}{
		{"tls-ciphers", []string{"tls-ciphers argv[4]", "tls-ciphers argv[5]", "tls-ciphers argv[6]"}, []string{"tls-ciphers argv[3]", "tls-ciphers environment", "tls-ciphers toy.yaml:2:3"}},
		{"sender", []string{"mail-from toy.yaml:9:3"}, []string{"sender toy.yaml:8:3"}},
		{"wait", []string{"wait argv[8]"}, []string{"wait argv[7]"}},
		{"workers", nil, nil},
	} {
		set := s.Setting(r.ByFlag(c.ask))
		if got := places(set.Inputs); !slices.Equal(got, c.won) {
			t.Errorf("%s: won by %q, want %q", c.ask, got, c.won)
		}
		if got := places(set.Shadowed); !slices.Equal(got, c.beaten) {
			t.Errorf("%s: shadowed %q, want %q", c.ask, got, c.beaten)
		}
	}
	var told []*option.Option
	for set := range s.Settings() {
		if told = append(told, set.Option); len(told) == 3 {
			break
		}
	}
	if want := slices.Collect(r.All())[:3]; !slices.Equal(told, want) {
		t.Errorf("settings: got %v, want those of the first three options", told)
	}
	for o := range r.All() {
		_ = append(s.Setting(o).Inputs, &option.Input{Option: o}) // what a caller appends is his own
	}
	for o := range r.All() {
		if got := slices.Concat(s.Setting(o).Inputs, s.Setting(o).Shadowed); slices.ContainsFunc(got, func(in *option.Input) bool { return in.Origin.Source == option.SourceNone }) {
			t.Errorf("%s: a caller changed the snapshot by what he appended: got %q", o.Flag, places(got))
		}
	}
	if got, want := s.Counts(), [...]int{5, 4, 1, 0, 2}; got != want {
		t.Errorf("counts by source: got %v, want %v", got, want)
	}
}

func TestInspect(t *testing.T) {
	t.Parallel()
	r := build(t)
	in := layers(file(r, 1, "workers", "7"), env(r, "workers", "many"), flag(r, 1, "wait", "soon"))
	if s, _ := r.Resolve(in); s != nil {
		t.Error("Resolve: got a snapshot, want none")
	}
	s, ps := r.Inspect(in)
	if len(ps.Errors()) != 2 {
		t.Errorf("got %v, want 2 errors", ps)
	}
	for _, c := range []struct {
		ask     string
		text    string
		refused bool
	}{{"workers", "7", true}, {"wait", "1m0s", true}, {"http", ":80", false}} {
		o := r.ByFlag(c.ask)
		if got := s.Redact().Text(o); got != c.text || s.Setting(o).Refused != c.refused {
			t.Errorf("%s: got %q, refused %v; want %q, %v", c.ask, got, s.Setting(o).Refused, c.text, c.refused)
		}
	}
}

func TestValuesIsACopy(t *testing.T) {
	t.Parallel()
	r := build(t)
	s, _ := r.Resolve(layers(flag(r, 1, "tls-ciphers", "x,y"), flag(r, 2, "secure", "true")))
	v := s.Values()
	v.TLS.Ciphers[0] = "changed"
	v.Labels["a"] = "changed"
	if got := s.View().TLS.Ciphers[0]; got != "x" {
		t.Errorf("list of the snapshot: got %q, want x", got)
	}
	again, _ := r.Resolve(nil)
	if got := again.View().Labels["a"]; got != "b" {
		t.Errorf("default of the registry: got %q, want b", got)
	}
	if !v.OldSecure || !s.View().OldSecure {
		t.Error("the field that repeats --secure is false, want true")
	}
}

func TestResolveAtOnce(t *testing.T) {
	t.Parallel()
	r := build(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for range 50 {
				s, ps := r.Resolve(layers(flag(r, 1, "tls-ciphers", "x"), flag(r, 2, "tls-ciphers", "y"), env(r, "labels", `{"k":"v"}`), file(r, 1, "workers", "3")))
				if ps.Err() != nil || s.Redact().Text(r.ByFlag("tls-ciphers")) != "x,y" || s.View().Labels["k"] != "v" {
					t.Errorf("worker %d: got %v and %v", i, s.View(), ps)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestInspectJoinsNoOtherSource gives a list on argv whose first occurrence is
// refused: the second must not be added to the list of a lower source.
func TestInspectJoinsNoOtherSource(t *testing.T) {
	t.Parallel()
	r := build(t)
	s, problems := r.Inspect(layers(env(r, "tls-ciphers", "low"), flag(r, 1, "tls-ciphers", "a\nb"), flag(r, 2, "tls-ciphers", "c"), flag(r, 3, "tls-ciphers", "d")))
	if got := s.Redact().Text(r.ByFlag("tls-ciphers")); got != "c,d" || len(problems.Errors()) != 1 {
		t.Errorf("got %q and %v, want c,d and one error", got, problems)
	}
}

// TestSpellingsOfAList: occurrences on argv join under one spelling only, and
// each older spelling is told of.
func TestSpellingsOfAList(t *testing.T) {
	t.Parallel()
	cfg := toyConfig()
	cfg.Tables = func(v *toy) []option.Table {
		old := func(name string) option.Option {
			return option.Option{Name: name, Flag: name, UseInstead: []string{"tls-ciphers"}, Value: kind.Strings(&v.TLS.Ciphers)}
		}
		return append(toyTables(v), option.Table{Group: tlsGroup, Rows: []option.Option{old("ciphers"), old("suites")}})
	}
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s, ps := r.Resolve(layers(flag(r, 1, "tls-ciphers", "a"), flag(r, 2, "ciphers", "b"), flag(r, 3, "suites", "c"), flag(r, 4, "tls-ciphers", "d")))
	if len(ps) != 2 || ps[0].Name != "--ciphers" || ps[1].Name != "--suites" {
		t.Errorf("got %v, want a warning for each older spelling", ps)
	}
	o := r.ByFlag("tls-ciphers")
	if got, set := s.Redact().Text(o), s.Setting(o); got != "a,d" || len(set.Inputs) != 2 || len(set.Shadowed) != 2 {
		t.Errorf("got %q of %d inputs and %d shadowed, want a,d of 2, and 2", got, len(set.Inputs), len(set.Shadowed))
	}
	if s, _ = r.Resolve(layers(flag(r, 1, "ciphers", "b"), flag(r, 2, "suites", "c"))); s.Redact().Text(o) != "c" {
		t.Errorf("two older spellings: got %q, want that of the last row", s.Redact().Text(o))
	}
}

// TestStandThatIsRefused: what a rule makes of a value is refused under the
// name that was spelled, once.
func TestStandThatIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		given    string
		stand    option.Stand
		inFile   string
		source   option.Source
		refused  bool
		problems string
	}{
		{":1", option.Stand{Flag: "workers", Same: true}, "7", option.SourceEnv, true, "TOY_ADDRESS"},
		{":1", option.Stand{Flag: "workers", Text: "many"}, "7", option.SourceEnv, true, "TOY_ADDRESS"},
		{"nonsense", option.Stand{Flag: "workers", Same: true}, "7", option.SourceEnv, true, "TOY_ADDRESS"},
		{"nonsense", option.Stand{Flag: "workers", Text: "9"}, "7", option.SourceEnv, false, "TOY_ADDRESS"},
		{":1", option.Stand{Flag: "workers", Text: "9"}, "many", option.SourceEnv, false, ""},
		{":1", option.Stand{Flag: "http", Text: "nonsense"}, "7", option.SourceYAML, false, "TOY_ADDRESS"},
	} {
		r := adapted(t, nil, option.Change("address", func(o *option.Option) {
			o.StandsFor = func(option.Peek) []option.Stand { return []option.Stand{c.stand} }
		}))
		s, ps := r.Inspect(layers(env(r, "address", c.given), file(r, 1, "workers", c.inFile)))
		var names []string
		for _, p := range ps.Errors() {
			names = append(names, p.Name)
		}
		set := s.Setting(r.ByFlag("workers"))
		if set.Source != c.source || set.Refused != c.refused || strings.Join(names, " ") != c.problems {
			t.Errorf("%q as %+v: got source %s, refused %v, errors of %q; want %s, %v, %q", c.given, c.stand, set.Source, set.Refused, names, c.source, c.refused, c.problems)
		}
	}
}

// careless is a kind whose errors are not made with care.
type careless struct {
	option.Value
	err func(option.Raw) error
}

func (c careless) Decode(_ any, raw option.Raw) error { return c.err(raw) }

func TestErrorsOfCarelessKinds(t *testing.T) {
	t.Parallel()
	told := func(err func(option.Raw) error) string {
		r := adapted(t, nil, option.Change("workers", func(o *option.Option) { o.Default, o.Value = "", careless{o.Value, err} }))
		_, ps := r.Resolve(layers(env(r, "workers", canary)))
		return ps.Err().Error()
	}
	if got, want := told(func(raw option.Raw) error { return errors.New(raw.Text()) }), "environment: TOY_WORKERS: not a valid int"; got != want {
		t.Errorf("an error that is no fault: got %s, want %s", got, want)
	}
	inside := &option.Fault{Reason: "wrong", Span: option.Span{Line: 2, Column: 3}}
	if got, want := told(func(option.Raw) error { return inside }), "environment: TOY_WORKERS: wrong"; got != want {
		t.Errorf("a place inside the text: got %s, want %s", got, want)
	}
}
