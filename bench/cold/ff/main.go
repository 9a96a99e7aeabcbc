// Command ff reads eight options with ff.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/peterbourgon/ff/v4"
	"github.com/peterbourgon/ff/v4/ffval"
	"github.com/peterbourgon/ff/v4/ffyaml"
)

func main() {
	fs := ff.NewFlagSet("cold")
	name := fs.StringLong("name", "nobody", "Who it is.")
	address := fs.StringLong("address", "localhost:8080", "Where it answers.")
	verbose := fs.BoolLong("verbose", "Say more.")
	var workers int64
	fs.ValueLong("workers", ffval.NewValueDefault(&workers, 4), "How many work.")
	timeout := fs.DurationLong("timeout", time.Minute, "How long they may take.")
	tags := fs.StringListLong("tags", "Words to find it by.")
	data := fs.StringLong("data", "/srv/data", "Where it keeps things.")
	color := fs.BoolLongDefault("color", true, "Whether it is colourful.")
	fs.StringLong("config", "", "YAML file with settings.")
	err := ff.Parse(fs, os.Args[1:],
		ff.WithEnvVarPrefix("COLD"), ff.WithEnvVarSplit(","), ff.WithConfigFileFlag("config"), ff.WithConfigFileParser(ffyaml.Parse))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(*name, *address, *verbose, workers, *timeout, *tags, *data, *color)
}
