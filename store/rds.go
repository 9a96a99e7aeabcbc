package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// AWS is what signs a password for a database of Amazon RDS.
type AWS struct {
	Region string
	// Keys reveals the id of a key, the key, and the token of its session,
	// which is "" for a key that lasts.
	Keys func() (id, secret, session string)
}

// Password returns the password of a database user who signs in by IAM. It is
// good for new connections for a quarter of an hour, so each connection gets
// its own: see [Config]. RDS demands TLS of such a connection.
func (a AWS) Password(host string, port uint16, user string, now time.Time) string {
	id, secret, session := a.Keys()
	now = now.UTC()
	address := net.JoinHostPort(host, strconv.Itoa(int(port)))
	day, second := now.Format("20060102"), now.Format("20060102T150405Z")
	scope := day + "/" + a.Region + "/rds-db/aws4_request"
	query := url.Values{
		"Action": {"connect"}, "DBUser": {user},
		"X-Amz-Algorithm": {"AWS4-HMAC-SHA256"}, "X-Amz-Credential": {id + "/" + scope},
		"X-Amz-Date": {second}, "X-Amz-Expires": {"900"}, "X-Amz-SignedHeaders": {"host"},
	}
	if session != "" {
		query.Set("X-Amz-Security-Token", session)
	}
	// The signature is over spaces as %20, where Go writes a plus.
	signed := strings.ReplaceAll(query.Encode(), "+", "%20")
	empty := sha256.Sum256(nil)
	request := sha256.Sum256([]byte("GET\n/\n" + signed + "\nhost:" + address + "\n\nhost\n" + hex.EncodeToString(empty[:])))
	key := []byte("AWS4" + secret)
	for _, part := range []string{day, a.Region, "rds-db", "aws4_request"} {
		key = sign(key, part)
	}
	signature := sign(key, "AWS4-HMAC-SHA256\n"+second+"\n"+scope+"\n"+hex.EncodeToString(request[:]))
	return address + "/?" + signed + "&X-Amz-Signature=" + hex.EncodeToString(signature)
}

func sign(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
