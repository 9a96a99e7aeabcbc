// Command kong reads eight options with kong.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/alecthomas/kong"
	kongyaml "github.com/alecthomas/kong-yaml"
)

type settings struct {
	Name    string          `default:"nobody" env:"COLD_NAME" help:"Who it is."`
	Address string          `default:"localhost:8080" env:"COLD_ADDRESS" help:"Where it answers."`
	Verbose bool            `env:"COLD_VERBOSE" help:"Say more."`
	Workers int64           `default:"4" env:"COLD_WORKERS" help:"How many work."`
	Timeout time.Duration   `default:"1m" env:"COLD_TIMEOUT" help:"How long they may take."`
	Tags    []string        `env:"COLD_TAGS" help:"Words to find it by."`
	Data    string          `default:"/srv/data" env:"COLD_DATA" help:"Where it keeps things."`
	Color   bool            `default:"true" env:"COLD_COLOR" negatable:"" help:"Whether it is colourful."`
	Config  kong.ConfigFlag `help:"YAML file with settings."`
}

func main() {
	var s settings
	parser, err := kong.New(&s, kong.Configuration(kongyaml.Loader))
	if err == nil {
		_, err = parser.Parse(os.Args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.Name, s.Address, s.Verbose, s.Workers, s.Timeout, s.Tags, s.Data, s.Color)
}
