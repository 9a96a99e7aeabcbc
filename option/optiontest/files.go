package optiontest

import (
	"bytes"
	"slices"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// RoundTrip tests that a written file with every option set gives the same
// settings again, and that the reference file sets nothing.
func RoundTrip[T any](t *testing.T, cfg option.Config[T], samples ...string) {
	t.Helper()
	r := alone(t, cfg)
	var ref bytes.Buffer
	if err := yamlgen.Reference(&ref, r.Catalog); err != nil {
		t.Fatal(err)
	}
	l := yamlgen.Parse(r.Catalog, "reference.yaml", ref.String(), yamlgen.Limits{})
	if len(l.Inputs) > 0 || len(l.Problems) > 0 {
		t.Errorf("the reference file sets %d options with problems %v, want none\n%s", len(l.Inputs), l.Problems, ref.String())
	}

	all := option.Layer{Source: option.SourceFlag}
	for o := range r.All() {
		if o.Deprecated() {
			continue // its successor is written
		}
		text, _ := fit(t, o, samples)
		raw := option.RawText(text)
		if o.Value.Traits().Struct {
			tree, _ := yamlgen.Tree(text)
			raw = option.RawTree(&tree)
		}
		at := option.Origin{Source: option.SourceFlag, Arg: int32(1 + len(all.Inputs)), Name: "--" + o.Flag}
		all.Inputs = append(all.Inputs, option.Input{Option: o, Origin: at, Raw: raw})
	}
	s, ps := r.Resolve([]option.Layer{all})
	if s == nil {
		t.Fatalf("every option at once is refused: %v", ps)
	}
	safe := s.Redact()
	again, doc := written(t, r, safe)
	for o := range r.All() {
		if o.Path() != "" && !o.Deprecated() && !safe.Withheld(o) && !again.Same(o, safe) {
			t.Errorf("--%s: the written file gives %q, want %q\n%s", o.Flag, again.Text(o), safe.Text(o), doc)
		}
	}
}

// written writes the settings as a file and reads that. Each option that the
// file can't set must be among those that Write names.
func written[T any](t *testing.T, r *option.Registry[T], safe *option.Redacted) (again *option.Redacted, doc string) {
	t.Helper()
	var b bytes.Buffer
	left, err := yamlgen.Write(&b, safe)
	if err != nil {
		t.Fatal(err)
	}
	s, ps := r.Resolve([]option.Layer{yamlgen.Parse(r.Catalog, "written.yaml", b.String(), yamlgen.Limits{})})
	if s == nil {
		t.Fatalf("the written file is refused: %v\n%s", ps, b.String())
	}
	for o := range r.All() {
		if safe.Source(o) <= option.SourceDefault || o.Deprecated() || o == r.ConfigOption() || o.Path() != "" && !safe.Withheld(o) {
			continue
		}
		if !slices.ContainsFunc(left, func(m yamlgen.Omission) bool { return m.Option == o }) {
			t.Errorf("--%s is set, and the written file neither has it nor tells that it is left out", o.Flag)
		}
	}
	return s.Redact(), b.String()
}
