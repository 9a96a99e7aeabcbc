package load_test

import (
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

type greeting struct {
	Name  string `json:"name"`
	Times int64  `json:"times"`
}

func greetings() *option.Registry[greeting] {
	registry, err := option.Build(option.Config[greeting]{
		Program: "greet", EnvPrefix: "GREET_",
		Tables: func(v *greeting) []option.Table {
			return []option.Table{{Rows: []option.Option{
				{Name: "Name", Flag: "name", Short: "n", YAML: "name", Default: "world", Value: kind.String(&v.Name), Help: "Who is greeted."},
				{Name: "Times", Flag: "times", YAML: "times", Default: "1", Value: kind.Int(&v.Times), Help: "How often to say it."},
			}}}
		},
	})
	if err != nil {
		panic(err)
	}
	return registry
}

// A cobra command with flags of its own takes the options in: its help and its
// completion have both. In a program, args is os.Args[1:].
func ExampleMount() {
	registry := greetings()
	args := []string{"hello", "--loud", "-n", "cobra", "--times=many"}

	hello := &cobra.Command{Use: "hello", Short: "Greet people.", SilenceUsage: true}
	hello.Flags().Bool("loud", false, "Say it in capitals.")
	mounted, err := load.Mount(hello.Flags(), registry.Catalog)
	if err != nil {
		panic(err)
	}
	hello.RunE = func(*cobra.Command, []string) error {
		snapshot, problems := load.Load(registry, load.Process{Mounted: mounted, Args: args, FirstArg: 1, Environ: []string{"GREET_TIMES=2"}})
		if snapshot == nil {
			return problems.Err()
		}
		fmt.Println("hello,", snapshot.View().Name)
		return nil
	}

	root := &cobra.Command{Use: "greet", SilenceErrors: true}
	root.AddCommand(hello)
	root.SetArgs(args)
	fmt.Println(root.Execute())
	fmt.Print(hello.Flags().FlagUsages())
	// Output:
	// argv[5]: --times: not a whole number (write decimal digits only, such as 42)
	//   -h, --help          help for hello
	//       --loud          Say it in capitals.
	//   -n, --name string   Who is greeted. $GREET_NAME (default "world")
	//       --times int     How often to say it. $GREET_TIMES (default 1)
}

// A cobra command that leaves its flags alone gets every message of this
// package, and the help of docgen.
func ExampleLoad_cobra() {
	registry := greetings()
	args := []string{"hello", "--nmae=cobra", "--tiems", "3"}

	hello := &cobra.Command{
		Use: "hello", Short: "Greet people.", SilenceUsage: true, DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, rest []string) error {
			if slices.Contains(rest, "--help") {
				return cmd.Help()
			}
			snapshot, problems := load.Load(registry, load.Process{Args: rest, FirstArg: 1 + len(args) - len(rest)})
			if snapshot == nil {
				return problems.Err()
			}
			fmt.Println("hello,", snapshot.View().Name)
			return nil
		},
	}
	hello.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		_ = docgen.Help(os.Stdout, registry.Catalog, docgen.Usage{Command: cmd.CommandPath(), Summary: cmd.Short}, docgen.Style{})
	})

	root := &cobra.Command{Use: "greet", SilenceErrors: true}
	root.AddCommand(hello)
	root.SetArgs(args)
	fmt.Println(root.Execute())
	// Output:
	// argv[2]: --nmae: unknown flag (did you mean --name?)
	// argv[3]: --tiems: unknown flag (did you mean --times?)
}
