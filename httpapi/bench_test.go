package httpapi_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/strataconf/strata/httpapi"
)

// BenchmarkConfig answers GET /deployment/config with a token over loopback,
// beside a bare handler that writes the same bytes. The ratio of the two is
// the price of everything around the bytes.
func BenchmarkConfig(b *testing.B) {
	s := newSite(b, func(c *httpapi.Config) {
		c.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
		c.RateLimit = 0
	})
	body := s.get(config, as(ownerToken)).Body.Bytes()
	bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(body)
	})
	for name, handler := range map[string]http.Handler{"bare": bare, "api": s.API} {
		b.Run(name, func(b *testing.B) {
			server := httptest.NewServer(handler)
			defer server.Close()
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			b.RunParallel(func(p *testing.PB) {
				client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 100}}
				for p.Next() {
					r, err := http.NewRequest("GET", server.URL+config, nil)
					if err != nil {
						b.Error(err)
						return
					}
					r.Header.Set("Coder-Session-Token", ownerToken)
					reply, err := client.Do(r)
					if err != nil {
						b.Error(err)
						return
					}
					if n, _ := io.Copy(io.Discard, reply.Body); n != int64(len(body)) {
						b.Errorf("got %d bytes with status %d, want %d", n, reply.StatusCode, len(body))
					}
					_ = reply.Body.Close()
				}
			})
		})
	}
}

// BenchmarkHandler is the handler alone.
func BenchmarkHandler(b *testing.B) {
	s := newSite(b, func(c *httpapi.Config) {
		c.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
		c.RateLimit = 1 << 30
	})
	for _, path := range []string{config, "/api/v2/buildinfo", ssh} {
		b.Run(path, func(b *testing.B) {
			r := request("GET", path, "", as(ownerToken))
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				w.Body = nil
				if s.ServeHTTP(w, r); w.Code != 200 {
					b.Fatalf("status %d", w.Code)
				}
			}
		})
	}
}
