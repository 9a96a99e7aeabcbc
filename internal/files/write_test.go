package files_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/files"
)

func content(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// names lists what is in the folder of a file.
func names(t *testing.T, file string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// put is [files.Writer.Replace] of strings.
func put(w files.Writer, name, old, text string) (files.Written, error) {
	return w.Replace(name, []byte(old), []byte(text))
}

func TestReplace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, text string }{
		{"old", "new"},
		{"", "new"},
		{"old", ""},
		{"", ""},
		{"same", "same"},
		{"old", "older"},
		{"older", "old"},
		{strings.Repeat("x", files.DefaultLimit), strings.Repeat("y", 3*files.DefaultLimit)},
		{"a\x00b\r\n", "\xff"},
	} {
		name := write(t, c.old)
		got, err := put(files.Writer{}, name, c.old, c.text)
		if err != nil || content(t, name) != c.text || got != (files.Written{Path: name}) || names(t, name) != "file" {
			t.Errorf("%.10q to %.10q: got %v, error %v, content %.10q, files %s", c.old, c.text, got, err, content(t, name), names(t, name))
		}
	}
}

func TestReplaceRefusesWhatChanged(t *testing.T) {
	t.Parallel()
	for _, old := range []string{"", "is", "is there ", "other", "is there now"} {
		name := write(t, "is there")
		_, err := put(files.Writer{Backup: true}, name, old, "new")
		if want := name + ": changed since it was read"; !errors.Is(err, files.ErrChanged) || err.Error() != want {
			t.Errorf("old content %q: got error %v, want %q", old, err, want)
		}
		if content(t, name) != "is there" || names(t, name) != "file" {
			t.Errorf("old content %q: the file has %q, beside it is %s", old, content(t, name), names(t, name))
		}
	}
}

func TestBackup(t *testing.T) {
	t.Parallel()
	name := write(t, "0")
	for i, want := range []string{"file.bak", "file.bak.1", "file.bak.2"} {
		got, err := put(files.Writer{Backup: true}, name, string(rune('0'+i)), string(rune('1'+i)))
		if err != nil || filepath.Base(got.Backup) != want || got.OtherNames != 0 || content(t, got.Backup) != string(rune('0'+i)) {
			t.Errorf("backup %d: got %+v, error %v, want %s with the content before", i, got, err, want)
		}
	}
	if got := names(t, name); got != "file file.bak file.bak.1 file.bak.2" || content(t, name) != "3" {
		t.Errorf("after three writes: got %s, content %q", got, content(t, name))
	}
}

func TestCreate(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "file")
	if got, err := (files.Writer{}).Create(name, []byte("new")); err != nil || got.Path != name || content(t, name) != "new" || names(t, name) != "file" {
		t.Fatalf("got %+v, error %v, content %q, files %s", got, err, content(t, name), names(t, name))
	}
	_, err := (files.Writer{}).Create(name, []byte("newer"))
	if want := name + ": it can't be made: something of that name is there already"; !errors.Is(err, fs.ErrExist) || err.Error() != want {
		t.Errorf("over a file: got error %v, want %s", err, want)
	}
	if content(t, name) != "new" || names(t, name) != "file" {
		t.Errorf("over a file: content %q, files %s", content(t, name), names(t, name))
	}
}

func TestLeftoversAreSwept(t *testing.T) {
	t.Parallel()
	for what, sweep := range map[string]func(*testing.T, string){
		"by a write": func(t *testing.T, name string) {
			if _, err := put(files.Writer{}, name, "old", "new"); err != nil {
				t.Fatal(err)
			}
		},
		"alone": func(_ *testing.T, name string) { files.Sweep(name) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			testSweep(t, sweep)
		})
	}
}

func testSweep(t *testing.T, sweep func(*testing.T, string)) {
	t.Helper()
	name := write(t, "old")
	dir := filepath.Dir(name)
	ours := ".strata-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	others := []string{".strata-", ".strata-ABC", ".strata-abcdefghijklmnopqrstuvwxyz", ".strata-ABCDEFGHIJKLMNOPQRSTUVWXY1", ours + "A", "x" + ours, ".bashrc"}
	for _, n := range append(others, ours) {
		if err := os.WriteFile(filepath.Join(dir, n), []byte("left"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files.Sweep(filepath.Join(dir, "missing"))
	if _, err := os.Lstat(filepath.Join(dir, ours)); err != nil {
		t.Errorf("beside a file that is not there: %v", err)
	}
	sweep(t, name)
	got := strings.Fields(names(t, name))
	if len(got) != len(others)+1 || strings.Contains(names(t, name)+" ", ours+" ") && !strings.Contains(names(t, name), "x"+ours) {
		t.Errorf("got %q, want the file and %q", got, others)
	}
	if _, err := os.Lstat(filepath.Join(dir, ours)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the leftover of a killed run is still there: %v", err)
	}
}

func TestWriteRefusals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing")
	for _, c := range []struct {
		name string
		err  error
		want string // of Replace
	}{
		{"-", files.ErrNotRegular, "it can't be found: not a regular file"},
		{"", files.ErrNotRegular, "it can't be found: not a regular file"},
		{"/dev/stdin", files.ErrNotRegular, "it can't be found: not a regular file"},
		{os.DevNull, files.ErrNotRegular, "it can't be found: not a regular file"},
		{dir, files.ErrNotRegular, "it can't be opened for writing: a directory, not a regular file"},
		{filepath.Join(missing, "file"), fs.ErrNotExist, "it can't be found: no such file or folder"},
		{missing, fs.ErrNotExist, "it can't be found: no such file or folder"},
	} {
		_, err := put(files.Writer{}, c.name, "", "new")
		failure := new(files.Failure)
		if !errors.As(err, &failure) || failure.Path != c.name || failure.Reason() != c.want || failure.InPlace || !errors.Is(err, c.err) && c.name != dir {
			t.Errorf("Replace(%q): got error %v, want %s", c.name, err, c.want)
		}
		if _, err := (files.Writer{}).Create(c.name, []byte("new")); (err == nil) != (c.name == missing) {
			t.Errorf("Create(%q): got error %v", c.name, err)
		}
	}
}

func TestFailureEscapesThePath(t *testing.T) {
	t.Parallel()
	_, err := put(files.Writer{}, "no\x1b[31m\nsuch", "", "")
	if want := `"no\x1b[31m\nsuch": it can't be found: no such file or folder`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
