package diff_test

import (
	"crypto/rand"
	"os"

	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/report"
)

// Two starts of one program are compared, and neither shows its secret.
func Example() {
	type settings struct {
		Workers int64
		Key     kind.Secret
	}
	registry, err := option.Build(option.Config[settings]{Program: "app", EnvPrefix: "APP_", Tables: func(v *settings) []option.Table {
		return []option.Table{{Rows: []option.Option{
			{Name: "Workers", Flag: "workers", YAML: "workers", Default: "4", Value: kind.Int(&v.Workers)},
			{Name: "Key", Flag: "key", Value: kind.SecretOf(&v.Key)},
		}}}
	}})
	if err != nil {
		panic(err)
	}
	key := make([]byte, 32) // of the digests that secrets are compared by
	_, _ = rand.Read(key)
	side := func(name string, p load.Process) *diff.Side {
		snapshot, problems := load.Inspect(registry, p)
		return diff.Inputs(name, snapshot.Redact(), problems, key)
	}
	a := side("before", load.Process{Environ: []string{"APP_KEY=battery-staple"}})
	b := side("after", load.Process{Args: []string{"--workers=8"}, FirstArg: 1, Environ: []string{"APP_KEY=correct-horse"}})
	if err := diff.Compare(registry.Catalog, a, b, diff.Filter{}).WriteText(os.Stdout, report.Style{}); err != nil {
		panic(err)
	}
	// Output:
	// --- before
	// +++ after
	//
	// --workers
	//   - 4
	//       by default
	//   + 8
	//       from --workers (argv[1])
	//
	// --key
	//   - set, and never shown
	//       from $APP_KEY
	//   + set to something else, and never shown
	//       from $APP_KEY
	//
	// 2 values differ.
}
