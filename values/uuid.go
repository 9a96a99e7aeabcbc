package values

import (
	"encoding/hex"

	"github.com/strataconf/strata/option"
)

// A UUID is the identifier of a thing in the database, such as an organization.
type UUID [16]byte

// String returns the UUID in lower case with its hyphens.
func (u UUID) String() string {
	h := hex.EncodeToString(u[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// MarshalText returns what [UUID.String] does.
func (u UUID) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText reads 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. The
// error is an [*option.Fault], so that its words are shown.
func (u *UUID) UnmarshalText(text []byte) error {
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return notUUID()
	}
	digits := make([]byte, 0, 32)
	for i, from := range []int{0, 9, 14, 19, 24} {
		digits = append(digits, text[from:from+[]int{8, 4, 4, 4, 12}[i]]...)
	}
	var v UUID
	if _, err := hex.Decode(v[:], digits); err != nil {
		return notUUID()
	}
	*u = v
	return nil
}

func notUUID() error {
	return &option.Fault{Reason: "not a UUID such as 11111111-2222-4333-8444-555555555555"}
}
