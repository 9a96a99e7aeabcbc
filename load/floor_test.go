package load_test

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/values"
)

// The floor is what a program does that cares for nothing but its values: one
// yaml.v3 decode into a plain struct whose defaults are already there,
// os.Getenv for each option, a look-up for each flag. It has no provenance, no
// checks and no messages. The engine is measured against it.
type floor struct {
	typ      reflect.Type // of the plain struct
	defaults reflect.Value
	settings []floorSetting
	byFlag   map[string]*floorSetting
}

type floorSetting struct {
	env string
	set func(unsafe.Pointer, string) error
	off uintptr
}

func (f *floor) add(flag, env string, off uintptr, t reflect.Type) {
	s := floorSetting{env: env, off: off}
	switch t {
	case reflect.TypeFor[bool]():
		s.set = func(p unsafe.Pointer, text string) (err error) {
			*(*bool)(p), err = strconv.ParseBool(text)
			return err
		}
	case reflect.TypeFor[int64]():
		s.set = func(p unsafe.Pointer, text string) (err error) {
			*(*int64)(p), err = strconv.ParseInt(text, 10, 64)
			return err
		}
	case reflect.TypeFor[time.Duration]():
		s.set = func(p unsafe.Pointer, text string) (err error) {
			*(*time.Duration)(p), err = time.ParseDuration(text)
			return err
		}
	case reflect.TypeFor[[]string]():
		s.set = func(p unsafe.Pointer, text string) error { *(*[]string)(p) = strings.Split(text, ","); return nil }
	case reflect.TypeFor[string]():
		s.set = func(p unsafe.Pointer, text string) error { *(*string)(p) = text; return nil }
	default:
		s.set = func(p unsafe.Pointer, text string) error { return errors.New("structured") }
	}
	f.settings = append(f.settings, s)
	f.byFlag[flag] = &f.settings[len(f.settings)-1]
}

// newFloor lays a plain struct out like the file: one field an option, one
// nested struct a group.
func newFloor(c *option.Catalog, fields map[*option.Option]reflect.Type) *floor {
	f := &floor{byFlag: map[string]*floorSetting{}, settings: make([]floorSetting, 0, c.Len())}
	plain := func(o *option.Option) reflect.Type {
		switch t := fields[o]; {
		case o.Value.Traits().Struct && t.Kind() == reflect.Slice:
			return reflect.TypeFor[[]floorItem]()
		case o.Value.Traits().Struct, t == reflect.TypeFor[time.Duration]():
			return t
		case t.Kind() == reflect.Bool, t.Kind() == reflect.Int64, t == reflect.TypeFor[[]string]():
			return t
		case o.Value.Traits().List:
			return reflect.TypeFor[[]string]()
		}
		return reflect.TypeFor[string]()
	}
	var lay func(s *option.Section) reflect.Type
	lay = func(s *option.Section) reflect.Type {
		var members []reflect.StructField
		for i, key := range s.Keys() {
			sub, o := s.Child(key)
			t := reflect.Type(nil)
			if o != nil {
				t = plain(o)
			} else {
				t = lay(sub)
			}
			members = append(members, reflect.StructField{Name: "F" + strconv.Itoa(i), Type: t, Tag: reflect.StructTag(`yaml:"` + key + `"`)})
		}
		return reflect.StructOf(members)
	}
	files := lay(c.Section())
	var rest []reflect.StructField // options that no file can set
	for o := range c.All() {
		if o.YAML == "" {
			rest = append(rest, reflect.StructField{Name: "O" + strconv.Itoa(o.Index()), Type: plain(o), Tag: `yaml:"-"`})
		}
	}
	f.typ = reflect.StructOf(append(rest, reflect.StructField{Name: "File", Type: files, Tag: `yaml:",inline"`}))
	var bind func(t reflect.Type, s *option.Section, base uintptr)
	bind = func(t reflect.Type, s *option.Section, base uintptr) {
		for i, key := range s.Keys() {
			m := t.Field(i)
			if sub, o := s.Child(key); o != nil {
				f.add(o.Flag, string(o.Env), base+m.Offset, m.Type)
			} else {
				bind(m.Type, sub, base+m.Offset)
			}
		}
	}
	file, _ := f.typ.FieldByName("File")
	bind(file.Type, c.Section(), file.Offset)
	for o := range c.All() {
		if o.YAML == "" {
			m, _ := f.typ.FieldByName("O" + strconv.Itoa(o.Index()))
			f.add(o.Flag, string(o.Env), m.Offset, m.Type)
		}
	}
	f.defaults = reflect.New(f.typ).Elem()
	base := f.defaults.Addr().UnsafePointer()
	for o := range c.All() {
		if s := f.byFlag[o.Flag]; o.Default != "" {
			_ = s.set(unsafe.Add(base, s.off), o.Default)
		}
	}
	return f
}

