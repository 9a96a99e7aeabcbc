package kind

import (
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/strataconf/strata/option"
)

// Duration is a span of time: Go's units and d (24h) and w (7d), with
// fractions and a sign. A bare 0 is the only number without a unit.
func Duration(f *time.Duration, rules ...Rule[time.Duration]) option.Value {
	return facts[time.Duration]{
		name: "duration", parse: parseDuration, text: time.Duration.String, rules: rules,
		json:   func(b []byte, v time.Duration, _ option.Shape) []byte { return strconv.AppendInt(b, int64(v), 10) },
		traits: option.Traits{Annotations: option.Annotations{"format_duration": "true"}},
	}.of(f)
}

func parseDuration(text string) (time.Duration, *option.Fault) {
	rest, negative := text, false
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		negative = rest[0] == '-'
		rest = rest[1:]
	}
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return 0, notDuration("")
	}
	var total uint64
	for rest != "" {
		n, after, fault := term(rest)
		if fault != nil {
			return 0, fault
		}
		sum, carry := bits.Add64(total, n, 0)
		if carry != 0 || sum > 1<<63 {
			return 0, tooLong()
		}
		total, rest = sum, after
	}
	if negative {
		return -time.Duration(total), nil
	}
	if total == 1<<63 {
		return 0, tooLong()
	}
	return time.Duration(total), nil
}

// term reads one number with its unit and returns it in nanoseconds, cut off
// below that, with the text behind it.
func term(s string) (uint64, string, *option.Fault) {
	whole := digits(s)
	s = s[len(whole):]
	part := ""
	if s != "" && s[0] == '.' {
		part = digits(s[1:])
		s = s[1+len(part):]
	}
	if whole == "" && part == "" {
		return 0, "", notDuration("")
	}
	end := strings.IndexAny(s, ".0123456789")
	if end < 0 {
		end = len(s)
	}
	unit := unitOf(s[:end])
	switch {
	case end == 0:
		return 0, "", notDuration("add a unit: ns, us, ms, s, m, h, d or w")
	case unit == 0:
		return 0, "", notDuration("the units are ns, us, ms, s, m, h, d and w")
	}
	n, _ := strconv.ParseUint(whole, 10, 64) // of too many digits, the most there is
	hi, n := bits.Mul64(n, unit)
	if hi != 0 {
		return 0, "", tooLong()
	}
	n, carry := bits.Add64(n, fraction(part, unit), 0)
	if carry != 0 {
		return 0, "", tooLong()
	}
	return n, s[end:], nil
}

// fraction returns 0.part of the unit. Digits beyond the 18th are less than a
// nanosecond of any unit.
func fraction(part string, unit uint64) uint64 {
	var n, scale uint64 = 0, 1
	for i := 0; i < len(part) && i < 18; i++ {
		n, scale = n*10+uint64(part[i]-'0'), scale*10
	}
	hi, lo := bits.Mul64(n, unit)
	q, _ := bits.Div64(hi, lo, scale)
	return q
}

func digits(s string) string {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return s[:i]
}

func unitOf(s string) uint64 {
	const day = 24 * time.Hour
	switch s {
	case "ns":
		return uint64(time.Nanosecond)
	case "us", "µs", "μs": // the micro sign and the Greek letter, as in Go
		return uint64(time.Microsecond)
	case "ms":
		return uint64(time.Millisecond)
	case "s":
		return uint64(time.Second)
	case "m":
		return uint64(time.Minute)
	case "h":
		return uint64(time.Hour)
	case "d":
		return uint64(day)
	case "w":
		return uint64(7 * day)
	}
	return 0
}

func notDuration(hint string) *option.Fault {
	return &option.Fault{Reason: "not a duration such as 1h30m", Hint: hint}
}

func tooLong() *option.Fault {
	return &option.Fault{Reason: "longer than a duration can be", Hint: "the limit is about 292 years"}
}
