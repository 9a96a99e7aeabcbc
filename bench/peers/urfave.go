package peers

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/bench/work"
)

// The library leaves files to value sources that its users write, or to a
// second module, cli-altsrc, which reads the file once for each option. This
// source reads it once.
var urfavePeer = Peer{Name: "urfave/cli", Modules: []string{"github.com/urfave/cli/v3"}, Start: startUrfave}

type urfave struct {
	in   *work.Input
	v    any
	root *cli.Command
	out  bytes.Buffer
}

// fileSource is one key of a file.
type fileSource struct {
	file map[string]any
	path []string
}

func (s *fileSource) Lookup() (string, bool) {
	at := s.file
	for i, key := range s.path {
		v, set := at[key]
		if !set {
			return "", false
		}
		if i < len(s.path)-1 {
			at, _ = v.(map[string]any)
			continue
		}
		items, list := v.([]any)
		if !list {
			return fmt.Sprint(v), true
		}
		texts := make([]string, len(items))
		for i, item := range items {
			texts[i] = fmt.Sprint(item)
		}
		return strings.Join(texts, ","), true
	}
	return "", false
}

func (s *fileSource) String() string   { return "file " + strings.Join(s.path, ".") }
func (s *fileSource) GoString() string { return s.String() }

func startUrfave(in *work.Input) (Loaded, error) {
	l := &urfave{in: in, v: in.Size.New()}
	src, err := os.ReadFile(in.Name)
	if err != nil {
		return nil, err
	}
	var file map[string]any
	if err := yaml.Unmarshal(src, &file); err != nil {
		return nil, err
	}
	groups := in.Size.Of(l.v)
	d := work.Defaults()
	l.root = &cli.Command{Name: "bench", Writer: &l.out, ErrWriter: &l.out, Action: func(context.Context, *cli.Command) error { return nil }}
	for i, o := range in.Size.Options {
		sources := cli.NewValueSourceChain(cli.EnvVar(o.Env), &fileSource{file, strings.Split(o.Key, ".")})
		def := work.Field([]*work.Group{&d}, o.Leaf)
		help := work.Help[o.Leaf]
		var f cli.Flag
		switch p := work.Field(groups, i).(type) {
		case *string:
			f = &cli.StringFlag{Name: o.Flag, Usage: help, Destination: p, Value: *def.(*string), Sources: sources}
		case *bool:
			f = &cli.BoolFlag{Name: o.Flag, Usage: help, Destination: p, Value: *def.(*bool), Sources: sources}
		case *int64:
			f = &cli.Int64Flag{Name: o.Flag, Usage: help, Destination: p, Value: *def.(*int64), Sources: sources}
		case *time.Duration:
			f = &cli.DurationFlag{Name: o.Flag, Usage: help, Destination: p, Value: *def.(*time.Duration), Sources: sources}
		case *[]string:
			f = &cli.StringSliceFlag{Name: o.Flag, Usage: help, Destination: p, Value: *def.(*[]string), Sources: sources}
		}
		l.root.Flags = append(l.root.Flags, f)
	}
	return l, l.root.Run(context.Background(), append([]string{"bench"}, in.Args...))
}

func (l *urfave) Values() any { return l.v }

func (l *urfave) Reads(n int) (sum int64) {
	for range n {
		sum += l.root.Int64(l.in.Size.Options[5].Flag)
	}
	return sum
}

func (l *urfave) Help() ([]byte, error) {
	l.out.Reset()
	err := cli.ShowRootCommandHelp(l.root)
	return l.out.Bytes(), err
}
