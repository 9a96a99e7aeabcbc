package store

import (
	"context"
	"time"
)

// SaveUpdate keeps what the last successful check for updates found, in place
// of what one before it did.
func (s *Store) SaveUpdate(ctx context.Context, version, url string, checked time.Time) error {
	_, err := s.exec(ctx, "keep the result of the update check", `INSERT INTO latest_update (one, version, url, checked) VALUES (1, $1, $2, $3)
		ON CONFLICT (one) DO UPDATE SET version = excluded.version, url = excluded.url, checked = excluded.checked
		WHERE excluded.checked >= latest_update.checked`, version, url, checked.UnixMicro())
	return err
}

// LatestUpdate returns what was kept last. The kind of the error is [Missing]
// if nothing was.
func (s *Store) LatestUpdate(ctx context.Context) (version, url string, checked time.Time, err error) {
	var stamp int64
	err = s.row(ctx, "read the result of the update check", "SELECT version, url, checked FROM latest_update", nil, &version, &url, &stamp)
	if err != nil {
		return "", "", time.Time{}, err
	}
	return version, url, moment(stamp), nil
}
