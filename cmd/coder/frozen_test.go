package main

import (
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/pgtest"
)

// A gate is a way to a PostgreSQL on which everything can be held up.
type gate struct {
	mu  sync.RWMutex // held by who holds it up
	url string
}

func newGate(t *testing.T) *gate {
	t.Helper()
	u, err := url.Parse(pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(u.Query().Get("host"), ".s.PGSQL.5432")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	u.Host, u.RawQuery = l.Addr().String(), "sslmode=disable"
	g := &gate{url: u.String()}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("unix", socket)
			if err != nil {
				_ = conn.Close()
				continue
			}
			go g.pass(conn, to)
			go g.pass(to, conn)
		}
	}()
	return g
}

// pass copies from one connection to another while the gate is open.
func (g *gate) pass(from, to net.Conn) {
	defer to.Close()
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		g.mu.RLock()
		_, failed := to.Write(b[:n])
		g.mu.RUnlock()
		if err != nil || failed != nil {
			return
		}
	}
}

// A database that neither answers nor refuses holds up only those who need it,
// and them not for long, keeps no server from its end, and may come back.
func TestDatabaseHangs(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	b, doomed := bootPostgres(t, g.url, nil), bootPostgres(t, g.url, nil)
	owner, reporter := signIn(t, g.url, "owner"), signIn(t, g.url, "reporter")
	unseen := newToken(t, g.url, "owner")
	want(t, b.get(configPath, tokenHeader, owner).StatusCode, 200)
	want(t, b.report(reporter, batch(1, 5)).StatusCode, 204)
	b.received(owner, 5)

	g.mu.Lock()
	begun := time.Now()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { want(t, b.get(configPath, tokenHeader, unseen).StatusCode, 503) })
		all.Go(func() { want(t, b.report(reporter, batch(2, 7)).StatusCode, 503) })
		all.Go(func() { want(t, b.get("/readyz").StatusCode, 503) })
	}
	for range 20 {
		want(t, b.get(configPath, tokenHeader, owner).StatusCode, 200)
		want(t, b.get(statsPath, tokenHeader, owner).member("workspaces.rx_bytes"), 5.0)
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("those who do not need the database waited for it: %v", took) // each would, 3 s or more
	}
	all.Wait()
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("those who need the database waited %v, want at most 15 s", took)
	}
	begun = time.Now()
	want(t, doomed.stop(), exitOK)
	if took := time.Since(begun); took > 10*time.Second { // its connections are given 5 s
		t.Errorf("the stop took %v, want at most 10 s", took)
	}
	g.mu.Unlock()

	b.eventually("a server that is ready", func() bool { return b.get("/readyz").StatusCode == 200 })
	b.eventually("a token that is found", func() bool { return b.get(configPath, tokenHeader, unseen).StatusCode == 200 })
	b.eventually("a report that is kept", func() bool { return b.report(reporter, batch(2, 7)).StatusCode == 204 })
	b.received(owner, 12)
}
