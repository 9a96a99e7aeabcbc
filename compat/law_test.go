package compat_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

// anyListing draws a catalog from so few names that two of them meet often.
func anyListing(t *rapid.T, label string) *docgen.Listing {
	word := func(what string, words ...string) string { return rapid.SampledFrom(words).Draw(t, label+what) }
	l := &docgen.Listing{Version: docgen.ListingVersion, Program: "toy", EnvPrefix: word("prefix", "A_", "B_"), ConfigFlag: "a"}
	used := map[string]bool{"": true}
	free := func(name string) string {
		if used[name] {
			return ""
		}
		used[name] = true
		return name
	}
	for _, flag := range []string{"a", "b", "c", "d", "e"} {
		if !rapid.Bool().Draw(t, label+flag) {
			continue
		}
		o := docgen.ListedOption{
			Flag: flag, JSON: word("json", "x", "y", "z", flag), Type: word("type", "int", "string", "bool"), Default: word("default", "", "1", "2"),
			Env: free(l.EnvPrefix + word("env", "P", "Q", "R", "S")), YAML: free(word("yaml", "p", "q.p", "r", "s")), Effect: word("effect", "server", "page", "embedder"),
			Secret: rapid.Bool().Draw(t, label+"secret"), Choices: rapid.SampledFrom([][]string{nil, {"1"}, {"1", "2"}}).Draw(t, label+"choices"),
		}
		l.Options = append(l.Options, o)
	}
	for i := range l.Options {
		o := &l.Options[i]
		for _, s := range l.Options {
			if s.JSON == o.JSON && s.Flag != o.Flag {
				o.SameField = append(o.SameField, s.Flag)
			}
		}
		if rapid.Bool().Draw(t, label+"old") && len(o.SameField) > 0 {
			o.UseInstead = o.SameField[:1]
		}
	}
	for _, name := range []string{"f", "g"} {
		if rapid.Bool().Draw(t, label+name) {
			l.Retired = append(l.Retired, docgen.ListedName{Flag: name, UseInstead: word("to", "", "a")})
		}
	}
	return l
}

func of(r *compat.Report, kinds ...compat.Kind) []string {
	var out []string
	for i := range r.Changes {
		if slices.Contains(kinds, r.Changes[i].Kind) {
			out = append(out, r.Changes[i].Option)
		}
	}
	slices.Sort(out)
	return out
}

// TestLaws draws pairs of catalogs: one and itself have no difference, what is
// removed on the way there is added on the way back, and each change says what
// it is.
func TestLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyListing(t, "old "), anyListing(t, "new ")
		if same := compat.Compare(a, a); len(same.Changes) > 0 {
			t.Fatalf("a catalog and itself: got %d changes, want none: %s", len(same.Changes), same.Changes[0].Reason())
		}
		there, back := compat.Compare(a, b), compat.Compare(b, a)
		if removed, added := of(there, compat.KindRemoved), of(back, compat.KindAdded); !slices.Equal(removed, added) {
			t.Fatalf("removed there: %q, added back: %q", removed, added)
		}
		if (len(there.Changes) == 0) != (len(back.Changes) == 0) {
			t.Fatalf("%d changes there, %d back", len(there.Changes), len(back.Changes))
		}
		for i := range there.Changes {
			if c := &there.Changes[i]; c.Reason() == "" || c.Readers == (len(c.Names) > 0) && c.Kind != compat.KindProgram && c.Kind != compat.KindAdded {
				t.Fatalf("%s: --%s %q concerns neither readers nor inputs, or both", c.Kind, c.Option, c.Reason())
			}
		}
	})
}

// TestEveryMemberCounts changes each member of a catalog, of an option, of a
// group and of a retired name in turn: each must be noticed.
func TestEveryMemberCounts(t *testing.T) {
	t.Parallel()
	check := func(t *testing.T, name string, of func(*docgen.Listing) any) {
		t.Helper()
		typ := reflect.TypeOf(of(toy())).Elem()
		for i := range typ.NumField() {
			field := typ.Field(i).Name
			if name == "listing" && slices.Contains([]string{"Version", "Options", "Groups", "Retired"}, field) {
				continue // the form, and what is looked at below
			}
			if name == "option --cache" && field == "Default" {
				continue // its default is told in words
			}
			newer := toy()
			alter(t, reflect.ValueOf(of(newer)).Elem().Field(i))
			if len(compat.Compare(toy(), newer).Changes) == 0 {
				t.Errorf("another %s of the %s is not noticed", field, name)
			}
		}
	}
	check(t, "listing", func(l *docgen.Listing) any { return l })
	check(t, "group", func(l *docgen.Listing) any { return &l.Groups[0] })
	check(t, "retired name", func(l *docgen.Listing) any { return &l.Retired[0] })
	check(t, "family", func(l *docgen.Listing) any { return l.Options[9].Indexed })
	for i, o := range toy().Options {
		check(t, "option --"+o.Flag, func(l *docgen.Listing) any { return &l.Options[i] })
	}
}

// alter gives a field another value.
func alter(t *testing.T, v reflect.Value) {
	t.Helper()
	switch was := v.Interface().(type) {
	case string:
		v.SetString(was + "x")
	case bool:
		v.SetBool(!was)
	case []string:
		// A shared value is one that an option of the catalog has too.
		v.Set(reflect.ValueOf(append(slices.Clone(was), "cache")))
	case []docgen.ListedLimit:
		v.Set(reflect.ValueOf(append(slices.Clone(was), docgen.ListedLimit{Text: "at least 3", Least: num(3)})))
	case option.Annotations:
		v.Set(reflect.ValueOf(option.Annotations{"new": "x"}))
	case *docgen.ListedFamily:
		v.Set(reflect.ValueOf(&docgen.ListedFamily{Prefixes: []string{"TOY_X"}, Suffixes: []string{"Y"}}))
	default:
		t.Fatalf("no way to change a %T; add one", was)
	}
}
