package httpapi_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/httpapi"
)

func networks(list ...string) (out []netip.Prefix) {
	for _, text := range list {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

func TestClientIP(t *testing.T) {
	t.Parallel()
	trusted := httpapi.Proxies{Origins: networks("10.0.0.0/8", "2001:db8::/32"), Headers: []string{"True-Client-Ip", "X-Forwarded-For", "Forwarded"}}
	for _, c := range []struct {
		peer    string
		headers []string
		want    string
	}{
		{"192.0.2.1:1", nil, "192.0.2.1"},
		{"192.0.2.1:1", []string{"X-Forwarded-For: 203.0.113.1"}, "192.0.2.1"},
		{"10.0.0.1:1", nil, "10.0.0.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 203.0.113.1"}, "203.0.113.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 1.1.1.1, 203.0.113.1"}, "203.0.113.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 1.1.1.1, 203.0.113.1, 10.9.9.9"}, "203.0.113.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 203.0.113.1"}, "203.0.113.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 203.0.113.1:4711"}, "203.0.113.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: [2001:db9::1]:4711"}, "2001:db9::1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 2001:db9::1"}, "2001:db9::1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: [2001:db9::1]"}, "2001:db9::1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: ::ffff:203.0.113.1"}, "203.0.113.1"},
		{"[::ffff:10.0.0.1]:1", []string{"X-Forwarded-For: 203.0.113.1, ::ffff:10.1.1.1"}, "203.0.113.1"},
		{"[2001:db8::5]:1", []string{"X-Forwarded-For: 203.0.113.1"}, "203.0.113.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: fe80::1%eth0"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: evil"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 203.0.113.1, evil, 10.0.0.2"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: evil, 203.0.113.1"}, "203.0.113.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For:"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"X-Forwarded-For: 203.0.113.1,"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"X-Real-Ip: 203.0.113.1"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"True-Client-Ip: 203.0.113.7", "X-Forwarded-For: 203.0.113.1"}, "203.0.113.7"},
		{"10.0.0.1:1", []string{`Forwarded: for=1.1.1.1, for="[2001:db9::1]:80";proto=https`}, "2001:db9::1"},
		{"10.0.0.1:1", []string{"Forwarded: proto=https;FOR=203.0.113.1"}, "203.0.113.1"},
		{"10.0.0.1:1", []string{"Forwarded: for=_hidden"}, "10.0.0.1"},
		{"10.0.0.1:1", []string{"Forwarded: for=unknown, for=10.0.0.2"}, "10.0.0.1"},
		{"@", []string{"X-Forwarded-For: 203.0.113.1"}, "invalid IP"},
	} {
		r := request("GET", "/", "", c.headers...)
		r.RemoteAddr = c.peer
		if got := httpapi.ClientIP(r, trusted).String(); got != c.want {
			t.Errorf("peer %s with %q: got %s, want %s", c.peer, c.headers, got, c.want)
		}
	}
}

// clientModel says the same as ClientIP in another way: it goes through the
// hops from the client to us and forgets all that came before somebody who is
// not trusted.
func clientModel(peer string, lines []string, trusted func(netip.Addr) bool) string {
	parse := func(text string) (netip.Addr, bool) {
		a, err := netip.ParseAddr(strings.TrimSpace(text))
		return a.Unmap(), err == nil && a.Zone() == ""
	}
	at, _ := parse(peer)
	if !trusted(at) || len(lines) == 0 {
		return at.String()
	}
	var chain []string
	for _, line := range lines {
		chain = append(chain, strings.Split(line, ",")...)
	}
	from := 0
	for i, text := range chain {
		if a, ok := parse(text); ok && !trusted(a) {
			from = i
		}
	}
	// A hop that can't be read, to the right of the last foreign one or in a
	// chain that has none, spoils all.
	for _, text := range chain[from:] {
		if _, ok := parse(text); !ok {
			return at.String()
		}
	}
	first, _ := parse(chain[from])
	return first.String()
}

