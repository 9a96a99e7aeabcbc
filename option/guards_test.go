package option_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// An option may not have the name of a group, whichever of the two comes
// first in the order of groups.
func TestOptionWithTheNameOfAGroup(t *testing.T) {
	t.Parallel()
	for _, groups := range [][]*option.Group{{netGroup, tlsGroup}, {tlsGroup, netGroup}} {
		cfg := toyConfig()
		cfg.Groups = groups
		cfg.Tables = func(v *toy) []option.Table {
			all := toyTables(v)
			for i := range all {
				if all[i].Group == netGroup {
					all[i].Rows[0].YAML = "tls"
				}
			}
			return all
		}
		if _, err := option.Build(cfg); err == nil || !strings.Contains(err.Error(), "its YAML path net.tls") {
			t.Errorf("%s first: got %v, want a fault of net.tls", groups[0].Name, err)
		}
	}
}

// Build takes rows over, so a second catalog can't have them.
func TestRowsOfAnotherCatalog(t *testing.T) {
	t.Parallel()
	cfg := toyConfig()
	var kept []option.Table
	cfg.Tables = func(v *toy) []option.Table {
		if kept == nil {
			kept = toyTables(v)
		}
		return kept
	}
	if _, err := option.Build(cfg); err != nil {
		t.Fatal(err)
	}
	if _, err := option.Build(cfg); err == nil || !strings.Contains(err.Error(), "its row is in another catalog already") {
		t.Errorf("rows that were used before: got %v, want a fault", err)
	}
}

// What repeats a field repeats what is left of it, and the inputs of a setting
// have no values.
func TestRedactionOfEveryCopy(t *testing.T) {
	t.Parallel()
	type site struct {
		URL string `json:"url"`
		Old string `json:"old" option:"same:url"`
	}
	r, err := option.Build(option.Config[site]{Tables: func(v *site) []option.Table {
		return []option.Table{{Rows: []option.Option{{Name: "URL", Flag: "url", Value: kind.URLText(&v.URL), Help: "Where."}}}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	in := option.Input{Option: r.ByFlag("url"), Origin: option.Origin{Source: option.SourceFlag, Name: "--url"}, Raw: option.RawText("https://me:" + canary + "@a.test/")}
	lost := option.Input{Option: in.Option, Origin: option.Origin{Source: option.SourceEnv, Name: "URL"}, Raw: in.Raw}
	s, ps := r.Resolve([]option.Layer{{Source: option.SourceFlag, Inputs: []option.Input{in}}, {Source: option.SourceEnv, Inputs: []option.Input{lost}}})
	if ps.Err() != nil || !strings.Contains(s.View().Old, canary) {
		t.Fatalf("got %v and %+v, want the copy filled", ps, s)
	}
	safe := s.Redact()
	if text := string(safe.AppendConfig(nil, option.ShapeFull)); strings.Contains(text, canary) || strings.Count(text, "https://a.test/") != 2 {
		t.Errorf("got %s, want both without credentials", text)
	}
	set := safe.Setting(in.Option)
	for what, got := range map[string][]*option.Input{"inputs": set.Inputs, "shadowed": set.Shadowed} {
		if len(got) != 1 || got[0].Raw.Text() != "" {
			t.Errorf("got %d %s, the first with %d bytes of text; want one without", len(got), what, len(got[0].Raw.Text()))
		}
	}
}
