// Command koanf reads eight options with koanf and pflag.
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"
)

type settings struct {
	Name    string        `koanf:"name"`
	Address string        `koanf:"address"`
	Verbose bool          `koanf:"verbose"`
	Workers int64         `koanf:"workers"`
	Timeout time.Duration `koanf:"timeout"`
	Tags    []string      `koanf:"tags"`
	Data    string        `koanf:"data"`
	Color   bool          `koanf:"color"`
}

func main() {
	s, err := load()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.Name, s.Address, s.Verbose, s.Workers, s.Timeout, s.Tags, s.Data, s.Color)
}

func load() (*settings, error) {
	flags := pflag.NewFlagSet("cold", pflag.ContinueOnError)
	flags.String("name", "nobody", "Who it is.")
	flags.String("address", "localhost:8080", "Where it answers.")
	flags.Bool("verbose", false, "Say more.")
	flags.Int64("workers", 4, "How many work.")
	flags.Duration("timeout", time.Minute, "How long they may take.")
	flags.StringSlice("tags", nil, "Words to find it by.")
	flags.String("data", "/srv/data", "Where it keeps things.")
	flags.Bool("color", true, "Whether it is colourful.")
	name := flags.String("config", "", "YAML file with settings.")
	if err := flags.Parse(os.Args[1:]); err != nil {
		return nil, err
	}
	k := koanf.New(".")
	if err := k.Load(file.Provider(*name), yaml.Parser()); err != nil {
		return nil, err
	}
	environ := env.Provider(".", env.Opt{Prefix: "COLD_", TransformFunc: func(name, text string) (string, any) {
		name = strings.ToLower(strings.TrimPrefix(name, "COLD_"))
		if strings.Contains(text, ",") {
			return name, strings.Split(text, ",")
		}
		return name, text
	}})
	if err := k.Load(environ, nil); err != nil {
		return nil, err
	}
	if err := k.Load(posflag.Provider(flags, ".", k), nil); err != nil {
		return nil, err
	}
	s := &settings{}
	return s, k.Unmarshal("", s)
}
