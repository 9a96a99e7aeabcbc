package kind_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// What just keeps to a bound is taken, and one more is refused.
func TestBounds(t *testing.T) {
	t.Parallel()
	re, free := kind.RegexpOf(new(kind.Regexp)), kind.Struct(new([][]string))
	word := kind.String(new(string), kind.NoSpace())
	letters := kind.Strings(new([]string))
	for _, k := range []struct {
		name string
		v    option.Value
		text string
		ok   bool
	}{
		{"bytes of an expression", re, strings.Repeat("a", 4096), true},
		{"bytes of an expression", re, strings.Repeat("a", 4097), false},
		{"classes of an expression", re, strings.Repeat(`\pL`, 63) + `\PL`, true},
		{"classes of an expression", re, strings.Repeat(`\pL`, 64) + `\PL`, false},
		{"repeats of an expression", re, "(?:(?:a{100}){100}){2}", false},
		{"letters in a repeat", re, "(?:" + strings.Repeat("a", 18) + "){999}" + strings.Repeat("b", 999), true},
		{"letters in a repeat", re, "(?:" + strings.Repeat("a", 18) + "){999}" + strings.Repeat("b", 1000), false},
		{"zero bytes", kind.String(new(string)), "a\x00", false},
		{"zero bytes in a list", letters, "a,\x00", false},
		{"space", word, "a b", false},
		{"no space", word, "ab", true},
		{"line breaks in a list", letters, "\"a\nb\"", false},
		{"depth of JSON", free, strings.Repeat("[", 2) + strings.Repeat("]", 2), true},
		{"depth of JSON", free, strings.Repeat("[", 3) + strings.Repeat("]", 3), false},
		{"depth of JSON", free, strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), false},
		{"the most of a duration", kind.Duration(new(duration)), "9223372036854775807ns", true},
		{"more than a duration", kind.Duration(new(duration)), "9223372036854775808ns", false},
		{"the least of a duration", kind.Duration(new(duration)), "-9223372036854775808ns", true},
		{"less than a duration", kind.Duration(new(duration)), "-9223372036854775809ns", false},
		{"a sum that is too long", kind.Duration(new(duration)), "9223372036854775807ns1ns", false},
		{"a sum that is too long", kind.Duration(new(duration)), "9223372036854775808ns1ns", false},
		{"a sum of 0 and a carry", kind.Duration(new(duration)), "9223372036854775808ns9223372036854775808ns", false},
		{"a fraction with a carry", kind.Duration(new(duration)), "18446744073.709551616s", false},
		{"digits that are too many", kind.Duration(new(duration)), "18446744073709551616ns", false},
		{"digits that are too many", kind.Duration(new(duration)), "18446744073709551620ns", false},
		{"weeks that are too many", kind.Duration(new(duration)), "15251w", false},
		{"a point alone", kind.Duration(new(duration)), ".s", false},
		{"nothing before the point", kind.Duration(new(duration)), ".5s", true},
		{"a number alone", kind.Duration(new(duration)), "5", false},
	} {
		if err := k.v.Decode(k.v.Field(), option.RawText(k.text)); (err == nil) != k.ok {
			t.Errorf("%s, %d bytes: got %v, want it taken: %v", k.name, len(k.text), err, k.ok)
		}
	}
}

// Text that the rules are asked about may hold anything.
func TestNoSpaceRefusesZeroBytes(t *testing.T) {
	t.Parallel()
	rule := kind.NoSpace()
	for text, ok := range map[string]bool{"a\x00": false, "a\u00a0": false, "a\tb": false, "az-AZ": true, "": true} {
		if fault := rule.Check(text); (fault == nil) != ok {
			t.Errorf("%q: got %v, want it taken: %v", text, fault, ok)
		}
	}
}
