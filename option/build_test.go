package option_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func TestCatalog(t *testing.T) {
	t.Parallel()
	r := build(t)
	var order []string
	for o := range r.All() {
		order = append(order, o.Flag)
	}
	want := []string{"workers", "wait", "key", "labels", "secure", "url", "http", "address", "tls-enable", "tls-address", "tls-ciphers", "mail-from", "sender"}
	if !slices.Equal(order, want) {
		t.Errorf("order: got %q, want %q", order, want)
	}
	for _, c := range []struct{ flag, env, yaml, json, field string }{
		{"tls-address", "TOY_TLS_ADDRESS", "net.tls.address", "tls.address", "TLS.Address"},
		{"sender", "SENDER", "mail.sender", "mail.from", "Mail.From"},
		{"url", "TOY_URL", "net.url", "url", "Net.URL"},
		{"key", "TOY_KEY", "", "key", "Key"},
	} {
		o := r.ByFlag(c.flag)
		if got := [...]string{string(o.Env), o.Path(), o.JSONPath(), o.FieldPath()}; got != [...]string{c.env, c.yaml, c.json, c.field} {
			t.Errorf("%s: got %q, want %q", c.flag, got, c)
		}
		if r.ByEnv(c.env) != o || c.yaml != "" && r.ByYAML(c.yaml) != o {
			t.Errorf("%s: not found by its variable or YAML path", c.flag)
		}
	}
	sub, _ := r.Section().Child("net")
	if got, want := sub.Keys(), []string{"url", "http", "tls"}; !slices.Equal(got, want) {
		t.Errorf("keys of net: got %q, want %q", got, want)
	}
	if sec, o := sub.Child("url"); sec != nil || o != r.ByFlag("url") {
		t.Errorf("url below net: got %v and %v, want the option", sec, o)
	}
	if sec, o := sub.Child("tls"); sec == nil || sec.Path() != "net.tls" || sec.Group() != tlsGroup || o != nil {
		t.Errorf("tls below net: got %v and %v, want the section of TLS", sec, o)
	}
	if sec, o := sub.Child("none"); sec != nil || o != nil {
		t.Errorf("none below net: got %v and %v, want neither", sec, o)
	}
	var in []string
	for o := range r.In(tlsGroup) {
		if in = append(in, o.Flag); len(in) == 2 {
			break
		}
	}
	for o := range r.In(nil) {
		in = append(in, o.Flag)
	}
	if want := []string{"tls-enable", "tls-address", "workers", "wait", "key", "labels", "secure"}; !slices.Equal(in, want) {
		t.Errorf("two of TLS and all of the root: got %q, want %q", in, want)
	}
	if r.Tombstone("--crypt") == nil || r.Tombstone("$TOY_CRYPT") != nil || r.Tombstone("net.crypt") == nil || r.Tombstone("--crypt").UseInstead != "tls-enable" {
		t.Error("tombstone of crypt: want it under its flag and YAML path only, and that tls-enable took over")
	}
	if o := r.ByFlag("key"); o.Annotations["secret"] != "true" || !o.Secret() {
		t.Errorf("key: got annotations %v, want secret", o.Annotations)
	}
	if r.KeepEmpty() || r.ConfigOption() != nil {
		t.Errorf("got %v and %v, want that empty variables are not set and no option names the file", r.KeepEmpty(), r.ConfigOption())
	}
}

