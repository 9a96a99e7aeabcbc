package httpapi

import (
	"cmp"
	"strings"
)

// older reports whether version a comes before b, as semantic versions with
// or without a "v". What is no such version is older than nothing.
func older(a, b string) bool {
	x, okX := parseVersion(a)
	y, okY := parseVersion(b)
	return okX && okY && x.compare(y) < 0
}

// A semver is a version; the part behind a plus sign orders nothing.
type semver struct {
	core [3]string // decimal, without leading zeros
	pre  []string  // identifiers behind the hyphen
}

func parseVersion(text string) (v semver, ok bool) {
	text, _, _ = strings.Cut(strings.TrimPrefix(text, "v"), "+")
	core, pre, hasPre := strings.Cut(text, "-")
	parts := strings.Split(core, ".")
	if len(parts) != len(v.core) {
		return v, false
	}
	for i, part := range parts {
		if !number(part) {
			return v, false
		}
		v.core[i] = part
	}
	if hasPre {
		v.pre = strings.Split(pre, ".")
		for _, id := range v.pre {
			if id == "" || !plain(strings.ReplaceAll(id, "-", "")) {
				return v, false
			}
		}
	}
	return v, true
}

// number reports whether text is decimal without leading zeros.
func number(text string) bool {
	if text == "" || len(text) > 1 && text[0] == '0' {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

func (v semver) compare(w semver) int {
	for i := range v.core {
		if c := compareNumbers(v.core[i], w.core[i]); c != 0 {
			return c
		}
	}
	if len(v.pre) == 0 || len(w.pre) == 0 {
		return cmp.Compare(len(w.pre), len(v.pre)) // a version comes after what leads up to it
	}
	for i := range min(len(v.pre), len(w.pre)) {
		if c := comparePre(v.pre[i], w.pre[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(v.pre), len(w.pre))
}

func compareNumbers(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

// comparePre orders identifiers: numbers by value and before words.
func comparePre(a, b string) int {
	switch x, y := number(a), number(b); {
	case x && y:
		return compareNumbers(a, b)
	case x:
		return -1
	case y:
		return 1
	}
	return cmp.Compare(a, b)
}
