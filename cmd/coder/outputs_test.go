package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/docgen"
)

// BenchmarkOutputs starts the program once for each document and script that
// it prints, and for each command that looks at the deployment with all options. The figure that counts is cpu-ms/op, the processor time of the
// whole process; it fails if one takes longer than whoever waits should.
func BenchmarkOutputs(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "coder")
	build := exec.Command("go", "build", "-trimpath", "-o", bin, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as releases are
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	limits := map[string]time.Duration{
		"config docs --format html":                   150 * time.Millisecond,
		"config docs --format schema --draft 7":       150 * time.Millisecond,
		"config docs --format schema --draft 2020-12": 150 * time.Millisecond,
		"config reference --schema s.json":            50 * time.Millisecond,
	}
	for _, form := range []string{"markdown", "man", "env", "systemd", "helm", "catalog"} {
		limits["config docs --format "+form] = 50 * time.Millisecond
	}
	for _, shell := range docgen.Shells() {
		limits["completion "+shell] = 50 * time.Millisecond
	}
	const file = "../../testdata/deployment.yaml"
	old, saved, bundle := filepath.Join(b.TempDir(), "old.json"), filepath.Join(b.TempDir(), "saved.json"), filepath.Join(b.TempDir(), "bundle.json")
	write := func(name string, args ...string) string {
		out, err := exec.Command(bin, args...).Output()
		if err != nil {
			b.Fatal(err)
		}
		if name == old {
			out = bytes.ReplaceAll(out, []byte("networking."), []byte("net.")) // so that there is much to tell
		}
		if err := os.WriteFile(name, out, 0o600); err != nil {
			b.Fatal(err)
		}
		return name
	}
	write(old, "config", "docs", "--format", "catalog")
	write(saved, "config", "show", "--format", "json", "-c", file)
	write(bundle, "config", "bundle", "-c", file)
	for _, command := range []string{
		"config check -c " + file, "config show -c " + file, "config explain tls-address -c " + file, "config bundle -c " + file,
		"config check --bundle " + bundle, "config what-if -c " + file + " -- --tls-enable",
		"config lint -c " + file, "config lint --severity note --format json -c " + file, "config lint --severity note --format sarif -c " + file,
		"config diff ../../testdata/golden/written.yaml " + file, "config diff " + saved + " " + file + " --all --format json", "config diff " + bundle + " - -- -c " + file,
		"config compat " + old, "config compat " + old + " --format markdown", "config compat " + old + " -c " + file + " --format json",
	} {
		limits[command] = 50 * time.Millisecond
	}
	for command, limit := range limits {
		b.Run(strings.NewReplacer(" ", "_", filepath.Dir(old)+"/", "", filepath.Dir(saved)+"/", "", filepath.Dir(bundle)+"/", "", "../../testdata/", "").Replace(command), func(b *testing.B) {
			var cpu time.Duration
			for b.Loop() {
				cmd := exec.Command(bin, strings.Fields(command)...)
				// A difference and a finding are exit code 1.
				if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != exitProblem {
					b.Fatalf("%v\n%s", err, out)
				}
				cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			}
			b.ReportMetric(float64(cpu.Microseconds())/1000/float64(b.N), "cpu-ms/op")
			if took := cpu / time.Duration(b.N); took > limit {
				b.Errorf("%s takes %v of a processor, want %v at most", command, took, limit)
			}
		})
	}
}
