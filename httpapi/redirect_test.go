package httpapi_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/httpapi"
)

func redirecting(access string, servesTLS bool) func(*httpapi.Config) {
	return func(c *httpapi.Config) {
		c.AccessURL, c.RedirectToAccessURL, c.ServesTLS = access, true, servesTLS
		c.Proxies = httpapi.Proxies{Origins: networks("10.0.0.0/8")}
	}
}

func TestRedirect(t *testing.T) {
	t.Parallel()
	const secure, bare, port = "https://app.example.com", "http://app.example.com", "https://app.example.com:8443"
	for _, c := range []struct {
		access    string
		servesTLS bool
		byTLS     bool
		host      string
		target    string
		want      string
	}{
		{secure, false, false, "app.example.com", "/api/v2/buildinfo", ""},
		{secure, false, false, "APP.example.com:443", "/api/v2/buildinfo", ""},
		{secure, false, false, "app.example.com:80", "/api/v2/buildinfo", ""},
		{secure, true, false, "app.example.com", "/a?b=c", secure + "/a?b=c"},
		{secure, true, true, "app.example.com", "/a", ""},
		{secure, false, false, "10.1.2.3", "/a%2Fb?x=%0d%0a", secure + "/a%2Fb?x=%0d%0a"},
		{secure, false, true, "10.1.2.3", "/", secure + "/"},
		{secure, true, false, "10.1.2.3:3000", "/api/v2/users/me/keys/tokens/tokenconfig", secure + "/api/v2/users/me/keys/tokens/tokenconfig"},
		{bare, false, false, "app.example.com:80", "/", ""},
		{bare, false, false, "app.example.com:3000", "/", bare + "/"},
		{bare, true, true, "app.example.com", "/", ""},
		{port, true, true, "app.example.com:8443", "/", ""},
		{port, true, true, "app.example.com", "/", port + "/"},
		{port, true, false, "app.example.com:8443", "/", port + "/"},
		{secure, false, false, "evil.example.com", "//evil.example.com/x", secure + "//evil.example.com/x"},
		{secure, false, false, "", "/", secure + "/"},
		{secure, false, false, "10.1.2.3", "/?a#%", secure + "/?a%23%"},
		{secure, false, false, "10.1.2.3", "/healthz", ""},
		{secure, false, false, "10.1.2.3", "/readyz", ""},
		{secure, false, false, "10.1.2.3", "/nowhere", secure + "/nowhere"},
	} {
		s := newSite(t, redirecting(c.access, c.servesTLS))
		r := request("GET", "/", "")
		var err error
		if r.URL, err = url.ParseRequestURI(c.target); err != nil {
			t.Fatal(err)
		}
		if r.Host = c.host; c.byTLS {
			r.TLS = &tls.ConnectionState{}
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); got != c.want || (w.Code == http.StatusTemporaryRedirect) != (c.want != "") {
			t.Errorf("%+v: got %d to %q, want %q", c, w.Code, got, c.want)
		}
	}
}

// Without a wish for it nobody is sent anywhere.
func TestNoRedirect(t *testing.T) {
	t.Parallel()
	for _, change := range []func(*httpapi.Config){
		func(*httpapi.Config) {},
		func(c *httpapi.Config) { c.AccessURL, c.RedirectToAccessURL = "", true },
	} {
		s := newSite(t, change)
		r := request("GET", "/api/v2/buildinfo", "")
		if r.Host = "10.1.2.3"; s.send(r).Code != 200 {
			t.Error("a request under another host is redirected, want it answered")
		}
	}
}

