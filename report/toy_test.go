package report_test

import (
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy has one of each difficulty: a field with two spellings, lists, a secret,
// a row that stands for others, numbered variables.
type toy struct {
	Config  string
	Workers int64
	Name    string
	Items   []string
	Mail    string
	Hosts   []string
	Key     kind.Secret
	Site    kind.URL
	TLS     bool
	HTTP    string
	Secure  string
	Address string
	Links   []link
}

type link struct {
	Name   string `json:"name"`
	Target string `json:"target"`
}

var (
	netGroup = &option.Group{Name: "Net", YAML: "net", Help: "Where people reach the program."}
	tlsGroup = &option.Group{Name: "TLS", YAML: "tls", Parent: netGroup}
)

func toyTables(defaults bool) func(*toy) []option.Table {
	def := func(text string) string {
		if defaults {
			return text
		}
		return ""
	}
	return func(v *toy) []option.Table {
		return []option.Table{
			{Rows: []option.Option{
				{Name: "Config", Flag: "config", Short: "c", Env: "CONFIG_PATH", Value: kind.ConfigPath(&v.Config), Help: "File to read."},
				{Name: "Workers", Flag: "workers", Short: "w", YAML: "workers", Default: def("4"), Value: kind.Int(&v.Workers, kind.Min(int64(0))), Help: "Work done at once.", Reload: option.ReloadLive},
				{Name: "Name", Flag: "name", YAML: "name", Default: def("me"), Value: kind.String(&v.Name), Help: "Name of the toy."},
				{Name: "Items", Flag: "items", YAML: "items", Default: def("a,b"), Value: kind.Strings(&v.Items), Help: "What it has."},
				{Name: "Mail", Flag: "mail-from", YAML: "from", Default: def("root"), Value: kind.String(&v.Mail), Help: "Sender."},
				{Name: "Old Mail", Flag: "sender", YAML: "sender", Env: option.Absolute("SENDER"), UseInstead: []string{"mail-from"}, Value: kind.String(&v.Mail), Help: "Old sender."},
				{Name: "Hosts", Flag: "hosts", YAML: "hosts", Value: kind.Strings(&v.Hosts), Help: "Hosts."},
				{Name: "Peers", Flag: "peers", YAML: "peers", Default: def("x"), UseInstead: []string{"hosts"}, Value: kind.Strings(&v.Hosts), Help: "Old hosts."},
				{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key), Help: "Key of the store."},
				{Name: "Links", Flag: "links", Env: option.None, YAML: "links", Value: kind.Struct(&v.Links), Help: "Links.", Indexed: &option.Indexed{
					Prefixes: []string{"LINK"}, Fields: []option.IndexedField{{Env: "NAME", Key: "name"}, {Env: "TARGET", Key: "target"}},
				}},
			}},
			{Group: netGroup, Rows: []option.Option{
				{Name: "Site", Flag: "site", YAML: "site", Value: kind.URLOf(&v.Site), Help: "From outside.", Effect: option.EffectPage},
				{Name: "HTTP", Flag: "http", YAML: "address", Default: def(":80"), Value: kind.AddressText(&v.HTTP), Help: "Plain address."},
				{
					Name: "Address", Flag: "listen", UseInstead: []string{"http", "tls-address"}, Retires: "v2", Value: kind.AddressText(&v.Address), Help: "Old.",
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
				{Name: "TLS Address", Flag: "tls-address", YAML: "address", Value: kind.AddressText(&v.Secure), Help: "Where.", Hidden: true},
			}},
		}
	}
}

func build(t testing.TB, defaults bool) *option.Registry[toy] {
	t.Helper()
	r, err := option.Build(option.Config[toy]{
		Program: "toy", EnvPrefix: "TOY_", Tables: toyTables(defaults), ConfigFlag: "config",
		Tombstones: []option.Tombstone{{Flag: "crypt", Env: "CRYPT", YAML: "net.crypt", UseInstead: "tls-enable"}, {Flag: "gone"}},
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

// one is the only file there is.
type one string

func (f one) ReadFile(string) ([]byte, error) { return []byte(f), nil }

// ask reads a configuration: the file if there is one, the variables and argv,
// whose first element is argv[1].
func ask(r *option.Registry[toy], file string, environ []string, args ...string) (*option.Redacted, option.Problems) {
	p := load.Process{Args: args, FirstArg: 1, Environ: environ, Files: one(file)}
	if file != "" {
		p.Environ = append([]string{"TOY_CONFIG_PATH=toy.yaml"}, environ...)
	}
	s, problems := load.Inspect(r, p)
	return s.Redact(), problems
}
