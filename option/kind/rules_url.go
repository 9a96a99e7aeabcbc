package kind

import (
	"slices"
	"strings"
)

// Schemes wants a URL with one of the schemes.
func Schemes(schemes ...string) Rule[URL] {
	text := "the scheme is " + strings.Join(schemes, " or ")
	return holds(text, "a URL without "+strings.Join(schemes, ":// or ")+"://", func(u URL) bool {
		return u.p == nil || slices.Contains(schemes, u.p.url.Scheme)
	})
}

// NeedHost wants a URL with the name or address of a host.
func NeedHost() Rule[URL] {
	return holds("a host is needed", "a URL without a host", func(u URL) bool {
		return u.p == nil || u.p.url.Hostname() != ""
	})
}

// NoCredentials refuses a user or password in the URL.
func NoCredentials() Rule[URL] {
	return holds("no user or password", "a URL with a user or password", func(u URL) bool {
		return u.p == nil || u.p.url.User == nil
	})
}

// NoQuery refuses a query or fragment in the URL.
func NoQuery() Rule[URL] {
	return holds("no query or fragment", "a URL with a query or fragment", func(u URL) bool {
		return u.p == nil || !strings.ContainsAny(u.p.text, "?#")
	})
}

// PublicLink marks a URL as a link for everybody, so that its query may be
// shown. A user or password in it is withheld all the same.
func PublicLink() Rule[URL] { return Rule[URL]{public: true} }
