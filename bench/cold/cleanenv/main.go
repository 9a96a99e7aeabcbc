// Command cleanenv reads eight options with cleanenv and package flag.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/ilyakaznacheev/cleanenv"
)

type settings struct {
	Name    string        `yaml:"name" env:"COLD_NAME" env-description:"Who it is."`
	Address string        `yaml:"address" env:"COLD_ADDRESS" env-description:"Where it answers."`
	Verbose bool          `yaml:"verbose" env:"COLD_VERBOSE" env-description:"Say more."`
	Workers int64         `yaml:"workers" env:"COLD_WORKERS" env-description:"How many work."`
	Timeout time.Duration `yaml:"timeout" env:"COLD_TIMEOUT" env-description:"How long they may take."`
	Tags    []string      `yaml:"tags" env:"COLD_TAGS" env-description:"Words to find it by."`
	Data    string        `yaml:"data" env:"COLD_DATA" env-description:"Where it keeps things."`
	Color   bool          `yaml:"color" env:"COLD_COLOR" env-description:"Whether it is colourful."`
}

func main() {
	s := settings{Name: "nobody", Address: "localhost:8080", Workers: 4, Timeout: time.Minute, Data: "/srv/data", Color: true}
	file := ""
	for _, arg := range os.Args[1:] {
		if name, found := strings.CutPrefix(arg, "--config="); found {
			file = name
		}
	}
	if err := cleanenv.ReadConfig(file, &s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	flag.StringVar(&s.Name, "name", s.Name, "Who it is.")
	flag.StringVar(&s.Address, "address", s.Address, "Where it answers.")
	flag.BoolVar(&s.Verbose, "verbose", s.Verbose, "Say more.")
	flag.Int64Var(&s.Workers, "workers", s.Workers, "How many work.")
	flag.DurationVar(&s.Timeout, "timeout", s.Timeout, "How long they may take.")
	flag.Func("tags", "Words to find it by.", func(text string) error { s.Tags = strings.Split(text, ","); return nil })
	flag.StringVar(&s.Data, "data", s.Data, "Where it keeps things.")
	flag.BoolVar(&s.Color, "color", s.Color, "Whether it is colourful.")
	flag.String("config", "", "YAML file with settings.")
	flag.Parse()
	fmt.Println(s.Name, s.Address, s.Verbose, s.Workers, s.Timeout, s.Tags, s.Data, s.Color)
}
