package httpapi_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/strataconf/strata/httpapi"
)

const (
	ssh    = "/api/v2/deployment/ssh"
	config = "/api/v2/deployment/config"
)

func TestWaysToSendAToken(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	wrong := memberToken[:len(memberToken)-1] + "X"
	for _, c := range []struct {
		name    string
		headers []string
		ok      bool
	}{
		{"header", []string{as(memberToken)}, true},
		{"header in lower case", []string{"coder-session-token: " + memberToken}, true},
		{"cookie", []string{"Cookie: a=b; coder_session_token=" + memberToken}, true},
		{"bearer", []string{"Authorization: Bearer " + memberToken}, true},
		{"bearer in lower case", []string{"Authorization: bearer " + memberToken}, true},
		{"all three", []string{as(memberToken), "Cookie: coder_session_token=" + memberToken, "Authorization: Bearer " + memberToken}, true},
		{"header beside another scheme", []string{as(memberToken), "Authorization: Basic eDp5"}, true},
		{"none", nil, false},
		{"empty", []string{"Coder-Session-Token:"}, false},
		{"empty header and a cookie", []string{"Coder-Session-Token:", "Cookie: coder_session_token=" + memberToken}, false},
		{"wrong last byte", []string{as(wrong)}, false},
		{"wrong first byte", []string{as(memberToken[:11] + "X" + memberToken[12:])}, false},
		{"unknown id", []string{as("nobody0000" + memberToken[10:])}, false},
		{"expired", []string{as(expiredToken)}, false},
		{"long", []string{as(memberToken + strings.Repeat("a", 3000))}, false},
		{"short", []string{as(memberToken[:32])}, false},
		{"not ASCII", []string{as(memberToken[:30] + "é" + "x")}, false},
		{"another separator", []string{as(strings.Replace(memberToken, "-", "_", 1))}, false},
		{"path in the id", []string{as("../../../x-0123456789abcdefghijkl")}, false},
		{"two headers", []string{as(memberToken), as(memberToken)}, false},
		{"two headers that differ", []string{as(memberToken), as(wrong)}, false},
		{"cookie and header differ", []string{as(memberToken), "Cookie: coder_session_token=" + ownerToken}, false},
		{"two cookies that differ", []string{"Cookie: coder_session_token=" + memberToken + "; coder_session_token=" + wrong}, false},
		{"another scheme", []string{"Authorization: Basic " + memberToken}, false},
	} {
		w := s.get(ssh, c.headers...)
		if got := w.Code == http.StatusOK; got != c.ok {
			t.Errorf("%s: status %d, want ok %t", c.name, w.Code, c.ok)
		}
		const refused = `{"message":"This needs a valid token.","detail":"Send it in the header Coder-Session-Token.","validations":[]}`
		if !c.ok && (w.Body.String() != refused || w.Header().Get("WWW-Authenticate") != "Bearer") {
			t.Errorf("%s: got %s, want the one body for all causes", c.name, w.Body)
		}
	}
	if w := s.get(ssh + "?coder_session_token=" + memberToken); w.Code != http.StatusUnauthorized {
		t.Errorf("a token in the query: status %d, want 401", w.Code)
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tokens := map[string]string{"owner": ownerToken, "auditor": auditorToken, "member": memberToken, "reporter": reporterToken}
	const batch = `{"id":"22222222-2222-4222-8222-222222222222","builds":[{"workspace_id":"33333333-3333-4333-8333-333333333333","build_number":1,"transition":"start","status":"pending"}]}`
	for _, c := range []struct{ method, path, body, may string }{
		{"GET", config, "", "owner auditor"},
		{"GET", "/api/v2/deployment/stats", "", "owner auditor"},
		{"POST", "/api/v2/deployment/stats/reports", batch, "reporter"},
		{"POST", "/api/v2/csp/reports", "{}", "owner auditor member reporter"},
		{"GET", ssh, "", "owner auditor member reporter"},
		{"GET", "/api/v2/experiments", "", "owner auditor member reporter"},
		{"GET", "/api/v2/experiments/available", "", "owner auditor member reporter"},
		{"GET", "/api/v2/users/me/keys/tokens/tokenconfig", "", "owner auditor member reporter"},
		{"GET", "/api/v2/users/mia/keys/tokens/tokenconfig", "", "owner auditor member"},
		{"GET", "/api/v2/users/rob/keys/tokens/tokenconfig", "", "owner auditor reporter"},
	} {
		for role, token := range tokens {
			w := s.do(c.method, c.path, c.body, as(token), "Content-Type: application/json")
			may := strings.Contains(c.may, role)
			if may != (w.Code < 300) || !may && w.Code != http.StatusForbidden {
				t.Errorf("%s %s as %s: status %d, want allowed %t", c.method, c.path, role, w.Code, may)
			}
		}
	}
}

func TestTokenConfig(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const of, member, admin = "/api/v2/users/%/keys/tokens/tokenconfig", `{"max_token_lifetime":360000000000000}`, `{"max_token_lifetime":25200000000000}`
	for _, c := range []struct {
		token, user string
		status      int
		body        string
	}{
		{memberToken, "me", 200, member},
		{memberToken, "mia", 200, member},
		{memberToken, users[2].id, 200, member},
		{ownerToken, "me", 200, admin},
		{ownerToken, "mia", 200, member},
		{ownerToken, users[2].id, 200, member},
		{auditorToken, "olga", 200, admin},
		{auditorToken, "me", 200, member},
		{memberToken, "olga", 403, ""},
		{memberToken, "nobody", 403, ""},
		{memberToken, "%00", 403, ""},
		{ownerToken, "nobody", 404, ""},
		{ownerToken, "a%2Fb", 404, ""},
		{ownerToken, "%2e%2e", 404, ""},
		{ownerToken, "%00", 404, ""},
		{ownerToken, "%ff", 404, ""},
		{ownerToken, strings.Repeat("x", 3000), 404, ""},
	} {
		w := s.get(strings.Replace(of, "%", c.user, 1), as(c.token))
		if w.Code != c.status || c.body != "" && w.Body.String() != c.body {
			t.Errorf("%.20s for %.20s: got %d %s, want %d %s", c.user, c.token, w.Code, w.Body, c.status, c.body)
		}
	}
	known, other := s.get(strings.Replace(of, "%", "olga", 1), as(memberToken)), s.get(strings.Replace(of, "%", "nobody", 1), as(memberToken))
	if known.Body.String() != other.Body.String() {
		t.Errorf("a member sees %s for a user and %s for nobody, want the same", known.Body, other.Body)
	}
}

func TestTokensAreReadOnceAMinute(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range 100 {
		s.get(ssh, as(memberToken))
		s.wait(500 * time.Millisecond)
	}
	if s.reads != 1 {
		t.Errorf("100 requests within a minute read the store %d times, want once", s.reads)
	}
	s.wait(10 * time.Second)
	s.get(ssh, as(memberToken))
	if s.reads != 2 {
		t.Errorf("after a minute the store was read %d times, want twice", s.reads)
	}
}

func TestManyAtOnceReadATokenOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if w := s.get(ssh, as(memberToken)); w.Code != 200 {
				t.Errorf("status %d, want 200", w.Code)
			}
		})
	}
	all.Wait()
	if s.reads != 1 {
		t.Errorf("50 requests at once read the store %d times, want once", s.reads)
	}
}

