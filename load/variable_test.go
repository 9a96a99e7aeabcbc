package load_test

import (
	"path/filepath"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// envFiles reads texts as files a.env, b.env and so on.
func envFiles(texts ...string) load.Process {
	p := load.Process{FirstArg: 2}
	for i, text := range texts {
		vars, ps := load.EnvFile(string(rune('a'+i))+".env", text)
		p.Variables = append(p.Variables, vars...)
		p.Problems = append(p.Problems, ps...)
	}
	return p
}

func layer(t *testing.T, p load.Process, source option.Source) option.Layer {
	t.Helper()
	for _, l := range load.Layers(build(t).Catalog, p) {
		if l.Source == source {
			return l
		}
	}
	t.Fatalf("no layer of %v", source)
	return option.Layer{}
}

func TestVariables(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		files []string
		want  string
		said  string
	}{
		{"none", []string{"A=b"}, "", ""},
		{"one", []string{"\nTOY_COUNT='7'"}, "a.env:2:11 TOY_COUNT=7", ""},
		{"without the prefix", []string{"WGTUN=x"}, "a.env:1:7 WGTUN=x", ""},
		{"twice in a file", []string{"TOY_COUNT=7\nTOY_COUNT=8"}, "a.env:2:11 TOY_COUNT=8", "warning duplicate-variable: a.env:1:11: TOY_COUNT: set again at a.env:2:11, which counts (keep one of the two)"},
		{"in two files", []string{"TOY_COUNT=7", "TOY_COUNT=8"}, "b.env:1:11 TOY_COUNT=8", "note duplicate-variable: a.env:1:11: TOY_COUNT: set again at b.env:1:11, which counts"},
		{"emptied later", []string{"TOY_COUNT=7", "TOY_COUNT="}, "", "note duplicate-variable: a.env:1:11: TOY_COUNT: set again at b.env:1:11, which counts\nnote empty-variable: b.env:1:11: TOY_COUNT: empty, which counts as not set"},
		{"twice, by a name that may be a secret", []string{"TOY_canary_CANARY=7\nTOY_canary_CANARY=8"}, "", "warning duplicate-variable: a.env:1:19: set again at a.env:2:19, which counts (keep one of the two)\nwarning unknown-variable: a.env:2:19: no option has this variable"},
		{"foreign twice", []string{"A=7\nA=8"}, "", ""},
		{"foreign and odd", []string{"A=$B\nexport C=d\nD=b # c"}, "", ""},
		{"ours and odd", []string{"TOY_ITEMS=$B"}, "a.env:1:11 TOY_ITEMS=$B", "warning env-dialects: a.env:1:11: TOY_ITEMS: systemd keeps a dollar sign, others put the value of a variable in its place (put the value in single quotes)"},
		{"no variable", []string{"CANARY"}, "", "warning env-dialects: a.env:1:1: a line without = sets nothing (write NAME=value)"},
		{"foreign and wrong", []string{"A='b"}, "", "error env-file: a.env:1:3: A: a quote that is not closed"},
		{"unknown", []string{"TOY_CUONT=7"}, "", "warning unknown-variable: a.env:1:11: TOY_CUONT: no option has this variable (did you mean TOY_COUNT?)"},
		{"retired", []string{"TOY_INSIGHTS=7"}, "", "error retired: a.env:1:14: TOY_INSIGHTS: retired (use TOY_TLS_ENABLE, elsewhere --tls-enable or network.tlsEnable)"},
		{"link", []string{"TOY_PORT=tcp://10.0.0.1:80"}, "", "warning service-links: a.env:1:10: TOY_PORT: set by Kubernetes for a service of that name, and not read (enableServiceLinks: false in the pod turns them off)"},
		{"numbered, not UTF-8", []string{"[Service]\nEnvironment=TOY_LINK_0_ID=\\xff"}, "", "error invalid-utf8: a.env:2:27: TOY_LINK_0_ID: not valid UTF-8"},
		{"not UTF-8", []string{"[Service]\nEnvironment=TOY_ITEMS=\\xff"}, "", "error invalid-utf8: a.env:2:23: TOY_ITEMS: not valid UTF-8"},
		{"numbered", []string{"TOY_LINK_0_ID=a\nTOY_LINK_1_ID=b", "TOY_LINK_1_ID=c"}, "a.env:1:15 TOY_LINK_0_ID=[{id:a},{id:c}]", "note duplicate-variable: a.env:2:15: TOY_LINK_1_ID: set again at b.env:1:15, which counts"},
		{"no first", []string{"TOY_LINK_1_ID=b"}, "", "error variable-gap: a.env:1:15: TOY_LINK_1_ID: none is set with number 0 (numbers go from 0 without gaps)"},
		{"gap", []string{"TOY_LINK_0_ID=a\nTOY_LINK_2_ID=b"}, "a.env:1:15 TOY_LINK_0_ID=[{id:a}]", "error variable-gap: a.env:2:15: TOY_LINK_2_ID: none is set with number 1 (numbers go from 0 without gaps)"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l := layer(t, envFiles(tc.files...), option.SourceEnv)
			if got := show(l); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if got := said(l.Problems); got != tc.said {
				t.Errorf("says\n%s\nwant\n%s", got, tc.said)
			}
			for _, p := range l.Problems {
				if len(p.Related) > 0 && (p.Origin.Name != p.Name || p.Related[0].Name != p.Name) {
					t.Errorf("the places are called %q and %q, want %q", p.Origin.Name, p.Related[0].Name, p.Name)
				}
			}
		})
	}
}

