// Package load gathers the configuration of one process: the layers of its
// argv, its environment and its file, and the snapshot they resolve to.
//
// [Load] does all of it:
//
//	snapshot, problems := load.Load(registry, load.Process{
//		Args: os.Args[1:], FirstArg: 1, Environ: os.Environ(),
//		Files: load.FilesFunc(os.ReadFile),
//	})
//
// A program whose flags cobra or pflag parses mounts the options with [Mount].
// [Inspect] answers also where a program would not start, and [EnvFile] reads
// variables that a service would have.
//
// The parts stand alone: [Args], [Environ] and [File] make one layer each. The
// package touches no world of its own: argv and environment are arguments, and
// files come through [Files].
//
// What people typed never shows in a message, for a secret may stand in the
// wrong place. Names show where they are near a known name.
package load

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// A Process is what the options of one process are read from.
type Process struct {
	// Args are the arguments behind the program and the words of a
	// subcommand.
	Args []string
	// FirstArg is the index of Args[0] in os.Args.
	FirstArg int
	// Index holds the index in os.Args of each of Args, where they do not
	// follow one another because a subcommand took some out. If it is nil,
	// FirstArg counts.
	Index []int
	// Mounted are the flags that another parser read. If it is set, Args only
	// tell where they stood, and may be nil.
	Mounted *Mounted
	// Environ is the environment, as "NAME=value".
	Environ []string
	// Variables are further variables, with places, such as those of
	// [EnvFile]. Each replaces one of its name in Environ, and one before it.
	Variables []Variable
	// In names the process that Args and Environ are of, such as
	// "process 4711". It is empty for this one.
	In string
	// Dir is the folder that a relative name of a file starts from. It is empty for the working directory of this process.
	Dir string
	// Problems are what was wrong on the way to the variables. They are told
	// with the rest, but for warnings of variables that no option has.
	Problems option.Problems
	// Files reads the configuration file and those of secrets. If it is nil, a
	// file that is named is reported as one that can't be read.
	Files Files
	// Limits bound what the file may cost; zero fields are the defaults.
	Limits yamlgen.Limits
}

// Format prints a fixed word for every verb: arguments and variables may hold
// secrets.
func (Process) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld process)") }

// Layers returns the layers of a process. The configuration file is the one
// that argv names, else the environment, else the default of its option;
// nothing else of the three depends on another.
func Layers(c *option.Catalog, p Process) []option.Layer {
	args := p.flags(c)
	env := readEnviron(c, p)
	soften(&env, &args)
	layers := make([]option.Layer, 0, 3)
	if named, ok := configFile(c, &args, &env); ok {
		layers = append(layers, readFile(c, p.Files, p.inDir(named.Raw.Text()), named.Origin, p.Limits))
	}
	return append(layers, env, args)
}

func (p *Process) flags(c *option.Catalog) option.Layer {
	where := place{p.FirstArg, p.Index, p.In}
	if p.Mounted != nil {
		return p.Mounted.layer(*p, where)
	}
	return readArgs(c, *p, where)
}

// Load gathers the layers of a process and resolves them. The snapshot is nil
// if any problem is an error; the problems are sorted.
func Load[T any](r *option.Registry[T], p Process, extra ...option.Check[T]) (*option.Snapshot[T], option.Problems) {
	snapshot, problems := r.Resolve(Layers(r.Catalog, p), extra...)
	return snapshot, settle(r.Catalog, p, problems)
}

// Inspect is [Load] for tools that explain a configuration whether or not a
// program would start with it; see [option.Registry.Inspect].
func Inspect[T any](r *option.Registry[T], p Process, extra ...option.Check[T]) (*option.Snapshot[T], option.Problems) {
	snapshot, problems := r.Inspect(Layers(r.Catalog, p), extra...)
	return snapshot, settle(r.Catalog, p, problems)
}

// inDir returns the name of a file as this process must spell it. A hyphen,
// which stands for the standard input, is no name.
func (p *Process) inDir(name string) string {
	if p.Dir == "" || name == "-" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.Dir, name)
}

// configFile returns the input that names the file. An empty name is left to
// the kind to refuse.
func configFile(c *option.Catalog, highestFirst ...*option.Layer) (option.Input, bool) {
	o := c.ConfigOption()
	if o == nil {
		return option.Input{}, false
	}
	for _, l := range highestFirst {
		for i := len(l.Inputs) - 1; i >= 0; i-- {
			if in := &l.Inputs[i]; in.Option == o {
				return *in, in.Raw.Text() != ""
			}
		}
	}
	def := option.Input{Option: o, Origin: option.Origin{Source: option.SourceDefault}, Raw: option.RawText(o.Default)}
	return def, o.Default != ""
}
