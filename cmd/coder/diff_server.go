package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/option"
)

const (
	// tokenVariable is where people keep the token of their session.
	tokenVariable = "CODER_SESSION_TOKEN"
	sessionHeader = "Coder-Session-Token"

	serverTimeout = 20 * time.Second // for all requests to one server
	mostAnswer    = 4 << 20          // bytes
	mostRedirects = 3
)

// parse reads the URL of a server.
func (s *sideName) parse() error {
	u, err := url.Parse(s.text)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return usageError(s.label + " is not the URL of a server, such as https://dev.example.com")
	case u.User != nil:
		return usageError(s.label + ": a URL must not hold a user or password (give the token by --token-file or $" + tokenVariable + ")")
	case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return usageError(s.label + ": the URL of a server has neither a query nor a fragment")
	}
	u.Path = strings.TrimSuffix(u.Path, "/")
	u.RawPath = ""
	s.url, s.text = u, u.String()
	return nil
}

// tokens finds a token for each server. One token is never shown to two
// servers, since each could use it on the other.
func (c *comparison) tokens() error {
	var servers []*sideName
	for i := range c.sides {
		if c.sides[i].kind == sideServer {
			servers = append(servers, &c.sides[i])
		}
	}
	named := c.flags.tokenFiles
	// Not that of the other files, which remembers what it read.
	from := files.Reader{Stdin: &once{Reader: c.Stdin}}
	two := len(servers) == 2 && (servers[0].url.Host != servers[1].url.Host || servers[0].url.Scheme != servers[1].url.Scheme)
	switch {
	case len(named) > len(servers):
		return usageError("there are more of --token-file than servers")
	case len(named) > 0 && c.readsStdin(named):
		return usageError("only one thing can be read from standard input")
	case two && len(named) < 2:
		return usageError("two servers need two tokens: give --token-file twice, first for A")
	}
	for i, s := range servers {
		text := getenv(c.Environ, tokenVariable)
		if len(named) > 0 {
			b, err := from.ReadFile(named[min(i, len(named)-1)])
			if err != nil {
				return usageError("--token-file: " + fileReason(err))
			}
			text = string(b)
		}
		if s.token = strings.TrimSpace(text); s.token == "" {
			return usageError(s.label + " needs a token (give it by --token-file or $" + tokenVariable + ")")
		}
		if strings.ContainsFunc(s.token, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return usageError("the token for " + s.label + " is not one: it has other characters than tokens have")
		}
	}
	return nil
}

// readsStdin reports whether a token and something else, or two tokens, are
// read from standard input.
func (c *comparison) readsStdin(named []string) bool {
	n := 0
	for _, name := range named {
		if name == "-" || name == "/dev/stdin" {
			n++
		}
	}
	if n == 0 {
		return false
	}
	for _, f := range c.flags.inputs.envFiles {
		if f.name == "-" || f.name == "/dev/stdin" {
			n++
		}
	}
	c.reader.Reader.Stdin = &once{ended: true}
	return n > 1
}

// once is a standard input that holds a token. Whoever asks for it again, such
// as --config=-, is refused by an error and not handed the token.
type once struct {
	io.Reader
	ended bool
}

// Read is that of the reader, once.
func (o *once) Read(b []byte) (int, error) {
	if o.ended {
		return 0, errors.New("standard input was read already")
	}
	n, err := o.Reader.Read(b)
	o.ended = err != nil
	return n, err
}

// ask reads the side of a server.
func (c *comparison) ask(ctx context.Context, s sideName, reg *registry) (*diff.Side, error) {
	if s.url.Scheme == "http" && !loopback(s.url.Hostname()) {
		fmt.Fprintf(c.Stderr, "warning: %s: the token and the configuration travel in the clear (use https)\n", s.label)
	}
	ctx, stop := context.WithTimeout(ctx, serverTimeout)
	defer stop()
	client := &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: serverTimeout, ResponseHeaderTimeout: serverTimeout,
			MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true,
		},
		CheckRedirect: sameServer,
	}
	defer client.CloseIdleConnections()
	var about struct {
		Version string `json:"version"`
	}
	if text, err := c.get(ctx, client, s, "/api/v2/buildinfo", false); err == nil {
		_ = json.Unmarshal(text, &about) // a server that does not tell is asked all the same
	}
	text, err := c.get(ctx, client, s, "/api/v2/deployment/config", true)
	if err != nil {
		return nil, usageError(s.label + ": " + err.Error())
	}
	side, err := diff.Document(reg.Catalog, s.text, text)
	if err != nil {
		return nil, usageError(s.label + ": the server's answer is " + err.Error())
	}
	if len(about.Version) <= 64 {
		side.Version = option.Escape(about.Version)
	}
	return side, nil
}

