package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/pgtest"
)

const (
	reportsPath = "/api/v2/deployment/stats/reports"
	configPath  = "/api/v2/deployment/config"
	statsPath   = "/api/v2/deployment/stats"
)

// bootPostgres boots a server that may be asked as often as a test likes.
func bootPostgres(t *testing.T, url string, change func(*process)) *booted {
	t.Helper()
	return boot(t, "", change, "--postgres-url="+url, "--agent-stats-refresh-interval=10ms", "--dangerous-disable-rate-limits")
}

// signIn makes a user of a role, and a token.
func signIn(t *testing.T, url, role string) string {
	t.Helper()
	cli(t, "", "users", "create", "--username="+role, "--role="+role, "--postgres-url="+url)
	return newToken(t, url, role)
}

func newToken(t *testing.T, url, user string) string {
	t.Helper()
	return cli(t, "", "tokens", "create", "--user="+user, "--postgres-url="+url)
}

// batch is a report of one agent; both are of that number.
func batch(number, rx int) string {
	id := fmt.Sprintf("00000000-0000-4000-8000-%012d", number)
	return fmt.Sprintf(`{"id":%q,"agents":[{"agent_id":%q,"rx_bytes":%d}]}`, id, id, rx)
}

// report sends a batch and returns the status.
func (b *booted) report(token, batch string) answer {
	b.Helper()
	return b.ask("POST", reportsPath, batch, tokenHeader, token, "Content-Type", "application/json")
}

// received waits until the statistics count so many bytes.
func (b *booted) received(token string, rx int) {
	b.Helper()
	b.eventually(fmt.Sprint(rx, " bytes in the statistics"), func() bool {
		return b.get(statsPath, tokenHeader, token).member("workspaces.rx_bytes") == float64(rx)
	})
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	url := pgtest.Database(t)
	b := bootPostgres(t, url, nil)
	owner, member := signIn(t, url, "owner"), signIn(t, url, "member")
	config := b.get(configPath, tokenHeader, owner)
	want(t, config.StatusCode, 200)
	want(t, strings.Contains(config.body, `"agent_stat_refresh_interval":10000000`), true)
	want(t, strings.Contains(config.body, "pgtest"), false) // of the URL
	want(t, b.get(configPath, tokenHeader, member).StatusCode, 403)
	want(t, b.get(statsPath, tokenHeader, owner).member("workspaces.rx_bytes"), 0.0)
	want(t, b.get("/readyz").StatusCode, 200)
	_, err := os.Stat(filepath.Join(b.state, databaseFile))
	want(t, os.IsNotExist(err), true)
	id := b.get("/api/v2/buildinfo").member("deployment_id")
	want(t, b.stop(), exitOK)
	again := bootPostgres(t, url, nil)
	want(t, again.get("/api/v2/buildinfo").member("deployment_id"), id)
	want(t, again.get(configPath, tokenHeader, owner).StatusCode, 200)
}

// A server whose database goes away says so, and works again when it is back.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	url := server.Database(t)
	b := bootPostgres(t, url, nil)
	// Nothing but requests tells this one of its database.
	quiet := boot(t, "", nil, "--postgres-url="+url, "--agent-stats-refresh-interval=1h", "--dangerous-disable-rate-limits")
	owner, reporter := signIn(t, url, "owner"), signIn(t, url, "reporter")
	unseen := newToken(t, url, "owner")
	want(t, b.get(configPath, tokenHeader, owner).StatusCode, 200)
	want(t, b.report(reporter, batch(1, 5)).StatusCode, 204)
	b.received(owner, 5)
	want(t, []int{b.get("/readyz").StatusCode, quiet.get("/readyz").StatusCode}, []int{200, 200})

	server.Stop(t)
	for _, a := range []answer{b.get(configPath, tokenHeader, unseen), b.report(reporter, batch(2, 7)), quiet.get(configPath, tokenHeader, unseen)} {
		want(t, a.StatusCode, 503)
		want(t, a.Header.Get("Content-Type"), "application/json; charset=utf-8")
		want(t, a.Header.Get("Retry-After"), "5")
		want(t, a.body, `{"message":"The database does not answer.","detail":"Try again in a moment.","validations":[]}`)
	}
	want(t, []int{b.get("/readyz").StatusCode, quiet.get("/readyz").StatusCode}, []int{503, 503})
	want(t, []int{b.get("/healthz").StatusCode, quiet.get("/healthz").StatusCode}, []int{200, 200})
	want(t, b.get(statsPath, tokenHeader, owner).member("workspaces.rx_bytes"), 5.0) // as it was last

	server.Restart(t)
	for _, b := range []*booted{b, quiet} {
		b.eventually("a server that is ready", func() bool { return b.get("/readyz").StatusCode == 200 })
	}
	// A connection of before may still fail once.
	b.eventually("a token that is found", func() bool { return b.get(configPath, tokenHeader, unseen).StatusCode == 200 })
	b.eventually("a report that is kept", func() bool { return b.report(reporter, batch(2, 7)).StatusCode == 204 })
	b.received(owner, 12)
}

// Two servers on one database are one deployment.
func TestReplicas(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64 // of the clock on the wall
	now := func(p *process) {
		p.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	}
	url := pgtest.Database(t)
	one, other := bootPostgres(t, url, now), bootPostgres(t, url, now)
	owner, reporter := signIn(t, url, "owner"), signIn(t, url, "reporter")
	want(t, one.get("/api/v2/buildinfo").member("deployment_id"), other.get("/api/v2/buildinfo").member("deployment_id"))
	for _, b := range []*booted{one, other} {
		want(t, b.get(configPath, tokenHeader, owner).StatusCode, 200)
	}

	want(t, one.report(reporter, batch(1, 5)).StatusCode, 204)
	other.received(owner, 5)
	want(t, other.report(reporter, batch(2, 7)).StatusCode, 204)
	want(t, other.report(reporter, batch(1, 5)).StatusCode, 204) // again, and counted once
	one.received(owner, 12)
	other.received(owner, 12)

	doomed := newToken(t, url, "owner")
	for _, b := range []*booted{one, other} {
		want(t, b.get(configPath, tokenHeader, doomed).StatusCode, 200)
	}
	cli(t, "", "tokens", "revoke", doomed, "--postgres-url="+url)
	ahead.Store(int64(time.Minute)) // which a server may believe what it knows
	for _, b := range []*booted{one, other} {
		want(t, b.get(configPath, tokenHeader, doomed).StatusCode, 401)
		want(t, b.get(configPath, tokenHeader, owner).StatusCode, 200)
	}
}
