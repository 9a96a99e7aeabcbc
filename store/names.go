package store

import (
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"strings"
	"sync"
)

// The lengths of the two halves of a token's text.
const (
	idLength     = 10
	secretLength = 22
)

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// random returns so many letters and digits, each as likely as the others.
func random(length int) string {
	const fair = 256 / len(alphabet) * len(alphabet)
	text := make([]byte, 0, length)
	var bytes [32]byte
	for {
		_, _ = rand.Read(bytes[:]) // never fails: it ends the program instead
		for _, b := range bytes {
			if len(text) == length {
				return string(text)
			}
			if int(b) < fair {
				text = append(text, alphabet[int(b)%len(alphabet)])
			}
		}
	}
}

// newUUID returns a UUID of version 4.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

var (
	uuidForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	})
	usernameForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`) })
	idForm       = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9A-Za-z]{10}$`) })
)

// isUsername reports whether a text may be a username: up to 32 lower-case
// letters, digits and single hyphens. It is never that of a UUID, and not the
// name by which a user calls himself in a path.
func isUsername(s string) bool {
	return len(s) <= 32 && usernameForm().MatchString(s) && s != "me"
}
