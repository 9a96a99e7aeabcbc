package kind

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/strataconf/strata/option"
)

// A Regexp is a compiled regular expression in the syntax of RE2, or unset,
// the zero value.
type Regexp struct{ re *regexp.Regexp }

// ParseRegexp compiles a bounded expression. Empty text is the zero Regexp.
// The error is a *[option.Fault].
func ParseRegexp(text string) (Regexp, error) {
	r, fault := parseRegexp(text)
	if fault != nil {
		return Regexp{}, fault
	}
	return r, nil
}

// String returns the pattern, "" if unset.
func (r Regexp) String() string {
	if r.re == nil {
		return ""
	}
	return r.re.String()
}

// IsSet reports whether there is a pattern.
func (r Regexp) IsSet() bool { return r.re != nil }

// MatchString reports whether the pattern is found in s. An unset Regexp is
// found in nothing.
func (r Regexp) MatchString(s string) bool { return r.re != nil && r.re.MatchString(s) }

// MarshalText returns the pattern.
func (r Regexp) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// MarshalJSON returns the pattern as a JSON string.
func (r Regexp) MarshalJSON() ([]byte, error) { return option.AppendJSONString(nil, r.String()), nil }

// UnmarshalText compiles the pattern, see [ParseRegexp].
func (r *Regexp) UnmarshalText(text []byte) error {
	v, fault := parseRegexp(string(text))
	if fault != nil {
		return fault
	}
	*r = v
	return nil
}

// RegexpOf is a regular expression. Empty text means none.
func RegexpOf(f *Regexp) option.Value {
	return facts[Regexp]{
		name: "regexp", parse: parseRegexp, text: Regexp.String,
		json: func(b []byte, r Regexp, shape option.Shape) []byte {
			if shape == option.ShapeCompact {
				return option.AppendJSONString(b, r.String())
			}
			return append(option.AppendJSONString(append(b, `{"pattern":`...), r.String()), '}')
		},
		traits: option.Traits{EmptyText: true},
	}.of(f)
}

// RE2 wants a regular expression, bounded as [RegexpOf] bounds it.
func RE2() Rule[string] {
	return Rule[string]{Text: "a regular expression (RE2)", Check: bounded}
}

func parseRegexp(text string) (Regexp, *option.Fault) {
	if text == "" {
		return Regexp{}, nil
	}
	if fault := bounded(text); fault != nil {
		return Regexp{}, fault
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return Regexp{}, notRegexp()
	}
	return Regexp{re: re}, nil
}

// The bounds keep the time to compile, and the memory of the result, small
// for any text. Classes are counted before parsing, as each of the Unicode
// ones costs hundreds of ranges there.
const (
	regexpBytes   = 4096
	regexpClasses = 64
	regexpSize    = 20_000
)

func bounded(text string) *option.Fault {
	if len(text) > regexpBytes || strings.Count(text, `\p`)+strings.Count(text, `\P`) > regexpClasses {
		return tooLarge()
	}
	re, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return notRegexp()
	}
	if size(re) > regexpSize {
		return tooLarge()
	}
	return nil
}

// size estimates the number of instructions that re compiles to. All that is
// too large is the same, so that no product of repeats overflows.
func size(re *syntax.Regexp) int {
	n := 1
	if re.Op == syntax.OpLiteral {
		n = len(re.Rune)
	}
	for _, sub := range re.Sub {
		n += size(sub)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min, re.Max) + 1
	}
	return min(n, regexpSize+1)
}

func notRegexp() *option.Fault {
	return &option.Fault{Reason: "not a regular expression (RE2)"}
}

func tooLarge() *option.Fault {
	return &option.Fault{Reason: "a regular expression that is too large", Hint: "shorten it or repeat less"}
}
