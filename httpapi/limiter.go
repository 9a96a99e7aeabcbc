package httpapi

import (
	"math"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostClients bounds the memory of the limiter. Clients beyond it share one
// allowance until others have rested.
const mostClients = 10_000

// A limiter allows each client so many requests a minute. They may come at
// once; what was used comes back evenly.
type limiter struct {
	limit  rate.Limit
	burst  int
	mu     sync.Mutex
	swept  time.Time
	byName map[string]*rate.Limiter
	others *rate.Limiter
}

func newLimiter(perMinute int64) *limiter {
	if perMinute <= 0 {
		return nil
	}
	l := &limiter{limit: rate.Limit(float64(perMinute) / 60), burst: int(min(perMinute, math.MaxInt32)), byName: map[string]*rate.Limiter{}}
	l.others = l.fresh()
	return l
}

func (l *limiter) fresh() *rate.Limiter { return rate.NewLimiter(l.limit, l.burst) }

// admit takes one request of a client, or says how long it should wait.
func (l *limiter) admit(name string, now time.Time) (wait time.Duration) {
	r := l.of(name, now).ReserveN(now, 1)
	if wait = r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

func (l *limiter) of(name string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if one := l.byName[name]; one != nil {
		return one
	}
	if len(l.byName) >= mostClients {
		if now.Sub(l.swept) < time.Second {
			return l.others
		}
		l.swept = now
		for name, one := range l.byName {
			if one.TokensAt(now) >= float64(l.burst) {
				delete(l.byName, name) // rested: a new one is the same
			}
		}
		if len(l.byName) >= mostClients {
			return l.others
		}
	}
	one := l.fresh()
	l.byName[name] = one
	return one
}

// admit counts the request. Somebody whose token is known is counted by
// person, so that those behind one address do not share an allowance; all
// others, and so those who guess tokens, by address.
func (a *API) admit(c *call) *reply {
	if !inAPI(c.Request) {
		return nil
	}
	c.token, _ = credentialOf(c.Request)
	if a.limiter == nil {
		return nil
	}
	name := clientName(c.client)
	if c.token.id != "" {
		if who, ok := a.tokens.peek(c.token); ok {
			name = who.ID
		}
	}
	wait := a.limiter.admit(name, a.cfg.Now())
	if wait <= 0 {
		return nil
	}
	r := fault(http.StatusTooManyRequests, "There were too many requests.", "Wait for the seconds in Retry-After.").
		retry(int(math.Ceil(wait.Seconds())))
	return &r
}

// clientName is an address, or the network that one customer gets with IPv6.
func clientName(addr netip.Addr) string {
	if addr.Is6() {
		if p, err := addr.Prefix(64); err == nil {
			return p.String()
		}
	}
	return addr.String()
}
