package docgen_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

// draws is how many values a test draws for each option: many in make soak,
// times SOAK.
func draws(few, many int) int {
	if soak := os.Getenv("STRATA_SOAK"); soak != "" {
		times, _ := strconv.Atoi(soak)
		return many * max(times, 1)
	}
	return few
}

var signs = []rune(",:/.-+ \t\"'[]%@#?=&01zZé\u00a0\u2028\ufeff\n\\|*")

// drawn is a value near one that is right or nearly so: two texts cut and put
// together, a letter more or less, a list or a structure of them.
func drawn(r *rand.Rand, o *option.Option, near []string) any {
	t := o.Value.Traits()
	one := func() string {
		s := []rune(near[r.IntN(len(near))])
		for range r.IntN(3) {
			at := 0
			if len(s) > 0 {
				at = r.IntN(len(s))
			}
			switch r.IntN(4) {
			case 0:
				other := []rune(near[r.IntN(len(near))])
				s = slices.Concat(s[:at], other[min(len(other), r.IntN(len(other)+1)):])
			case 1:
				s = slices.Insert(s, at, signs[r.IntN(len(signs))])
			case 2:
				if len(s) > 0 {
					s = slices.Delete(s, at, at+1)
				}
			case 3:
				if len(s) > 0 {
					s[at] ^= 0x20 // another case, or another sign
				}
			}
		}
		return strings.ReplaceAll(string(s), "\x00", "")
	}
	switch {
	case t.Form != nil && r.IntN(8) > 0:
		return grown(r, t.Form)
	case t.List && r.IntN(3) > 0:
		items := []any{}
		for range r.IntN(4) {
			items = append(items, one())
		}
		return items
	}
	return one()
}

// TestSchemaAcceptsNoMoreOfDraws draws thousands of documents, millions in
// make soak, and holds that the engine takes what the schema does.
func TestSchemaAcceptsNoMoreOfDraws(t *testing.T) {
	t.Parallel()
	seed := uint64(5)
	if os.Getenv("STRATA_SOAK") != "" {
		seed = rand.Uint64()
		t.Logf("seed %d", seed)
	}
	for _, s := range subjects(t) {
		gaps := map[*option.Option]bool{}
		for _, g := range docgen.SchemaGaps(s.catalog) {
			gaps[g.Option] = true
		}
		schemas := []*jsonschema.Schema{compile(t, s.catalog, docgen.Draft7), compile(t, s.catalog, docgen.Draft2020)}
		documents, accepted := 0, 0
		for _, o := range inFiles(s.catalog) {
			r := rand.New(rand.NewPCG(uint64(o.Index()), seed))
			near := slices.Concat(texts, o.Value.Traits().Choices, o.Value.Traits().Choices)
			for _, v := range []string{o.Default, o.Example} {
				near = append(near, v, v, v, v)
			}
			for n := range draws(30, 4000) {
				v := drawn(r, o, near)
				doc := nested(o.Path(), v)
				err := valid(t, schemas[n%2], doc)
				documents++
				if err != nil {
					continue
				}
				accepted++
				if p := s.refused(doc); p != nil && !gaps[o] && !strings.Contains(fmt.Sprint(v), "\x00") {
					t.Errorf("%s: the schema accepts %#v, the engine does not: %v", o.Path(), v, p)
				}
			}
		}
		t.Logf("%s: %d documents, %d accepted", s.catalog.Program(), documents, accepted)
		if accepted < documents/20 {
			t.Errorf("%s: the schema accepts %d of %d documents, too few to tell", s.catalog.Program(), accepted, documents)
		}
	}
}

// TestMarkdownGroupsReadBack holds that the pages of all groups together have
// what the page of all options has, but for options outside groups.
func TestMarkdownGroupsReadBack(t *testing.T) {
	t.Parallel()
	for _, c := range catalogs(t) {
		var got []row
		for g := range c.Groups() {
			own := false
			for range c.In(g) {
				own = true
			}
			if own {
				got = append(got, parseRows(fromMarkdown(t, written(t, func(w io.Writer) error { return docgen.MarkdownGroup(w, c, g) })))...)
			}
		}
		sameRows(t, c.Program()+" pages", got, rowsOf(c, func(o *option.Option) bool { return o.Group != nil }))
	}
}
