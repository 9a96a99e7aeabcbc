package peers

import (
	"bytes"
	"os"

	"github.com/alecthomas/kong"
	kongyaml "github.com/alecthomas/kong-yaml"

	"github.com/strataconf/strata/bench/work"
)

var kongPeer = Peer{
	Name: "kong", Modules: []string{"github.com/alecthomas/kong", "github.com/alecthomas/kong-yaml"},
	Start: func(in *work.Input) (Loaded, error) { return startKong(in, true) },
	Aside: "its file beats the environment: our adapter hides from the file what a variable sets",
	Plain: func(in *work.Input) (Loaded, error) { return startKong(in, false) },
}

type kongLoaded struct {
	v      any
	parser *kong.Kong
	out    *bytes.Buffer
}

func startKong(in *work.Input, aside bool) (Loaded, error) {
	l := &kongLoaded{v: in.Size.New(), out: new(bytes.Buffer)}
	file, err := os.Open(in.Name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	resolver, err := kongyaml.Loader(file)
	if err != nil {
		return nil, err
	}
	if aside {
		inner := resolver
		resolver = kong.ResolverFunc(func(c *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
			for _, name := range flag.Envs {
				if _, set := os.LookupEnv(name); set {
					return nil, nil
				}
			}
			return inner.Resolve(c, parent, flag)
		})
	}
	l.parser, err = kong.New(l.v, kong.Name("bench"), kong.Resolvers(resolver), kong.Writers(l.out, l.out), kong.Exit(func(int) {}))
	if err != nil {
		return nil, err
	}
	_, err = l.parser.Parse(in.Args)
	return l, err
}

func (l *kongLoaded) Values() any { return l.v }

func (l *kongLoaded) Help() ([]byte, error) {
	l.out.Reset()
	c, err := kong.Trace(l.parser, nil)
	if err != nil {
		return nil, err
	}
	err = c.PrintUsage(false)
	return l.out.Bytes(), err
}

func (l *kongLoaded) Reads(n int) int64 { return reads(l.v, n) }
