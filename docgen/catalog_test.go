package docgen_test

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"testing"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// realCatalog is that of the program that ships with the packages.
func realCatalog(t testing.TB) *option.Catalog {
	t.Helper()
	r, err := values.Build(option.Host{Version: "v0.0.0", CacheDir: "/var/cache", StateDir: "/var/lib"})
	if err != nil {
		t.Fatal(err)
	}
	return r.Catalog
}

// written is what a writer of documents writes.
func written(t testing.TB, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCatalogReadsBack(t *testing.T) {
	t.Parallel()
	for _, c := range catalogs(t) {
		text := written(t, func(w io.Writer) error { return docgen.Catalog(w, c) })
		var got docgen.Listing
		d := json.NewDecoder(bytes.NewReader([]byte(text)))
		d.DisallowUnknownFields()
		if err := d.Decode(&got); err != nil {
			t.Fatalf("%s: %v", c.Program(), err)
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(docgen.List(c))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again, want) {
			t.Errorf("%s: the catalog reads back as another one", c.Program())
		}
		var rows []row
		for _, o := range got.Options {
			r := row{o.Name, o.Flag, o.Env, o.YAML, o.Type, o.Default}
			if o.DefaultDoc != "" {
				r.def = o.DefaultDoc
			}
			rows = append(rows, r)
		}
		sameRows(t, c.Program()+" catalog", rows, rowsOf(c, every))
	}
}

func TestCatalogGolden(t *testing.T) {
	t.Parallel()
	golden.Check(t, "testdata/catalog.json", []byte(written(t, func(w io.Writer) error { return docgen.Catalog(w, toyCatalog(t)) })))
}

// TestCatalogIsOfNoHost holds that what a host decides is told in words.
func TestCatalogIsOfNoHost(t *testing.T) {
	t.Parallel()
	var texts [2]string
	for i, host := range []option.Host{{CacheDir: "/a", StateDir: "/b"}, {Version: "v9.9.9", Release: true, Testing: true}} {
		r, err := values.Build(host)
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = written(t, func(w io.Writer) error { return docgen.Catalog(w, r.Catalog) })
	}
	if texts[0] != texts[1] {
		t.Error("two hosts have two catalogs, want one")
	}
}

// A row is what each document must tell of an option.
type row struct{ name, flag, env, path, kind, def string }

func every(*option.Option) bool { return true }

// rowsOf are the rows of a catalog, the default in words where the host
// decides it.
func rowsOf(c *option.Catalog, which func(*option.Option) bool) []row {
	var out []row
	for o := range c.All() {
		if !which(o) {
			continue
		}
		def := o.Default
		switch {
		case o.DefaultDoc != "":
			def = o.DefaultDoc
			if n := len(def); def[n-1] == '.' {
				def = def[:n-1]
			}
		case o.Computed != nil:
			def = "depends on the host"
		}
		out = append(out, row{o.Name, o.Flag, string(o.Env), o.Path(), o.Type(), def})
	}
	return out
}

func sameRows(t *testing.T, what string, got, want []row) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d options, want %d", what, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%s: got %q, want %q", what, got[i], want[i])
			return
		}
	}
}
