package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// migrationLock is the key of the advisory lock, any number that others are
// unlikely to use in the same database.
const migrationLock = 0x7374726174610001

func (s *Store) openPostgres(url string, password func(context.Context, string, uint16, string) (string, error)) error {
	s.dialect = dialect{
		name: "postgres", classify: classifyPostgres, locked: advisoryLock,
		text:   func(query string) string { return query },
		exists: "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass($1)",
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return &Error{Doing: "open the database", Kind: BadURL}
	}
	if config.ConnectTimeout == 0 || config.ConnectTimeout > timeout {
		config.ConnectTimeout = timeout / 2
	}
	var options []stdlib.OptionOpenDB
	if password != nil {
		options = append(options, stdlib.OptionBeforeConnect(func(ctx context.Context, c *pgx.ConnConfig) (err error) {
			c.Password, err = password(ctx, c.Host, c.Port, c.User)
			if err != nil {
				return &Error{Doing: "get a password for the database", Kind: Denied}
			}
			return nil
		}))
	}
	db := stdlib.OpenDB(*config, options...)
	db.SetMaxOpenConns(10)
	db.SetMaxIdleConns(4)
	db.SetConnMaxIdleTime(5 * time.Minute)
	s.read, s.write, s.probe = db, db, db
	return nil
}

// advisoryLock runs a function while this session holds a lock of the
// database. It ends with the session, however that ends.
func advisoryLock(ctx context.Context, db *sql.DB, do func() error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock)); err != nil {
		return err
	}
	failed := do()
	_, err = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(migrationLock))
	return errors.Join(failed, err)
}

func classifyPostgres(err error) (Kind, string) {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		if away(err) {
			return Away, ""
		}
		return Broken, ""
	}
	code := "SQLSTATE " + e.Code
	switch e.Code {
	case "23505":
		return Taken, code
	case "53100":
		return Full, code
	case "42501":
		return Denied, code
	case "25006":
		return ReadOnly, code
	case "57014", "40001", "40P01", "55P03":
		return Busy, code
	}
	if len(e.Code) != 5 {
		return Broken, ""
	}
	switch e.Code[:2] {
	case "08", "53", "57", "58": // connection, resources, an operator's doing, the system
		return Away, code
	case "28", "3D": // the user, the name of the database
		return Denied, code
	case "22", "23":
		return Invalid, code
	default:
		return Broken, code
	}
}

// away reports whether an error is of the way to the database.
func away(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) ||
		pgconn.SafeToRetry(err) || pgconn.Timeout(err)
}
