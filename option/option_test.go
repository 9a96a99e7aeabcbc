package option_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func TestGroups(t *testing.T) {
	t.Parallel()
	bare := &option.Group{Name: "Bare", Parent: tlsGroup}
	below := &option.Group{Name: "Below", YAML: "below", Parent: bare}
	loop := &option.Group{Name: "Loop"}
	loop.Parent = loop
	for _, c := range []struct {
		group       *option.Group
		path, title string
		under       []*option.Group // of all
	}{
		{nil, "", "", []*option.Group{nil}},
		{mailGroup, "mail", "Mail", []*option.Group{nil, mailGroup}},
		{tlsGroup, "net.tls", "Net / TLS", []*option.Group{nil, netGroup, tlsGroup}},
		{bare, "net.tls", "Net / TLS / Bare", []*option.Group{nil, netGroup, tlsGroup, bare}},
		{below, "net.tls.below", "Net / TLS / Bare / Below", []*option.Group{nil, netGroup, tlsGroup, bare, below}},
	} {
		if got := strings.Join(c.group.Path(), "."); got != c.path || c.group.Title() != c.title {
			t.Errorf("got path %q and title %q, want %q and %q", got, c.group.Title(), c.path, c.title)
		}
		for _, top := range []*option.Group{nil, netGroup, tlsGroup, mailGroup, bare, below, loop} {
			if got, want := c.group.Under(top), slices.Contains(c.under, top); got != want {
				t.Errorf("%q under %q: got %v, want %v", c.title, top.Title(), got, want)
			}
		}
	}
	deepest := &option.Group{Parent: netGroup}
	for range 15 {
		deepest = &option.Group{Parent: deepest}
	}
	if !deepest.Under(netGroup) || !deepest.Under(nil) {
		t.Error("a group with 16 above it is not under the first of them and the root")
	}
	if loop.Under(nil) || loop.Under(mailGroup) || !loop.Under(loop) {
		t.Error("a group that is its own ancestor is under none but itself")
	}
}

// TestNamesOfVariables builds a row with each way to say its variable.
func TestNamesOfVariables(t *testing.T) {
	t.Parallel()
	type one struct{ A string }
	for _, c := range []struct {
		flag string
		env  option.Env
		want string
	}{
		{"az-09", "", "APP_AZ_09"},
		{"a", "OTHER", "APP_OTHER"},
		{"a", option.Absolute("OTHER"), "OTHER"},
		{"a", option.None, ""},
	} {
		r, err := option.Build(option.Config[one]{EnvPrefix: "APP_", Tables: func(v *one) []option.Table {
			return []option.Table{{Rows: []option.Option{{Name: "A", Flag: c.flag, Env: c.env, Value: kind.String(&v.A), Help: "A row."}}}}
		}})
		if err != nil {
			t.Errorf("%s: %v", c.flag, err)
		} else if got := r.ByFlag(c.flag).Env; string(got) != c.want {
			t.Errorf("--%s with %q: got %q, want %q", c.flag, c.env, got, c.want)
		}
	}
	_, err := option.Build(option.Config[one]{EnvPrefix: "APP_", Tables: func(v *one) []option.Table {
		return []option.Table{{Rows: []option.Option{{Name: "A", Value: kind.String(&v.A)}, {Name: "B", Value: kind.String(&v.A)}}}}
	}})
	const fault = `: a flag is lower-case letters, digits and single hyphens`
	if got, want := faultsOf(t, err), []string{`option "A"` + fault, `option "B"` + fault}; !slices.Equal(got, want) {
		t.Errorf("rows without flags: got %q, want %q", got, want)
	}
}

func TestSiblings(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, c := range []struct {
		flag, want string
		newer      bool
	}{
		{"mail-from", "[sender]", false},
		{"sender", "[mail-from]", true},
		{"address", "[]", false}, // its successors have fields of their own
		{"workers", "[]", false},
	} {
		o, got := r.ByFlag(c.flag), []string{}
		for _, s := range o.Siblings() {
			got = append(got, s.Flag)
		}
		if fmt.Sprint(got) != c.want || o.HasNewer() != c.newer {
			t.Errorf("--%s: got %s and newer %v, want %s and %v", c.flag, got, o.HasNewer(), c.want, c.newer)
		}
	}
}
