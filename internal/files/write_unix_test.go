//go:build unix

package files_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/strataconf/strata/internal/files"
)

// withMode makes a file of "old" that has a mode whatever the umask is.
func withMode(t *testing.T, mode fs.FileMode) string {
	t.Helper()
	name := write(t, "old")
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
	return name
}

// refused fails the test unless a write failed for that reason and left the
// file and its folder alone.
func refused(t *testing.T, name string, err error, want string) {
	t.Helper()
	failure := new(files.Failure)
	if !errors.As(err, &failure) || failure.InPlace || failure.Reason() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
	if got := content(t, name); got != "old" {
		t.Errorf("the file has %q", got)
	}
	if strings.Contains(names(t, name), ".strata-") || strings.Contains(names(t, name), ".bak") {
		t.Errorf("the folder has %s", names(t, name))
	}
}

func TestModeStays(t *testing.T) {
	t.Parallel()
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o644, 0o660, 0o666, 0o755, 0o700, 0o604, 0o640 | fs.ModeSetgid, 0o644 | fs.ModeSticky} {
		name := withMode(t, mode)
		before, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := put(files.Writer{}, name, "old", "new"); err != nil {
			t.Fatal(err)
		}
		if after, err := os.Stat(name); err != nil || after.Mode() != before.Mode() {
			t.Errorf("mode %v: got %v, error %v", before.Mode(), after.Mode(), err)
		}
	}
}

func TestOwnerStays(t *testing.T) {
	t.Parallel()
	name := withMode(t, 0o660)
	if os.Geteuid() == 0 {
		if err := os.Chown(name, 65534, 12345); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := put(files.Writer{}, name, "old", "new"); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	was, is := before.Sys().(*syscall.Stat_t), after.Sys().(*syscall.Stat_t)
	if is.Uid != was.Uid || is.Gid != was.Gid || after.Mode() != before.Mode() {
		t.Errorf("got owner %d:%d and mode %v, want %d:%d and %v", is.Uid, is.Gid, after.Mode(), was.Uid, was.Gid, before.Mode())
	}
}

func TestLinksStay(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	real := filepath.Join(dir, "a", "b", "file")
	if err := os.MkdirAll(filepath.Dir(real), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(real, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	for _, l := range []struct{ name, to string }{{"folder", "a/b"}, {"one", "folder/file"}, {"two", "one"}} {
		if err := os.Symlink(l.to, filepath.Join(dir, l.name)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := put(files.Writer{}, filepath.Join(dir, "two"), "old", "new")
	if err != nil || content(t, real) != "new" || names(t, real) != "file" || names(t, filepath.Join(dir, "x")) != "a folder one two" {
		t.Errorf("got %v, error %v, content %q, files %q and %q", got, err, content(t, real), names(t, real), names(t, filepath.Join(dir, "x")))
	}
	if want, _ := filepath.EvalSymlinks(real); got.Path != want {
		t.Errorf("got path %s, want %s", got.Path, want)
	}
}

func TestHardLinksAreCounted(t *testing.T) {
	t.Parallel()
	name := withMode(t, 0o600)
	for i := range 2 {
		if err := os.Link(name, fmt.Sprint(name, i)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := put(files.Writer{Backup: true}, name, "old", "new")
	if err != nil || got.OtherNames != 2 || content(t, name) != "new" || content(t, name+"0") != "old" || content(t, name+"1") != "old" {
		t.Errorf("got %+v, error %v, want two other names, which keep the old content", got, err)
	}
}

func TestPlantedNames(t *testing.T) {
	t.Parallel()
	name := withMode(t, 0o600)
	dir := filepath.Dir(name)
	victim := write(t, "victim")
	planted := filepath.Join(dir, ".strata-ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if err := errors.Join(os.Symlink(victim, planted), os.Symlink(victim, name+".bak"), syscall.Mkfifo(planted[:len(planted)-1]+"A", 0o600), os.Symlink(victim, filepath.Join(dir, "new"))); err != nil {
		t.Fatal(err)
	}
	got, err := put(files.Writer{Backup: true}, name, "old", "new")
	if err != nil || content(t, name) != "new" || filepath.Base(got.Backup) != "file.bak.1" || content(t, got.Backup) != "old" {
		t.Errorf("got %+v, error %v, content %q", got, err, content(t, name))
	}
	if _, err := (files.Writer{}).Create(filepath.Join(dir, "new"), []byte("new")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("create over a planted link: got error %v, want %v", err, fs.ErrExist)
	}
	if _, err := (files.Writer{}).Create(filepath.Join(dir, "other"), []byte("new")); err != nil {
		t.Errorf("create beside planted names: got error %v", err)
	}
	if content(t, victim) != "victim" {
		t.Errorf("the file that a link was planted to has %q", content(t, victim))
	}
}

// TestNothingIsLostBetweenWriters counts: each writer reads a number and
// writes the next one, and none of the writes that succeed may get lost.
func TestNothingIsLostBetweenWriters(t *testing.T) {
	t.Parallel()
	name := write(t, strings.Repeat("0\n", 1000))
	var written, refusals atomic.Int64
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				old, err := files.Reader{}.ReadFile(name)
				if err != nil {
					t.Error(err)
					return
				}
				var n int
				if _, err := fmt.Sscan(string(old), &n); err != nil || string(old) != strings.Repeat(fmt.Sprintln(n), 1000) {
					t.Errorf("read half a file of %d bytes: %v", len(old), err)
					return
				}
				switch _, err := (files.Writer{}).Replace(name, old, []byte(strings.Repeat(fmt.Sprintln(n+1), 1000))); {
				case err == nil:
					written.Add(1)
				case errors.Is(err, files.ErrBusy) || errors.Is(err, files.ErrChanged):
					refusals.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	want := strings.Repeat(fmt.Sprintln(written.Load()), 1000)
	if got := content(t, name); got != want || names(t, name) != "file" || written.Load() == 0 {
		t.Errorf("after %d writes and %d refusals the file has %.6q, beside it is %s", written.Load(), refusals.Load(), got, names(t, name))
	}
}

// A link that leads nowhere is not followed, and is told from a file.
func TestCreateOverLink(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.Symlink("nowhere", name); err != nil {
		t.Fatal(err)
	}
	_, err := (files.Writer{}).Create(name, []byte("new"))
	if want := name + ": it can't be made: a link of that name is there, and leads to no file"; !errors.Is(err, fs.ErrExist) || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
	if got := names(t, name); got != "file" {
		t.Errorf("there is %s", got)
	}
}
