package kind

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"unicode"

	"github.com/strataconf/strata/option"
)

// Min wants a number or duration of at least n.
func Min[F ~int64](n F) Rule[F] {
	return from(int64(n), holds(fmt.Sprint("at least ", n), fmt.Sprint("less than ", n), func(v F) bool { return v >= n }))
}

// Max wants a number or duration of at most n.
func Max[F ~int64](n F) Rule[F] {
	r := holds(fmt.Sprint("at most ", n), fmt.Sprint("more than ", n), func(v F) bool { return v <= n })
	r.most = new(int64(n))
	return r
}

// NonNegative wants a number or duration that is not less than zero.
func NonNegative[F ~int64]() Rule[F] {
	return from(0, holds("not negative", "negative, but zero is the least", func(v F) bool { return v >= 0 }))
}

// Positive wants a number or duration above zero.
func Positive[F ~int64]() Rule[F] {
	return from(1, holds("more than zero", "zero or less, but it must be more than zero", func(v F) bool { return v > 0 }))
}

// holds makes a rule of a condition; reason says what is wrong without it.
func holds[F any](text, reason string, ok func(F) bool) Rule[F] {
	return Rule[F]{Text: text, Check: func(v F) *option.Fault {
		if ok(v) {
			return nil
		}
		return &option.Fault{Reason: reason}
	}}
}

// from adds the least that a rule allows.
func from[F any](least int64, r Rule[F]) Rule[F] {
	r.least = &least
	return r
}

// like adds the pattern of a rule.
func like[F any](pattern string, r Rule[F]) Rule[F] {
	r.Pattern = pattern
	return r
}

// NotEmpty wants an item of a list, or a secret, to have text.
func NotEmpty() Rule[string] {
	return like(".", holds("not empty", "empty", func(s string) bool { return s != "" }))
}

// NoBreaks refuses line breaks and NUL, for what ends up in a header or in a
// file of lines.
func NoBreaks() Rule[string] {
	return like(`^[^\r\n\x00]*$`, holds("no line breaks", "a line break in it", func(s string) bool {
		return !strings.ContainsAny(s, "\r\n\x00")
	}))
}

// NoSpace refuses white space of any kind, line breaks too.
func NoSpace() Rule[string] {
	return like(`^[!-~]*$`, holds("no white space", "white space in it", func(s string) bool {
		return !strings.ContainsFunc(s, func(r rune) bool { return r == 0 || unicode.IsSpace(r) })
	}))
}

// NoLeadingDot refuses a dot in front.
func NoLeadingDot() Rule[string] {
	return like(`^[^.]|^$`, holds("no leading dot", "a dot in front", func(s string) bool { return !strings.HasPrefix(s, ".") }))
}

// Matches wants the expression to be found in the text; text says in words
// what it stands for, such as "an organization and a team: org/slug".
func Matches(re *regexp.Regexp, text string) Rule[string] {
	r := holds(text, "not "+text, re.MatchString)
	if portable(re.String()) {
		r.Pattern = re.String()
	}
	return r
}

// CIDR wants a range of addresses.
func CIDR() Rule[string] {
	const text = "a range of addresses such as 10.0.0.0/8"
	return like(`^(?:`+v4+`/(?:[12]?[0-9]|3[0-2])|`+v6+`/(?:[1-9]?[0-9]|1[01][0-9]|12[0-8]))$`, holds(text, "not "+text, func(s string) bool {
		_, err := netip.ParsePrefix(s)
		return err == nil
	}))
}

// HeaderName wants the name of an HTTP header.
func HeaderName() Rule[string] {
	const text = "the name of an HTTP header"
	return like("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", holds(text, "not "+text, func(s string) bool {
		return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
			return !isAlnum(r) && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
		})
	}))
}

// UUID wants a UUID with its four hyphens.
func UUID() Rule[string] {
	const text = "a UUID"
	return like(`^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`, holds(text, "not "+text, isUUID))
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, r := range s {
		switch i {
		case 8, 13, 18, 23:
			if r != '-' {
				return false
			}
		default:
			if !isHex(r) {
				return false
			}
		}
	}
	return true
}

// Base64Key32 wants 32 bytes in standard base64.
func Base64Key32() Rule[string] {
	const text = "32 bytes in base64"
	return like(`^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$`, holds(text, "not "+text, func(s string) bool {
		// The decoder skips line breaks, which no key of ours may hold.
		key, err := base64.StdEncoding.Strict().DecodeString(s)
		return err == nil && len(key) == 32 && !strings.ContainsAny(s, "\r\n")
	}))
}

// KeyValue wants key=value or key value.
func KeyValue() Rule[string] {
	const text = "key=value or key value"
	return like(`^[^= ]+[= ]`, holds(text, "not "+text, func(s string) bool {
		return strings.IndexAny(s, "= ") > 0
	}))
}

// DailyCron wants a line of cron that fires once a day, with or without a time
// zone in front: "CRON_TZ=UTC 0 0 * * *".
func DailyCron() Rule[string] {
	return like(`^(?:(?:CRON_)?TZ=[A-Za-z0-9][A-Za-z0-9/_+-]{0,63} )?[0-5]?[0-9] (?:[01]?[0-9]|2[0-3]) \* \* \*$`, holds("a daily line of cron: minute hour * * *",
		"not a daily line of cron such as CRON_TZ=UTC 0 0 * * *", isDaily))
}

func isDaily(s string) bool {
	if strings.TrimSpace(s) != s || strings.ContainsAny(s, "\r\n\t") {
		return false
	}
	f := strings.Fields(s)
	if len(f) == 6 {
		zone, found := strings.CutPrefix(strings.TrimPrefix(f[0], "CRON_"), "TZ=")
		if !found || !isZone(zone) {
			return false
		}
		f = f[1:]
	}
	return len(f) == 5 && below(f[0], 60) && below(f[1], 24) && f[2] == "*" && f[3] == "*" && f[4] == "*"
}

// isZone checks only the form of a zone: the list of zones is in files, which
// a check of text must not read.
func isZone(s string) bool {
	return s != "" && len(s) <= 64 && isAlnum(rune(s[0])) &&
		!strings.ContainsFunc(s, func(r rune) bool { return !isAlnum(r) && !strings.ContainsRune("/_+-", r) })
}

// below reports whether a field is a number of one or two digits less than n.
func below(s string, n int) bool {
	if len(s) > 2 || digits(s) != s {
		return false
	}
	v := 0
	for _, r := range s {
		v = v*10 + int(r-'0')
	}
	return v < n
}

func isAlnum(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

func isHex(r rune) bool {
	return 'a' <= r && r <= 'f' || 'A' <= r && r <= 'F' || '0' <= r && r <= '9'
}
