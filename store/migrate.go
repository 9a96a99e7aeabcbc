package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// versions is the table in which the schema's versions stand.
const versions = "schema_versions"

//go:embed migrations
var migrations embed.FS

// migrate brings the schema up to date. The usual case, where nothing is to be
// done, costs two reads and takes no lock.
func (s *Store) migrate(ctx context.Context, log *slog.Logger) error {
	const doing = "bring the database up to date"
	folder, err := fs.Sub(migrations, "migrations/"+s.dialect.name)
	if err != nil {
		return s.fail(doing, err)
	}
	names, err := fs.Glob(folder, "*.sql")
	if err != nil {
		return s.fail(doing, err)
	}
	latest := int64(len(names)) // a test holds that they are numbered without gaps
	current := func() (bool, error) {
		at, err := s.schema(ctx)
		if err == nil && at > latest {
			err = &Error{Doing: "open the database", Kind: Newer, Code: fmt.Sprintf("schema %d, known up to %d", at, latest)}
		}
		return at == latest, err
	}
	if done, err := current(); done || err != nil {
		return err
	}
	err = s.dialect.locked(ctx, s.write, func() error {
		// Another process may have done it while this one waited.
		if done, err := current(); done || err != nil {
			return err
		}
		if s.dialect.name == "sqlite" {
			// Kept in the file; readers go on while somebody writes.
			if _, err := s.write.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
				return err
			}
		}
		return s.up(ctx, folder, log)
	})
	return s.fail(doing, err)
}

// schema is the version of the schema, 0 for an empty database.
func (s *Store) schema(ctx context.Context) (int64, error) {
	const doing = "read the version of the database"
	var tables, version int64
	if err := s.row(ctx, doing, s.dialect.exists, []any{versions}, &tables); err != nil || tables == 0 {
		return 0, err
	}
	err := s.row(ctx, doing, "SELECT coalesce(max(version_id), 0) FROM "+versions, nil, &version)
	return version, err
}

func (s *Store) up(ctx context.Context, folder fs.FS, log *slog.Logger) error {
	dialects := map[string]database.Dialect{"sqlite": database.DialectSQLite3, "postgres": database.DialectPostgres}
	provider, err := goose.NewProvider(dialects[s.dialect.name], s.write, folder,
		goose.WithTableName(versions), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	done, err := provider.Up(ctx)
	if err != nil {
		return err
	}
	if n := len(done); n > 0 {
		log.InfoContext(ctx, "the database was brought up to date", "database", s.dialect.name, "schema", done[n-1].Source.Version)
	}
	return nil
}
