package main

import (
	"sync/atomic"
	"testing"
	"time"
)

// TestClockJumps sets the clock of a running server forth and back, as one
// that was wrong at the start, a suspended machine and a mistyped date do.
// Meanwhile tokens may have ended or not begun; nothing breaks, and when the
// clock is right again all is as it was.
func TestClockJumps(t *testing.T) {
	t.Parallel()
	var by atomic.Int64
	b := boot(t, "", func(p *process) {
		p.Now = func() time.Time { return time.Now().Add(time.Duration(by.Load())) }
	}, "--agent-stats-refresh-interval=10ms", "--dangerous-disable-rate-limits")
	owner, reporter := b.token("owner"), b.token("reporter")
	want(t, b.report(reporter, batch(1, 5)).StatusCode, 204)
	b.received(owner, 5)
	const day = 24 * time.Hour
	number := 1
	for _, jump := range []time.Duration{
		time.Second, -time.Second, time.Hour, -time.Hour, day, -day, 365 * day, -365 * day, 20 * 365 * day, -20 * 365 * day, 56 * 365 * day, -57 * 365 * day, 250 * 365 * day, -250 * 365 * day,
	} {
		by.Store(int64(jump))
		for _, path := range []string{"/healthz", "/readyz", "/api/v2/buildinfo"} {
			if got := b.get(path).StatusCode; got != 200 {
				t.Errorf("the clock jumped by %v: %s answers %d, want 200", jump, path, got)
			}
		}
		for _, path := range []string{configPath, statsPath} {
			if got := b.get(path, tokenHeader, owner).StatusCode; got != 200 && got != 401 {
				t.Errorf("the clock jumped by %v: %s answers %d, want 200 or 401", jump, path, got)
			}
		}
		number++
		if got := b.report(reporter, batch(number, 5)).StatusCode; got != 204 && got != 401 {
			t.Errorf("the clock jumped by %v: a report is answered by %d, want 204 or 401", jump, got)
		}
		by.Store(0)
		if got := b.get(configPath, tokenHeader, owner).StatusCode; got != 200 {
			t.Errorf("the clock jumped by %v and back: a token is answered by %d, want 200", jump, got)
		}
	}
	want(t, b.report(reporter, batch(number+1, 5)).StatusCode, 204)
	b.eventually("the new report", func() bool {
		got, _ := b.get(statsPath, tokenHeader, owner).member("workspaces.rx_bytes").(float64)
		return got >= 10
	})
	begun := time.Now()
	want(t, b.stop(), exitOK)
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("the stop took %v, want at most 5 s", took)
	}
}
