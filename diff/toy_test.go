package diff_test

import (
	"testing"
	"time"

	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy has one of each difficulty: a secret, a URL, a structure with a secret in
// it, a duration, a list, a field with two spellings, a default of the host.
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
}

type link struct {
	Name string      `json:"name"`
	Pass kind.Secret `json:"-" yaml:"pass"`
}

var group = &option.Group{Name: "Net", YAML: "net"}

func tables(v *toy) []option.Table {
	return []option.Table{
		{Rows: []option.Option{
			{Name: "Config", Flag: "config", Short: "c", Env: "CONFIG_PATH", Value: kind.ConfigPath(&v.Config), Help: "File to read."},
			{Name: "Name", Flag: "name", YAML: "name", Default: "me", Value: kind.String(&v.Name), Help: "Name of the toy."},
			{Name: "Items", Flag: "items", YAML: "items", Value: kind.Strings(&v.Items), Help: "What it has."},
			{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key), Help: "Key of the store."},
			{Name: "Links", Flag: "links", YAML: "links", Value: kind.Struct(&v.Links), Help: "Links."},
			{Name: "Mail", Flag: "mail-from", YAML: "from", Value: kind.String(&v.Mail), Help: "Sender."},
			{Name: "Old Mail", Flag: "sender", YAML: "sender", UseInstead: []string{"mail-from"}, Value: kind.String(&v.Mail), Help: "Old sender."},
			{
				Name: "Cache", Flag: "cache", YAML: "cache", Value: kind.String(&v.Cache), Help: "Where it keeps things.",
				Computed: func(h option.Host) string { return h.CacheDir }, DefaultDoc: "the folder of the user",
			},
		}},
		{Group: group, Rows: []option.Option{
			{Name: "Site", Flag: "site", YAML: "site", Value: kind.URLOf(&v.Site), Help: "From outside."},
			{Name: "Every", Flag: "every", YAML: "every", Default: "1m", Value: kind.Duration(&v.Every), Help: "How often."},
			{Name: "Workers", Flag: "workers", YAML: "workers", Default: "4", Value: kind.Int(&v.Workers, kind.Max(int64(64))), Help: "Work done at once."},
		}},
	}
}

func build(t testing.TB) *option.Registry[toy] {
	t.Helper()
	r, err := option.Build(option.Config[toy]{
		Program: "toy", EnvPrefix: "TOY_", Tables: tables, ConfigFlag: "config", Host: option.Host{CacheDir: "/here"},
		Tombstones: []option.Tombstone{{Flag: "gone", UseInstead: "workers"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var key = []byte("0123456789abcdef0123456789abcdef")

// settings reads flags.
func settings(r *option.Registry[toy], args ...string) (*option.Redacted, option.Problems) {
	s, problems := load.Inspect(r, load.Process{Args: args, FirstArg: 1})
	return s.Redact(), problems
}

// inputs is a side of flags.
func inputs(r *option.Registry[toy], name string, args ...string) *diff.Side {
	safe, problems := settings(r, args...)
	return diff.Inputs(name, safe, problems, key)
}

// document is a side of what the API answers with for flags.
func document(t testing.TB, r *option.Registry[toy], shape option.Shape, args ...string) *diff.Side {
	t.Helper()
	safe, _ := settings(r, args...)
	return parse(t, r, string(safe.AppendBody(nil, shape)))
}

func parse(t testing.TB, r *option.Registry[toy], text string) *diff.Side {
	t.Helper()
	s, err := diff.Document(r.Catalog, "b.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
