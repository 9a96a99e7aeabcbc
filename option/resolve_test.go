package option_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/strataconf/strata/option"
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
		{"invalid loser of a lower source", []option.Input{env(r, "workers", "many"), flag(r, 2, "workers", "1")}, []string{"warning environment: TOY_WORKERS: "}},
		{"invalid loser of its own source", []option.Input{flag(r, 1, "workers", "many"), flag(r, 2, "workers", "1")}, []string{"error argv[1]: --workers: "}},
		{"every layer, stable order", []option.Input{flag(r, 4, "wait", "x"), env(r, "secure", "x"), file(r, 7, "tls-enable", "x"), file(r, 3, "workers", "x"), flag(r, 2, "tls-address", "x")}, []string{
			"error toy.yaml:3:3: workers: ", "error toy.yaml:7:3: net.tls.enable: ", "error environment: TOY_SECURE: ", "error argv[2]: --tls-address: ", "error argv[4]: --wait: ",
		}},
		{"deprecated, as typed", []option.Input{env(r, "sender", "x")}, []string{"warning environment: SENDER: deprecated (use TOY_MAIL_FROM instead)"}},
		{"deprecated in a file", []option.Input{file(r, 5, "sender", "x")}, []string{"warning toy.yaml:5:3: mail.sender: deprecated (use mail.from instead)"}},
		{"both spellings, one warning", []option.Input{env(r, "sender", "x"), env(r, "mail-from", "y")}, []string{"warning environment: SENDER: deprecated, and TOY_MAIL_FROM is set too and wins (remove SENDER)"}},
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
				got = append(got, p.Severity.String()+" "+p.Error())
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
		file(r, 8, "sender", "old"), file(r, 9, "mail-from", "new"),
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
	for o := range r.All() {
		_ = append(s.Setting(o).Inputs, &option.Input{Option: o}) // what a caller appends is his own
	}
	for o := range r.All() {
		if got := slices.Concat(s.Setting(o).Inputs, s.Setting(o).Shadowed); slices.ContainsFunc(got, func(in *option.Input) bool { return in.Origin.Source == option.SourceNone }) {
			t.Errorf("%s: a caller changed the snapshot by what he appended: got %q", o.Flag, places(got))
		}
	}
	if got, want := s.Counts(), [...]int{5, 5, 1, 0, 1}; got != want {
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
