package main

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	cspReports = apiPath + "/csp/reports"
	cspBody    = `{"csp-report":{"blocked-uri":"https://evil.test/a.js","violated-directive":"script-src"}}`
	flooders   = 16 // connections
)

// A flood is reports of browsers that come as fast as they are answered.
type flood struct {
	b     *booted
	token string
	left  atomic.Int64
	done  sync.WaitGroup

	mu       sync.Mutex
	statuses map[int]int // how often each came; 0 is no answer
}

// pour starts a flood of so many reports.
func (b *booted) pour(token string, many int) *flood {
	b.Helper()
	f := &flood{b: b, token: token, statuses: map[int]int{}}
	f.left.Store(int64(many))
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: flooders}}
	b.Cleanup(client.CloseIdleConnections)
	for range flooders {
		f.done.Go(func() {
			for f.left.Add(-1) >= 0 {
				status := f.send(client)
				f.mu.Lock()
				f.statuses[status]++
				f.mu.Unlock()
			}
		})
	}
	return f
}

func (f *flood) send(client *http.Client) int {
	r, err := http.NewRequestWithContext(context.WithoutCancel(f.b.Context()), http.MethodPost, f.b.http+cspReports, strings.NewReader(cspBody))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/csp-report")
	r.Header.Set("Coder-Session-Token", f.token)
	answer, err := client.Do(r)
	if err != nil {
		return 0
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	return answer.StatusCode
}

// beside is how long a client waits for 99 of 100 answers until the flood is
// over.
func (f *flood) beside(t *testing.T) (p99 time.Duration, answers int) {
	t.Helper()
	var took []time.Duration
	for len(took) == 0 || f.left.Load() > 0 {
		begun := time.Now()
		want(t, f.b.get("/healthz").StatusCode, 200)
		took = append(took, time.Since(begun))
	}
	f.done.Wait()
	slices.Sort(took)
	return took[len(took)*99/100], len(took)
}

// reported counts the lines of reports in the log, and the reports that these
// say were left out, up to the first that came after the flood: its number is
// after, 0 if there is none yet.
func (b *booted) reported() (lines, dropped, after int) {
	b.Helper()
	all, _ := b.out.look()
	for line := range strings.Lines(all) {
		_, report, found := strings.Cut(line, "csp_report=")
		if !found || !strings.HasSuffix(line, "\n") {
			continue
		}
		_, count, _ := strings.Cut(report, "dropped=")
		n, err := strconv.Atoi(strings.TrimSpace(count))
		if err != nil {
			b.Errorf("a line of the log does not count: %s", line)
		}
		lines, dropped = lines+1, dropped+n
		if _, number, found := strings.Cut(report, "after-"); found {
			number, _, _ = strings.Cut(number, "-")
			after, _ = strconv.Atoi(number)
			return lines, dropped, after
		}
	}
	return lines, dropped, 0
}

// TestFloodOfReports has reports of browsers come as fast as they can: each is
// answered, the log stays small and counts those that it leaves out, and others
// are answered beside them.
func TestFloodOfReports(t *testing.T) {
	many := 500
	if soak() {
		many = 100_000 // alone on the machine, as it measures time
	} else {
		t.Parallel()
	}
	b, _ := launch(t, t.TempDir(), nil)
	token := b.token("member")
	var alone time.Duration
	if soak() {
		alone = p99(t, b)
	}
	begun := time.Now()
	f := b.pour(token, many)
	loaded, answers := f.beside(t)
	took := time.Since(begun)
	want(t, f.statuses[200], many)
	if soak() {
		t.Logf("%d reports in %v; p99 of %d others: %v, %v alone", many, took.Round(time.Millisecond), answers, loaded, alone)
		// An answer waits for one on each of the other connections, and two
		// processes share the processors.
		if loaded > 50*alone {
			t.Errorf("p99 of good clients grew from %v to %v, want at most 50 times", alone, loaded)
		}
	}
	// Reports after it, until one is logged: it tells of all before it.
	sent := 0
	var lines, dropped, after int
	b.eventually("a line after the flood", func() bool {
		sent++
		body := `{"csp-report":"after-` + strconv.Itoa(sent) + `-"}`
		want(t, b.ask("POST", cspReports, body, "Content-Type", "application/csp-report", "Coder-Session-Token", token).StatusCode, 200)
		lines, dropped, after = b.reported()
		return after > 0
	})
	want(t, lines+dropped, many+after)
	if most := 20 + 5*int(time.Since(begun)/time.Second+1); lines > most {
		t.Errorf("%d reports are in the log, want at most %d in %v", lines, most, took)
	}
	want(t, b.stop(), exitOK)
}

// TestFloodersAreRefused has somebody send more than the limit allows, and
// somebody else not.
func TestFloodersAreRefused(t *testing.T) {
	t.Parallel()
	b := boot(t, "", nil, "--api-rate-limit=100")
	loud, calm := b.token("member"), b.token("auditor")
	want(t, b.get(apiPath+"/users/me/keys/tokens/tokenconfig", "Coder-Session-Token", calm).StatusCode, 200)
	begun := time.Now()
	f := b.pour(loud, 500)
	for range 50 {
		want(t, b.get(apiPath+"/users/me/keys/tokens/tokenconfig", "Coder-Session-Token", calm).StatusCode, 200)
	}
	f.done.Wait()
	// Those who are not known yet are counted by their address, so the first
	// requests of each token come out of one more allowance.
	if most := 200 + int(time.Since(begun).Seconds()*2*100/60) + 2; f.statuses[200] > most || f.statuses[200] < 90 || f.statuses[200]+f.statuses[429] != 500 {
		t.Errorf("of 500 requests at once: %v, want at most %d with 200 and the others with 429", f.statuses, most)
	}
	want(t, b.stop(), exitOK)
}
