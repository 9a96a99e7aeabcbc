package httpapi_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/httpapi"
)

// everyPath is all paths of the API, and some that lead nowhere.
func everyPath(t *testing.T, s *site) []string {
	t.Helper()
	out := []string{"/api/v2", "/api/v2/nowhere", "/nowhere", "/swagger/", "/swagger/doc.json"}
	for path, item := range decode[struct{ Paths map[string]map[string]any }](t, s.OpenAPI()).Paths {
		if item["servers"] == nil {
			path = "/api/v2" + path
		}
		out = append(out, strings.ReplaceAll(path, "{user}", "me"))
	}
	return out
}

var everyMethod = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"}

func swagger(c *httpapi.Config) { c.Swagger = true }

// endless is a body that says nothing of its length.
type endless struct{ read int }

func (e *endless) Read(b []byte) (int, error) {
	e.read += len(b)
	return copy(b, bytes.Repeat([]byte("x"), len(b))), nil
}

func TestLimitsHoldOnEveryPathAndMethod(t *testing.T) {
	t.Parallel()
	s := newSite(t, swagger)
	for _, path := range everyPath(t, s) {
		for _, method := range everyMethod {
			check := func(what string, r *http.Request, want int) {
				t.Helper()
				if w := s.send(r); w.Code != want {
					t.Errorf("%s %s with %s: status %d, want %d", method, path, what, w.Code, want)
				}
			}
			check("a large body", request(method, path, strings.Repeat("x", httpapi.MaxBody+1), as(ownerToken)), 413)

			body := &endless{}
			r := request(method, path, "x", as(ownerToken))
			r.Body, r.ContentLength = io.NopCloser(body), -1
			check("an endless body", r, 413)
			if body.read > 4*httpapi.MaxBody {
				t.Errorf("%s %s: %d bytes of an endless body were read", method, path, body.read)
			}
			check("an encoded body", request(method, path, "x", as(ownerToken), "Content-Encoding: gzip"), 415)
			check("a large header", request(method, path, "", as(ownerToken), "X: "+strings.Repeat("x", httpapi.MaxHeader)), 431)
			check("large headers", request(method, path, "", as(ownerToken), "X: "+strings.Repeat("x", 9<<10), "Y: "+strings.Repeat("y", 9<<10)), 431)
			check("a long query", request(method, path+"?"+strings.Repeat("x", httpapi.MaxURL), "", as(ownerToken)), 414)
		}
	}
}

// A body of exactly the limit is read by the handler, which finds fault with
// it for other reasons.
func TestABodyOfTheLimitIsRead(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := s.do("POST", "/api/v2/csp/reports", strings.Repeat("x", httpapi.MaxBody), as(memberToken), "Content-Type: application/json")
	if w.Code != http.StatusBadRequest {
		t.Errorf("status %d, want 400", w.Code)
	}
}

// raw sends bytes to a server and returns what came back.
func raw(t *testing.T, address string, parts ...string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	go func() {
		for _, part := range parts {
			if _, err := io.WriteString(conn, part); err != nil {
				return // the server had enough
			}
		}
	}()
	reply, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = reply.Body.Close() }()
	body, _ := io.ReadAll(reply.Body)
	return fmt.Sprintf("%d %s", reply.StatusCode, body)
}

