package load_test

import (
	"fmt"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// busy is the catalog of the server with 15 of its flags, and an environment
// of 140 variables of which 40 are its own.
func busy(t testing.TB) (c *option.Catalog, args, environ []string) {
	t.Helper()
	r, err := values.Build(option.Host{Version: "v0.0.0"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		environ = append(environ, fmt.Sprintf("SERVICE_%d_NAME=some value of nobody's concern", i))
	}
	for o := range r.All() {
		if o.Type() != "string" || o.Env == "" || o.Secret() || o.Value.Traits().Choices != nil {
			continue
		}
		if len(args) < 15 {
			args = append(args, "--"+o.Flag+"=some-value")
		}
		if len(environ) < 140 {
			environ = append(environ, string(o.Env)+"=some-value")
		}
	}
	if len(args) != 15 || len(environ) != 140 {
		t.Fatalf("got %d flags and %d variables, want 15 and 140", len(args), len(environ))
	}
	return r.Catalog, args, environ
}

func BenchmarkArgs(b *testing.B) {
	c, args, _ := busy(b)
	b.ReportAllocs()
	for b.Loop() {
		load.Args(c, args, 1)
	}
}

func BenchmarkEnviron(b *testing.B) {
	c, _, environ := busy(b)
	b.ReportAllocs()
	for b.Loop() {
		load.Environ(c, environ)
	}
}

func TestAllocations(t *testing.T) { // not parallel: it counts
	c, args, environ := busy(t)
	if n := testing.AllocsPerRun(20, func() { load.Args(c, args, 1) }); n > 4*15 {
		t.Errorf("Args of 15 flags: got %.0f allocations, want at most 60", n)
	}
	if n := testing.AllocsPerRun(20, func() { load.Environ(c, environ) }); n > 5 {
		t.Errorf("Environ of 140 variables: got %.0f allocations, want at most 5", n)
	}
}
