package load_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func TestArgs(t *testing.T) {
	t.Parallel()
	c := build(t).Catalog
	for _, tc := range []struct{ name, args, want string }{
		{"none", "", ""},
		{"detached value", "--count 7", "argv[2] --count=7"},
		{"attached value", "--count=7", "argv[2] --count=7"},
		{"value with equals", "--bind-address=a=b", "argv[2] --bind-address=a=b"},
		{"second flag", "--count 7 --mode fast", "argv[2] --count=7; argv[4] --mode=fast"},
		{"twice", "--count 7 --count=8", "argv[2] --count=7; argv[4] --count=8"},
		{"list twice", "--items a --items=b,c", "argv[2] --items=a; argv[4] --items=b,c"},
		{"empty attached", "--items=", "argv[2] --items="},
		{"empty detached", "--items _", "argv[2] --items="},
		{"bool", "--tls-enable", "argv[2] --tls-enable=true"},
		{"bool with value", "--tls-enable=false", "argv[2] --tls-enable=false"},
		{"bool empty", "--tls-enable=", "argv[2] --tls-enable="},
		{"short detached", "-c f.yaml", "argv[2] -c=f.yaml"},
		{"short attached", "-cf.yaml", "argv[2] -c=f.yaml"},
		{"short equals", "-c=f.yaml", "argv[2] -c=f.yaml"},
		{"short empty", "-c=", "argv[2] -c="},
		{"short two equals", "-a==", "argv[2] -a=="},
		{"short with its letter in the value", "-a=a=", "argv[2] -a=a="},
		{"short bool", "-v", "argv[2] -v=true"},
		{"short bool with value", "-v=false", "argv[2] -v=false"},
		{"cluster", "-vn 7", "argv[2] -v=true; argv[2] -n=7"},
		{"cluster attached", "-vn7", "argv[2] -v=true; argv[2] -n=7"},
		{"cluster twice", "-vvn=7", "argv[2] -v=true; argv[2] -v=true; argv[2] -n=7"},
		{"hyphen alone", "--config -", "argv[2] --config=-"},
		{"hyphen attached", "--count=-5", "argv[2] --count=-5"},
		{"end of flags", "--count 7 --", "argv[2] --count=7"},
		{"structure", "--links=[{id:_x}]", "argv[2] --links=[{id:x}]"},
		{"structure in JSON", `--links=[{"id":"x"}]`, "argv[2] --links=[{id:x}]"},
		{"structure empty", "--links=", "argv[2] --links="},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l := load.Args(c, words(tc.args), 2)
			if got := show(l); got != tc.want || len(l.Problems) > 0 {
				t.Errorf("Args(%q) = %q with %q, want %q", tc.args, got, said(l.Problems), tc.want)
			}
		})
	}
}

// words splits at spaces; an underscore stands for an empty word or a space.
func words(s string) []string {
	out := strings.Fields(s)
	for i, w := range out {
		switch {
		case w == "_":
			out[i] = ""
		case strings.Contains(w, ":_"):
			out[i] = strings.ReplaceAll(w, ":_", ": ")
		}
	}
	return out
}

