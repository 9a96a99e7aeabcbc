package kind

import (
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/strataconf/strata/option"
)

// A URL is a parsed URL, or unset, the zero value. Credentials and tokens are
// often part of one, so fmt and JSON show it without userinfo and without the
// values of its query; [URL.Reveal] and [URL.Parsed] give all of it.
type URL struct{ p hidden[parsedURL] }

// A parsedURL never changes once it is made.
type parsedURL struct {
	text string
	url  url.URL
}

// ParseURL reads a URL. Empty text is the zero URL. The error is a
// *[option.Fault].
func ParseURL(text string) (URL, error) {
	u, fault := parseURL(text)
	if fault != nil {
		return URL{}, fault
	}
	return u, nil
}

// Reveal returns the whole URL as text, "" if it is unset.
func (u URL) Reveal() string {
	if p := u.p.get(); p != nil {
		return p.text
	}
	return ""
}

// Parsed returns a copy of the whole URL, nil if it is unset.
func (u URL) Parsed() *url.URL {
	p := u.p.get()
	if p == nil {
		return nil
	}
	c := p.url // the Userinfo behind it can't be changed
	return &c
}

// IsSet reports whether there is a URL.
func (u URL) IsSet() bool { return u.p.get() != nil }

// String returns the URL without what it withholds.
func (u URL) String() string { return u.shown(false).Reveal() }

// Format prints what [URL.String] returns, in quotes for the verb q.
func (u URL) Format(s fmt.State, verb rune) {
	text := u.String()
	if verb == 'q' {
		text = strconv.Quote(text)
	}
	_, _ = io.WriteString(s, text)
}

// MarshalText returns what [URL.String] returns.
func (u URL) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// MarshalJSON returns what [URL.String] returns as a JSON string.
func (u URL) MarshalJSON() ([]byte, error) { return option.AppendJSONString(nil, u.String()), nil }

// UnmarshalText reads a URL, see [ParseURL].
func (u *URL) UnmarshalText(text []byte) error {
	v, fault := parseURL(string(text))
	if fault != nil {
		return fault
	}
	*u = v
	return nil
}

// URLOf is a URL. Empty text means none.
func URLOf(f *URL, rules ...Rule[URL]) option.Value {
	public := isPublic(rules)
	return facts[URL]{
		name: "url", parse: parseURL, text: URL.Reveal, rules: rules,
		json: func(b []byte, u URL, shape option.Shape) []byte {
			u = u.shown(public)
			if shape == option.ShapeCompact {
				return option.AppendJSONString(b, u.Reveal())
			}
			return u.appendParts(b)
		},
		redact: func(u URL) (URL, bool) {
			v := u.shown(public)
			return v, v != u
		},
		traits: option.Traits{EmptyText: true, Limits: []option.Limit{{Text: "a URL", Pattern: urlPattern}}},
	}.of(f)
}

// URLText is a URL that is kept as text. Its type is "string"; what a URL
// withholds is withheld all the same. Empty text means none.
func URLText(f *string, rules ...Rule[URL]) option.Value {
	public := isPublic(rules)
	return facts[string]{
		name: "string", text: same,
		parse: func(text string) (string, *option.Fault) {
			u, fault := parseURL(text)
			if fault == nil && text != "" {
				fault = check(rules, u)
			}
			return text, fault
		},
		json: func(b []byte, v string, _ option.Shape) []byte {
			shown, _ := RedactURL(v, public)
			return option.AppendJSONString(b, shown)
		},
		redact: func(v string) (string, bool) { return RedactURL(v, public) },
		traits: option.Traits{
			EmptyText: true, Rules: append([]string{"a URL"}, texts(rules)...),
			Limits: append([]option.Limit{{Text: "a URL", Pattern: urlPattern}}, limits(rules)...),
		},
	}.of(f)
}

func isPublic(rules []Rule[URL]) bool {
	for _, r := range rules {
		if r.public {
			return true
		}
	}
	return false
}

// shown returns u without what must be withheld: u itself if there is nothing.
func (u URL) shown(public bool) URL {
	text, removed := RedactURL(u.Reveal(), public)
	if !removed {
		return u
	}
	v, _ := parseURL(text)
	return v
}

func parseURL(text string) (URL, *option.Fault) {
	if text == "" {
		return URL{}, nil
	}
	if strings.ContainsFunc(text, unfit) {
		return URL{}, notURL("a URL holds no space and no control character")
	}
	u, err := url.Parse(text)
	if err != nil {
		return URL{}, notURL("")
	}
	if port := u.Port(); port != "" && !isPort(port, 1) || strings.HasSuffix(u.Host, ":") {
		return URL{}, notURL("the port is a number from 1 to 65535")
	}
	p := parsedURL{text: text, url: *u}
	// The canonical spelling is kept where it is sure to mean the same. That
	// of a lone # is empty, which would read back as none.
	canonical := u.String()
	if canonical == "" {
		return URL{}, notURL("")
	}
	if canonical != text {
		if again, err := url.Parse(canonical); err == nil && again.String() == canonical && alike(u, again) {
			p.text, p.url = canonical, *again
		}
	}
	return URL{p: hide(p)}, nil
}

func alike(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && a.Host == b.Host && a.Path == b.Path && a.Opaque == b.Opaque &&
		a.User.String() == b.User.String() && a.RawQuery == b.RawQuery && a.Fragment == b.Fragment
}

func unfit(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

func notURL(hint string) *option.Fault {
	return &option.Fault{Reason: "not a URL", Hint: hint}
}

// appendParts appends the object of the URL's parts.
func (u URL) appendParts(b []byte) []byte {
	var p url.URL
	if set := u.p.get(); set != nil {
		p = set.url
	}
	b = strconv.AppendBool(append(b, `{"forceQuery":`...), p.ForceQuery)
	b = option.AppendJSONString(append(b, `,"fragment":`...), p.Fragment)
	b = option.AppendJSONString(append(b, `,"host":`...), p.Host)
	b = strconv.AppendBool(append(b, `,"omitHost":`...), p.OmitHost)
	b = option.AppendJSONString(append(b, `,"opaque":`...), p.Opaque)
	b = option.AppendJSONString(append(b, `,"path":`...), p.Path)
	b = option.AppendJSONString(append(b, `,"rawFragment":`...), p.RawFragment)
	b = option.AppendJSONString(append(b, `,"rawPath":`...), p.RawPath)
	b = option.AppendJSONString(append(b, `,"rawQuery":`...), p.RawQuery)
	b = option.AppendJSONString(append(b, `,"scheme":`...), p.Scheme)
	return append(b, `,"user":{}}`...)
}
