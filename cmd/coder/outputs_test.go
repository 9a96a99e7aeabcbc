package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/docgen"
)

// BenchmarkOutputs starts the program once for each document and script that
// it prints. The figure that counts is cpu-ms/op, the processor time of the
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
	for command, limit := range limits {
		b.Run(strings.ReplaceAll(command, " ", "_"), func(b *testing.B) {
			var cpu time.Duration
			for b.Loop() {
				cmd := exec.Command(bin, strings.Fields(command)...)
				if out, err := cmd.CombinedOutput(); err != nil {
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
