package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/store"
)

// The signatures are those that AWS's own library, aws-sdk-go-v2 1.47.7, makes.
func TestRDSPassword(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		region, session, user string
		port                  uint16
		begin, signature      string
	}{
		{"eu-west-1", "", "ann", 5432, "db.example.com:5432/?Action=connect&DBUser=ann&X-Amz-Algorithm=AWS4-HMAC-SHA256&", "ef5768f23e5a4c90e2eccd6b3f7d432508e72db6fdc91f206571823660001839"},
		{"us-east-1", "se/ss+ion==", "a b+é~*", 5433, "db.example.com:5433/?Action=connect&DBUser=a%20b%2B%C3%A9~%2A&", "4dc947ad34d37065a358c83c287ec69c7bdb2c98855f2dad7c6f9fc1259cc4b9"},
	} {
		a := store.AWS{Region: c.region, Keys: func() (string, string, string) { return "AKIDEXAMPLE", "secret+example/key", c.session }}
		got := a.Password("db.example.com", c.port, c.user, time.Date(2031, 5, 6, 9, 8, 9, 0, time.FixedZone("", 7200)))
		if !strings.HasPrefix(got, c.begin) || !strings.HasSuffix(got, "&X-Amz-Signature="+c.signature) {
			t.Errorf("%s: got %s", c.user, got)
		}
	}
}
