package compat_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// shop is what two versions of a program read.
type shop struct {
	Config string `json:"config"`
	Name   string `json:"name"`
	Color  string `json:"color"`
	Count  int64  `json:"count"`
	Open   bool   `json:"open"`
	Tags   []string
	Mail   string `json:"mail"`
}

func shopTables(v *shop) []option.Table {
	return []option.Table{{Rows: []option.Option{
		{Name: "Config", Flag: "config", Value: kind.ConfigPath(&v.Config), Help: "File."},
		{Name: "Name", Flag: "name", Short: "n", YAML: "name", Default: "shop", Value: kind.String(&v.Name), Help: "Name."},
		{Name: "Color", Flag: "color", YAML: "color", Default: "red", Value: kind.Choice(&v.Color, "red", "green", "blue"), Help: "Colour."},
		{Name: "Count", Flag: "count", YAML: "count", Value: kind.Int(&v.Count), Help: "Count."},
		{Name: "Open", Flag: "open", YAML: "open", Default: "true", Value: kind.Bool(&v.Open), Help: "Open."},
		{Name: "Tags", Flag: "tags", YAML: "tags", Value: kind.Strings(&v.Tags), Help: "Tags."},
		{Name: "Mail", Flag: "mail-from", YAML: "mail", Value: kind.String(&v.Mail), Help: "Sender."},
		{Name: "Old mail", Flag: "sender", YAML: "sender", UseInstead: []string{"mail-from"}, Value: kind.String(&v.Mail), Help: "Sender."},
	}}}
}

// shopEdits are what an upgrade may do to an option; each takes the tables of
// the newer version.
var shopEdits = map[string]func(v *shop) option.Edit{
	"default of name":    func(*shop) option.Edit { return option.Default("name", "store") },
	"default of color":   func(*shop) option.Edit { return option.Default("color", "blue") },
	"default of count":   func(*shop) option.Edit { return option.Default("count", "3") },
	"default of mail":    func(*shop) option.Edit { return option.Default("mail-from", "a@b.example") },
	"no default of open": func(*shop) option.Edit { return option.Default("open", "") },
	"no name":            func(*shop) option.Edit { return option.Drop("name") },
	"no tags":            func(*shop) option.Edit { return option.Drop("tags") },
	"no sender":          func(*shop) option.Edit { return option.Drop("sender") },
	"variable of name":   func(*shop) option.Edit { return option.Change("name", func(o *option.Option) { o.Env = "TITLE" }) },
	"key of count":       func(*shop) option.Edit { return option.Change("count", func(o *option.Option) { o.YAML = "number" }) },
	"no key of tags":     func(*shop) option.Edit { return option.Change("tags", func(o *option.Option) { o.YAML = "" }) },
	"flag of open": func(*shop) option.Edit {
		return option.Change("open", func(o *option.Option) { o.Flag, o.Env = "opened", "OPEN" })
	},
	"short of name": func(*shop) option.Edit { return option.Change("name", func(o *option.Option) { o.Short = "" }) },
	"fewer colors": func(v *shop) option.Edit {
		return option.Change("color", func(o *option.Option) { o.Value = kind.Choice(&v.Color, "red", "blue") })
	},
	"lower count": func(v *shop) option.Edit {
		return option.Change("count", func(o *option.Option) { o.Value = kind.Int(&v.Count, kind.Max(int64(5))) })
	},
}

