package httpapi_test

import (
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/stats"
	"github.com/strataconf/strata/values"
)

// The tokens of the tests, one a role.
const (
	ownerToken    = "owner00000-0123456789abcdefghijkl"
	auditorToken  = "auditor000-0123456789abcdefghijkl"
	memberToken   = "member0000-0123456789abcdefghijkl"
	reporterToken = "reporter00-0123456789abcdefghijkl"
	expiredToken  = "expired000-0123456789abcdefghijkl"
)

var epoch = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

type user struct{ id, name, role string }

var users = []user{
	{"00000000-0000-4000-8000-000000000001", "olga", httpapi.RoleOwner},
	{"00000000-0000-4000-8000-000000000002", "aude", httpapi.RoleAuditor},
	{"00000000-0000-4000-8000-000000000003", "mia", httpapi.RoleMember},
	{"00000000-0000-4000-8000-000000000004", "rob", httpapi.RoleReporter},
}

type missing struct{}

func (missing) Error() string  { return "not found" }
func (missing) NotFound() bool { return true }

// A world is all that an API asks, in memory.
type world struct {
	mu       sync.Mutex
	now      time.Time
	reads    int   // of tokens
	down     error // the store is away
	revoked  bool
	redacted *option.Redacted
	reports  []stats.Batch
	latest   []string // version and page
}

func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

func (w *world) Redacted() *option.Redacted {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.redacted
}

func (w *world) Token(_ context.Context, id string) (hash [32]byte, userID, username, role string, expires time.Time, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reads++
	if w.down != nil {
		return hash, "", "", "", expires, w.down
	}
	hash, expires = sha256.Sum256([]byte("0123456789abcdefghijkl")), epoch.Add(24*time.Hour)
	for i, token := range []string{ownerToken, auditorToken, memberToken, reporterToken, expiredToken} {
		if token[:10] != id || w.revoked {
			continue
		}
		if token == expiredToken {
			expires = epoch
		}
		u := users[i%len(users)]
		return hash, u.id, u.name, u.role, expires, nil
	}
	return hash, "", "", "", expires, missing{}
}

func (w *world) User(_ context.Context, nameOrID string) (id, username, role string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down != nil {
		return "", "", "", w.down
	}
	if len(nameOrID) > 64 || strings.ContainsFunc(nameOrID, func(r rune) bool { return r <= ' ' || r > '~' }) {
		panic("the store is asked for a name that nobody can have")
	}
	for _, u := range users {
		if u.id == nameOrID || u.name == nameOrID {
			return u.id, u.name, u.role, nil
		}
	}
	return "", "", "", missing{}
}

func (w *world) Report(_ context.Context, b stats.Batch) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down == nil {
		w.reports = append(w.reports, b)
	}
	return w.down
}

func (w *world) Snapshot() stats.Answer { return stats.Empty(w.Now()) }

func (w *world) Latest() (version, url string, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.latest) == 0 {
		return "", "", false
	}
	return w.latest[0], w.latest[1], true
}

// A site is an API over a world. Every answer that it gives is held against
// its OpenAPI document.
type site struct {
	*httpapi.API
	*world
	t   testing.TB
	doc *contract
	log *syncBuilder
}

// syncBuilder takes what is logged.
type syncBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *syncBuilder) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *syncBuilder) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var registry = sync.OnceValues(func() (*option.Registry[values.DeploymentValues], error) {
	return values.Build(option.Host{Version: "v1.2.3", CacheDir: "/cache", StateDir: "/state", Testing: true})
})

// configuration resolves flags and their texts, in turn.
func configuration(t testing.TB, pairs ...string) *option.Redacted {
	t.Helper()
	r, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	var layer option.Layer
	layer.Source = option.SourceFlag
	for i := 0; i < len(pairs); i += 2 {
		layer.Inputs = append(layer.Inputs, option.Input{
			Option: r.ByFlag(pairs[i]), Origin: option.Origin{Source: option.SourceFlag, Arg: int32(i), Name: "--" + pairs[i]}, Raw: option.RawText(pairs[i+1]),
		})
	}
	s, problems := r.Resolve([]option.Layer{layer})
	if s == nil {
		t.Fatal(problems)
	}
	return s.Redact()
}

// defaults is the configuration that all tests share which look at none.
var defaults atomic.Pointer[option.Redacted]

func newSite(t testing.TB, changes ...func(*httpapi.Config)) *site {
	t.Helper()
	if defaults.Load() == nil {
		defaults.Store(configuration(t))
	}
	s := &site{t: t, world: &world{now: epoch, redacted: defaults.Load()}, log: &syncBuilder{}}
	cfg := httpapi.Config{
		Build: httpapi.Build{
			Version: "v1.2.3", ExternalURL: "https://example.com/v1.2.3", DeploymentID: "11111111-1111-4111-8111-111111111111",
			Telemetry: true, UpgradeMessage: "Upgrade, please.",
		},
		Settings: s.world, Tokens: s.world, Users: s.world, Stats: s.world, Updates: s.world, Now: s.Now,
		Log:              slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		AccessURL:        "https://app.example.com",
		SSH:              httpapi.SSH{Prefix: "app.", Suffix: "app", Options: []string{"A=1", "B 2=3", "A=x y"}},
		MaxTokenLifetime: 100 * time.Hour, MaxAdminTokenLifetime: 7 * time.Hour,
	}
	for _, change := range changes {
		change(&cfg)
	}
	api, err := httpapi.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.API, s.doc = api, contractOf(t, api)
	return s
}

// request makes a request; each further word is a header, "Name: value".
func request(method, target, body string, headers ...string) *http.Request {
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req := httptest.NewRequest(method, "/", r)
	if u, err := req.URL.Parse(target); err == nil {
		req.URL, req.RequestURI = u, target
	}
	req.RemoteAddr = "192.0.2.1:1234"
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ":")
		req.Header.Add(name, strings.TrimSpace(value))
	}
	return req
}

// as is the header with a token.
func as(token string) string { return "Coder-Session-Token: " + token }

// send sends a request and checks the answer against the document.
func (s *site) send(r *http.Request) *httptest.ResponseRecorder {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	s.doc.check(s.t, r, w)
	return w
}

// do is send for a request that is made of these.
func (s *site) do(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.send(request(method, target, body, headers...))
}

func (s *site) get(target string, headers ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.do("GET", target, "", headers...)
}
