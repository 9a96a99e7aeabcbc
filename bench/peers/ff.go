package peers

import (
	"strings"
	"time"

	"github.com/peterbourgon/ff/v4"
	"github.com/peterbourgon/ff/v4/ffhelp"
	"github.com/peterbourgon/ff/v4/ffval"
	"github.com/peterbourgon/ff/v4/ffyaml"

	"github.com/strataconf/strata/bench/work"
)

var ffPeer = Peer{
	Name: "ff", Modules: []string{"github.com/peterbourgon/ff/v4"},
	Start: func(in *work.Input) (Loaded, error) { return startFF(in, true) },
	Aside: "its lists have no default, and values are appended to what is there: our adapter sets the default of a list that nothing set, afterwards",
	Plain: func(in *work.Input) (Loaded, error) { return startFF(in, false) },
}

type ffLoaded struct {
	v     any
	flags *ff.FlagSet
}

func startFF(in *work.Input, aside bool) (Loaded, error) {
	l := &ffLoaded{v: in.Size.New(), flags: ff.NewFlagSet("bench")}
	groups := in.Size.Of(l.v)
	d := work.Defaults()
	var late []func()
	for i, o := range in.Size.Options {
		c := ff.FlagConfig{LongName: o.Flag, Usage: work.Help[o.Leaf]}
		def := work.Field([]*work.Group{&d}, o.Leaf)
		switch p := work.Field(groups, i).(type) {
		case *string:
			c.Value = ffval.NewValueDefault(p, *def.(*string))
		case *bool:
			c.Value = ffval.NewValueDefault(p, *def.(*bool))
		case *int64:
			c.Value = ffval.NewValueDefault(p, *def.(*int64))
		case *time.Duration:
			c.Value = ffval.NewValueDefault(p, *def.(*time.Duration))
		case *[]string:
			list := ffval.NewList(p)
			if c.Value = list; !aside {
				*p = *def.(*[]string)
			} else if items := *def.(*[]string); items != nil {
				late = append(late, func() {
					if !list.IsSet() {
						*p = items
					}
				})
			}
		}
		if _, err := l.flags.AddFlag(c); err != nil {
			return nil, err
		}
	}
	err := ff.Parse(l.flags, in.Args,
		ff.WithEnvVarPrefix(strings.TrimSuffix(work.Prefix, "_")), ff.WithEnvVarSplit(","),
		ff.WithConfigFile(in.Name), ff.WithConfigFileParser(ffyaml.Parser{Delimiter: "-"}.Parse))
	for _, do := range late {
		do()
	}
	return l, err
}

func (l *ffLoaded) Values() any { return l.v }

func (l *ffLoaded) Help() ([]byte, error) { return []byte(ffhelp.Flags(l.flags).String()), nil }

func (l *ffLoaded) Reads(n int) int64 { return reads(l.v, n) }
