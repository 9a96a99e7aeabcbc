package main

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// permissive is the licences, by their names in SPDX, that code may have that
// is given away with ours: they ask for their notice, and nothing of the rest.
var permissive = map[string]bool{
	"0BSD": true, "Apache-2.0": true, "BSD-2-Clause": true, "BSD-3-Clause": true, "ISC": true, "MIT": true, "MIT-0": true, "Unlicense": true,
	publicDomain: true,
}

// publicDomain is what SPDX has no name for.
const publicDomain = "LicenseRef-public-domain"

// A judgement is what people found in a file that the recogniser does not
// know or takes wrongly. It holds for this very text and no later one.
type judgement struct {
	sum      string   // the first half of its SHA-256, so that a new text is read anew
	licences []string // none: the file is of no concern
}

// judged is the judgements by module and file.
var judged = map[string]judgement{
	// The address of a picture in the documentation, which is not built in.
	"modernc.org/memory/LICENSE-LOGO": {"5ae5bee3072a8413", nil},
	// The authors of SQLite gave up their rights.
	"modernc.org/sqlite/LICENSE-SQLITE": {"8438c9c89b849131", []string{publicDomain}},
	// A list; what its first section calls linked has these. The other texts in it are of tests and tools.
	"modernc.org/sqlite/LICENSE-3RD-PARTY.md": {"4194f8e7119be72b", []string{"BSD-3-Clause", "MIT", publicDomain}},
	// The licences of Go, go-netdb, musl and nixpkgs, with addresses between them.
	"modernc.org/libc/LICENSE-3RD-PARTY.md": {"f597097efe3d9702", []string{"BSD-3-Clause", "MIT"}},
}

// unlicensed is the modules that carry no licence at all. They may be used here
// and never be given away, see [lenient].
var unlicensed = map[string]bool{"github.com/alecthomas/kong-yaml": true}

// none is the licence of [unlicensed].
const none = "none"

// A document is a file of a module that says on which terms it may be used.
type document struct {
	name     string // relative to the module, with slashes
	text     string
	licences []string // by their names in SPDX
	notice   bool     // is to be passed on, and grants nothing by itself
}

// terms is the names of files that hold licences, notices the others that are
// to go with a copy.
var (
	terms   = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|copyright)([-._].*)?$`)
	notices = regexp.MustCompile(`(?i)^(notice|patents|authors|contributors)([-._].*)?$`)
	source  = regexp.MustCompile(`\.(go|s|c|h)$`)
)

// enough is the part of a file, in percent, that has to be known text.
// Beside it stand names, years and pointers to other files.
const enough = 70

// documents is the files of a module that count for the packages in use: those
// in their folders and above.
func (m *module) documents() ([]document, error) {
	folders := map[string]bool{m.Dir: true}
	for _, dir := range m.packages {
		for ; len(dir) > len(m.Dir); dir = filepath.Dir(dir) {
			folders[dir] = true
		}
	}
	var all []document
	if unlicensed[m.Path] {
		all = append(all, document{licences: []string{none}, notice: true})
	}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.IsDir() || source.MatchString(e.Name()) || !terms.MatchString(e.Name()) && !notices.MatchString(e.Name()) {
				continue
			}
			file := filepath.Join(folder, e.Name())
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			name, err := filepath.Rel(m.Dir, file)
			if err != nil {
				return nil, err
			}
			all = append(all, document{name: filepath.ToSlash(name), text: string(text), notice: notices.MatchString(e.Name())})
		}
	}
	return all, m.recognise(all)
}

// recognise finds the licences of each of the documents, which must be clear.
func (m *module) recognise(all []document) error {
	granted := unlicensed[m.Path]
	for i := range all {
		d := &all[i]
		if d.notice {
			continue
		}
		if known, ok := judged[m.Path+"/"+d.name]; ok {
			if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(d.text)))[:16]; sum != known.sum {
				return fmt.Errorf("%s: %s is not the text that was judged: read it again, and write %s in judged", m.Path, d.name, sum)
			}
			d.licences, d.notice = known.licences, known.licences == nil
			continue
		}
		found := licensecheck.Scan([]byte(d.text))
		for _, match := range found.Match {
			d.licences = append(d.licences, match.ID)
		}
		slices.Sort(d.licences)
		d.licences = slices.Compact(d.licences)
		if len(d.licences) == 0 || found.Percent < enough {
			return fmt.Errorf("%s: %s is known text in %.0f%% only, with %s: read it, and write what it is into judged", m.Path, d.name, found.Percent, cmp.Or(strings.Join(d.licences, ", "), "no licence"))
		}
		granted = true
	}
	if !granted {
		return fmt.Errorf("%s: no file grants a licence", m.Path)
	}
	return nil
}

// licences is those of all documents.
func licences(all []document) []string {
	set := map[string]bool{}
	for _, d := range all {
		for _, l := range d.licences {
			set[l] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}