func TestAgainstARealServer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	server := httptest.NewUnstartedServer(s.API)
	server.Config.MaxHeaderBytes = 2 * httpapi.MaxHeader
	server.Config.ReadTimeout = time.Second
	server.Start()
	t.Cleanup(server.Close)
	address := server.Listener.Addr().String()
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write(make([]byte, 10<<20))
	_ = z.Close()

	head := func(method, path string) string { return method + " " + path + " HTTP/1.1\r\nHost: x\r\n" }
	chunk := fmt.Sprintf("%x\r\n%s\r\n", 16<<10, strings.Repeat("x", 16<<10))
	for _, c := range []struct {
		name  string
		parts []string
		want  string
	}{
		{"large header", []string{head("GET", "/healthz"), "A: " + strings.Repeat("x", 40<<10), "\r\n\r\n"}, "431"},
		{"many headers", []string{head("GET", "/healthz"), strings.Repeat("A: b\r\n", 10_000), "\r\n"}, "431"},
		{"large cookie", []string{head("GET", "/healthz"), "Cookie: " + strings.Repeat("x", 1<<20), "\r\n\r\n"}, "431"},
		{"long path", []string{head("GET", "/"+strings.Repeat("x", 10<<10)), "\r\n"}, "414"},
		{"endless chunks", append([]string{head("POST", "/api/v2/csp/reports") + "Transfer-Encoding: chunked\r\n\r\n"}, strings.Split(strings.Repeat(chunk+"|", 100), "|")...), "413"},
		{"length over the limit", []string{head("GET", "/healthz"), "Content-Length: 65537\r\n\r\n"}, "413"},
		{"length that lies", []string{head("POST", "/api/v2/csp/reports"), "Content-Length: 100\r\n\r\n{}"}, "408"},
		{"compressed", []string{head("POST", "/api/v2/csp/reports"), fmt.Sprintf("Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", zipped.Len()), zipped.String()}, "415"},
		{"absolute form", []string{"GET http://evil.example.com/api/v2/buildinfo HTTP/1.1\r\nHost: x\r\n\r\n"}, "200"},
		{"asterisk", []string{"GET * HTTP/1.1\r\nHost: x\r\n\r\n"}, "404"},
		{"CONNECT", []string{"CONNECT evil.example.com:443 HTTP/1.1\r\nHost: evil.example.com:443\r\n\r\n"}, "404"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := raw(t, address, c.parts...); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %.200q, want %s", got, c.want)
			}
		})
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *httpapi.Config) { c.RateLimit = 10 })
	from := func(address, token string) *httptest.ResponseRecorder {
		r := request("GET", "/api/v2/experiments", "")
		if r.RemoteAddr = address; token != "" {
			r.Header.Set("Coder-Session-Token", token)
		}
		return s.send(r)
	}
	const here, there = "192.0.2.1:1000", "192.0.2.2:1000"
	for i := range 10 {
		if w := from(here, ""); w.Code != 401 {
			t.Fatalf("request %d: status %d, want 401", i, w.Code)
		}
	}
	w := from(here, "")
	if w.Code != 429 || w.Header().Get("Retry-After") != "6" {
		t.Errorf("one more than 10 a minute: status %d, Retry-After %q, want 429 and 6", w.Code, w.Header().Get("Retry-After"))
	}
	if w := from(there, ""); w.Code != 401 {
		t.Errorf("another client: status %d, want 401", w.Code)
	}
	if w := s.get("/healthz"); w.Code != 200 {
		t.Errorf("a probe: status %d, want 200", w.Code)
	}
	s.wait(6 * time.Second)
	if w := from(here, ""); w.Code != 401 {
		t.Errorf("after Retry-After: status %d, want 401", w.Code)
	}
	if w := from(here, ""); w.Code != 429 {
		t.Errorf("twice after Retry-After: status %d, want 429", w.Code)
	}

	// Somebody known has an allowance of their own, wherever they are.
	s.wait(time.Minute)
	if w := from(there, memberToken); w.Code != 200 {
		t.Fatalf("a member: status %d, want 200", w.Code)
	}
	for range 15 {
		from(there, "")
	}
	for i := range 10 {
		if w := from(there, memberToken); w.Code != 200 {
			t.Errorf("request %d of a member behind a loud address: status %d, want 200", i, w.Code)
		}
	}
	if w := from(here, memberToken); w.Code != 429 {
		t.Errorf("a member who had 10, from another address: status %d, want 429", w.Code)
	}
	if w := from("[2001:db8::1]:1", ""); w.Code != 401 {
		t.Errorf("a client by IPv6: status %d, want 401", w.Code)
	}
	for range 9 {
		from("[2001:db8::2]:1", "")
	}
	if w := from("[2001:db8::3]:1", ""); w.Code != 429 {
		t.Errorf("another address of the same /64: status %d, want 429", w.Code)
	}
}

// However many clients come, the limiter takes no more memory, and those
// beyond it are limited too.
func TestRateLimitOfManyClients(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *httpapi.Config) { c.RateLimit = 2 })
	refused := 0
	for i := range 10_100 {
		r := request("GET", "/api/v2/buildinfo", "")
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", i>>16, i>>8&255, i&255)
		w := httptest.NewRecorder()
		if s.ServeHTTP(w, r); w.Code == 429 {
			refused++
		}
	}
	if refused != 98 {
		t.Errorf("of 100 clients too many %d were refused, want 98", refused)
	}
	s.wait(2 * time.Minute)
	if w := s.get("/api/v2/buildinfo"); w.Code != 200 {
		t.Errorf("after a rest: status %d, want 200", w.Code)
	}
}