func TestARevokedTokenDiesWithinAMinute(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(ssh, as(memberToken))
	s.set(func() { s.revoked = true })
	s.wait(time.Minute)
	if w := s.get(ssh, as(memberToken)); w.Code != http.StatusUnauthorized {
		t.Errorf("a minute after it was revoked, a token has status %d, want 401", w.Code)
	}
}

func TestATokenEndsOnTime(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.wait(24*time.Hour - time.Second)
	before := s.get(ssh, as(memberToken)).Code
	s.wait(time.Second)
	if after := s.get(ssh, as(memberToken)).Code; before != 200 || after != 401 {
		t.Errorf("a second before its end a token has status %d, at its end %d, want 200 and 401", before, after)
	}
}

func TestForgedTokensDoNotFillTheMemory(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(ssh, as(memberToken))
	for i := range 25_000 {
		s.get("/api/v2/experiments", as(forged(i)))
	}
	reads := s.reads
	s.get(ssh, as(memberToken))
	if s.reads != reads {
		t.Error("forged tokens pushed a good one out of the cache")
	}
}

func forged(i int) string {
	id := []byte("forged0000")
	for at := 9; i > 0; at, i = at-1, i/10 {
		id[at] = byte('0' + i%10)
	}
	return string(id) + "-0123456789abcdefghijkl"
}

func TestTheStoreIsAway(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *httpapi.Config) { c.Ready = nil })
	s.down = errors.New("the database refused table hunter2\x1b")
	for _, c := range []struct{ path, token string }{{ssh, memberToken}, {ssh, memberToken}, {config, ownerToken}} {
		w := s.get(c.path, as(c.token))
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || strings.Contains(w.Body.String(), "hunter2") {
			t.Errorf("%s without a store: got %d, Retry-After %q, %s, want 503 with one and no cause", c.path, w.Code, w.Header().Get("Retry-After"), w.Body)
		}
	}
	s.set(func() { s.down = nil })
	if w := s.get(ssh, as(memberToken)); w.Code != 200 {
		t.Errorf("once the store is back: status %d, want 200", w.Code)
	}
	if log := s.log.String(); !strings.Contains(log, `the database refused table hunter2\\x1b`) {
		t.Errorf("the log does not have the cause, escaped: %s", log)
	}
}
