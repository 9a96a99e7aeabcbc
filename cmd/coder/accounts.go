package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/store"
)

// withStore opens the database that a server with the same options has. The
// arguments begin at first in os.Args.
func (p *program) withStore(ctx context.Context, args []string, first int, own []ownFlag, do func(*snapshot, *store.Store) error) error {
	rest, index, err := takeOwn(args, first, own)
	if err != nil {
		return err
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	if err := slip(rest, index, own, reg.Catalog); err != nil {
		return err
	}
	if len(rest) > 0 && !strings.HasPrefix(rest[0], "-") && len(own) > 0 && own[0].arg == "name" {
		return usageError(fmt.Sprintf("argv[%d]: an argument that belongs to no flag (did you mean --%s before it?)", index[0], own[0].name))
	}
	snap, problems := load.Load(reg, p.options(rest, index, files.Reader{Stdin: p.Stdin}), checkDatabase)
	if snap == nil {
		writeProblems(p.Stderr, problems.Errors())
		return errReported
	}
	if v := snap.View(); v.EphemeralDeployment || v.InMemoryDatabase {
		return usageError("the database of such a server is temporary; it says where it is when it starts, and CODER_CONFIG_DIR leads there")
	}
	db := &database{}
	if err := p.open(ctx, snap, db, p.databaseConfig(snap)); err != nil {
		return err
	}
	defer db.Close()
	return storeFault(do(snap, db.Store))
}

// storeFault is an error of the store for people.
func storeFault(err error) error {
	own := (*store.Error)(nil)
	if errors.As(err, &own) && own.Unavailable() {
		return unavailable(own.Error())
	}
	return err
}

// accountsPage is the help of a command that opens the database.
func (p *program) accountsPage(command, args, summary string, own []ownFlag, examples ...string) error {
	return p.page(command, strings.TrimSpace(args+" [-c FILE] [flags of coder server]"), summary+
		" It finds the database by the flags, the variables and the file of the server, which may be running.", own, examples...)
}

// textFlag takes any text but none.
func textFlag(name, arg, wants, help string, to *string) ownFlag {
	return ownFlag{name: name, arg: arg, wants: wants, help: help, set: func(v string) bool {
		*to = v
		return v != ""
	}}
}

// columns writes rows with their cells under each other.
func columns(w io.Writer, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			fmt.Fprintf(&line, "%-*s  ", widths[i], option.Escape(cell))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// day is a moment for people.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// printList prints a list: as JSON, or its rows in columns.
func (p *program) printList(form string, list any, rows [][]string) error {
	return p.print(func(w io.Writer) error {
		if form == "json" {
			return writeJSON(w, list)
		}
		return columns(w, rows)
	})
}
