package main

import "github.com/strataconf/strata/load"

// inputs returns what the options of a "config" command are read from: its
// arguments, args[0] at first in os.Args, less its own flags and less those
// that say where else to read. Files of that process are read through the
// Files it returns.
func (p *program) inputs(args []string, first int, own []ownFlag, files load.Files) (load.Process, error) {
	rest, index, err := takeOwn(args, first, own)
	if err != nil {
		return load.Process{}, err
	}
	return p.options(rest, index, files), nil
}

// inputsPage is [program.page] of a "config" command that calls inputs.
func (p *program) inputsPage(command, args, summary string, own []ownFlag, examples ...string) error {
	return p.page(command, args, summary, own, examples...)
}
