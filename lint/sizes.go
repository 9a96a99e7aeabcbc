package lint

import (
	"math"
	"strconv"
	"time"
)

// ordinal counts from 1, as people do.
func ordinal(i int) string { return strconv.Itoa(i + 1) }

// far is how many times another size something has that is in another unit.
const far = 1000

func oddSizes(l *Look) {
	for o, s := range l.Given() {
		def, _ := o.DefaultText()
		var reason string
		switch text := l.safe.Text(s.Option); o.Type() {
		case "duration":
			reason = oddTime(text, def)
		case "int":
			reason = oddNumber(text, def)
		}
		if reason != "" {
			l.Report(s.Origin(), o, reason, "check its unit")
		}
	}
}

// oddTime says what is odd about a span of time. A long default alone makes
// no short value odd: a limit of a hundred years may well become one of a day.
func oddTime(text, def string) string {
	v, err := time.ParseDuration(text)
	if err != nil || v <= 0 {
		return ""
	}
	usual, err := time.ParseDuration(def)
	if err != nil {
		usual = 0
	}
	switch {
	case usual == 0 && v < time.Millisecond, v < time.Second && v <= usual/far:
		return "next to nothing, compared with what is usual"
	case usual > 0 && usual < math.MaxInt64/far && v >= far*usual && v >= 24*time.Hour:
		return "more than a thousand times as long as the default"
	}
	return ""
}

// oddNumber says what is odd about a number.
func oddNumber(text, def string) string {
	v, err := strconv.ParseInt(text, 10, 64)
	usual, none := strconv.ParseInt(def, 10, 64)
	if err == nil && none == nil && usual > 0 && usual < math.MaxInt64/far && v >= far*usual {
		return "more than a thousand times as much as the default"
	}
	return ""
}
