package option_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

// TestProblemsAreInOrder: names that hold numbers are in the order of these.
func TestProblemsAreInOrder(t *testing.T) {
	t.Parallel()
	want := []string{
		"", "--link--x", "--link1", "TOY_LINK_0", "TOY_LINK_0_ID", "TOY_LINK_2_ID", "TOY_LINK_2_RETRY", "TOY_LINK_10_ID", "TOY_LINK_99999999999999999999_ID",
		"TOY_LINK_100000000000000000000_ID", "TOY_LINK_A", "rules[2]", "rules[10]", "rules[10].id",
	}
	for i, first := range want {
		for _, second := range want[i+1:] {
			for _, names := range [][]string{{first, second}, {second, first}} {
				ps := option.Problems{}
				for _, name := range names {
					ps = append(ps, &option.Problem{Name: name, Origin: option.Origin{Source: option.SourceEnv}})
				}
				if ps.Sort(); ps[0].Name != first {
					t.Errorf("got %q before %q, want them the other way", second, first)
				}
			}
		}
	}
}

// TestProblemsArePlaced: severity decides, then the source, the place, the name
// and the reason.
func TestProblemsArePlaced(t *testing.T) {
	t.Parallel()
	inFile := func(line, column int32) option.Origin {
		return option.Origin{Source: option.SourceYAML, Name: "toy.yaml", Span: option.Span{Line: line, Column: column}}
	}
	inVariables := func(in string, line int32) option.Origin {
		return option.Origin{Source: option.SourceEnv, In: in, Span: option.Span{Line: line, Column: 1}}
	}
	onArgv := func(arg int32) option.Origin { return option.Origin{Source: option.SourceFlag, Arg: arg} }
	want := option.Problems{
		{Name: "z", Reason: "z"},
		{Origin: inFile(1, 9), Name: "z"},
		{Origin: inFile(2, 1), Name: "z"},
		{Origin: inFile(2, 3), Name: "y"},
		{Origin: inVariables("a.env", 7), Name: "Z"},
		{Origin: inVariables("b.env", 1), Name: "Y"},
		{Origin: onArgv(1), Name: "--z"},
		{Origin: onArgv(2), Name: "--b", Reason: "b"},
		{Origin: onArgv(2), Name: "--c", Reason: "a"},
		{Origin: onArgv(2), Name: "--c", Reason: "b"},
		{Origin: onArgv(1), Name: "--a", Cross: true},
		{Severity: option.Warning, Origin: inFile(1, 1)},
		{Severity: option.Warning, Origin: onArgv(1), Name: "--a"},
		{Severity: option.Note, Origin: inFile(1, 1)},
	}
	got := option.Problems{}
	for _, i := range rand.Perm(len(want)) {
		got = append(got, want[i])
	}
	got.Sort()
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if errors, warnings := want.Errors(), want.Warnings(); !slices.Equal(errors, want[:11]) || !slices.Equal(warnings, want[11:13]) {
		t.Errorf("got errors %v and warnings %v, want the first 11 and then 2", errors, warnings)
	}
	if err := want.Err(); err == nil || strings.Count(err.Error(), "\n") != 10 {
		t.Errorf("got %v, want the 11 errors as one", err)
	}
	if err := want[11:].Err(); err != nil {
		t.Errorf("warnings: got the error %v, want none", err)
	}
}

func TestProblemIsASentence(t *testing.T) {
	t.Parallel()
	at := option.Origin{Source: option.SourceFlag, Arg: 3}
	for _, c := range []struct {
		problem option.Problem
		want    string
	}{
		{option.Problem{Origin: at, Name: "--x", Reason: "no", Hint: "drop it"}, "argv[3]: --x: no (drop it)"},
		{option.Problem{Origin: at, Reason: "no"}, "argv[3]: no"},
		{option.Problem{Name: "--x", Reason: "no"}, "--x: no"},
		{option.Problem{Name: "--x\n", Reason: "no\x1b", Hint: "drop\r"}, `--x\n: no\x1b (drop\r)`},
	} {
		if got := c.problem.Error(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	ps := option.Problems{{Reason: "a"}, {Reason: "b"}, {Reason: "c"}}
	for _, c := range []struct{ most, shown, more int }{{0, 0, 3}, {2, 2, 1}, {3, 3, 0}, {4, 3, 0}} {
		if shown, more := ps.Limit(c.most); !slices.Equal(shown, ps[:c.shown]) || more != c.more {
			t.Errorf("%d at most: got %v and %d more, want %d and %d", c.most, shown, more, c.shown, c.more)
		}
	}
}
