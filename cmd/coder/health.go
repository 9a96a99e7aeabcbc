package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/strataconf/strata/stats"
	"github.com/strataconf/strata/store"
)

const (
	pingTimeout = 3 * time.Second
	// retryHealth is how long a bad result is believed.
	retryHealth = time.Second
)

// health says whether the server can work. A good result is believed for the
// time of the option, unless a request meets a fault before.
type health struct {
	ping          func(context.Context) error
	refresh, slow time.Duration
	now           func() time.Time
	log           *slog.Logger
	stopping      atomic.Bool

	mu      sync.Mutex
	doubted atomic.Bool
	checked time.Time
	bad     error
}

var errStopping = errors.New("the server is stopping")

// ready returns what keeps the server from working.
func (h *health) ready(ctx context.Context) error {
	if h.stopping.Load() {
		return errStopping
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	keep := h.refresh
	if h.bad != nil {
		keep = min(keep, retryHealth)
	}
	if age := h.now().Sub(h.checked); h.checked.IsZero() || age < 0 || age >= keep || h.doubted.Load() {
		h.examine(ctx)
	}
	return h.bad
}

// examine asks the database. Those who asked may leave meanwhile.
func (h *health) examine(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pingTimeout)
	defer cancel()
	h.doubted.Store(false)
	begin := h.now()
	err := h.ping(ctx)
	end := h.now()
	took := end.Sub(begin)
	switch {
	case err != nil && h.bad == nil:
		h.log.ErrorContext(ctx, "the database does not answer", "reason", err.Error())
	case err == nil && h.bad != nil:
		h.log.InfoContext(ctx, "the database answers again", "took", took)
	case err == nil && took > h.slow:
		h.log.WarnContext(ctx, "the database is slow", "took", took, "threshold", h.slow)
	default:
		h.log.DebugContext(ctx, "the database answers", "took", took)
	}
	// Those who waited meanwhile get this result. Or else each would wait for a
	// database that does not answer by itself, one behind the other.
	h.checked, h.bad = end, err
}

// doubt lets the next question be answered anew if the database has failed.
func (h *health) doubt(err error) {
	var e interface{ Unavailable() bool }
	if errors.As(err, &e) && e.Unavailable() {
		h.doubted.Store(true)
	}
}

// observed is the store as requests use it.
type observed struct {
	*store.Store
	health *health
}

// Token is that of the store.
func (a observed) Token(ctx context.Context, id string) (hash [32]byte, userID, username, role string, expires time.Time, err error) {
	hash, userID, username, role, expires, err = a.Store.Token(ctx, id)
	a.health.doubt(err)
	return hash, userID, username, role, expires, err
}

// User is that of the store.
func (a observed) User(ctx context.Context, nameOrID string) (id, username, role string, err error) {
	id, username, role, err = a.Store.User(ctx, nameOrID)
	a.health.doubt(err)
	return id, username, role, err
}

// Report is that of the store.
func (a observed) Report(ctx context.Context, b stats.Batch) error {
	err := a.Store.Report(ctx, b)
	a.health.doubt(err)
	return err
}

// Stats is that of the store.
func (a observed) Stats(ctx context.Context, now time.Time) (stats.Answer, error) {
	answer, err := a.Store.Stats(ctx, now)
	a.health.doubt(err)
	return answer, err
}
