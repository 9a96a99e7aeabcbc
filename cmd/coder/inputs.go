package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// inputFlags say where a "config" command reads from instead of its own
// environment and arguments.
type inputFlags struct {
	envFiles []namedFile
	pid      int
}

// A namedFile is a file with the index of the flag that names it in os.Args.
type namedFile struct {
	name string
	arg  int
}

func (f *inputFlags) own() []ownFlag {
	return []ownFlag{
		{
			name: "env-file", arg: "file", wants: "the name of a file", help: "Read the variables of this file, a .env file or an " +
				"EnvironmentFile or unit of systemd, instead of the environment of this shell. Of several files the later wins.",
			setAt: func(v string, arg int) bool {
				f.envFiles = append(f.envFiles, namedFile{v, arg})
				return v != ""
			},
		},
		{
			name: "pid", arg: "number", wants: "the number of a process", help: "Read the flags and the environment of this running server " +
				"instead of those of this shell. Variables of --env-file replace its own; flags of the server are not taken beside it.",
			set: func(v string) bool {
				n, err := strconv.ParseInt(v, 10, 32)
				f.pid = int(n)
				return err == nil && n > 0
			},
		},
	}
}

// inputs returns what the options of a "config" command are read from: its
// arguments, args[0] at first in os.Args, less its own flags and less those
// that say where else to read. Files of that process are read through the
// Files it returns. It comes before [program.registry], since some defaults
// depend on the environment.
func (p *program) inputs(args []string, first int, own []ownFlag, files load.Files) (load.Process, error) {
	var from inputFlags
	own = append(from.own(), own...)
	rest, index, err := takeOwn(args, first, own)
	if err != nil {
		return load.Process{}, err
	}
	if slices.ContainsFunc(rest, func(arg string) bool { return strings.HasPrefix(arg, "--") }) {
		reg, err := p.registry()
		if err != nil {
			return load.Process{}, err
		}
		if err := slip(rest, index, own, reg.Catalog); err != nil {
			return load.Process{}, err
		}
	}
	return p.gather(&from, rest, index, files)
}

// gather returns what the options are read from: arguments with their indexes
// in os.Args, or what the flags of inputs say instead.
func (p *program) gather(from *inputFlags, rest []string, index []int, files load.Files) (in load.Process, err error) {
	in = p.options(rest, index, files)
	if from.pid > 0 {
		if len(rest) > 0 {
			return load.Process{}, usageError("--pid takes the flags of that process, so none of the server may stand beside it")
		}
		if in, err = p.other(from.pid, files); err != nil {
			return load.Process{}, err
		}
	} else if len(from.envFiles) > 0 {
		in.Environ = nil
	}
	from.read(&in, files)
	p.hostOf(in)
	return in, nil
}

// read puts the variables of the files over those that there are.
func (f *inputFlags) read(in *load.Process, files load.Files) {
	for _, file := range f.envFiles {
		at := option.Origin{Source: option.SourceFlag, Arg: int32(file.arg), Name: "--env-file"}
		vars, problems := load.ReadEnvFile(files, file.name, at)
		in.Variables = append(in.Variables, vars...)
		in.Problems = append(in.Problems, problems...)
	}
}

// hostOf lets computed defaults know the environment of another process, or
// that of this one with what files say over it.
func (p *program) hostOf(in load.Process) {
	environ := in.Environ
	if in.In == "" {
		environ = p.Environ
	}
	var over []string
	for _, v := range slices.Backward(in.Variables) {
		if slices.Contains(hostVariables, v.Name) {
			over = append(over, v.Name+"="+v.Value.Text())
		}
	}
	if in.In != "" || len(over) > 0 {
		p.Host = p.Build.host(append(over, environ...))
	}
}

// inputsPage is [program.page] of a "config" command that calls inputs.
func (p *program) inputsPage(command, args, summary string, own []ownFlag, examples ...string) error {
	return p.page(command, args, summary, append(own, new(inputFlags).own()...), examples...)
}
