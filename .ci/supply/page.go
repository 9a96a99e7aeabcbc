package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// head begins the page of dependencies.
const head = `# Dependencies

What is here and not ours, on which terms, and why. ` + "`make update`" + ` makes this page of what Go builds in, of the files of licences that the
modules carry, and of the records; a test holds it to them. A module that a release carries has to be under a permissive licence and to have a line
in a record, also if it came with another.

` + "`make check`" + ` looks all of them up among the known vulnerabilities. What is known and does no harm here:

- GO-2026-5932, without a mend: ` + "`golang.org/x/crypto/openpgp`" + ` is unmaintained. We have one other package of that module, and not this one.

`

// lenient is the licences that tools and tests may have beside those of
// [permissive]. Nothing under them is given away.
var lenient = map[string]bool{
	"MPL-2.0": true, "CC0-1.0": true, "BlueOak-1.0.0": true, "PSF-2.0": true, "Python-2.0": true, "CC-BY-3.0": true, "CC-BY-4.0": true, none: true,
}

// A section is a table of the page.
type section struct {
	title, text string
	modules     modules
	given       bool // away, so only permissive ones, each with a record
	unasked     bool // needs no record: one tells of all
}

// page prints docs/dependencies.md, or everything that is wrong with the
// dependencies.
func (r repository) page(w io.Writer) error {
	sections, err := r.sections()
	if err != nil {
		return err
	}
	records, err := r.records()
	if err != nil {
		return err
	}
	var text strings.Builder
	text.WriteString(head)
	var faults []error
	for _, s := range sections {
		faults = append(faults, s.write(&text, records))
	}
	faults = append(faults, r.writeNPM(&text, records))
	if err := errors.Join(faults...); err != nil {
		return err
	}
	_, err = io.WriteString(w, text.String())
	return err
}

func (r repository) sections() ([]section, error) {
	released, err := r.inProgram(platforms...)
	if err != nil {
		return nil, err
	}
	tested, err := r.inTests()
	if err != nil {
		return nil, err
	}
	tools, err := r.inTools()
	if err != nil {
		return nil, err
	}
	peers, err := r.inBenchmarks()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range platforms {
		names = append(names, p.os+"/"+p.arch)
	}
	return []section{
		{"In the program", "On " + strings.Join(names, ", ") + " together, beside Go itself (BSD-3-Clause). Their licences go with each release.", released, true, false},
		{"In tests only", "Whoever imports our packages does not build them.", tested.without(released), false, false},
		{"In tools only", "Of `make check` and `.ci/release`, from the module files `.ci/tools.mod` and `.ci/supply/go.mod`.", tools.without(released).without(tested), false, false},
		{"In benchmarks only", "What `bench` measures us beside, and what that brings ([0015](adr/0015-measured-beside-others.md)). It is run here and never passed on, as one of " +
			"them, the YAML of kong, carries no licence at all.", peers.without(released).without(tested).without(tools), false, true},
	}, nil
}

func (s section) write(w io.Writer, records records) error {
	fmt.Fprintf(w, "## %s\n\n%s\n\n| module | version | licence | for |\n| --- | --- | --- | --- |\n", s.title, s.text)
	var faults []error
	for _, m := range s.modules.sorted() {
		all, err := m.documents()
		if err != nil {
			faults = append(faults, err)
			continue
		}
		terms := licences(all)
		for _, l := range terms {
			if !permissive[l] && (s.given || !lenient[l]) {
				faults = append(faults, fmt.Errorf("%s: nobody decided that %s will do for what is %s", m.Path, l, strings.ToLower(s.title)))
			}
		}
		why, err := s.why(m, records)
		faults = append(faults, err)
		fmt.Fprintf(w, "| `%s` | %s | %s | %s |\n", m.Path, m.Version, strings.Join(terms, ", "), why)
	}
	fmt.Fprintln(w)
	return errors.Join(faults...)
}

// why is what the record says, and who else brings the module.
func (s section) why(m *module, records records) (string, error) {
	var by []string
	for _, importer := range slices.Sorted(maps.Keys(m.importers)) {
		if importer != ours {
			by = append(by, "`"+importer+"`")
		}
	}
	direct := m.importers[ours] || len(m.commands) > 0
	why := "for " + strings.Join(by, ", ")
	if direct {
		why = "for ours"
	}
	r, ok := records.of(m)
	switch {
	case ok && direct:
		return r.link(r.why), nil
	case ok:
		return r.link(r.why) + "; " + why, nil
	case s.given || direct && !s.unasked:
		return "", fmt.Errorf("%s: no table in docs/adr says why it is there, %s", m.Path, why)
	}
	return why, nil
}

// link puts the number of the record behind text.
func (r record) link(text string) string {
	number, _, _ := strings.Cut(path.Base(r.file), "-")
	return fmt.Sprintf("%s ([%s](%s))", text, number, r.file)
}

func (r repository) writeNPM(w io.Writer, records records) error {
	locks, err := r.npm()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "## From npm, for checks only\n\nThe licences are those that the lock files name, also of what comes along.\n\n"+
		"| package | version | licence | comes along | for |\n| --- | --- | --- | --- | --- |\n")
	var faults []error
	for _, l := range locks {
		for _, licence := range l.licences {
			if !permissive[licence] && !lenient[licence] {
				faults = append(faults, fmt.Errorf(".ci/%s/package-lock.json: nobody decided that %s will do", l.name, licence))
			}
		}
		for i, p := range l.direct {
			why, ok := records[p.name]
			if !ok {
				faults = append(faults, fmt.Errorf("%s: no table in docs/adr says why it is there", p.name))
				continue
			}
			along := ""
			if i == 0 {
				along = fmt.Sprintf("%d packages: %s", l.others, strings.Join(l.licences, ", "))
			}
			fmt.Fprintf(w, "| `%s` | %s | %s | %s | %s |\n", p.name, p.version, p.licence, along, why.link(why.why))
		}
	}
	return errors.Join(faults...)
}
