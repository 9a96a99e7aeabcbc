package pgtest_test

import (
	"os"
	"testing"

	"github.com/strataconf/strata/internal/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func TestDatabasesAreApart(t *testing.T) {
	t.Parallel()
	if one, other := pgtest.Database(t), pgtest.Database(t); one == other {
		t.Errorf("got %q twice", one)
	}
}

func TestStopAndRestart(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	server.Stop(t)
	server.Restart(t)
	server.Database(t)
}