func TestClientIPAgainstAModel(t *testing.T) {
	t.Parallel()
	proxies := httpapi.Proxies{Origins: networks("10.0.0.0/8", "2001:db8::/32"), Headers: []string{"X-Forwarded-For"}}
	trusted := func(a netip.Addr) bool {
		return a.Is4() && a.As4()[0] == 10 || strings.HasPrefix(a.StringExpanded(), "2001:0db8:")
	}
	hops := rapid.SampledFrom([]string{
		"10.0.0.1", "10.255.255.255", "11.0.0.0", "9.255.255.255", "203.0.113.1", "::1", "2001:db8::1", "2001:db9::1", "::ffff:10.0.0.1", "::ffff:1.2.3.4",
		"", " ", "evil", "fe80::1%eth0", "10.0.0.256", " 10.0.0.2 ", "\t1.1.1.1", "010.0.0.1",
	})
	rapid.Check(t, func(t *rapid.T) {
		peer := rapid.SampledFrom([]string{"10.0.0.1", "192.0.2.1", "2001:db8::1", "::ffff:10.0.0.1", "::1"}).Draw(t, "peer")
		var lines []string
		for range rapid.IntRange(0, 3).Draw(t, "lines") {
			lines = append(lines, strings.Join(rapid.SliceOfN(hops, 1, 4).Draw(t, "hops"), ","))
		}
		r := &http.Request{RemoteAddr: "[" + peer + "]:80", Header: http.Header{"X-Forwarded-For": lines}}
		if strings.Count(peer, ":") == 0 {
			r.RemoteAddr = peer + ":80"
		}
		if got, want := httpapi.ClientIP(r, proxies).String(), clientModel(peer, lines, trusted); got != want {
			t.Fatalf("peer %s with %q: got %s, want %s", peer, lines, got, want)
		}
	})
}

func FuzzForwarded(f *testing.F) {
	f.Add("10.0.0.1:1", "1.1.1.1, 2.2.2.2", `for="[::1]:80"`)
	f.Add("192.0.2.1:1", ",,", "for=")
	f.Add("[::1]:1", "\"", `for="`)
	proxies := httpapi.Proxies{Origins: networks("10.0.0.0/8"), Headers: []string{"X-Forwarded-For", "Forwarded"}}
	f.Fuzz(func(t *testing.T, peer, xff, forwarded string) {
		r := &http.Request{RemoteAddr: peer, Header: http.Header{}}
		if xff != "" {
			r.Header.Set("X-Forwarded-For", xff)
		}
		if forwarded != "" {
			r.Header.Set("Forwarded", forwarded)
		}
		got := httpapi.ClientIP(r, proxies)
		direct := httpapi.ClientIP(&http.Request{RemoteAddr: peer}, proxies)
		if !proxies.Origins[0].Contains(direct) && got != direct {
			t.Errorf("a peer %q that is not trusted moved the client to %s", peer, got)
		}
		if got.IsValid() && (got.Zone() != "" || got.Is4In6()) {
			t.Errorf("got %s, want a plain address", got)
		}
	})
}

func TestSchemeAndHostBehindAProxy(t *testing.T) {
	t.Parallel()
	p := httpapi.Proxies{Origins: networks("10.0.0.0/8")}
	for _, c := range []struct {
		peer, proto, host string
		secure            bool
		asked             string
	}{
		{"192.0.2.1:1", "https", "evil.example.com", false, "example.com"},
		{"10.0.0.1:1", "https", "app.example.com", true, "app.example.com"},
		{"10.0.0.1:1", "http, HTTPS", "evil.example.com, app.example.com", true, "app.example.com"},
		{"10.0.0.1:1", "", "", false, "example.com"},
		{"10.0.0.1:1", "http", "", false, "example.com"},
	} {
		r := request("GET", "/", "")
		r.RemoteAddr = c.peer
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		if c.host != "" {
			r.Header.Set("X-Forwarded-Host", c.host)
		}
		if _, secure, host := p.See(r); secure != c.secure || host != c.asked {
			t.Errorf("%+v: got %s", c, fmt.Sprint(secure, " ", host))
		}
	}
}
