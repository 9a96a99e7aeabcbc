package values_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/bundle"
	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// Programs of three sizes, each four times the one before, and as deep.
type (
	ten struct {
		A, B, C, D string
		E, F       int64
		G, H       bool
		I          time.Duration
		J          []string
	}
	one[T any]  struct{ A T }
	four[T any] struct{ A, B, C, D T }
	size1       = one[one[four[ten]]]
	size4       = one[four[four[ten]]]
	size16      = four[four[four[ten]]]
)

// sizes are their numbers of options, beside the one that names the file.
var sizes = [...]int{40, 160, 640}

// grown is such a program with an option that names its file.
type grown[T any] struct {
	Config string
	All    T
}

// grownConfig is the catalog of a program in groups of twenty. Renamed, every
// fourth option has another name, and the old one beside it.
func grownConfig[T any](renamed bool) option.Config[grown[T]] {
	return option.Config[grown[T]]{Program: "grown", EnvPrefix: "GROWN_", ConfigFlag: "config", Tables: func(v *grown[T]) []option.Table {
		tables := []option.Table{{Rows: []option.Option{{Name: "Config", Flag: "config", Value: kind.ConfigPath(&v.Config)}}}}
		for i, f := range leavesOf(reflect.ValueOf(&v.All).Elem(), nil) {
			if i%20 == 0 {
				name := fmt.Sprintf("group%d", i/20)
				tables = append(tables, option.Table{Group: &option.Group{Name: name, YAML: name}})
			}
			o := option.Option{Name: fmt.Sprintf("Option %d", i), Flag: fmt.Sprintf("option-%04d", i), YAML: fmt.Sprintf("key%04d", i), Help: fmt.Sprintf("Says how the part %d works, see --config.", i)}
			var bind func() option.Value
			switch f := f.(type) {
			case *string:
				bind = func() option.Value { return kind.String(f) }
			case *int64:
				bind = func() option.Value { return kind.Int(f) }
			case *bool:
				bind = func() option.Value { return kind.Bool(f) }
			case *time.Duration:
				bind = func() option.Value { return kind.Duration(f) }
			case *[]string:
				bind = func() option.Value { return kind.Strings(f) }
			}
			o.Value = bind()
			t := &tables[len(tables)-1]
			if renamed && i%4 == 0 {
				older := o
				older.Name, older.Value = "Older "+o.Name, bind()
				o.Flag, o.YAML = fmt.Sprintf("newer-%04d", i), fmt.Sprintf("newer%04d", i)
				older.UseInstead, older.Help = []string{o.Flag}, "Older name of --"+o.Flag+"."
				t.Rows = append(t.Rows, older)
			}
			t.Rows = append(t.Rows, o)
		}
		return tables
	}}
}

// leavesOf returns pointers to the fields of a struct, and of those in it.
func leavesOf(v reflect.Value, out []any) []any {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Struct {
			out = leavesOf(f, out)
		} else {
			out = append(out, f.Addr().Interface())
		}
	}
	return out
}

// grownText is a value of every option.
var grownText = map[string]string{"string": "some words", "int": "17", "bool": "true", "duration": "3h", "string-array": "a,b"}

