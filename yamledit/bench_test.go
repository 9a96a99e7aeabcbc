package yamledit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/spent"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// large is nearly 1 MiB of configuration with comments; extra is put in front.
func large(extra string) string {
	var b strings.Builder
	b.WriteString(extra)
	for i := 0; b.Len() < 1<<20-3000; i++ {
		fmt.Fprintf(&b, "\n# About group %d, which has a comment of a usual length above it.\ngroup%d:\n  enabled: true  # on\n  # Where it listens.\n  address: \"127.0.0.1:%d\"\n  names: [one, two, three]\n", i, i, i)
	}
	return b.String()
}

func BenchmarkEdit(b *testing.B) {
	for _, bb := range []struct{ name, text string }{{"plain", large("")}, {"full", large("x-a: &a 1\nx-b: *a\n")}} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.text)))
			b.ReportAllocs()
			for b.Loop() {
				d, err := yamledit.Parse(bb.text, yamlgen.Limits{Nodes: 100000})
				if err != nil {
					b.Fatal(err)
				}
				e := d.Edit()
				for i := range 15 {
					n, _ := d.Find(fmt.Sprintf("group%d", i*40), "address")
					e.Move(n, []string{fmt.Sprintf("moved%d", i), "to", "address"})
				}
				if _, faults := e.Apply(); faults != nil {
					b.Fatal(faults[0])
				}
			}
		})
	}
}

// TestHostile holds that no text costs more than a small multiple of its size.
func TestHostile(t *testing.T) {
	t.Parallel()
	const size = 1<<20 - 100
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 9; i++ {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1)
	}
	for name, text := range map[string]string{
		"comments": strings.Repeat("# a: b\n", size/7), "blank": strings.Repeat("\n", size), "deep comments": "a:\n" + strings.Repeat("    #k: v\n", size/10) + "b: 1\n",
		"one line": "a: [" + strings.Repeat("{b: c}, ", 9000) + "]\n", "long comment": "a: 1 #" + strings.Repeat("#", size), "long key": strings.Repeat("k", size) + ": 1\n",
		"keys": strings.Repeat("a", 1) + ": 1\n" + numbered(20000), "quotes": "a: \"" + strings.Repeat("\\n", size/2) + "\"\n", "brackets": strings.Repeat("[", size), "bomb": bomb, "anchors": strings.Repeat("- &a x\n", 20000),
		"commented keys": "a:\n" + numbered(0) + strings.Repeat("  # new: 1\n", size/12), "returns": strings.Repeat("\r", size), "aliases": "a: &a 1\nl: [" + strings.Repeat("*a, ", 25000) + "]\n", "dashes": strings.Repeat("- ", 60) + "a: 1\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			took := spent.On(func() {
				d, err := yamledit.Parse(text, yamlgen.Limits{})
				if err != nil {
					return
				}
				d.Comments()
				d.Anchors()
				e := d.Edit()
				e.Set([]string{"new"}, "1")
				e.Set([]string{"a", "new"}, "1")
				if n, ok := d.Find("b"); ok {
					e.Remove(n)
				}
				e.Apply()
			})
			if took > 10*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: 1\n", i)
	}
	return b.String()
}
