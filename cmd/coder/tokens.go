package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/store"
	"github.com/strataconf/strata/values"
)

var errNoUser = errors.New("there is no such user (see coder users list)")

// createToken is "coder tokens create".
func (p *program) createToken(ctx context.Context, args []string) error {
	var user string
	var lifetime time.Duration
	form := kind.Duration(&lifetime, kind.Positive[time.Duration]())
	own := []ownFlag{
		textFlag("user", "name", "the name or the id of a user", "The name or the id of the user whose token it is.", &user),
		{
			name: "lifetime", arg: "duration", wants: "a positive duration such as 12h or 30d", set: func(v string) bool { return form.Decode(&lifetime, option.RawText(v)) == nil },
			help: "How long the token lives, such as 12h or 30d, up to --max-token-lifetime, and --max-admin-token-lifetime for an owner. Without this flag it is " +
				"--default-token-lifetime.",
		},
	}
	if asked(args, "--help", "-h") {
		return p.accountsPage("coder tokens create", "--user NAME [--lifetime DURATION]",
			"Make a token and print it, alone, on standard output. It is shown this once: the database keeps a hash of it only.", own,
			"coder tokens create --user olga", "coder tokens create --user ci --lifetime 90d >ci-token")
	}
	return p.withStore(ctx, args, p.first, own, func(snap *snapshot, db *store.Store) error {
		if user == "" {
			return usageError("--user is missing")
		}
		id, _, role, err := db.User(ctx, user)
		if notFound(err) {
			return errNoUser
		}
		if err != nil {
			return err
		}
		life, err := tokenLife(lifetime, role, &snap.View().SessionLifetime)
		if err != nil {
			return err
		}
		if p.Closed {
			return p.print(nil) // before it exists: nobody would ever know it
		}
		text, expires, err := db.CreateToken(ctx, id, life)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.Stderr, "coder: the token ends %s\n", day(expires))
		return p.print(func(w io.Writer) error {
			_, err := fmt.Fprintln(w, text)
			return err
		})
	})
}

// tokenLife is how long a token lives: what was asked for, or the default, if
// that is allowed.
func tokenLife(asked time.Duration, role string, limits *values.SessionLifetime) (time.Duration, error) {
	most, flag := limits.MaxTokenLifetime, "max-token-lifetime"
	if role == store.Owner {
		most, flag = limits.MaxAdminTokenLifetime, "max-admin-token-lifetime"
	}
	if asked == 0 {
		return min(limits.DefaultTokenLifetime, most), nil
	}
	if asked > most {
		return 0, errors.New("--lifetime is longer than " + flags(flag) + " allows")
	}
	return asked, nil
}

func notFound(err error) bool {
	var e interface{ NotFound() bool }
	return errors.As(err, &e) && e.NotFound()
}

// listTokens is "coder tokens list".
func (p *program) listTokens(ctx context.Context, args []string) error {
	var form string
	own := []ownFlag{formatFlag(&form, "them")}
	if asked(args, "--help", "-h") {
		return p.accountsPage("coder tokens list", "[--format FORM]",
			"List the tokens, oldest first: the first half of each, which names it. The second half is kept nowhere.", own, "coder tokens list")
	}
	return p.withStore(ctx, args, p.first, own, func(_ *snapshot, db *store.Store) error {
		tokens, err := db.Tokens(ctx)
		if err != nil {
			return err
		}
		type token struct {
			ID       string    `json:"id"`
			Username string    `json:"username"`
			Role     string    `json:"role"`
			Created  time.Time `json:"created"`
			Expires  time.Time `json:"expires"`
			State    string    `json:"state"`
		}
		now := p.now()
		list, rows := []token{}, [][]string{{"ID", "USER", "ROLE", "CREATED", "ENDS", "STATE"}}
		for _, t := range tokens {
			state := tokenState(t, now)
			list = append(list, token{t.ID, t.Username, t.Role, t.Created, t.Expires, state})
			rows = append(rows, []string{t.ID, t.Username, t.Role, day(t.Created), day(t.Expires), state})
		}
		return p.printList(form, list, rows)
	})
}

func tokenState(t store.Token, now time.Time) string {
	switch {
	case !t.Revoked.IsZero():
		return "revoked"
	case !now.Before(t.Expires):
		return "ended"
	}
	return "good"
}

// revokeToken is "coder tokens revoke".
func (p *program) revokeToken(ctx context.Context, args []string) error {
	if asked(args, "--help", "-h") {
		return p.accountsPage("coder tokens revoke", "ID",
			"End a token, by the first half of it, which coder tokens list tells. A server that has just let it in may do so for another minute.", nil,
			"coder tokens revoke 0123456789")
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return usageError("the first argument must be the id of a token (see coder tokens list)")
	}
	id, _, _ := strings.Cut(args[0], "-") // whole tokens are taken too
	return p.withStore(ctx, args[1:], p.first+1, nil, func(_ *snapshot, db *store.Store) error {
		err := db.RevokeToken(ctx, id)
		if notFound(err) {
			return errors.New("there is no such token (see coder tokens list)")
		}
		return err
	})
}
