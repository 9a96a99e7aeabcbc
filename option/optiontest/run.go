// Package optiontest holds a whole catalog against the rules that every option
// must follow, so that a new row needs no test of its own. A program calls it
// once, with what it hands to [option.Build]:
//
//	func TestOptions(t *testing.T) { optiontest.Run(t, app.Config(option.Host{})) }
//
// The parts of [Run] also stand alone. They need a value that each option
// takes: its example, its choices, its default, or one of the usual texts.
// Where none of these will do, the test says so, and the caller names one.
package optiontest

import (
	"slices"
	"testing"

	"github.com/strataconf/strata/option"
)

// Run runs every test of the package, each as a subtest of its name. The
// samples are further texts that some option takes.
func Run[T any](t *testing.T, cfg option.Config[T], samples ...string) {
	t.Helper()
	for _, part := range []struct {
		name string
		run  func(*testing.T, option.Config[T], ...string)
	}{
		{"Builds", Builds[T]},
		{"Prose", Prose[T]},
		{"Defaults", Defaults[T]},
		{"Sources", Sources[T]},
		{"Refusals", Refusals[T]},
		{"RoundTrip", RoundTrip[T]},
		{"Secrets", Secrets[T]},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.run(t, cfg, samples...)
		})
	}
}

// Builds tests that the tables have no fault and are the same each time, for
// a catalog must not depend on the order of a map.
func Builds[T any](t *testing.T, cfg option.Config[T], _ ...string) {
	t.Helper()
	first := flags(build(t, cfg).Catalog)
	for range 3 {
		if again := flags(build(t, cfg).Catalog); !slices.Equal(again, first) {
			t.Fatalf("a second Build gives the options %q, want those of the first %q", again, first)
		}
	}
}

func flags(c *option.Catalog) []string {
	var out []string
	for o := range c.All() {
		out = append(out, o.Flag)
	}
	return out
}

func build[T any](t testing.TB, cfg option.Config[T]) *option.Registry[T] {
	t.Helper()
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// alone builds without the checks over several options, so that each can be
// set alone.
func alone[T any](t testing.TB, cfg option.Config[T]) *option.Registry[T] {
	t.Helper()
	cfg.Checks = nil
	return build(t, cfg)
}
