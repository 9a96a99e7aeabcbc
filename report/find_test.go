package report_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// TestFindEverySpelling asks for every option of the server in every spelling.
func TestFindEverySpelling(t *testing.T) {
	t.Parallel()
	c := deployment(t).Catalog
	for o := range c.All() {
		names := []string{o.Flag, "--" + o.Flag, "--" + o.Flag + "=x", strings.ToUpper(o.Flag), strings.ReplaceAll(o.Flag, "-", "_"), o.Path(), o.Name, strings.ToLower(o.Name)}
		if o.Env != "" {
			env := string(o.Env)
			names = append(names, env, "$"+env, "${"+env+"}", env+"=x", strings.TrimPrefix(env, c.EnvPrefix()), strings.ToLower(env))
		}
		if o.Short != "" {
			names = append(names, "-"+o.Short)
		}
		for _, name := range names {
			if name == "" || c.ByEnv(c.EnvPrefix()+name) != nil || c.ByEnv(c.EnvPrefix()+strings.ToUpper(name)) != nil && c.ByFlag(name) == nil {
				continue // a variable comes before a flag in another case
			}
			if found, err := report.Find(c, name); found.Option != o {
				t.Errorf("%q: got %v and %v, want --%s", name, found.Option, err, o.Flag)
			}
		}
		// Two spellings share a place in the JSON: the newer one answers.
		if found, err := report.Find(c, o.JSONPath()); err != nil || found.Option.JSONPath() != o.JSONPath() && found.As == "JSON path" {
			t.Errorf("%q: got %v and %v, want --%s", o.JSONPath(), found, err, o.Flag)
		}
	}
	for _, dead := range c.Tombstones() {
		for _, name := range []string{dead.Flag, "--" + dead.Flag, string(dead.Env), "$" + string(dead.Env), dead.YAML} {
			if strings.Trim(name, "-$") == "" {
				continue
			}
			if found, err := report.Find(c, name); err != nil || found.Retired == nil || found.Retired.UseInstead != dead.UseInstead {
				t.Errorf("%q: got %v and %v, want a retired name", name, found, err)
			}
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	c := build(t, true).Catalog
	for _, k := range []struct{ name, flag, as string }{
		{"http", "http", "flag"},
		{"-w", "workers", "short flag"},
		{"w", "workers", "short flag"},
		{"net.tls.enable", "tls-enable", "YAML path"},
		{"$TOY_WORKERS", "workers", "variable"},
		{"WORKERS", "workers", "variable"},
		{"SENDER", "sender", "variable"},
		{"TOY_LINK_12_NAME", "links", "numbered variable"},
		{"Secure", "tls-address", "JSON path"},
		{"TLS Address", "tls-address", "title"},
		{"Net / TLS / TLS Enable", "tls-enable", "title"},
		{"enable", "tls-enable", "last part of a path"},
		{"net.tls.enable:", "tls-enable", "YAML path"},
		{".net.tls.enable", "tls-enable", "YAML path"},
		{".config.Secure", "tls-address", "JSON path"},
		{"links[1].name", "links", "flag"},
		{"--items[2]", "items", "flag"},
		{"TOY_ITEMS[2]", "items", "variable"},
		{"config.Links.value[0]", "links", "JSON path"},
		{"Mail From", "mail-from", "name"},
		{"tls_enable", "tls-enable", "name"},
		{"tlsEnable", "tls-enable", "name"},
	} {
		found, err := report.Find(c, k.name)
		if err != nil || found.Option.Flag != k.flag || found.As != k.as {
			t.Errorf("%q: got %+v and %v, want --%s as %s", k.name, found, err, k.flag, k.as)
		}
	}
	for name, want := range map[string]string{
		"adress":           "no option has this name",
		"net.tls":          "the name is that of a group, Net / TLS, not of an option",
		"tls":              "the name is that of a group, Net / TLS, not of an option",
		"Net / TLS":        "the name is that of a group, Net / TLS, not of an option",
		"--tls-adress":     "no option has this name (did you mean --tls-address?)",
		"$TOY_WORKRS":      "no option has this name (did you mean TOY_WORKERS?)",
		"net.tls.enabel":   "no option has this name (did you mean net.tls.enable?)",
		"hunter2hunter2":   "no option has this name",
		"":                 "no option has this name",
		"TOY_LINK_NAME":    "no option has this name",
		"TOY_LINK_0_COLOR": "no option has this name",
	} {
		_, err := report.Find(c, name)
		if none := new(report.NotFoundError); !errors.As(err, &none) || err.Error() != want {
			t.Errorf("%q: got %v, want %s", name, err, want)
		}
	}
}

func TestGroupOf(t *testing.T) {
	t.Parallel()
	c := build(t, true).Catalog
	for _, k := range []struct{ name, path, near string }{
		{"net.tls", "net.tls", ""},
		{"tls", "net.tls", ""},
		{"TLS", "net.tls", ""},
		{"net / tls", "net.tls", ""},
		{"Net", "net", ""},
		{"net.tsl", "", "net.tls"},
		{"hunter2hunter2", "", ""},
		{"", "", ""},
	} {
		g, near := report.GroupOf(c, k.name)
		path := ""
		if g != nil {
			path = strings.Join(g.Path(), ".")
		}
		if path != k.path || near != k.near {
			t.Errorf("%q: got %q near %q, want %q near %q", k.name, path, near, k.path, k.near)
		}
	}
}

func TestFindDropped(t *testing.T) {
	t.Parallel()
	r, err := option.Build(option.Config[toy]{Program: "toy", EnvPrefix: "TOY_", Tables: func(v *toy) []option.Table {
		return option.Adapt(toyTables(true)(v), option.DropGroups(tlsGroup), option.Drop("workers"))
	}})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"--workers":    "the name is that of an option that this program leaves out",
		"$TOY_WORKERS": "the name is that of an option that this program leaves out",
		"WORKERS":      "the name is that of an option that this program leaves out",
		"net.tls":      "the name is that of a group of options that this program leaves out",
	} {
		if _, err := report.Find(r.Catalog, name); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", name, err, want)
		}
	}
}

// TestWaysWithoutControls expects another sample where a value can't be shown
// as it is.
func TestWaysWithoutControls(t *testing.T) {
	t.Parallel()
	r := build(t, false)
	for environ, want := range map[string]string{"TOY_NAME=a\tb": "--name=VALUE", "TOY_NAME=é b": "--name='é b'"} {
		settings, problems := ask(r, "", []string{environ})
		if got := report.Explain(settings, problems, r.ByFlag("name")).Ways[0].Text; got != want {
			t.Errorf("%q: got %s, want %s", environ, got, want)
		}
	}
}

// TestWays loads every line that is there to be copied.
func TestWays(t *testing.T) {
	t.Parallel()
	r := deployment(t)
	s, problems := r.Inspect(nil)
	for o := range r.All() {
		if o.Flag == "config" {
			continue
		}
		for _, way := range report.Explain(s.Redact(), problems, o).Ways {
			got, ps := loadWay(r, way)
			if got.Source(o) != way.Source && o.Indexed == nil {
				t.Errorf("%s: sets --%s from %q, want %s", way.Text, o.Flag, got.Source(o), way.Source)
			}
			for _, p := range ps.Errors() {
				if p.Option == o && !p.Cross && !o.Secret() && o.Indexed == nil {
					t.Errorf("%s: %v", way.Text, p)
				}
			}
		}
	}
}
