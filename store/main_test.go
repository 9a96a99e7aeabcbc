package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/pgtest"
	"github.com/strataconf/strata/store"
)

// TestMain is also the main of the children that TestKill starts.
func TestMain(m *testing.M) {
	if deed := os.Getenv("STORE_CHILD"); deed != "" {
		child(deed)
		return
	}
	os.Exit(pgtest.Main(m))
}

// A database is an empty one of either kind, with a clock of its own.
type database struct {
	store.Config
	*clock
}

func (d database) Now() time.Time { return d.clock.Now() }

// both runs a test on each kind of database.
func both(t *testing.T, test func(t *testing.T, d database)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, onSQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, onPostgres(t))
	})
}

func onSQLite(t testing.TB) database {
	c := newClock()
	return database{store.Config{Path: filepath.Join(t.TempDir(), "a?b#c %41.db"), Now: c.Now}, c}
}

func onPostgres(t testing.TB) database {
	t.Helper()
	c, url := newClock(), pgtest.Database(t)
	return database{store.Config{PostgresURL: func() string { return url }, Now: c.Now}, c}
}

// open opens the database until the test ends.
func (d database) open(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), d.Config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// direct runs statements past the store.
func (d database) direct(t testing.TB, statements ...string) {
	t.Helper()
	driver, name := "sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(d.Path)
	if d.PostgresURL != nil {
		driver, name = "pgx", d.PostgresURL()
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// A clock says what a test wants.
type clock struct {
	sync.Mutex
	now time.Time
}

func newClock() *clock {
	return &clock{now: time.Date(2031, 5, 6, 7, 8, 9, 123456000, time.UTC)}
}

func (c *clock) Now() time.Time {
	c.Lock()
	defer c.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.now = c.now.Add(d)
}

// kind is that of an error of the store, "" for none.
func kind(t testing.TB, err error) store.Kind {
	t.Helper()
	if err == nil {
		return ""
	}
	var own *store.Error
	if !errors.As(err, &own) {
		t.Fatalf("got %T %v, want *store.Error", err, err)
	}
	return own.Kind
}

func user(t testing.TB, s *store.Store, name, role string) string {
	t.Helper()
	id, err := s.CreateUser(context.Background(), name, role)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func token(t testing.TB, s *store.Store, name string, lifetime time.Duration) string {
	t.Helper()
	text, _, err := s.CreateToken(context.Background(), name, lifetime)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
