package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/internal/pgtest"
)

func TestMain(m *testing.M) {
	testscript.Main(withPostgres{m}, map[string]func(){"coder": main})
}

// withPostgres are tests that may share a PostgreSQL.
type withPostgres struct{ *testing.M }

// Run runs them.
func (m withPostgres) Run() int {
	// Programs that are started under nohup are deaf to it, and so would be
	// those that the tests start.
	if signal.Ignored(syscall.SIGHUP) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	code := pgtest.Main(m.M)
	for _, do := range endings {
		do()
	}
	return code
}

// endings is what is left to do when all tests have ended, by [atTheEnd].
var (
	endings     []func()
	endingsLock sync.Mutex
)

func atTheEnd(do func()) {
	endingsLock.Lock()
	defer endingsLock.Unlock()
	endings = append(endings, do)
}

// fixtures are copied into the folder of every script.
var fixtures = []string{"deployment.yaml", "deployment-crlf.yaml", "plain.yaml"}

// TestScripts runs what people do, from testdata/script. Beside the commands
// of testscript there is
//
//	exits CODE PROGRAM ARGS…   run, and demand that exit code
//	serve ARGS…                start "coder server", wait until it listens, set $PID
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       golden.Update(),
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "")
			env.Setenv("CODER_CONFIG_DIR", filepath.Join(env.WorkDir, "state"))
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else each program under the race detector ends a second late
			for _, name := range fixtures {
				b, err := os.ReadFile(filepath.Join("../../testdata", name))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), b, 0o600); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "serve": serve},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed := new(exec.ExitError)
		if !errors.As(err, &failed) {
			ts.Fatalf("%v", err)
		}
		got = failed.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code: got %d, want %d", got, want)
	}
}

func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: serve [args...]")
	}
	program, err := exec.LookPath("coder")
	ts.Check(err)
	server := exec.Command(program, append([]string{"server", "--http-address=127.0.0.1:0"}, args...)...)
	server.Dir = ts.MkAbs(".")
	for _, name := range append([]string{"HOME"}, serverVariables...) {
		if value := ts.Getenv(name); value != "" {
			server.Env = append(server.Env, name+"="+value)
		}
	}
	out, err := server.StdoutPipe()
	ts.Check(err)
	server.Stderr = server.Stdout
	ts.Check(server.Start())
	ts.Defer(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "listening on http://") {
			go func() {
				for lines.Scan() { // so that the server never waits for a reader
				}
			}()
			ts.Setenv("PID", strconv.Itoa(server.Process.Pid))
			return
		}
	}
	ts.Fatalf("the server ended before it listened")
}

// serverVariables are those of the script that the server of serve gets too.
var serverVariables = []string{"CODER_VERBOSE", "CODER_PG_AUTH", "CODER_CONFIG_PATH", "CODER_SCIM_AUTH_HEADER", "CODER_CONFIG_DIR", "PATH"}
