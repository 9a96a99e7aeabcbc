package httpapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"time"

	"github.com/strataconf/strata/option"
)

// An API is the handler. It is safe for concurrent use.
type API struct {
	cfg      Config
	steps    []step // in the order in which a request passes them
	mux      *http.ServeMux
	exact    map[string]found // paths that have no parameter
	redirect *redirect
	always   [][2]string // headers of every answer
	hsts     string      // Strict-Transport-Security
	tokens   *tokenCache
	limiter  *limiter
	config   configCache
	reports  *reportLog
	fixed    fixedBodies
}

// A call is one request on its way.
type call struct {
	*http.Request
	id     string
	began  time.Time
	client netip.Addr
	secure bool   // the client speaks TLS, with us or with a trusted proxy
	host   string // the host that the client asked for
	body   []byte
	found  []*route // those of the path, one a method
	route  *route
	token  credential
	who    Identity
}

// A step looks at a call and may end it with a reply. It returns nil to let
// the call go on.
type step func(*call) *reply

// New returns a handler for the paths below /api/, for /healthz and /readyz
// and, if asked for, for /swagger.
func New(cfg Config) (*API, error) {
	access, err := cfg.check()
	if err != nil {
		return nil, err
	}
	a := &API{
		cfg:     cfg,
		tokens:  newTokenCache(cfg.Tokens, cfg.Now),
		limiter: newLimiter(cfg.RateLimit),
		always:  commonHeaders(&cfg),
		hsts:    cfg.HSTS.header(),
		reports: newReportLog(cfg.Log),
	}
	if cfg.RedirectToAccessURL && access != nil {
		a.redirect = newRedirect(access, cfg.ServesTLS)
	}
	a.fixed = newFixedBodies(&a.cfg)
	routes := a.routes()
	if a.cfg.Swagger {
		routes = append(routes, a.swagger()...)
	}
	a.mux, a.exact = newMux(routes)
	a.steps = []step{limits, a.find, a.moved, a.preflight, a.admit, a.method, a.known, consumes}
	return a, nil
}

// ServeHTTP answers one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &call{id: newID(), began: a.cfg.Now()}
	c.client, c.secure, c.host = a.cfg.Proxies.See(r)
	c.Request = r.WithContext(context.WithValue(r.Context(), callKey{}, c))
	a.headers(w.Header(), c)
	out := a.answer(c)
	if out.plain != "" && !inAPI(r) {
		out.contentType, out.body = typeText, []byte(out.plain+"\n")
	}
	out.send(w, r.Method)
	a.log(c, &out)
}

// answer sends a call through the steps, and a panic into the log.
func (a *API) answer(c *call) (out reply) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		if v == http.ErrAbortHandler {
			panic(v)
		}
		// The value may hold anything, a secret too; its type can't.
		out = internal.because(fmt.Sprintf("panic with a %T at %s", v, frames()))
	}()
	for _, step := range a.steps {
		if r := step(c); r != nil {
			return *r
		}
	}
	return c.route.handle(c)
}

// frames lists the functions of a panic, without their arguments.
func frames() string {
	var pcs [24]uintptr
	all := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs[:])])
	var b strings.Builder
	for {
		f, more := all.Next()
		fmt.Fprintf(&b, "%s:%d ", f.Function, f.Line)
		if !more {
			return strings.TrimSpace(b.String())
		}
	}
}

type callKey struct{}

// RequestID returns the id of the request that a context belongs to, or "".
// Answers carry it in X-Coder-Request-Id, and log records should too.
func RequestID(ctx context.Context) string {
	c, _ := ctx.Value(callKey{}).(*call)
	if c == nil {
		return ""
	}
	return c.id
}

// mostLogged is how many bytes of a path the log takes.
const mostLogged = 256

// log writes what came of a request. The query is left out: people paste
// tokens into it.
func (a *API) log(c *call, out *reply) {
	level := slog.LevelInfo
	switch {
	case out.status >= 500 && c.Context().Err() == nil: // else the client has gone
		level = slog.LevelError
	case c.route != nil && c.route.quiet:
		level = slog.LevelDebug
	}
	if !a.cfg.Log.Enabled(c.Context(), level) {
		return
	}
	path, took := c.URL.EscapedPath(), a.cfg.Now().Sub(c.began)
	attrs := append(make([]slog.Attr, 0, 10),
		slog.String("request_id", c.id),
		slog.String("method", option.Escape(c.Method[:min(len(c.Method), 16)])),
		slog.String("path", option.Escape(path[:min(len(path), mostLogged)])),
		slog.Int("status", out.status),
		slog.Int("bytes", len(out.body)),
		slog.Duration("took", took),
		slog.String("client", c.client.String()),
	)
	if c.route != nil {
		attrs = append(attrs, slog.String("route", c.route.path))
	}
	if c.who.ID != "" {
		attrs = append(attrs, slog.String("user_id", c.who.ID))
	}
	if out.reason != "" {
		attrs = append(attrs, slog.String("reason", out.reason))
	}
	// Not through the logger, which would look up who called it.
	record := slog.NewRecord(c.began.Add(took), level, "request", 0)
	record.AddAttrs(attrs...)
	_ = a.cfg.Log.Handler().Handle(c.Context(), record) // nobody can be told that it failed
}

// newID returns a random UUID, version 4.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, by its documentation
	b[6] = b[6]&0x0F | 0x40
	b[8] = b[8]&0x3F | 0x80
	var out [36]byte
	hex.Encode(out[:8], b[:4])
	hex.Encode(out[9:13], b[4:6])
	hex.Encode(out[14:18], b[6:8])
	hex.Encode(out[19:23], b[8:10])
	hex.Encode(out[24:], b[10:])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out[:])
}
