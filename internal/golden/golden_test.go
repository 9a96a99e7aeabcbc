package golden_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/golden"
)

// recorder stands in for the test that calls Check.
type recorder struct {
	testing.TB
	failure string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { r.failure += fmt.Sprintf(format, args...) }

func check(t *testing.T, path, got string) string {
	t.Helper()
	r := &recorder{TB: t}
	golden.Check(r, path, []byte(got))
	return r.failure
}

// The cases set the environment, so this test alone is not parallel.
func TestCheckComparesOrWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "a.golden")
	for _, step := range []struct{ update, got, want string }{
		{"", "one\n", "does not exist"},
		{"0", "one\n", "does not exist"},
		{"1", "one\n", ""},
		{"", "one\n", ""},
		{"", "two\n", "make update"},
		{"", "one", "(no line end)"},
		{"", "one\r\n", `"one\r\n"`},
		{"1", "two\r\n", ""},
		{"", "two\r\n", ""},
	} {
		t.Setenv(golden.Variable, step.update)
		got := check(t, path, step.got)
		if (got == "") != (step.want == "") || !strings.Contains(got, step.want) {
			t.Errorf("Check of %q with %s=%q: got failure %q, want one with %q", step.got, golden.Variable, step.update, got, step.want)
		}
	}
}

func TestCheckFailsOnAFileItCannotRead(t *testing.T) {
	t.Parallel()
	if got := check(t, t.TempDir(), "x"); got == "" {
		t.Error("Check of a folder: got no failure, want one")
	}
}

func TestCheckLeavesAnEqualFileAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.golden")
	if err := os.WriteFile(path, []byte("same"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(golden.Variable, "1")
	check(t, path, "same")
	after, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if !before.ModTime().Equal(after.ModTime()) {
		t.Errorf("equal file: got time %v, want %v as before", after.ModTime(), before.ModTime())
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x\n", 25)
	for _, c := range []struct{ name, want, got, diff string }{
		{"changed line", "a\nb\nc\n", "a\nB\nc\n", "line 2 (- want, + got):\n  a\n- b\n+ B\n"},
		{"added line", "a\nc\n", "a\nb\nc\n", "line 2 (- want, + got):\n  a\n+ b\n"},
		{"removed first", "a\nb\n", "b\n", "line 1 (- want, + got):\n- a\n"},
		{"repeated line", "a\na\n", "a\n", "line 2 (- want, + got):\n  a\n- a\n"},
		{"no line end", "a\n", "a", "line 1 (- want, + got):\n- a\n+ a (no line end)\n"},
		{"control byte", "a\n", "a\x1b\n", "line 1 (- want, + got):\n- a\n+ \"a\\x1b\\n\"\n"},
		{"long", "", long, "line 1 (- want, + got):\n" + strings.Repeat("+ x\n", 10) + "+ (and 15 more lines)\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := golden.Diff([]byte(c.want), []byte(c.got)); got != c.diff {
				t.Errorf("got\n%s\nwant\n%s", got, c.diff)
			}
		})
	}
}
