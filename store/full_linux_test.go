package store_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/strataconf/strata/stats"
	"github.com/strataconf/strata/store"
)

// A full disk takes nothing back that was confirmed, and does not outlast
// itself.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=1m") != nil {
		return // needs root; cmd/coder has the like for everybody
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	d := onSQLite(t)
	d.Path = filepath.Join(folder, "a.db")
	s := d.open(t)
	report := stats.Batch{Agents: make([]stats.AgentUsage, 100)}
	for i := range report.Agents {
		report.Agents[i] = stats.AgentUsage{AgentID: "a", RxBytes: 1}
	}
	ballast, err := os.Create(filepath.Join(folder, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer ballast.Close()
	if _, err := io.CopyN(ballast, zeros{}, 512<<10); err != nil {
		t.Fatal(err)
	}
	confirmed := int64(0)
	var full error
	for full == nil && confirmed < 1e6 {
		if full = s.Report(t.Context(), report); full == nil {
			confirmed += 100
		}
	}
	var own *store.Error
	if !errors.As(full, &own) || own.Kind != store.Full || !own.Unavailable() {
		t.Fatalf("after %d: got %v, want %q", confirmed, full, store.Full)
	}
	counts := func(want int64) {
		t.Helper()
		if a, err := s.Stats(t.Context(), d.Now()); err != nil || a.Workspaces.RxBytes != want {
			t.Errorf("got %d %v, want %d", a.Workspaces.RxBytes, err, want)
		}
	}
	counts(confirmed)
	if err := ballast.Truncate(0); err != nil {
		t.Fatal(err)
	}
	if err := s.Report(t.Context(), report); err != nil {
		t.Errorf("with space again: got %v", err)
	}
	counts(confirmed + 100)
	_ = s.Close()
	s = d.open(t)
	counts(confirmed + 100)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
