package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/store"
)

// databaseFile is the database in its folder, where there is no PostgreSQL.
const databaseFile = "coder.db"

// A database is a store, and the folder that goes with it if it is temporary.
type database struct {
	*store.Store
	temporary string
}

// Close closes the store.
func (d *database) Close() {
	_ = d.Store.Close()
	if d.temporary != "" {
		_ = os.RemoveAll(d.temporary)
	}
}

// openDatabase opens the database of a server.
func (p *program) openDatabase(ctx context.Context, snap *snapshot, logs *logs) (*database, error) {
	v := snap.View()
	d := &database{}
	config := p.databaseConfig(snap)
	config.Log = logs.named("store")
	if v.InMemoryDatabase || v.EphemeralDeployment {
		dir, err := os.MkdirTemp("", "coder-")
		if err != nil {
			return nil, unavailable("the temporary folder of the database can't be made: " + osReason(err))
		}
		d.temporary = dir
		config.Path, config.Ephemeral = filepath.Join(dir, databaseFile), true
		logs.say("the database is in " + option.Escape(dir) + ", which goes when this server stops")
	}
	err := p.open(ctx, snap, d, config)
	if err != nil && d.temporary != "" {
		_ = os.RemoveAll(d.temporary)
	}
	if err == nil && config.PostgresURL == nil {
		warnExposed(config.Path, logs)
	}
	return d, err
}

// warnExposed tells of a database that others can reach: who writes it can make
// himself an owner.
func warnExposed(path string, logs *logs) {
	if runtime.GOOS == "windows" {
		return // its modes say nothing of others
	}
	const others, write = 0o077, 0o022
	for _, c := range []struct {
		path string
		mask os.FileMode
		say  string
	}{
		{filepath.Dir(path), write, "other users can write into the folder of the database; take that permission away: chmod go-w"},
		{path, others, "other users can read or write the database; take that permission away: chmod 600"},
	} {
		if info, err := os.Stat(c.path); err == nil && info.Mode()&c.mask != 0 && info.Mode()&os.ModeSticky == 0 {
			logs.log.Warn(c.say, "path", c.path)
		}
	}
}

// databaseConfig says where the database is that lasts.
func (p *program) databaseConfig(snap *snapshot) store.Config {
	v := snap.View()
	c := store.Config{Now: p.now}
	if v.PostgresURL.IsSet() {
		c.PostgresURL = v.PostgresURL.Reveal
		if v.PostgresAuth == "awsiamrds" {
			c.Password = awsPassword(p.Environ, p.now)
		}
	} else if p.Host.StateDir != "" {
		c.Path = filepath.Join(p.Host.StateDir, databaseFile)
	}
	return c
}

// open opens a database. Its folder is made, for this user alone.
func (p *program) open(ctx context.Context, snap *snapshot, d *database, c store.Config) error {
	if c.PostgresURL == nil {
		if c.Path == "" {
			return unavailable("there is no folder for the database; set CODER_CONFIG_DIR, or --postgres-url")
		}
		if err := os.MkdirAll(filepath.Dir(c.Path), 0o700); err != nil {
			return unavailable("the folder of the database, " + option.Escape(filepath.Dir(c.Path)) + ", can't be made: " + osReason(err))
		}
		// SQLite would let others read a file that it makes, and gives its
		// further files the mode of the first.
		f, err := os.OpenFile(c.Path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return unavailable(option.Escape(c.Path) + " can't be opened: " + osReason(err))
		}
		_ = f.Close()
	}
	var err error
	if d.Store, err = store.Open(ctx, c); err == nil {
		return nil
	}
	if c.PostgresURL == nil {
		return unavailable(option.Escape(c.Path) + ": " + err.Error())
	}
	fault := blame(snap, "postgres-url", "no-database", err.Error())
	if own := (*store.Error)(nil); errors.As(err, &own) && own.Kind == store.BadURL {
		return p.refuse(fault)
	}
	return unavailable(fault.Error())
}

// checkDatabase refuses two databases at once: the one that lasts would stay
// empty, or the one that goes would not be the one in use.
func checkDatabase(c *startChecker) {
	v := c.View()
	if !v.PostgresURL.IsSet() {
		return
	}
	const reason, hint = "a database is either temporary or in PostgreSQL", "remove one of the two"
	if v.InMemoryDatabase {
		c.Problem("two-databases", reason, hint, &v.InMemoryDatabase, &v.PostgresURL)
	}
	if v.EphemeralDeployment {
		c.Problem("two-databases", reason, hint, &v.EphemeralDeployment, &v.PostgresURL)
	}
}
