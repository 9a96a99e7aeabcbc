package store_test

import (
	"crypto/ecdh"
	"encoding/base64"
	"slices"
	"sync"
	"testing"

	"github.com/strataconf/strata/store"
)

// One key pair is made, whoever asks first, and lasts.
func TestPushKey(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		servers := []*store.Store{d.open(t), d.open(t)}
		keys := make([]string, 8)
		var group sync.WaitGroup
		for i := range keys {
			group.Go(func() {
				var err error
				if keys[i], err = servers[i%2].PushKey(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		later, err := d.open(t).PushKey(t.Context())
		if keys = slices.Compact(append(keys, later)); err != nil || len(keys) != 1 {
			t.Fatalf("got keys %v, error %v, want one", keys, err)
		}
		point, err := base64.RawURLEncoding.DecodeString(later)
		if err != nil || len(point) != 65 || point[0] != 4 {
			t.Fatalf("got %q, error %v, want an uncompressed point in base64url", later, err)
		}
		if _, err := ecdh.P256().NewPublicKey(point); err != nil {
			t.Errorf("got a point that is not on P-256: %v", err)
		}
	})
}

func TestDeploymentsDifferInPushKeys(t *testing.T) {
	t.Parallel()
	one, err := onSQLite(t).open(t).PushKey(t.Context())
	other, err2 := onSQLite(t).open(t).PushKey(t.Context())
	if err != nil || err2 != nil || one == other {
		t.Errorf("got %q %v and %q %v, want two keys", one, err, other, err2)
	}
}

// A secret that is no number of the curve is refused and not shown.
func TestPushKeyThatIsNone(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		secret := "X'" + zeroKey + "'"
		if d.PostgresURL != nil {
			secret = `'\x` + zeroKey + "'"
		}
		d.direct(t, "INSERT INTO push_key (one, secret, created) VALUES (1, "+secret+", 0)")
		if key, err := s.PushKey(t.Context()); key != "" || kind(t, err) != store.Invalid {
			t.Errorf("got %q %v, want %q", key, err, store.Invalid)
		}
	})
}

const zeroKey = "0000000000000000000000000000000000000000000000000000000000000000"
