package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/strataconf/strata/store"
)

const usernameForm = "up to 32 lower-case letters, digits and single hyphens, and not me"

// createUser is "coder users create".
func (p *program) createUser(ctx context.Context, args []string) error {
	var name, role string
	own := []ownFlag{
		textFlag("username", "name", usernameForm, "The name of the user: "+usernameForm+".", &name),
		{
			name: "role", arg: "role", wants: strings.Join(store.Roles, ", "), set: oneOf(&role, store.Roles...),
			help: "What the user may do: an owner everything, an auditor read the configuration and the statistics, a member what anybody may who has " +
				"a token, a reporter send statistics and nothing else but that.",
		},
	}
	if asked(args, "--help", "-h") {
		return p.accountsPage("coder users create", "--username NAME --role ROLE",
			"Make a user and print the id. A user has no password; tokens are made with coder tokens create.", own,
			"coder users create --username olga --role owner")
	}
	return p.withStore(ctx, args, p.first, own, func(_ *snapshot, db *store.Store) error {
		switch {
		case name == "":
			return usageError("--username is missing")
		case role == "":
			return usageError("--role is missing: " + strings.Join(store.Roles, ", "))
		}
		id, err := db.CreateUser(ctx, name, role)
		if kind := (*store.Error)(nil); errors.As(err, &kind) {
			switch kind.Kind {
			case store.Taken:
				return errors.New("there is a user of that name already")
			case store.Invalid:
				return usageError("--username must be " + usernameForm)
			}
		}
		if err != nil {
			return err
		}
		return p.print(func(w io.Writer) error {
			_, err := fmt.Fprintln(w, id)
			return err
		})
	})
}

// listUsers is "coder users list".
func (p *program) listUsers(ctx context.Context, args []string) error {
	var form string
	own := []ownFlag{formatFlag(&form, "them")}
	if asked(args, "--help", "-h") {
		return p.accountsPage("coder users list", "[--format FORM]", "List the users by name.", own, "coder users list --format json")
	}
	return p.withStore(ctx, args, p.first, own, func(_ *snapshot, db *store.Store) error {
		users, err := db.Users(ctx)
		if err != nil {
			return err
		}
		type user struct {
			ID       string    `json:"id"`
			Username string    `json:"username"`
			Role     string    `json:"role"`
			Created  time.Time `json:"created"`
		}
		list, rows := []user{}, [][]string{{"NAME", "ROLE", "CREATED", "ID"}}
		for _, u := range users {
			list = append(list, user{u.ID, u.Username, u.Role, u.Created})
			rows = append(rows, []string{u.Username, u.Role, day(u.Created), u.ID})
		}
		return p.printList(form, list, rows)
	})
}