// TestConfig builds the toy with what its own configuration leaves out.
func TestConfig(t *testing.T) {
	t.Parallel()
	bare := &option.Group{Name: "Bare", Parent: netGroup}
	cfg := toyConfig()
	cfg.KeepEmpty, cfg.ConfigFlag, cfg.Host = true, "http", option.Host{CacheDir: "/cache"}
	cfg.Tombstones = []option.Tombstone{{Env: "OLD", UseInstead: "wait"}}
	shared := option.Annotations{"store": "true"}
	cfg.Tables = func(v *toy) []option.Table {
		all := toyTables(v)
		all[0].Rows[0].Annotations = option.Annotations{"unit": "workers"}
		all[0].Rows[1].Annotations, all[0].Rows[2].Annotations = shared, shared
		from := &all[3].Rows[0]
		from.Default, from.Computed = "", func(h option.Host) string { return "of " + h.CacheDir }
		all[1].Rows[0].Short = "S"
		own := option.Table{Group: bare, Rows: []option.Option{{Name: "Bare", Flag: "bare", YAML: "bare", Value: kind.Bool(&v.Secure), Help: "Ours."}}}
		return append(all, own)
	}
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if !r.KeepEmpty() || r.ConfigOption() != r.ByFlag("http") {
		t.Errorf("got %v and %v, want that empty variables are values, and the option http", r.KeepEmpty(), r.ConfigOption())
	}
	if d := r.Tombstone("$TOY_OLD"); d == nil || d.UseInstead != "wait" || r.Tombstone("--") != nil || r.Tombstone("") != nil {
		t.Errorf("got %+v, want the retired variable, and no other spelling of it", d)
	}
	for flag, want := range map[string]option.Annotations{"workers": {"unit": "workers"}, "wait": {"store": "true", "format_duration": "true"}, "key": {"store": "true", "secret": "true"}, "secure": {}} {
		if got := r.ByFlag(flag).Annotations; !maps.Equal(got, want) {
			t.Errorf("--%s: got annotations %v, want %v", flag, got, want)
		}
	}
	if len(shared) != 1 {
		t.Errorf("annotations that rows share: got %v, want only those that were there", shared)
	}
	if got, want := r.ByFlag("mail-from").Default, "of /cache"; got != want {
		t.Errorf("a computed default: got %q, want %q", got, want)
	}
	if r.ByShort("S") != r.ByFlag("tls-enable") || r.ByShort("w") != r.ByFlag("workers") {
		t.Error("options are not found by their short flags")
	}
	if sec, _ := r.Section().Child("net"); r.ByYAML("net.bare") != r.ByFlag("bare") || sec.Group() != netGroup || !slices.Contains(sec.Keys(), "bare") {
		t.Errorf("an option of a group without a key: got keys %q, want it in the section above", sec.Keys())
	}
}

// TestBuildOfNothing builds programs without options.
func TestBuildOfNothing(t *testing.T) {
	t.Parallel()
	r, err := option.Build(option.Config[struct{}]{Program: "none", Tables: func(*struct{}) []option.Table { return nil }})
	if err != nil || r.Len() != 0 {
		t.Errorf("an empty struct: got %v, want no options and no fault", err)
	}
	_, err = option.Build(option.Config[int]{Program: "none", Tables: func(*int) []option.Table { return nil }})
	if err == nil || !strings.Contains(err.Error(), "the type of the registry is not a struct") {
		t.Errorf("an int: got %v, want that it is no struct", err)
	}
}

