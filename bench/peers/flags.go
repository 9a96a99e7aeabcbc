package peers

import (
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/strataconf/strata/bench/work"
)

// pflags declares the options for the libraries that leave argv to pflag.
func pflags(s *work.Size) *pflag.FlagSet {
	fs := pflag.NewFlagSet("bench", pflag.ContinueOnError)
	fs.SortFlags = false
	d := work.Defaults()
	for _, o := range s.Options {
		help := work.Help[o.Leaf]
		switch v := work.Field([]*work.Group{&d}, o.Leaf).(type) {
		case *string:
			fs.String(o.Flag, *v, help)
		case *bool:
			fs.Bool(o.Flag, *v, help)
		case *int64:
			fs.Int64(o.Flag, *v, help)
		case *time.Duration:
			fs.Duration(o.Flag, *v, help)
		case *[]string:
			fs.StringSlice(o.Flag, *v, help)
		}
	}
	return fs
}

// key turns the name of a flag into that of a key.
func key(flag string) string { return strings.ReplaceAll(flag, "-", ".") }