func shopOf(t testing.TB, edits ...string) *option.Registry[shop] {
	t.Helper()
	r, err := option.Build(option.Config[shop]{Program: "shop", EnvPrefix: "SHOP_", ConfigFlag: "config", Tables: func(v *shop) []option.Table {
		var changes []option.Edit
		for _, e := range edits {
			changes = append(changes, shopEdits[e](v))
		}
		return option.Adapt(shopTables(v), changes...)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fields are the fields of the shop, by the flag that the older version has.
var shopFields = map[string]func(*shop) string{
	"name":      func(v *shop) string { return v.Name },
	"color":     func(v *shop) string { return v.Color },
	"count":     func(v *shop) string { return fmt.Sprint(v.Count) },
	"open":      func(v *shop) string { return fmt.Sprint(v.Open) },
	"tags":      func(v *shop) string { return strings.Join(v.Tags, ",") },
	"mail-from": func(v *shop) string { return v.Mail },
}

// spot is the line, the variable or the argument of an origin.
func spot(o option.Origin) string {
	switch o.Source {
	case option.SourceEnv:
		return "$" + o.Name
	case option.SourceFlag:
		return fmt.Sprint("argv ", o.Arg)
	}
	return fmt.Sprint("line ", o.Span.Line)
}

// TestTouchingIsTheTruth draws an upgrade and a deployment that the older
// version is content with, and reads the deployment with both versions. What
// differs then, and what the newer one refuses or leaves unread, is told, and
// nothing else is but what is worth a look.
func TestTouchingIsTheTruth(t *testing.T) {
	t.Parallel()
	names := make([]string, 0, len(shopEdits))
	for name := range shopEdits {
		names = append(names, name)
	}
	slices.Sort(names)
	plain := shopOf(t)
	rapid.Check(t, func(rt *rapid.T) {
		edits := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 4, rapid.ID).Draw(rt, "edits")
		edits = slices.DeleteFunc(edits, func(e string) bool { // one of two that need the same row
			return slices.Contains(edits, "no name") && e != "no name" && strings.HasSuffix(e, " name") || slices.Contains(edits, "no tags") && e == "no key of tags" ||
				slices.Contains(edits, "flag of open") && e == "no default of open"
		})
		newer := shopOf(t, edits...)
		p := shopProcess(rt)
		was, wrong := load.Inspect(plain, p)
		if len(wrong.Errors()) > 0 {
			rt.Fatalf("the older version refuses: %v", wrong[0])
		}
		is, problems := load.Inspect(newer, p)

		older := docgen.List(plain.Catalog)
		d, bad := compat.DeploymentOf(newer, p, older, nil)
		if len(bad) > 0 {
			rt.Fatalf("nothing can be told: %v", bad[0])
		}
		all := compat.Compare(older, docgen.List(newer.Catalog))
		touching := all.Touching(d)
		told, places := map[string]bool{}, map[string]bool{}
		for i := range touching.Touches {
			c := &touching.Touches[i]
			told[strings.Replace(c.Option, "opened", "open", 1)] = true
			for _, u := range c.Uses {
				places[spot(u.Origin)] = true
			}
			for _, p := range c.Problems {
				places[spot(p.Origin)] = true
			}
		}
		// Complete: each value that differs, each input that is refused or not read.
		for flag, value := range shopFields {
			if a, b := value(was.View()), value(is.View()); a != b && !told[flag] && !(flag == "mail-from" && told["sender"]) {
				rt.Fatalf("%q: --%s differs, and is not told", edits, flag)
			}
		}
		known := map[string]bool{}
		for _, p := range wrong {
			known[p.Error()] = true
		}
		for _, p := range problems {
			overridden := p.Code == "invalid-value" && p.Severity == option.Warning // it stops no start, and counts for nothing
			if p.Severity <= option.Warning && !known[p.Error()] && p.Code != "stray-argument" && !overridden && !places[spot(p.Origin)] {
				rt.Fatalf("%q: %v: not told", edits, p)
			}
		}
		// Sound: what is breaking for it does something to it.
		for i := range touching.Touches {
			c := &touching.Touches[i]
			hit := false
			for _, p := range problems {
				for _, u := range c.Uses {
					hit = hit || spot(p.Origin) == spot(u.Origin)
				}
				hit = hit || slices.Contains(c.Problems, p) || slices.ContainsFunc(c.Problems, func(q *option.Problem) bool { return q.Error() == p.Error() })
			}
			flag := strings.Replace(strings.Replace(c.Option, "opened", "open", 1), "sender", "mail-from", 1)
			if value := shopFields[flag]; value != nil {
				hit = hit || value(was.View()) != value(is.View())
			}
			if c.Verdict == compat.Breaking && !hit || c.Kind == compat.KindDefault && !hit {
				rt.Fatalf("%q: told for nothing: %s --%s: %s", edits, c.Kind, c.Option, c.Reason())
			}
		}
	})
}

// shopProcess draws inputs that the older version takes.
func shopProcess(t *rapid.T) load.Process {
	values := map[string]*rapid.Generator[string]{
		"name": rapid.SampledFrom([]string{"a", "b"}), "color": rapid.SampledFrom([]string{"red", "green", "blue"}), "count": rapid.SampledFrom([]string{"1", "9"}),
		"open": rapid.SampledFrom([]string{"true", "false"}), "tags": rapid.SampledFrom([]string{"x", "x,y"}), "mail-from": rapid.Just("c@d.example"), "sender": rapid.Just("e@f.example"),
	}
	keys := map[string]string{"mail-from": "mail"}
	flags := make([]string, 0, len(values))
	for flag := range values {
		flags = append(flags, flag)
	}
	slices.Sort(flags)
	var text strings.Builder
	p := load.Process{Args: []string{"--config=shop.yaml"}, FirstArg: 1}
	for _, flag := range flags {
		how := rapid.SampledFrom([]string{"", "", "flag", "env", "file", "file flag", "env file", "short"}).Draw(t, flag)
		value := func() string { return values[flag].Draw(t, "value of "+flag) }
		if strings.Contains(how, "flag") {
			p.Args = append(p.Args, "--"+flag+"="+value())
		}
		if how == "short" && flag == "name" {
			p.Args = append(p.Args, "-n", value())
		}
		if strings.Contains(how, "env") {
			p.Environ = append(p.Environ, "SHOP_"+strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))+"="+value())
		}
		if strings.Contains(how, "file") {
			key := flag
			if keys[flag] != "" {
				key = keys[flag]
			}
			fmt.Fprintf(&text, "%s: %s\n", key, value())
		}
	}
	p.Files = load.FilesFunc(func(name string) ([]byte, error) {
		if name != "shop.yaml" {
			return nil, os.ErrNotExist
		}
		return []byte(text.String()), nil
	})
	return p
}
