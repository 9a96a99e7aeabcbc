package httpapi

import (
	"net/http"
	"net/url"
	"strings"
)

// A redirect sends people to the address of the deployment.
type redirect struct {
	origin    string // "https://app.example.com", all that a Location begins with
	host      string // without the usual port
	toTLS     bool
	servesTLS bool
}

func newRedirect(access *url.URL, servesTLS bool) *redirect {
	return &redirect{
		origin: access.Scheme + "://" + access.Host, host: bareHost(access.Host, access.Scheme),
		toTLS: access.Scheme == "https", servesTLS: servesTLS,
	}
}

// bareHost is a host in lower case, without the port that the scheme implies.
func bareHost(host, scheme string) string {
	host = strings.ToLower(host)
	if scheme == "https" {
		return strings.TrimSuffix(host, ":443")
	}
	return strings.TrimSuffix(host, ":80")
}

// location returns where a request belongs, or "" if it is right here. Plain
// HTTP under the right host is sent on only if we answer HTTPS ourselves: a
// proxy that ends TLS and does not say so would bring the client back for
// ever.
func (d *redirect) location(r *http.Request, host string, secure bool) string {
	scheme := "http"
	if secure {
		scheme = "https"
	}
	same := bareHost(host, scheme) == d.host || bareHost(host, "https") == d.host && d.toTLS
	if same && (secure || !d.toTLS || !d.servesTLS) {
		return ""
	}
	path := r.URL.EscapedPath()
	if !strings.HasPrefix(path, "/") {
		path = "/"
	}
	if query := r.URL.RawQuery; query != "" && graphic(query) {
		path += "?" + strings.ReplaceAll(query, "#", "%23") // it would begin a fragment
	}
	return d.origin + path
}

// graphic reports whether text is of ASCII characters that show.
func graphic(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] >= 0x7F {
			return false
		}
	}
	return true
}

// moved redirects those who came by another address. Probes come by whatever
// address the machine has.
func (a *API) moved(c *call) *reply {
	if a.redirect == nil || len(c.found) > 0 && c.found[0].probe {
		return nil
	}
	to := a.redirect.location(c.Request, c.host, c.secure)
	if to == "" {
		return nil
	}
	r := fault(http.StatusTemporaryRedirect, "This deployment has another address.", "It is in Location.").with("Location", to)
	return &r
}
