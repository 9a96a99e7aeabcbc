package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestReadme runs the lines by which the README asks a server for the first
// time, as a newcomer pastes them.
func TestReadme(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	b := boot(t, "", nil)
	_, text, ok := strings.Cut(file("../../README.md"), "\nIn another shell, ")
	if !ok {
		t.Fatal("the README has no lines to run in another shell")
	}
	var lines strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			break
		}
		if code, ok := strings.CutPrefix(line, "    "); ok {
			lines.WriteString(code)
		}
	}
	script := strings.NewReplacer("bin/coder", "coder", "http://127.0.0.1:3000", b.http).Replace(lines.String())
	shell := exec.Command("bash", "-euo", "pipefail", "-c", `curl() { command curl --silent --show-error --noproxy '*' --output /dev/null --write-out '%{http_code}\n' "$@"; }`+"\n"+script)
	shell.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere", "CODER_CONFIG_DIR=" + b.state, "GORACE=atexit_sleep_ms=0"}
	shell.Stderr = new(strings.Builder)
	out, err := shell.Output()
	if err != nil {
		t.Fatalf("got %v\n%s\n%s\n%s", err, script, out, shell.Stderr)
	}
	id, codes, _ := strings.Cut(string(out), "\n")
	want(t, uuid.MatchString(id), true)
	want(t, codes, strings.Repeat("200\n", strings.Count(script, "curl ")))
	want(t, strings.Count(script, "curl "), 10)
}
