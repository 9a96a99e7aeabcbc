package load_test

import (
	"os"
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// A name of a dropped option is told as such in each source: a guess at
// another option would mislead whoever comes from the program that has it.
func TestDroppedNames(t *testing.T) {
	t.Parallel()
	cfg := toyConfig()
	tables := cfg.Tables
	cfg.Tables = func(v *toy) []option.Table {
		return option.Adapt(tables(v), option.Drop("count", "mode", "bind-address", "tls-enable", "http-port"))
	}
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	file := load.FilesFunc(func(name string) ([]byte, error) {
		if name != "toy.yaml" {
			return nil, os.ErrNotExist
		}
		return []byte("count: 1\nnetwork:\n  bindAddress: x\n"), nil
	})
	_, problems := load.Load(r, load.Process{
		Args: []string{"-c", "toy.yaml", "--mode=fast", "--count", "3", "--no-such"}, FirstArg: 1, Files: file,
		Environ: []string{"TOY_MODE=fast", "TOY_COUNTS=1"},
	})
	var got []string
	for _, p := range problems {
		got = append(got, p.Error())
	}
	const want = `toy.yaml:1:1: count: an option that this program leaves out
toy.yaml:2:1: network: a group of options that this program leaves out
argv[3]: --mode: an option that this program leaves out
argv[4]: --count: an option that this program leaves out
argv[6]: unknown flag
environment: TOY_COUNTS: no option has this variable
environment: TOY_MODE: an option that this program leaves out`
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
