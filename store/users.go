package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"
)

// The roles.
const (
	Owner    = "owner"
	Auditor  = "auditor"
	Member   = "member"
	Reporter = "reporter"
)

// Roles lists the roles.
var Roles = []string{Owner, Auditor, Member, Reporter}

// A User is somebody who may have tokens.
type User struct {
	ID       string // a UUID
	Username string
	Role     string
	Created  time.Time
}

// CreateUser makes a user and returns his id. A username is up to 32 lower-case
// letters, digits and single hyphens, and not "me"; else the kind of the error
// is [Invalid], and [Taken] if another has it.
func (s *Store) CreateUser(ctx context.Context, username, role string) (id string, err error) {
	const doing = "create a user"
	if !isUsername(username) || !slices.Contains(Roles, role) {
		return "", &Error{Doing: doing, Kind: Invalid}
	}
	id = newUUID()
	_, err = s.exec(ctx, doing, "INSERT INTO users (id, username, role, created) VALUES ($1, $2, $3, $4)", id, username, role, s.stamp())
	if err != nil {
		return "", err
	}
	return id, nil
}

// User finds a user by username or id.
func (s *Store) User(ctx context.Context, nameOrID string) (id, username, role string, err error) {
	const doing = "find a user"
	column := "username"
	switch lower := strings.ToLower(nameOrID); {
	case uuidForm().MatchString(lower):
		column, nameOrID = "id", lower
	case !isUsername(nameOrID):
		return "", "", "", &Error{Doing: doing, Kind: Missing}
	}
	err = s.row(ctx, doing, "SELECT id, username, role FROM users WHERE "+column+" = $1", []any{nameOrID}, &id, &username, &role)
	return id, username, role, err
}

// Users lists the users by username.
func (s *Store) Users(ctx context.Context) ([]User, error) {
	var users []User
	err := s.rows(ctx, "list users", "SELECT id, username, role, created FROM users", func(rows *sql.Rows) error {
		var u User
		var created int64
		err := rows.Scan(&u.ID, &u.Username, &u.Role, &created)
		u.Created = moment(created)
		users = append(users, u)
		return err
	})
	// Not by the database: its order depends on its locale.
	slices.SortFunc(users, func(a, b User) int { return strings.Compare(a.Username, b.Username) })
	return users, err
}
