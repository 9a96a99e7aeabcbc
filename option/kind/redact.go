package kind

import (
	"net/url"
	"strings"
)

// RedactURL returns the text of a URL without userinfo and, unless it is a
// public link, without the values of its query; and whether that removed
// anything. Text that may be a URL with credentials but does not parse as one
// is removed as a whole.
func RedactURL(text string, public bool) (string, bool) {
	shown, removed := strip(text, public)
	if removed {
		// What is left of a path may now stand where a host does.
		if _, more := strip(shown, public); more {
			return "", true
		}
	}
	return shown, removed
}

func strip(text string, public bool) (string, bool) {
	if !strings.ContainsAny(text, "@?") {
		return text, false // neither userinfo nor a query can be in it
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", true
	}
	removed := false
	if u.User != nil {
		u.User, removed = nil, true
	}
	// Without slashes in front, user:password@host parses as an opaque URL or
	// as a path. A mailto has an address there, which is no credential.
	if strings.Contains(u.Opaque, "@") && u.Scheme != "mailto" {
		u.Opaque, removed = "", true
	}
	// The path behind a host begins with a slash.
	if first, _, _ := strings.Cut(u.Path, "/"); strings.Index(first, "@") > 0 {
		u.Path, u.RawPath, removed = "", "", true
	}
	if !public {
		if q := keysOnly(u.RawQuery); q != u.RawQuery {
			u.RawQuery, removed = q, true
		}
	}
	if !removed {
		return text, false
	}
	return u.String(), true
}

// keysOnly returns a raw query without its values. A part without an equals
// sign may be a token by itself, so all of it goes.
func keysOnly(query string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(query, "&") {
		key, _, found := strings.Cut(part, "=")
		if !found {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(key)
		b.WriteByte('=')
	}
	return b.String()
}
