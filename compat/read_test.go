package compat_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
)

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	options := func(list string) string { return `{"catalog_version":1,"options":[` + list + `]}` }
	for _, k := range []struct{ name, text, want string }{
		{"nothing", "", "not JSON"},
		{"YAML", "a: 1\n", "not JSON"},
		{"cut", `{"catalog_version":1,"options":[`, "not JSON"},
		{"another JSON", `{"config":{}}`, "JSON, but no catalog: it has no catalog_version"},
		{"a list", `[1]`, "JSON, but no catalog: it has no catalog_version"},
		{"a word", `"secret"`, "JSON, but no catalog: it has no catalog_version"},
		{"null", `null`, "JSON, but no catalog: it has no catalog_version"},
		{"newer", `{"catalog_version":2,"options":"of another form"}`, "catalog_version is 2, and this program reads 1 at most; compare with the newer program"},
		{"no version", `{"catalog_version":0}`, "catalog_version is no version"},
		{"a fraction", `{"catalog_version":1.5}`, "catalog_version is no version"},
		{"a version in words", `{"catalog_version":"secret"}`, "catalog_version is no version"},
		{"of another type", options(`{"flag":1}`), "a catalog whose member options.flag is of another type than expected"},
		{"more text", `{"catalog_version":1} {}`, "more text behind the catalog"},
		{"no flag", options(`{}`), "an option has no flag"},
		{"a flag twice", options(`{"flag":"a\u001b"},{"flag":"a\u001b"}`), `two options have the name --a\x1b`},
		{"a variable twice", options(`{"flag":"a","env":"A"},{"flag":"b","env":"A"}`), "two options have the name $A"},
		{"no title", `{"catalog_version":1,"groups":[{}]}`, "a group has no title"},
		{"a group twice", `{"catalog_version":1,"groups":[{"title":"Net"},{"title":"Net"}]}`, "two groups have the title Net"},
		{"too many", options(strings.Repeat(`{"flag":"a"},`, compat.MaxOptions) + `{"flag":"a"}`), "more than 10000 options, groups or retired names"},
		{"too many numbers", options(`{"flag":"a","numbered_variables":{"prefixes":[` + strings.Repeat(`"A",`, 200) + `"A"],"suffixes":[` + strings.Repeat(`"A",`, 200) + `"A"]}}`), "--a has more than 10000 numbered variables"},
		{"too large", strings.Repeat(" ", compat.MaxBytes+1), "larger than 8 MiB"},
		{"deep", strings.Repeat("[", 1<<20), "not JSON"},
	} {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			l, err := compat.Read([]byte(k.text))
			if l != nil || err == nil || err.Error() != k.want {
				t.Errorf("got %v, want %s", err, k.want)
			}
		})
	}
}

// TestReadTakesMore holds that members which a later program adds are passed
// over, and that a mark of byte order is.
func TestReadTakesMore(t *testing.T) {
	t.Parallel()
	l, err := compat.Read([]byte("\uFEFF" + `{"catalog_version":1,"new":[1],"options":[{"flag":"a","new":{}}]}`))
	if err != nil || len(l.Options) != 1 {
		t.Errorf("got %v, want a catalog of one option", err)
	}
}

// TestHostileTextsAreTame holds that texts of a catalog move no cursor, open no
// markup and are cut.
func TestHostileTextsAreTame(t *testing.T) {
	t.Parallel()
	older, newer := toy(), toy()
	at(t, newer, "site").Default = "\x1b[31m<b>`x`" + strings.Repeat("y", 1<<16) + "\n# heading"
	newer.Options = append(newer.Options, docgen.ListedOption{Flag: "a`b\x07", JSON: "n"})
	r := compat.Compare(older, newer)
	var notes strings.Builder
	if err := r.WriteMarkdown(&notes); err != nil {
		t.Fatal(err)
	}
	for what, out := range map[string]string{"text": text(t, r), "Markdown": notes.String()} {
		if strings.ContainsAny(out, "\x1b\x07") || len(out) > 2000 || strings.Contains(out, "\n# heading") {
			t.Errorf("%s shows it raw: %.300q", what, out)
		}
	}
	if want := "`` --a`b\\a ``: new."; !strings.Contains(notes.String(), want) {
		t.Errorf("got %q, want %q in it", notes.String(), want)
	}
}

func FuzzRead(f *testing.F) {
	whole, err := json.Marshal(toy())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(`{"catalog_version":1,"options":[{"flag":"a","limits":[{}],"numbered_variables":{}}],"retired":[{}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := compat.Read(text)
		if err != nil {
			if len(err.Error()) > 1000 {
				t.Fatalf("an error of %d bytes", len(err.Error()))
			}
			return
		}
		if same := compat.Compare(l, l); len(same.Changes) > 0 {
			t.Fatalf("a catalog and itself: %s", same.Changes[0].Reason())
		}
		for _, r := range []*compat.Report{compat.Compare(l, toy()), compat.Compare(toy(), l)} {
			if err := r.WriteMarkdown(&strings.Builder{}); err != nil {
				t.Fatal(err)
			}
			if _, err := json.Marshal(r); err != nil {
				t.Fatal(err)
			}
		}
	})
}
