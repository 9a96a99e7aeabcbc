package store_test

import (
	"os"
	"testing"

	"github.com/strataconf/strata/store"
)

// TestPingLooksAtTheFile does things to the file of a store that runs.
func TestPingLooksAtTheFile(t *testing.T) {
	t.Parallel()
	other := onSQLite(t)
	if err := other.open(t).Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		do   func(path string) error
		want store.Kind
	}{
		"nothing":  {func(string) error { return nil }, ""},
		"damaged":  {func(path string) error { return write(path, make([]byte, 100)) }, store.NotOurs},
		"cut":      {func(path string) error { return os.Truncate(path, 5000) }, store.NotOurs},
		"removed":  {os.Remove, store.Away},
		"replaced": {func(path string) error { return replace(path, other.Path) }, store.Replaced},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := onSQLite(t)
			if err := d.open(t).Close(); err != nil { // so that all is in the file
				t.Fatal(err)
			}
			s := d.open(t)
			if err := s.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := c.do(d.Path); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if got := kind(t, s.Ping(t.Context())); got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			}
			if _, err := os.Stat(d.Path); name == "removed" && err == nil {
				t.Error("the question made a file")
			}
		})
	}
}

// write writes over the beginning of a file.
func write(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		return err
	}
	return f.Close()
}

// replace puts a copy of a file in the place of another.
func replace(path, from string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
