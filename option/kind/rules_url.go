package kind

import (
	"regexp"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// Schemes wants a URL with one of the schemes.
func Schemes(schemes ...string) Rule[URL] {
	list := strings.Join(schemes, " or ")
	r := onURL(`^(?:`+strings.Join(quoteAll(schemes), "|")+`)://`, "the scheme is "+list, "a URL whose scheme is not "+list, func(p *parsedURL) bool {
		return slices.Contains(schemes, p.url.Scheme)
	})
	check := r.Check
	r.Check = func(u URL) *option.Fault {
		fault := check(u)
		if fault != nil && bareHost(u.p.get()) {
			fault.Hint = "put " + schemes[len(schemes)-1] + ":// before the host"
		}
		return fault
	}
	return r
}

// bareHost reports whether a URL looks like a host without a scheme. What
// stands before a port reads as one.
func bareHost(p *parsedURL) bool {
	port, _, _ := strings.Cut(p.url.Opaque, "/")
	return p.url.Scheme == "" && p.url.Host == "" && p.url.Path != "" && p.url.Path[0] != '/' || isPort(port, 1)
}

// NeedHost wants a URL with the name or address of a host.
func NeedHost() Rule[URL] {
	return onURL(`^[^:/?#]+://(?:[^/?#]*@)?[^/?#@:][^/?#@]*(?:[/?#]|$)`, "a host is needed", "a URL without a host", func(p *parsedURL) bool {
		return p.url.Hostname() != ""
	})
}

// NoCredentials refuses a user or password in the URL.
func NoCredentials() Rule[URL] {
	return onURL(`^[^:/?#]+://[^/?#@]*(?:[/?#]|$)`, "no user or password", "a URL with a user or password", func(p *parsedURL) bool {
		return p.url.User == nil
	})
}

// NoQuery refuses a query or fragment in the URL.
func NoQuery() Rule[URL] {
	return onURL(`^[^?#]*$`, "no query or fragment", "a URL with a query or fragment", func(p *parsedURL) bool {
		return !strings.ContainsAny(p.text, "?#")
	})
}

// onURL makes a rule for URLs that are set.
func onURL(pattern, text, reason string, ok func(*parsedURL) bool) Rule[URL] {
	return like(pattern, holds(text, reason, func(u URL) bool { p := u.p.get(); return p == nil || ok(p) }))
}

func quoteAll(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = regexp.QuoteMeta(w)
	}
	return out
}

// PublicLink marks a URL as a link for everybody, so that its query may be
// shown. A user or password in it is withheld all the same.
func PublicLink() Rule[URL] { return Rule[URL]{public: true} }