// floorItem is an item of the structured lists of a deployment.
type floorItem struct {
	Type     string   `yaml:"type"`
	ID       string   `yaml:"id"`
	ClientID string   `yaml:"client_id"`
	Secret   string   `yaml:"client_secret"`
	AuthURL  string   `yaml:"auth_url"`
	Scopes   []string `yaml:"scopes"`
	Name     string   `yaml:"name"`
	Target   string   `yaml:"target"`
	Icon     string   `yaml:"icon"`
}

func (f *floor) load(name string, args []string) (reflect.Value, error) {
	v := reflect.New(f.typ)
	v.Elem().Set(f.defaults)
	src, err := os.ReadFile(name)
	if err != nil {
		return v, err
	}
	if err := yaml.Unmarshal(src, v.Interface()); err != nil {
		return v, err
	}
	base := v.UnsafePointer()
	for i := range f.settings {
		s := &f.settings[i]
		if text := os.Getenv(s.env); text != "" {
			if err := s.set(unsafe.Add(base, s.off), text); err != nil {
				return v, err
			}
		}
	}
	for _, arg := range args {
		name, text, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		s := f.byFlag[name]
		if s == nil {
			return v, fmt.Errorf("unknown flag %s", name)
		}
		if err := s.set(unsafe.Add(base, s.off), text); err != nil {
			return v, err
		}
	}
	return v, nil
}

// osFiles reads files without limits, as the floor does.
type osFiles struct{}

func (osFiles) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

// A work is one benchmark's input for both sides.
type work struct {
	file    string
	args    []string
	environ []string
}

func (w work) setenv(b *testing.B) {
	b.Helper()
	for _, kv := range w.environ {
		k, v, _ := strings.Cut(kv, "=")
		b.Setenv(k, v)
	}
}

// newWork picks 40 options for variables among 140 and 15 for flags, all
// told apart from what the file sets only by chance, as in a deployment.
func newWork(c *option.Catalog, file string) work {
	w := work{file: file, args: []string{"--config=" + file}}
	text := func(o *option.Option) string {
		switch o.Type() {
		case "bool":
			return "true"
		case "int":
			return "42"
		case "duration":
			return "90s"
		case "string-array":
			return "one,two"
		}
		return ""
	}
	n := 0
	for o := range c.All() {
		if o.Deprecated() || o.Env == "" || len(o.Value.Traits().Choices) > 0 || len(o.Value.Traits().Rules) > 0 && o.Type() == "string-array" {
			continue
		}
		v := text(o)
		if v == "" && o.Type() == "string" && len(o.Value.Traits().Rules) == 0 && !o.Secret() {
			v = "words of an operator"
		}
		if v == "" || strings.Contains(o.Flag, "dangerous") || strings.Contains(o.Flag, "tls") || strings.Contains(o.Flag, "claims") || strings.Contains(o.Flag, "everyone") {
			continue
		}
		switch n++; {
		case n%3 == 0 && len(w.args) < 15:
			w.args = append(w.args, "--"+o.Flag+"="+v)
		case len(w.environ) < 40:
			w.environ = append(w.environ, string(o.Env)+"="+v)
		}
	}
	for i := range 100 {
		w.environ = append(w.environ, fmt.Sprintf("UNRELATED_%d=/usr/local/lib/path/%d", i, i))
	}
	return w
}

