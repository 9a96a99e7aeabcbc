package httpapi_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/internal/golden"
)

func notReady(context.Context) error { return errors.New("the database is away") }

// The headers of one answer of each sort, for people to read.
func TestHeadersGolden(t *testing.T) {
	t.Parallel()
	hsts := func(c *httpapi.Config) {
		c.HSTS = httpapi.HSTS{Age: 3600, Options: []string{"includeSubDomains", "preload"}}
		c.CSP = []string{"frame-src https://status.example.com", "script-src https://cdn.example.com", "form-action 'self'", "", "img-src *; script-src *", "a\nb"}
	}
	s, open := newSite(t, hsts, swagger), newSite(t, func(c *httpapi.Config) { c.AllowAllCORS = true })
	var b strings.Builder
	show := func(title string, w *httptest.ResponseRecorder) {
		fmt.Fprintf(&b, "## %s\n%d\n", title, w.Code)
		h := w.Header()
		for _, name := range slices.Sorted(maps.Keys(h)) {
			value := strings.Join(h[name], " | ")
			switch {
			case name == "X-Coder-Request-Id" && uuid.MatchString(value):
				value = "a UUID"
			case name == "Etag" || name == "Content-Length":
				value = "…"
			}
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
		b.WriteString("\n")
	}
	show("open", s.get("/api/v2/buildinfo"))
	byTLS := request("GET", "/api/v2/buildinfo", "")
	byTLS.TLS = &tls.ConnectionState{}
	show("open, by TLS", s.send(byTLS))
	show("configuration", s.get(config, as(ownerToken), "Accept-Encoding: gzip"))
	show("no token", s.get(config))
	show("not found", s.get("/api/v2/nowhere"))
	show("wrong method", s.do("POST", "/api/v2/buildinfo", ""))
	show("probe", s.get("/healthz"))
	show("page", s.get("/swagger/"))
	show("stored", s.do("POST", reports, "{}", as(memberToken), "Content-Type: application/csp-report"))
	show("from another origin, not allowed", s.get("/api/v2/buildinfo", "Origin: https://evil.example.com"))
	show("from another origin, allowed", open.get(config, as(ownerToken), "Origin: https://other.example.com"))
	show("preflight", open.do("OPTIONS", ssh, "", "Origin: https://other.example.com", "Access-Control-Request-Method: GET"))
	golden.Check(t, "testdata/headers.txt", []byte(b.String()))
}

func TestHSTSOnlyOverTLS(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *httpapi.Config) {
		c.HSTS, c.Proxies = httpapi.HSTS{Age: 1}, httpapi.Proxies{Origins: networks("10.0.0.0/8")}
	})
	for _, c := range []struct {
		peer, proto string
		tls, want   bool
	}{
		{"192.0.2.1:1", "", false, false},
		{"192.0.2.1:1", "https", false, false},
		{"192.0.2.1:1", "", true, true},
		{"10.0.0.1:1", "https", false, true},
		{"10.0.0.1:1", "http", false, false},
		{"10.0.0.1:1", "", false, false},
	} {
		r := request("GET", "/healthz", "")
		if r.RemoteAddr = c.peer; c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		if got := s.send(r).Header().Get("Strict-Transport-Security") != ""; got != c.want {
			t.Errorf("%+v: header sent %t", c, got)
		}
	}
}

func TestPreflight(t *testing.T) {
	t.Parallel()
	open := newSite(t, func(c *httpapi.Config) { c.AllowAllCORS = true })
	for _, c := range []struct {
		s      *site
		path   string
		origin string
		status int
	}{
		{open, ssh, "https://other.example.com", 204},
		{open, ssh, "", 405},
		{open, "/api/v2/nowhere", "https://other.example.com", 404},
		{newSite(t), ssh, "https://other.example.com", 405},
	} {
		w := c.s.do("OPTIONS", c.path, "", "Origin: "+c.origin, "Access-Control-Request-Method: GET")
		if w.Code != c.status {
			t.Errorf("OPTIONS %s from %q: status %d, want %d", c.path, c.origin, w.Code, c.status)
		}
	}
}

func TestLogOfRequests(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := s.get("/api/v2/users/olga/keys/tokens/tokenconfig?token=hunter2", as(ownerToken), "Cookie: a=hunter2")
	s.get("/healthz")
	s.get("/api/v2/\x1b[31m" + strings.Repeat("x", 1000))
	lines := strings.Split(strings.TrimSpace(s.log.String()), "\n")
	if len(lines) != 3 || strings.Contains(s.log.String(), "hunter2") || strings.Contains(s.log.String(), ownerToken[11:]) {
		t.Fatalf("got log %s, want three lines without query, cookie and token", s.log)
	}
	line := decode[map[string]any](t, []byte(lines[0]))
	for field, want := range map[string]any{
		"level": "INFO", "msg": "request", "method": "GET", "path": "/api/v2/users/olga/keys/tokens/tokenconfig", "route": "/users/{user}/keys/tokens/tokenconfig",
		"status": 200.0, "client": "192.0.2.1", "user_id": users[0].id, "request_id": w.Header().Get("X-Coder-Request-Id"),
	} {
		if line[field] != want {
			t.Errorf("field %s is %v, want %v", field, line[field], want)
		}
	}
	if probe := decode[map[string]any](t, []byte(lines[1])); probe["level"] != "DEBUG" {
		t.Errorf("a probe is logged as %v, want DEBUG", probe["level"])
	}
	if len(lines[2]) > 700 || strings.Contains(lines[2], "\x1b") {
		t.Errorf("a long odd path is logged as %s, want it short and escaped", lines[2])
	}
}

// The page loads nothing that its own policy forbids, and nothing from
// elsewhere.
func TestSwaggerPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, swagger)
	page := s.get("/swagger/")
	for _, path := range []string{"/swagger", "/swagger/", "/swagger/index.html", "/swagger/page.js", "/swagger/page.css", "/swagger/doc.json"} {
		if w := s.get(path); w.Code != 200 || w.Body.Len() == 0 {
			t.Errorf("%s: status %d with %d bytes, want 200 with some", path, w.Code, w.Body.Len())
		}
	}
	for _, word := range []string{"http:", "https:", "//", "<style", "onclick", "onload", "style="} {
		if strings.Contains(page.Body.String(), word) {
			t.Errorf("the page has %q, want only what its policy allows", word)
		}
	}
	policy := page.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "report-uri /api/v2/csp/reports") || strings.Contains(policy, "unsafe") {
		t.Errorf("got policy %q, want a strict one that reports", policy)
	}
	if got, want := s.get("/swagger/doc.json").Body.String(), string(s.OpenAPI()); got != want {
		t.Error("the served document is another than that of the API")
	}
}
