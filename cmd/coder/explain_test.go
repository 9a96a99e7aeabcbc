package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// TestExplainedName holds the rule of which argument is the name.
func TestExplainedName(t *testing.T) {
	t.Parallel()
	reg, err := values.Build(option.Host{Version: "v0.0.0"})
	if err != nil {
		t.Fatal(err)
	}
	own := append([]ownFlag{{name: "format", arg: "form"}}, new(inputFlags).own()...)
	const taken = "--" + nameFlag + "="
	for _, k := range []struct{ args, name, rest string }{
		{"tls-address", "tls-address", taken},
		{"--tls-address", "--tls-address", taken},
		{"-c", "-c", taken},
		{"--tls-address=:1", "--tls-address=:1", "--tls-address=:1"},
		{"tls-address -c f", "tls-address", taken + " -c f"},
		{"--tls-address -c f", "--tls-address", taken + " -c f"},
		{"-c f tls-address", "tls-address", "-c f " + taken},
		{"-c=f tls-address", "tls-address", "-c=f " + taken},
		{"--tls-enable tls-address", "tls-address", "--tls-enable " + taken},
		{"--tls-address :1 tls-address", "tls-address", "--tls-address :1 " + taken},
		{"--tls-address :1", "--tls-address", taken + " :1"},
		{"--format json --env-file f --pid 1 verbose", "verbose", "--format json --env-file f --pid 1 " + taken},
		{"-- --help", "--help", taken + " " + taken},
		{"-c f -- verbose --tls-enable", "verbose", "-c f " + taken + " " + taken + " --tls-enable"},
	} {
		name, rest, err := explained(reg.Catalog, strings.Fields(k.args), own)
		if got := strings.Join(rest, " "); err != nil || name != k.name || got != k.rest {
			t.Errorf("%s: got %q, %q and %v, want %q and %q", k.args, name, got, err, k.name, k.rest)
		}
	}
	for _, args := range []string{"", "--", "-c f --", "--format json", "--env-file f", "--pid=1"} {
		if name, _, err := explained(reg.Catalog, strings.Fields(args), own); err == nil {
			t.Errorf("%s: got the name %q, want an error", args, name)
		}
	}
}

// TestWhatIfOfAProcess proposes a flag to a running server: it stands behind
// those of that process.
func TestWhatIfOfAProcess(t *testing.T) {
	t.Parallel()
	p, out, errs := world("config", "what-if", "--pid", "4711", "--format", "json", "--", "--tls-address=:2", "CODER_HTTP_ADDRESS=:3")
	p.Proc = process4711("coder|server|--tls-address=:1|", "CODER_HTTP_ADDRESS=:1|")
	if code := run(context.Background(), *p); code != exitOK {
		t.Fatalf("got exit code %d, want 0\n%s", code, errs)
	}
	var d struct {
		Changes []struct {
			Option        string
			Before, After struct {
				Text  string
				Place struct {
					Arg int
					Of  string
				}
			}
		}
	}
	if err := json.Unmarshal(out.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, c := range d.Changes {
		a, b := c.Before, c.After
		got.WriteString(c.Option + " " + a.Text + " of " + a.Place.Of + ", " + b.Text + " of " + b.Place.Of + "; ")
	}
	const want = "tls-address :1 of process 4711, :2 of process 4711; http-address :1 of process 4711, :3 of the proposal; "
	if got.String() != want || d.Changes[0].Before.Place.Arg != 2 || d.Changes[0].After.Place.Arg != 3 {
		t.Errorf("got %s\n%s, want %s", got.String(), out, want)
	}
}

// TestAnswersJSON holds that every answer in JSON is one value and a line end.
func TestAnswersJSON(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"show --format json", "show --format json --shape compact", "explain verbose --format json", "what-if --format=json -- --tls-enable"} {
		b := output(t, append([]string{"config"}, strings.Fields(args)...)...)
		if !json.Valid(b) || !bytes.HasSuffix(b, []byte("}\n")) {
			t.Errorf("%s: not JSON:\n%s", args, b)
		}
	}
}

func TestASCII(t *testing.T) {
	t.Parallel()
	for environ, want := range map[string]bool{
		"": false, "LANG=C": true, "LANG=POSIX": true, "LANG=de_DE.UTF-8": false, "LANG=C.utf8": false, "LANG=de_DE": true,
		"LANG=C LC_ALL=C.UTF-8": false, "LC_CTYPE=C LANG=C.UTF-8": true, "LC_ALL= LANG=C": true,
	} {
		p := process{Environ: strings.Fields(environ)}
		if got := p.ascii(); got != want {
			t.Errorf("%q: got %v, want %v", environ, got, want)
		}
	}
}

// BenchmarkColdAnswers is a whole run of each command that answers, on a file
// with as many settings as there are; cpu-ms/op is that of the process.
func BenchmarkColdAnswers(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "coder")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, args := range []string{
		"show", "show --format json", "show --format yaml", "show --format env", "explain tls-address", "explain tls-address --format json", "what-if", "explain tls-adres",
	} {
		b.Run(strings.ReplaceAll(args, " ", "_"), func(b *testing.B) {
			var cpu time.Duration
			for b.Loop() {
				words := append([]string{"config"}, append(strings.Fields(args), "-c", "../../testdata/deployment.yaml")...)
				if args == "what-if" {
					words = append(words, "--", "--tls-enable=false")
				}
				cmd := exec.Command(bin, words...)
				cmd.Env = []string{"HOME=" + os.TempDir()}
				if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != exitUsage {
					b.Fatalf("%v\n%s", err, out)
				}
				cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			}
			b.ReportMetric(float64(cpu.Microseconds())/1000/float64(b.N), "cpu-ms/op")
		})
	}
}
