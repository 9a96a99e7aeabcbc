package option_test

import (
	"errors"
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
	if r.Tombstone("--crypt") == nil || r.Tombstone("$TOY_CRYPT") != nil || r.Tombstone("net.crypt") == nil {
		t.Error("tombstone of crypt: want it under its flag and YAML path only")
	}
	if o := r.ByFlag("key"); o.Annotations["secret"] != "true" || !o.Secret() {
		t.Errorf("key: got annotations %v, want secret", o.Annotations)
	}
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
		{"a variable is capitals", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.Env = "x" }, kind.Bool(&v.Secure))}
		}},
		{"a YAML key has no dot", func(v *toy) []option.Option {
			return []option.Option{row(func(o *option.Option) { o.YAML = "a.b" }, kind.Bool(&v.Secure))}
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
		cfg.Tombstones = append(cfg.Tombstones, option.Tombstone{Flag: "wait"}, option.Tombstone{Flag: "was", UseInstead: "nope"})
		cfg.ConfigFlag = "config"
		cfg.Tables = func(v *toy) []option.Table {
			all := toyTables(v)
			all[0].Rows = all[0].Rows[:2] // key, labels and secure lose their rows
			return append(all, option.Table{Group: loop, Rows: []option.Option{{Name: "L", Flag: "loop", Value: kind.Bool(&v.Secure)}}})
		}
		_, err := option.Build(cfg)
		if err == nil {
			t.Fatal("got no error")
		}
		for _, want := range []string{"field Key has no row", "field Labels has no row", `repeats option "secure"`, `name "wait" is in use`, `successor "nope"`, `flag "config" that names the file`, "its own ancestor"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %q in it", err, want)
			}
		}
	})
	t.Run("one JSON path", func(t *testing.T) {
		t.Parallel()
		type twice struct {
			A struct {
				B string `json:"b"`
			} `json:"a"`
			C string `json:"a.b"`
		}
		_, err := option.Build(option.Config[twice]{Tables: func(v *twice) []option.Table {
			return []option.Table{{Rows: []option.Option{{Name: "A", Flag: "a", Value: kind.String(&v.A.B)}, {Name: "B", Flag: "b", Value: kind.String(&v.C)}}}}
		}})
		if err == nil || !strings.Contains(err.Error(), "fields A.B and C have one JSON path a.b") {
			t.Errorf("got %v, want one JSON path", err)
		}
	})
}
