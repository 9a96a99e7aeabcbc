package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/strataconf/strata/internal/pgtest"
)

// What the program confirmed is there after it was killed: tokens that it
// printed, and reports that it took.
func TestKill(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(*testing.T) string { return "" },
		"postgres": func(t *testing.T) string { return pgtest.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := &victim{T: t, state: t.TempDir(), args: []string{"--dangerous-disable-rate-limits", "--agent-stats-refresh-interval=10ms"}}
			if url := url(t); url != "" {
				v.args = append(v.args, "--postgres-url="+url)
			}
			for _, role := range []string{"owner", "reporter"} {
				cli(t, v.state, append([]string{"users", "create", "--username=" + role, "--role=" + role}, v.args...)...)
			}
			owner, reporter := v.token("owner"), v.token("reporter")
			confirmed := v.reports(reporter, 1) + v.reports(reporter, 40)

			b := boot(t, v.state, nil, v.args...)
			sent, got := int(v.sent.Load()), 0.0
			b.eventually("statistics", func() bool {
				got, _ = b.get(statsPath, tokenHeader, owner).member("workspaces.rx_bytes").(float64)
				return got > 0
			})
			if got < float64(confirmed) || got > float64(sent) {
				t.Errorf("got %v reports, want from %d, which were confirmed, to %d, which were sent", got, confirmed, sent)
			}
			for i := range sent { // as those who got no answer do
				want(t, b.report(reporter, batch(i+1, 1)).StatusCode, 204)
			}
			b.received(owner, sent)
		})
	}
}

// A victim is a deployment whose processes are killed.
type victim struct {
	*testing.T
	state string
	args  []string
	sent  atomic.Int64 // reports; each has a number of its own
}

// begin starts the program and returns what it writes to one output.
func (v *victim) begin(output func(*exec.Cmd) (io.ReadCloser, error), args ...string) (*exec.Cmd, io.Reader) {
	v.Helper()
	cmd := exec.Command("coder", append(args, v.args...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere", "CODER_CONFIG_DIR=" + v.state}
	out, err := output(cmd)
	if err != nil {
		v.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		v.Fatal(err)
	}
	v.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd, out
}

// token makes a token, and kills the program as soon as it has told.
func (v *victim) token(user string) string {
	v.Helper()
	cmd, out := v.begin((*exec.Cmd).StdoutPipe, "tokens", "create", "--user="+user)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		v.Fatalf("tokens create: %v", err)
	}
	_ = cmd.Process.Kill()
	return strings.TrimSpace(line)
}

// reports starts a server and kills it while several send reports, once so
// many were confirmed. It returns how many were in the end.
func (v *victim) reports(token string, enough int64) (confirmed int) {
	v.Helper()
	cmd, out := v.begin((*exec.Cmd).StderrPipe, "server", "--http-address=127.0.0.1:0")
	s := until(v.T, out)
	go func() { _, _ = io.Copy(io.Discard, out) }() // so that the server never waits for a reader
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	defer client.CloseIdleConnections()
	var taken atomic.Int64
	var senders sync.WaitGroup
	for range 4 {
		senders.Go(func() {
			for {
				status, err := post(v.Context(), client, s.url+reportsPath, token, batch(int(v.sent.Add(1)), 1))
				switch {
				case err != nil:
					return // killed
				case status != http.StatusNoContent:
					v.Errorf("a report: got %d, want 204", status)
					_ = cmd.Process.Kill()
					return
				case taken.Add(1) >= enough:
					_ = cmd.Process.Kill()
				}
			}
		})
	}
	senders.Wait()
	return int(taken.Load())
}

func post(ctx context.Context, client *http.Client, url, token, body string) (status int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set(tokenHeader, token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}
