package store

import (
	"context"
	"database/sql"
	"errors"
)

// A Kind says what went wrong, in words that follow on the deed.
type Kind string

// The kinds.
const (
	Missing  Kind = "there is none"
	Taken    Kind = "there is one already"
	Invalid  Kind = "it is not well formed"
	Away     Kind = "the database can't be reached"
	Busy     Kind = "the database is busy"
	Full     Kind = "there is no space left for the database"
	Denied   Kind = "the database refused the user, the password or the right"
	ReadOnly Kind = "the database can't be written"
	NotOurs  Kind = "the file is not a database, or it is damaged"
	Replaced Kind = "another database has taken its place"
	Newer    Kind = "a newer version of the program has changed the database; use that version, or restore a backup from before"
	Ended    Kind = "it was given up before it was done"
	BadURL   Kind = "the connection URL is not well formed"
	Broken   Kind = "the database refused it"
)

// An Error says what was not done and why. Its text holds no values.
type Error struct {
	Doing string // "create a user"
	Kind  Kind
	Code  string // the database's own, such as "SQLSTATE 08006", or ""

	cause error // of package context, or nil
}

// Error returns what was not done and why.
func (e *Error) Error() string {
	text := e.Doing + ": " + string(e.Kind)
	if e.Code != "" {
		text += " (" + e.Code + ")"
	}
	return text
}

// Unwrap returns the context's error if it was the context that ended.
func (e *Error) Unwrap() error { return e.cause }

// NotFound reports whether what was asked for is not there.
func (e *Error) NotFound() bool { return e.Kind == Missing }

// Exists reports whether what was to be made is there already.
func (e *Error) Exists() bool { return e.Kind == Taken }

// Unavailable reports whether the same may succeed later with nothing changed
// in the request: the database is away, busy, full or can't be written.
func (e *Error) Unavailable() bool {
	switch e.Kind {
	case Away, Busy, Full, Denied, ReadOnly, Ended:
		return true
	default:
		return false
	}
}

// A classifier knows the errors of one driver.
type classifier func(error) (Kind, string)

// fail makes an [*Error] of any error.
func fail(doing string, err error, classify classifier) error {
	if err == nil {
		return nil
	}
	if own := (*Error)(nil); errors.As(err, &own) {
		return own
	}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return &Error{Doing: doing, Kind: Missing}
	case errors.Is(err, context.Canceled):
		return &Error{Doing: doing, Kind: Ended, cause: context.Canceled}
	}
	kind, code := classify(err)
	if errors.Is(err, context.DeadlineExceeded) {
		return &Error{Doing: doing, Kind: Away, Code: code, cause: context.DeadlineExceeded}
	}
	return &Error{Doing: doing, Kind: kind, Code: code}
}