func TestArgsProblems(t *testing.T) {
	t.Parallel()
	const unknown, stray = "error unknown-flag: argv[2]: unknown flag", "error stray-argument: argv[2]: an argument that belongs to no flag"
	c := build(t).Catalog
	for _, tc := range []struct{ name, args, want string }{
		{"near miss", "--cuont=CANARY", "error unknown-flag: argv[2]: --cuont: unknown flag (did you mean --count?)"},
		{"abbreviation", "--verb", unknown},
		{"YAML path", "--network.bindAddress CANARY", "error unknown-flag: argv[2]: --network.bindAddress: unknown flag (did you mean --bind-address?)"},
		{"variable", "--TOY_COUNT=7", "error unknown-flag: argv[2]: --TOY_COUNT: unknown flag (did you mean --count?)"},
		{"one hyphen", "-tls-enable", "error unknown-flag: argv[2]: -tls-enable: unknown flag (did you mean --tls-enable?)"},
		{"negated", "--no-tls-enable", "error unknown-flag: argv[2]: --no-tls-enable: unknown flag (write --tls-enable=false)"},
		{"negated, with a word", "--no-tls-enable CANARY", "error unknown-flag: argv[2]: --no-tls-enable: unknown flag (write --tls-enable=false)\nerror stray-argument: argv[3]: an argument that belongs to no flag"},
		{"negated, takes a value", "--no-count", "error unknown-flag: argv[2]: --no-count: unknown flag (did you mean --count?)"},
		{"negated, far from all", "--no-count-at-all", unknown},
		{"far from all", "--CANARY-CANARY=1", unknown},
		{"far from all, with a value", "--CANARY-CANARY CANARY", unknown},
		{"short with a secret", "-pCANARY", unknown},
		{"short with a value", "-p CANARY", unknown},
		{"cluster", "-vp", unknown},
		{"pflag's own", "-test.v", unknown},
		{"help", "--help", unknown},
		{"three hyphens", "---count=7", "error unknown-flag: argv[2]: ---count: unknown flag (did you mean --count?)"},
		{"no name", "--=CANARY", unknown},
		{"short bool with empty value", "-v=", "error unknown-flag: argv[2]: unknown flag"},
		{"retired", "--insights CANARY", "error retired: argv[2]: --insights: retired (use --tls-enable, elsewhere TOY_TLS_ENABLE or network.tlsEnable)"},
		{"retired for good", "--gone=1", "error retired: argv[2]: --gone: retired (remove it)"},
		{"no value", "--count", "error missing-value: argv[2]: --count: a value is missing"},
		{"no value, short", "-vn", "error missing-value: argv[2]: -n: a value is missing"},
		{"flag for a value", "--count -v", "error missing-value: argv[2]: --count: a value is missing (write one that begins with a hyphen as --count=-…)"},
		{"hyphen in a value", "--count -5", "error missing-value: argv[2]: --count: a value is missing (write one that begins with a hyphen as --count=-…)"},
		{"end for a value", "--count --", "error missing-value: argv[2]: --count: a value is missing (write one that begins with a hyphen as --count=-…)"},
		{"stray", "CANARY", stray},
		{"stray empty", "_", stray},
		{"stray hyphen", "-", stray},
		{"stray behind the end", "-- --count", "error stray-argument: argv[3]: --count: an argument that belongs to no flag (did you mean --count?)"},
		{"stray file", "CANARY.yaml CANARY.yml CANARY.yamls", stray + " (name a configuration file by --config)\nerror stray-argument: argv[3]: an argument that belongs to no flag (name a configuration file by --config)\nerror stray-argument: argv[4]: an argument that belongs to no flag"},
		{"stray flag", "bind-addres CANARY", "error stray-argument: argv[2]: bind-addres: an argument that belongs to no flag (did you mean --bind-address?)\nerror stray-argument: argv[3]: an argument that belongs to no flag"},
		{"stray variable", "TOY_TOKEN=CANARY", "error stray-argument: argv[2]: TOY_TOKEN: an argument that belongs to no flag (did you mean --token?)"},
		{"stray retired variable", "TOY_INSIGHTS=CANARY", "error stray-argument: argv[2]: TOY_INSIGHTS: an argument that belongs to no flag (use --tls-enable, elsewhere TOY_TLS_ENABLE or network.tlsEnable)"},
		{"value for a bool", "--tls-enable false", "error stray-argument: argv[3]: --tls-enable takes no argument behind it (write --tls-enable=false)"},
		{"true for a bool", "-v True", "error stray-argument: argv[3]: --verbose takes no argument behind it (write --verbose=true)"},
		{"word for a bool", "-v off", "error stray-argument: argv[3]: --verbose takes no argument behind it (write --verbose=true or --verbose=false)"},
		{"other behind a bool", "-v CANARY", "error stray-argument: argv[3]: an argument that belongs to no flag"},
		{"bool word behind a value", "--count 7 true", "error stray-argument: argv[4]: an argument that belongs to no flag"},
		{"bool word behind a value that is attached", "-n7 true", "error stray-argument: argv[3]: an argument that belongs to no flag"},
		{"bool word behind nothing", "_ true", stray + "\nerror stray-argument: argv[3]: an argument that belongs to no flag"},
		{"bool word behind a word", "nv true", stray + "\nerror stray-argument: argv[3]: an argument that belongs to no flag"},
		{"bool word behind a given bool", "--tls-enable=true false", "error stray-argument: argv[3]: an argument that belongs to no flag"},
		{"bool word behind the end", "-- -v true", "error stray-argument: argv[3]: an argument that belongs to no flag\nerror stray-argument: argv[4]: an argument that belongs to no flag"},
		{"argument behind a misspelt bool", "--verbsoe CANARY", "error unknown-flag: argv[2]: --verbsoe: unknown flag (did you mean --verbose?)\nerror stray-argument: argv[3]: an argument that belongs to no flag"},
		{"argument behind a misspelt flag with a value", "--cuont=1 CANARY", "error unknown-flag: argv[2]: --cuont: unknown flag (did you mean --count?)\nerror stray-argument: argv[3]: an argument that belongs to no flag"},
		{"not UTF-8", "--bind-address=CANARY\xff", "error invalid-utf8: argv[2]: --bind-address: not valid UTF-8"},
		{"line break kept", "--bind-address=CANARY\u00a0\n", "warning line-break: argv[2]: --bind-address: ends in a line break, which is kept (remove it unless it is meant)"},
		{"line break, no text", "--count=7\n", ""},
		{"secret", "--token=CANARY", "warning secret-on-argv: argv[2]: --token: a secret that every user of this machine can read on the command line (set TOY_TOKEN instead)"},
		{"secret inside", `--links=[{"id":"a","secret":"CANARY"}]`, "warning secret-on-argv: argv[2]: --links: holds a secret that every user of this machine can read on the command line (set numbered variables such as TOY_LINK_0_ID instead)"},
		{"no secret inside", `--links=[{"id":"a"}]`, ""},
		{"password in a URL", "--docs-url=https://me:CANARY@a.test/?q=1 --docs-url=https://b.test/?q=1", "warning secret-on-argv: argv[2]: --docs-url: holds a secret that every user of this machine can read on the command line (set TOY_DOCS_PORT instead)"},
		{"secret twice", "--token=CANARY --token CANARY", "warning secret-on-argv: argv[2]: --token: a secret that every user of this machine can read on the command line (set TOY_TOKEN instead)"},
		{"secret empty", "--token=", ""},
		{"query of a URL", "--docs-url=https://b.test/?q=1", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			args := strings.Split(tc.args, " ")
			for i := range args {
				args[i] = strings.ReplaceAll(strings.TrimPrefix(args[i], "_"), "\u00a0", " ")
			}
			l := load.Args(c, args, 2)
			if got := said(l.Problems); got != tc.want {
				t.Errorf("Args(%q) says\n%s\nwant\n%s", tc.args, got, tc.want)
			}
			for _, p := range l.Problems {
				if p.Origin.Name != p.Name {
					t.Errorf("Args(%q): the place is called %q, want %q", tc.args, p.Origin.Name, p.Name)
				}
				if o := p.Option; strings.Contains(p.Reason, "no argument") && (o == nil || !strings.Contains(p.Reason, o.Flag)) {
					t.Errorf("Args(%q): got option %v, want that of the reason", tc.args, o)
				}
			}
		})
	}
}

