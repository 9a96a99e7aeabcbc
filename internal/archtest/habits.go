package archtest

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// now is the functions of package time that read the clock or wait for it.
var now = []string{"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"}

// Clock finds those who read the clock and may not. The time is an argument,
// so that a test can say what it is.
func (files Files) Clock(allowed []string) []string {
	return files.code().calls("time", now, allowed)
}

// Sleeps finds tests that sleep: they are slow on a fast machine and fail on
// a slow one.
func (files Files) Sleeps() []string {
	tests := slices.DeleteFunc(slices.Clone(files), func(f *File) bool { return f.Syntax == nil || !f.Test() })
	return tests.calls("time", []string{"Sleep"}, nil)
}

// Patterns finds patterns that every start of the program compiles, whether it
// uses them or not. A function that sync.OnceValue returns compiles one when it
// is first asked for.
func (files Files) Patterns() (faults []string) {
	for _, f := range files.code() {
		local := f.local("regexp")
		for _, decl := range f.Syntax.Decls {
			if vars, ok := decl.(*ast.GenDecl); ok {
				ast.Inspect(vars, func(n ast.Node) bool {
					if sel, ok := n.(*ast.SelectorExpr); ok && strings.HasPrefix(sel.Sel.Name, "MustCompile") {
						if x, ok := sel.X.(*ast.Ident); ok && x.Name == local {
							faults = append(faults, fmt.Sprintf("%s: a pattern that every start compiles; wrap it in sync.OnceValue", f.set.Position(sel.Pos())))
						}
					}
					_, later := n.(*ast.FuncLit)
					return !later
				})
			}
		}
	}
	return faults
}

func (files Files) calls(imported string, names, allowed []string) (faults []string) {
	for _, f := range files {
		if within(allowed, f) {
			continue
		}
		local := f.local(imported)
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains(names, sel.Sel.Name) {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == local {
					faults = append(faults, fmt.Sprintf("%s: %s.%s must not be used here", f.set.Position(sel.Pos()), imported, sel.Sel.Name))
				}
			}
			return true
		})
	}
	return faults
}

// local is the name that a file gives to an import, "" if it has none of it.
func (f *File) local(imported string) string {
	for i, spec := range f.Syntax.Imports {
		switch {
		case f.Imports[i].Name != imported:
		case spec.Name != nil:
			return spec.Name.Name
		default:
			return imported[strings.LastIndexByte(imported, '/')+1:]
		}
	}
	return ""
}

// Dots finds imports with a dot, which hide where a name comes from, from
// people and from the rules here.
func (files Files) Dots() (faults []string) {
	for _, f := range files {
		if f.Syntax != nil && slices.ContainsFunc(f.Syntax.Imports, func(s *ast.ImportSpec) bool { return s.Name != nil && s.Name.Name == "." }) {
			faults = append(faults, f.Path+": must not import with a dot")
		}
	}
	return faults
}

// Lengths finds files of code with more lines than allowed.
func (files Files) Lengths(limit int) (faults []string) {
	for _, f := range files.code() {
		if n := strings.Count(f.Source, "\n"); n > limit {
			faults = append(faults, fmt.Sprintf("%s: %d lines, want %d at most: split it by subject", f.Path, n, limit))
		}
	}
	return faults
}

// Docs finds packages without a package comment.
func (files Files) Docs() (faults []string) {
	names, byName := files.packages()
	for _, name := range names {
		asked := byName[name]
		if code := asked.code(); len(code) > 0 {
			asked = code
		}
		if !slices.ContainsFunc(asked, func(f *File) bool { return f.Syntax.Doc != nil }) {
			faults = append(faults, name+": no file has a package comment")
		}
	}
	return faults
}

// Mentions finds the name of the program, in any case, in packages that must
// not know it: code, comments and whatever the code embeds. A name inside the
// words encoder and decoder is none.
func (files Files) Mentions(program string, packages []string) (faults []string) {
	for _, f := range files {
		if f.Test() || !within(packages, f) {
			continue
		}
		line := 0
		for text := range strings.Lines(strings.ToLower(f.Source)) {
			line++
			text = strings.NewReplacer("en"+program, "", "de"+program, "").Replace(text)
			if strings.Contains(text, program) {
				faults = append(faults, fmt.Sprintf("%s:%d: must not know the name of the program", f.Path, line))
			}
		}
	}
	return faults
}
