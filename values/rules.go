package values

import (
	"fmt"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"sync"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// rule makes a rule of a condition. Text says what is wanted, and a pattern
// says it to schemas.
func rule[F any](text string, ok func(F) bool, pattern ...string) kind.Rule[F] {
	return kind.Rule[F]{Text: text, Pattern: strings.Join(pattern, ""), Check: func(v F) *option.Fault {
		if ok(v) {
			return nil
		}
		return &option.Fault{Reason: "not " + text}
	}}
}

// faults collects what is wrong with the items of one list.
type faults struct{ first *option.Fault }

// member adds a fault of one member of one item.
func (all *faults) member(i int, key, reason, hint string) {
	f := &option.Fault{Item: fmt.Sprintf("[%d].%s", i, key), Reason: reason, Hint: hint}
	if all.first == nil {
		all.first = f
		return
	}
	all.first.Also = append(all.first.Also, f)
}

// expression reports whether a text matches. It is compiled when first asked:
// most runs ask none of them, and every run pays for what package variables do.
func expression(re string) func(string) bool {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(re) })
	return func(s string) bool { return compiled().MatchString(s) }
}

// accessRules want a URL to which paths can be appended.
func accessRules() []kind.Rule[kind.URL] {
	return []kind.Rule[kind.URL]{kind.Schemes("http", "https"), kind.NeedHost(), kind.NoCredentials(), kind.NoQuery()}
}

const wildcardPattern = `^\*[a-zA-Z0-9-]*(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)+(:[0-9]{1,5})?$`

var wildcard = expression(wildcardPattern)

// wildcardHost wants a pattern that stands for names of one level.
func wildcardHost() kind.Rule[string] {
	return rule("a host name that begins with its only asterisk, such as *.example.com", wildcard, wildcardPattern)
}

// iconPlace wants a picture that a page may load: a script must not be one.
func iconPlace() kind.Rule[kind.URL] {
	return rule("an http or https URL, or a path that begins with a slash", func(u kind.URL) bool {
		p := u.Parsed()
		switch {
		case p == nil:
			return true
		case p.Scheme == "":
			return p.Host == "" && strings.HasPrefix(p.Path, "/")
		}
		return (p.Scheme == "http" || p.Scheme == "https") && p.Host != ""
	})
}

func isWebURL(text string) bool {
	u, err := kind.ParseURL(text)
	if err != nil || !u.IsSet() {
		return false
	}
	p := u.Parsed()
	return (p.Scheme == "http" || p.Scheme == "https") && p.Hostname() != ""
}

const orgTeamPattern = `^[A-Za-z0-9][A-Za-z0-9_.-]*/[A-Za-z0-9_][A-Za-z0-9_.-]*$`

var orgSlashTeam = expression(orgTeamPattern)

func orgTeam() kind.Rule[string] {
	return rule("an organization and a team, such as org/slug", orgSlashTeam, orgTeamPattern)
}

func mailDomain() kind.Rule[string] {
	return rule("a domain without @, such as example.com", func(s string) bool {
		return s != "" && !strings.ContainsAny(s, "@/ \t")
	}, `^[^@/ \t]+$`)
}

func mailAddress() kind.Rule[string] {
	return rule("an e-mail address, such as coder@example.com", func(s string) bool {
		_, err := mail.ParseAddress(s)
		return err == nil && !strings.ContainsAny(s, "\r\n")
	})
}

// headerNames is a list of header names, kept in the spelling that net/http
// gives them, so that whoever compares one need not think of case.
func headerNames(f *[]string) option.Value {
	return headers{kind.Strings(f, kind.HeaderName())}
}

type headers struct{ option.Value }

func (h headers) Decode(dst any, raw option.Raw) error {
	err := h.Value.Decode(dst, raw)
	canonical(dst)
	return err
}

func (h headers) Append(dst any, raw option.Raw) error {
	err := h.Value.(option.Lister).Append(dst, raw)
	canonical(dst)
	return err
}

func canonical(dst any) {
	names := *dst.(*[]string)
	for i, name := range names {
		names[i] = textproto.CanonicalMIMEHeaderKey(name)
	}
}
