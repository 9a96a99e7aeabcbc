package lint_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy has a row for each kind of thing that rules find.
type toy struct {
	Config   string
	Name     string
	Workers  int64
	Wait     time.Duration
	Keep     time.Duration
	Items    []string
	Mail     string
	Key      kind.Secret
	KeyFile  string
	Token    kind.Secret
	Links    []link
	Site     kind.URL
	Insecure bool
	Trusted  []string
	Future   string
	Public   bool
}

type link struct {
	Name   string      `json:"name"`
	Secret kind.Secret `json:"-" yaml:"secret"`
}

var net = &option.Group{Name: "Net", YAML: "net"}

func tables(v *toy) []option.Table {
	return []option.Table{{Rows: []option.Option{
		{Name: "Config", Flag: "config", Short: "c", Env: "CONFIG_PATH", Value: kind.ConfigPath(&v.Config)},
		{Name: "Name", Flag: "name", YAML: "name", Default: "me", Value: kind.String(&v.Name)},
		{Name: "Workers", Flag: "workers", YAML: "workers", Default: "4", Value: kind.Int(&v.Workers)},
		{Name: "Wait", Flag: "wait", YAML: "wait", Default: "1m", Value: kind.Duration(&v.Wait)},
		{Name: "Keep", Flag: "keep", YAML: "keep", Default: "0", Value: kind.Duration(&v.Keep)},
		{Name: "Items", Flag: "items", YAML: "items", Default: "a,b", Value: kind.Strings(&v.Items)},
		{Name: "Mail", Flag: "mail-from", YAML: "from", Default: "root", Value: kind.String(&v.Mail)},
		{Name: "Old Mail", Flag: "sender", YAML: "sender", UseInstead: []string{"mail-from"}, Value: kind.String(&v.Mail)},
		{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key)},
		{Name: "Key File", Flag: "key-file", YAML: "keyFile", Value: kind.String(&v.KeyFile), Risks: []option.Risk{
			{Code: "readable-key-file", OpenFile: true, Why: "the file has a key", Hint: "close it"},
		}},
		{Name: "Token", Flag: "token", Value: kind.SecretOf(&v.Token)},
		{Name: "Links", Flag: "links", YAML: "links", Value: kind.Struct(&v.Links), Indexed: &option.Indexed{
			Prefixes: []string{"LINK_"}, Fields: []option.IndexedField{{Env: "NAME", Key: "name"}, {Env: "SECRET", Key: "secret"}},
		}},
		{Name: "Site", Flag: "site", YAML: "site", Value: kind.URLOf(&v.Site)},
		{Name: "Future", Flag: "future", YAML: "future", Effect: option.EffectEmbedder, Value: kind.String(&v.Future)},
	}}, {Group: net, Rows: []option.Option{
		{Name: "Insecure", Flag: "insecure", YAML: "insecure", Default: "false", Value: kind.Bool(&v.Insecure), Risks: every("true")},
		{Name: "Trusted", Flag: "trusted", YAML: "trusted", Value: kind.Strings(&v.Trusted), Risks: []option.Risk{
			{Code: "trusts-everyone", Is: func(text string) bool { return strings.HasSuffix(text, "/0") }, Why: "everyone is in it", Hint: "be narrower"},
		}},
		{Name: "Public", Flag: "public", YAML: "public", Value: kind.Bool(&v.Public)},
	}}}
}

// risky are the risks that have no row of their own in the toy: one option has
// them all.
var risky = []string{"skip-verify", "open-cors", "no-rate-limit", "plain-http", "cookie-scheme", "hsts-without-https", "weak-tls", "weak-protection", "open-sign-up", "plain-credentials"}

func every(value string) []option.Risk {
	var out []option.Risk
	for _, code := range risky {
		out = append(out, option.Risk{Code: code, Value: value, Why: "it may " + code})
	}
	return out
}

func config() option.Config[toy] {
	return option.Config[toy]{
		Program: "toy", EnvPrefix: "TOY_", Tables: tables, ConfigFlag: "config",
		Tombstones: []option.Tombstone{{Flag: "crypt", Env: "CRYPT", YAML: "net.crypt", UseInstead: "name"}},
	}
}

// publicFigures is a risk of two options, as a check of a program tells it.
func publicFigures(c *option.Checker[toy]) {
	if v := c.View(); v.Public && v.Name == "0.0.0.0" {
		c.Warning("public-diagnostics", "figures for all", "turn --insecure off, and trust nobody", &v.Public, &v.Name)
	}
}

// A world is what one run reads. Fields that are empty are not there.
type world struct {
	yaml, env string   // files
	late      string   // a second file of variables
	environ   []string // of the process
	args      []string
	open      string // the file that others may read
	files     memory // further files
}

func build(t testing.TB) *option.Registry[toy] {
	t.Helper()
	r, err := option.Build(config())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

type memory map[string]string

func (m memory) ReadFile(name string) ([]byte, error) { return []byte(m[name]), nil }

// modes are files of which others may read one.
type modes struct {
	memory
	open string
}

func (m modes) Mode(name string) (fs.FileMode, error) {
	if name == m.open {
		return 0o644, nil
	}
	return 0o600, nil
}

// config gathers what a run looks at.
func (w world) config(t testing.TB) lint.Config {
	t.Helper()
	disk := memory{"toy.yaml": w.yaml}
	maps.Copy(disk, w.files)
	p := load.Process{Args: w.args, FirstArg: 1, Environ: w.environ, Files: modes{disk, w.open}}
	cfg := lint.Config{Least: option.Note, Open: func(name string) bool { return name == w.open }}
	if w.yaml != "" {
		p.Environ = append([]string{"TOY_CONFIG_PATH=toy.yaml"}, w.environ...)
		cfg.Files = append(cfg.Files, lint.File{Name: "toy.yaml", Text: w.yaml})
	}
	if w.env != "" {
		p.Variables, p.Problems = load.EnvFile("toy.env", w.env)
		cfg.Files = append(cfg.Files, lint.File{Name: "toy.env", Text: w.env})
	}
	if w.late != "" {
		vars, problems := load.EnvFile("late.env", w.late)
		p.Variables, p.Problems = append(p.Variables, vars...), append(p.Problems, problems...)
	}
	r := build(t)
	cfg.Members = func(in *option.Input) []option.Origin { return p.Members(r.Catalog, in) }
	cfg.Settings, cfg.Problems = load.Inspect(r, p, publicFigures)
	return cfg
}

// run returns the lines of what was found, in order.
func (w world) run(t testing.TB, change ...func(*lint.Config)) []string {
	t.Helper()
	cfg := w.config(t)
	for _, c := range change {
		c(&cfg)
	}
	r, err := lint.Run(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return lines(r)
}

func lines(r *lint.Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Line())
	}
	return out
}

// found reports whether a rule found something.
func found(lines []string, id string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.HasSuffix(l, "("+id+")") })
}
