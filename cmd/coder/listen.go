package main

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/option"
)

// bounds are the limits of a listener. A client that is slower or louder than these is
// cut off, so that it costs the others nothing.
type bounds struct {
	header, request, answer, idle time.Duration // how long each may take
	connections                   int
}

// An answer has longer than its request, or else a request that is too slow
// could not be told so.
var usualBounds = bounds{header: 5 * time.Second, request: 15 * time.Second, answer: 20 * time.Second, idle: time.Minute, connections: 8192}

// mostStreams are those of one connection of HTTP/2.
const mostStreams = 100

// doors are the listeners of a server. What is nil does not listen.
type doors struct {
	plain, tls net.Listener
	config     *tls.Config
	bounds     bounds
}

// listen opens the addresses. Nobody is answered yet, but whoever connects
// waits.
func listen(ctx context.Context, snap *snapshot, most bounds) (*doors, *option.Problem) {
	v := snap.View()
	d := &doors{bounds: most}
	open := func(flag, address string, to *net.Listener) *option.Problem {
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			_ = d.Close()
			return blame(snap, flag, "no-listener", "the server can't listen there: "+netReason(err))
		}
		*to = newCapped(l, most.connections)
		return nil
	}
	if v.HTTPAddress != "" {
		if p := open("http-address", v.HTTPAddress, &d.plain); p != nil {
			return nil, p
		}
	}
	if v.TLS.Enable {
		if p := open("tls-address", v.TLS.Address.String(), &d.tls); p != nil {
			return nil, p
		}
	}
	return d, nil
}

func netReason(err error) string {
	if dns := new(net.DNSError); errors.As(err, &dns) {
		return "the host is not known"
	}
	return osReason(err)
}

// blame puts a fault to the place that named an option.
func blame(snap *snapshot, flag, code, reason string) *option.Problem {
	p := &option.Problem{Code: code, Reason: reason}
	p.Option = snap.Catalog().ByFlag(flag)
	s := snap.Setting(p.Option)
	p.Origin = s.Origin()
	if n := len(s.Inputs); n > 0 {
		p.Option = s.Inputs[n-1].Option
	}
	p.Name = p.Origin.Spelling(p.Option)
	return p
}

// refuse prints a problem that ends a start.
func (p *program) refuse(problem *option.Problem) error {
	writeProblems(p.Stderr, option.Problems{problem})
	return errReported
}

// Close closes what listens.
func (d *doors) Close() error {
	for _, l := range []net.Listener{d.plain, d.tls} {
		if l != nil {
			_ = l.Close()
		}
	}
	return nil
}

// servers answer at the doors.
type servers struct {
	all    []*http.Server
	urls   []string
	failed chan error // the first that failed by itself
	done   sync.WaitGroup
}

// open begins to answer.
func (d *doors) open(handler http.Handler, logs *logs) *servers {
	s := &servers{failed: make(chan error, 2)}
	serve := func(l net.Listener, scheme string, config *tls.Config) {
		if l == nil {
			return
		}
		srv := newServer(handler, logs, config, d.bounds)
		s.all = append(s.all, srv)
		s.urls = append(s.urls, scheme+"://"+l.Addr().String())
		s.done.Go(func() {
			answer := func() error { return srv.Serve(l) }
			if config != nil {
				answer = func() error { return srv.ServeTLS(l, "", "") }
			}
			if err := answer(); !errors.Is(err, http.ErrServerClosed) {
				s.failed <- err
			}
		})
	}
	serve(d.plain, "http", nil)
	serve(d.tls, "https", d.config)
	return s
}

func newServer(handler http.Handler, logs *logs, config *tls.Config, most bounds) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(config != nil && speaksHTTP2(config))
	return &http.Server{
		Handler:           handler,
		TLSConfig:         config,
		Protocols:         protocols,
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: mostStreams},
		ReadHeaderTimeout: most.header,
		ReadTimeout:       most.request,
		WriteTimeout:      most.answer,
		IdleTimeout:       most.idle,
		MaxHeaderBytes:    2 * httpapi.MaxHeader, // the API refuses what is larger than one, and says so as it says all
		ErrorLog:          logs.complaints(),

		DisableGeneralOptionsHandler: true, // its answers to "OPTIONS *" lack our headers
	}
}

// stop lets requests end until the context does, and reports whether some
// were cut off.
func (s *servers) stop(ctx context.Context) (cut bool) {
	var all sync.WaitGroup
	cuts := make([]bool, len(s.all))
	for i, srv := range s.all {
		all.Go(func() {
			if srv.Shutdown(ctx) != nil {
				cuts[i] = true
				_ = srv.Close() // the slow ones had their time
			}
		})
	}
	all.Wait()
	s.done.Wait()
	for _, c := range cuts {
		cut = cut || c
	}
	return cut
}

// capped is a listener that lets so many connections in at a time. Others wait
// in the queue of the system.
type capped struct {
	net.Listener
	free   chan struct{}
	closed chan struct{}
	once   sync.Once
}

func newCapped(l net.Listener, most int) *capped {
	return &capped{Listener: l, free: make(chan struct{}, most), closed: make(chan struct{})}
}

// Accept waits for a free place, then for a connection.
func (c *capped) Accept() (net.Conn, error) {
	select {
	case c.free <- struct{}{}:
	case <-c.closed:
		return nil, net.ErrClosed
	}
	conn, err := c.Listener.Accept()
	if err != nil {
		<-c.free
		return nil, err
	}
	return &guest{Conn: conn, leave: sync.OnceFunc(func() { <-c.free })}, nil
}

// Close also ends an Accept that waits for a place.
func (c *capped) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Listener.Close()
}

// A guest is a connection that gives its place back.
type guest struct {
	net.Conn
	leave func()
}

func (g *guest) Close() error {
	err := g.Conn.Close()
	g.leave()
	return err
}
