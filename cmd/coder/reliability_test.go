package main

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

var (
	testName = regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w*`)
	testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Z]\w*)\(`)
	runsTest = regexp.MustCompile(`go test \./(\S+) -run '?(\w+)`)
)

// TestReliabilityPage holds the page of faults to the tests: each test that it
// names is there, also in the package that a command of the table of bugs
// names, each row of faults names one, and each bug has a command.
func TestReliabilityPage(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{} // by name, and by "package name"
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(root + name)
		for _, m := range testFunc.FindAllSubmatch(text, -1) {
			tests[string(m[1])], tests[path.Dir(name)+" "+string(m[1])] = true, true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(root + "docs/reliability.md")
	if err != nil {
		t.Fatal(err)
	}
	faults, bugs, kind := 0, 0, ""
	for i, line := range strings.Split(string(text), "\n") {
		for _, name := range testName.FindAllString(line, -1) {
			if !tests[name] {
				t.Errorf("docs/reliability.md:%d: there is no %s", i+1, name)
			}
		}
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		switch {
		case !strings.HasPrefix(line, "| "):
			kind = ""
		case kind == "":
			kind = cells[0] // the head of a table
		case strings.HasPrefix(line, "| ---"):
		case kind == "bug":
			bugs++
			if len(cells) != 4 || !strings.HasPrefix(cells[3], "`") {
				t.Errorf("docs/reliability.md:%d: a bug has four cells, the last of which is a command", i+1)
			}
			if m := runsTest.FindStringSubmatch(line); m != nil && !tests[m[1]+" "+m[2]] {
				t.Errorf("docs/reliability.md:%d: ./%s has no %s", i+1, m[1], m[2])
			}
		case kind == "fault" || kind == "channel":
			faults++
			if len(cells) != 4 || !testName.MatchString(cells[2]) && !strings.Contains(cells[2], ".txtar") {
				t.Errorf("docs/reliability.md:%d: a fault has four cells, the third of which names its test", i+1)
			}
		}
	}
	if faults < 70 || bugs < 15 {
		t.Errorf("the page has %d faults and %d bugs, want at least 70 and 15", faults, bugs)
	}
}
