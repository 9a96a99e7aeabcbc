package load_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

func TestLayersFindTheFile(t *testing.T) {
	t.Parallel()
	files := memory{"a.yaml": "count: 1", "b.yaml": "count: 2", "c.yaml": "count: 3", "./d.yaml": "count: 4"}
	withDefault := func(cfg *option.Config[toy]) {
		tables := cfg.Tables
		cfg.Tables = func(v *toy) []option.Table {
			all := tables(v)
			for i := range all[0].Rows {
				if all[0].Rows[i].Flag == "config" {
					all[0].Rows[i].Default = "c.yaml"
				}
			}
			return all
		}
	}
	for _, tc := range []struct {
		name, args, environ, want string
		change                    func(*option.Config[toy])
	}{
		{"none", "", "", "", nil},
		{"flag", "--config a.yaml", "", "a.yaml:1:8 1", nil},
		{"short flag", "-v -c=a.yaml", "", "a.yaml:1:8 1", nil},
		{"last flag", "-c b.yaml -c a.yaml", "", "a.yaml:1:8 1", nil},
		{"as it is spelled", "-c ./d.yaml", "", "./d.yaml:1:8 4", nil},
		{"variable", "", "TOY_CONFIG_PATH=b.yaml", "b.yaml:1:8 2", nil},
		{"flag before variable", "-c a.yaml", "TOY_CONFIG_PATH=b.yaml", "a.yaml:1:8 1", nil},
		{"empty variable", "", "TOY_CONFIG_PATH=", "", nil},
		{"default", "", "", "c.yaml:1:8 3", withDefault},
		{"flag before default", "-c a.yaml", "", "a.yaml:1:8 1", withDefault},
		{"no option for it", "", "TOY_CONFIG_PATH=b.yaml", "", func(cfg *option.Config[toy]) { cfg.ConfigFlag = "" }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var change []func(*option.Config[toy])
			if tc.change != nil {
				change = append(change, tc.change)
			}
			layers := load.Layers(build(t, change...).Catalog, process(strings.Fields(tc.args), environ(tc.environ), files))
			got := ""
			for _, l := range layers {
				if l.Source == option.SourceYAML {
					got = l.Inputs[0].Origin.Place() + " " + l.Inputs[0].Raw.Text()
				}
			}
			if got != tc.want {
				t.Errorf("got file %q, want %q", got, tc.want)
			}
		})
	}
}

// reason is an error of a file system with words for people.
type reason string

func (reason) Error() string    { return "CANARY" }
func (r reason) Reason() string { return string(r) }

func TestFileProblems(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		err  error
		want string
	}{
		{"missing", &fs.PathError{Op: "open", Path: "CANARY", Err: fs.ErrNotExist}, "no such file"},
		{"permission", &fs.PathError{Op: "open", Path: "CANARY", Err: fs.ErrPermission}, "no permission to read the file"},
		{"with a reason", fmt.Errorf("CANARY: %w", reason("not a regular file")), "not a regular file"},
		{"no files", nil, "the file can't be read"},
		{"other", errors.New("CANARY"), "the file can't be read"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var files load.Files
			if tc.err != nil {
				files = failing{tc.err}
			}
			_, ps := load.Load(build(t), process([]string{"-v", "-c", "CANARY"}, nil, files))
			if got, want := said(ps), "error config-file: argv[3]: -c: "+tc.want; got != want {
				t.Errorf("by flag: got %q, want %q", got, want)
			}
			_, ps = load.Load(build(t), process(nil, environ("TOY_CONFIG_PATH=CANARY"), files))
			if got, want := said(ps), "error config-file: environment: TOY_CONFIG_PATH: "+tc.want; got != want {
				t.Errorf("by variable: got %q, want %q", got, want)
			}
		})
	}
}

