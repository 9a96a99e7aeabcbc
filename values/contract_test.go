package values_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

// kinds says which of our kinds stands for a type of the contract.
var kinds = map[string]string{
	"string":                                "string",
	"bool":                                  "bool",
	"int":                                   "int",
	"duration":                              "duration",
	"url":                                   "url",
	"host:port":                             "host:port",
	"string-array":                          "string-array",
	"regexp":                                "regexp",
	"yaml-config-path":                      "yaml-config-path",
	"enum[password|awsiamrds]":              "enum",
	"enum[lax|none]":                        "enum",
	"struct[map[string]string]":             "struct",
	"struct[map[string][]string]":           "struct",
	"struct[map[string][]uuid.UUID]":        "struct",
	"struct[[]codersdk.LinkConfig]":         "struct",
	"struct[[]codersdk.ExternalAuthConfig]": "struct",
}

// table reads a file of testdata: one map a line, by the names in its head.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	var rows []map[string]string
	for i, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != len(head) {
			t.Fatalf("%s:%d has %d cells, want %d", name, i+2, len(cells), len(head))
		}
		row := map[string]string{}
		for j, cell := range cells {
			row[head[j]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func split(s, sep string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}

func TestCatalogAgreesWithTheContract(t *testing.T) {
	t.Parallel()
	r, release := build(t, develHost), build(t, releaseHost)
	rows := table(t, "options.tsv")
	if len(rows) != 217 {
		t.Fatalf("options.tsv has %d rows, want 217", len(rows))
	}
	for _, want := range rows {
		o := r.ByFlag(want["flag"])
		if o == nil {
			t.Errorf("no option --%s, want one", want["flag"])
			continue
		}
		def := o.Default
		if o.Flag == "update-check" { // the contract has the default of a release build
			def = release.ByFlag(o.Flag).Default
		}
		for _, c := range []struct{ what, got, want string }{
			{"title", o.Name, want["title"]},
			{"shorthand", o.Short, want["shorthand"]},
			{"variable", string(o.Env), want["env"]},
			{"YAML path", o.Path(), want["yaml"]},
			{"JSON path", o.JSONPath(), strings.ReplaceAll(want["json_path"], ".value[]", "")},
			{"kind", o.Type(), kinds[want["type"]]},
			{"default", def, want["default"]},
			{"choices", strings.Join(o.Value.Traits().Choices, "|"), want["choices"]},
			{"group", o.Group.Title(), want["group"]},
			{"group path", strings.Join(o.Group.Path(), "."), want["group_yaml"]},
			{"hidden", yesNo(o.Hidden), want["hidden"]},
			{"annotations", sorted(annotations(o)), sorted(split(want["annotations"], ","))},
			{"successors", strings.Join(o.UseInstead, ","), want["use_instead"]},
			{"siblings", sorted(flags(o.Siblings())), sorted(split(want["shares_value_with"], ","))},
			{"effect", o.Effect.String(), want["effect"]},
			{"computed", yesNo(o.Computed != nil), yesNo(want["default_note"] != "")},
		} {
			if c.got != c.want {
				t.Errorf("%s of --%s is %q, want %q", c.what, o.Flag, c.got, c.want)
			}
		}
	}
}

func TestEveryTypeIsMapped(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, row := range table(t, "options.tsv") {
		seen[row["type"]] = true
	}
	if got, want := slices.Sorted(maps.Keys(kinds)), slices.Sorted(maps.Keys(seen)); !slices.Equal(got, want) {
		t.Errorf("the map of kinds has %q, want the types of the contract %q", got, want)
	}
}

func TestUngroupedOptionsComeFirst(t *testing.T) {
	t.Parallel()
	grouped := ""
	n := 0
	for o := range build(t, develHost).All() {
		if o.Group != nil {
			grouped = o.Flag
			continue
		}
		n++
		if grouped != "" {
			t.Errorf("--%s has no group and stands behind --%s, want it before", o.Flag, grouped)
		}
	}
	if n != 29 {
		t.Errorf("%d options have no group, want 29", n)
	}
}

func TestFreeNamesAgreeWithTheContract(t *testing.T) {
	t.Parallel()
	c := build(t, develHost)
	want := []string{"CODER_URL", "CODER_SESSION_TOKEN", "CODER_CONFIG_DIR"}
	if got := c.Foreign(); !slices.Equal(got, want) {
		t.Errorf("variables of clients are %q, want %q", got, want)
	}
	for _, s := range []string{"--template-insights-enable", "$CODER_TEMPLATE_INSIGHTS_ENABLE", "introspection.templateInsights.enable"} {
		if d := c.Tombstone(s); d == nil || d.UseInstead != "stats-collection-usage-stats-enable" {
			t.Errorf("tombstone of %s is %+v, want one that names stats-collection-usage-stats-enable", s, d)
		}
	}
}

func annotations(o *option.Option) []string {
	var out []string
	for k, v := range o.Annotations {
		out = append(out, k+"="+v)
	}
	return out
}

func flags(all []*option.Option) []string {
	var out []string
	for _, o := range all {
		out = append(out, o.Flag)
	}
	return out
}

func sorted(s []string) string {
	slices.Sort(s)
	return strings.Join(s, ",")
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
