package httpapi_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/stats"
)

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestRouter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, c := range []struct {
		method, target string
		status         int
		allow          string
	}{
		{"GET", "/api/v2/buildinfo", 200, ""},
		{"HEAD", "/api/v2/buildinfo", 200, ""},
		{"GET", "/api/v2/buildinfo?a=b", 200, ""},
		{"POST", "/api/v2/buildinfo", 405, "GET, HEAD"},
		{"OPTIONS", "/api/v2/buildinfo", 405, "GET, HEAD"},
		{"TRACE", "/api/v2/buildinfo", 405, "GET, HEAD"},
		{"get", "/api/v2/buildinfo", 405, "GET, HEAD"},
		{"GET", "/api/v2/csp/reports", 405, "POST"},
		{"DELETE", "/healthz", 405, "GET, HEAD"},
		{"CONNECT", "/api/v2/buildinfo", 404, ""},
		{"GET", "/api/v2/buildinfo/", 404, ""},
		{"GET", "/api/v2//buildinfo", 404, ""},
		{"GET", "//api/v2/buildinfo", 404, ""},
		{"GET", "/api/v2//", 404, ""},
		{"GET", "/api/v2/./buildinfo", 404, ""},
		{"GET", "/api/v2/x/../buildinfo", 404, ""},
		{"GET", "/api/v2/x/%2e%2e/buildinfo", 404, ""},
		{"GET", "/api/v2/%62uildinfo", 200, ""},
		{"GET", "/API/v2/buildinfo", 404, ""},
		{"GET", "/api/v2/BuildInfo", 404, ""},
		{"GET", "/api/v2/buildinfo%00", 404, ""},
		{"GET", "/api/v2/buildinfo%2F", 404, ""},
		{"GET", "/api/v2%2Fbuildinfo", 404, ""},
		{"GET", "/api/v1/buildinfo", 404, ""},
		{"GET", "/api", 404, ""},
		{"GET", "/api/", 404, ""},
		{"GET", "/", 404, ""},
		{"GET", "/healthz/", 404, ""},
		{"GET", "/debug/pprof/cmdline", 404, ""},
		{"GET", "/debug/vars", 404, ""},
		{"GET", "/metrics", 404, ""},
		{"GET", "/swagger/doc.json", 404, ""},
		{"GET", "/api/v2/users//keys/tokens/tokenconfig", 404, ""},
		{"GET", "/api/v2/users/me/keys/tokens", 404, ""},
	} {
		r := request(c.method, "/", "")
		u, err := url.ParseRequestURI(c.target)
		if err != nil {
			t.Fatal(err)
		}
		r.URL = u
		w := s.send(r)
		if w.Code != c.status || w.Header().Get("Allow") != c.allow || w.Header().Get("Location") != "" {
			t.Errorf("%s %s: got %d, Allow %q, Location %q, want %d and %q", c.method, c.target, w.Code, w.Header().Get("Allow"), w.Header().Get("Location"), c.status, c.allow)
		}
		kind := "text/plain; charset=utf-8"
		if strings.HasPrefix(u.Path, "/api/") {
			kind = "application/json; charset=utf-8"
		}
		if c.status >= 400 && w.Header().Get("Content-Type") != kind {
			t.Errorf("%s %s: got a fault of type %q, want %q", c.method, c.target, w.Header().Get("Content-Type"), kind)
		}
	}
}

func FuzzRouter(f *testing.F) {
	for _, target := range []string{"/api/v2/buildinfo", "//evil", "/api/v2/users/%2e%2e/keys/tokens/tokenconfig", "*", "", "/api/v2/\x00", "/\\evil", "http://evil/"} {
		f.Add("GET", target, "a=b", "/x")
	}
	s := newSite(f, swagger)
	f.Fuzz(func(t *testing.T, method, path, query, rawPath string) {
		r := request("GET", "/", "")
		r.Method, r.URL = method, &url.URL{Path: path, RawPath: rawPath, RawQuery: query}
		r.Header.Set("Coder-Session-Token", ownerToken)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code >= 300 && w.Code < 400 {
			t.Errorf("%q %q: status %d to %q", method, path, w.Code, w.Header().Get("Location"))
		}
		s.doc.check(t, r, w)
	})
}