func TestVariablesOverTheEnvironment(t *testing.T) {
	t.Parallel()
	p := envFiles("TOY_COUNT=8")
	p.Environ, p.In = []string{"TOY_COUNT=7", "TOY_MODE=fast"}, "process 4711"
	l := layer(t, p, option.SourceEnv)
	if got, want := show(l), "a.env:1:11 TOY_COUNT=8; environment of process 4711 TOY_MODE=fast"; got != want || len(l.Problems) > 0 {
		t.Errorf("got %q with %q, want %q", got, said(l.Problems), want)
	}
}

// Faults inside of a list go to the variable that is wrong, with its place.
func TestVariablesOfOneItem(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want string }{
		{"member", "TOY_LINK_0_ID=a\nTOY_LINK_1_ID=b\nTOY_LINK_1_RETRY=CANARY", "error invalid-value: a.env:3:18: TOY_LINK_1_RETRY: not true or false (use true or false)"},
		{"missing member", "TOY_LINK_0_ID=a\nTOY_LINK_1_RETRY=true", "error invalid-value: a.env:2:18: TOY_LINK_1_ID: missing, but needed"},
	} {
		_, ps := load.Load(build(t), envFiles(tc.text))
		if got := said(ps); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
	p := envFiles("TOY_LINK_0_ID=a\nTOY_LINK_0_RETRY=CANARY\nTOY_LINK_1_ID=b")
	p.Environ = []string{"TOY_LINK_0_RETRY=true"}
	_, ps := load.Load(build(t), p)
	if got, want := said(ps), "error invalid-value: a.env:2:18: TOY_LINK_0_RETRY: not true or false (use true or false)"; got != want {
		t.Errorf("member of both: got %q, want %q", got, want)
	}
	p = envFiles("TOY_LINK_0_ID=a")
	p.Environ, p.In = []string{"TOY_LINK_0_RETRY=CANARY"}, "process 4711"
	_, ps = load.Load(build(t), p)
	if got, want := said(ps), "error invalid-value: environment of process 4711: TOY_LINK_0_RETRY: not true or false (use true or false)"; got != want {
		t.Errorf("member of the process: got %q, want %q", got, want)
	}
}

// What a rule says of a list is put to a member, an item or the whole list, as
// it is about.
func TestRulesOfNumberedVariables(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ item, want string }{
		{"", "TOY_LINK_0_ID: odd"},
		{"[1]", "TOY_LINK_1: odd"},
		{"[1].scopes", "TOY_LINK_1_SCOPES: odd"},
		{"[1].scopes[2]", "TOY_LINK_1_SCOPES[2]: odd"},
		{"[1].scopes.name", "TOY_LINK_1_SCOPES.name: odd"},
	} {
		cfg := toyConfig()
		tables := cfg.Tables
		cfg.Tables = func(v *toy) []option.Table {
			all := tables(v)
			for i := range all[0].Rows {
				if row := &all[0].Rows[i]; row.Flag == "links" {
					row.Value = kind.Struct(&v.Links, kind.Rule[[]toyProvider]{Text: "odd", Check: func([]toyProvider) *option.Fault { return &option.Fault{Item: tc.item, Reason: "odd"} }})
				}
			}
			return all
		}
		r, err := option.Build(cfg)
		if err != nil {
			t.Fatal(err)
		}
		_, ps := load.Load(r, process(nil, []string{"TOY_LINK_0_ID=a", "TOY_LINK_1_ID=b"}, nil))
		if got, want := said(ps), "error invalid-value: environment: "+tc.want; got != want {
			t.Errorf("%q: got %q, want %q", tc.item, got, want)
		}
		_, ps = load.Load(r, process([]string{"--links=[{id: a}, {id: b}]"}, nil, nil))
		if got, want := said(ps), "error invalid-value: argv[2]: --links"+tc.item+": odd"; got != want {
			t.Errorf("%q by flag: got %q, want %q", tc.item, got, want)
		}
	}
}

func TestAnotherProcess(t *testing.T) {
	t.Parallel()
	name := filepath.Join("/srv/toy", "toy.yaml")
	p := load.Process{
		Args: []string{"--cuont=1", "-c", "toy.yaml"}, FirstArg: 2, Environ: []string{"TOY_COUNT=x"}, In: "process 4711", Dir: "/srv/toy",
		Files: memory{name: "items: [a]\nmoed: fast\n"},
	}
	r := build(t)
	s, ps := load.Inspect(r, p)
	want := "error unknown-key: /srv/toy/toy.yaml:2:1: moed: a key that is not known here (a file can't set it; use --mode)\n" +
		"error invalid-value: environment of process 4711: TOY_COUNT: not a whole number (write decimal digits only, such as 42)\n" +
		"error unknown-flag: argv[2] of process 4711: --cuont: unknown flag (did you mean --count?)"
	if got := said(ps); got != want {
		t.Errorf("says\n%s\nwant\n%s", got, want)
	}
	layers := load.Layers(r.Catalog, load.Process{Args: []string{"-c", "-"}, Dir: "/srv/toy", Files: memory{"-": "count: 1"}})
	if got, want := show(layers[0]), "-:1:8 -=1"; got != want {
		t.Errorf("standard input: got %q, want %q", got, want)
	}
	config := s.Setting(r.ByFlag("config"))
	if got, want := config.Origin().String(), "-c (argv[3] of process 4711)"; got != want {
		t.Errorf("origin: got %q, want %q", got, want)
	}
}
