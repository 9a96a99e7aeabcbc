package option_test

import (
	"testing"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy is a small program's configuration, with one of each difficulty: a part
// embedded and one named, two spellings of a field, a row that stands for
// others, a secret, fields without a row.
type toy struct {
	Net
	TLS       TLS               `json:"tls"`
	Mail      Mail              `json:"mail"`
	Workers   int64             `json:"workers"`
	Wait      time.Duration     `json:"wait"`
	Key       kind.Secret       `json:"key"`
	Labels    map[string]string `json:"labels"`
	Secure    bool              `json:"secure"`
	OldSecure bool              `json:"old_secure" option:"same:secure"`
	Traced    bool              `json:"traced" option:"fixed"`
}

type Net struct {
	URL     kind.URL `json:"url"`
	HTTP    string   `json:"http"`
	Address string   `json:"address"`
}

type TLS struct {
	Enable  bool          `json:"enable"`
	Address kind.HostPort `json:"address"`
	Ciphers []string      `json:"ciphers"`
}

type Mail struct {
	From string `json:"from"`
}

var (
	netGroup  = &option.Group{Name: "Net", YAML: "net", Help: "Where people reach the program."}
	tlsGroup  = &option.Group{Name: "TLS", YAML: "tls", Parent: netGroup}
	mailGroup = &option.Group{Name: "Mail", YAML: "mail"}
)

func toyTables(v *toy) []option.Table {
	return []option.Table{
		{Rows: []option.Option{
			{Name: "Workers", Flag: "workers", Short: "w", YAML: "workers", Default: "4", Value: kind.Int(&v.Workers, kind.Min(int64(0))), Help: "Work done at once."},
			{Name: "Wait", Flag: "wait", YAML: "wait", Default: "1m", Value: kind.Duration(&v.Wait), Help: "Time between tries."},
			{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key), Help: "Key of the store."},
			{Name: "Labels", Flag: "labels", YAML: "labels", Default: `{"a":"b"}`, Value: kind.Struct(&v.Labels), Help: "Free labels."},
			{Name: "Secure", Flag: "secure", YAML: "secure", Value: kind.Bool(&v.Secure), Help: "Secure cookies."},
		}},
		{Group: tlsGroup, Rows: []option.Option{
			{Name: "TLS Enable", Flag: "tls-enable", YAML: "enable", Value: kind.Bool(&v.TLS.Enable), Help: "Speak TLS."},
			{Name: "TLS Address", Flag: "tls-address", YAML: "address", Default: "127.0.0.1:3443", Value: kind.AddressOf(&v.TLS.Address), Help: "Where."},
			{Name: "TLS Ciphers", Flag: "tls-ciphers", YAML: "ciphers", Default: "a,b", Value: kind.Strings(&v.TLS.Ciphers), Help: "Which."},
		}},
		{Group: netGroup, Rows: []option.Option{
			{Name: "URL", Flag: "url", YAML: "url", Value: kind.URLOf(&v.URL), Help: "From outside."},
			{Name: "HTTP", Flag: "http", YAML: "http", Default: ":80", Value: kind.AddressText(&v.HTTP), Help: "Plain address."},
			{
				Name: "Address", Flag: "address", Short: "a", UseInstead: []string{"http", "tls-address"}, Value: kind.AddressText(&v.Address), Help: "Old.",
				StandsFor: func(p option.Peek) []option.Stand {
					if p.Bool("tls-enable") {
						return []option.Stand{{Flag: "tls-address", Same: true}, {Flag: "http"}}
					}
					return []option.Stand{{Flag: "http", Same: true}}
				},
			},
		}},
		{Group: mailGroup, Rows: []option.Option{
			{Name: "From", Flag: "mail-from", YAML: "from", Default: "me", Value: kind.String(&v.Mail.From), Help: "Sender."},
			{Name: "Old From", Flag: "sender", YAML: "sender", Env: option.Absolute("SENDER"), UseInstead: []string{"mail-from"}, Value: kind.String(&v.Mail.From), Help: "Old sender."},
		}},
	}
}

func toyConfig() option.Config[toy] {
	return option.Config[toy]{
		Program: "toy", EnvPrefix: "TOY_", Tables: toyTables, Groups: []*option.Group{netGroup, tlsGroup, mailGroup},
		Tombstones: []option.Tombstone{{Flag: "crypt", YAML: "net.crypt", UseInstead: "tls-enable"}},
		Foreign:    []string{"HOME"},
	}
}

func build(t testing.TB) *option.Registry[toy] {
	t.Helper()
	r, err := option.Build(toyConfig())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Builders for one input of each source.

func flag(r *option.Registry[toy], arg int32, name, text string) option.Input {
	return option.Input{Option: r.ByFlag(name), Origin: option.Origin{Source: option.SourceFlag, Name: "--" + name, Arg: arg}, Raw: option.RawText(text)}
}

func env(r *option.Registry[toy], name, text string) option.Input {
	return option.Input{Option: r.ByFlag(name), Origin: option.Origin{Source: option.SourceEnv, Name: string(r.ByFlag(name).Env)}, Raw: option.RawText(text)}
}

func file(r *option.Registry[toy], line int32, name, text string) option.Input {
	return option.Input{Option: r.ByFlag(name), Origin: option.Origin{Source: option.SourceYAML, Name: "toy.yaml", Span: option.Span{Line: line, Column: 3}}, Raw: option.RawText(text)}
}

// layers sorts inputs into one layer a source.
func layers(inputs ...option.Input) []option.Layer {
	out := []option.Layer{{Source: option.SourceFlag}, {Source: option.SourceYAML, Name: "toy.yaml"}, {Source: option.SourceEnv}}
	for _, in := range inputs {
		for i := range out {
			if out[i].Source == in.Origin.Source {
				out[i].Inputs = append(out[i].Inputs, in)
			}
		}
	}
	return out
}
