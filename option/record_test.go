package option_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/strataconf/strata/option"
)

// TestRestore holds that records tell all that the snapshot did; package bundle
// has the law.
func TestRestore(t *testing.T) {
	t.Parallel()
	r := build(t)
	s, _ := r.Inspect(layers(
		env(r, "key", canary), file(r, 1, "url", "https://user:"+canary+"@a.test/p?q="+canary), flag(r, 1, "secure", "1"), env(r, "workers", "x"),
		flag(r, 2, "tls-ciphers", "gone"), flag(r, 3, "tls-ciphers", ""), flag(r, 4, "tls-ciphers", "c"), flag(r, 5, "tls-ciphers", "d"), env(r, "sender", ""),
	))
	live := s.Redact()
	records := live.Records()
	kept := r.Restore(records)
	if got, want := string(kept.AppendBody(nil, option.ShapeFull)), string(live.AppendBody(nil, option.ShapeFull)); got != want {
		t.Errorf("got body\n%s\nwant\n%s", got, want)
	}
	for o := range r.All() {
		a, b := live.Setting(o), kept.Setting(o)
		if live.Source(o) != kept.Source(o) || live.Refused(o) != kept.Refused(o) || live.Withheld(o) != kept.Withheld(o) || live.Text(o) != kept.Text(o) || !reflect.DeepEqual(live.Tree(o), kept.Tree(o)) ||
			len(a.Inputs) != len(b.Inputs) || len(a.Shadowed) != len(b.Shadowed) || a.Origin() != b.Origin() {
			t.Errorf("--%s: got %+v, want %+v", o.Flag, b, a)
		}
	}
	var recorded []string
	for _, k := range records {
		line := k.Option.Flag
		for i, in := range k.Inputs {
			line += fmt.Sprintf(" %s %t", in.Origin.Source, k.Blank[i])
			if in.Raw.Text() != "" {
				t.Errorf("--%s: a record holds a raw value", k.Option.Flag)
			}
		}
		recorded = append(recorded, line)
	}
	if want := []string{
		"workers env false", "key env false", "secure flag false", "url yaml false", "tls-ciphers flag false flag true flag false flag false", "mail-from env true",
	}; !slices.Equal(recorded, want) {
		t.Errorf("got records %q, want %q", recorded, want)
	}
	if live.Counts() != kept.Counts() || live.Counts() != s.Counts() {
		t.Errorf("counts: got %v, want %v", kept.Counts(), s.Counts())
	}
	if !live.Refused(r.ByFlag("workers")) || live.Refused(r.ByFlag("url")) || !kept.Withheld(r.ByFlag("key")) {
		t.Error("want one refused value and a secret among the records")
	}
}
