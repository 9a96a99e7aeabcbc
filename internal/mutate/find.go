package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// find looks for the mistakes to make in a file.
func (s *source) find(file *ast.File) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			s.fn = d.Name.Name
			if d.Recv != nil {
				s.fn = s.of(d.Recv.List[0].Type) + "." + s.fn
			}
			if d.Body != nil {
				ast.Inspect(d.Body, s.visit)
			}
		case *ast.GenDecl:
			if s.fn = "-"; d.Tok == token.VAR {
				ast.Inspect(d, s.visit)
			}
		}
	}
}

// visit makes the mistakes about one node, and reports whether to look inside.
func (s *source) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok == token.VAR
	case *ast.ArrayType, *ast.FuncType, *ast.StructType, *ast.InterfaceType, *ast.MapType:
		return false
	case *ast.BlockStmt:
		s.statements(n.List)
	case *ast.CaseClause:
		s.statements(n.Body)
	case *ast.CommClause:
		s.statements(n.Body)
	case *ast.IfStmt:
		s.condition(n.Cond, n.Else == nil)
		for _, st := range n.Body.List {
			if r, ok := st.(*ast.ReturnStmt); ok && len(r.Results) > 0 && s.of(n.Cond) == s.of(r.Results[len(r.Results)-1])+" != nil" {
				s.unread(r)
			}
		}
	case *ast.ForStmt:
		if n.Cond != nil && !isBinary(n.Cond) {
			s.not(n.Cond)
		}
	case *ast.SwitchStmt:
		if n.Tag == nil {
			for _, c := range n.Body.List {
				for _, x := range c.(*ast.CaseClause).List {
					s.condition(x, true)
				}
			}
		}
	case *ast.ReturnStmt:
		if len(n.Results) > 0 && s.makes(n.Results[len(n.Results)-1]) {
			s.unread(n)
		}
		for _, x := range n.Results {
			if !isBinary(x) && s.isBool(x) {
				s.not(x)
			}
		}
	case ast.Expr:
		return s.expression(n)
	}
	return true
}

// unread marks the constants that a return gives beside an error: nobody looks
// at them.
func (s *source) unread(r *ast.ReturnStmt) {
	last := len(r.Results) - 1
	if !types.Implements(s.info.TypeOf(r.Results[last]), types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
		return
	}
	for _, x := range r.Results[:last] {
		if s.info.Types[x].Value != nil {
			s.beside[x] = true
		}
	}
}

// makes reports whether an expression is surely not nil: it makes a value, or
// calls a function of the package that does nothing else.
func (s *source) makes(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.CallExpr:
		fn, ok := x.Fun.(*ast.Ident)
		return ok && s.makers[fn.Name]
	case *ast.UnaryExpr:
		return x.Op == token.AND
	}
	return false
}

// addMakers finds the functions that only make a value.
func addMakers(makers map[string]bool, file *ast.File) {
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || fn.Body == nil || len(fn.Body.List) != 1 {
			continue
		}
		if r, ok := fn.Body.List[0].(*ast.ReturnStmt); ok && len(r.Results) == 1 {
			x, ok := r.Results[0].(*ast.UnaryExpr)
			makers[fn.Name.Name] = ok && x.Op == token.AND
		}
	}
}

// condition makes one that decides whether a block runs fail always and, where
// no comparison inside does as much, hold always.
func (s *source) condition(x ast.Expr, alone bool) {
	if !alone && !isBinary(x) {
		s.not(x)
		return
	}
	if alone {
		s.never(x)
		if !isBinary(x) {
			s.always(x)
		}
	}
}

// statements leaves out each that only has an effect other than on room.
func (s *source) statements(list []ast.Stmt) {
	for _, st := range list {
		switch st := st.(type) {
		case *ast.ExprStmt:
			if isCall(st.X, "panic") || isCall(st.X, "Grow") {
				continue // what follows a panic would need a return
			}
			s.drop(st)
		case *ast.IncDecStmt, *ast.DeferStmt:
			s.drop(st)
		case *ast.AssignStmt:
			if st.Tok != token.DEFINE && !isNamed(st.Lhs[0], "_") && !isCall(st.Rhs[0], "Grow") {
				s.drop(st)
			}
		}
	}
}

func (s *source) expression(x ast.Expr) bool {
	tv := s.info.Types[x]
	if tv.IsType() {
		return false
	}
	if tv.Value != nil {
		if b, ok := tv.Type.(*types.Basic); ok && b.Info()&types.IsInteger != 0 && b.Info()&types.IsUntyped == 0 && tv.Value.Kind() == constant.Int && !hasChar(x) {
			s.number(x, b.Name())
		}
		return false
	}
	switch x := x.(type) {
	case *ast.CallExpr:
		return !isNamed(x.Fun, "make") && !isNamed(x.Fun, "Grow") // room is no behaviour
	case *ast.CompositeLit:
		if _, array := types.Unalias(tv.Type).Underlying().(*types.Array); array {
			return false // keys are constants, and must be
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND:
			s.operands(x, token.LAND, s.always)
		case token.LOR:
			s.operands(x, token.LOR, s.never)
		default:
			if others[x.Op] != nil {
				s.compare(x)
			}
		}
	}
	return true
}

// operands takes those of a chain of && or || out, one by one.
func (s *source) operands(x *ast.BinaryExpr, op token.Token, out func(ast.Expr)) {
	for _, side := range []ast.Expr{x.X, x.Y} {
		if inner, ok := side.(*ast.BinaryExpr); !ok || inner.Op != op {
			out(side)
		}
	}
}

func (s *source) isBool(x ast.Expr) bool {
	b, ok := s.info.TypeOf(x).(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// isBinary reports whether the parts of an expression bear mistakes that turn
// it round.
func isBinary(x ast.Expr) bool {
	b, ok := ast.Unparen(x).(*ast.BinaryExpr)
	return ok && (others[b.Op] != nil || b.Op == token.LAND || b.Op == token.LOR)
}

func isCall(x ast.Expr, name string) bool {
	call, ok := x.(*ast.CallExpr)
	return ok && isNamed(call.Fun, name)
}

func isNamed(x ast.Expr, name string) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name == name
	case *ast.SelectorExpr:
		return x.Sel.Name == name
	}
	return false
}

// hasChar reports whether a constant is made of a character: its neighbours
// are covered by the comparisons around it.
func hasChar(x ast.Expr) (found bool) {
	ast.Inspect(x, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		found = found || ok && lit.Kind == token.CHAR
		return !found
	})
	return found
}
