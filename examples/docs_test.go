// Package examples_test holds the guide for embedders against the examples.
package examples_test

import (
	"os"
	"strings"
	"testing"
)

const guide = "../docs/embedding.md"

// A block is a fenced piece of the guide.
type block struct {
	line int
	file string // from the root of the repository
	text string
}

func blocks(t *testing.T) []block {
	t.Helper()
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	open := false
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case !open && strings.HasPrefix(line, "```"):
			_, file, _ := strings.Cut(line, " ")
			out = append(out, block{line: i + 1, file: file})
			open = true
		case open && line == "```":
			open = false
		case open:
			out[len(out)-1].text += line + "\n"
		}
	}
	return out
}

// Every block of the guide names the file that it is a piece of, and is.
func TestGuideQuotesTheExamples(t *testing.T) {
	t.Parallel()
	all := blocks(t)
	if len(all) < 10 {
		t.Fatalf("got %d blocks, want more: does this still find them?", len(all))
	}
	for _, b := range all {
		if b.file == "" {
			t.Errorf("%s:%d: the block names no file, want ```go path/of/file.go", guide, b.line)
			continue
		}
		source, err := os.ReadFile("../" + b.file)
		if err != nil {
			t.Errorf("%s:%d: %v", guide, b.line, err)
			continue
		}
		if !strings.Contains("\n"+string(source), "\n"+b.text) {
			t.Errorf("%s:%d: %s has no such lines:\n%s", guide, b.line, b.file, b.text)
		}
	}
}

// The smallest example stays small.
func TestMinimalIsMinimal(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("minimal/main.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), "\n"); n >= 60 {
		t.Errorf("got %d lines, want fewer than 60", n)
	}
}
