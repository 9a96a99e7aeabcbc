package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestSite(t *testing.T) {
	t.Parallel()
	s := newSite(build{Version: "v1.2.3"}, []byte(`{"version":"v1.2.3"}`))
	const asJSON, asText = "application/json; charset=utf-8", "text/plain; charset=utf-8"
	for _, c := range []struct {
		method, path string
		status       int
		contentType  string
		body         string
	}{
		{"GET", "/healthz", 200, asText, "OK\n"},
		{"HEAD", "/healthz", 200, asText, "OK\n"},
		{"GET", "/api/v2/buildinfo", 200, asJSON, `{"version":"v1.2.3"}`},
		{"POST", "/api/v2/buildinfo", 405, asJSON, "GET and HEAD"},
		{"DELETE", "/healthz", 405, asText, "GET and HEAD"},
		{"GET", "/api/v2/buildinfo/", 404, asJSON, "nothing under this path"},
		{"GET", "/api/v2/hunter2hunter2", 404, asJSON, "nothing under this path"},
		{"POST", "/api/", 404, asJSON, "nothing under this path"},
		{"GET", "/", 404, asText, "nothing under this path"},
		{"GET", "//api/v2/buildinfo", 404, asText, "nothing under this path"},
		{"GET", "/hunter2hunter2", 404, asText, "nothing under this path"},
	} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
		h := w.Header()
		if w.Code != c.status || h.Get("Content-Type") != c.contentType || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%s %s: got %d, %q, %q, want %d, %q, %q", c.method, c.path,
				w.Code, h.Get("Content-Type"), w.Body, c.status, c.contentType, c.body)
		}
		if strings.Contains(w.Body.String(), "hunter2") {
			t.Errorf("%s %s: the body repeats the path", c.method, c.path)
		}
		if allow := h.Get("Allow"); (allow == "GET, HEAD") != (c.status == 405) {
			t.Errorf("%s %s: got Allow %q with status %d", c.method, c.path, allow, c.status)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Coder-Build-Version") != "v1.2.3" || !uuid.MatchString(h.Get("X-Coder-Request-Id")) {
			t.Errorf("%s %s: got headers %v, want nosniff, the version and an id", c.method, c.path, h)
		}
		if c.status < 400 || c.contentType != asJSON {
			continue
		}
		var fault struct {
			Message, Detail string
			Validations     []struct{}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &fault); err != nil || fault.Message == "" || fault.Validations == nil {
			t.Errorf("%s %s: got body %s, error %v, want message, detail and validations", c.method, c.path, w.Body, err)
		}
	}
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestNewUUID(t *testing.T) {
	t.Parallel()
	a, b := newUUID(), newUUID()
	if !uuid.MatchString(a) || !uuid.MatchString(b) || a == b {
		t.Errorf("got %s and %s, want two random UUIDs", a, b)
	}
}

func TestLargeBodyIsRefused(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("GET", "/api/v2/buildinfo", strings.NewReader("x"))
	r.ContentLength = mostBody + 1
	w := httptest.NewRecorder()
	newSite(build{}, nil).ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a body that says it has %d bytes: got status %d, want 413", r.ContentLength, w.Code)
	}
}

func TestComplaintsAreEscaped(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	const said = "http: a\x1b[31mb\nc\n"
	if n, err := (escaped{&b}).Write([]byte(said)); n != len(said) || err != nil || b.String() != "coder: http: a\\x1b[31mb\\nc\n" {
		t.Errorf("got %d bytes, error %v, %q", n, err, b.String())
	}
}