// panicking panics with a secret wherever it is asked.
type panicking struct{ *world }

func (panicking) Redacted() *option.Redacted     { panic("hunter2") }
func (panicking) Snapshot() stats.Answer         { panic(errors.New("hunter2")) }
func (panicking) Latest() (_, _ string, ok bool) { panic(map[string]string{"a": "hunter2"}) }

func TestPanicsAreAnswered(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	document := s.doc
	s = newSite(t, func(c *httpapi.Config) { c.Stats, c.Updates = panicking{s.world}, panicking{s.world} })
	s.doc = document
	for _, path := range []string{"/api/v2/deployment/stats", "/api/v2/updatecheck"} {
		w := s.get(path, as(ownerToken))
		if w.Code != 500 || strings.Contains(w.Body.String(), "hunter2") || strings.Contains(w.Body.String(), "goroutine") {
			t.Errorf("%s: got %d %s, want 500 with a fixed text", path, w.Code, w.Body)
		}
		if !strings.Contains(s.log.String(), w.Header().Get("X-Coder-Request-Id")) {
			t.Errorf("%s: the log does not have the id of the request", path)
		}
	}
	log := s.log.String()
	if strings.Contains(log, "hunter2") || !strings.Contains(log, "panicking") || !strings.Contains(log, `"level":"ERROR"`) {
		t.Errorf("got log %s, want the place of the panic and not its value", log)
	}
}

// Whatever goes wrong, the answer has nothing of the request.
func TestFaultsEchoNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const secret = "hunter2"
	for _, c := range []struct{ method, target, body, kind string }{
		{"GET", "/api/v2/" + secret, "", ""},
		{"GET", "/" + secret, "", ""},
		{secret, "/api/v2/buildinfo", "", ""},
		{"GET", config + "?shape=" + secret, "", ""},
		{"GET", "/api/v2/users/" + secret + "/keys/tokens/tokenconfig", "", ""},
		{"POST", reports, secret, "application/json"},
		{"POST", reports, secret, secret},
		{"POST", "/api/v2/deployment/stats/reports", `{"` + secret + `":"` + secret + `"}`, "application/json"},
		{"POST", "/api/v2/deployment/stats/reports", `{"id":"` + secret + `"}`, "application/json"},
	} {
		for _, token := range []string{ownerToken, reporterToken, secret} {
			w := s.do(c.method, c.target, c.body, as(token), "Content-Type: "+c.kind, "X-Forwarded-For: "+secret, "Origin: "+secret, "Accept: "+secret)
			if w.Code < 400 || strings.Contains(w.Body.String(), secret) || strings.Contains(strings.Join(headerTexts(w.Header()), "\n"), secret) {
				t.Errorf("%s %s as %s: got %d %v %s, want a fault without what was sent", c.method, c.target, token, w.Code, w.Header(), w.Body)
			}
		}
	}
}

func headerTexts(h http.Header) (out []string) {
	for name, list := range h {
		out = append(append(out, name), list...)
	}
	return out
}

