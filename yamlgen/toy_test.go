package yamlgen_test

import (
	"testing"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy is a small program's configuration with one of each kind of value that
// files treat in a way of its own.
type toy struct {
	Workers int64             `json:"workers"`
	Wait    time.Duration     `json:"wait"`
	Name    string            `json:"name"`
	Key     kind.Secret       `json:"key"`
	Labels  map[string]string `json:"labels"`
	Links   []link            `json:"links"`
	Ciphers []string          `json:"ciphers"`
	Address kind.HostPort     `json:"address"`
	Enable  bool              `json:"enable"`
	Port    int64             `json:"port"`
	From    string            `json:"from"`
	Hidden  string            `json:"hidden"`
	Site    kind.URL          `json:"site"`
}

type link struct {
	Name   string `json:"name"`
	Target string `json:"target"`
}

var (
	netGroup  = &option.Group{Name: "Net", YAML: "net", Help: "Where people reach the program, which is worth a word or two more than one line holds."}
	tlsGroup  = &option.Group{Name: "TLS", YAML: "tls", Parent: netGroup}
	mailGroup = &option.Group{Name: "Mail", YAML: "mail"}
)

func toyTables(v *toy) []option.Table {
	return []option.Table{
		{Rows: []option.Option{
			{Name: "Workers", Flag: "workers", YAML: "workers", Default: "4", Value: kind.Int(&v.Workers, kind.Min(int64(0))), Help: "Work done at once."},
			{Name: "Wait", Flag: "wait", YAML: "waitTime", Default: "1m0s", Value: kind.Duration(&v.Wait), Help: "Time between tries."},
			{Name: "Name", Flag: "name", YAML: "name", Default: "it: me # yes", Value: kind.String(&v.Name), Help: "What people call the program. They may call it by a long name, so this text wraps."},
			{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key), Help: "Key of the store."},
			{Name: "Labels", Flag: "labels", YAML: "labels", Default: `{"a":"b"}`, Value: kind.Struct(&v.Labels), Help: "Free labels."},
			{Name: "Links", Flag: "links", YAML: "links", Value: kind.Struct(&v.Links), Help: "Links to show."},
			{Name: "Hidden", Flag: "hidden", YAML: "hidden", Hidden: true, Value: kind.String(&v.Hidden), Help: "Not for all."},
			{Name: "Site", Flag: "site", YAML: "site", Value: kind.URLOf(&v.Site), Help: "Page of the program."},
		}},
		{Group: netGroup, Rows: []option.Option{
			{Name: "Port", Flag: "port", YAML: "port", Default: "80", Value: kind.Int(&v.Port), Help: "Port."},
		}},
		{Group: tlsGroup, Rows: []option.Option{
			{Name: "TLS Enable", Flag: "tls-enable", YAML: "enable", Value: kind.Bool(&v.Enable), Help: "Speak TLS."},
			{Name: "TLS Address", Flag: "tls-address", YAML: "address", Default: "127.0.0.1:3443", Value: kind.AddressOf(&v.Address), Help: "Where."},
			{Name: "TLS Ciphers", Flag: "tls-ciphers", YAML: "tlsCiphers", Default: "a,b", Value: kind.Strings(&v.Ciphers), Help: "Which."},
		}},
		{Group: mailGroup, Rows: []option.Option{
			{Name: "From", Flag: "mail-from", YAML: "from", Default: "me", Value: kind.String(&v.From), Help: "Sender."},
			{Name: "Old From", Flag: "sender", YAML: "sender", UseInstead: []string{"mail-from"}, Value: kind.String(&v.From), Help: "Old sender."},
		}},
	}
}

func build(tb testing.TB) *option.Registry[toy] {
	tb.Helper()
	r, err := option.Build(option.Config[toy]{
		Program: "toy", EnvPrefix: "TOY_", Tables: toyTables,
		Groups:     []*option.Group{netGroup, tlsGroup, mailGroup},
		Tombstones: []option.Tombstone{{YAML: "net.crypt.enable", UseInstead: "tls-enable"}, {Flag: "gone", YAML: "mail.gone", UseInstead: "mail-from"}},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}
