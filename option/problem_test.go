package option_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/strataconf/strata/option"
)

// TestProblemsAreInOrder: names that hold numbers are in the order of these.
func TestProblemsAreInOrder(t *testing.T) {
	t.Parallel()
	want := []string{
		"", "TOY_LINK_0", "TOY_LINK_0_ID", "TOY_LINK_2_ID", "TOY_LINK_2_RETRY", "TOY_LINK_10_ID", "TOY_LINK_99999999999999999999_ID",
		"TOY_LINK_100000000000000000000_ID", "TOY_LINK_A", "rules[2]", "rules[10]", "rules[10].id",
	}
	ps := option.Problems{}
	for _, i := range rand.Perm(len(want)) {
		ps = append(ps, &option.Problem{Name: want[i], Origin: option.Origin{Source: option.SourceEnv}})
	}
	ps.Sort()
	got := []string{}
	for _, p := range ps {
		got = append(got, p.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
