package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/strataconf/strata/store"
)

const (
	updateTimeout = 30 * time.Second
	mostUpdate    = 64 << 10 // bytes of an answer
)

// A published is a version and its page.
type published struct {
	Version string `json:"version"`
	URL     string `json:"url"`
}

// updates looks for newer versions.
type updates struct {
	build  build
	store  *store.Store
	log    *slog.Logger
	client *http.Client
	latest atomic.Pointer[published]
}

func newUpdates(b build, db *store.Store, log *slog.Logger) *updates {
	return &updates{build: b, store: db, log: log, client: &http.Client{Timeout: updateTimeout}}
}

// Latest returns the newest version that is known.
func (u *updates) Latest() (version, url string, ok bool) {
	l := u.latest.Load()
	if l == nil {
		return "", "", false
	}
	return l.Version, l.URL, true
}

// work looks once a day, whoever of several servers with one database does
// so, and sooner again after a failure.
func (u *updates) work(ctx context.Context) {
	for {
		wait := u.round(ctx)
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// round does what is due, and returns when the next round is.
func (u *updates) round(ctx context.Context) (wait time.Duration) {
	version, page, checked, err := u.store.LatestUpdate(ctx)
	if err == nil {
		u.latest.Store(&published{version, page})
		if age := time.Since(checked); age >= 0 && age < updateEvery {
			return updateEvery - age
		}
	}
	found, err := u.ask(ctx)
	if err != nil {
		if ctx.Err() == nil {
			u.log.Warn("the check for updates did not succeed", "reason", err.Error())
		}
		return retryUpdate
	}
	// Told when it is kept, so that a start after it does not ask again.
	defer u.latest.Store(found)
	if err := u.store.SaveUpdate(ctx, found.Version, found.URL, time.Now()); err != nil && ctx.Err() == nil {
		u.log.Warn("the result of the check for updates can't be kept", "reason", err.Error())
	}
	u.log.Debug("the check for updates succeeded")
	return updateEvery
}

// ask asks the address that was built in. No text of an error is passed on: it
// may hold what stands in the proxy variables.
func (u *updates) ask(ctx context.Context) (*published, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.build.UpdateURL, nil)
	if err != nil {
		return nil, errors.New("the address that was built in is not a URL")
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "coder/"+u.build.Version)
	answer, err := u.client.Do(r)
	if err != nil {
		return nil, errors.New("nobody answered")
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the answer was of the status %d", answer.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostUpdate+1))
	var found published
	if err != nil || len(body) > mostUpdate || json.Unmarshal(body, &found) != nil || !found.sane() {
		return nil, errors.New("the answer is not a version and its page")
	}
	return &found, nil
}

// sane reports whether people may be shown it.
func (p published) sane() bool {
	page, err := url.Parse(p.URL)
	return err == nil && (page.Scheme == "https" || page.Scheme == "http") && page.Hostname() != "" && page.User == nil &&
		p.Version != "" && len(p.Version) <= 64 && len(p.URL) <= 512 && !strings.ContainsFunc(p.Version+p.URL, func(r rune) bool { return r <= ' ' || r > '~' })
}
