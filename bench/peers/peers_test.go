package peers_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/bench/peers"
	"github.com/strataconf/strata/bench/work"
)

// None of these tests is parallel: the libraries read the environment of the
// process.

// known is how many options of 190 a library gets wrong, by a fault that no
// adapter should hide: a list that is empty in the file keeps its default.
var known = map[string]int{"urfave/cli": 4, "ff": 4}

func TestOracle(t *testing.T) {
	in := work.NewInput(work.Small)
	if err := in.Enter(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	for _, p := range peers.All {
		l, err := p.Start(in)
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
			continue
		}
		if wrong := in.Wrong(l.Values()); len(wrong) != known[p.Name] {
			t.Errorf("%s: got %d wrong options, want %d:\n%s", p.Name, len(wrong), known[p.Name], strings.Join(wrong, "\n"))
		}
		if again, can := l.(peers.Again); can {
			if v, err := again.Again(); err != nil || len(in.Wrong(v)) != known[p.Name] {
				t.Errorf("%s: the second load differs from the first, or fails: %v", p.Name, err)
			}
		}
		if reader, can := l.(peers.Reader); can {
			if got, want := reader.Reads(3), 3*in.Want[5].(int64); got != want {
				t.Errorf("%s: three reads: got %d, want %d", p.Name, got, want)
			}
		}
		if (p.Aside == "") != (p.Plain == nil) {
			t.Errorf("%s: Aside without Plain, or the other way", p.Name)
		}
		if p.Plain == nil {
			continue
		}
		if l, err = p.Plain(in); err != nil || len(in.Wrong(l.Values())) <= known[p.Name] {
			t.Errorf("%s: without the adapter nothing more is wrong (%v): it is needless", p.Name, err)
		}
	}
}

// TestOutputs holds that an output that is timed is one: it names the options.
func TestOutputs(t *testing.T) {
	in := work.NewInput(work.Small)
	if err := in.Enter(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	for _, p := range peers.All {
		l, err := p.Start(in)
		if err != nil {
			t.Fatal(p.Name, err)
		}
		outputs := map[string]func() ([]byte, error){}
		if w, can := l.(peers.Helper); can {
			outputs["g18-golf"] = w.Help
		}
		if w, can := l.(peers.Writer); can {
			outputs["golf: "] = w.YAML
		}
		if w, can := l.(peers.Encoder); can {
			outputs[`"golf":`] = w.JSON
		}
		for part, write := range outputs {
			for range 2 {
				b, err := write()
				if n := strings.Count(string(b), part); err != nil || n == 0 {
					t.Errorf("%s: an output of %d bytes has no %s: %v", p.Name, len(b), part, err)
				}
			}
		}
	}
}

// TestJudge holds that our engine refuses what it must, and that the judge
// can tell a library that does not.
func TestJudge(t *testing.T) {
	good, bad := map[string]int{}, 0
	for _, p := range peers.All {
		verdicts, err := p.Judge(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range verdicts {
			if v.Good {
				good[p.Name]++
			} else {
				bad++
			}
			if p.Name == "strata" && !v.Good {
				t.Errorf("strata: it is not so that it %s", v.Fault)
			}
		}
	}
	if bad < 10 {
		t.Errorf("the judge found %d faults in all libraries, want 10 or more", bad)
	}
	t.Log(good)
}
