package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"
)

// A Config says where the database is.
type Config struct {
	// PostgresURL reveals the connection URL of a PostgreSQL. With nil, or if
	// it returns "", the database is the SQLite file Path.
	PostgresURL func() string
	// Password, if not nil, is asked for the password of each new connection
	// to PostgreSQL, for passwords that do not last.
	Password func(ctx context.Context, host string, port uint16, user string) (string, error)

	// Path is the SQLite file. Its folder must exist, and is to be closed to
	// other users, as SQLite keeps further files beside it.
	Path string
	// Ephemeral says that the file need not survive a crash of the machine.
	Ephemeral bool

	Now func() time.Time // the clock
	Log *slog.Logger     // told of migrations; nil for none
}

// timeout is how long a method waits for the database at most. A request that
// waits longer is of no use to anybody.
const timeout = 10 * time.Second

// A Store is a database. Its methods may be used at once, from any number of
// goroutines; all but Close return an [*Error].
type Store struct {
	write, read *sql.DB // the same one with PostgreSQL
	probe       *sql.DB // for Ping
	dialect     dialect
	now         func() time.Time
	deployment  string
	token       *sql.Stmt // the statement of every request
}

// A dialect is what differs between the databases.
type dialect struct {
	name     string
	classify classifier
	text     func(string) string // a statement with $1 to that of the database
	exists   string              // counts the tables of a name

	// locked runs a function while no other process does so on the database.
	locked func(context.Context, *sql.DB, func() error) error
}

// Open opens the database, brings its schema up to date, and gives it a
// deployment id if it has none. Any number of processes may do so at once.
func Open(ctx context.Context, c Config) (*Store, error) {
	s := &Store{now: c.Now}
	url := ""
	if c.PostgresURL != nil {
		url = c.PostgresURL()
	}
	var err error
	if url != "" {
		err = s.openPostgres(url, c.Password)
	} else {
		err = s.openSQLite(c.Path, c.Ephemeral)
	}
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx, c.Log); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context, log *slog.Logger) error {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if err := s.migrate(ctx, log); err != nil {
		return err
	}
	var err error
	if s.deployment, err = s.deploymentID(ctx); err != nil {
		return err
	}
	s.token, err = s.read.PrepareContext(ctx, s.dialect.text(tokenQuery))
	return s.fail("prepare a statement", err)
}

// Close closes the database.
func (s *Store) Close() error {
	if s.token != nil {
		_ = s.token.Close()
	}
	// The reader goes last: SQLite tidies up when the last one closes.
	err := s.write.Close()
	if s.read != s.write {
		err = errors.Join(err, s.probe.Close(), s.read.Close())
	}
	return s.fail("close the database", err)
}

// Database names the database: "sqlite" or "postgres".
func (s *Store) Database() string { return s.dialect.name }

// Ping reports whether the database answers, and is still the one that was
// opened. A file of SQLite is opened anew for that: who has it open would
// notice neither that it is gone nor that its beginning is damaged.
func (s *Store) Ping(ctx context.Context) error {
	const doing = "reach the database"
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var id string
	err := s.probe.QueryRowContext(ctx, "SELECT id FROM deployment").Scan(&id)
	if err == nil && id != s.deployment {
		return &Error{Doing: doing, Kind: Replaced}
	}
	return s.fail(doing, err)
}

// DeploymentID is the UUID that the database got when it was new.
func (s *Store) DeploymentID() string { return s.deployment }

func (s *Store) deploymentID(ctx context.Context) (string, error) {
	const doing = "read the deployment id"
	var id string
	err := s.row(ctx, doing, "SELECT id FROM deployment", nil, &id)
	if !missing(err) {
		return id, err
	}
	// Of several that come here at once, one is first.
	if _, err := s.exec(ctx, "make a deployment id", "INSERT INTO deployment (one, id, created) VALUES (1, $1, $2) ON CONFLICT DO NOTHING",
		newUUID(), s.stamp()); err != nil {
		return "", err
	}
	return id, s.row(ctx, doing, "SELECT id FROM deployment", nil, &id)
}

func (s *Store) fail(doing string, err error) error { return fail(doing, err, s.dialect.classify) }

func missing(err error) bool {
	e, ok := err.(*Error)
	return ok && e.Kind == Missing
}

// exec runs a statement that writes, and returns how many rows it met.
func (s *Store) exec(ctx context.Context, doing, query string, args ...any) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	result, err := s.write.ExecContext(ctx, s.dialect.text(query), args...)
	if err != nil {
		return 0, s.fail(doing, err)
	}
	n, err := result.RowsAffected()
	return n, s.fail(doing, err)
}

// row reads one row.
func (s *Store) row(ctx context.Context, doing, query string, args []any, to ...any) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return s.fail(doing, s.read.QueryRowContext(ctx, s.dialect.text(query), args...).Scan(to...))
}

// rows reads rows, one call of scan each.
func (s *Store) rows(ctx context.Context, doing, query string, scan func(*sql.Rows) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	rows, err := s.read.QueryContext(ctx, s.dialect.text(query))
	if err != nil {
		return s.fail(doing, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return s.fail(doing, err)
		}
	}
	return s.fail(doing, rows.Err())
}

// tx runs a function in a transaction that writes.
func (s *Store) tx(ctx context.Context, doing string, do func(context.Context, *sql.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.fail(doing, err)
	}
	if err := do(ctx, tx); err != nil {
		_ = tx.Rollback()
		return s.fail(doing, err)
	}
	return s.fail(doing, tx.Commit())
}

// stamp is the present as the database keeps it.
func (s *Store) stamp() int64 { return s.now().UnixMicro() }

func moment(stamp int64) time.Time { return time.UnixMicro(stamp).UTC() }
