package store_test

import (
	"crypto/sha256"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/store"
)

func TestUsers(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		ann := user(t, s, "ann", store.Owner)
		user(t, s, "z-9", store.Reporter)
		user(t, s, "bob", store.Auditor)
		for _, by := range []string{"ann", ann, strings.ToUpper(ann)} {
			id, name, role, err := s.User(t.Context(), by)
			if id != ann || name != "ann" || role != store.Owner || err != nil {
				t.Errorf("User(%q): got %q %q %q %v, want %q ann owner", by, id, name, role, err, ann)
			}
		}
		users, err := s.Users(t.Context())
		if err != nil || len(users) != 3 {
			t.Fatalf("Users: got %v %v, want three", users, err)
		}
		if got := users[0].Username + users[1].Username + users[2].Username; got != "annbobz-9" {
			t.Errorf("Users: got order %s", got)
		}
		if want := (store.User{ID: ann, Username: "ann", Role: store.Owner, Created: d.Now()}); users[0] != want {
			t.Errorf("Users: got %v, want %v", users[0], want)
		}
	})
}

func TestUsersRefused(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		user(t, s, "ann", store.Owner)
		for _, c := range []struct {
			name, role string
			want       store.Kind
		}{
			{"ann", store.Member, store.Taken},
			{"me", store.Member, store.Invalid},
			{"", store.Member, store.Invalid},
			{"Ann", store.Member, store.Invalid},
			{"a--b", store.Member, store.Invalid},
			{"-a", store.Member, store.Invalid},
			{"a b", store.Member, store.Invalid},
			{"a\x00b", store.Member, store.Invalid},
			{"é", store.Member, store.Invalid},
			{strings.Repeat("a", 33), store.Member, store.Invalid},
			{strings.Repeat("a", 32), store.Member, ""},
			{"bob", "root", store.Invalid},
			{"bob", "", store.Invalid},
		} {
			if _, err := s.CreateUser(t.Context(), c.name, c.role); kind(t, err) != c.want {
				t.Errorf("CreateUser(%q, %q): got %v, want %q", c.name, c.role, err, c.want)
			}
		}
		for _, unknown := range []string{"", "bob", "me", "' OR 1=1 --", "\xff", "a\x00", strings.Repeat("x", 1<<16), "6120072a-98d3-4df6-a6f4-cf2c39b4f653"} {
			if _, _, _, err := s.User(t.Context(), unknown); kind(t, err) != store.Missing {
				t.Errorf("User(%.20q): got %v, want %q", unknown, err, store.Missing)
			}
		}
	})
}

var tokenForm = regexp.MustCompile(`^[0-9A-Za-z]{10}-[0-9A-Za-z]{22}$`)

func TestTokens(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		ann := user(t, s, "ann", store.Owner)
		text, expires, err := s.CreateToken(t.Context(), ann, time.Hour)
		if err != nil || !tokenForm.MatchString(text) || !expires.Equal(d.Now().Add(time.Hour)) {
			t.Fatalf("CreateToken: got %q %v %v", text, expires, err)
		}
		id, secret, _ := strings.Cut(text, "-")

		d.advance(2 * time.Hour) // the caller decides what is over
		hash, userID, username, role, until, err := s.Token(t.Context(), id)
		if err != nil || hash != sha256.Sum256([]byte(secret)) || userID != ann || username != "ann" || role != store.Owner || !until.Equal(expires) {
			t.Errorf("Token: got %x %q %q %q %v %v", hash, userID, username, role, until, err)
		}
		for _, unknown := range []string{"", "AAAAAAAAAA", id[:9], id + "0", "' OR 1=1 ", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", strings.ToUpper(id) + "x"} {
			if _, _, _, _, _, err := s.Token(t.Context(), unknown); kind(t, err) != store.Missing {
				t.Errorf("Token(%q): got %v, want %q", unknown, err, store.Missing)
			}
			if err := s.RevokeToken(t.Context(), unknown); kind(t, err) != store.Missing {
				t.Errorf("RevokeToken(%q): got %v, want %q", unknown, err, store.Missing)
			}
		}
		for range 2 {
			if err := s.RevokeToken(t.Context(), id); err != nil {
				t.Errorf("RevokeToken: got %v", err)
			}
			d.advance(time.Minute)
		}
		if _, _, _, _, _, err := s.Token(t.Context(), id); kind(t, err) != store.Missing {
			t.Errorf("Token after RevokeToken: got %v, want %q", err, store.Missing)
		}
		tokens, err := s.Tokens(t.Context())
		if err != nil || len(tokens) != 1 || !tokens[0].Revoked.Equal(d.Now().Add(-2*time.Minute)) || tokens[0].Username != "ann" {
			t.Errorf("Tokens: got %v %v, want one, revoked at first", tokens, err)
		}
		if _, _, err := s.CreateToken(t.Context(), "bob", time.Hour); kind(t, err) != store.Missing {
			t.Errorf("CreateToken for nobody: got %v", err)
		}
		if _, _, err := s.CreateToken(t.Context(), "ann", 0); kind(t, err) != store.Invalid {
			t.Errorf("CreateToken without lifetime: got %v", err)
		}
		if _, until, err := s.CreateToken(t.Context(), "ann", 1<<63-1); err != nil || until.Year() < 2300 {
			t.Errorf("CreateToken for the longest time: got %v %v", until, err)
		}
	})
}

func TestPurgeTokens(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		user(t, s, "ann", store.Owner)
		ended, revoked, live := token(t, s, "ann", time.Hour), token(t, s, "ann", 1000*time.Hour), token(t, s, "ann", 1000*time.Hour)
		if err := s.RevokeToken(t.Context(), revoked[:10]); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			before time.Duration
			want   int64
		}{{0, 0}, {time.Minute, 1}, {time.Hour, 0}, {time.Hour + time.Microsecond, 1}, {999 * time.Hour, 0}} {
			if n, err := s.PurgeTokens(t.Context(), d.Now().Add(c.before)); n != c.want || err != nil {
				t.Errorf("PurgeTokens(+%v): got %d %v, want %d", c.before, n, err, c.want)
			}
		}
		if tokens, err := s.Tokens(t.Context()); err != nil || len(tokens) != 1 || tokens[0].ID != live[:10] {
			t.Errorf("Tokens: got %v %v, want the live one, neither %s nor %s", tokens, err, ended[:10], revoked[:10])
		}
	})
}

func TestUpdate(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		if _, _, _, err := s.LatestUpdate(t.Context()); kind(t, err) != store.Missing {
			t.Errorf("LatestUpdate: got %v, want %q", err, store.Missing)
		}
		at := d.Now()
		for _, c := range []struct {
			version string
			checked time.Time
			want    string
		}{{"v1", at, "v1"}, {"v2", at.Add(time.Hour), "v2"}, {"v0", at, "v2"}} {
			if err := s.SaveUpdate(t.Context(), c.version, "https://example.com/", c.checked); err != nil {
				t.Fatal(err)
			}
			version, url, checked, err := s.LatestUpdate(t.Context())
			if version != c.want || url != "https://example.com/" || checked.Before(at) || err != nil {
				t.Errorf("LatestUpdate after %s: got %q %q %v %v, want %s", c.version, version, url, checked, err, c.want)
			}
		}
	})
}
