package httpapi

import (
	"context"
	"errors"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/stats"
)

// The roles. What each may do stands in the table of routes.
const (
	RoleOwner    = "owner"
	RoleAuditor  = "auditor"
	RoleMember   = "member"
	RoleReporter = "reporter"
)

// Settings gives the configuration that is in effect.
type Settings interface {
	// Redacted returns the same pointer as long as nothing changed: the
	// answers made of it are kept by it.
	Redacted() *option.Redacted
}

// The texts of the errors of these interfaces go to the log and nowhere else.
// They must not hold secrets.

// Tokens finds tokens.
type Tokens interface {
	// Token returns the SHA-256 hash of the secret of the token with that id,
	// its owner and its end. A token that is revoked or unknown is an error
	// with a method NotFound that returns true; any other error says that the
	// store can't tell now.
	Token(ctx context.Context, id string) (hash [32]byte, userID, username, role string, expires time.Time, err error)
}

// Users finds users.
type Users interface {
	// User returns the user with that id or name. An unknown one is an error
	// as with [Tokens].
	User(ctx context.Context, nameOrID string) (id, username, role string, err error)
}

// Stats takes and tells what workspaces do.
type Stats interface {
	// Report stores a batch; when it returns nil, the batch is safe.
	Report(ctx context.Context, b stats.Batch) error
	// Snapshot returns the newest figures. They are computed aside, so it
	// costs nothing.
	Snapshot() stats.Answer
}

// Updates tells of newer versions.
type Updates interface {
	// Latest returns the newest version that is known and its page; ok is
	// false if no look at it has succeeded yet.
	Latest() (version, url string, ok bool)
}

// An Identity is somebody whose token was good.
type Identity struct {
	ID, Username, Role string
}

// unknown reports whether err says that there is no such thing.
func unknown(err error) bool {
	var e interface{ NotFound() bool }
	return errors.As(err, &e) && e.NotFound()
}
