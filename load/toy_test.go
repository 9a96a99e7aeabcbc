package load_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy is what the toy catalog fills.
type toy struct {
	Address string            `json:"address"`
	On      bool              `json:"on"`
	Verbose bool              `json:"verbose"`
	Count   int64             `json:"count"`
	Port    int64             `json:"port"`
	Items   []string          `json:"items"`
	Mode    string            `json:"mode"`
	Token   kind.Secret       `json:"token"`
	Docs    kind.URL          `json:"docs"`
	Config  string            `json:"config"`
	Links   []toyProvider     `json:"links"`
	Tunnel  string            `json:"tunnel"`
	Rules   map[string]string `json:"rules"`
	Listen  string            `json:"listen"`
}

type toyProvider struct {
	ID     string      `json:"id" yaml:"id" required:"true"`
	Secret kind.Secret `json:"-" yaml:"secret"`
	Scopes []string    `json:"scopes" yaml:"scopes"`
	Retry  bool        `json:"retry" yaml:"retry"`
}

func toyConfig() option.Config[toy] {
	net := &option.Group{Name: "Network", YAML: "network"}
	tables := func(v *toy) []option.Table {
		return []option.Table{{Rows: []option.Option{
			{Name: "Verbose", Flag: "verbose", Short: "v", Value: kind.Bool(&v.Verbose)},
			{Name: "Count", Flag: "count", Short: "n", YAML: "count", Value: kind.Int(&v.Count)},
			{Name: "Items", Flag: "items", YAML: "items", Value: kind.Strings(&v.Items)},
			{Name: "Mode", Flag: "mode", Value: kind.Enum(&v.Mode, "fast", "slow")},
			{Name: "Token", Flag: "token", Value: kind.SecretOf(&v.Token)},
			{Name: "Docs", Flag: "docs-url", Env: "DOCS_PORT", Value: kind.URLOf(&v.Docs)},
			{Name: "Config", Flag: "config", Short: "c", Env: "CONFIG_PATH", Value: kind.ConfigPath(&v.Config)},
			{Name: "Links", Flag: "links", Env: option.None, Value: kind.Struct(&v.Links), Indexed: &option.Indexed{
				Prefixes: []string{"LINK", "OLDLINK"},
				Fields: []option.IndexedField{
					{Env: "ID", Key: "id"}, {Env: "SECRET", Key: "secret"}, {Env: "SCOPES", Key: "scopes", List: true}, {Env: "RETRY", Key: "retry"},
				},
			}},
			{Name: "Tunnel", Flag: "tunnel", Env: option.Absolute("WGTUN"), Value: kind.String(&v.Tunnel)},
			{Name: "Rules", Flag: "rules", Value: kind.Struct(&v.Rules)},
			{Name: "Rules, older", Flag: "old-rules", Value: kind.Struct(&v.Rules), UseInstead: []string{"rules"}},
			{Name: "Listen", Flag: "listen", Value: kind.AddressText(&v.Listen)},
		}}, {Group: net, Rows: []option.Option{
			{Name: "Address", Flag: "bind-address", Short: "a", YAML: "bindAddress", Value: kind.String(&v.Address)},
			{Name: "On", Flag: "tls-enable", YAML: "tlsEnable", Value: kind.Bool(&v.On)},
			{Name: "Port", Flag: "http-port", Value: kind.Int(&v.Port)},
		}}}
	}
	return option.Config[toy]{
		Program: "toy", EnvPrefix: "TOY_", Tables: tables, ConfigFlag: "config",
		Foreign:    []string{"SESSION"},
		Tombstones: []option.Tombstone{{Flag: "insights", Env: "INSIGHTS", YAML: "insights.enable", UseInstead: "tls-enable"}, {Flag: "gone"}},
	}
}

func build(t testing.TB, change ...func(*option.Config[toy])) *option.Registry[toy] {
	t.Helper()
	cfg := toyConfig()
	for _, c := range change {
		c(&cfg)
	}
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// more gives the toy catalog another row.
func more(cfg *option.Config[toy], row func(v *toy) option.Option) {
	tables := cfg.Tables
	cfg.Tables = func(v *toy) []option.Table { return append(tables(v), option.Table{Rows: []option.Option{row(v)}}) }
}

func keepEmpty(cfg *option.Config[toy]) { cfg.KeepEmpty = true }

// show renders inputs as "place flag=text", one each; "@" stands between the
// place and the spelling.
func show(l option.Layer) string {
	var out []string
	for _, in := range l.Inputs {
		text := in.Raw.Text()
		if in.Raw.Tree() != nil {
			text = tree(in.Raw.Tree())
		}
		out = append(out, in.Origin.Place()+" "+in.Origin.Name+"="+text)
	}
	return strings.Join(out, "; ")
}

func tree(n *option.Tree) string {
	var parts []string
	for i := range n.Items {
		part := tree(&n.Items[i])
		if n.Kind == option.Mapping {
			part = n.Keys[i].Scalar.Text() + ":" + part
		}
		parts = append(parts, part)
	}
	switch n.Kind {
	case option.Sequence:
		return "[" + strings.Join(parts, ",") + "]"
	case option.Mapping:
		return "{" + strings.Join(parts, ",") + "}"
	case option.Null:
		return "null"
	}
	return n.Scalar.Text()
}

// said renders problems as "severity code: message", sorted, one a line.
func said(ps option.Problems) string {
	ps.Sort()
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.Severity.String() + " " + p.Code + ": " + p.Error())
	}
	return b.String()
}

// memory is a file system in memory; a name that is not in it does not exist.
type memory map[string]string

func (m memory) ReadFile(name string) ([]byte, error) {
	if text, ok := m[name]; ok {
		return []byte(text), nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// failing is a file system whose every file fails in one way.
type failing struct{ error }

func (f failing) ReadFile(string) ([]byte, error) { return nil, f.error }

func process(args, environ []string, files load.Files) load.Process {
	return load.Process{Args: args, FirstArg: 2, Environ: environ, Files: files}
}
