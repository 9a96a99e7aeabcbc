//go:build unix

package files_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/files"
)

// within fails the test if reading takes longer than a person would wait.
func within(t *testing.T, name string) error {
	t.Helper()
	done := make(chan error, 1)
	go func() {
		_, err := files.Reader{}.ReadFile(name)
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(10 * time.Second):
		t.Fatalf("ReadFile(%q) still waits after 10 s", name)
		return nil
	}
}

func TestNeverWaits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	fifo := filepath.Join(dir, "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	short, err := os.MkdirTemp("", "s") // the path of a socket has at most some 100 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(short) })
	socket := filepath.Join(short, "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	for _, name := range []string{fifo, socket, "/dev/zero", "/dev/tty", "/dev/random"} {
		if _, err := os.Lstat(name); err != nil {
			continue // not every system has every device
		}
		if err := within(t, name); !errors.Is(err, files.ErrNotRegular) {
			t.Errorf("ReadFile(%q): got error %v, want %v", name, err, files.ErrNotRegular)
		}
	}
}

func TestPermission(t *testing.T) {
	t.Parallel()
	name := write(t, "content")
	if err := os.Chmod(name, 0); err != nil {
		t.Fatal(err)
	}
	_, err := files.Reader{}.ReadFile(name)
	// The superuser may read what nobody may.
	if os.Geteuid() != 0 && !errors.Is(err, fs.ErrPermission) || os.Geteuid() == 0 && err != nil {
		t.Errorf("a file of mode 0: got error %v, want %v", err, fs.ErrPermission)
	}
}

func TestLinkLoop(t *testing.T) {
	t.Parallel()
	link := filepath.Join(t.TempDir(), "loop")
	if err := os.Symlink(link, link); err != nil {
		t.Fatal(err)
	}
	if _, err := (files.Reader{}).ReadFile(link); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("a link to itself: got error %v, want %v", err, syscall.ELOOP)
	}
}
