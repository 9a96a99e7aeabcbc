package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// BenchmarkServer measures the program as it is released:
//
//	make micro BENCH=BenchmarkServer COUNT=1
//
// "config" is the requests a second of GET /deployment/config with a token,
// without the limiter, and their ratio to those of a bare handler in a program
// of its own that writes the same bytes. Both run at the same time and are
// asked in turn, for a fraction of a second each. With gzip the bytes are a
// seventh, so that what is around them weighs more; that is told only. "start" is the time from the
// start of the program to its first answer on a database that is there, and
// "idle" the memory that it has then and that is not of files. What misses its
// limit is an error.
func BenchmarkServer(b *testing.B) {
	dir := b.TempDir()
	coder, bare := filepath.Join(dir, "coder"), filepath.Join(dir, "bare")
	source := filepath.Join(dir, "bare.go")
	if err := os.WriteFile(source, []byte(bareProgram), 0o600); err != nil {
		b.Fatal(err)
	}
	for program, of := range map[string]string{coder: ".", bare: source} {
		build := exec.Command("go", "build", "-trimpath", "-o", program, of)
		build.Env = append(os.Environ(), "CGO_ENABLED=0") // as releases are
		if out, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	d := released{b, coder, b.TempDir()}
	d.must("users", "create", "--username=owner", "--role=owner")
	token := d.must("tokens", "create", "--user=owner")

	b.Run("config", func(b *testing.B) {
		_, address := d.serve(b, "--dangerous-disable-rate-limits", "--log-human="+filepath.Join(dir, "log"))
		for _, coding := range []string{"identity", "gzip"} {
			request := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: %s\r\n%s: %s\r\n\r\n", configPath, coding, tokenHeader, token)
			_, body := exchange(b, address, request)
			name := filepath.Join(b.TempDir(), "body")
			if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
				b.Fatal(err)
			}
			_, floor := begin(b, exec.Command(bare, name))
			b.Run(coding, func(b *testing.B) {
				ours, others := 0, 0
				least := math.Inf(1)
				for b.Loop() {
					for range 8 {
						one, other := hammer(b, address, request), hammer(b, floor, request)
						ours, others = ours+one, others+other
						least = min(least, float64(one)/float64(other))
					}
				}
				ratio := float64(ours) / float64(others)
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(ours)/(b.Elapsed().Seconds()/2), "req/s")
				b.ReportMetric(ratio, "ratio")
				b.ReportMetric(least, "least-ratio")
				if coding == "identity" && ratio < 0.7 {
					b.Errorf("%d bytes: got a ratio of %.2f, want at least 0.7", len(body), ratio)
				}
			})
		}
	})
	const hello = "GET /api/v2/buildinfo HTTP/1.1\r\nHost: localhost\r\n\r\n"
	b.Run("start", func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			begun := time.Now()
			cmd, address := d.serve(b)
			exchange(b, address, hello)
			took = append(took, time.Since(begun))
			halt(b, cmd)
		}
		slices.Sort(took)
		median := took[len(took)/2]
		b.ReportMetric(float64(median.Microseconds())/1000, "median-ms")
		if median > 150*time.Millisecond {
			b.Errorf("the first answer came after %v, want it within 150 ms", median)
		}
	})
	b.Run("idle", func(b *testing.B) {
		cmd, address := d.serve(b, "--dangerous-disable-rate-limits")
		kib := 0
		for b.Loop() {
			exchange(b, address, hello)
			kib = max(kib, rss(b, cmd.Process.Pid))
		}
		b.ReportMetric(float64(kib)/1024, "MiB")
		if kib > 40<<10 {
			b.Errorf("an idle server has %d KiB, want at most 40 MiB", kib)
		}
	})
}

// released is the program as it is released, with a folder.
type released struct {
	testing.TB
	program, state string
}

func (d released) command(args ...string) *exec.Cmd {
	cmd := exec.Command(d.program, args...)
	cmd.Env = []string{"HOME=/nowhere", "CODER_CONFIG_DIR=" + d.state}
	return cmd
}

func (d released) must(args ...string) string {
	d.Helper()
	out, err := d.command(args...).Output()
	if err != nil {
		d.Fatalf("coder %v: %v", args, err)
	}
	return strings.TrimSpace(string(out))
}

func (d released) serve(t testing.TB, args ...string) (cmd *exec.Cmd, address string) {
	t.Helper()
	return begin(t, d.command(append([]string{"server", "--http-address=127.0.0.1:0"}, args...)...))
}

// bareProgram is net/http and nothing around it.
const bareProgram = `package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	body, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(os.Stderr, "listening on http://%s\n", l.Addr())
	panic(http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(body)
	})))
}
`

// begin starts a program that says where it listens.
func begin(t testing.TB, cmd *exec.Cmd) (_ *exec.Cmd, address string) {
	t.Helper()
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "listening on http://"); ok {
			go func() { _, _ = io.Copy(io.Discard, stderr) }()
			return cmd, url
		}
	}
	t.Fatalf("%s ended before it listened", cmd.Path)
	return nil, ""
}

func halt(t testing.TB, cmd *exec.Cmd) {
	t.Helper()
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Errorf("%s: got %v, want exit code 0", cmd.Path, err)
	}
}

// exchange sends a request and returns how long the answer is, and its body.
func exchange(t testing.TB, address, request string) (size int, body string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	count := &counter{Reader: conn}
	buffered := bufio.NewReader(count)
	answer, err := http.ReadResponse(buffered, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("got %s, error %v, want 200", answer.Status, err)
	}
	return count.n - buffered.Buffered(), string(text)
}

type counter struct {
	io.Reader
	n int
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += n
	return n, err
}

// hammer asks from eight connections for a quarter of a second and returns how
// many answers came. It costs next to nothing itself: answers to one request
// are equally long, so it only counts their bytes.
func hammer(t testing.TB, address, request string) int {
	t.Helper()
	size, _ := exchange(t, address, request)
	var answers atomic.Int64
	var clients sync.WaitGroup
	until := time.Now().Add(250 * time.Millisecond)
	for range 8 {
		clients.Go(func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			answer := make([]byte, size)
			for time.Now().Before(until) {
				if _, err := io.WriteString(conn, request); err != nil {
					t.Error(err)
					return
				}
				if _, err := io.ReadFull(conn, answer); err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 200 ")) {
					t.Errorf("got %.40q, error %v", answer, err)
					return
				}
				answers.Add(1)
			}
		})
	}
	clients.Wait()
	return int(answers.Load())
}
