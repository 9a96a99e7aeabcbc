package httpapi

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
)

// The limits of a request, whatever its path and method. Those of headers and
// of time belong to the server: [http.Server] should allow [MaxHeader].
const (
	MaxURL    = 4 << 10
	MaxHeader = 16 << 10
	MaxBody   = 64 << 10
)

var (
	urlTooLong  = fault(http.StatusRequestURITooLong, "The URL of the request is too long.", "It may have 4 KiB.")
	encodedBody = fault(http.StatusUnsupportedMediaType, "The body of the request is encoded.", "Send it as it is, without Content-Encoding.").with("Accept-Encoding", "identity")
	bodyTooSlow = fault(http.StatusRequestTimeout, "The body of the request did not arrive in time.", "").with("Connection", "close")
	bodyCutOff  = fault(http.StatusBadRequest, "The body of the request is not complete.", "").with("Connection", "close")
)

// limits refuses what is too long and reads the body. It does so for every
// path, known or not, so that no handler can forget it; a body is never
// decompressed, so what was counted is all there is.
func limits(c *call) *reply {
	if max(len(c.RequestURI), len(c.URL.Path)+len(c.URL.RawQuery)) > MaxURL {
		return &urlTooLong
	}
	if c.ContentLength > MaxBody {
		return &bodyTooLarge
	}
	for _, encoding := range c.Header.Values("Content-Encoding") {
		if !strings.EqualFold(strings.TrimSpace(encoding), "identity") {
			return &encodedBody
		}
	}
	if c.Body == nil || c.Body == http.NoBody {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(c.Body, MaxBody+1))
	var slow net.Error
	switch {
	case len(body) > MaxBody:
		return &bodyTooLarge
	case errors.As(err, &slow) && slow.Timeout():
		return &bodyTooSlow
	case err != nil:
		return &bodyCutOff
	}
	c.body = body
	return nil
}
