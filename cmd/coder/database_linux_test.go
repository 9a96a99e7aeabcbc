package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDatabaseIsPrivate looks at the modes of what a server makes, and starts
// one on what others have opened.
func TestDatabaseIsPrivate(t *testing.T) {
	t.Parallel()
	state := filepath.Join(t.TempDir(), "new")
	b := boot(t, state, nil)
	modes := map[string]os.FileMode{".": 0o700, databaseFile: 0o600, databaseFile + "-wal": 0o600, databaseFile + "-shm": 0o600}
	for name, mode := range modes {
		info, err := os.Stat(filepath.Join(state, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != mode {
			t.Errorf("%s: got mode %o, want %o", name, got, mode)
		}
	}
	b.stop()
	const file, folder = "other users can read or write the database", "other users can write into the folder of the database"
	for _, c := range []struct {
		file, folder os.FileMode
		want         string
	}{{0o600, 0o755, ""}, {0o640, 0o700, file}, {0o602, 0o700, file}, {0o600, 0o770, folder}, {0o666, 0o777, folder + file}} {
		for name, mode := range map[string]os.FileMode{".": c.folder, databaseFile: c.file} {
			if err := os.Chmod(filepath.Join(state, name), mode); err != nil {
				t.Fatal(err)
			}
		}
		b := boot(t, state, nil)
		text, _ := b.out.look()
		got := ""
		for _, part := range []string{folder, file} {
			if strings.Contains(text, part) {
				got += part
			}
		}
		if b.stop(); got != c.want {
			t.Errorf("file %o, folder %o: got %q, want %q", c.file, c.folder, got, c.want)
		}
	}
}
