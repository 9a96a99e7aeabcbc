package main

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"
)

// TestHealth asks at times that a test wants, of a database that takes its
// time to answer.
func TestHealth(t *testing.T) {
	t.Parallel()
	now, pings := time.Unix(1e9, 0), 0
	var fault error
	h := &health{refresh: time.Minute, slow: time.Hour, log: slog.New(slog.DiscardHandler), now: func() time.Time { return now }}
	h.ping = func(ctx context.Context) error {
		if deadline, set := ctx.Deadline(); ctx.Err() != nil || !set || time.Until(deadline) > pingTimeout {
			t.Errorf("got a question of a client that has left, or without an end: %v, %v", ctx.Err(), deadline)
		}
		pings++
		now = now.Add(3 * time.Second)
		return fault
	}
	away := errors.New("away")
	for i, c := range []struct {
		wait  time.Duration
		fault error
		want  error
		pings int
	}{
		{0, nil, nil, 1},
		{59 * time.Second, away, nil, 1}, // believed
		{time.Second, away, away, 2},
		{0, away, away, 2}, // who waited does not wait again
		{time.Second, away, away, 3},
		{time.Second, nil, nil, 4},
		{-time.Hour, nil, nil, 5}, // the clock was put back
	} {
		now, fault = now.Add(c.wait), c.fault
		if got := h.ready(t.Context()); got != c.want || pings != c.pings {
			t.Errorf("question %d: got %v after %d looks, want %v after %d", i+1, got, pings, c.want, c.pings)
		}
	}
	left, leave := context.WithCancel(t.Context())
	leave()
	h.doubt(unavailableNow{})
	if _ = h.ready(left); pings != 6 {
		t.Errorf("after a request met a fault: got %d looks, want 6", pings)
	}
	h.stopping.Store(true)
	if got := h.ready(t.Context()); !errors.Is(got, errStopping) {
		t.Errorf("at the end: got %v, want %v", got, errStopping)
	}
}

type unavailableNow struct{ error }

func (unavailableNow) Unavailable() bool { return true }
