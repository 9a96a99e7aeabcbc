package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

// completion is "coder completion".
func (p *program) completion(ctx context.Context, args []string) error {
	shells := docgen.Shells()
	if asked(args, "--help", "-h") {
		return p.page("coder completion", strings.Join(shells, "|"),
			"Print a script that lets a shell complete subcommands, flags and the values of flags: choices, files and units of "+
				"durations. The script holds all it needs and does not run this program.", nil,
			"source <(coder completion bash)", "coder completion zsh > ~/.zfunc/_coder",
			"coder completion fish > ~/.config/fish/completions/coder.fish", "coder completion powershell >> $PROFILE")
	}
	if len(args) != 1 || !slices.Contains(shells, args[0]) {
		return usageError("it takes the name of a shell: " + strings.Join(shells, ", "))
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	commands := p.shellCommands(ctx)
	return p.print(func(w io.Writer) error { return docgen.Completion(w, reg.Catalog, args[0], commands) })
}

// shellCommands are the subcommands with their flags. Each is asked for its
// help, and tells its flags instead of printing them.
func (p *program) shellCommands(ctx context.Context) []docgen.Command {
	var out []docgen.Command
	asked := &program{process: p.process}
	leaves(asked.commands(), func(sub *cobra.Command) {
		_, path, _ := strings.Cut(sub.CommandPath(), " ")
		cmd := docgen.Command{Path: path, Help: sub.Short}
		switch path {
		case "server": // its help is that of the options
			cmd.Options = true
			cmd.Flags = slices.DeleteFunc(serverUsage().Extra, func(f docgen.ExtraFlag) bool { return f.Flag == "help" })
		case "completion":
			cmd.Words = docgen.Shells()
		default:
			asked.told = func(args string, own []ownFlag) {
				cmd.Options = strings.Contains(args, "[flags of coder server]")
				cmd.Flags = shellFlags(own)
			}
			sub.SetContext(ctx)
			if err := sub.RunE(sub, []string{"--help"}); err != nil {
				return // not possible: nothing is printed
			}
		}
		out = append(out, cmd)
	})
	return out
}

func shellFlags(own []ownFlag) []docgen.ExtraFlag {
	var out []docgen.ExtraFlag
	for _, f := range own {
		e := docgen.ExtraFlag{Flag: f.name, Arg: f.arg, Help: f.help, Words: choices(f)}
		if f.arg == "file" {
			e.Complete = option.HintFile
		}
		out = append(out, e)
	}
	return out
}

// choices are the words that a flag wants, if it wants one of some words and
// does take each of them.
func choices(f ownFlag) []string {
	words := strings.Split(strings.ReplaceAll(f.wants, " or ", ", "), ", ")
	if len(words) < 2 || f.set == nil {
		return nil
	}
	for _, w := range words {
		if strings.Contains(w, " ") || !f.set(w) {
			return nil
		}
	}
	return words
}
