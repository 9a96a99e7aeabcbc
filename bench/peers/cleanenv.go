package peers

import (
	"flag"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/ilyakaznacheev/cleanenv"

	"github.com/strataconf/strata/bench/work"
)

// The library knows file and environment; flags are left to package flag, as
// its examples do.
var cleanenvPeer = Peer{
	Name: "cleanenv", Modules: []string{"github.com/ilyakaznacheev/cleanenv"},
	Start: func(in *work.Input) (Loaded, error) {
		v := in.Size.New()
		for _, g := range in.Size.Of(v) {
			*g = work.Defaults()
		}
		return startCleanenv(in, v, v)
	},
	Aside: "its env-default replaces an explicit false, 0 or \"\" of the file: our adapter puts defaults into the struct first",
	Plain: func(in *work.Input) (Loaded, error) {
		tagged := reflect.New(withDefaults(reflect.TypeOf(in.Size.New()).Elem()))
		v := in.Size.New()
		l, err := startCleanenv(in, tagged.Interface(), v)
		return l, err
	},
}

type cleanenvLoaded struct {
	v     any
	flags *flag.FlagSet
}

// listFlag is a list as package flag takes one.
type listFlag struct {
	items *[]string
	begun bool
}

func (f *listFlag) String() string {
	if f.items == nil {
		return ""
	}
	return strings.Join(*f.items, ",")
}

func (f *listFlag) Set(text string) error {
	if !f.begun {
		*f.items, f.begun = nil, true
	}
	*f.items = append(*f.items, strings.Split(text, ",")...)
	return nil
}

// startCleanenv reads into one struct and leaves the values in another one.
func startCleanenv(in *work.Input, read, v any) (Loaded, error) {
	l := &cleanenvLoaded{v: v, flags: flag.NewFlagSet("bench", flag.ContinueOnError)}
	if err := cleanenv.ReadConfig(in.Name, read); err != nil {
		return nil, err
	}
	if read != v {
		copyFields(reflect.ValueOf(v).Elem(), reflect.ValueOf(read).Elem())
	}
	l.flags.SetOutput(io.Discard)
	groups := in.Size.Of(v)
	for i, o := range in.Size.Options {
		help := work.Help[o.Leaf]
		switch p := work.Field(groups, i).(type) {
		case *string:
			l.flags.StringVar(p, o.Flag, *p, help)
		case *bool:
			l.flags.BoolVar(p, o.Flag, *p, help)
		case *int64:
			l.flags.Int64Var(p, o.Flag, *p, help)
		case *time.Duration:
			l.flags.DurationVar(p, o.Flag, *p, help)
		case *[]string:
			l.flags.Var(&listFlag{items: p}, o.Flag, help)
		}
	}
	return l, l.flags.Parse(in.Args)
}

// withDefaults is a struct type with the tag env-default.
func withDefaults(t reflect.Type) reflect.Type {
	if t.Kind() != reflect.Struct {
		return t
	}
	fields := make([]reflect.StructField, t.NumField())
	for i := range fields {
		f := t.Field(i)
		f.Type = withDefaults(f.Type)
		if def, has := f.Tag.Lookup("default"); has {
			f.Tag += reflect.StructTag(fmt.Sprintf(` env-default:%q`, def))
		}
		fields[i] = f
	}
	return reflect.StructOf(fields)
}

func copyFields(dst, src reflect.Value) {
	if dst.Kind() != reflect.Struct {
		dst.Set(src)
		return
	}
	for i := range dst.NumField() {
		copyFields(dst.Field(i), src.Field(i))
	}
}

func (l *cleanenvLoaded) Values() any { return l.v }

func (l *cleanenvLoaded) Help() ([]byte, error) {
	var b strings.Builder
	l.flags.SetOutput(&b)
	cleanenv.FUsage(&b, l.v, nil, l.flags.PrintDefaults)()
	return []byte(b.String()), nil
}

func (l *cleanenvLoaded) Reads(n int) int64 { return reads(l.v, n) }
