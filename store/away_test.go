package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/pgtest"
	"github.com/strataconf/strata/stats"
	"github.com/strataconf/strata/store"
)

// A database that comes back is used again by the same store.
func TestDatabaseGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	url, c := server.Database(t), newClock()
	d := database{store.Config{PostgresURL: func() string { return url }, Now: c.Now}, c}
	s := d.open(t)
	user(t, s, "ann", store.Owner)
	id := token(t, s, "ann", time.Hour)[:10]
	deeds := map[string]func() error{
		"Ping":        func() error { return s.Ping(t.Context()) },
		"Token":       func() error { _, _, _, _, _, err := s.Token(t.Context(), id); return err },
		"User":        func() error { _, _, _, err := s.User(t.Context(), "ann"); return err },
		"Users":       func() error { _, err := s.Users(t.Context()); return err },
		"CreateToken": func() error { _, _, err := s.CreateToken(t.Context(), "ann", time.Hour); return err },
		"Stats":       func() error { _, err := s.Stats(t.Context(), c.Now()); return err },
		"Report": func() error {
			return s.Report(t.Context(), stats.Batch{Agents: []stats.AgentUsage{{AgentID: "a"}}})
		},
	}
	for range 2 {
		server.Stop(t)
		for name, do := range deeds {
			var own *store.Error
			if err := do(); !errors.As(err, &own) || !own.Unavailable() || own.NotFound() {
				t.Errorf("%s without a database: got %v, want one that says unavailable", name, err)
			}
		}
		server.Restart(t)
		for name, do := range deeds {
			if err := do(); err != nil {
				t.Errorf("%s with the database again: got %v", name, err)
			}
		}
	}
}
