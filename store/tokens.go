package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"time"
)

// A Token is what is known of a token. Its secret is known to nobody here.
type Token struct {
	ID       string // the first half of its text
	UserID   string
	Username string
	Role     string
	Created  time.Time
	Expires  time.Time
	Revoked  time.Time // zero if it was not
}

// CreateToken makes a token for a user, by username or id, and returns its
// text: ten letters and digits that name it, a hyphen, and a secret of 22. Only
// the SHA-256 of these 22 is kept.
func (s *Store) CreateToken(ctx context.Context, user string, lifetime time.Duration) (text string, expires time.Time, err error) {
	const doing = "create a token"
	if lifetime <= 0 {
		return "", time.Time{}, &Error{Doing: doing, Kind: Invalid}
	}
	userID, _, _, err := s.User(ctx, user)
	if err != nil {
		return "", time.Time{}, err
	}
	id, secret := random(idLength), random(secretLength)
	hash := sha256.Sum256([]byte(secret))
	now := s.now()
	expires = moment(now.Add(lifetime).UnixMicro())
	_, err = s.exec(ctx, doing, "INSERT INTO tokens (id, hash, user_id, created, expires) VALUES ($1, $2, $3, $4, $5)",
		id, hash[:], userID, now.UnixMicro(), expires.UnixMicro())
	if err != nil {
		return "", time.Time{}, err
	}
	return id + "-" + secret, expires, nil
}

const tokenQuery = `SELECT t.hash, u.id, u.username, u.role, t.expires
FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.id = $1 AND t.revoked IS NULL`

// Token finds a token by the first half of its text: the SHA-256 of its
// secret, its user, and when it ends, which may have been. One that was revoked
// is not found.
func (s *Store) Token(ctx context.Context, id string) (hash [32]byte, userID, username, role string, expires time.Time, err error) {
	const doing = "find a token"
	if !idForm().MatchString(id) {
		return hash, "", "", "", time.Time{}, &Error{Doing: doing, Kind: Missing}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var kept []byte
	var stamp int64
	err = s.token.QueryRowContext(ctx, id).Scan(&kept, &userID, &username, &role, &stamp)
	if err != nil {
		return hash, "", "", "", time.Time{}, s.fail(doing, err)
	}
	copy(hash[:], kept)
	return hash, userID, username, role, moment(stamp), nil
}

// Tokens lists the tokens, oldest first.
func (s *Store) Tokens(ctx context.Context) ([]Token, error) {
	var tokens []Token
	err := s.rows(ctx, "list tokens", `SELECT t.id, u.id, u.username, u.role, t.created, t.expires, t.revoked
		FROM tokens t JOIN users u ON u.id = t.user_id ORDER BY t.created, t.id`, func(rows *sql.Rows) error {
		var t Token
		var created, expires int64
		var revoked sql.NullInt64
		err := rows.Scan(&t.ID, &t.UserID, &t.Username, &t.Role, &created, &expires, &revoked)
		t.Created, t.Expires = moment(created), moment(expires)
		if revoked.Valid {
			t.Revoked = moment(revoked.Int64)
		}
		tokens = append(tokens, t)
		return err
	})
	return tokens, err
}

// RevokeToken ends a token, by the first half of its text. Doing so twice is
// no error.
func (s *Store) RevokeToken(ctx context.Context, id string) error {
	const doing = "revoke a token"
	if !idForm().MatchString(id) {
		return &Error{Doing: doing, Kind: Missing}
	}
	n, err := s.exec(ctx, doing, "UPDATE tokens SET revoked = coalesce(revoked, $2) WHERE id = $1", id, s.stamp())
	if err == nil && n == 0 {
		return &Error{Doing: doing, Kind: Missing}
	}
	return err
}

// PurgeTokens forgets tokens that ended or were revoked before a moment, and
// returns how many.
func (s *Store) PurgeTokens(ctx context.Context, before time.Time) (int64, error) {
	return s.exec(ctx, "purge tokens", "DELETE FROM tokens WHERE expires < $1 OR revoked < $1", before.UnixMicro())
}
