package load_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/load"
)

// Pieces of an input, each about an option of its own, right ones and wrong.
var (
	orderFlags = []string{"--count=7", "--verbose", "--items=a,b", "--tls-enable=false", "--bind-address=x", "--no-such=1", "--docs-url=https://a.test"}
	orderEnv   = []string{"TOY_COUNT=8", "TOY_BIND_ADDRESS=y", "TOY_ITEMS=c", "TOY_TOKEN=t", "TOY_CUONT=1", "TOY_LINK_0_ID=a", "TOY_LINK_1_ID=b", "TOY_TLS_ENABLE=maybe", "HOME=/"}
	orderKeys  = []string{"count: 9", "items: [d]", "noSuch: 1", "x-free: 2"}
)

// TestOrderOfPieces shuffles flags, variables and keys of different options:
// neither the values nor what is said may change, but for places.
func TestOrderOfPieces(t *testing.T) {
	t.Parallel()
	r := build(t)
	rapid.Check(t, func(t *rapid.T) {
		some := func(label string, all []string) []string {
			return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !rapid.Bool().Draw(t, label+s) })
		}
		flags, vars, keys := some("flag ", orderFlags), some("variable ", orderEnv), some("key ", orderKeys)
		outcome := func() (string, []string) {
			file := memory{"f": strings.Join(keys, "\n") + "\n"}
			s, ps := load.Inspect(r, process(append([]string{"--config=f"}, flags...), vars, file))
			var told []string
			for _, p := range ps {
				told = append(told, p.Severity.String()+" "+p.Code+" "+p.Name+" "+p.Reason+" "+p.Hint)
			}
			slices.Sort(told)
			safe := s.Redact()
			text := ""
			for o := range r.All() {
				text += o.Flag + "=" + safe.Text(o) + " from " + safe.Source(o).String() + "\n"
			}
			return text, told
		}
		text, told := outcome()
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		for _, list := range [][]string{flags, vars, keys} {
			rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		}
		if again, toldAgain := outcome(); again != text || !slices.Equal(told, toldAgain) {
			t.Fatalf("in another order: got\n%s%q\nwant\n%s%q", again, toldAgain, text, told)
		}
	})
}
