package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestNullDeviceIsNotClosed runs the program as a service or a scripting
// language does that wants no output: the null device is open for reading and
// writing in more than one place. Alone in the place of standard output nothing
// tells it from one that was closed.
func TestNullDeviceIsNotClosed(t *testing.T) {
	t.Parallel()
	const closed = "coder version: standard output can't be written: bad file descriptor\n"
	for _, k := range []struct{ name, streams, want string }{
		{"for writing", ">/dev/null", ""},
		{"with input", "0<>/dev/null 1<>/dev/null", ""},
		{"with errors", "1<>/dev/null 2<>/dev/null", ""},
		{"all", "0<>/dev/null 1<>/dev/null 2<>/dev/null", ""},
		{"closed", ">&-", closed},
		{"closed, with an empty input", "</dev/null >&-", closed},
	} {
		var told strings.Builder
		run := exec.Command("sh", "-c", "exec coder version "+k.streams)
		run.Stderr = &told
		if err := run.Run(); (err == nil) != (k.want == "") || told.String() != k.want {
			t.Errorf("%s: got %v and %q, want %q", k.name, err, told.String(), k.want)
		}
	}
}

// TestVerdictsNeedNoOutput asks for exit codes alone, as scripting languages
// do: the null device for reading and writing in the place of standard output.
func TestVerdictsNeedNoOutput(t *testing.T) {
	t.Parallel()
	for _, k := range []struct {
		args string
		want int
	}{
		{"config check", 0},
		{"config check --http-address=nowhere", 1},
		{"config lint", 0},
		{"config lint --tls-min-version=tls10", 1},
		{"config diff - -", 2},
	} {
		var told strings.Builder
		run := exec.Command("sh", "-c", "exec coder "+k.args+" 1<>/dev/null")
		run.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
		run.Stderr = &told
		_ = run.Run()
		if got := run.ProcessState.ExitCode(); got != k.want || strings.Contains(told.String(), "descriptor") {
			t.Errorf("coder %s: got exit code %d and %q, want %d", k.args, got, told.String(), k.want)
		}
	}
}