func benchmarkLoad[T any](b *testing.B, r *option.Registry[T], w work, fields map[*option.Option]reflect.Type) {
	f := newFloor(r.Catalog, fields)
	f.byFlag["config"] = &floorSetting{set: func(unsafe.Pointer, string) error { return nil }}
	b.Run("engine", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s, ps := load.Load(r, load.Process{Args: w.args, FirstArg: 1, Environ: w.environ, Files: osFiles{}})
			if s == nil {
				b.Fatal(ps.Err())
			}
		}
	})
	b.Run("floor", func(b *testing.B) {
		w.setenv(b)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := f.load(w.file, w.args); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// fieldTypes returns the Go types of the fields that the options fill.
func fieldTypes[T any](c *option.Catalog) map[*option.Option]reflect.Type {
	out := map[*option.Option]reflect.Type{}
	for o := range c.All() {
		out[o] = reflect.TypeOf(o.Value.Field()).Elem()
	}
	return out
}

// BenchmarkLoad loads a whole deployment: 217 options with defaults, a file
// that sets about 130, 40 variables among 140, 15 flags.
func BenchmarkLoad(b *testing.B) {
	r, err := values.Build(option.Host{Version: "v0.0.0", CacheDir: "/var/cache"})
	if err != nil {
		b.Fatal(err)
	}
	src, err := os.ReadFile("../testdata/plain.yaml")
	if err != nil {
		b.Fatal(err)
	}
	// The floor knows no days and weeks.
	days := regexp.MustCompile(`: (\d+)([dw])\b`).ReplaceAllStringFunc(string(src), func(s string) string {
		n, _ := strconv.Atoi(s[2 : len(s)-1])
		if s[len(s)-1] == 'w' {
			n *= 7
		}
		return ": " + strconv.Itoa(24*n) + "h"
	})
	name := b.TempDir() + "/deployment.yaml"
	if err := os.WriteFile(name, []byte(days), 0o600); err != nil {
		b.Fatal(err)
	}
	benchmarkLoad(b, r, newWork(r.Catalog, name), fieldTypes[values.DeploymentValues](r.Catalog))
}

// Synthetic structs of 190, 1,900 and 19,000 options.
type (
	leaves struct {
		A, B, C, D, E string
		F, G          bool
		H             int64
		I             time.Duration
		J             []string
	}
	synth190   struct{ P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, Q0, Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8 leaves }
	synth1900  struct{ P0, P1, P2, P3, P4, P5, P6, P7, P8, P9 synth190 }
	synth19000 struct{ P0, P1, P2, P3, P4, P5, P6, P7, P8, P9 synth1900 }
)

// synthTables makes a row for every field of the plain struct at v, and a
// group for every struct in it.
func synthTables[T any](v *T) (tables []option.Table) {
	var walk func(v reflect.Value, g *option.Group, stem string)
	walk = func(v reflect.Value, g *option.Group, stem string) {
		t := option.Table{Group: g}
		for i := range v.NumField() {
			key := strings.ToLower(v.Type().Field(i).Name)
			name := strings.TrimPrefix(stem+"-"+key, "-")
			if v.Field(i).Kind() == reflect.Struct {
				walk(v.Field(i), &option.Group{Name: name, YAML: key, Parent: g}, name)
				continue
			}
			row := option.Option{Name: name, Flag: name, YAML: key + "Setting", Help: "One of many."}
			switch p := v.Field(i).Addr().Interface().(type) {
			case *string:
				row.Value, row.Default = kind.String(p), "a default"
			case *bool:
				row.Value, row.Default = kind.Bool(p), "false"
			case *int64:
				row.Value, row.Default = kind.Int(p), "3"
			case *time.Duration:
				row.Value, row.Default = kind.Duration(p), "1m"
			case *[]string:
				row.Value = kind.Strings(p)
			}
			t.Rows = append(t.Rows, row)
		}
		tables = append(tables, t)
	}
	walk(reflect.ValueOf(v).Elem(), nil, "")
	return tables
}

type synth[T any] struct {
	All    T
	Config string
}

func benchmarkSynthetic[T any](b *testing.B) {
	r, err := option.Build(option.Config[synth[T]]{
		Program: "synth", EnvPrefix: "SYNTH_", ConfigFlag: "config",
		Tables: func(v *synth[T]) []option.Table {
			return append(synthTables(&v.All), option.Table{Rows: []option.Option{{Name: "Config", Flag: "config", Value: kind.ConfigPath(&v.Config), Help: "File."}}})
		},
	})
	if err != nil {
		b.Fatal(err)
	}
	name := b.TempDir() + "/synth.yaml"
	if err := os.WriteFile(name, []byte(synthFile(r.Catalog)), 0o600); err != nil {
		b.Fatal(err)
	}
	benchmarkLoad(b, r, newWork(r.Catalog, name), fieldTypes[synth[T]](r.Catalog))
}

// synthFile sets about two thirds of the options, as the deployment does.
func synthFile(c *option.Catalog) string {
	var out strings.Builder
	n := 0
	var write func(s *option.Section, indent string)
	write = func(s *option.Section, indent string) {
		for _, key := range s.Keys() {
			sub, o := s.Child(key)
			if o == nil {
				fmt.Fprintf(&out, "%s%s:\n", indent, key)
				write(sub, indent+"  ")
				continue
			}
			if n++; n%10 >= 7 && o.Type() != "string-array" {
				continue
			}
			fmt.Fprintf(&out, "%s%s: %s\n", indent, key, map[string]string{
				"string": "some words here", "bool": "true", "int": "17", "duration": "90s", "string-array": "[one, two]",
			}[o.Type()])
		}
	}
	write(c.Section(), "")
	return out.String()
}

func BenchmarkLoad190(b *testing.B)   { benchmarkSynthetic[synth190](b) }
func BenchmarkLoad1900(b *testing.B)  { benchmarkSynthetic[synth1900](b) }
func BenchmarkLoad19000(b *testing.B) { benchmarkSynthetic[synth19000](b) }
