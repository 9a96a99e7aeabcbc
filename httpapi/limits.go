package httpapi

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
)

// The limits of a request, whatever its path and method. Those of time belong
// to the server. Its MaxHeaderBytes should be twice [MaxHeader]: what is beyond
// it, or no HTTP at all, net/http refuses by itself, without the headers and the
// body that answers have here.
const (
	MaxURL    = 4 << 10
	MaxHeader = 16 << 10
	MaxBody   = 64 << 10
)

var (
	urlTooLong  = fault(http.StatusRequestURITooLong, "The URL of the request is too long.", "It may have 4 KiB.")
	headTooLong = fault(http.StatusRequestHeaderFieldsTooLarge, "The header of the request is too large.", "It may have 16 KiB.").with("Connection", "close")
	encodedBody = fault(http.StatusUnsupportedMediaType, "The body of the request is encoded.", "Send it as it is, without Content-Encoding.").with("Accept-Encoding", "identity")
	bodyTooSlow = fault(http.StatusRequestTimeout, "The body of the request did not arrive in time.", "").with("Connection", "close")
	bodyCutOff  = fault(http.StatusBadRequest, "The body of the request is not complete.", "").with("Connection", "close")
)

// headerSize is how long a header is as HTTP/1.1 writes it.
func headerSize(r *http.Request) int {
	const around = len(": \r\n")
	size := len(r.Method) + len(r.RequestURI) + len(r.Host)
	for name, lines := range r.Header {
		for _, line := range lines {
			size += len(name) + len(line) + around
		}
	}
	return size
}

// limits refuses what is too long and reads the body. It does so for every
// path, known or not, so that no handler can forget it; a body is never
// decompressed, so what was counted is all there is.
func limits(c *call) *reply {
	if max(len(c.RequestURI), len(c.URL.Path)+len(c.URL.RawQuery)) > MaxURL {
		return &urlTooLong
	}
	if headerSize(c.Request) > MaxHeader {
		return &headTooLong
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
