package files_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/strataconf/strata/internal/files"
)

func write(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestReadFile(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 511, 512, 513, 4096, files.DefaultLimit} {
		want := strings.Repeat("x", n)
		got, err := files.Reader{}.ReadFile(write(t, want))
		if err != nil || string(got) != want {
			t.Errorf("a file of %d bytes: got %d bytes, error %v", n, len(got), err)
		}
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		limit, size int
		want        string
	}{
		{0, files.DefaultLimit + 1, "larger than 1 MiB"},
		{2 << 10, 2<<10 + 1, "larger than 2 KiB"},
		{10, 11, "larger than 10 bytes"},
		{10, 10, ""},
		{2 << 20, files.DefaultLimit + 1, ""},
	} {
		content := strings.Repeat("x", c.size)
		for _, from := range []string{"file", "stdin"} {
			r := files.Reader{Limit: c.limit, Stdin: strings.NewReader(content)}
			name := "-"
			if from == "file" {
				name = write(t, content)
			}
			got, err := r.ReadFile(name)
			if c.want == "" {
				if err != nil || len(got) != c.size {
					t.Errorf("%s of %d bytes under a limit of %d: got %d bytes, error %v", from, c.size, c.limit, len(got), err)
				}
				continue
			}
			if !errors.Is(err, files.ErrTooLarge) || err.Error() != c.want || got != nil {
				t.Errorf("%s of %d bytes: got error %v, want %q", from, c.size, err, c.want)
			}
		}
	}
}

func TestStdin(t *testing.T) {
	t.Parallel()
	slow := iotest.OneByteReader(strings.NewReader(strings.Repeat("ab", 5000)))
	if got, err := (files.Reader{Stdin: slow}).ReadFile("/dev/stdin"); err != nil || len(got) != 10000 {
		t.Errorf("standard input a byte at a time: got %d bytes, error %v, want 10000", len(got), err)
	}
	if got, err := (files.Reader{}).ReadFile("-"); err != nil || len(got) != 0 {
		t.Errorf("no standard input: got %q, error %v, want nothing", got, err)
	}
	broken := iotest.ErrReader(io.ErrUnexpectedEOF)
	if _, err := (files.Reader{Stdin: broken}).ReadFile("-"); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("broken standard input: got error %v, want that of the reader", err)
	}
	endless := iotest.DataErrReader(zeros{})
	if _, err := (files.Reader{Stdin: endless}).ReadFile("-"); !errors.Is(err, files.ErrTooLarge) {
		t.Errorf("endless standard input: got error %v, want %v", err, files.ErrTooLarge)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestNullDeviceIsEmpty(t *testing.T) {
	t.Parallel()
	if got, err := (files.Reader{}).ReadFile(os.DevNull); err != nil || len(got) != 0 {
		t.Errorf("null device: got %q, error %v, want nothing", got, err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{
		dir: files.ErrNotRegular, link: files.ErrNotRegular,
		filepath.Join(dir, "missing"):  fs.ErrNotExist,
		filepath.Join(dir, "a\x00b"):   fs.ErrInvalid,
		"":                             fs.ErrNotExist,
		filepath.Join(dir, "link/../"): files.ErrNotRegular,
	} {
		got, err := files.Reader{}.ReadFile(name)
		if err == nil || got != nil || want != fs.ErrInvalid && !errors.Is(err, want) {
			t.Errorf("ReadFile(%q): got %q, error %v, want %v", name, got, err, want)
		}
	}
}

func TestRefusalNamesNoPath(t *testing.T) {
	t.Parallel()
	_, err := files.Reader{}.ReadFile(t.TempDir())
	refusal := new(files.Refusal)
	if !errors.As(err, &refusal) || strings.ContainsAny(refusal.Reason(), `/\`) || refusal.Error() != refusal.Reason() {
		t.Errorf("got %v, want a refusal without a path", err)
	}
}

func TestLinkIsFollowed(t *testing.T) {
	t.Parallel()
	target := write(t, "content")
	link := target + ".link"
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if got, err := (files.Reader{}).ReadFile(link); err != nil || !bytes.Equal(got, []byte("content")) {
		t.Errorf("link: got %q, error %v", got, err)
	}
}
