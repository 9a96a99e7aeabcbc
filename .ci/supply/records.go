package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A record is the row of a table in docs/adr that says why something is used.
type record struct {
	file string // below docs
	why  string
}

// records is the rows by the names in them, as they are spelled there.
type records map[string]record

// columns of the tables that count.
var (
	subjects = []string{"dependency", "tool", "taken"}
	reasons  = []string{"why", "used for"}
)

// records reads the tables of docs/adr.
func (r repository) records() (records, error) {
	all := records{}
	files, err := filepath.Glob(filepath.Join(r.root, "docs/adr/*.md"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		all.read("adr/"+filepath.Base(file), string(text))
	}
	return all, nil
}

func (all records) read(file, text string) {
	subject, why := -1, -1
	for line := range strings.Lines(text) {
		cells := cells(line)
		switch {
		case cells == nil:
			subject, why = -1, -1
			continue
		case subject < 0:
			subject = slices.IndexFunc(cells, func(c string) bool { return slices.Contains(subjects, c) })
			why = slices.IndexFunc(cells, func(c string) bool { return slices.Contains(reasons, c) })
			continue
		case why < 0 || max(subject, why) >= len(cells):
			continue
		}
		for name := range strings.SplitSeq(cells[subject], ",") {
			name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
			if _, twice := all[strings.Trim(name, "`")]; !twice {
				all[strings.Trim(name, "`")] = record{file, cells[why]}
			}
		}
	}
}

// cells is the cells of a line of a table, nil for any other line.
func cells(line string) []string {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "|") || !strings.HasSuffix(line, "|") || len(line) < 2 {
		return nil
	}
	cells := strings.Split(line[1:len(line)-1], "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// of finds the record of a module: by its path, with or without the host that
// most share, by a package of it, or by a program of it.
func (all records) of(m *module) (record, bool) {
	short := strings.TrimPrefix(m.Path, "github.com/")
	for _, name := range append([]string{m.Path, short}, m.commands...) {
		if r, ok := all[name]; ok {
			return r, true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if strings.HasPrefix(name, m.Path+"/") || strings.HasPrefix(name, short+"/") {
			return all[name], true
		}
	}
	return record{}, false
}
