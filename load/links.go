package load

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/strataconf/strata/option"
)

// Kubernetes gives every pod variables for each service of its namespace: a
// service whose name begins as our variables do makes some that look like ours.
// The names are those of
//
//	S_SERVICE_HOST S_SERVICE_PORT S_SERVICE_PORT_<NAME>
//	S_PORT S_PORT_<n>_TCP S_PORT_<n>_TCP_ADDR S_PORT_<n>_TCP_PORT S_PORT_<n>_TCP_PROTO

// linkName takes a name without the prefix apart: the rest of the service's
// name, then what the variable tells.
var linkName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:([A-Z0-9_]+?)_)??(?:SERVICE_(?:(HOST)|(PORT)(?:_[A-Z0-9_]+)?)|PORT(?:_[0-9]+_(?:TCP|UDP|SCTP)(?:_(ADDR|PORT|PROTO))?)?)$`)
})

// isLink reports whether Kubernetes made a variable, by its name without the
// prefix and by its value. The name alone will do if the service is called as
// the prefix is.
func isLink(rest, text string) bool {
	if !strings.Contains(rest, "PORT") && !strings.Contains(rest, "HOST") {
		return false
	}
	m := linkName().FindStringSubmatch(rest)
	if m == nil {
		return false
	}
	if m[1] == "" {
		return true
	}
	switch m[2] + m[3] + m[4] {
	case "HOST", "ADDR":
		_, err := netip.ParseAddr(text)
		return err == nil
	case "PORT":
		_, err := strconv.ParseUint(text, 10, 16)
		return err == nil
	case "PROTO":
		return text == "tcp" || text == "udp" || text == "sctp"
	}
	return isLinkURL(text)
}

// isLinkURL reports whether text is such as tcp://10.0.0.1:80.
func isLinkURL(text string) bool {
	proto, addr, _ := strings.Cut(text, "://")
	if proto != "tcp" && proto != "udp" && proto != "sctp" {
		return false
	}
	_, err := netip.ParseAddrPort(addr)
	return err == nil
}

// collides reports whether Kubernetes set the variable of an option. Only a
// value such as tcp://10.0.0.1:80 tells, and not where the option is a URL.
func collides(rest, text string, o *option.Option) bool {
	return o.Type() != "url" && isLinkURL(text) && isLink(rest, text)
}

// A link is a variable that Kubernetes made.
type link struct {
	rest  string // of the name, behind the prefix
	entry int
}

const (
	codeLinks = "service-links"
	linksHint = "enableServiceLinks: false in the pod turns them off"
)

func collision(at option.Origin, o *option.Option) *option.Problem {
	return &option.Problem{
		Severity: option.Warning, Code: codeLinks, Origin: at, Name: at.Spelling(o), Option: o,
		Reason: "set by Kubernetes for a service of that name, so it does not set the option", Hint: linksHint,
	}
}

// explainLinks warns of all links at once, for there are seven or more of each
// service.
func (e *environment) explainLinks() {
	if len(e.links) == 0 {
		return
	}
	name := e.prefix + e.links[0].rest
	if !isName(name) {
		name = ""
	}
	p := &option.Problem{
		Severity: option.Warning, Code: codeLinks, Origin: e.origin(e.links[0].entry, name),
		Name: name, Reason: "set by Kubernetes for a service of that name, and not read", Hint: linksHint,
	}
	if more := len(e.links) - 1; more > 0 {
		p.Reason = "this and " + strconv.Itoa(more) + " more are set by Kubernetes for services of that name, and not read"
	}
	e.problem(p)
}
