package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// A program is one run of the process.
type program struct {
	process
	first int // index in Args of what follows the subcommand
	// told takes the flags of a subcommand instead of its page of help.
	told func(args string, own []ownFlag)
}

type (
	registry = option.Registry[values.DeploymentValues]
	snapshot = option.Snapshot[values.DeploymentValues]
)

// The exit codes.
const (
	exitOK = iota
	exitProblem
	exitUsage
	exitUnavailable
)

// usageError is a wrong use of a subcommand: exit code 2.
type usageError string

func (e usageError) Error() string { return string(e) }

// errReported ends a run whose problems have been printed: exit code 1.
var errReported = errors.New("problems were reported")

// run does what the arguments say and returns the exit code.
func run(ctx context.Context, world process) int {
	p := &program{process: world}
	args := p.Args[min(1, len(p.Args)):]
	root := p.commands()
	cmd, words := find(root, args)
	p.first = 1 + words
	if cmd.Name() != "server" {
		p.mortal()
	}
	var err error
	if cmd.HasSubCommands() {
		err = p.group(ctx, cmd, args[words:])
	} else {
		root.SetArgs(args)
		err = root.ExecuteContext(ctx)
	}
	return p.exit(cmd, err)
}

func (p *program) exit(cmd *cobra.Command, err error) int {
	var usage usageError
	var away unavailable
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errReported):
		return exitProblem
	case errors.Is(err, errTrouble):
		return exitUsage
	case errors.As(err, &usage):
		fmt.Fprintf(p.Stderr, "%s: %s\n", cmd.CommandPath(), usage)
		return exitUsage
	case errors.As(err, &away):
		fmt.Fprintf(p.Stderr, "%s: %s\n", cmd.CommandPath(), away)
		return exitUnavailable
	}
	fmt.Fprintf(p.Stderr, "%s: %s\n", cmd.CommandPath(), err)
	return exitProblem
}

// commands is the tree of subcommands. Their flags are our own to read: cobra
// knows no index in argv, and its messages show what was typed.
func (p *program) commands() *cobra.Command {
	leaf := func(name, short string, do func(context.Context, []string) error) *cobra.Command {
		return &cobra.Command{
			Use: name, Short: short, DisableFlagParsing: true,
			RunE: func(cmd *cobra.Command, args []string) error { return do(cmd.Context(), args) },
		}
	}
	root := &cobra.Command{
		Use: "coder", SilenceErrors: true, SilenceUsage: true,
		Short: "Run the server of a deployment and look after its configuration.",
	}
	config := &cobra.Command{Use: "config", Short: "Work on the configuration of the server without starting it."}
	config.AddCommand(
		leaf("bundle", "write all that a configuration is read from, less its secrets", p.bundle),
		leaf("check", "tell everything that is wrong with a configuration", p.check),
		leaf("compat", "tell what changed between two versions of the options, and what breaks", p.compat),
		leaf("diff", "tell what differs between two configurations", p.diff),
		leaf("docs", "print documents of all options: pages, a schema, files to start from", p.docs),
		leaf("explain", "tell where the value of an option comes from, and all about it", p.explain),
		leaf("migrate", "write files anew that use older names of options", p.migrate),
		leaf("lint", "advise on a configuration: needless, never read, hardly meant, not safe", p.lint),
		leaf("reference", "print a configuration file with every option, commented out", p.reference),
		leaf("set", "set one option in the configuration file", p.set),
		leaf("show", "print the settings that are in effect, with their sources", p.show),
		leaf("unset", "take one option out of the configuration file", p.unset),
		leaf("what-if", "tell what other flags, variables or files would change", p.whatIf),
	)
	tokens := &cobra.Command{Use: "tokens", Short: "Look after the tokens with which users ask the API."}
	tokens.AddCommand(
		leaf("create", "make a token for a user and print it", p.createToken),
		leaf("list", "list the tokens, without their secrets", p.listTokens),
		leaf("revoke", "end a token", p.revokeToken),
	)
	users := &cobra.Command{Use: "users", Short: "Look after the users of the API."}
	users.AddCommand(
		leaf("create", "make a user", p.createUser),
		leaf("list", "list the users", p.listUsers),
	)
	root.AddCommand(
		leaf("server", "start the server, or print its help or its effective configuration", p.server),
		config,
		tokens,
		users,
		leaf("completion", "print a script that lets a shell complete this program", p.completion),
		leaf("version", "print the version of this program", p.version),
	)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	return root
}

// find follows the leading words of args through the tree.
func find(cmd *cobra.Command, args []string) (found *cobra.Command, words int) {
	for _, word := range args {
		sub := child(cmd, word)
		if sub == nil {
			break
		}
		cmd, words = sub, words+1
	}
	return cmd, words
}

func child(cmd *cobra.Command, name string) *cobra.Command {
	for _, sub := range cmd.Commands() {
		if sub.Name() == name {
			return sub
		}
	}
	return nil
}

// group answers for a command that only holds others.
func (p *program) group(ctx context.Context, cmd *cobra.Command, args []string) error {
	path := cmd.CommandPath()
	if len(args) == 0 {
		return p.list(cmd)
	}
	switch word := args[0]; {
	case word == "--help" || word == "-h":
		return p.list(cmd)
	case word == "help":
		return p.helpOn(ctx, cmd, args[1:])
	case word == "--version" && !cmd.HasParent():
		return p.version(ctx, nil)
	case strings.HasPrefix(word, "-"):
		usual := "SUBCOMMAND"
		if !cmd.HasParent() {
			usual = "server"
		}
		return usageError("a flag stands before the subcommand (flags follow it: " + path + " " + usual + " [flags])")
	default:
		var names []string
		for _, sub := range cmd.Commands() {
			names = append(names, sub.Name())
		}
		if near := option.Nearest(word, names); near != "" {
			return usageError(fmt.Sprintf("%s is no subcommand (did you mean %s?)", option.Escape(word), near))
		}
		return usageError(fmt.Sprintf("argv[%d] is no subcommand (see %s --help)", p.first, path))
	}
}

// helpOn is "coder help server", for people who expect it.
func (p *program) helpOn(ctx context.Context, cmd *cobra.Command, words []string) error {
	sub, n := find(cmd, words)
	switch {
	case n < len(words):
		return usageError(fmt.Sprintf("argv[%d] is no subcommand (see %s --help)", p.first+1+n, sub.CommandPath()))
	case sub.HasSubCommands():
		return p.list(sub)
	}
	sub.SetContext(ctx)
	return sub.RunE(sub, []string{"--help"})
}

// list prints what can be done below a command.
func (p *program) list(cmd *cobra.Command) error {
	return p.print(func(w io.Writer) error {
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n\nUsage\n  %s SUBCOMMAND [flags]\n\nSubcommands\n", cmd.Short, cmd.CommandPath())
		leaves(cmd, func(sub *cobra.Command) {
			fmt.Fprintf(&b, "  %-24s %s\n", sub.CommandPath(), sub.Short)
		})
		b.WriteString("\nEach of them answers to --help.\n")
		_, err := io.WriteString(w, b.String())
		return err
	})
}

func leaves(cmd *cobra.Command, do func(*cobra.Command)) {
	for _, sub := range cmd.Commands() {
		switch {
		case sub.Hidden || sub.Name() == "help":
		case sub.HasSubCommands():
			leaves(sub, do)
		default:
			do(sub)
		}
	}
}

// registry builds the options. A fault in the tables is a fault of the
// program, and the tests find it.
func (p *program) registry() (*registry, error) {
	if p.Registry != nil {
		return p.Registry(p.Host)
	}
	return values.Build(p.Host)
}
