package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/strataconf/strata/option"
)

const diffToken = "0123456789-abcdefghijklmnopqrstuv"

// compared runs "coder config diff" and returns all that it wrote.
func compared(t *testing.T, stdin string, environ []string, args ...string) (code int, out string) {
	t.Helper()
	var b strings.Builder
	code = run(t.Context(), process{
		Args: append([]string{"coder", "config", "diff"}, args...), Environ: environ, Stdin: strings.NewReader(stdin), Stdout: &b, Stderr: &b,
		Build: build{Version: "v0.0.0-devel"}, Host: option.Host{Version: "v0.0.0-devel", CacheDir: "/var/cache/coder"}, Registry: kept,
	})
	return code, b.String()
}

// answering is a server that shows its configuration to whoever has the token.
func answering(t *testing.T, token string, args ...string) *httptest.Server {
	t.Helper()
	var body strings.Builder
	if code := run(context.Background(), process{
		Args: append([]string{"coder", "config", "show", "--format=json"}, args...), Stdout: &body, Stderr: &body,
		Host: option.Host{Version: "v0.0.0-devel", CacheDir: "/var/cache/coder"}, Registry: kept,
	}); code != exitOK {
		t.Fatal(body.String())
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/api/v2/buildinfo" && r.Header.Get(sessionHeader) == "":
			fmt.Fprint(w, `{"version":"v9.8.7\u001b"}`)
		case r.URL.Path != "/api/v2/deployment/config":
			http.NotFound(w, r)
		case r.Header.Get(sessionHeader) != token:
			http.Error(w, "the body "+r.Header.Get(sessionHeader), http.StatusUnauthorized)
		default:
			fmt.Fprint(w, body.String())
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestDiffServer(t *testing.T) {
	t.Parallel()
	s := answering(t, diffToken, "--tls-address=:1")
	other := answering(t, "9876543210-abcdefghijklmnopqrstuv", "--tls-address=:2")
	dir := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	token, second, wrong := file("token", diffToken+"\n"), file("second", "9876543210-abcdefghijklmnopqrstuv"), file("wrong", "0123456789-0bcdefghijklmnopqrstuv")
	environ := []string{tokenVariable + "=" + diffToken}
	for _, k := range []struct {
		name, stdin string
		environ     []string
		args        []string
		code        int
		want        string
	}{
		{"by variable", "", environ, []string{s.URL, "-", "--", "--tls-address=:1"}, 0, "No value differs."},
		{"by file", "", nil, []string{s.URL + "/", "-", "--token-file", token, "--", "--tls-address=:3"}, 1, "- :1\n      from a flag\n  + :3"},
		{"by standard input", diffToken, nil, []string{"-", s.URL, "--token-file", "-", "--", "--tls-address=:1"}, 0, "+++ " + s.URL + `, v9.8.7\x1b`},
		{"the standard input once", diffToken, nil, []string{"-", s.URL, "--token-file", "-", "--", "--config=-"}, 2, "--config: the file can't be read"},
		{"two servers", "", nil, []string{s.URL, other.URL, "--token-file", token, "--token-file", second}, 1, "- :1\n      from a flag\n  + :2"},
		{"one server twice", "", environ, []string{s.URL, s.URL}, 0, "No value differs."},
		{"wrong token", "", nil, []string{s.URL, "-", "--token-file", wrong}, 2, "A: the server does not take the token"},
		{"no text", "", nil, []string{s.URL, "-", "--token-file", file("bad", "a b")}, 2, "the token for A is not one"},
		{"no page", "", environ, []string{"-", s.URL + "/here"}, 2, "B: the server has no such page"},
		{"nobody", "", environ, []string{"-", "http://127.0.0.1:1"}, 2, "B: nobody answers at the address"},
	} {
		code, out := compared(t, k.stdin, k.environ, k.args...)
		if code != k.code || !strings.Contains(out, k.want) {
			t.Errorf("%s: got exit code %d and\n%s\nwant %d and %q", k.name, code, out, k.code, k.want)
		}
		if strings.Contains(out, "bcdefghij") {
			t.Errorf("%s: the token shows in\n%s", k.name, out)
		}
	}
}

// TestDiffSaysWhyNobodyAnswers holds that whoever is up at night learns whether
// to look at the name, the port, the certificate or the server.
func TestDiffSaysWhyNobodyAnswers(t *testing.T) {
	t.Parallel()
	plain := answering(t, diffToken)
	var asked atomic.Int32
	secure := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer secure.Close()
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	defer away.Close()
	strange, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer strange.Close()
	go func() {
		for {
			c, err := strange.Accept()
			if err != nil {
				return
			}
			fmt.Fprint(c, "SSH-2.0-x\r\n")
			c.Close()
		}
	}()
	host := func(u string) string { return u[strings.Index(u, "://")+3:] }
	for url, want := range map[string]string{
		secure.URL:                           "A: this machine does not know who signed the certificate of the server (",
		"https://" + host(plain.URL):         "A: the server speaks HTTP there and not HTTPS (is the port right?)",
		"HTTPS://" + host(plain.URL):         "A: the server speaks HTTP there and not HTTPS (is the port right?)",
		"http://" + host(secure.URL):         "A: the server answered with status 400 (does it want https?)",
		"https://" + strange.Addr().String(): "A: the server and this program find no way to speak TLS (is the port right?)",
		"http://127.0.0.1:1":                 "A: nobody answers at the address",
		away.URL:                             "A: the server, or a proxy before it, is not ready: it answered with status 503",
	} {
		code, out := compared(t, "", []string{tokenVariable + "=" + diffToken}, url, "-")
		if code != exitUsage || !strings.Contains(out, want) || strings.Contains(out, diffToken) {
			t.Errorf("%s: got exit code %d and\n%s\nwant 2 and %q", url, code, out, want)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("a server that nobody trusts was asked %d times, want never", n)
	}
	for want, err := range map[string]error{
		"the name of the host is not known here":                                       &url.Error{Err: &net.OpError{Op: "dial", Err: &net.DNSError{IsNotFound: true}}},
		"the server does not answer in time":                                           &url.Error{Err: context.DeadlineExceeded},
		"the proxy that the environment names does not lead to the server":             &url.Error{Err: &net.OpError{Op: "proxyconnect", Err: errors.New("x")}},
		"the certificate of the server is for other names than that of the address":    &tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}}},
		"the certificate of the server has ended or not begun (are the clocks right?)": &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}},
		"the certificate of the server is not valid for this machine and address":      &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.NotAuthorizedToSign}},
	} {
		if got := whyNoAnswer(err).Error(); got != want {
			t.Errorf("%v: got %q, want %q", err, got, want)
		}
	}
}