// TestTakenNames gives one name to two rows, where an earlier row has the same
// text as a name of another kind.
func TestTakenNames(t *testing.T) {
	t.Parallel()
	type one struct{ B bool }
	for _, c := range []struct {
		want       string
		have, next option.Option
	}{
		{"flag v", option.Option{Flag: "v"}, option.Option{Flag: "v"}},
		{"flag y", option.Option{Flag: "y"}, option.Option{Flag: "y"}},
		{"short flag k", option.Option{Flag: "b", Short: "k"}, option.Option{Flag: "c", Short: "k"}},
		{"short flag E", option.Option{Flag: "b", Short: "E"}, option.Option{Flag: "c", Short: "E"}},
		{"variable W", option.Option{Flag: "b", Env: "W"}, option.Option{Flag: "c", Env: "W"}},
		{"YAML path k", option.Option{Flag: "b", YAML: "k"}, option.Option{Flag: "c", YAML: "k"}},
		{"YAML path v", option.Option{Flag: "b", YAML: "v"}, option.Option{Flag: "c", YAML: "v"}},
		{"YAML path E", option.Option{Flag: "b", YAML: "E"}, option.Option{Flag: "c", YAML: "E"}},
	} {
		_, err := option.Build(option.Config[one]{Tables: func(v *one) []option.Table {
			rows := []option.Option{{Flag: "k", Short: "v", Env: "E", YAML: "y"}, c.have, c.next}
			for i := range rows {
				rows[i].Name, rows[i].Value = fmt.Sprint("Row ", i), kind.Bool(&v.B)
				rows[i].Env = cmp.Or(rows[i].Env, option.None)
			}
			return []option.Table{{Rows: rows}}
		}})
		want := fmt.Sprintf("option %q: %s is taken by option %q", c.next.Flag, c.want, c.have.Flag)
		if got := faultsOf(t, err); !slices.Equal(got, []string{want}) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// faultsOf returns the faults of a build that failed.
func faultsOf(t *testing.T, err error) []string {
	t.Helper()
	var faults *option.TableError
	if !errors.As(err, &faults) {
		t.Fatalf("got %v, want a *TableError", err)
	}
	return faults.Faults
}

func TestBuildReportsEveryFault(t *testing.T) {
	t.Parallel()
	row := func(edit func(*option.Option), v option.Value) option.Option {
		o := option.Option{Name: "X", Flag: "x", Value: v, Help: "X."}
		edit(&o)
		return o
	}
	other := new(toy)
	loop := &option.Group{Name: "Loop"}
	loop.Parent = loop
	for _, c := range []struct {
		want string
		rows func(v *toy) []option.Option
	}{
		{"it has no name", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Name = "" }, kind.Bool(&v.Secure))}
		}},
		{"a flag is lower-case", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Flag = "X_" }, kind.Bool(&v.Secure))}
		}},
		{"a short flag is one letter", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Short = "xy" }, kind.Bool(&v.Secure))}
		}},
		{"option \"x\": a short flag is one letter", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Short = "1" }, kind.Bool(&v.Secure))}
		}},
		{"a variable is capitals", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Env = "x" }, kind.Bool(&v.Secure))}
		}},
		{"a YAML key has no dot", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.YAML = "a.b" }, kind.Bool(&v.Secure))}
		}},
		{"does not begin with x-", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.YAML = "x-a" }, kind.Bool(&v.Secure))}
		}},
		{"its YAML path net.url goes through option \"x\"", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.YAML = "net" }, kind.Bool(&v.Secure)), row(func(o *option.Option) { o.Flag, o.YAML = "y", "net" }, kind.Bool(&v.Secure))}
		}},
		{"flag wait is taken", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Flag = "wait" }, kind.Bool(&v.Traced))}
		}},
		{"variable SENDER is taken", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Env = option.Absolute("SENDER") }, kind.Bool(&v.Secure))}
		}},
		{"goes through option \"x\"", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.YAML = "net" }, kind.Bool(&v.Secure))}
		}},
		{"it has no value", func(*toy) []option.Option { return []option.Option{row(func(*option.Option) {}, nil)} }},
		{"made on another instance", func(*toy) []option.Option {
			return []option.Option{row(func(*option.Option) {}, kind.Bool(&other.Secure))}
		}},
		{"marked \"fixed\"", func(v *toy) []option.Option {
			return []option.Option{row(func(*option.Option) {}, kind.Bool(&v.Traced))}
		}},
		{"lies inside that of option", func(v *toy) []option.Option {
			return []option.Option{row(func(*option.Option) {}, kind.String(&v.TLS.Address.Host))}
		}},
		{"with another kind", func(v *toy) []option.Option {
			return []option.Option{row(func(*option.Option) {}, kind.AddressText(&v.Mail.From)), row(func(o *option.Option) { o.Flag = "y" }, kind.URLText(&v.Mail.From)), row(func(o *option.Option) { o.Flag = "z" }, kind.ConfigPath(&v.Mail.From))}
		}},
		{"has a default by option", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Default = "2" }, kind.Int(&v.Workers))}
		}},
		{"default is refused", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Default = "maybe" }, kind.Bool(&v.Secure))}
		}},
		{"neither a YAML key nor a default", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.YAML = "key" }, kind.SecretOf(&v.Key))}
		}},
		{"undeclared successor", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.UseInstead = []string{"nope"} }, kind.Bool(&v.Secure))}
		}},
		{"is deprecated itself", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.UseInstead = []string{"sender"} }, kind.Bool(&v.Secure))}
		}},
	} {
		t.Run(c.want, func(t *testing.T) {
			t.Parallel()
			cfg := toyConfig()
			cfg.Tables = func(v *toy) []option.Table { return append(toyTables(v), option.Table{Rows: c.rows(v)}) }
			_, err := option.Build(cfg)
			var faults *option.TableError
			if !errors.As(err, &faults) {
				t.Fatalf("got %v, want a *TableError", err)
			}
			if !slices.ContainsFunc(faults.Faults, func(f string) bool { return strings.Contains(f, c.want) }) {
				t.Errorf("got %q, want one with %q", faults.Faults, c.want)
			}
		})
	}
	t.Run("several at once", func(t *testing.T) {
		t.Parallel()
		cfg := toyConfig()
		cfg.Tombstones = append(cfg.Tombstones, option.Tombstone{Flag: "wait"}, option.Tombstone{Flag: "was", UseInstead: "nope"}, option.Tombstone{Env: "WAIT"}, option.Tombstone{YAML: "workers"})
		cfg.ConfigFlag = "config"
		cfg.Tables = func(v *toy) []option.Table {
			all := toyTables(v)
			all[0].Rows = all[0].Rows[:2] // key, labels and secure lose their rows
			all = all[:3]                 // and those of mail
			return append(all, option.Table{Group: loop, Rows: []option.Option{{Name: "L", Flag: "loop", Value: kind.Bool(&v.Secure)}}})
		}
		_, err := option.Build(cfg)
		if err == nil {
			t.Fatal("got no error")
		}
		for _, want := range []string{"field Key has no row", "field Labels has no row", "field Mail.From has no row", `repeats option "secure"`, `name "wait" is in use`, `name "TOY_WAIT" is in use`, `name "workers" is in use`, `successor "nope"`, `flag "config" that names the file`, "its own ancestor"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %q in it", err, want)
			}
		}
	})
}
