package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/pgtest"
	"github.com/strataconf/strata/store"
)

func TestDeploymentIDStays(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		first := d.open(t).DeploymentID()
		if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(first) {
			t.Errorf("got %q, want a UUID of version 4", first)
		}
		if again := d.open(t).DeploymentID(); again != first {
			t.Errorf("got %q, want %q as before", again, first)
		}
	})
}

func TestManyOpenAnEmptyDatabase(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		manyOpen(t, d)
		d.Ephemeral = true
		for i := 0; d.PostgresURL == nil && i < 10; i++ {
			d.Path += "again"
			manyOpen(t, d)
		}
	})
}

func manyOpen(t *testing.T, d database) {
	t.Helper()
	ids := make([]string, 8)
	var group sync.WaitGroup
	for i := range ids {
		group.Go(func() {
			s, err := store.Open(t.Context(), d.Config)
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = s.DeploymentID()
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) != 1 {
		t.Errorf("got deployments %v, want one", ids)
	}
}

// A database of the first version is brought up to date, by whichever of
// several servers comes first, and keeps what it has.
func TestOlderSchemaIsBroughtUp(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		first := d.open(t)
		user(t, first, "mia", "owner")
		d.direct(t, "DROP TABLE push_key", "DELETE FROM schema_versions WHERE version_id > 1")
		manyOpen(t, d)
		s := d.open(t)
		if _, err := s.PushKey(t.Context()); err != nil {
			t.Errorf("what is new: got %v", err)
		}
		if _, _, role, err := s.User(t.Context(), "mia"); err != nil || role != "owner" || s.DeploymentID() != first.DeploymentID() {
			t.Errorf("what was there: got role %q, error %v, and deployment %s, want %s", role, err, s.DeploymentID(), first.DeploymentID())
		}
	})
}

func TestNewerSchemaIsRefused(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		d.open(t)
		d.direct(t, "INSERT INTO schema_versions (version_id, is_applied) VALUES (99, true)")
		_, err := store.Open(t.Context(), d.Config)
		if kind(t, err) != store.Newer || !strings.Contains(err.Error(), "newer version") || !strings.Contains(err.Error(), "99") {
			t.Errorf("got %v, want %q", err, store.Newer)
		}
	})
}

// The count of files is the version, and the databases have the same.
func TestMigrationsAreNumbered(t *testing.T) {
	t.Parallel()
	number := regexp.MustCompile(`^(\d{5})_[a-z_]+\.sql$`)
	var lists [2][]string
	for i, folder := range []string{"sqlite", "postgres"} {
		entries, err := os.ReadDir(filepath.Join("migrations", folder))
		if err != nil {
			t.Fatal(err)
		}
		for j, e := range entries {
			if m := number.FindStringSubmatch(e.Name()); m == nil || strings.TrimLeft(m[1], "0") != string(rune('1'+j)) {
				t.Errorf("%s/%s: want number %d", folder, e.Name(), j+1)
			}
			lists[i] = append(lists[i], e.Name())
		}
	}
	if !slices.Equal(lists[0], lists[1]) {
		t.Errorf("sqlite has %v, postgres %v, want the same", lists[0], lists[1])
	}
}

func TestFilesRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		want store.Kind
	}{
		{text, store.NotOurs},
		{folder, store.Away},
		{filepath.Join(folder, "missing", "a.db"), store.Away},
	} {
		_, err := store.Open(t.Context(), store.Config{Path: c.path, Now: time.Now})
		if kind(t, err) != c.want || strings.Contains(err.Error(), folder) {
			t.Errorf("%s: got %v, want %q and no path", filepath.Base(c.path), err, c.want)
		}
	}
}

// No error shows the URL, whatever is wrong with it.
func TestURLsRefused(t *testing.T) {
	t.Parallel()
	const canary = "CANARYpassword"
	server := pgtest.Start(t)
	elsewhere := "@/x?host=" + t.TempDir()
	for _, c := range []struct {
		url  string
		want store.Kind
	}{
		{"postgres://u:" + canary + "@[::1/x", store.BadURL},
		{"postgres://u:" + canary + "@127.0.0.1:99999999/x", store.BadURL},
		{"postgres://u:" + canary + "@127.0.0.1:1/x?sslmode=" + canary, store.BadURL},
		{"host=127.0.0.1 port=" + canary, store.BadURL},
		{canary, store.BadURL},
		{"postgres://u:" + canary + elsewhere, store.Away},
		{"postgres://u:" + canary + "@127.0.0.1:1/x?connect_timeout=2", store.Away},
		{"postgres://u:" + canary + "@name.invalid/x?connect_timeout=2", store.Away},
		{server.URL(pgtest.Stranger, canary, "postgres"), store.Denied},
		{server.URL("postgres", canary, "missing"), store.Denied},
		{server.URL("missing", canary, "postgres"), store.Denied},
	} {
		_, err := store.Open(t.Context(), store.Config{PostgresURL: func() string { return c.url }, Now: time.Now})
		switch {
		case kind(t, err) != c.want:
			t.Errorf("%s: got %v, want %q", c.url, err, c.want)
		case strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "127.0.0.1"):
			t.Errorf("%s: shown by %v", c.url, err)
		}
		for e := err; e != nil; e = errors.Unwrap(e) {
			if _, own := e.(*store.Error); !own {
				t.Errorf("%s: wraps %T", c.url, e)
			}
		}
	}
}

func TestPasswordHook(t *testing.T) {
	t.Parallel()
	d := onPostgres(t)
	asked := ""
	d.Password = func(_ context.Context, host string, _ uint16, user string) (string, error) {
		asked = user
		return "any", nil
	}
	d.open(t)
	if asked != "postgres" {
		t.Errorf("got a question for %q, want postgres", asked)
	}
	d.Password = func(context.Context, string, uint16, string) (string, error) { return "", errors.New("CANARY") }
	if _, err := store.Open(t.Context(), d.Config); kind(t, err) != store.Denied || strings.Contains(err.Error(), "CANARY") {
		t.Errorf("got %v, want %q", err, store.Denied)
	}
}

func TestEndedContext(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Ping(ctx); kind(t, err) != store.Ended || !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %q", err, store.Ended)
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Errorf("after it: got %v", err)
		}
	})
}