func TestReports(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const path, good = "/api/v2/deployment/stats/reports", `{"id":"22222222-2222-4222-8222-222222222222","agents":[{"agent_id":"33333333-3333-4333-8333-333333333333","rx_bytes":7}]}`
	for _, c := range []struct {
		body, kind string
		status     int
		field      string
	}{
		{good, "application/json", 204, ""},
		{good, "text/plain", 415, ""},
		{good, "", 415, ""},
		{"", "application/json", 400, ""},
		{"null", "application/json", 400, ""},
		{"[]", "application/json", 400, ""},
		{good[:40], "application/json", 400, ""},
		{good + good, "application/json", 400, ""},
		{strings.Repeat("[", 60_000), "application/json", 400, ""},
		{strings.Replace(good, "7", "-7", 1), "application/json", 400, "agents[0].rx_bytes"},
		{strings.Replace(good, "7", "1e300", 1), "application/json", 400, "agents[0].rx_bytes"},
		{strings.Replace(good, "7", `7,"rx_bytes":8`, 1), "application/json", 400, "agents[0].rx_bytes"},
		{strings.Replace(good, `"id":"2`, `"id":"x`, 1), "application/json", 400, "id"},
	} {
		w := s.do("POST", path, c.body, as(reporterToken), "Content-Type: "+c.kind)
		if w.Code != c.status || c.field != "" && !strings.Contains(w.Body.String(), `"field":"`+c.field+`"`) {
			t.Errorf("%.80s of type %q: got %d %s, want %d about %q", c.body, c.kind, w.Code, w.Body, c.status, c.field)
		}
	}
	if len(s.reports) != 1 || s.reports[0].Agents[0].RxBytes != 7 {
		t.Errorf("stored %v, want the one good batch", s.reports)
	}
	s.set(func() { s.down = errors.New("disk full at /hunter2") })
	s.get(path, as(reporterToken))
	if w := s.do("POST", path, good, as(reporterToken), "Content-Type: application/json"); w.Code != 503 || strings.Contains(w.Body.String(), "hunter2") {
		t.Errorf("a batch that is not stored: got %d %s, want 503", w.Code, w.Body)
	}
}

func TestUpdateCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		running, latest string
		current         bool
	}{
		{"v1.2.3", "v1.2.3", true},
		{"v1.2.3", "v1.2.4", false},
		{"v1.2.3", "v1.10.0", false},
		{"v1.10.0", "v1.2.3", true},
		{"v1.2.3", "1.2.4", false},
		{"v1.2.3-rc.1", "v1.2.3", false},
		{"v1.2.3", "v1.2.3-rc.1", true},
		{"v1.2.3-rc.2", "v1.2.3-rc.10", false},
		{"v1.2.3-1", "v1.2.3-a", false},
		{"v1.2.3-a", "v1.2.3-a.1", false},
		{"v1.2.3+a", "v1.2.3+b", true},
		{"v0.0.0-devel+abc", "v0.1.0", false},
		{"odd", "v9.0.0", true},
		{"v1.2.3", "odd", true},
		{"v1.2.3", "v01.2.4", true},
		{"v1.2.3", "v1.2.99999999999999999999", false},
		{"v1.2.3", "", true},
		{"v1.2.3", "v2", true},
		{"v1.2.3-", "v2.0.0", true},
	} {
		s := newSite(t, func(cfg *httpapi.Config) { cfg.Build.Version = c.running })
		s.latest = []string{c.latest, "https://example.com/latest"}
		got := decode[struct {
			Current      bool
			URL, Version string
		}](t, s.get("/api/v2/updatecheck").Body.Bytes())
		if got.Current != c.current || got.Version != c.latest || got.URL != "https://example.com/latest" {
			t.Errorf("%s with %s known: got %+v, want current %t", c.running, c.latest, got, c.current)
		}
	}
	s := newSite(t, func(cfg *httpapi.Config) { cfg.Updates = nil })
	if got := s.get("/api/v2/updatecheck").Body.String(); got != `{"current":true,"url":"https://example.com/v1.2.3","version":"v1.2.3"}` {
		t.Errorf("with nobody who looks: got %s, want the running version as current", got)
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *httpapi.Config) { c.Ready = notReady })
	if w := s.get("/readyz"); w.Code != 503 || w.Body.String() != "not ready\n" || w.Header().Get("Retry-After") == "" {
		t.Errorf("got %d %q, want 503 without the cause", w.Code, w.Body)
	}
	if w := s.get("/healthz"); w.Code != 200 {
		t.Errorf("/healthz: status %d, want 200: the program runs", w.Code)
	}
	if !strings.Contains(s.log.String(), "the database is away") {
		t.Error("the log does not have the cause")
	}
}