func TestFileOfDefaultMayBeMissing(t *testing.T) {
	t.Parallel()
	c := build(t).Catalog
	byDefault := option.Origin{Source: option.SourceDefault}
	if l := load.File(c, memory{}, "c.yaml", byDefault); len(l.Problems) > 0 {
		t.Errorf("missing: got %q, want no problem", said(l.Problems))
	}
	l := load.File(c, failing{fs.ErrPermission}, "c.yaml", byDefault)
	if got, want := said(l.Problems), "error config-file: default: --config: no permission to read the file"; got != want {
		t.Errorf("no permission: got %q, want %q", got, want)
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	s, ps := load.Load(build(t), load.Process{
		Args: []string{"--items=a", "--items", "b"}, Index: []int{3, 7, 8},
		Environ: environ("TOY_COUNT=7|TOY_LINK_0_ID=x|TOY_LINK_0_SCOPES=r w|TOY_MODE=SLOW"),
	})
	if s == nil {
		t.Fatal(ps)
	}
	v := s.View()
	if got, want := fmt.Sprintln(v.Items, v.Count, v.Mode, v.Links[0].ID, v.Links[0].Scopes), "[a b] 7 slow x [r w]\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	set := s.Setting(s.Catalog().ByFlag("items"))
	if len(set.Inputs) != 2 || set.Inputs[0].Origin.Arg != 3 || set.Inputs[1].Origin.Arg != 7 {
		t.Errorf("items: got inputs %v, want those at argv[3] and argv[7]", set.Inputs)
	}
}

// What a check of the program reports of no field stays as it is, whatever it
// calls it.
func TestLoadWithACheck(t *testing.T) {
	t.Parallel()
	_, ps := load.Load(build(t), process(nil, nil, nil), func(c *option.Checker[toy]) { c.Problem("invalid-value", "odd", "") })
	if got, want := said(ps), "error invalid-value: odd"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLoadProblems(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, args, environ, want string }{
		{"config is empty", "--config=", "", "error invalid-value: argv[2]: --config: empty where the path of a file belongs"},
		{"kind and line break", "", "TOY_COUNT=7\n", "error invalid-value: environment: TOY_COUNT: not a whole number (remove the line break at its end)"},
		{"kind and quotes", "", `TOY_TLS_ENABLE="true"`, "error invalid-value: environment: TOY_TLS_ENABLE: not true or false (remove the quotes around it)"},
		{"structure", "--links={CANARY", "", "error invalid-value: argv[2]: --links: …"},
		{"member", "", "TOY_LINK_0_ID=a|TOY_LINK_1_ID=b|TOY_LINK_1_RETRY=CANARY", "error invalid-value: environment: TOY_LINK_1_RETRY: not true or false (use true or false)"},
		{"member of older prefix", "", "TOY_OLDLINK_0_ID=a|TOY_OLDLINK_0_RETRY=CANARY", "error invalid-value: environment: TOY_OLDLINK_0_RETRY: not true or false (use true or false)\nwarning deprecated: environment: TOY_OLDLINK_0_ID: deprecated (use TOY_LINK_0_ID instead)"},
		{"member in quotes", "", "TOY_LINK_0_ID=a|TOY_LINK_0_RETRY='1'", "error invalid-value: environment: TOY_LINK_0_RETRY: not true or false (remove the quotes around it)"},
		{"members, in order", "", "TOY_LINK_0_ID=a|TOY_LINK_0_SECRET=CANARY\xff|TOY_LINK_1_ID=b|TOY_LINK_1_RETRY=CANARY", "error invalid-utf8: environment: TOY_LINK_0_SECRET: not valid UTF-8\nerror invalid-value: environment: TOY_LINK_1_RETRY: not true or false (use true or false)"},
		{"missing member", "", "TOY_LINK_0_SECRET=CANARY", "error invalid-value: environment: TOY_LINK_0_ID: missing, but needed"},
		{"item by flag", "--links=[{id:CANARY}]", "", "error invalid-value: argv[2]: --links…"},
		{"no tree", "", "TOY_RULES={CANARY", "error invalid-value: environment: TOY_RULES: …"},
		{"no tree, overridden", "--rules={a:_b}", "TOY_RULES={CANARY", "warning invalid-value: environment: TOY_RULES: …"},
		{"no tree for another option", "--links=", "TOY_RULES={CANARY", "error invalid-value: environment: TOY_RULES: …"},
		{"no tree, overridden by another spelling", "--old-rules={a:_b}", "TOY_RULES={CANARY", "warning invalid-value: environment: TOY_RULES: a mapping in braces is not closed, or a comma is missing, but a higher source overrides it\nwarning deprecated: argv[2]: --old-rules: deprecated (use --rules instead)"},
		{"warned for nothing", "", `TOY_LISTEN="CANARY"`, "error invalid-value: environment: TOY_LISTEN: not an address such as 127.0.0.1:3000 (remove the quotes around it)"},
		{"warned for nothing, line break", "", "TOY_LISTEN=CANARY\n", "error invalid-value: environment: TOY_LISTEN: not an address such as 127.0.0.1:3000 (remove the line break at its end)"},
		{"not UTF-8, overridden", "--count=7", "TOY_COUNT=CANARY\xff", "error invalid-utf8: environment: TOY_COUNT: not valid UTF-8"},
		{"warned with cause", "", "TOY_BIND_ADDRESS=x\n|TOY_COUNT=x", "error invalid-value: environment: TOY_COUNT: not a whole number (write decimal digits only, such as 42)\nwarning line-break: environment: TOY_BIND_ADDRESS: ends in a line break, which is kept (remove it unless it is meant)"},
		{"gap, overridden", "--links=", "TOY_LINK_1_ID=a", "warning variable-gap: environment: TOY_LINK_1_ID: none is set with number 0, but a higher source overrides it (numbers go from 0 without gaps)"},
		{"overridden", "--count=7", "TOY_COUNT=CANARY", "warning invalid-value: environment: TOY_COUNT: not a whole number, but a higher source overrides it (write decimal digits only, such as 42)"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, ps := load.Load(build(t), process(words(tc.args), environ(tc.environ), memory{}))
			sorted := slices.Clone(ps)
			if sorted.Sort(); !slices.Equal(ps, sorted) {
				t.Errorf("got %v, want it sorted", ps)
			}
			want, open := strings.CutSuffix(tc.want, "…")
			got := said(ps)
			if got != want && !(open && strings.HasPrefix(got, want)) || strings.Contains(got, "CANARY") {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
			for _, p := range ps {
				if p.Origin.Span != (option.Span{}) {
					t.Errorf("got line %d of no file in %v", p.Origin.Span.Line, p)
				}
			}
		})
	}
}
