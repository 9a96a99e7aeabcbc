// Package golden compares what tests made with files that people review.
//
// A golden is the exact bytes that users read: help, a reference file, JSON.
// A test calls [Check]; if the bytes differ, it fails with the first lines
// that do and the command that takes the new bytes over, "make update".
package golden

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Variable is the environment variable that makes [Check] rewrite the files
// instead of comparing with them, if it is "1".
const Variable = "UPDATE_GOLDEN"

// Check compares got with the file at path, which is relative to the folder
// of the test. Under [Update] it writes the file, if that changes it.
func Check(t testing.TB, path string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(path)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		t.Errorf("golden: %v", err)
		return
	}
	switch {
	case !missing && bytes.Equal(got, want):
	case Update():
		if err := write(path, got); err != nil {
			t.Errorf("golden: %v", err)
		}
	case missing:
		t.Errorf("%s does not exist; to write it with the %d bytes of this run: make update", path, len(got))
	default:
		t.Errorf("%s is not what this run made; if the new bytes are right: make update\n%s", path, Diff(want, got))
	}
}

// Update reports whether this run rewrites goldens. Tests that have goldens
// in a form of their own, such as script archives, ask it.
func Update() bool { return os.Getenv(Variable) == "1" }

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// shown is how many lines of each side a diff prints.
const shown = 10

// Diff shows where two texts part: the last line before, then the lines up to
// where they meet again, those of want with "-" and those of got with "+", at
// most ten of each. Lines are quoted if they hold what a terminal would hide.
func Diff(want, got []byte) string {
	a, b := lines(want), lines(got)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out strings.Builder
	fmt.Fprintf(&out, "line %d (- want, + got):\n", head+1)
	if head > 0 {
		out.WriteString("  " + visible(a[head-1]) + "\n")
	}
	side(&out, "- ", a[head:len(a)-tail])
	side(&out, "+ ", b[head:len(b)-tail])
	return out.String()
}

// lines keeps the line ends, so that a missing last one is a difference.
func lines(text []byte) []string { return slices.Collect(strings.Lines(string(text))) }

func side(out *strings.Builder, mark string, lines []string) {
	for i, line := range lines {
		if i == shown {
			fmt.Fprintf(out, "%s(and %d more lines)\n", mark, len(lines)-shown)
			return
		}
		out.WriteString(mark + visible(line) + "\n")
	}
}

func visible(line string) string {
	text, ended := strings.CutSuffix(line, "\n")
	for _, r := range text {
		if r != '\t' && !strconv.IsPrint(r) {
			return strconv.Quote(line)
		}
	}
	if !ended {
		return text + " (no line end)"
	}
	return text
}