// works are what is done for a program of a size, by name.
func works[T any](t *testing.T) map[string]func() {
	t.Helper()
	newRegistry := func(renamed bool) *option.Registry[grown[T]] {
		r, err := option.Build(grownConfig[T](renamed))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r, newer := newRegistry(false), newRegistry(true) // whose files have older names
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	in := load.Process{Args: []string{"--config=f"}, FirstArg: 1}
	var file, odd strings.Builder
	var paths [][]string
	group := ""
	for o := range r.All() {
		if o.Path() == "" {
			continue
		}
		text := grownText[o.Type()]
		if text == "" {
			t.Fatalf("no text for a %s", o.Type())
		}
		head, key, _ := strings.Cut(o.Path(), ".")
		if head != group {
			group = head
			file.WriteString(group + ":\n")
		}
		value, _ := yamlgen.Value(o, text)
		file.WriteString("  " + key + ": " + value + " # as agreed\n")
		odd.WriteString("# a line\n" + strings.ToUpper(key) + "x: 1\n")
		paths = append(paths, []string{head, key})
		switch o.Index() % 3 {
		case 0:
			in.Args = append(in.Args, "--"+o.Flag+"="+text)
		case 1:
			in.Environ = append(in.Environ, string(o.Env)+"="+text)
		}
	}
	text := file.String()
	in.Files = oneFile{[]byte(text)}
	snap, problems := load.Load(r, in)
	if snap == nil {
		t.Fatal(problems)
	}
	safe, key := snap.Redact(), make([]byte, 32)
	listing, later := docgen.List(r.Catalog), docgen.List(newer.Catalog)
	var saved bytes.Buffer
	check(docgen.Catalog(&saved, r.Catalog))
	m, err := migrate.New(newer, nil)
	check(err)
	doc, err := yamledit.Parse(text, yamlgen.Limits{})
	check(err)
	usage := docgen.Usage{Command: "grown"}
	return map[string]func(){
		"Build": func() { newRegistry(false) },
		"load":  func() { load.Load(r, in) },
		"problems": func() {
			load.Inspect(r, load.Process{Args: []string{"--config=f"}, FirstArg: 1, Files: oneFile{[]byte(odd.String())}})
		},
		"JSON":          func() { safe.AppendOptions(safe.AppendBody(nil, option.ShapeFull)) },
		"help":          func() { check(docgen.HelpAll(io.Discard, r.Catalog, usage, docgen.Style{})) },
		"reference":     func() { check(yamlgen.Reference(io.Discard, r.Catalog)) },
		"written file":  func() { _, err := yamlgen.Write(io.Discard, safe); check(err) },
		"schema":        func() { check(docgen.Schema(io.Discard, r.Catalog, docgen.Draft2020)) },
		"catalog":       func() { _, err := compat.Read(saved.Bytes()); check(err) },
		"compat":        func() { check(compat.Compare(listing, later).WriteMarkdown(io.Discard)) },
		"table":         func() { check(report.Table(io.Discard, safe, problems, report.Filter{}, report.Style{})) },
		"bundle":        func() { _, err := bundle.Take(r, option.Host{}, in, nil, nil).Encode(); check(err) },
		"parsed lines":  func() { _, err := yamledit.Parse(text, yamlgen.Limits{}); check(err) },
		"near name":     func() { _, _ = report.Find(r.Catalog, "optoin-0007") },
		"migrated file": func() { wantSteps(t, m.Plan(migrate.File{Name: "f", Text: text})[0]) },
		"explain all": func() {
			for o := range r.All() {
				check(json.NewEncoder(io.Discard).Encode(report.Explain(safe, problems, o)))
			}
		},
		"diff": func() {
			d := diff.Compare(r.Catalog, diff.Inputs("a", safe, problems, key), diff.Inputs("b", safe, problems, key), diff.Filter{All: true})
			check(d.WriteText(io.Discard, report.Style{}))
		},
		"lint": func() {
			_, err := lint.Run(lint.Config{Settings: snap, Problems: problems, Files: []lint.File{{Name: "f", Text: text}}, Least: option.Note})
			check(err)
		},
		"edits": func() {
			edits := doc.Edit()
			for _, path := range paths {
				edits.Set(path, "x")
			}
			if _, faults := edits.Apply(); faults != nil {
				t.Fatal(faults[0])
			}
		},
	}
}

func wantSteps(t *testing.T, p *migrate.Plan) {
	t.Helper()
	if len(p.Steps) < 10 || len(p.Refused) > 0 {
		t.Fatalf("got %d steps, refused %v", len(p.Steps), p.Refused)
	}
}

// TestGrowth holds that no work is more than linear in the options: the
// exponents of allocations and of bytes, over sixteen times as many options.
// Not parallel: it counts what the process allocates.
func TestGrowth(t *testing.T) {
	bySize := []map[string]func(){works[size1](t), works[size4](t), works[size16](t)}
	const most = 1.1
	for _, name := range slices.Sorted(maps.Keys(bySize[0])) {
		var allocs, bytes [3]uint64
		for i, works := range bySize {
			allocs[i], bytes[i] = costs(1, works[name])
		}
		byAllocs, byBytes := exponent(allocs[0], allocs[2]), exponent(bytes[0], bytes[2])
		t.Logf("%-14s %.2f by allocations %v, %.2f by bytes %v", name, byAllocs, allocs, byBytes, bytes)
		if byAllocs > most || byBytes > most {
			t.Errorf("%s: of %v options it takes %v allocations and %v bytes: the exponents are %.2f and %.2f, want at most %.2f", name, sizes, allocs, bytes, byAllocs, byBytes, most)
		}
	}
}

// exponent is e in cost = c · options^e, between the first size and the last.
func exponent(first, last uint64) float64 {
	return math.Log(float64(max(last, 1))/float64(max(first, 1))) / math.Log(float64(sizes[2])/float64(sizes[0]))
}
