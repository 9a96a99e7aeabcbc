package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// nouns are what tests count. A line of a test with a number before one of
// them is a figure.
const nouns = "draws|documents|points|runs|starts|stops|calls|reads|writes|tries|windows|surfaces|violations"

// figure is a number of something.
var figure = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b([0-9]+) (` + nouns + `)\b`) })

// place is where a test logged a line.
var place = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*\S+\.go:[0-9]+: `) })

// drawn is what rapid says of a law that holds.
var drawn = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\[rapid\] OK, passed ([0-9]+) tests \(.*\)`) })

// counted are the lines of the output of a test that have figures.
func counted(output []string) (out []string) {
	for line := range strings.Lines(strings.Join(output, "")) {
		line = strings.TrimSpace(place().ReplaceAllString(line, ""))
		line = drawn().ReplaceAllString(line, "$1 draws")
		if figure().MatchString(line) {
			out = append(out, line)
		}
	}
	return out
}

// tell prints the figures of each test and their sums. Of a test that ran more
// than once the last run counts. A line that sums up others of its test is
// left out of the sums: it begins with "in all".
func (s *sum) tell() {
	var lines []string
	sums := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(s.figures)) {
		t := s.figures[name]
		for _, line := range t.counted {
			lines = append(lines, fmt.Sprintf("%s %.1fs: %s", name, t.elapsed, line))
			if strings.HasPrefix(line, "in all") {
				continue
			}
			for _, m := range figure().FindAllStringSubmatch(line, -1) {
				n, _ := strconv.Atoi(m[1]) // digits, too many of which are no figure
				sums[m[2]] += n
			}
		}
	}
	s.list("Figures:", lines)
	var words []string
	for _, noun := range slices.SortedFunc(maps.Keys(sums), func(a, b string) int { return strings.Index(nouns, a) - strings.Index(nouns, b) }) {
		words = append(words, fmt.Sprintf("%d %s", sums[noun], noun))
	}
	if words != nil {
		s.print("\n%s\n", strings.Join(words, ", "))
	}
}
