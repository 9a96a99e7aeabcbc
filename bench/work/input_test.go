package work_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/strataconf/strata/bench/work"
)

// TestInput holds that an input has what libraries get wrong: each kind of
// value in each source, zero values and empty lists over a default, and options
// that two sources set.
func TestInput(t *testing.T) {
	t.Parallel()
	for _, s := range work.Sizes {
		in := work.NewInput(s)
		seen := map[string]int{}
		byEnv, byFlag := map[string]bool{}, map[string]bool{}
		for _, entry := range in.Environ {
			name, _, _ := strings.Cut(entry, "=")
			byEnv[name] = true
		}
		for _, arg := range in.Args {
			name, _, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
			byFlag[name] = true
		}
		for i, o := range s.Options {
			v := reflect.ValueOf(in.Want[i])
			kind := v.Type().String()
			switch {
			case byEnv[o.Env] && byFlag[o.Flag]:
				seen["both"]++
			case byEnv[o.Env]:
				seen["env "+kind]++
			case byFlag[o.Flag]:
				seen["flag "+kind]++
			}
			if d := work.Defaults(); byEnv[o.Env] || byFlag[o.Flag] {
				continue
			} else if def := reflect.ValueOf(work.Field([]*work.Group{&d}, o.Leaf)).Elem(); !def.IsZero() && (v.IsZero() || kind == "[]string" && v.Len() == 0) {
				seen["zero "+kind]++
			}
		}
		for _, want := range []string{"string", "bool", "int64", "[]string", "time.Duration"} {
			for _, source := range []string{"env ", "zero "} {
				if seen[source+want] == 0 {
					t.Errorf("%d options: none is %s%s", len(s.Options), source, want)
				}
			}
		}
		if seen["both"] == 0 || len(byEnv) != 140 || len(byFlag) != 15 {
			t.Errorf("%d options: %d by both, %d variables, %d flags, want some, 140, 15", len(s.Options), seen["both"], len(byEnv), len(byFlag))
		}
		if n := strings.Count(in.File, "\n"); n < len(s.Options)/2 {
			t.Errorf("%d options: the file has %d lines", len(s.Options), n)
		}
	}
}
