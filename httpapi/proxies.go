package httpapi

import (
	"net/http"
	"net/netip"
	"net/textproto"
	"strings"
)

// Proxies are the peers that may say for whom they speak.
type Proxies struct {
	// Origins are the networks of the proxies.
	Origins []netip.Prefix
	// Headers are the names of the headers in which they name the client, such
	// as X-Forwarded-For or Forwarded. The first that a request has counts.
	Headers []string
}

// trusts reports whether an address is that of a proxy.
func (p Proxies) trusts(addr netip.Addr) bool {
	for _, network := range p.Origins {
		if network.Contains(addr) {
			return true
		}
	}
	return false
}

// ClientIP returns the address of the client of a request: that of the peer,
// or, if the peer is a trusted proxy that names others, of the last of these
// that is not trusted itself. What stands left of it anybody can have written.
// A header that can't be read counts as none.
func ClientIP(r *http.Request, trusted Proxies) netip.Addr {
	peer, ok := hop(r.RemoteAddr)
	if !ok || !trusted.trusts(peer) {
		return peer
	}
	for _, name := range trusted.Headers {
		lines := r.Header.Values(name)
		if len(lines) == 0 {
			continue
		}
		if addr, ok := trusted.lastForeign(strings.Split(strings.Join(lines, ","), ","), textproto.CanonicalMIMEHeaderKey(name) == "Forwarded"); ok {
			return addr
		}
		return peer
	}
	return peer
}

// lastForeign returns the right-most hop that is no proxy; the left-most of
// all, if all are.
func (p Proxies) lastForeign(hops []string, forwarded bool) (last netip.Addr, ok bool) {
	for i := len(hops) - 1; i >= 0; i-- {
		text := hops[i]
		if forwarded {
			text = element(text, "for")
		}
		addr, ok := hop(text)
		if !ok {
			return netip.Addr{}, false
		}
		if last = addr; !p.trusts(addr) {
			break
		}
	}
	return last, true
}

// element returns one parameter of an element of the header Forwarded.
func element(text, name string) string {
	for pair := range strings.SplitSeq(text, ";") {
		key, value, _ := strings.Cut(pair, "=")
		if strings.EqualFold(strings.TrimSpace(key), name) {
			value = strings.TrimSpace(value)
			if len(value) >= 2 && value[0] == '"' && value[len(value)-1] == '"' {
				value = value[1 : len(value)-1]
			}
			return value
		}
	}
	return ""
}

// hop reads an address with or without a port. An IPv4 address in the clothes
// of IPv6 is an IPv4 address; one with a zone means nothing to others.
func hop(text string) (netip.Addr, bool) {
	text = strings.Trim(text, " \t")
	addr, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil || strings.HasPrefix(text, "[") != strings.HasSuffix(text, "]") {
		var port netip.AddrPort
		if port, err = netip.ParseAddrPort(text); err != nil {
			return netip.Addr{}, false
		}
		addr = port.Addr()
	}
	if addr.Zone() != "" {
		return netip.Addr{}, false
	}
	return addr.Unmap(), true
}

// See returns who is at the other end of a request, whether they speak TLS,
// and the host that they asked for. A proxy that is trusted is asked in
// X-Forwarded-Proto and X-Forwarded-Host.
func (p Proxies) See(r *http.Request) (client netip.Addr, secure bool, host string) {
	client, secure, host = ClientIP(r, p), r.TLS != nil, r.Host
	if len(p.Origins) == 0 {
		return client, secure, host
	}
	if peer, ok := hop(r.RemoteAddr); !ok || !p.trusts(peer) {
		return client, secure, host
	}
	if proto := lastItem(r.Header.Values("X-Forwarded-Proto")); proto != "" {
		secure = strings.EqualFold(proto, "https")
	}
	if asked := lastItem(r.Header.Values("X-Forwarded-Host")); asked != "" {
		host = asked
	}
	return client, secure, host
}

// lastItem is what the nearest proxy wrote.
func lastItem(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	line := lines[len(lines)-1]
	return strings.TrimSpace(line[strings.LastIndexByte(line, ',')+1:])
}
