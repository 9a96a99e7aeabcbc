package option_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// adapted builds the toy with edits of its tables and one more check.
func adapted(t *testing.T, check option.Check[toy], edits ...option.Edit) *option.Registry[toy] {
	t.Helper()
	r, err := option.Build(adaptedConfig(check, edits...))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func adaptedConfig(check option.Check[toy], edits ...option.Edit) option.Config[toy] {
	cfg := toyConfig()
	cfg.Tables = func(v *toy) []option.Table { return option.Adapt(toyTables(v), edits...) }
	if check != nil {
		cfg.Checks = append(cfg.Checks, check)
	}
	return cfg
}

func flagsOf(r *option.Registry[toy]) string {
	var out []string
	for o := range r.All() {
		out = append(out, o.Flag)
	}
	return strings.Join(out, " ")
}

const allFlags = "workers wait key labels secure url http address tls-enable tls-address tls-ciphers mail-from sender"

func TestAdapt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		edit       option.Edit
	}{
		{"drop", "workers wait labels secure url http address tls-enable tls-address tls-ciphers mail-from sender", option.Drop("key")},
		{"drop one successor of two", "workers wait key labels secure url address tls-enable tls-address tls-ciphers mail-from sender", option.Drop("http")},
		{"drop every successor", "workers wait key labels secure url http address tls-enable tls-address tls-ciphers", option.Drop("mail-from")},
		{"drop a row and one of its successors", "workers wait key labels secure url tls-enable tls-address tls-ciphers mail-from sender", option.Drop("address", "http")},
		{"drop an older spelling", "workers wait key labels secure url http address tls-enable tls-address tls-ciphers mail-from", option.Drop("sender")},
		{"drop a group", "workers wait key labels secure mail-from sender", option.DropGroups(netGroup)},
		{"drop a group below", "workers wait key labels secure url http address mail-from sender", option.DropGroups(tlsGroup)},
		{"drop the root only", allFlags, option.DropGroups()},
		{"drop what repeats", "workers wait key labels url http address tls-enable tls-address tls-ciphers mail-from sender", option.Drop("secure")},
		{"keep", "workers tls-enable", option.Keep("tls-enable", "workers")},
		{"hide", allFlags, option.Hide("url")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := flagsOf(adapted(t, nil, c.edit)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if got := flagsOf(build(t)); got != allFlags {
		t.Errorf("the toy itself: got %q, want %q", got, allFlags)
	}
	if got, want := flagsOf(adapted(t, nil, option.Drop("key"), option.Keep("key", "wait"))), "wait"; got != want {
		t.Errorf("keep what was dropped before: got %q, want %q", got, want)
	}
	if got := option.Adapt(toyTables(new(toy)), option.Drop("key")); len(got) != 4 {
		t.Errorf("got %d tables, want the 4 of the toy", len(got))
	}
}

// TestDropGroupsOfTables drops groups whose rows stand in several tables, one
// of them empty.
func TestDropGroupsOfTables(t *testing.T) {
	t.Parallel()
	one, none := &option.Group{Name: "One"}, &option.Group{Name: "None"}
	tables := func(v *toy) []option.Table {
		all := append(toyTables(v), option.Table{Group: mailGroup}, option.Table{Group: one}, option.Table{Group: none})
		all[5].Rows = append(all[5].Rows, all[0].Rows[0])
		all[0].Rows = all[0].Rows[1:]
		return all
	}
	for _, c := range []struct {
		group *option.Group
		want  string
	}{
		{mailGroup, "wait key labels secure url http address tls-enable tls-address tls-ciphers workers"},
		{one, "wait key labels secure url http address tls-enable tls-address tls-ciphers mail-from sender"},
		{none, `can't drop "None": no row has that group`},
	} {
		cfg := toyConfig()
		cfg.Tables = func(v *toy) []option.Table { return option.Adapt(tables(v), option.DropGroups(c.group)) }
		r, err := option.Build(cfg)
		got := fmt.Sprint(err)
		if err == nil {
			got = flagsOf(r)
		}
		if !strings.HasSuffix(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.group.Name, got, c.want)
		}
	}
}

func TestAdaptChangesRows(t *testing.T) {
	t.Parallel()
	r := adapted(
		t, nil, option.Hide("url"), option.Default("wait", "5m"), option.Default("mail-from", ""),
		option.Change("workers", func(o *option.Option) { o.Help, o.YAML = "Hands.", "hands" }),
	)
	if !r.ByFlag("url").Hidden || r.ByFlag("workers").Path() != "hands" || r.ByFlag("workers").Help != "Hands." {
		t.Errorf("rows: got %+v and %+v", r.ByFlag("url"), r.ByFlag("workers"))
	}
	s, ps := r.Resolve(nil)
	if s == nil {
		t.Fatal(ps)
	}
	if v := s.View(); v.Wait.String() != "5m0s" || v.Mail.From != "" {
		t.Errorf("defaults: got %v and %q, want 5m0s and none", v.Wait, v.Mail.From)
	}
	first := toyTables(new(toy))
	option.Adapt(first, option.Default("wait", "9m"), option.Drop("key"))
	if got := first[0].Rows[1].Default; got != "1m" {
		t.Errorf("the tables given to Adapt: got default %q, want 1m as before", got)
	}
}

func TestAct(t *testing.T) {
	t.Parallel()
	keep := func(o *option.Option) { o.Effect = option.EffectEmbedder }
	page := func(o *option.Option) { o.Effect = option.EffectPage }
	kept := []option.Edit{option.Change("wait", keep), option.Change("url", keep), option.Change("workers", page)}
	for _, c := range []struct {
		act  option.Edit
		want string
	}{
		{option.Act("wait"), "server embedder page"},
		{option.Act("workers"), "embedder embedder page"},
		{option.Act(), "server server page"},
	} {
		r := adapted(t, nil, append(kept, c.act)...)
		got := fmt.Sprint(r.ByFlag("wait").Effect, " ", r.ByFlag("url").Effect, " ", r.ByFlag("workers").Effect)
		if got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestAdaptFaults(t *testing.T) {
	t.Parallel()
	wrong := []struct {
		want string
		edit option.Edit
	}{
		{`can't drop "kye": no row has that flag (did you mean "key"?)`, option.Drop("kye")},
		{`can't keep "nothing-near": no row has that flag`, option.Keep("nothing-near", "workers")},
		{`can't hide "x": no row has that flag`, option.Hide("x")},
		{`can't set the default of "wiat": no row has that flag (did you mean "wait"?)`, option.Default("wiat", "1m")},
		{`can't change "tls-adress": no row has that flag (did you mean "tls-address"?)`, option.Change("tls-adress", func(*option.Option) {})},
		{`can't drop "Else": no row has that group`, option.DropGroups(&option.Group{Name: "Else"})},
		{`can't let act "mial-from": no row has that flag (did you mean "mail-from"?)`, option.Act("mial-from")},
	}
	faults := func(edits ...option.Edit) []string {
		_, err := option.Build(adaptedConfig(nil, edits...))
		var all *option.TableError
		if !errors.As(err, &all) {
			t.Fatalf("got %v, want a *TableError", err)
		}
		return all.Faults
	}
	var edits []option.Edit
	var want []string
	for _, c := range wrong {
		if got := faults(c.edit); len(got) != 1 || got[0] != c.want {
			t.Errorf("got %q, want only %q", got, c.want)
		}
		edits, want = append(edits, c.edit), append(want, c.want)
	}
	if got := faults(edits...); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := faults(option.Default("wait", "soon"), option.Drop("wait")), `option "wait": its default is refused`; len(got) != 1 || !strings.HasPrefix(got[0], want) {
		t.Errorf("default of a dropped row: got %q, want %q", got, want)
	}
}

// TestDropped tells of names that only dropped options have, as each source
// spells them.
func TestDropped(t *testing.T) {
	t.Parallel()
	const one, group = "an option that this program leaves out", "a group of options that this program leaves out"
	whole := adapted(
		t, nil, option.Drop("workers", "key", "url", "tls-enable"), option.DropGroups(mailGroup),
		option.Change("key", func(o *option.Option) { o.Env = option.None }),
		option.Change("sender", func(o *option.Option) { o.YAML = "" }),
	)
	// Rows that take over names of dropped ones: a flag, a variable, keys.
	cfg := toyConfig()
	cfg.Tombstones = append(cfg.Tombstones, option.Tombstone{Flag: "sender", YAML: "mail.sender"})
	cfg.Tables = func(v *toy) []option.Table {
		own := option.Table{Rows: []option.Option{
			{Name: "Mail", Flag: "mail", Env: "MAIL_FROM", YAML: "mail", Value: kind.String(&v.Mail.From), Help: "Ours."},
			{Name: "Marks", Flag: "marks", YAML: "labels", Value: kind.Struct(&v.Labels), Help: "Ours."},
			{Name: "Wait", Flag: "wait", Env: "PAUSE", YAML: "pause", Value: kind.Duration(&v.Wait), Help: "Ours."},
		}}
		below := option.Table{Group: &option.Group{Name: "Work", YAML: "workers"}, Rows: []option.Option{{Name: "At Work", Flag: "at-work", YAML: "n", Value: kind.Int(&v.Workers), Help: "Ours."}}}
		return append(option.Adapt(toyTables(v), option.Drop("wait", "workers", "labels"), option.DropGroups(mailGroup)), own, below)
	}
	taken, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		r          *option.Registry[toy]
		name, want string
	}{
		{whole, "--workers", one},
		{whole, "$TOY_WORKERS", one},
		{whole, "workers", one},
		{whole, "--key", one},
		{whole, "$", ""},
		{whole, "$TOY_KEY", ""},
		{whole, "", ""},
		{whole, "net.url", one},
		{whole, "net.tls.enable", one},
		{whole, "net.tls", ""},
		{whole, "net", ""},
		{whole, "mail", group},
		{whole, "mail.from", one},
		{whole, "--sender", one},
		{whole, "mail.sender", ""},
		{whole, "--wait", ""},
		{taken, "--wait", ""},
		{taken, "$TOY_WAIT", one},
		{taken, "wait", one},
		{taken, "--mail-from", one},
		{taken, "$TOY_MAIL_FROM", ""},
		{taken, "mail", ""},
		{taken, "mail.from", one},
		{taken, "--sender", ""},
		{taken, "mail.sender", ""},
		{taken, "$SENDER", one},
		{taken, "--workers", one},
		{taken, "workers", ""},
		{taken, "--labels", one},
		{taken, "labels", ""},
	} {
		if got := c.r.Dropped(c.name); got != c.want {
			t.Errorf("%q: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A dropped option leaves its field, at the default of the row.
func TestDroppedFieldKeepsItsDefault(t *testing.T) {
	t.Parallel()
	r := adapted(
		t, nil, option.Default("secure", "true"), option.Default("url", "https://me:hush@a.test/"),
		option.Drop("workers", "labels", "secure", "url", "key", "tls-ciphers"),
	)
	s, ps := r.Resolve(layers(env(r, "wait", "2m")))
	if s == nil || len(ps) > 0 {
		t.Fatal(ps)
	}
	if v := s.View(); v.Workers != 4 || v.Labels["a"] != "b" || !v.Secure || !v.OldSecure || v.Key.IsSet() {
		t.Errorf("got %+v, want the defaults", v)
	}
	v := s.Values()
	v.Labels["a"], v.TLS.Ciphers[0] = "changed", "changed"
	if again, _ := r.Resolve(nil); again.View().Labels["a"] != "b" || again.View().TLS.Ciphers[0] != "a" {
		t.Errorf("a change of a copy reached the registry: got %v", again.View())
	}
	safe := s.Redact()
	tree := string(safe.AppendConfig(nil, option.ShapeCompact))
	for _, want := range []string{`"workers":4`, `"labels":{"a":"b"}`, `"secure":true`, `"old_secure":true`, `"ciphers":["a","b"]`, `a.test`} {
		if !strings.Contains(tree, want) {
			t.Errorf("config: got %s, want %s in it", tree, want)
		}
	}
	if strings.Contains(tree, "hush") {
		t.Errorf("config shows the password of a dropped URL: %s", tree)
	}
	if got := string(safe.AppendOptions(nil)); strings.Contains(got, `"flag":"workers"`) || !strings.Contains(got, `"flag":"wait"`) {
		t.Errorf("options: got %s, want --wait and not --workers", got)
	}
	n := s.Counts()
	if got, want := n[0]+n[1]+n[2]+n[3]+n[4], 6; got != want { // 13 rows: 6 dropped, and two fill one field
		t.Errorf("counts: got %d settings, want %d", got, want)
	}
	if r.ByFlag("workers") != nil || r.ByEnv("TOY_WORKERS") != nil || r.ByYAML("workers") != nil {
		t.Error("a dropped option is found by a name, want none")
	}
}

// A program may put a row of its own in the place of one that it drops.
func TestDroppedRowIsReplaced(t *testing.T) {
	t.Parallel()
	for _, drop := range [][]string{{"mail-from"}, {"mail-from", "sender"}} {
		cfg := toyConfig()
		cfg.Tables = func(v *toy) []option.Table {
			own := option.Table{Rows: []option.Option{{Name: "From", Flag: "mail-from", Default: "us", Value: kind.String(&v.Mail.From), Help: "Ours."}}}
			return append(option.Adapt(toyTables(v), option.Drop(drop...)), own)
		}
		r, err := option.Build(cfg)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := r.Resolve(nil)
		if got := s.View().Mail.From; got != "us" || (r.ByFlag("sender") != nil) != (len(drop) == 1) {
			t.Errorf("without %s: got %q and sender %v, want us, and the older spelling if it is not dropped", drop, got, r.ByFlag("sender"))
		}
	}
}

func TestRowInsideADroppedField(t *testing.T) {
	t.Parallel()
	cfg := toyConfig()
	cfg.Tables = func(v *toy) []option.Table {
		own := option.Table{Rows: []option.Option{{Name: "Host", Flag: "host", Value: kind.String(&v.TLS.Address.Host), Help: "Ours."}}}
		return append(option.Adapt(toyTables(v), option.Drop("tls-address")), own)
	}
	if _, err := option.Build(cfg); err == nil || !strings.Contains(err.Error(), "lies inside that of option \"tls-address\"") {
		t.Errorf("got %v, want a fault", err)
	}
}

func TestRulesSeeDroppedFields(t *testing.T) {
	t.Parallel()
	r := adapted(t, nil, option.Default("tls-enable", "true"), option.Drop("tls-enable"))
	s, ps := r.Resolve(layers(flag(r, 1, "address", ":1")))
	if s == nil {
		t.Fatal(ps)
	}
	if v := s.View(); v.TLS.Address.String() != ":1" || v.HTTP != "" {
		t.Errorf("got %q and %q, want the address to stand for that of TLS", v.TLS.Address, v.HTTP)
	}
	r = adapted(t, nil, option.Drop("tls-address"))
	if s, ps = r.Resolve(layers(flag(r, 1, "address", ":1"), flag(r, 2, "tls-enable", "true"))); s == nil {
		t.Fatal(ps)
	}
	if v := s.View(); v.TLS.Address.String() != "127.0.0.1:3443" {
		t.Errorf("a dropped address: got %q, want its default", v.TLS.Address)
	}
}

func TestTombstoneOfADroppedOption(t *testing.T) {
	t.Parallel()
	if d := adapted(t, nil, option.Drop("tls-enable")).Tombstone("--crypt"); d == nil || d.UseInstead != "" {
		t.Errorf("got %+v, want a retired name without a successor", d)
	}
}

func TestChecksOfDroppedFields(t *testing.T) {
	t.Parallel()
	check := func(c *option.Checker[toy]) {
		v := c.View()
		if v.Workers == 4 && !c.Given(&v.Workers) {
			c.Problem("x", "they do not go together", "", &v.Workers, &v.Wait)
		}
	}
	for _, c := range []struct{ drop, want string }{
		{"key", "--workers: they do not go together; see --wait (default)"},
		{"workers", "--wait: they do not go together"},
		{"wait", "--workers: they do not go together"},
		{"workers wait", "they do not go together"},
	} {
		r := adapted(t, check, option.Drop(strings.Fields(c.drop)...))
		_, ps := r.Resolve(nil)
		if len(ps) != 1 || strings.TrimPrefix(ps[0].Error(), "default: ") != c.want {
			t.Errorf("without %s: got %v, want %q", c.drop, ps, c.want)
		}
	}
}
