// Package archtest holds the rules of the house that a compiler does not: who
// may import whom, who may touch the world, what every file and package has.
//
// The rules are text in policy.go. This package reads the sources with
// go/parser and never asks the go command, whose answers the test cache would
// not see change. Its test holds the repository against the rules.
package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Module is the import path of the repository.
const Module = "github.com/strataconf/strata"

// A File is one file in the folder of a package.
type File struct {
	Path    string    // from the root of the repository, with slashes
	Package string    // its folder
	Source  string    // its text
	Syntax  *ast.File // nil if it is not Go
	Imports []Import  // in the order of Syntax.Imports

	set *token.FileSet
}

// Test reports whether the file is there for tests only.
func (f *File) Test() bool { return strings.HasSuffix(f.Path, "_test.go") }

// An Import is one package that a file imports.
type Import struct {
	Name string // as the policy writes it: "option", "os", "gopkg.in/yaml.v3"
	Ours bool   // of the module
}

// standard reports whether the package comes with Go.
func (i Import) standard() bool {
	first, _, _ := strings.Cut(i.Name, "/")
	return !i.Ours && !strings.Contains(first, ".")
}

// Files is the repository, in the order of paths.
type Files []*File

// apart are folders at the root without packages of the module.
var apart = []string{"bench", "bin", "dist", "docs"}

// Read reads the files of every package below the root of the repository.
// Fixtures are not among them, nor are folders that the go command ignores.
func Read(root fs.FS) (Files, error) {
	var files Files
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
			return err
		case d.IsDir() && ignored(d.Name()) || slices.Contains(apart, name):
			return fs.SkipDir
		case !d.Type().IsRegular() || ignored(d.Name()):
			return nil
		}
		f, err := read(root, name)
		files = append(files, f)
		return err
	})
	return files, err
}

func ignored(name string) bool {
	return name[0] == '.' || name[0] == '_' || name == "testdata" || name == "vendor"
}

func read(root fs.FS, name string) (*File, error) {
	source, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	f := &File{Path: name, Package: path.Dir(name), Source: string(source), set: token.NewFileSet()}
	if path.Ext(name) != ".go" {
		return f, nil
	}
	f.Syntax, err = parser.ParseFile(f.set, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, spec := range f.Syntax.Imports {
		f.Imports = append(f.Imports, imported(spec))
	}
	return f, nil
}

func imported(spec *ast.ImportSpec) Import {
	name, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		panic(err) // the parser has read it
	}
	name, ours := strings.CutPrefix(name, Module+"/")
	return Import{name, ours}
}

// code is the Go files that are not tests; the rules are for these.
func (files Files) code() Files {
	return slices.DeleteFunc(slices.Clone(files), func(f *File) bool { return f.Syntax == nil || f.Test() })
}

// packages groups the Go files by folder, in order.
func (files Files) packages() (names []string, byName map[string]Files) {
	byName = map[string]Files{}
	for _, f := range files {
		if f.Syntax == nil {
			continue
		}
		if byName[f.Package] == nil {
			names = append(names, f.Package)
		}
		byName[f.Package] = append(byName[f.Package], f)
	}
	slices.Sort(names)
	return names, byName
}

// Imports holds every import against a policy.
func (files Files) Imports(p Policy) (faults []string) {
	names, byName := files.packages()
	for _, name := range names {
		allowed, listed := p.find(name)
		if !listed {
			faults = append(faults, name+": the package is not in the policy (internal/archtest/policy.go)")
			continue
		}
		for _, f := range byName[name].code() {
			for _, i := range f.Imports {
				if !allows(allowed, i) {
					faults = append(faults, fmt.Sprintf("%s: %s must not import %s", f.Path, name, i.Name))
				}
			}
		}
	}
	return faults
}

func allows(allowed []string, i Import) bool {
	return i.standard() || slices.Contains(allowed, i.Name) || i.Ours && slices.Contains(allowed, "ours")
}

// Fences holds imports that few may have against the list of those few. A
// file on the list that has no use for its place there is a fault too.
func (files Files) Fences(p Policy) (faults []string) {
	used := map[string]bool{}
	for _, f := range files.code() {
		for _, i := range f.Imports {
			used[i.Name+" "+f.Path] = true
			if inside, fenced := p.exact(i.Name); fenced && !within(inside, f) {
				faults = append(faults, fmt.Sprintf("%s: %s is fenced in: %s", f.Path, i.Name, orNobody(inside)))
			}
		}
	}
	for _, line := range p {
		for _, name := range line.List {
			if strings.HasSuffix(name, ".go") && !used[line.Name+" "+name] {
				faults = append(faults, fmt.Sprintf("%s: does not import %s, and is on its list", name, line.Name))
			}
		}
	}
	return faults
}

func within(inside []string, f *File) bool {
	return slices.ContainsFunc(inside, func(pattern string) bool {
		return pattern == f.Path || match(pattern, f.Package)
	})
}

func orNobody(inside []string) string {
	if len(inside) == 0 {
		return "nobody may import it"
	}
	return strings.Join(inside, " ")
}

// Single finds modules that not exactly one package imports.
func (files Files) Single(modules []string) (faults []string) {
	for _, module := range modules {
		var users []string
		for _, f := range files.code() {
			for _, i := range f.Imports {
				if i.Name == module || strings.HasPrefix(i.Name, module+"/") {
					users = append(users, f.Package)
				}
			}
		}
		slices.Sort(users)
		users = slices.Compact(users)
		if len(users) != 1 {
			faults = append(faults, fmt.Sprintf("%s: imported by %d packages %v, want exactly one", module, len(users), users))
		}
	}
	return faults
}
