package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// readers is how many queries of SQLite run at once. There is one writer, so
// that a transaction never waits for another of its own process.
const readers = 4

func (s *Store) openSQLite(path string, ephemeral bool) error {
	synchronous := "FULL"
	if ephemeral {
		synchronous = "OFF"
	}
	lock := func(ctx context.Context, _ *sql.DB, do func() error) error { return lockedFile(ctx, path+".lock", do) }
	s.dialect = dialect{
		name: "sqlite", classify: classifySQLite, locked: lock,
		text:   func(query string) string { return strings.ReplaceAll(query, "$", "?") },
		exists: "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1",
	}
	var err error
	if s.write, err = sqliteFile(path, 1, "_synchronous", synchronous, "_txlock", "immediate"); err != nil {
		return s.fail("open the database", err)
	}
	if s.read, err = sqliteFile(path, readers, "_query_only", "1"); err != nil {
		return s.fail("open the database", err)
	}
	// It can't write, or else it might play the log of a file that is gone into
	// one that took its place.
	if s.probe, err = sqliteFile(path, 1, "mode", "ro"); err != nil {
		return s.fail("open the database", err)
	}
	s.probe.SetMaxIdleConns(-1) // so that each question opens the file
	return nil
}

// sqliteFile opens a file with so many connections at most. It reads nothing
// yet.
func sqliteFile(path string, connections int, parameters ...string) (*sql.DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	q := url.Values{"_busy_timeout": {"5000"}, "_foreign_keys": {"1"}, "_pragma": {"temp_store(MEMORY)"}}
	for i := 0; i < len(parameters); i += 2 {
		q.Set(parameters[i], parameters[i+1])
	}
	name := url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// lockedFile runs a function while it holds a lock that works between
// processes and on every system: that of SQLite itself, on a file of its own,
// as what is to be guarded includes the making of the database.
func lockedFile(ctx context.Context, path string, do func() error) error {
	db, err := sqliteFile(path, 1, "_txlock", "exclusive", "_busy_timeout", "60000")
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	return do()
}

func classifySQLite(err error) (Kind, string) {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return Broken, ""
	}
	code := "SQLite code " + strconv.Itoa(e.Code())
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return Taken, code
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return Busy, code
	case lib.SQLITE_FULL:
		return Full, code
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return ReadOnly, code
	case lib.SQLITE_CANTOPEN, lib.SQLITE_IOERR:
		return Away, code
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return NotOurs, code
	case lib.SQLITE_INTERRUPT:
		return Ended, code
	case lib.SQLITE_CONSTRAINT, lib.SQLITE_MISMATCH, lib.SQLITE_TOOBIG:
		return Invalid, code
	default:
		return Broken, code
	}
}
