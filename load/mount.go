package load

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/strataconf/strata/option"
)

// A Mounted is the options of a catalog as flags of a set that somebody else
// parses, such as that of a cobra command. The flags only record; what they
// record becomes the layer of argv. See [Mount].
type Mounted struct {
	c     *option.Catalog
	fs    *pflag.FlagSet
	found []occurrence
}

// An occurrence is one flag that was parsed.
type occurrence struct {
	flag   string // long name
	short  string
	option *option.Option    // nil for a retired name
	grave  *option.Tombstone // nil for an option
	file   bool              // the flag names a file with the value
	text   string
}

// Mount declares every option of c on fs, so that the help and the completion
// of whoever owns fs show them. After fs was parsed, once, [Load] takes the
// result:
//
//	load.Load(registry, load.Process{Mounted: mounted, Args: os.Args[1:], FirstArg: 1, …})
//
// Options that are hidden or deprecated are hidden flags: pflag's own mark of
// deprecation would print a second warning, without a place. Retired names
// are hidden flags too, so that people are told what took over. The error
// names each flag that fs has already; then nothing is declared.
//
// What pflag finds itself it tells in its own words: it stops at the first
// unknown flag or missing value, suggests nothing, shows what was typed (the
// whole of -psecret if -p is no flag) and takes whatever follows for a value,
// another flag too. A command that wants the messages of this package leaves
// argv to [Args]: DisableFlagParsing in cobra, and no Mount.
func Mount(fs *pflag.FlagSet, c *option.Catalog) (*Mounted, error) {
	m := &Mounted{c: c, fs: fs}
	flags := m.flags()
	var taken []string
	for _, f := range flags {
		if fs.Lookup(f.Name) != nil {
			taken = append(taken, "--"+f.Name)
		}
		if f.Shorthand != "" && fs.ShorthandLookup(f.Shorthand) != nil {
			taken = append(taken, "-"+f.Shorthand)
		}
	}
	if len(taken) > 0 {
		return nil, fmt.Errorf("the flag set already has %s", strings.Join(taken, ", "))
	}
	for _, f := range flags {
		fs.AddFlag(f)
	}
	return m, nil
}

func (m *Mounted) flags() []*pflag.Flag {
	var out []*pflag.Flag
	for o := range m.c.All() {
		f := &pflag.Flag{
			Name: o.Flag, Shorthand: o.Short, Usage: usage(o), DefValue: o.Default, Hidden: o.Hidden || o.Deprecated(),
			Value: recorder{m, occurrence{flag: o.Flag, short: o.Short, option: o}},
		}
		if o.Value.Traits().NoValue {
			f.NoOptDefVal = "true"
		}
		switch o.Complete { // in the words of cobra
		case option.HintFile:
			f.Annotations = map[string][]string{"cobra_annotation_bash_completion_filename_extensions": {}}
		case option.HintDir:
			f.Annotations = map[string][]string{"cobra_annotation_bash_completion_subdirs_in_dir": {}}
		}
		out = append(out, f)
	}
	for _, o := range m.c.FromFiles() {
		out = append(out, &pflag.Flag{
			Name: o.FileFlag(), Usage: fileUsage(o), Hidden: o.Hidden || o.Deprecated(),
			Annotations: map[string][]string{"cobra_annotation_bash_completion_filename_extensions": {}},
			Value:       recorder{m, occurrence{flag: o.FileFlag(), option: o, file: true}},
		})
	}
	graves := m.c.Tombstones()
	for i := range graves {
		if t := &graves[i]; t.Flag != "" {
			out = append(out, &pflag.Flag{
				Name: t.Flag, Usage: "Retired.", Hidden: true, NoOptDefVal: "true", Value: recorder{m, occurrence{flag: t.Flag, grave: t}},
			})
		}
	}
	return out
}

// fileUsage is the help of the flag that names a file with a secret.
func fileUsage(o *option.Option) string {
	s := "Names a file with the value of --" + o.Flag + "."
	if env := o.FileEnv(); env != "" {
		s += " $" + env
	}
	return s
}

// usage is the help of an option as one line of pflag, which takes a word in
// backquotes for the name of the value.
func usage(o *option.Option) string {
	s := o.Help
	if o.Env != "" {
		s += " $" + string(o.Env)
	}
	return option.Escape(strings.ReplaceAll(s, "`", "'"))
}

// A recorder is the [pflag.Value] of one flag. It takes any text, since pflag
// shows a text that is refused; the kind of the option judges it later.
type recorder struct {
	m  *Mounted
	as occurrence
}

// Set records one occurrence.
func (r recorder) Set(text string) error {
	r.as.text = text
	r.m.found = append(r.m.found, r.as)
	return nil
}

// String returns nothing: the value is in the snapshot, and may be a secret.
func (r recorder) String() string { return "" }

// Type is the word that pflag prints behind the flag. For a list it is the one
// by which cobra knows that a flag may come again.
func (r recorder) Type() string {
	switch {
	case r.as.option == nil, r.as.file:
		return "string"
	case r.as.option.Value.Traits().List:
		return "stringArray"
	}
	return r.as.option.Type()
}

// Layer makes the layer of the flags that were parsed. The arguments are those
// that were handed to the parser, or all of a process; first is the index of
// args[0] in os.Args. They only tell places: what is not found among them
// stands at "argv", without an index.
//
// Layer reads no files, as [Args] reads none.
func (m *Mounted) Layer(args []string, first int) option.Layer {
	return m.layer(Process{Args: args}, place{first: first})
}

func (m *Mounted) layer(p Process, where place) option.Layer {
	args := p.Args
	a := &argv{c: m.c, layer: option.Layer{Source: option.SourceFlag}, place: place{in: where.in}}
	s := search{m: m, args: args, off: 1}
	for i, f := range m.found {
		typed, at := s.next(&f)
		index := 0
		if at >= 0 {
			index = where.of(at)
		}
		a.at = i
		a.place.index = append(a.place.index, index)
		if f.grave != nil {
			p := m.c.Retired(f.grave, option.SourceFlag)
			p.Name = typed
			a.problem(p)
			continue
		}
		if f.file {
			a.file(f.option, typed, f.text)
			continue
		}
		a.input(f.option, typed, f.text)
	}
	p.read(&a.layer, a.files)
	return a.layer
}
