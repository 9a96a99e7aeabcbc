package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A running server and the lines it prints.
type running struct {
	lines *bufio.Scanner
	url   string
	said  []string
}

// until reads lines up to the one that says where the server listens.
func until(t *testing.T, r io.Reader) *running {
	t.Helper()
	s := &running{lines: bufio.NewScanner(r)}
	for s.lines.Scan() {
		line := s.lines.Text()
		if _, url, ok := strings.Cut(line, "listening on "); ok {
			s.url = url
			return s
		}
		s.said = append(s.said, line)
	}
	t.Fatalf("the server said only:\n%s", strings.Join(s.said, "\n"))
	return nil
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "dev.acme.example" // others are sent there
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// TestServer starts the program as people do and ends it as systemd does.
func TestServer(t *testing.T) {
	t.Parallel()
	for _, sig := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		cmd := exec.Command("coder", "server", "--http-address=127.0.0.1:0", "-c", "../../testdata/deployment.yaml")
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere", "CODER_CONFIG_DIR=" + t.TempDir(), "CODER_CLI_UPGRADE_MESSAGE=Ask <us>."}
		stderr, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		s := until(t, stderr)
		if status, body := get(t, s.url+"/healthz"); status != 200 || body != "OK\n" {
			t.Errorf("GET /healthz: got %d %q, want 200", status, body)
		}
		status, body := get(t, s.url+"/api/v2/buildinfo")
		checkBuildInfo(t, status, body)
		want := []string{
			"introspection.prometheus.enable", "oidc.clientID",
			"read ../../testdata/deployment.yaml; values: 154 from the file, 1 from the environment, 2 from flags,",
			"INFO  the database was brought up to date", "nobody can sign in yet", "  coder users create", "  coder tokens create",
		}
		for i := range want {
			if len(s.said) != len(want) || !strings.Contains(s.said[i], want[i]) {
				t.Fatalf("at its start the server said\n%s\nand not %s in line %d", strings.Join(s.said, "\n"), want[i], i+1)
			}
		}
		if !strings.HasSuffix(s.said[2], "; 2 warnings") {
			t.Errorf("the start counts other than two warnings:\n%s", s.said[2])
		}
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(stderr)
		if err := cmd.Wait(); err != nil {
			t.Errorf("after %v: got %v, want exit code 0\n%s", sig, err, rest)
		}
	}
}

func checkBuildInfo(t *testing.T, status int, body string) {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 {
		t.Fatalf("GET /api/v2/buildinfo: got %d, error %v, %s", status, err, body)
	}
	for key, want := range map[string]any{
		"agent_api_version": "1.0", "provisioner_api_version": "1.12", "dashboard_url": "https://dev.acme.example",
		"telemetry": false, "upgrade_message": "Ask <us>.", "webpush_public_key": "", "workspace_proxy": false,
	} {
		if got[key] != want {
			t.Errorf("buildinfo %s: got %v, want %v", key, got[key], want)
		}
	}
	if id, _ := got["deployment_id"].(string); !uuid.MatchString(id) || len(got) != 10 {
		t.Errorf("buildinfo: got %s, want ten members and a UUID", body)
	}
	if page, _ := got["external_url"].(string); !strings.HasPrefix(page, homepage) || got["version"] == "" {
		t.Errorf("buildinfo: got page %q and version %q", page, got["version"])
	}
}

// start runs a server in this process.
func start(ctx context.Context, t *testing.T) (url string, code <-chan int) {
	t.Helper()
	read, write := io.Pipe()
	p, _, _ := world("server", "--http-address=localhost:0")
	p.Host.StateDir, p.Stderr = t.TempDir(), write
	done := make(chan int, 1)
	go func() { done <- run(ctx, *p) }()
	s := until(t, read)
	go func() { _, _ = io.Copy(io.Discard, read) }()
	return s.url, done
}

