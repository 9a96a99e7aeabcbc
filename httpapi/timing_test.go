package httpapi_test

import (
	"io"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/strataconf/strata/httpapi"
)

// How long a refusal takes must not tell what is wrong with a token. The two
// sides of each pair are asked in random order, the slowest tenth is noise of
// the machine, and Welch's t of the rest stays below 4.5. A machine with other
// work can't say that reliably, so the verdict is for STRATA_SOAK=1; else the
// test only sees that all is refused.
func TestTimingOfTokens(t *testing.T) {
	tries, soak := 2_000, os.Getenv("STRATA_SOAK") != ""
	if soak {
		tries = 1_000_000
	} else {
		t.Parallel()
	}
	s := newSite(t, func(c *httpapi.Config) {
		c.Log = slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelError}))
	})
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ name, a, b string }{
		{"wrong first and wrong last byte", "member0000-X123456789abcdefghijkl", "member0000-0123456789abcdefghijkX"},
		{"known and unknown id", "member0000-X123456789abcdefghijkl", "nobody0000-X123456789abcdefghijkl"},
		{"expired and wrong", expiredToken, "expired000-X123456789abcdefghijkl"},
		{"the same", "member0000-X123456789abcdefghijkl", "member0000-X123456789abcdefghijkl"},
	} {
		requests := [2]func() time.Duration{}
		for i, token := range []string{c.a, c.b} {
			r := request("GET", ssh, "", as(token))
			requests[i] = func() time.Duration {
				w := httptest.NewRecorder()
				begun := time.Now()
				s.ServeHTTP(w, r)
				took := time.Since(begun)
				if w.Code != 401 {
					t.Fatalf("%s: status %d, want 401", c.name, w.Code)
				}
				return took
			}
			requests[i]()
		}
		var took [2][]float64
		for range tries {
			i := random.IntN(2)
			took[i] = append(took[i], float64(requests[i]()))
		}
		if v := welch(fastest(took[0]), fastest(took[1])); soak && math.Abs(v) > 4.5 {
			t.Errorf("%s: t is %.1f after %d tries, want less than 4.5", c.name, v, tries)
		} else {
			t.Logf("%s: t is %.1f after %d tries", c.name, v, tries)
		}
	}
}

func fastest(list []float64) []float64 {
	slices.Sort(list)
	return list[:len(list)*9/10]
}

func welch(a, b []float64) float64 {
	moments := func(list []float64) (mean, variance float64) {
		for _, v := range list {
			mean += v / float64(len(list))
		}
		for _, v := range list {
			variance += (v - mean) * (v - mean) / float64(len(list)-1)
		}
		return mean, variance
	}
	ma, va := moments(a)
	mb, vb := moments(b)
	return (ma - mb) / math.Sqrt(va/float64(len(a))+vb/float64(len(b)))
}
