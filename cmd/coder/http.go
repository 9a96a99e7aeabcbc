package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/strataconf/strata/option"
)

// The limits of the listener. A client that is slower or louder than these is
// cut off, so that it costs the others nothing.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 15 * time.Second
	idleTimeout       = time.Minute
	mostHeader        = 16 << 10
	mostBody          = 64 << 10
	stopTimeout       = 4 * time.Second // of the 5 s that a stop may take
)

// serve answers HTTP until the context ends, and lets requests finish then.
func (p *program) serve(ctx context.Context, snap *snapshot) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", snap.View().HTTPAddress)
	if ctx.Err() != nil {
		if err == nil {
			_ = l.Close()
		}
		return nil // told to stop before it began
	}
	if err != nil {
		writeProblems(p.Stderr, option.Problems{noListener(snap, err)})
		return errReported
	}
	srv := &http.Server{
		Handler:           newSite(p.Build, newBuildInfo(p.Build, snap)),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    mostHeader,
		ErrorLog:          log.New(escaped{p.Stderr}, "", 0),
	}
	fmt.Fprintf(p.Stderr, "coder: listening on http://%s\n", l.Addr())
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return errors.New("the listener failed: " + osReason(err))
	case <-ctx.Done():
	}
	// The context that ended must not end the farewell too.
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if srv.Shutdown(stop) != nil {
		_ = srv.Close() // the slow ones had their time
	}
	<-done
	fmt.Fprintln(p.Stderr, "coder: stopped")
	return nil
}

// noListener puts a refused address to the place that named it.
func noListener(snap *snapshot, err error) *option.Problem {
	p := &option.Problem{Code: "no-listener", Reason: "the server can't listen there: " + osReason(err)}
	p.Option = snap.Catalog().ByFlag("http-address")
	if dns := new(net.DNSError); errors.As(err, &dns) {
		p.Reason = "the server can't listen there: the host is not known"
	}
	s := snap.Setting(p.Option)
	p.Origin = s.Origin()
	if n := len(s.Inputs); n > 0 {
		p.Option = s.Inputs[n-1].Option
	}
	p.Name = p.Origin.Spelling(p.Option)
	return p
}

// escaped is where net/http complains. It may quote what a client sent.
type escaped struct{ to io.Writer }

func (e escaped) Write(b []byte) (int, error) {
	_, err := fmt.Fprintln(e.to, "coder: "+option.Escape(strings.TrimRight(string(b), "\n")))
	return len(b), err
}

// A site is the part of the API that this program has, and its manners.
type site struct {
	version string
	routes  map[string]answer
}

// An answer is one fixed document.
type answer struct {
	contentType string
	body        []byte
}

const (
	typeJSON = "application/json; charset=utf-8"
	typeText = "text/plain; charset=utf-8"
)

func newSite(b build, info []byte) *site {
	return &site{version: b.Version, routes: map[string]answer{
		"/api/v2/buildinfo": {typeJSON, info},
		"/healthz":          {typeText, []byte("OK\n")},
	}}
}

// ServeHTTP answers one request.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Coder-Build-Version", s.version)
	h.Set("X-Coder-Request-Id", newUUID())
	route, known := s.routes[r.URL.Path]
	switch {
	case r.ContentLength > mostBody:
		s.fail(w, r, http.StatusRequestEntityTooLarge, "The body of the request is too large.")
	case !known:
		s.fail(w, r, http.StatusNotFound, "There is nothing under this path.")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		s.fail(w, r, http.StatusMethodNotAllowed, "This path answers to GET and HEAD only.")
	default:
		h.Set("Cache-Control", "no-cache")
		send(w, http.StatusOK, route)
	}
}

// fail answers with a fixed text: what a client sent is never sent back.
func (s *site) fail(w http.ResponseWriter, r *http.Request, status int, message string) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		send(w, status, answer{typeText, []byte(message + "\n")})
		return
	}
	b := option.AppendJSONString([]byte(`{"message":`), message)
	send(w, status, answer{typeJSON, append(b, `,"detail":"","validations":[]}`...)})
}

func send(w http.ResponseWriter, status int, a answer) {
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("Content-Length", fmt.Sprint(len(a.body)))
	w.WriteHeader(status)
	_, _ = w.Write(a.body) // a client that has gone needs no answer
}
