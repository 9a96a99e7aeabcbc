package main

import (
	"context"
	"testing"
	"time"
)

// The want is what the SDK of AWS signs for the same user at the same time,
// but for the slash before the query, which is not signed.
func TestAWSPassword(t *testing.T) {
	t.Parallel()
	environ := []string{"AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=secret+example/key"}
	now := func() time.Time { return time.Date(2031, 5, 6, 9, 8, 9, 0, time.FixedZone("", 2*60*60)) }
	const want = "db.example.com:5432/?Action=connect&DBUser=ann&X-Amz-Algorithm=AWS4-HMAC-SHA256" +
		"&X-Amz-Credential=AKIDEXAMPLE%2F20310506%2Feu-west-1%2Frds-db%2Faws4_request&X-Amz-Date=20310506T070809Z&X-Amz-Expires=900" +
		"&X-Amz-SignedHeaders=host&X-Amz-Signature=ef5768f23e5a4c90e2eccd6b3f7d432508e72db6fdc91f206571823660001839"
	got, err := awsPassword(environ, now)(context.Background(), "db.example.com", 5432, "ann")
	if got != want || err != nil {
		t.Errorf("got %s, error %v, want\n%s", got, err, want)
	}
	for i := range environ {
		less := append(append([]string{}, environ[:i]...), environ[i+1:]...)
		if got, err := awsPassword(less, now)(context.Background(), "db.example.com", 5432, "ann"); got != "" || err == nil {
			t.Errorf("without %s: got %q, error %v, want an error", environ[i], got, err)
		}
	}
}
