package main

import (
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// toyModule is a package with one mistake that its tests overlook in each way
// that there is.
var toyModule = map[string]string{
	"go.mod": "module toy\n\ngo 1.26\n",
	"toy/toy.go": `package toy

import "slices"

const most = 3

// Small counts, and says so.
func Small(n int, told *int) bool {
	if n > most {
		return false
	}
	*told++
	return n >= 0 && n != 2
}

// Room changes nothing but room.
func Room(list []int) []int {
	list = slices.Grow(list, 2*most)
	return list
}
`,
	"toy/toy_test.go": `package toy

import "testing"

func TestSmall(t *testing.T) {
	told := 0
	if Small(5, &told) || !Small(1, &told) || Small(-1, &told) || told != 2 {
		t.Fatal("wrong")
	}
}
`,
	"known.tsv": "# none\ntoy/toy.go\tSmall\tmost + 1\t4 is never asked about\n",
	"guards.tsv": "toy/toy.go\tfalse\tn > most\tlarge\ttoy\n" +
		"toy/toy.go\ttrue\tn != 2\ttwo\ttoy:Small\n" +
		"toy/toy.go\tdrop\t*told++\tcount\ttoy\n",
}

func enter(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	t.Setenv("GOFLAGS", "") // the flags of this build are not those of the toy
}

// TestRun asks twice: the second time what was killed is not tried again.
func TestRun(t *testing.T) {
	for _, k := range []struct {
		name    string
		c       config
		survive []string
		last    string
	}{
		{
			"package",
			config{target: "toy"},
			[]string{"0 + 1", "2 + 1", "always n != 2", "most - 1", "n > most -> >=", "n >= 0 -> >"},
			"toy: 16 mistakes, 9 killed, 6 survived, 1 known, 0 not drawn",
		},
		{"guards", config{guards: true}, []string{"two: true n != 2"}, "guards: 3 mistakes, 2 killed, 1 survived, 0 known, 0 not drawn"},
	} {
		t.Run(k.name, func(t *testing.T) {
			enter(t, toyModule)
			k.c.list, k.c.guardList, k.c.out, k.c.sample = "known.tsv", "guards.tsv", "out", 1
			for range 2 {
				var out strings.Builder
				good, err := k.c.run(&out, io.Discard)
				if err != nil || good {
					t.Fatalf("got %v, %v, want a run with survivors\n%s", good, err, &out)
				}
				lines := strings.Split(strings.TrimSpace(out.String()), "\n")
				var got []string
				for _, line := range lines[:len(lines)-1] {
					got = append(got, line[strings.LastIndexByte(line, '\t')+1:])
				}
				if slices.Sort(got); !slices.Equal(got, k.survive) {
					t.Errorf("survived: got %q, want %q", got, k.survive)
				}
				if last := lines[len(lines)-1]; !strings.HasPrefix(last, k.last) {
					t.Errorf("the last line: got %q, want %q", last, k.last)
				}
			}
		})
	}
}

// TestLists holds the lists of this module: every guard is where its line says.
func TestLists(t *testing.T) {
	t.Chdir("../..")
	if _, err := readKnown("internal/mutate/known.tsv"); err != nil {
		t.Error(err)
	}
	p, err := planGuards("internal/mutate/guards.tsv", "")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.mutants) < 40 {
		t.Errorf("%d guards, want at least 40", len(p.mutants))
	}
	for _, s := range p.sources {
		if _, err := parser.ParseFile(token.NewFileSet(), s.name, s.weave(), 0); err != nil {
			t.Errorf("%s does not parse without its guards: %v", s.name, err)
		}
	}
	for _, s := range p.suites {
		if found, _ := filepath.Glob(s.folder + "/*_test.go"); len(found) == 0 {
			t.Errorf("%s has no tests", s.folder)
		}
	}
}

// TestUnread holds which constants beside an error bear no mistake.
func TestUnread(t *testing.T) {
	for _, k := range []struct {
		body string
		want int // mistakes with 7
	}{
		{"return 7, nil", 2},
		{"return 7, wrong()", 0},
		{"return 7, &fault{}", 0},
		{"return 7, maybe()", 2},
		{"err := maybe(); if err != nil { return 7, err }; return 0, err", 0},
		{"err := maybe(); if err != nil || true { return 7, err }; return 0, err", 2},
		{"err := maybe(); if err == nil { return 7, err }; return 0, err", 2},
		{"err := maybe(); return 7, err", 2},
	} {
		enter(t, map[string]string{"go.mod": toyModule["go.mod"], "toy/toy.go": "package toy\n\ntype fault struct{}\n\nfunc (*fault) Error() string { return \"\" }\n\n" +
			"func wrong() error { return &fault{} }\n\nfunc maybe() error { return nil }\n\nfunc F() (int, error) { " + k.body + " }\n"})
		p, err := (&config{target: "toy"}).plan()
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for i := range p.mutants {
			if strings.HasPrefix(p.mutants[i].what, "7 ") {
				got++
			}
		}
		if got != k.want {
			t.Errorf("%s: %d mistakes with the number, want %d", k.body, got, k.want)
		}
	}
}

func TestStaleLines(t *testing.T) {
	t.Parallel()
	p := &plan{mutants: []mutant{{file: "toy/a.go", fn: "F", what: "1 + 1"}}}
	known := map[string]listed{
		"toy/a.go\tF\t1 + 1": {"so", 1}, "toy/a.go\tF\t1 - 1": {"so", 2}, "toy/in/a.go\tF\t1 - 1": {"so", 3},
	}
	var out strings.Builder
	if n := p.stale(&out, known, "toy"); n != 1 || out.String() != "known.tsv:2: fits no mistake: toy/a.go\tF\t1 - 1\n" {
		t.Errorf("got %d and %q, want line 2", n, &out)
	}
}

// A binary that is gone, such as by a second run in the same folder, must not
// pass for a test that notices.
func TestMissingBinary(t *testing.T) {
	p := &plan{suites: []*suite{{folder: ".", binary: filepath.Join(t.TempDir(), "none.test"), reached: map[int]bool{1: true}}}}
	if how, err := p.try(&mutant{id: 1}); err == nil {
		t.Errorf("got %s without an error", how)
	}
}
