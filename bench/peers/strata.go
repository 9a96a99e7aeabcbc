package peers

import (
	"bytes"
	"os"

	"github.com/strataconf/strata/bench/work"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/yamlgen"
)

var strataPeer = Peer{Name: "strata", Modules: []string{"github.com/strataconf/strata"}, Start: startStrata}

// settings are the options of a size and the one that names the file.
type settings[T any] struct {
	Options T      `json:"options"`
	Config  string `json:"config"`
}

type strata[T any] struct {
	in       *work.Input
	registry *option.Registry[settings[T]]
	snapshot *option.Snapshot[settings[T]]
}

func startStrata(in *work.Input) (Loaded, error) {
	switch in.Size {
	case work.Small:
		return buildStrata[work.SmallConfig](in)
	case work.Medium:
		return buildStrata[work.MediumConfig](in)
	}
	return buildStrata[work.LargeConfig](in)
}

func buildStrata[T any](in *work.Input) (Loaded, error) {
	registry, err := option.Build(option.Config[settings[T]]{
		Program: "bench", EnvPrefix: work.Prefix, ConfigFlag: "config",
		Tables: func(v *settings[T]) []option.Table {
			return append(tables(in.Size, in.Size.Of(&v.Options)), option.Table{Rows: []option.Option{
				{Name: "Config", Flag: "config", Value: kind.ConfigPath(&v.Config), Help: "The YAML file with settings."},
			}})
		},
	})
	if err != nil {
		return nil, err
	}
	s := &strata[T]{in: in, registry: registry}
	_, err = s.Again()
	return s, err
}

// strataGroups are the groups of a size, which a program has as variables.
var strataGroups = map[*work.Size][]*option.Group{}

func init() {
	for _, s := range work.Sizes {
		known := map[string]*option.Group{}
		for _, path := range s.Groups {
			var g *option.Group
			name := ""
			for _, key := range path {
				name += key + "."
				if known[name] == nil {
					known[name] = &option.Group{Name: key, YAML: key, Parent: g}
				}
				g = known[name]
			}
			strataGroups[s] = append(strataGroups[s], g)
		}
	}
}

// tables makes the rows, which a program has as data.
func tables(s *work.Size, fields []*work.Group) []option.Table {
	out := make([]option.Table, 0, len(s.Groups)+1)
	for n, g := range strataGroups[s] {
		out = append(out, option.Table{Group: g, Rows: rows(s.Options[n*work.Leaves:], fields[n])})
	}
	return out
}

func rows(names []work.Option, v *work.Group) []option.Option {
	out := []option.Option{
		{Default: "a default", Value: kind.String(&v.Alpha)},
		{Default: "localhost:8080", Value: kind.String(&v.Bravo)},
		{Value: kind.String(&v.Charlie)},
		{Default: "true", Value: kind.Bool(&v.Delta)},
		{Value: kind.Bool(&v.Echo)},
		{Default: "3", Value: kind.Int(&v.Foxtrot)},
		{Value: kind.Int(&v.Golf)},
		{Default: "1m", Value: kind.Duration(&v.Hotel)},
		{Default: "one,two", Value: kind.Strings(&v.India)},
		{Value: kind.Strings(&v.Juliet)},
	}
	for i := range out {
		o := &out[i]
		o.Name, o.Flag, o.YAML, o.Help = names[i].Flag, names[i].Flag, work.Names[i], work.Help[i]
	}
	return out
}

func (s *strata[T]) Values() any { return &s.snapshot.View().Options }

func (s *strata[T]) Again() (any, error) {
	snapshot, problems := load.Load(s.registry, load.Process{
		Args: append([]string{"--config=" + s.in.Name}, s.in.Args...), FirstArg: 1,
		Environ: os.Environ(), Files: load.FilesFunc(os.ReadFile),
	})
	if snapshot == nil {
		return nil, problems.Err()
	}
	s.snapshot = snapshot
	return s.Values(), nil
}

func (s *strata[T]) Help() ([]byte, error) {
	var b bytes.Buffer
	err := docgen.Help(&b, s.registry.Catalog, docgen.Usage{Command: "bench"}, docgen.Style{})
	return b.Bytes(), err
}

func (s *strata[T]) YAML() ([]byte, error) {
	var b bytes.Buffer
	_, err := yamlgen.Write(&b, s.snapshot.Redact())
	return b.Bytes(), err
}

func (s *strata[T]) JSON() ([]byte, error) {
	return s.snapshot.Redact().AppendBody(nil, option.ShapeFull), nil
}

func (s *strata[T]) Reads(n int) (sum int64) {
	small := any(s).(*strata[work.SmallConfig])
	for range n {
		sum += small.snapshot.View().Options.G00.Foxtrot
	}
	return sum
}
