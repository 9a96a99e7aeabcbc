package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// around is how many lines a difference shows around what changed.
const around = 3

// writeUnified writes the difference of two texts as diff -u does. The lines
// that it shows are those of shownA and shownB, which have as many.
func writeUnified(w io.Writer, name, a, b, shownA, shownB string) error {
	before, after := strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n")
	linesA, linesB := strings.SplitAfter(shownA, "\n"), strings.SplitAfter(shownB, "\n")
	if len(before) != len(linesA) || len(after) != len(linesB) {
		return fmt.Errorf("the lines of %s can't be shown", option.Escape(name))
	}
	steps := align(drop(before), drop(after))
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", option.Escape(name), option.Escape(name))
	for from := 0; from < len(steps); {
		if steps[from].kind == ' ' {
			from++
			continue
		}
		to := from // one behind the last change of this hunk
		for i := from; i < len(steps) && i < to+2*around+1; i++ {
			if steps[i].kind != ' ' {
				to = i + 1
			}
		}
		first, last := max(from-around, 0), min(to+around, len(steps))
		countA, countB := 0, 0
		var body strings.Builder
		for _, s := range steps[first:last] {
			line := linesA[s.a:]
			if s.kind == '+' {
				line = linesB[s.b:]
			}
			if s.kind != '+' {
				countA++
			}
			if s.kind != '-' {
				countB++
			}
			text, broken := strings.CutSuffix(line[0], "\n")
			fmt.Fprintf(&body, "%c%s\n", s.kind, strings.ReplaceAll(option.Escape(strings.TrimSuffix(text, "\r")), `\t`, "\t"))
			if !broken {
				body.WriteString("\\ No newline at end of file\n")
			}
		}
		fmt.Fprintf(&out, "@@ -%s +%s @@\n%s", hunk(steps[first].a, countA), hunk(steps[first].b, countB), body.String())
		from = last
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// drop leaves out the nothing behind the last line break.
func drop(lines []string) []string {
	if n := len(lines); n > 0 && lines[n-1] == "" {
		return lines[:n-1]
	}
	return lines
}

func hunk(from, n int) string {
	if n == 0 {
		return fmt.Sprintf("%d,0", from)
	}
	if n == 1 {
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, n)
}

// An alignStep is a line that stays, goes or comes: ' ', '-' or '+', with the
// index of the next line in both texts.
type alignStep struct {
	kind byte
	a, b int
}

// align finds a shortest list of lines that go and come, by Myers' greedy
// algorithm between the first and the last line that differ.
func align(a, b []string) []alignStep {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var steps []alignStep
	for i := range head {
		steps = append(steps, alignStep{' ', i, i})
	}
	for _, s := range shortest(a[head:len(a)-tail], b[head:len(b)-tail]) {
		steps = append(steps, alignStep{s.kind, s.a + head, s.b + head})
	}
	for i := range tail {
		steps = append(steps, alignStep{' ', len(a) - tail + i, len(b) - tail + i})
	}
	return steps
}

// mostTries bounds the search: two texts that differ more are shown as one
// that goes and one that comes.
const mostTries = 500

func shortest(a, b []string) (steps []alignStep) {
	n, m := len(a), len(b)
	reach := map[int]int{1: 0}
	var trace []map[int]int
	for d := 0; d <= n+m && d <= mostTries; d++ {
		before := make(map[int]int, 2*d+3)
		for k := -d - 1; k <= d+1; k++ {
			if x, ok := reach[k]; ok {
				before[k] = x
			}
		}
		trace = append(trace, before)
		for k := -d; k <= d; k += 2 {
			x := reach[k-1] + 1
			if k == -d || k != d && reach[k-1] < reach[k+1] {
				x = reach[k+1]
			}
			for x < n && x-k < m && a[x] == b[x-k] {
				x++
			}
			if reach[k] = x; x >= n && x-k >= m {
				return walkBack(trace, n, m)
			}
		}
	}
	for i := range n {
		steps = append(steps, alignStep{'-', i, 0})
	}
	for i := range m {
		steps = append(steps, alignStep{'+', n, i})
	}
	return steps
}

func walkBack(trace []map[int]int, x, y int) (steps []alignStep) {
	for d := len(trace) - 1; d >= 0; d-- {
		reach, k := trace[d], x-y
		from := k - 1
		if k == -d || k != d && reach[k-1] < reach[k+1] {
			from = k + 1
		}
		atX := reach[from]
		atY := atX - from
		for x > atX && y > atY {
			x, y = x-1, y-1
			steps = append(steps, alignStep{' ', x, y})
		}
		if d == 0 {
			break
		}
		if x == atX {
			y--
			steps = append(steps, alignStep{'+', x, y})
		} else {
			x--
			steps = append(steps, alignStep{'-', x, y})
		}
	}
	slices.Reverse(steps)
	return steps
}
