package option_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// shelf is fields for rows of any group.
type shelf struct {
	A, B, C, D bool
}

// shelved builds one row for each of the groups, the first called a.
func shelved(order []*option.Group, groups ...*option.Group) (*option.Registry[shelf], error) {
	return option.Build(option.Config[shelf]{Program: "shelf", Groups: order, Tables: func(v *shelf) []option.Table {
		var tables []option.Table
		for i, at := range []*bool{&v.A, &v.B, &v.C, &v.D} {
			name := string(rune('a' + i))
			table := option.Table{Rows: []option.Option{{Name: name, Flag: name, YAML: name, Value: kind.Bool(at)}}}
			if i < len(groups) {
				table.Group = groups[i]
			}
			tables = append(tables, table)
		}
		return tables
	}})
}

// TestCatalogOrder: options outside groups come first, then each group in its
// turn, in which rows stay as the tables have them.
func TestCatalogOrder(t *testing.T) {
	t.Parallel()
	byName := map[string]*option.Group{"net": netGroup, "tls": tlsGroup, "mail": mailGroup}
	find := func(names string) (out []*option.Group) {
		for _, name := range strings.Fields(names) {
			out = append(out, byName[name])
		}
		return out
	}
	for _, c := range []struct{ what, declared, tables, options, groups string }{
		{"in order already", "", "- net tls mail", "a b c d", "Net TLS Mail"},
		{"outside groups first", "", "net - mail -", "b d a c", "Net Mail"},
		{"a group before those below", "", "tls net - -", "c d b a", "Net TLS"},
		{"as declared", "mail net", "net tls mail -", "d c a b", "Mail Net TLS"},
		{"declared and without rows", "mail net", "- - - -", "a b c d", "Mail Net"},
		{"a group in two parts", "", "net mail net net", "a c d b", "Net Mail"},
		{"out of order at the begin", "", "net - - mail", "b c a d", "Net Mail"},
	} {
		r, err := shelved(find(c.declared), find(c.tables)...)
		if err != nil {
			t.Fatal(err)
		}
		var options, groups []string
		for o := range r.All() {
			options = append(options, o.Flag)
		}
		for g := range r.Groups() {
			groups = append(groups, g.Name)
		}
		if got := strings.Join(options, " "); got != c.options {
			t.Errorf("%s: got options %s, want %s", c.what, got, c.options)
		}
		if got := strings.Join(groups, " "); got != c.groups {
			t.Errorf("%s: got groups %s, want %s", c.what, got, c.groups)
		}
	}
}

// TestDepthOfGroups: sixteen groups may stand above that of a row.
func TestDepthOfGroups(t *testing.T) {
	t.Parallel()
	const most = 16
	var deep *option.Group
	for i := range most + 1 {
		deep = &option.Group{Name: fmt.Sprint(i), YAML: fmt.Sprintf("g%d", i), Parent: deep}
	}
	r, err := shelved(nil, deep)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(r.ByFlag("a").Path(), "."); got != most+1 {
		t.Errorf("got %s, want the keys of %d groups", r.ByFlag("a").Path(), most+1)
	}
	_, err = shelved(nil, &option.Group{Name: "Deepest", Parent: deep})
	if want := `option "a": its group has more than 16 above it, or is its own ancestor`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("one group more: got %v, want %s", err, want)
	}
}
