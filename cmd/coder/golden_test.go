package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

const (
	goldens = "../../testdata/golden/"
	example = "../../testdata/deployment.yaml"
)

// TestGoldens holds what people and programs read of the whole registry.
func TestGoldens(t *testing.T) {
	t.Parallel()
	for file, args := range map[string]string{
		"help.txt":       "server --help",
		"help-all.txt":   "server --help-all",
		"reference.yaml": "config reference",
		"written.yaml":   "server --write-config -c " + example,
	} {
		golden.Check(t, goldens+file, output(t, strings.Fields(args)...))
	}
}

// resolved is the shipped example.
func resolved(t *testing.T, args ...string) *snapshot {
	t.Helper()
	p, _, _ := world()
	reg, err := (&program{process: *p}).registry()
	if err != nil {
		t.Fatal(err)
	}
	snap, problems := load.Load(reg, load.Process{Args: args, FirstArg: 1, Files: files.Reader{}})
	if snap == nil {
		t.Fatal(problems.Err())
	}
	return snap
}

// TestConfigJSON holds the answer that the API will give for the example.
func TestConfigJSON(t *testing.T) {
	t.Parallel()
	safe := resolved(t, "-c", example).Redact()
	for file, shape := range map[string]option.Shape{"config.json": option.ShapeFull, "config-compact.json": option.ShapeCompact} {
		b := safe.AppendConfig([]byte(`{"config":`), shape)
		if shape == option.ShapeFull { // the options are the same in both
			b = safe.AppendOptions(append(b, `,"options":`...))
		}
		b = append(b, '}')
		var out bytes.Buffer
		if err := json.Indent(&out, b, "", "  "); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out.WriteByte('\n')
		golden.Check(t, goldens+file, out.Bytes())
	}
}

// TestOptionsTable holds one line for each option, so that a change of one is
// a change of one line.
func TestOptionsTable(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("flag\tshort\tenv\tyaml\tjson\tfield\ttype\tdefault\tchoices\trules\tgroup\thidden\tannotations\tuse_instead\teffect\ttitle\n")
	for o := range resolved(t).Catalog().All() {
		def := o.Default
		if o.DefaultDoc != "" {
			def = "(" + o.DefaultDoc + ")"
		}
		kind := o.Value.Traits()
		var notes []string
		for k, v := range o.Annotations {
			notes = append(notes, k+"="+v)
		}
		slices.Sort(notes)
		fmt.Fprintln(&b, strings.Join([]string{
			o.Flag, o.Short, string(o.Env), o.Path(), o.JSONPath(), o.FieldPath(), o.Type(), def, strings.Join(kind.Choices, "|"),
			strings.Join(kind.Rules, "; "), o.Group.Title(), map[bool]string{true: "hidden"}[o.Hidden], strings.Join(notes, ","),
			strings.Join(o.UseInstead, ","), o.Effect.String(), o.Name,
		}, "\t"))
	}
	golden.Check(t, goldens+"options.tsv", []byte(b.String()))
}

// TestFixturesAgree holds the file with CRLF line ends against its original.
func TestFixturesAgree(t *testing.T) {
	t.Parallel()
	lf := output(t, "server", "--write-config", "-c", example)
	crlf := output(t, "server", "--write-config", "-c", "../../testdata/deployment-crlf.yaml")
	if !bytes.Equal(lf, crlf) {
		t.Errorf("deployment-crlf.yaml says something else than deployment.yaml:\n%s", golden.Diff(lf, crlf))
	}
}

// TestFixtureSizes holds what the shipped files are for: many settings.
func TestFixtureSizes(t *testing.T) {
	t.Parallel()
	for file, c := range map[string]struct {
		inputs int
		types  []string
	}{
		"deployment.yaml": {156, []string{"string", "int", "bool", "duration", "url", "host:port", "string-array", "enum", "regexp", "struct"}},
		"plain.yaml":      {130, []string{"string", "int", "bool", "duration", "url", "host:port", "string-array", "enum", "regexp", "struct"}},
	} {
		types := map[string]bool{}
		n := 0
		for _, l := range resolved(t, "-c", "../../testdata/"+file).Layers() {
			if l.Source == option.SourceYAML {
				for _, in := range l.Inputs {
					n++
					types[in.Option.Type()] = true
				}
			}
		}
		for _, kind := range c.types {
			if !types[kind] {
				t.Errorf("%s sets no option of type %s", file, kind)
			}
		}
		if n != c.inputs {
			t.Errorf("%s: got %d settings, want %d", file, n, c.inputs)
		}
	}
}
