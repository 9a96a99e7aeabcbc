package store

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
)

// PushKey returns the public half of the key pair with which a deployment
// signs notifications to browsers (RFC 8292): the uncompressed point on P-256
// in base64url without padding, as browsers take it. The pair is made when it
// is first asked for and stays for ever: browsers that subscribed know it. Its
// secret half goes no further than the database.
func (s *Store) PushKey(ctx context.Context) (string, error) {
	const doing = "read the key of notifications"
	secret, err := s.pushSecret(ctx, doing)
	if missing(err) {
		pair, failed := ecdh.P256().GenerateKey(rand.Reader)
		if failed != nil {
			return "", s.fail("make a key for notifications", failed)
		}
		// Of several that come here at once, one is first.
		if _, err = s.exec(ctx, "keep a key for notifications", "INSERT INTO push_key (one, secret, created) VALUES (1, $1, $2) ON CONFLICT DO NOTHING",
			pair.Bytes(), s.stamp()); err == nil {
			secret, err = s.pushSecret(ctx, doing)
		}
	}
	if err != nil {
		return "", err
	}
	pair, err := ecdh.P256().NewPrivateKey(secret)
	if err != nil {
		return "", &Error{Doing: doing, Kind: Invalid}
	}
	return base64.RawURLEncoding.EncodeToString(pair.PublicKey().Bytes()), nil
}

func (s *Store) pushSecret(ctx context.Context, doing string) (secret []byte, err error) {
	return secret, s.row(ctx, doing, "SELECT secret FROM push_key", nil, &secret)
}