// A program without a configuration file has no flag for one.
func TestArgsWithoutAFile(t *testing.T) {
	t.Parallel()
	c := build(t, func(cfg *option.Config[toy]) { cfg.ConfigFlag = "" }).Catalog
	if got, want := said(load.Args(c, []string{"CANARY.yaml"}, 1).Problems), "error stray-argument: argv[1]: an argument that belongs to no flag"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestArgsMixed(t *testing.T) {
	t.Parallel()
	c := build(t).Catalog
	l := load.Args(c, []string{"--count", "-5", "--cuont", "7", "-v", "true", "--no-such-flag", "--mode=fast", "--count", "-v", "--count", "-5", "-v"}, 1)
	if got, want := show(l), "argv[5] -v=true; argv[8] --mode=fast; argv[10] -v=true; argv[13] -v=true"; got != want {
		t.Errorf("inputs: got %q, want %q", got, want)
	}
	const want = `error missing-value: argv[1]: --count: a value is missing (write one that begins with a hyphen as --count=-…)
error unknown-flag: argv[3]: --cuont: unknown flag (did you mean --count?)
error stray-argument: argv[6]: --verbose takes no argument behind it (write --verbose=true)
error unknown-flag: argv[7]: unknown flag
error missing-value: argv[9]: --count: a value is missing (write one that begins with a hyphen as --count=-…)
error missing-value: argv[11]: --count: a value is missing (write one that begins with a hyphen as --count=-…)`
	if got := said(l.Problems); got != want {
		t.Errorf("says\n%s\nwant\n%s", got, want)
	}
}

// What a warning of a secret says to do instead is what the option has.
func TestArgsWithSecrets(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		row  option.Option
		args string
		want string
	}{
		{"nothing else", option.Option{NoFile: true}, "--extra=CANARY", ""},
		{"file", option.Option{}, "--extra=CANARY", " (name a file by --extra-file instead)"},
		{"numbers without a prefix", option.Option{NoFile: true, Indexed: &option.Indexed{Fields: []option.IndexedField{{Env: "ID", Key: "id"}}}}, "--extra=CANARY", ""},
		{"numbers without a member", option.Option{NoFile: true, Indexed: &option.Indexed{Prefixes: []string{"EXTRA"}}}, "--extra=CANARY", ""},
		{"numbers", option.Option{NoFile: true, Indexed: &option.Indexed{Prefixes: []string{"EXTRA"}, Fields: []option.IndexedField{{Env: "ID", Key: "id"}}}}, "--extra=CANARY", " (set numbered variables such as TOY_EXTRA_0_ID instead)"},
	} {
		c := build(t, func(cfg *option.Config[toy]) {
			more(cfg, func(v *toy) option.Option {
				row := tc.row
				row.Name, row.Flag, row.Env, row.Value, row.UseInstead = "Extra", "extra", option.None, kind.SecretOf(&v.Token), []string{"token"}
				return row
			})
		}).Catalog
		want := "warning secret-on-argv: argv[2]: --extra: a secret that every user of this machine can read on the command line" + tc.want
		if got := said(load.Args(c, []string{tc.args}, 2).Problems); got != want {
			t.Errorf("%s: says %q, want %q", tc.name, got, want)
		}
	}
}

// Pflag leaves -test.x to go test, which would lose the argument.
func TestArgsOfTestsAreNotSkipped(t *testing.T) {
	t.Parallel()
	c := build(t, func(cfg *option.Config[toy]) {
		more(cfg, func(v *toy) option.Option {
			return option.Option{Name: "T", Flag: "t-flag", Short: "t", Value: kind.String(&v.Tunnel), UseInstead: []string{"tunnel"}}
		})
	}).Catalog
	if got, want := show(load.Args(c, []string{"-tes"}, 1)), "argv[1] -t=es"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := said(load.Args(c, []string{"-v", "-test.v"}, 1).Problems), "error unknown-flag: argv[2]: unknown flag"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