// get asks a server for a page. No text of an error or an answer is passed on.
func (c *comparison) get(ctx context.Context, client *http.Client, s sideName, path string, secret bool) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.text+path, nil)
	if err != nil {
		return nil, errors.New("not the URL of a server")
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "coder/"+c.Build.Version)
	if secret {
		r.Header.Set(sessionHeader, s.token)
	}
	answer, err := client.Do(r)
	if err != nil {
		return nil, whyNoAnswer(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, errors.New(statusReason(s, answer.StatusCode))
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer+1))
	switch {
	case err != nil:
		return nil, errors.New("the server's answer broke off")
	case len(text) > mostAnswer:
		return nil, errors.New("the server's answer is too large")
	}
	return text, nil
}

var (
	errElsewhere = errors.New("the server sends to another address, to which the token is not shown (give that address, if it is the right one)")
	errCircle    = errors.New("the server sends in a circle")
)

// sameServer follows a server to other pages of its own only: a header of ours
// would go along to whatever address it names.
func sameServer(next *http.Request, before []*http.Request) error {
	first := before[0].URL
	if next.URL.Host != first.Host || next.URL.Scheme != first.Scheme {
		return errElsewhere
	}
	if len(before) > mostRedirects {
		return errCircle
	}
	return nil
}

// whyNoAnswer says why a server was not heard, and what to do about it: at
// night the same words for a wrong name and a server that is down cost time.
func whyNoAnswer(err error) error {
	var (
		deadline interface{ Timeout() bool }
		name     *net.DNSError
		reach    *net.OpError
	)
	switch {
	case errors.Is(err, errElsewhere):
		return errElsewhere
	case errors.Is(err, errCircle):
		return errCircle
	case errors.As(err, new(*tls.CertificateVerificationError)):
		return errors.New(whyNotTrusted(err))
	case errors.Is(err, http.ErrSchemeMismatch):
		return errors.New("the server speaks HTTP there and not HTTPS (is the port right?)")
	case errors.As(err, new(tls.RecordHeaderError)), errors.As(err, new(tls.AlertError)):
		return errors.New("the server and this program find no way to speak TLS (is the port right?)")
	case errors.As(err, &name) && name.IsNotFound:
		return errors.New("the name of the host is not known here")
	case errors.As(err, &deadline) && deadline.Timeout():
		return errors.New("the server does not answer in time")
	case errors.As(err, &reach) && reach.Op == "proxyconnect":
		return errors.New("the proxy that the environment names does not lead to the server")
	}
	return errors.New("nobody answers at the address")
}

// whyNotTrusted says what is wrong with a certificate. There is no flag to go
// on all the same: the token would go to whoever stands in the way.
func whyNotTrusted(err error) string {
	var (
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &host):
		return "the certificate of the server is for other names than that of the address"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the certificate of the server has ended or not begun (are the clocks right?)"
	case errors.As(err, &authority) && runtime.GOOS != "windows" && runtime.GOOS != "darwin":
		return "this machine does not know who signed the certificate of the server (name the file of that authority by $SSL_CERT_FILE; of a self-signed one, the certificate)"
	case errors.As(err, &authority):
		return "this machine does not know who signed the certificate of the server (let the system trust that authority)"
	}
	return "the certificate of the server is not valid for this machine and address"
}

func statusReason(s sideName, status int) string {
	switch status {
	case http.StatusUnauthorized:
		return "the server does not take the token (it may have ended, or be that of another server)"
	case http.StatusForbidden:
		return "the user of the token may not read the configuration (owners and auditors may)"
	case http.StatusNotFound:
		return "the server has no such page (is this where its API begins?)"
	case http.StatusTooManyRequests:
		return "the server has had too many requests (try again in a minute)"
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return fmt.Sprintf("the server, or a proxy before it, is not ready: it answered with status %d", status)
	case http.StatusBadRequest:
		if s.url.Scheme == "http" {
			return "the server answered with status 400 (does it want https?)"
		}
	}
	return fmt.Sprintf("the server answered with status %d", status)
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
