package docgen_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy is a small program's configuration with one of everything that a page
// shows in its own way.
type toy struct {
	Workers  int64
	Wait     time.Duration
	Key      kind.Secret
	Token    kind.Secret
	Config   string
	Cache    string
	Banner   string
	URL      kind.URL
	Address  string
	HTTP     string
	TLS      bool
	TLSAddr  string
	Version  string
	Peers    []string
	Methods  []string
	Color    string
	Reset    bool
	Mail     string
	Accounts string
}

var (
	netGroup     = &option.Group{Name: "Net", YAML: "net", Help: "Where people reach the program, and what\nthey see of it."}
	tlsGroup     = &option.Group{Name: "TLS", YAML: "tls", Parent: netGroup}
	cipherGroup  = &option.Group{Name: "Ciphers", YAML: "ciphers", Parent: tlsGroup, Help: "This group has nothing to show."}
	dangerGroup  = &option.Group{Name: "⚠️ Danger", YAML: "danger", Help: "語り部は夜更けに 静かな声で語った。"}
	mailGroup    = &option.Group{Name: "Mail", YAML: "mail", Help: "Older spellings."}
	toyGroups    = []*option.Group{netGroup, tlsGroup, cipherGroup, dangerGroup, mailGroup}
	hostOfNobody = option.Host{CacheDir: "/home/nobody/.cache"}
)

func toyTables(v *toy) []option.Table {
	return []option.Table{
		{Rows: []option.Option{
			{Name: "Config", Flag: "config", Short: "c", Env: "CONFIG_PATH", Complete: option.HintFile, Value: kind.ConfigPath(&v.Config), Help: "File to read the configuration from."},
			{Name: "Workers", Flag: "workers", Short: "w", YAML: "workers", Default: "4", Value: kind.Int(&v.Workers, kind.Min(int64(1)), kind.Max(int64(64))), Help: "Number of jobs done at once.", Reload: option.ReloadLive, Since: "1.2"},
			{Name: "Wait", Flag: "wait", YAML: "wait", Default: "1m30s", Example: "2h", Value: kind.Duration(&v.Wait), Help: "Time between two tries of a job that failed. The time doubles with each try, up to an hour, unless --workers leaves a place free.\n\nA time of zero gives up at once."},
			{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key), Example: "not-for-any-page", Help: "Key of the store."},
			{Name: "Token", Flag: "token", Env: option.None, Value: kind.SecretOf(&v.Token), Help: "Token of the store."},
			{Name: "Cache", Flag: "cache-dir", YAML: "cacheDir", Complete: option.HintDir, Computed: func(h option.Host) string { return h.CacheDir }, DefaultDoc: "the cache folder of the user.", Value: kind.String(&v.Cache), Help: "Folder for what can be made again."},
			{Name: "Version", Flag: "version-name", Computed: func(h option.Host) string { return h.CacheDir }, Value: kind.String(&v.Version), Help: "Name that the program goes by."},
			{Name: "Banner", Flag: "banner", YAML: "banner", Default: "Hi;  all \x1b[31mred", Value: kind.String(&v.Banner), Help: "Line shown at the start\x07."},
		}},
		{Group: netGroup, Rows: []option.Option{
			{Name: "URL", Flag: "url", YAML: "url", Env: option.Absolute("SITE_URL"), Value: kind.URLOf(&v.URL), Help: "Address of the program as seen from outside.", Effect: option.EffectPage},
			{Name: "Address", Flag: "address", Short: "a", Hidden: true, UseInstead: []string{"http-address", "tls-address"}, Retires: "2.0", Value: kind.AddressText(&v.Address), Help: "Address to answer on."},
			{Name: "HTTP", Flag: "http-address", YAML: "http", Default: "127.0.0.1:80", Value: kind.AddressText(&v.HTTP), Help: "Address to answer HTTP on."},
			{Name: "Peers", Flag: "a-name-that-is-longer-than-any-narrow-line", YAML: "peers", Default: "one.example.com:19302,two.example.com:19302,three.example.com:19302,four.example.com:19302", Value: kind.Strings(&v.Peers, kind.NoSpace(), kind.Rule[string]{Text: "a name, then a port"}), Help: "Programs to talk to.", Effect: option.EffectEmbedder},
		}},
		{Group: tlsGroup, Rows: []option.Option{
			{Name: "TLS Enable", Flag: "tls-enable", YAML: "enable", Default: "false", Value: kind.Bool(&v.TLS), Help: "Speak TLS on --tls-address."},
			{Name: "TLS Address", Flag: "tls-address", YAML: "address", Value: kind.AddressText(&v.TLSAddr), Help: "Address to answer TLS on."},
			{Name: "Methods", Flag: "tls-methods", YAML: "methods", Value: kind.Enums(&v.Methods, "certificate", "password", "token", "one-time-code"), Help: "Ways to sign in."},
		}},
		{Group: cipherGroup, Rows: []option.Option{
			{Name: "Color", Flag: "cipher-color", YAML: "color", Hidden: true, Value: kind.Choice(&v.Color, "red", "green"), Help: "Colour of the ciphers."},
		}},
		{Group: dangerGroup, Rows: []option.Option{
			{Name: "Reset", Flag: "reset", Value: kind.Bool(&v.Reset), Help: "⚠️ Forget everything, 全部。"},
			{Name: "Accounts", Flag: "accounts", Env: option.None, Value: kind.String(&v.Accounts), Help: "Accounts to keep.", Indexed: &option.Indexed{Prefixes: []string{"ACCOUNT"}, Fields: []option.IndexedField{{Env: "ID"}}}},
		}},
		{Group: mailGroup, Rows: []option.Option{
			{Name: "Mail", Flag: "mail", YAML: "from", UseInstead: []string{"banner"}, Value: kind.String(&v.Mail), Help: "Sender."},
		}},
	}
}

func toyCatalog(t testing.TB) *option.Catalog {
	t.Helper()
	r, err := option.Build(option.Config[toy]{Program: "toy", EnvPrefix: "TOY_", Host: hostOfNobody, Tables: toyTables, Groups: toyGroups, ConfigFlag: "config"})
	if err != nil {
		t.Fatal(err)
	}
	return r.Catalog
}

var toyUsage = docgen.Usage{
	Command:  "toy serve",
	Summary:  "Serve the toy. A flag beats a variable, a variable beats the file, and the file beats the default.",
	Lines:    []string{"toy serve [flags]", "toy serve --write-config > toy.yaml"},
	Examples: []string{"toy serve -c toy.yaml"},
	Notes:    []string{"The program reads one file and no folder of files."},
	Extra: []docgen.ExtraFlag{
		{Short: "h", Flag: "help", Help: "Show this page."},
		{Flag: "help-all", Help: "Show this page with hidden and deprecated options."},
		{Flag: "color", Arg: "when", Help: "When to use colour: always, never or auto."},
	},
	More: "help-all",
}

// render is a page as a string.
func render(t testing.TB, c *option.Catalog, usage docgen.Usage, style docgen.Style, all bool) string {
	t.Helper()
	write := docgen.Help
	if all {
		write = docgen.HelpAll
	}
	var b bytes.Buffer
	if err := write(&b, c, usage, style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
