package report_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/values"
	"github.com/strataconf/strata/yamlgen"
)

// deployment is the whole catalog of the server.
func deployment(t testing.TB) *option.Registry[values.DeploymentValues] {
	t.Helper()
	r, err := values.Build(option.Host{Version: "v1.2.3", CacheDir: "/cache", StateDir: "/state"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// loads reads what was printed as one of the sources.
func loads(r *option.Registry[values.DeploymentValues], file, environ string) (*option.Redacted, option.Problems) {
	vars, problems := load.EnvFile("coder.env", environ)
	s, more := load.Inspect(r, load.Process{Args: []string{"--config=coder.yaml"}, FirstArg: 1, Variables: vars, Files: one(file)})
	return s.Redact(), append(problems, more...)
}

// TestPrintedSettingsLoad gives random options random values from all sources,
// prints the settings as a file and as variables, and loads each alone: every
// option has the value that it had, but for those that a comment names.
func TestPrintedSettingsLoad(t *testing.T) {
	t.Parallel()
	r := deployment(t)
	all := []*option.Option{}
	for o := range r.All() {
		if o.Flag != "config" && o.Flag != "write-config" {
			all = append(all, o)
		}
	}
	plain, _ := r.Inspect(nil)
	unset := plain.Redact()
	rapid.Check(t, func(t *rapid.T) {
		layers := []option.Layer{{Source: option.SourceFlag}, {Source: option.SourceEnv}, {Source: option.SourceYAML, Name: "x.yaml"}}
		for range rapid.IntRange(0, 40).Draw(t, "inputs") {
			o := rapid.SampledFrom(all).Draw(t, "option")
			l := &layers[rapid.IntRange(0, 2).Draw(t, "source")]
			in := option.Input{Option: o, Origin: option.Origin{Source: l.Source, Name: "x", Arg: int32(len(l.Inputs) + 1)}, Raw: option.RawText(randomText(t, o))}
			l.Inputs = append(l.Inputs, in)
		}
		s, _ := r.Inspect(layers)
		safe := s.Redact()
		var yaml, env bytes.Buffer
		if err := yamlgen.WriteOnly(&yaml, safe, func(*option.Option) bool { return true }); err != nil {
			t.Fatal(err)
		}
		if err := report.Env(&env, safe, report.Filter{}); err != nil {
			t.Fatal(err)
		}
		for name, printed := range map[string]string{"yaml": yaml.String(), "env": env.String()} {
			var back *option.Redacted
			var problems option.Problems
			if name == "yaml" {
				back, problems = loads(r, printed, "")
			} else {
				back, problems = loads(r, "", printed)
			}
			for _, p := range problems.Errors() {
				if p.Code != "invalid-value" && !p.Cross {
					t.Fatalf("%s: %v\n%s", name, p, printed)
				}
			}
			for _, o := range all {
				if safe.Same(o, back) || inComment(printed, o) {
					continue
				}
				// A deprecated row that only stands for others is not printed.
				if o.Deprecated() || safe.Source(o) == option.SourceNone && back.Same(o, unset) {
					continue
				}
				t.Fatalf("%s: --%s was %q and is %q\n%s", name, o.Flag, safe.Text(o), back.Text(o), printed)
			}
		}
	})
}

// inComment reports whether a comment says that an option is left out.
func inComment(printed string, o *option.Option) bool {
	for line := range strings.Lines(printed) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") && (strings.HasPrefix(line, "# "+string(o.Env)+" ") && o.Env != "" || strings.HasPrefix(line, "# --"+o.Flag+" ") ||
			strings.HasPrefix(line, "#   --"+o.Flag) || o.YAML != "" && strings.HasPrefix(line, "#"+o.YAML+":")) {
			return true
		}
	}
	return false
}

// randomText is a value that the option takes, or any text.
func randomText(t *rapid.T, o *option.Option) string {
	if traits := o.Value.Traits(); len(traits.Choices) > 0 {
		return rapid.SampledFrom(traits.Choices).Draw(t, "choice")
	}
	switch o.Type() {
	case "bool":
		return rapid.SampledFrom([]string{"true", "false"}).Draw(t, "bool")
	case "int":
		return rapid.SampledFrom([]string{"0", "1", "443", "65000"}).Draw(t, "int")
	case "duration":
		return rapid.SampledFrom([]string{"0s", "1ms", "90m", "48h"}).Draw(t, "duration")
	case "url":
		return rapid.SampledFrom([]string{"", "https://a.test/x?y=z#w", "https://u:p@a.test/", "http://[::1]:8080"}).Draw(t, "url")
	case "host:port":
		return rapid.SampledFrom([]string{":80", "[::1]:443", "a.test:1"}).Draw(t, "address")
	case "string", "string-array":
		return rapid.SampledFrom([]string{
			"", "a", "a b", " a ", "$HOME", "`id`", `a"b`, `a\b`, "it's", "a\nb", "#a", "a #b", "*", "~", "null", "yes", "0600", "é語", "a=b", "!x", "a,b", `"a,b",c`,
			"\ta", "a;b", "\\", `\n`, "${X:-y}", "-", "--x", "'a'", `"`, "a\\\nb", "x\u2028y", "\x1b[1m", "\x7f",
		}).Draw(t, "text")
	}
	if o.Indexed != nil {
		return rapid.SampledFrom([]string{
			"[]", `[{"type":"github","client_id":"a $b","scopes":["x","y"],"device_flow":false}]`,
			`[{"type":"github","client_id":"a"},{"id":"b","client_id":"\"","regex":"^a\\.b$"}]`,
			`[{"type":"github","client_id":"a","scopes":["x y"]}]`, `[{"type":"github","client_id":"a","client_secret":"s"}]`,
		}).Draw(t, "list")
	}
	if o.Example != "" {
		return o.Example
	}
	return o.Default
}

// TestNumberedVariables prints a list of structures as a shell sets it.
func TestNumberedVariables(t *testing.T) {
	t.Parallel()
	r := build(t, true)
	for file, want := range map[string]string{
		"links: [{name: a b, target: c}, {target: d}]": "TOY_LINK_0_NAME=\"a b\"\nTOY_LINK_0_TARGET=c\nTOY_LINK_1_TARGET=d\n",
		"links: [{name: a}, {}]":                       "# --links is left out: numbered variables can't say its value\n",
		"links: []":                                    "# --links is left out: numbered variables can't say its value\n",
	} {
		settings, _ := ask(r, file, nil)
		var out strings.Builder
		if err := report.Env(&out, settings, report.Filter{Source: option.SourceYAML}); err != nil {
			t.Fatal(err)
		}
		if _, got, _ := strings.Cut(out.String(), "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
		}
	}
}

// loadWay reads a line that explanations show.
func loadWay(r *option.Registry[values.DeploymentValues], way report.Way) (*option.Redacted, option.Problems) {
	if strings.HasSuffix(way.Text, "=PATH") {
		p := load.Process{FirstArg: 1, Files: one("secret\n")}
		if way.Source == option.SourceFlag {
			p.Args = []string{way.Text}
		} else {
			p.Environ = []string{way.Text}
		}
		s, problems := load.Inspect(r, p)
		return s.Redact(), problems
	}
	switch way.Source {
	case option.SourceYAML:
		return loads(r, way.Text, "")
	case option.SourceEnv:
		return loads(r, "", way.Text)
	}
	s, problems := load.Inspect(r, load.Process{Args: []string{strings.ReplaceAll(way.Text, "'", "")}, FirstArg: 1})
	return s.Redact(), problems
}
