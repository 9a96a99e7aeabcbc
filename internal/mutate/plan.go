package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A plan is the mistakes of one run and the tests that are to notice them.
type plan struct {
	name    string
	skip    string   // tests that do not count
	mutants []mutant // the number of one is its index and one
	sources []*source
	folders map[string]string // of the sources, with the name of the package
	suites  []*suite
}

// A suite is the tests of one package, or some of them.
type suite struct {
	folder, pattern string
	binary          string
	rapid           bool
	seconds         float64
	reached         map[int]bool
}

func newSuite(name string) *suite {
	folder, pattern, _ := strings.Cut(strings.TrimPrefix(name, "./"), ":")
	return &suite{folder: folder, pattern: pattern}
}

func (c *config) plan() (*plan, error) {
	if c.guards {
		return planGuards(c.guardList, c.skip)
	}
	p := &plan{name: strings.ReplaceAll(c.target, "/", "-"), skip: c.skip, folders: map[string]string{}}
	for _, name := range append([]string{c.target}, c.with...) {
		p.suites = append(p.suites, newSuite(name))
	}
	return p, p.find(c.target)
}

// add numbers a mistake.
func (p *plan) add(m mutant) int {
	m.id = len(p.mutants) + 1
	p.mutants = append(p.mutants, m)
	return m.id
}

// source reads a file.
func (p *plan) source(fset *token.FileSet, name string) (*source, *ast.File, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, err
	}
	s := &source{name: name, text: string(text), file: fset.File(file.Pos()), seen: map[string]int{}, beside: map[ast.Expr]bool{}, next: p.add}
	p.sources = append(p.sources, s)
	p.folders[filepath.Dir(name)] = file.Name.Name
	return s, file, nil
}

// find makes the mistakes of one package.
func (p *plan) find(folder string) error {
	listed, err := list("-e", "-export", "-deps", "-json=ImportPath,Export,GoFiles,Dir", "./"+folder)
	if err != nil {
		return err
	}
	exports := map[string]string{}
	for _, l := range listed {
		exports[l.ImportPath] = l.Export
	}
	own := listed[len(listed)-1] // what is asked for comes after its imports
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range own.GoFiles {
		_, file, err := p.source(fset, folder+"/"+name)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
	if _, err := conf.Check(own.ImportPath, fset, files, info); err != nil {
		return err
	}
	makers := map[string]bool{}
	for _, file := range files {
		addMakers(makers, file)
	}
	for i, s := range p.sources {
		s.info, s.makers = info, makers
		s.find(files[i])
	}
	return nil
}

type listedPackage struct {
	ImportPath, Export, Dir string
	GoFiles                 []string
}

func list(args ...string) (out []listedPackage, err error) {
	text, err := command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var l listedPackage
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		return nil, errors.New("go list: no package")
	}
	return out, nil
}

func command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Stderr = os.Stderr
	return c
}

// sum tells the sources and mistakes of one run from those of another.
func (p *plan) sum() string {
	h := sha256.New()
	for _, s := range p.sources {
		fmt.Fprintf(h, "%s %d %s", s.name, len(s.text), s.text)
	}
	for i := range p.mutants {
		fmt.Fprintln(h, p.mutants[i].String())
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// write puts the woven sources below a folder, and returns the overlay.
func (p *plan) write(folder string) (overlay string, err error) {
	files := map[string]string{}
	put := func(name, text string) error {
		// Not ".go" at the end: the folder may stand where "./..." looks.
		at := filepath.Join(folder, strings.ReplaceAll(name, "/", "__")+".woven")
		full, err := filepath.Abs(name)
		if err != nil {
			return err
		}
		if files[full], err = filepath.Abs(at); err != nil {
			return err
		}
		return os.WriteFile(at, []byte(text), 0o600)
	}
	for _, s := range p.sources {
		if err := put(s.name, s.weave()); err != nil {
			return "", err
		}
	}
	for dir, pkg := range p.folders {
		if err := put(dir+"/mutant_helpers.go", helpers(pkg)); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": files})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(folder, "overlay.json")
	return overlay, os.WriteFile(overlay, text, 0o600)
}

// lose forgets mistakes that do not compile.
func (p *plan) lose(ids []int) {
	p.mutants = slices.DeleteFunc(p.mutants, func(m mutant) bool { return slices.Contains(ids, m.id) })
}
