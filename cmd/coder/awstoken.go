package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// awsPassword makes passwords of RDS from the credentials in the environment.
// Such a password lasts 15 minutes, so each connection gets its own.
func awsPassword(environ []string, now func() time.Time) func(context.Context, string, uint16, string) (string, error) {
	return func(_ context.Context, host string, port uint16, user string) (string, error) {
		region := getenv(environ, "AWS_REGION")
		if region == "" {
			region = getenv(environ, "AWS_DEFAULT_REGION")
		}
		k := awsKey{
			id: getenv(environ, "AWS_ACCESS_KEY_ID"), secret: getenv(environ, "AWS_SECRET_ACCESS_KEY"),
			session: getenv(environ, "AWS_SESSION_TOKEN"), region: region,
		}
		if k.id == "" || k.secret == "" || k.region == "" {
			return "", errors.New("the environment has no credentials or no region of AWS")
		}
		return k.token(net.JoinHostPort(host, strconv.Itoa(int(port))), user, now()), nil
	}
}

// An awsKey signs.
type awsKey struct{ id, secret, session, region string }

// token is a request to connect, signed by version 4 of the signatures of AWS
// and written without its scheme.
func (k awsKey) token(address, user string, now time.Time) string {
	const algorithm, service = "AWS4-HMAC-SHA256", "rds-db"
	day, stamp := now.UTC().Format("20060102"), now.UTC().Format("20060102T150405Z")
	scope := strings.Join([]string{day, k.region, service, "aws4_request"}, "/")
	q := url.Values{
		"Action": {"connect"}, "DBUser": {user}, "X-Amz-Algorithm": {algorithm}, "X-Amz-Credential": {k.id + "/" + scope},
		"X-Amz-Date": {stamp}, "X-Amz-Expires": {"900"}, "X-Amz-SignedHeaders": {"host"},
	}
	if k.session != "" {
		q.Set("X-Amz-Security-Token", k.session)
	}
	query := strings.ReplaceAll(q.Encode(), "+", "%20") // Encode sorts by name, as signing wants it
	nothing := sha256.Sum256(nil)
	request := strings.Join([]string{"GET", "/", query, "host:" + address, "", "host", hex.EncodeToString(nothing[:])}, "\n")
	hash := sha256.Sum256([]byte(request))
	sum := []byte("AWS4" + k.secret)
	for _, part := range []string{day, k.region, service, "aws4_request", strings.Join([]string{algorithm, stamp, scope, hex.EncodeToString(hash[:])}, "\n")} {
		mac := hmac.New(sha256.New, sum)
		mac.Write([]byte(part))
		sum = mac.Sum(nil)
	}
	return address + "/?" + query + "&X-Amz-Signature=" + hex.EncodeToString(sum)
}
