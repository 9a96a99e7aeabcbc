package bundle_test

import (
	"testing"
	"time"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy has one of each difficulty: a secret, a URL, a structure with a secret in
// it and numbered variables, a field with two spellings, an option that stands
// for others, a default of the host, a check of two options.
type toy struct {
	Config  string
	Name    string
	Items   []string
	Every   time.Duration
	Key     kind.Secret
	Site    kind.URL
	Links   []link
	Cache   string
	Mail    string
	Workers int64
	Hosts   []string
	TLS     bool
	HTTP    string
	Secure  string
	Address string
}

type link struct {
	Name string      `json:"name"`
	Pass kind.Secret `json:"-" yaml:"pass"`
}

var (
	netGroup = &option.Group{Name: "Net", YAML: "net"}
	tlsGroup = &option.Group{Name: "TLS", YAML: "tls", Parent: netGroup}
)

func tables(v *toy) []option.Table {
	return []option.Table{
		{Rows: []option.Option{
			{Name: "Config", Flag: "config", Short: "c", Env: "CONFIG_PATH", Value: kind.ConfigPath(&v.Config), Help: "File to read."},
			{Name: "Name", Flag: "name", Short: "n", YAML: "name", Default: "me", Value: kind.String(&v.Name), Help: "Name of the toy."},
			{Name: "Items", Flag: "items", YAML: "items", Default: "a,b", Value: kind.Strings(&v.Items), Help: "What it has."},
			{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key), Help: "Key of the store."},
			{Name: "Links", Flag: "links", Env: option.None, YAML: "links", Value: kind.Struct(&v.Links), Help: "Links.", Indexed: &option.Indexed{
				Prefixes: []string{"LINK"}, Fields: []option.IndexedField{{Env: "NAME", Key: "name"}, {Env: "PASS", Key: "pass"}},
			}},
			{Name: "Mail", Flag: "mail-from", YAML: "from", Value: kind.String(&v.Mail), Help: "Sender."},
			{Name: "Old Mail", Flag: "sender", YAML: "sender", Env: option.Absolute("SENDER"), UseInstead: []string{"mail-from"}, Value: kind.String(&v.Mail), Help: "Old sender."},
			{Name: "Hosts", Flag: "hosts", YAML: "hosts", Value: kind.Strings(&v.Hosts), Help: "Hosts."},
			{Name: "Peers", Flag: "peers", YAML: "peers", UseInstead: []string{"hosts"}, Value: kind.Strings(&v.Hosts), Help: "Old hosts."},
			{
				Name: "Cache", Flag: "cache", YAML: "cache", Value: kind.String(&v.Cache), Help: "Where it keeps things.",
				Computed: func(h option.Host) string { return h.CacheDir }, DefaultDoc: "the folder of the user",
			},
		}},
		{Group: netGroup, Rows: []option.Option{
			{Name: "Site", Flag: "site", YAML: "site", Value: kind.URLOf(&v.Site), Help: "From outside."},
			{Name: "Every", Flag: "every", YAML: "every", Default: "1m", Value: kind.Duration(&v.Every), Help: "How often."},
			{Name: "Workers", Flag: "workers", YAML: "workers", Default: "4", Value: kind.Int(&v.Workers, kind.Max(int64(64))), Help: "Work done at once."},
			{Name: "HTTP", Flag: "http", YAML: "address", Value: kind.AddressText(&v.HTTP), Help: "Plain address."},
			{
				Name: "Address", Flag: "listen", UseInstead: []string{"http", "tls-address"}, Value: kind.AddressText(&v.Address), Help: "Old.",
				StandsFor: func(p option.Peek) []option.Stand {
					if p.Bool("tls-enable") {
						return []option.Stand{{Flag: "tls-address", Same: true}}
					}
					return []option.Stand{{Flag: "http", Same: true}}
				},
			},
		}},
		{Group: tlsGroup, Rows: []option.Option{
			{Name: "TLS Enable", Flag: "tls-enable", YAML: "enable", Value: kind.Bool(&v.TLS), Help: "Speak TLS."},
			{Name: "TLS Address", Flag: "tls-address", YAML: "address", Value: kind.AddressText(&v.Secure), Help: "Where."},
		}},
	}
}

var host = option.Host{Version: "v1.0.0", CacheDir: "/here", StateDir: "/there"}

func build(t testing.TB, host option.Host) *option.Registry[toy] {
	t.Helper()
	r, err := option.Build(option.Config[toy]{
		Program: "toy", EnvPrefix: "TOY_", Tables: tables, ConfigFlag: "config", Host: host,
		Tombstones: []option.Tombstone{{Flag: "crypt", Env: "CRYPT", YAML: "net.crypt", UseInstead: "tls-enable"}},
		Checks: []option.Check[toy]{func(c *option.Checker[toy]) {
			if v := c.View(); v.TLS && v.Secure == "" {
				c.Problem("no-address", "TLS needs an address", "set --tls-address", &v.TLS, &v.Secure)
			}
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// files are the files there are.
type files map[string]string

func (f files) ReadFile(name string) ([]byte, error) { return []byte(f[name]), nil }

// A given is a configuration as people write it.
type given struct {
	file, envFile string
	environ, args []string
}

// process is what a program is given.
func (g given) process() load.Process {
	p := load.Process{
		Args: g.args, FirstArg: 1, Environ: append([]string{"PATH=/bin"}, g.environ...), Files: files{"toy.yaml": g.file, "toy.env": g.envFile},
	}
	if g.file != "" {
		p.Environ = append(p.Environ, "TOY_CONFIG_PATH=toy.yaml")
	}
	p.Variables, p.Problems = load.EnvFile("toy.env", g.envFile)
	return p
}