func dial(t *testing.T, url string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// TestRequestLimits sends what is too large, or not spoken here.
func TestRequestLimits(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	url, code := start(ctx, t)
	const get = "GET /healthz HTTP/1.1\r\nHost: a\r\n"
	for name, c := range map[string]struct{ send, status string }{
		"fine":        {get + "Connection: close\r\n\r\n", "200"},
		"long header": {get + "X: " + strings.Repeat("x", 32<<10) + "\r\n\r\n", "431"},
		"long path":   {"GET /" + strings.Repeat("x", 32<<10) + " HTTP/1.1\r\nHost: a\r\n\r\n", "414"},
		"large body":  {get + "Content-Length: 70000\r\nConnection: close\r\n\r\n", "413"},
		"no host":     {"GET /healthz HTTP/1.1\r\n\r\n", "400"},
		"asterisk":    {"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404"},
		"h2c":         {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "404"},
	} {
		conn := dial(t, url)
		if _, err := io.WriteString(conn, c.send); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "HTTP/1.1 "+c.status+" ") {
			t.Errorf("%s: got %q, error %v, want status %s", name, line, err, c.status)
		}
	}
	stop()
	if got := <-code; got != exitOK {
		t.Errorf("got exit code %d, want 0", got)
	}
}

// TestStop leaves a request half sent while the server stops.
func TestStop(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	url, code := start(ctx, t)
	conn := dial(t, url)
	if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\n"); err != nil { // and never more
		t.Fatal(err)
	}
	begin := time.Now()
	stop()
	if got := <-code; got != exitOK || time.Since(begin) > 5*time.Second {
		t.Errorf("a stop with a slow client: got exit code %d after %v, want 0 within 5 s", got, time.Since(begin))
	}
}

// TestStopLetsRequestsEnd sends the second half of a request when nobody new is
// let in any more.
func TestStopLetsRequestsEnd(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	url, code := start(ctx, t)
	conn := dial(t, url)
	if _, err := io.WriteString(conn, "POST /api/v2/csp/reports HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(conn)
	if line, err := r.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100 ") {
		t.Fatalf("got %q, error %v, want to be told to go on", line, err)
	}
	stop()
	for {
		late, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			break // it listens no more
		}
		_ = late.Close()
	}
	if _, err := io.WriteString(conn, "{}"); err != nil {
		t.Fatal(err)
	}
	_, _ = r.ReadString('\n') // the end of the first answer
	if line, err := r.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 401 ") {
		t.Errorf("got %q, error %v, want an answer", line, err)
	}
	if got := <-code; got != exitOK {
		t.Errorf("got exit code %d, want 0", got)
	}
}

func TestStoppedBeforeItBegan(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	p, _, errs := world("server", "--http-address=127.0.0.1:0")
	if code := run(ctx, *p); code != exitOK {
		t.Errorf("got exit code %d, want 0\n%s", code, errs)
	}
}

func TestAddressInUse(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	p, _, errs := world("server", "--address", l.Addr().String())
	code := run(context.Background(), *p)
	if want := "argv[2]: --address: the server can't listen there: address already in use\n"; code != exitProblem || !strings.HasSuffix(errs.String(), want) {
		t.Errorf("got exit code %d and\n%s\nwant 1 and\n%s", code, errs, want)
	}
}

func TestIdleOptionsAreNamedAsSpelled(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	p, _, errs := world("server", "--http-address=127.0.0.1:0", "--swagger-enable", "--telemetry=false", "--access-url=https://a.example", "--trace", "--pprof-enable", "--prometheus-enable")
	p.Environ = []string{"CODER_OIDC_CLIENT_ID=a", "CODER_OIDC_ISSUER_URL=https://b.example", "CODER_DOCS_URL=https://c.example"}
	if code := run(ctx, *p); code != exitOK {
		t.Fatalf("got exit code %d\n%s", code, errs)
	}
	for _, want := range []string{
		"warning: set, but not built into this program yet: --pprof-enable, --prometheus-enable, --trace\n",
		"warning: set, but without effect in this program: CODER_DOCS_URL, CODER_OIDC_CLIENT_ID, CODER_OIDC_ISSUER_URL\n",
	} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("got\n%s\nwant a line\n%s", errs, want)
		}
	}
}
