package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// An event is one line of "go test -json", see "go doc test2json".
type event struct {
	Action      string
	Package     string
	ImportPath  string // of a build event
	Test        string
	Output      string
	Elapsed     float64
	FailedBuild string
}

// A test is one test or subtest of a package that is still running.
type test struct {
	output    []string
	result    string   // "" until it ends, then pass, fail or skip
	counted   []string // lines with figures
	elapsed   float64
	holds     bool // other tests
	heldFails bool // one of these failed
}

// A pack is one package that is still running.
type pack struct {
	tests  map[string]*test
	order  []string // names, in order of start
	output []string // of no test
}

// A sum is what the events came to so far.
type sum struct {
	out      io.Writer
	packages map[string]*pack
	builds   map[string][]string // output of the compiler
	failures []string
	skips    []string
	figures  map[string]*test // those that have counted something, by package and name

	passed, failed, skipped int
}

func newSum(out io.Writer) *sum {
	return &sum{out: out, packages: map[string]*pack{}, builds: map[string][]string{}, figures: map[string]*test{}}
}

// read takes events up to the end of r. A line that is none is shown as it
// is: the go command speaks plainly when it cannot start.
func (s *sum) read(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		var e event
		if json.Unmarshal(line, &e) == nil {
			s.add(e)
		} else if len(line) > 0 {
			s.print("%s\n", strings.TrimSuffix(string(line), "\n"))
		}
		switch err {
		case nil:
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}

func (s *sum) add(e event) {
	switch {
	case e.Action == "build-output":
		s.builds[e.ImportPath] = append(s.builds[e.ImportPath], e.Output)
	case e.Package == "":
	case e.Test == "":
		s.addToPackage(e)
	default:
		s.pack(e.Package).add(e)
	}
}

func (s *sum) pack(name string) *pack {
	p := s.packages[name]
	if p == nil {
		p = &pack{tests: map[string]*test{}}
		s.packages[name] = p
	}
	return p
}

func (s *sum) addToPackage(e event) {
	p := s.pack(e.Package)
	switch e.Action {
	case "output":
		p.output = append(p.output, e.Output)
	case "pass", "fail", "skip":
		delete(s.packages, e.Package)
		s.end(e, p)
	}
}

func (p *pack) add(e event) {
	t := p.tests[e.Test]
	if t == nil {
		t = &test{}
		p.tests[e.Test] = t
		p.order = append(p.order, e.Test)
		if parent := p.parent(e.Test); parent != nil {
			parent.holds = true
		}
	}
	switch e.Action {
	case "output":
		t.output = append(t.output, e.Output)
	case "pass":
		t.result, t.counted, t.elapsed, t.output = e.Action, counted(t.output), e.Elapsed, nil
	case "fail", "skip":
		t.result = e.Action
	}
}

// parent finds the nearest test that holds the named one; the name of a
// subtest may itself have slashes.
func (p *pack) parent(name string) *test {
	for {
		cut := strings.LastIndexByte(name, '/')
		if cut < 0 {
			return nil
		}
		name = name[:cut]
		if t := p.tests[name]; t != nil {
			return t
		}
	}
}

// end counts and prints a package that is done.
func (s *sum) end(e event, p *pack) {
	passed, failed, skipped := s.passed, s.failed, s.skipped
	var shown []string
	// Backwards, so that a test is asked after those that it holds.
	for _, name := range slices.Backward(p.order) {
		t := p.tests[name]
		if len(t.counted) > 0 {
			s.figures[e.Package+" "+name] = t
		}
		if t.result == "" && e.Action == "fail" {
			t.result = "fail" // the process died under it
		}
		switch {
		case t.result == "fail":
			if parent := p.parent(name); parent != nil {
				parent.heldFails = true
			}
			if !t.heldFails {
				s.failed++
				s.failures = append(s.failures, e.Package+" "+name)
			}
			shown = append(shown, plain(t.output))
		case t.result == "skip":
			s.skipped++
			s.skips = append(s.skips, e.Package+" "+name+": "+reason(t.output))
		case t.result == "pass" && !t.holds:
			s.passed++
		}
	}
	if e.Action == "fail" && s.failed == failed {
		s.failed++
		s.failures = append(s.failures, e.Package)
	}
	s.print("%s\n", headline(e, s.passed-passed, s.failed-failed, s.skipped-skipped))
	if e.Action != "fail" {
		return
	}
	slices.Reverse(shown)
	shown = append(shown, s.builds[e.FailedBuild]...)
	for _, line := range strings.SplitAfter(strings.Join(append(shown, plain(p.output)), ""), "\n") {
		if line != "" {
			s.print("      %s", line)
		}
	}
}

func headline(e event, passed, failed, skipped int) string {
	if e.Action == "skip" {
		return "none  " + e.Package + " has no tests"
	}
	words := fmt.Sprintf("%d passed", passed)
	if failed > 0 {
		words += fmt.Sprintf(", %d failed", failed)
	}
	if skipped > 0 {
		words += fmt.Sprintf(", %d skipped", skipped)
	}
	mark := map[string]string{"pass": "ok  ", "fail": "FAIL"}[e.Action]
	return fmt.Sprintf("%s  %s %.1fs: %s", mark, e.Package, e.Elapsed, words)
}

// frame is what the test binary prints about tests, as against what they say.
var frame = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(=== |--- (SKIP|PASS)|(FAIL|ok|PASS)\s)`) })

func plain(output []string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.Join(output, "")) {
		if !frame().MatchString(line) {
			b.WriteString(line)
		}
	}
	return b.String()
}

func reason(output []string) string {
	text := strings.Join(strings.Fields(plain(output)), " ")
	if text == "" {
		return "no reason given"
	}
	return text
}

// close prints what failed and what was skipped, and the closing line.
func (s *sum) close() {
	s.list("Failed:", s.failures)
	s.list("Skipped:", s.skips)
	s.print("\n%d passed, %d failed, %d skipped\n", s.passed, s.failed, s.skipped)
}

func (s *sum) list(head string, lines []string) {
	if len(lines) == 0 {
		return
	}
	slices.Sort(lines)
	s.print("\n%s\n", head)
	for _, line := range lines {
		s.print("  %s\n", line)
	}
}

// good tells success. A package that never ended died with its process.
func (s *sum) good(noskip bool) bool {
	ran := s.passed > 0 && len(s.packages) == 0
	return ran && s.failed == 0 && (s.skipped == 0 || !noskip)
}

// print drops the error of a closed output: the exit code tells the rest.
func (s *sum) print(format string, args ...any) { _, _ = fmt.Fprintf(s.out, format, args...) }
