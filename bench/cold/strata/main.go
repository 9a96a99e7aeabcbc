// Command strata reads eight options with this project's engine.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

type settings struct {
	Name    string        `json:"name"`
	Address string        `json:"address"`
	Verbose bool          `json:"verbose"`
	Workers int64         `json:"workers"`
	Timeout time.Duration `json:"timeout"`
	Tags    []string      `json:"tags"`
	Data    string        `json:"data"`
	Color   bool          `json:"color"`
	Config  string        `json:"config"`
}

func tables(v *settings) []option.Table {
	return []option.Table{{Rows: []option.Option{
		{Name: "Name", Flag: "name", YAML: "name", Default: "nobody", Value: kind.String(&v.Name), Help: "Who it is."},
		{Name: "Address", Flag: "address", YAML: "address", Default: "localhost:8080", Value: kind.String(&v.Address), Help: "Where it answers."},
		{Name: "Verbose", Flag: "verbose", YAML: "verbose", Value: kind.Bool(&v.Verbose), Help: "Say more."},
		{Name: "Workers", Flag: "workers", YAML: "workers", Default: "4", Value: kind.Int(&v.Workers), Help: "How many work."},
		{Name: "Timeout", Flag: "timeout", YAML: "timeout", Default: "1m", Value: kind.Duration(&v.Timeout), Help: "How long they may take."},
		{Name: "Tags", Flag: "tags", YAML: "tags", Value: kind.Strings(&v.Tags), Help: "Words to find it by."},
		{Name: "Data", Flag: "data", YAML: "data", Default: "/srv/data", Value: kind.String(&v.Data), Help: "Where it keeps things."},
		{Name: "Color", Flag: "color", YAML: "color", Default: "true", Value: kind.Bool(&v.Color), Help: "Whether it is colourful."},
		{Name: "Config", Flag: "config", Value: kind.ConfigPath(&v.Config), Help: "YAML file with settings."},
	}}}
}

func main() {
	registry, err := option.Build(option.Config[settings]{Program: "cold", EnvPrefix: "COLD_", ConfigFlag: "config", Tables: tables})
	if err != nil {
		panic(err)
	}
	snapshot, problems := load.Load(registry, load.Process{
		Args: os.Args[1:], FirstArg: 1, Environ: os.Environ(), Files: load.FilesFunc(os.ReadFile),
	})
	for _, p := range problems {
		fmt.Fprintf(os.Stderr, "%s: %v\n", p.Severity, p)
	}
	if snapshot == nil {
		os.Exit(1)
	}
	s := snapshot.View()
	fmt.Println(s.Name, s.Address, s.Verbose, s.Workers, s.Timeout, s.Tags, s.Data, s.Color)
}
