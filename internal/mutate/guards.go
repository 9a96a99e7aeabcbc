package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// planGuards reads lines of file, how the guard is lost, its text, what it is
// for, and the suites that must notice, with tabs between them. The text
// stands once in the file; where it needs words around it to do so, the guard
// is what stands in «guillemets». How is "false" or "true", which a condition
// becomes, or "drop", which leaves out the statement that begins with the text.
func planGuards(name, skip string) (*plan, error) {
	lines, err := readTable(name, 5)
	if err != nil {
		return nil, err
	}
	p := &plan{name: "guards", skip: skip, folders: map[string]string{}}
	fset := token.NewFileSet()
	sources, files := map[string]*source{}, map[string]*ast.File{}
	for _, l := range lines {
		file, how, text, about, suites := l.cells[0], l.cells[1], l.cells[2], l.cells[3], l.cells[4]
		if sources[file] == nil {
			if sources[file], files[file], err = p.source(fset, file); err != nil {
				return nil, err
			}
		}
		s := sources[file]
		if err := s.guard(files[file], how, text, about); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, l.number, err)
		}
		m := &p.mutants[len(p.mutants)-1]
		m.in = strings.Split(suites, ",")
		for _, one := range m.in {
			if !slices.ContainsFunc(p.suites, func(s *suite) bool { return s.name() == one }) {
				p.suites = append(p.suites, newSuite(one))
			}
		}
	}
	return p, nil
}

// guard loses one guard.
func (s *source) guard(file *ast.File, how, text, about string) error {
	before, guard, marked := strings.Cut(text, "«")
	guard, after, closed := strings.Cut(guard, "»")
	if !marked {
		before, guard = "", text
	}
	if marked != closed || guard == "" {
		return fmt.Errorf("%q has one guillemet, or nothing between two", text)
	}
	all := before + guard + after
	if n := strings.Count(s.text, all); n != 1 {
		return fmt.Errorf("%s has %q %d times, want once", s.name, all, n)
	}
	from := strings.Index(s.text, all) + len(before)
	node, fn := s.at(file, from, from+len(guard), how == "drop")
	if node == nil {
		return fmt.Errorf("%s: %q is no condition or statement of its own", s.name, guard)
	}
	s.fn = fn
	id := s.mutant(node, "%s: %s %s", about, how, guard)
	wraps := map[string]string{
		"false": "(!" + on + "(%d) && (%s))", "true": "(" + on + "(%d) || (%s))",
		"drop": "if !" + on + "(%d) { %s }",
	}
	form, ok := wraps[how]
	if !ok {
		return fmt.Errorf("%q is no way to lose a guard", how)
	}
	s.edit(node, func(inner, _ string) string { return fmt.Sprintf(form, id, inner) }, id)
	return nil
}

// at returns the expression that is just that part of the source, or the
// statement that begins with it, and the function around it.
func (s *source) at(file *ast.File, from, to int, statement bool) (found ast.Node, fn string) {
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || found != nil {
			return false
		}
		if d, ok := n.(*ast.FuncDecl); ok {
			fn = d.Name.Name
		}
		a, b := s.span(n)
		switch n.(type) {
		case ast.Stmt:
			if statement && a == from {
				found = n
			}
		case ast.Expr:
			if !statement && a == from && b == to {
				found = n
			}
		}
		return a <= from && to <= b
	})
	return found, fn
}
