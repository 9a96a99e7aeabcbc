package yamlgen_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/spent"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// FuzzParse holds what Parse must keep to for every text: no panic, the same
// problems twice, each at a place, in bounded time and with bounded messages.
func FuzzParse(f *testing.F) {
	for _, s := range documents {
		f.Add(s)
	}
	for _, s := range []string{
		"workers: 5\nname: a\nnet:\n  port: 8\n  tls:\n    enable: true\n    tlsCiphers: [a, b]\nmail: {from: x}\n",
		"x-a: &a\n  port: 8\nnet:\n  <<: *a\n  tls: {<<: [*a], enable: yes}\n", "labels: {a: b, a: c}\nlinks:\n- name: a\n  target: b\n- &x {name: c}\n- *x\n",
		"net:\n  crypt:\n    enable: true\n", "tls: 5\nkey: x\nnet: []\n", "name: |\n  a\nwaitTime: 1d\n", "a: &a [*a]\n", "name: *x\n", "\tname: a\n", "name: 'a\n", "name: a: b\n", "name: a\n---\nb\n",
	} {
		f.Add(s)
	}
	r := build(f)
	f.Fuzz(func(t *testing.T, src string) {
		var l option.Layer
		var problems option.Problems
		took := spent.On(func() {
			l = yamlgen.Parse(r.Catalog, "f", src, yamlgen.Limits{})
			_, problems = r.Resolve([]option.Layer{l})
		})
		if took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		again := yamlgen.Parse(r.Catalog, "f", src, yamlgen.Limits{})
		if inputs(l) != inputs(again) || fmt.Sprint(l.Problems.Err()) != fmt.Sprint(again.Problems.Err()) {
			t.Errorf("two different answers")
		}
		for _, p := range l.Problems {
			if at := p.Origin.Span; at.Line < 1 || at.Column < 1 || int(at.Offset+at.Length) > len(src) {
				t.Errorf("%v: place %+v is outside", p, at)
			}
		}
		for _, in := range l.Inputs {
			if at := in.Origin.Span; at.Line < 1 || at.Column < 1 || int(at.Offset+at.Length) > len(src) {
				t.Errorf("--%s: place %+v is outside", in.Option.Flag, at)
			}
		}
		shown, _ := problems.Limit(20)
		if n := len(fmt.Sprint(shown.Err())); n > 64<<10 {
			t.Errorf("a message of %d bytes", n)
		}
	})
}
