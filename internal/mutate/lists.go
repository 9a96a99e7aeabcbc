package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// A listed mistake changes nothing that anybody could see, or nothing that is
// worth a test, for a reason.
type listed struct {
	reason string
	line   int
}

// readKnown reads lines of file, function, mistake and reason, with tabs
// between them. Empty lines and those that start with "#" are comments.
func readKnown(name string) (map[string]listed, error) {
	lines, err := readTable(name, 4)
	if err != nil {
		return nil, err
	}
	known := map[string]listed{}
	for _, l := range lines {
		key := strings.Join(l.cells[:3], "\t")
		if known[key].reason != "" {
			return nil, fmt.Errorf("%s:%d: listed twice", name, l.number)
		}
		known[key] = listed{l.cells[3], l.number}
	}
	return known, nil
}

type tableLine struct {
	cells  []string
	number int
}

func readTable(name string, columns int) (out []tableLine, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns || strings.TrimSpace(cells[columns-1]) == "" {
			return nil, fmt.Errorf("%s:%d: %d cells with tabs between them, want %d", name, number, len(cells), columns)
		}
		out = append(out, tableLine{cells, number})
	}
	return out, nil
}

// stale reports the lines of the list about a package that fit no mistake.
func (p *plan) stale(out io.Writer, known map[string]listed, target string) (n int) {
	for i := range p.mutants {
		delete(known, p.mutants[i].String())
	}
	for key, l := range known {
		file, _, _ := strings.Cut(key, "\t")
		if folder := file[:max(0, strings.LastIndexByte(file, '/'))]; folder == target {
			n++
			fmt.Fprintf(out, "known.tsv:%d: fits no mistake: %s\n", l.line, key)
		}
	}
	return n
}

// results are the mistakes that were killed before, in a file that starts with
// the sum of what they were made in.
type results struct {
	killed map[string]bool
	file   *os.File
}

func openResults(name, sum string) (*results, error) {
	r := &results{killed: map[string]bool{}}
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	head, body, _ := strings.Cut(string(text), "\n")
	if head != sum {
		if err := os.WriteFile(name, []byte(sum+"\n"), 0o600); err != nil {
			return nil, err
		}
		body = ""
	}
	for line := range strings.Lines(body) {
		r.killed[strings.TrimSuffix(line, "\n")] = true
	}
	r.file, err = os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0o600)
	return r, err
}

func (r *results) add(name string) { _, _ = r.file.WriteString(name + "\n") }

func (r *results) close() { _ = r.file.Close() }
