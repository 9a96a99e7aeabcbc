package kind

import "strings"

// The patterns that schemas get for addresses and URLs. They may be narrower
// than the parsers, and are never wider.
const (
	h16    = `[0-9A-Fa-f]{1,4}`
	octet  = `(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])`
	v4     = octet + `(?:\.` + octet + `){3}`
	v6     = `(?:(?:` + h16 + `:){7}` + h16 + `|(?:` + h16 + `:){1,7}:|::(?:` + h16 + `(?::` + h16 + `){0,6})?|` + v6Parts + `)`
	aPort  = `(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})`
	urlPct = `%[0-9A-Fa-f]{2}`

	// v6Parts has the two colons somewhere inside: k groups in front of them
	// leave 7-k behind them.
	v6Parts = h16 + `::` + h16 + `(?::` + h16 + `){0,5}` +
		`|` + h16 + `:` + h16 + `::` + h16 + `(?::` + h16 + `){0,4}` +
		`|(?:` + h16 + `:){3}:` + h16 + `(?::` + h16 + `){0,3}` +
		`|(?:` + h16 + `:){4}:` + h16 + `(?::` + h16 + `){0,2}` +
		`|(?:` + h16 + `:){5}:` + h16 + `(?::` + h16 + `)?` +
		`|(?:` + h16 + `:){6}:` + h16

	hostPortPattern = `^(?:[A-Za-z0-9._-]*|\[` + v6 + `\]):(?:0|` + aPort + `)$`

	// A URL with a scheme and an authority, or a path alone.
	urlPattern = `^(?:[A-Za-z][A-Za-z0-9+.-]*://` +
		`(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|` + urlPct + `)*@)?` +
		`(?:\[` + v6 + `\]|[A-Za-z0-9._-]*)(?::` + aPort + `)?` +
		`(?:[/?#](?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|` + urlPct + `)*)?` +
		`|/(?:[A-Za-z0-9._~!$&'()*+,;=:@-](?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|` + urlPct + `)*)?)$`
)

// portable reports whether an expression surely means the same in RE2 and ECMA
// 262. Where it can't tell, a schema says less than it could.
func portable(re string) bool {
	for _, own := range []string{`\A`, `\z`, `\Q`, `\E`, `\a`, `\p`, `\P`, `\x{`, "[[:"} {
		if strings.Contains(re, own) {
			return false
		}
	}
	return strings.Count(re, "(?") == strings.Count(re, "(?:") && !strings.ContainsFunc(re, func(r rune) bool { return r < ' ' || r > '~' })
}