// held checks that a request is answered here, or sent to the access URL, and
// that whoever follows the redirect is not sent on again.
func held(t interface{ Fatalf(string, ...any) }, s http.Handler, access *url.URL, r *http.Request) {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	location := w.Header().Get("Location")
	if location == "" {
		return
	}
	to, err := url.Parse(location)
	if err != nil || to.Scheme != access.Scheme || to.Host != access.Host || to.User != nil || strings.ContainsFunc(location, func(r rune) bool { return r <= ' ' || r > '~' }) {
		t.Fatalf("host %q, URL %q, headers %v: got Location %q, want one of %s", r.Host, r.URL, r.Header, location, access)
	}
	if w.Code != http.StatusTemporaryRedirect {
		t.Fatalf("got Location %q with status %d", location, w.Code)
	}
	next := request("GET", "/", "")
	next.URL, next.Host = &url.URL{Path: to.Path, RawPath: to.RawPath, RawQuery: to.RawQuery}, to.Host
	if access.Scheme == "https" {
		next.TLS = &tls.ConnectionState{}
	}
	again := httptest.NewRecorder()
	if s.ServeHTTP(again, next); again.Header().Get("Location") != "" {
		t.Fatalf("%q is sent on to %q", location, again.Header().Get("Location"))
	}
}

var accesses = []string{"https://app.example.com", "http://app.example.com", "https://app.example.com:8443", "http://[2001:db8::1]:80", "https://xn--bcher-kva.example"}

func TestRedirectStaysOnHost(t *testing.T) {
	t.Parallel()
	var sites []*site
	var urls []*url.URL
	for _, text := range accesses {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, servesTLS := range []bool{false, true} {
			sites, urls = append(sites, newSite(t, redirecting(text, servesTLS), func(c *httpapi.Config) { c.Log = nil })), append(urls, u)
		}
	}
	hosts := rapid.OneOf(rapid.SampledFrom([]string{
		"app.example.com", "APP.EXAMPLE.COM", "app.example.com:80", "app.example.com:443", "app.example.com:8443", "evil.example.com", "app.example.com.evil.example.com",
		"app.example.com@evil.example.com", "evil.example.com#app.example.com", "[2001:db8::1]", "bücher.example", "xn--bcher-kva.example", "", ":80", "a\r\nLocation: evil",
	}), rapid.String())
	paths := rapid.OneOf(rapid.SampledFrom([]string{
		"/", "//evil.example.com", "/\\evil.example.com", "\\\\evil", "///evil", "/.//evil", "/%2f%2fevil", "https://evil.example.com/", "/@evil", "", "*", "/\r\nSet-Cookie: a=b", "/?",
	}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, len(sites)-1).Draw(t, "site")
		r := request("GET", "/", "")
		r.Host = hosts.Draw(t, "host")
		r.URL = &url.URL{Path: paths.Draw(t, "path"), RawQuery: rapid.OneOf(rapid.Just(""), rapid.String()).Draw(t, "query")}
		if rapid.Bool().Draw(t, "absolute") {
			r.URL.Scheme, r.URL.Host = "http", hosts.Draw(t, "url host")
		}
		if rapid.Bool().Draw(t, "TLS") {
			r.TLS = &tls.ConnectionState{}
		}
		r.RemoteAddr = rapid.SampledFrom([]string{"10.0.0.1:1", "192.0.2.1:1"}).Draw(t, "peer")
		if rapid.Bool().Draw(t, "forwarded") {
			r.Header.Set("X-Forwarded-Host", hosts.Draw(t, "forwarded host"))
			r.Header.Set("X-Forwarded-Proto", rapid.SampledFrom([]string{"http", "https", "x"}).Draw(t, "proto"))
		}
		held(t, sites[i].API, urls[i], r)
	})
}

func FuzzRedirect(f *testing.F) {
	f.Add("evil.example.com", "/a", "b=c", "", true)
	f.Add("app.example.com", "//evil", "\r\n", "evil.example.com", false)
	f.Add("a@b", "\\evil", "#", "https://evil", true)
	access, err := url.Parse(accesses[0])
	if err != nil {
		f.Fatal(err)
	}
	s := newSite(f, redirecting(accesses[0], true))
	f.Fuzz(func(t *testing.T, host, path, query, forwarded string, trusted bool) {
		r := request("GET", "/", "")
		r.Host, r.URL = host, &url.URL{Path: path, RawQuery: query}
		if trusted {
			r.RemoteAddr = "10.0.0.1:1"
		}
		if forwarded != "" {
			r.Header.Set("X-Forwarded-Host", forwarded)
		}
		held(t, s.API, access, r)
	})
}
