// Command viper reads eight options with viper and pflag.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

type settings struct {
	Name    string
	Address string
	Verbose bool
	Workers int64
	Timeout time.Duration
	Tags    []string
	Data    string
	Color   bool
	Config  string
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
	pflag.String("name", "nobody", "Who it is.")
	pflag.String("address", "localhost:8080", "Where it answers.")
	pflag.Bool("verbose", false, "Say more.")
	pflag.Int64("workers", 4, "How many work.")
	pflag.Duration("timeout", time.Minute, "How long they may take.")
	pflag.StringSlice("tags", nil, "Words to find it by.")
	pflag.String("data", "/srv/data", "Where it keeps things.")
	pflag.Bool("color", true, "Whether it is colourful.")
	file := pflag.String("config", "", "YAML file with settings.")
	pflag.Parse()
	if err := viper.BindPFlags(pflag.CommandLine); err != nil {
		return nil, err
	}
	viper.SetEnvPrefix("cold")
	viper.AutomaticEnv()
	viper.SetConfigFile(*file)
	if err := viper.ReadInConfig(); err != nil {
		return nil, err
	}
	s := &settings{}
	return s, viper.UnmarshalExact(s)
}