// TestDiffKeepsTheToken holds that no other server is shown the token, be it
// one that the first sends to.
func TestDiffKeepsTheToken(t *testing.T) {
	t.Parallel()
	var seen atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { seen.Add(1) }))
	defer thief.Close()
	sends := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/circle/api/v2/deployment/config" {
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		http.Redirect(w, r, thief.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	defer sends.Close()
	code, out := compared(t, "", []string{tokenVariable + "=" + diffToken}, sends.URL, "-")
	if want := "A: the server sends to another address, to which the token is not shown"; code != exitUsage || !strings.Contains(out, want) {
		t.Errorf("got exit code %d and\n%s\nwant 2 and %q", code, out, want)
	}
	if seen.Load() != 0 {
		t.Errorf("the other server was asked %d times, want never", seen.Load())
	}
	if code, out := compared(t, "", []string{tokenVariable + "=" + diffToken}, sends.URL+"/circle", "-"); code != exitUsage {
		t.Errorf("a circle: got exit code %d and\n%s\nwant 2", code, out)
	}
}

// TestDiffReadsLongDocuments holds that what a program wrote may be longer than
// what it reads as a configuration.
func TestDiffReadsLongDocuments(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"show --format=json", "bundle"} {
		var text strings.Builder
		if code := run(t.Context(), process{
			Args: append([]string{"coder", "config"}, strings.Fields(command)...), Stdout: &text, Stderr: &text, Registry: kept,
		}); code != exitOK {
			t.Fatal(text.String())
		}
		name := filepath.Join(t.TempDir(), "long.json")
		long := strings.Replace(text.String(), "{", "{"+strings.Repeat(" ", 2<<20), 1)
		if err := os.WriteFile(name, []byte(long), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out := compared(t, "", nil, name, name); code != exitOK || !strings.Contains(out, "No value differs.") {
			t.Errorf("%s: got exit code %d and\n%s\nwant 0", command, code, out)
		}
	}
}

// TestDiffServerAnswers reads answers that are none.
func TestDiffServerAnswers(t *testing.T) {
	t.Parallel()
	var answer atomic.Pointer[string]
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, *answer.Load()) }))
	defer s.Close()
	for text, want := range map[string]string{
		"<html>" + canary:                        "A: the server's answer is not JSON",
		`{"options":"` + canary + `"}`:           "A: the server's answer is no list of options",
		strings.Repeat(canary, mostAnswer/20+10): "A: the server's answer is too large",
	} {
		answer.Store(&text)
		code, out := compared(t, "", []string{tokenVariable + "=" + diffToken}, s.URL, "-")
		if code != exitUsage || !strings.Contains(out, want) || leak(out) != "" {
			t.Errorf("%.20s: got exit code %d and\n%s\nwant 2 and %q", text, code, out, want)
		}
	}
}

// TestDiffWarnsInTheClear asks servers that are elsewhere, with a context that
// has ended: no packet leaves.
func TestDiffWarnsInTheClear(t *testing.T) {
	t.Parallel()
	ended, end := context.WithCancel(context.Background())
	end()
	for url, want := range map[string]bool{"http://coder.invalid": true, "https://coder.invalid": false, "http://127.0.0.1:1": false} {
		var out strings.Builder
		code := run(ended, process{
			Args: []string{"coder", "config", "diff", url, "-"}, Environ: []string{tokenVariable + "=" + diffToken}, Stdout: &out, Stderr: &out, Registry: kept,
		})
		if got := strings.Contains(out.String(), "warning: A: the token and the configuration travel in the clear"); got != want || code != exitUsage {
			t.Errorf("%s: got exit code %d and\n%s\nwant 2 and a warning %t", url, code, out.String(), want)
		}
	}
}

func TestLoopback(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true, "10.0.0.1": false, "a.test": false, "localhost.a.test": false, "": false,
	} {
		if got := loopback(host); got != want {
			t.Errorf("%q: got %t, want %t", host, got, want)
		}
	}
}
