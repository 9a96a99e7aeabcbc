package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A booted is a server that runs in this process, on real sockets.
type booted struct {
	*testing.T
	http, https string // "http://127.0.0.1:4711", or ""
	state       string // its folder
	out         *screen
	client      *http.Client
	stop        func() int // returns the exit code
}

// screen is an output that others may read and wait for.
type screen struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	more chan struct{} // closed and renewed at each write
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.more)
	s.more = make(chan struct{})
	return s.buf.Write(b)
}

func (s *screen) look() (string, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String(), s.more
}

// await returns what is on the screen once it holds a text, or "".
func (s *screen) await(text string, ended <-chan struct{}) string {
	late := time.After(20 * time.Second)
	for {
		all, more := s.look()
		if strings.Contains(all, text) {
			return all
		}
		select {
		case <-more:
		case <-ended:
			return ""
		case <-late:
			return ""
		}
	}
}

// follow starts a program, and returns what is closed when it has ended.
func follow(t *testing.T, cmd *exec.Cmd) (ended chan struct{}) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended = make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	return ended
}

// launch is boot as a process of its own, with the usual limits and more in its
// environment.
func launch(t *testing.T, state string, environ []string, args ...string) (*booted, *os.Process) {
	t.Helper()
	out := &screen{more: make(chan struct{})}
	cmd := exec.Command("coder", append([]string{"server", "--http-address=127.0.0.1:0", "--tls-address=127.0.0.1:0", "--agent-stats-refresh-interval=10ms", "--dangerous-disable-rate-limits"}, args...)...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere", "CODER_CONFIG_DIR=" + state, "CACHE_DIRECTORY=" + filepath.Join(state, "cache")}, environ...)
	cmd.Stdout, cmd.Stderr = out, out
	ended := follow(t, cmd)
	b := &booted{T: t, state: state, out: out, stop: func() int {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		<-ended
		return cmd.ProcessState.ExitCode()
	}}
	t.Cleanup(func() { b.stop() })
	b.meet(ended, args)
	return b, cmd.Process
}

// boot starts "coder server" with a folder that is new, or that of another.
func boot(t *testing.T, state string, change func(*process), args ...string) *booted {
	t.Helper()
	if state == "" {
		state = t.TempDir()
	}
	out := &screen{more: make(chan struct{})}
	p, _, _ := world(append([]string{"server", "--http-address=127.0.0.1:0", "--tls-address=127.0.0.1:0"}, args...)...)
	p.Host.StateDir, p.Host.CacheDir, p.Stderr = state, filepath.Join(state, "cache"), out
	if change != nil {
		change(p)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	code := 0
	go func() {
		code = run(ctx, *p)
		close(ended)
	}()
	b := &booted{T: t, state: state, out: out, stop: func() int { cancel(); <-ended; return code }}
	t.Cleanup(func() { b.stop() })
	b.meet(ended, args)
	return b
}

// meet waits until the server listens and learns where.
func (b *booted) meet(ended <-chan struct{}, args []string) {
	b.Helper()
	last := "listening on http://"
	if slices.Contains(args, "--tls-enable") {
		last = "listening on https://"
	}
	all := b.out.await(last, ended)
	for line := range strings.Lines(all) {
		_, url, _ := strings.Cut(strings.TrimSpace(line), "listening on ")
		switch {
		case strings.HasPrefix(url, "https:"):
			b.https = url
		case strings.HasPrefix(url, "http:"):
			b.http = url
		}
	}
	if all == "" || !strings.HasSuffix(all, "\n") {
		text, _ := b.out.look()
		b.Fatalf("server %v did not listen:\n%s", args, text)
	}
	b.client = &http.Client{
		Timeout:       20 * time.Second,
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	b.Cleanup(b.client.CloseIdleConnections)
}

// cli runs another command on the folder of the server.
func (b *booted) cli(args ...string) string {
	b.Helper()
	return cli(b.T, b.state, args...)
}

func cli(t *testing.T, state string, args ...string) string {
	t.Helper()
	p, out, errs := world(args...)
	p.Host.StateDir = state
	if code := run(context.Background(), *p); code != exitOK {
		t.Fatalf("coder %v: got exit code %d\n%s", args, code, errs)
	}
	return strings.TrimSpace(out.String())
}

// token makes a user of a role and a token.
func (b *booted) token(role string) string {
	b.Helper()
	b.cli("users", "create", "--username="+role, "--role="+role)
	return b.cli("tokens", "create", "--user="+role)
}

// An answer is a response that was read.
type answer struct {
	*http.Response
	body string
}

// ask sends a request; header is names and values in turn.
func (b *booted) ask(method, url, body string, header ...string) answer {
	b.Helper()
	if strings.HasPrefix(url, "/") {
		url = b.http + url
	}
	r, err := http.NewRequestWithContext(b.Context(), method, url, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
	}
	resp, err := b.client.Do(r)
	if err != nil {
		b.Fatalf("%s %s: %v", method, url, err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	return answer{resp, string(text)}
}

func (b *booted) get(url string, header ...string) answer {
	b.Helper()
	return b.ask(http.MethodGet, url, "", header...)
}

// member reads one member of an answer, "a.b" for one of one.
func (a answer) member(path string) any {
	var v any
	_ = json.Unmarshal([]byte(a.body), &v)
	for key := range strings.SplitSeq(path, ".") {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

// eventually tries until a condition holds.
func (b *booted) eventually(what string, holds func() bool) {
	b.Helper()
	late := time.After(20 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-late:
			text, _ := b.out.look()
			b.Fatalf("never: %s\n%s", what, text)
		}
	}
}

// file reads a file of the test.
func file(name string) string {
	b, _ := os.ReadFile(name)
	return string(b)
}

// A pair is a certificate for a name, with its key, as files.
type pair struct {
	cert, key string
	tls       tls.Certificate
}

func newPair(t *testing.T, name string) pair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert, keyText := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	p := pair{cert: filepath.Join(t.TempDir(), "cert.pem"), key: filepath.Join(t.TempDir(), "key.pem")}
	for file, text := range map[string][]byte{p.cert: cert, p.key: keyText} {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.tls, err = tls.X509KeyPair(cert, keyText)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shake connects by TLS, reads an answer, and returns what was agreed on.
func (b *booted) shake(config *tls.Config) (tls.ConnectionState, error) {
	config.InsecureSkipVerify = true
	conn, err := tls.Dial("tcp", strings.TrimPrefix(b.https, "https://"), config)
	if err != nil {
		return tls.ConnectionState{}, err
	}
	defer conn.Close()
	// With TLS 1.3 a client learns only now that it was refused.
	if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); err != nil {
		return tls.ConnectionState{}, err
	}
	_, err = io.ReadAll(conn)
	return conn.ConnectionState(), err
}
