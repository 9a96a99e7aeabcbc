// Command urfave reads eight options with urfave/cli.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
	"gopkg.in/yaml.v3"
)

// A fileSource is one key of the file, which is read at the first look-up.
type fileSource struct{ key string }

var file map[string]any

func (s *fileSource) Lookup() (string, bool) {
	v, set := file[s.key]
	if items, list := v.([]any); list {
		texts := make([]string, len(items))
		for i, item := range items {
			texts[i] = fmt.Sprint(item)
		}
		return strings.Join(texts, ","), set
	}
	return fmt.Sprint(v), set
}

func (s *fileSource) String() string   { return s.key }
func (s *fileSource) GoString() string { return s.key }

func sources(name string) cli.ValueSourceChain {
	return cli.NewValueSourceChain(cli.EnvVar("COLD_"+strings.ToUpper(name)), &fileSource{name})
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	for _, arg := range os.Args[1:] {
		if name, found := strings.CutPrefix(arg, "--config="); found {
			src, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if err := yaml.Unmarshal(src, &file); err != nil {
				return err
			}
		}
	}
	root := &cli.Command{
		Name: "cold",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Value: "nobody", Usage: "Who it is.", Sources: sources("name")},
			&cli.StringFlag{Name: "address", Value: "localhost:8080", Usage: "Where it answers.", Sources: sources("address")},
			&cli.BoolFlag{Name: "verbose", Usage: "Say more.", Sources: sources("verbose")},
			&cli.Int64Flag{Name: "workers", Value: 4, Usage: "How many work.", Sources: sources("workers")},
			&cli.DurationFlag{Name: "timeout", Value: time.Minute, Usage: "How long they may take.", Sources: sources("timeout")},
			&cli.StringSliceFlag{Name: "tags", Usage: "Words to find it by.", Sources: sources("tags")},
			&cli.StringFlag{Name: "data", Value: "/srv/data", Usage: "Where it keeps things.", Sources: sources("data")},
			&cli.BoolFlag{Name: "color", Value: true, Usage: "Whether it is colourful.", Sources: sources("color")},
			&cli.StringFlag{Name: "config", Usage: "YAML file with settings."},
		},
		Action: func(_ context.Context, c *cli.Command) error {
			_, err := fmt.Println(c.String("name"), c.String("address"), c.Bool("verbose"), c.Int64("workers"), c.Duration("timeout"), c.StringSlice("tags"), c.String("data"), c.Bool("color"))
			return err
		},
	}
	return root.Run(context.Background(), os.Args)
}
