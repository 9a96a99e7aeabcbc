package httpapi

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"
)

// The form of a token: <id>-<secret>, letters and digits.
const (
	tokenIDLength     = 10
	tokenSecretLength = 22
	tokenHeader       = "Coder-Session-Token"
	tokenCookie       = "coder_session_token"
)

// A credential is the two parts of a token. The zero one opens nothing.
type credential struct{ id, secret string }

// credentialOf reads the token of a request from its header, cookie and
// authorization. A request that names two different ones names none: nobody
// could say for whom it acts.
func credentialOf(r *http.Request) (credential, bool) {
	tokens := r.Header.Values(tokenHeader)
	if len(tokens) > 1 {
		return credential{}, false
	}
	for _, c := range r.CookiesNamed(tokenCookie) {
		tokens = append(tokens[:len(tokens):len(tokens)], c.Value)
	}
	for _, value := range r.Header.Values("Authorization") {
		scheme, token, _ := strings.Cut(value, " ")
		if strings.EqualFold(scheme, "Bearer") {
			tokens = append(tokens[:len(tokens):len(tokens)], strings.TrimSpace(token))
		}
	}
	if len(tokens) == 0 {
		return credential{}, false
	}
	for _, t := range tokens[1:] {
		if t != tokens[0] {
			return credential{}, false
		}
	}
	return parseToken(tokens[0])
}

func parseToken(text string) (credential, bool) {
	if len(text) != tokenIDLength+1+tokenSecretLength || text[tokenIDLength] != '-' {
		return credential{}, false
	}
	c := credential{text[:tokenIDLength], text[tokenIDLength+1:]}
	return c, plain(c.id) && plain(c.secret)
}

func plain(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

const (
	// tokenAge is how long an answer of the store is believed, and so how
	// long a revoked token lives on at most.
	tokenAge = time.Minute
	// mostTokens bounds the memory that forged ids can take.
	mostTokens = 10_000
	// storeTimeout is how long the store may take.
	storeTimeout = 5 * time.Second
)

// A tokenCache keeps what the store said of tokens, of unknown ones too: so
// a known and an unknown id cost the same.
type tokenCache struct {
	store Tokens
	now   func() time.Time
	mu    sync.Mutex
	byID  map[string]*tokenEntry
}

type tokenEntry struct {
	read    time.Time     // before the store was asked
	done    chan struct{} // closed when the rest is set
	hash    [sha256.Size]byte
	who     Identity // without an ID, if there is no such token
	expires time.Time
	err     error // the store can't tell
}

func newTokenCache(store Tokens, now func() time.Time) *tokenCache {
	return &tokenCache{store: store, now: now, byID: map[string]*tokenEntry{}}
}

// nobody is the entry of a malformed token: one hash and one comparison, as
// for any other.
var nobody = &tokenEntry{}

// errNotSignedIn is the one answer to all that is wrong with a token.
var errNotSignedIn = errors.New("no valid token")

// identify says whose token it is. Any error but errNotSignedIn says that the
// store can't tell.
func (t *tokenCache) identify(ctx context.Context, c credential) (Identity, error) {
	e := nobody
	if c.id != "" {
		e = t.entry(ctx, c.id)
		select {
		case <-e.done:
		case <-ctx.Done():
			return Identity{}, ctx.Err()
		}
		if e.err != nil {
			return Identity{}, e.err
		}
	}
	return e.opens(c, t.now())
}

// peek is identify for those whose token is in the cache already.
func (t *tokenCache) peek(c credential) (Identity, bool) {
	now := t.now()
	t.mu.Lock()
	e := t.byID[c.id]
	t.mu.Unlock()
	if e == nil || !e.fresh(now) || !e.ready() || e.err != nil {
		return Identity{}, false
	}
	who, err := e.opens(c, now)
	return who, err == nil
}

func (e *tokenEntry) opens(c credential, now time.Time) (Identity, error) {
	hash := sha256.Sum256([]byte(c.secret))
	same := subtle.ConstantTimeCompare(hash[:], e.hash[:]) == 1
	// All three are found out in any case, so that none saves time.
	named, alive := e.who.ID != "", now.Before(e.expires)
	if !same || !named || !alive {
		return Identity{}, errNotSignedIn
	}
	return e.who, nil
}

func (e *tokenEntry) fresh(now time.Time) bool {
	age := now.Sub(e.read)
	return age >= 0 && age < tokenAge
}

func (e *tokenEntry) ready() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

// entry returns what the store said within the last minute, or asks it: once,
// however many ask at the same time.
func (t *tokenCache) entry(ctx context.Context, id string) *tokenEntry {
	now := t.now()
	t.mu.Lock()
	defer t.mu.Unlock()
	if e := t.byID[id]; e != nil && e.fresh(now) {
		return e
	}
	if len(t.byID) >= mostTokens {
		t.forget(now)
	}
	e := &tokenEntry{read: now, done: make(chan struct{})}
	t.byID[id] = e
	go t.read(context.WithoutCancel(ctx), id, e) // others may wait for it, if the first caller leaves
	return e
}

func (t *tokenCache) read(ctx context.Context, id string, e *tokenEntry) {
	defer close(e.done)
	defer func() {
		if v := recover(); v != nil {
			e.err = errors.New("the store panicked")
		}
		if e.err != nil {
			t.drop(id, e)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	hash, userID, username, role, expires, err := t.store.Token(ctx, id)
	switch {
	case err == nil:
		e.hash, e.who, e.expires = hash, Identity{userID, username, role}, expires
	case !unknown(err):
		e.err = err
	}
}

// drop forgets a read that failed, so that the next request tries again.
func (t *tokenCache) drop(id string, e *tokenEntry) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byID[id] == e {
		delete(t.byID, id)
	}
}

// forget makes room: what is old goes, then ids that do not exist, then any.
func (t *tokenCache) forget(now time.Time) {
	for id, e := range t.byID {
		if !e.fresh(now) || e.ready() && e.who.ID == "" {
			delete(t.byID, id)
		}
	}
	for id := range t.byID {
		if len(t.byID) < mostTokens {
			return
		}
		delete(t.byID, id)
	}
}

// known asks who it is, and whether the route is for them.
func (a *API) known(c *call) *reply {
	if c.route.public {
		return nil
	}
	who, err := a.tokens.identify(c.Context(), c.token)
	switch {
	case errors.Is(err, errNotSignedIn):
		return &notSignedIn
	case err != nil:
		r := away("the store can't tell of a token", err)
		return &r
	}
	c.who = who
	if !c.route.allows(who.Role) {
		return &notAllowed
	}
	return nil
}
