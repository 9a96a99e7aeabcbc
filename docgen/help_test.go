package docgen_test

import (
	"fmt"
	"testing"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/golden"
)

func TestHelpGolden(t *testing.T) {
	t.Parallel()
	c := toyCatalog(t)
	for _, width := range []int{40, 80, 120, 200} {
		for _, colour := range []bool{false, true} {
			for _, all := range []bool{false, true} {
				name := fmt.Sprintf("help%s-%d%s.txt", pick(all, "-all"), width, pick(colour, "-colour"))
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					got := render(t, c, toyUsage, docgen.Style{Width: width, Colour: colour}, all)
					golden.Check(t, "testdata/"+name, []byte(got))
				})
			}
		}
	}
}

func pick(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}
