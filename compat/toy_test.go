package compat_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func num(n int64) *int64 { return &n }

// toy is a small catalog with one of everything that changes.
func toy() *docgen.Listing {
	return &docgen.Listing{
		Version: docgen.ListingVersion, Program: "toy", EnvPrefix: "TOY_", ConfigFlag: "config",
		Groups: []docgen.ListedGroup{{Title: "Net", Name: "Net", Path: "net"}},
		Options: []docgen.ListedOption{
			{Name: "Config", Flag: "config", Short: "c", Env: "TOY_CONFIG", JSON: "config", Type: "string", Effect: "server"},
			{
				Name: "Workers", Flag: "workers", Short: "w", Env: "TOY_WORKERS", YAML: "workers", JSON: "workers", Type: "int", Default: "4", Effect: "server",
				Rules: []string{"at least 1", "at most 64", "even"}, Limits: []docgen.ListedLimit{{Text: "at least 1", Least: num(1)}, {Text: "at most 64", Most: num(64)}},
			},
			{
				Name: "Color", Flag: "color", Env: "TOY_COLOR", YAML: "net.color", JSON: "net.color", Group: "Net", Type: "enum", Default: "red",
				Choices: []string{"red", "green", "blue"}, Effect: "server", Annotations: option.Annotations{"plan": "free"},
			},
			{Name: "Wait", Flag: "wait", Env: "TOY_WAIT", YAML: "wait", JSON: "wait", Type: "duration", Default: "1m0s", Effect: "server", Reload: true},
			{Name: "Site", Flag: "site", Env: "TOY_SITE", YAML: "net.site", JSON: "site", Group: "Net", Type: "string", EmptyText: true, Effect: "server"},
			{Name: "Old site", Flag: "old-site", Env: "TOY_OLD_SITE", JSON: "site", Type: "string", EmptyText: true, Effect: "server", UseInstead: []string{"site"}, SameField: []string{"site"}},
			{Name: "Debug", Flag: "debug", Env: "TOY_DEBUG", YAML: "debug", JSON: "debug", Type: "bool", NoValue: true, Default: "false", Effect: "server"},
			{Name: "Peers", Flag: "peers", Env: "TOY_PEERS", YAML: "peers", JSON: "peers", Type: "string-array", List: true, Effect: "embedder"},
			{Name: "Key", Flag: "key", Env: "TOY_KEY", FileFlag: "key-file", FileEnv: "TOY_KEY_FILE", JSON: "key", Type: "string", Secret: true, Effect: "server"},
			{
				Name: "Links", Flag: "links", YAML: "links", JSON: "links", Type: "struct", Struct: true, Keys: []string{"name", "target"}, Effect: "page",
				Indexed: &docgen.ListedFamily{Prefixes: []string{"TOY_LINK"}, Suffixes: []string{"NAME", "TARGET"}},
			},
			{Name: "Cache", Flag: "cache", Env: "TOY_CACHE", YAML: "cache", JSON: "cache", Type: "string", DefaultDoc: "the folder of the user", Effect: "server"},
		},
		Retired: []docgen.ListedName{{Flag: "crypt", Env: "TOY_CRYPT", YAML: "net.crypt", UseInstead: "site"}, {Flag: "gone"}},
	}
}

func at(t testing.TB, l *docgen.Listing, flag string) *docgen.ListedOption {
	t.Helper()
	for i := range l.Options {
		if l.Options[i].Flag == flag {
			return &l.Options[i]
		}
	}
	t.Fatalf("no option --%s", flag)
	return nil
}

func drop(l *docgen.Listing, flag string) {
	var rest []docgen.ListedOption
	for _, o := range l.Options {
		if o.Flag != flag {
			rest = append(rest, o)
		}
	}
	l.Options = rest
}

// copied is a deep copy through JSON, which is how catalogs travel.
func copied(t testing.TB, l *docgen.Listing) *docgen.Listing {
	t.Helper()
	b, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	out, err := compat.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func text(t testing.TB, r *compat.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteText(&b, compat.Style{Width: 200}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

type settings struct {
	Color, Site string
}

func registry(t testing.TB) *option.Registry[settings] {
	t.Helper()
	r, err := option.Build(option.Config[settings]{Program: "toy", EnvPrefix: "TOY_", Tables: func(v *settings) []option.Table {
		return []option.Table{{Group: &option.Group{Name: "Net", YAML: "net"}, Rows: []option.Option{
			{Name: "Color", Flag: "color", YAML: "color", Value: kind.Choice(&v.Color, "red", "green"), Help: "Colour."},
			{Name: "Site", Flag: "site", YAML: "site", Value: kind.String(&v.Site), Help: "Site."},
		}}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
