// Package pgtest runs a real PostgreSQL for tests: from the binaries that are
// installed, in a temporary folder, reachable by a socket in it only, and gone
// with the test. Nothing of the machine's own PostgreSQL is used or touched.
//
// A test asks [Database] for a fresh database on a server that all tests of a
// binary share; [Main] ends that server. A test that stops servers has its
// own: [Start]. Without the binaries the test is skipped.
package pgtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Stranger is a user who needs a password, which nobody knows.
const Stranger = "stranger"

// patience is how long a server may take to start or to stop.
const patience = time.Minute

// A Server is a PostgreSQL with a folder of its own.
type Server struct {
	folder  string // of its data and its socket
	bin     string // of the programs
	count   atomic.Int64
	running *exec.Cmd
	ended   chan struct{} // closed once it has ended
}

var errMissing = errors.New("PostgreSQL is not installed (Debian package postgresql)")

// shared is the server of all tests of this binary.
var shared struct {
	sync.Mutex
	server *Server
	err    error
}

// Main runs the tests of a binary and ends the server they shared. It is for
// TestMain, and returns the exit code.
func Main(m *testing.M) int {
	code := m.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.server != nil {
		shared.server.remove()
	}
	return code
}

// Database makes an empty database on the shared server and returns its URL.
func Database(t testing.TB) string {
	t.Helper()
	shared.Lock()
	if shared.server == nil && shared.err == nil {
		shared.server, shared.err = start()
	}
	server, err := shared.server, shared.err
	shared.Unlock()
	check(t, err)
	return server.Database(t)
}

// Start starts a server for one test.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := start()
	check(t, err)
	t.Cleanup(s.remove)
	return s
}

func check(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, errMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Database makes an empty database and returns its URL.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test%d", s.count.Add(1))
	out, err := exec.CommandContext(t.Context(), filepath.Join(s.bin, "createdb"), "-h", s.folder, "-U", "postgres", name).CombinedOutput()
	if err != nil {
		t.Fatalf("createdb: %v\n%s", err, out)
	}
	return s.URL("postgres", "", name)
}

// URL is that of a database for a user, with a password unless it is "".
func (s *Server) URL(user, password, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(user), Path: "/" + database, RawQuery: url.Values{"host": {s.folder}}.Encode()}
	if password != "" {
		u.User = url.UserPassword(user, password)
	}
	return u.String()
}

// Stop ends the server and cuts its connections.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
}

// Restart starts a server that was stopped.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	if err := s.run(); err != nil {
		t.Fatal(err)
	}
}

func start() (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	// The path of a socket is short on every system, and a test's folder long.
	folder, err := os.MkdirTemp("/tmp", "pgtest")
	if err != nil {
		return nil, err
	}
	s := &Server{folder: folder, bin: bin}
	if err := s.create(); err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

// binaries finds the folder of the programs, the newest where Debian has
// several.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		slices.SortFunc(found, func(a, b string) int {
			if len(a) != len(b) {
				return len(a) - len(b) // 9 before 10
			}
			return strings.Compare(a, b)
		})
		return filepath.Dir(found[len(found)-1]), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", errMissing
	}
	if initdb, err = filepath.EvalSymlinks(initdb); err != nil {
		return "", err
	}
	return filepath.Dir(initdb), nil
}

func (s *Server) create() error {
	if err := own(s.folder); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd, err := s.command(ctx, "initdb", "-D", s.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	rules := "local all " + Stranger + " scram-sha-256\nlocal all all trust\n"
	if err := os.WriteFile(filepath.Join(s.data(), "pg_hba.conf"), []byte(rules), 0o600); err != nil {
		return err
	}
	return s.run()
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }

// command is a program of PostgreSQL, as a user it agrees to run as.
func (s *Server) command(ctx context.Context, name string, args ...string) (*exec.Cmd, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	cmd.Dir, cmd.Env = s.folder, []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	return cmd, as(cmd)
}

// run starts the server and returns when it accepts connections.
func (s *Server) run() error {
	// A test's databases need not outlive the machine.
	cmd, err := s.command(context.Background(), "postgres", "-D", s.data(), "-k", s.folder, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "shared_buffers=16MB", "-c", "max_connections=60")
	if err != nil {
		return err
	}
	log, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	s.running, s.ended = cmd, make(chan struct{})
	begun, ready := make(chan error, 1), make(chan string, 1)
	go func() {
		defer close(s.ended)
		// The server dies with the thread that started it, so this one stays.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		begun <- err
		if err == nil {
			ready <- untilReady(log)
			_, _ = io.Copy(io.Discard, log)
			_ = cmd.Wait()
		}
	}()
	if err := <-begun; err != nil {
		s.running = nil
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case said := <-ready:
		if said == "" {
			return nil
		}
		return fmt.Errorf("postgres ended at once, and said:\n%s", said)
	case <-ctx.Done():
		return errors.New("postgres accepts no connections")
	}
}

// untilReady returns "" when the server accepts connections, or all it said
// when it ended before.
func untilReady(log io.Reader) string {
	var said strings.Builder
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "ready to accept connections") {
			return ""
		}
		said.WriteString(lines.Text() + "\n")
	}
	return said.String() + "."
}

func (s *Server) stop() error {
	if s.running == nil {
		return nil
	}
	cmd := s.running
	s.running = nil
	if err := cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case <-s.ended:
		return nil
	case <-ctx.Done():
		_ = cmd.Process.Kill()
		return errors.New("postgres does not stop")
	}
}

func (s *Server) remove() {
	_ = s.stop()
	_ = os.RemoveAll(s.folder)
}
