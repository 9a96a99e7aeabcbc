package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A mutant is one mistake.
type mutant struct {
	id   int
	file string // from the root of the module
	line int
	fn   string // around it
	what string // is done, with the text that it is done to
	nth  int    // of several that are the same in one function
	in   []string
}

// String is the name of the mistake in lists. It has no line, so that it stays
// what it is when lines move.
func (m *mutant) String() string {
	s := m.file + "\t" + m.fn + "\t" + m.what
	if m.nth > 0 {
		s += fmt.Sprintf(" #%d", m.nth+1)
	}
	return s
}

// An edit wraps one part of a source in the switches of mistakes.
type edit struct {
	from, to int
	wrap     func(inner, raw string) string // inner has the edits inside
	ids      []int
}

// A source is one file with the mistakes to make in it.
type source struct {
	name  string // from the root of the module
	text  string
	file  *token.File
	info  *types.Info // nil where only guards are looked for
	edits []edit
	fn    string
	seen  map[string]int
	// beside are constants that nobody reads. Mistakes in them are not made,
	// but counted, so that others keep their names.
	beside map[ast.Expr]bool
	makers map[string]bool  // functions that return what is not nil
	next   func(mutant) int // numbers a mistake
}

func (s *source) span(n ast.Node) (from, to int) {
	return s.file.Offset(n.Pos()), s.file.Offset(n.End())
}

func (s *source) of(n ast.Node) string {
	from, to := s.span(n)
	return s.text[from:to]
}

// mutant makes a mistake about n and returns its number.
func (s *source) mutant(n ast.Node, format string, args ...any) int {
	what := short(fmt.Sprintf(format, args...))
	key := s.fn + "\t" + what
	nth := s.seen[key]
	s.seen[key]++
	if x, ok := n.(ast.Expr); ok && s.beside[x] {
		return 0
	}
	return s.next(mutant{file: s.name, line: s.file.Line(n.Pos()), fn: s.fn, what: what, nth: nth})
}

// short puts text on one line of some length.
func short(text string) string {
	const most = 160
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return text
}

func (s *source) edit(n ast.Node, wrap func(inner, raw string) string, ids ...int) {
	from, to := s.span(n)
	s.edits = append(s.edits, edit{from, to, wrap, ids})
}

// never makes a condition that does not hold, whatever it says.
func (s *source) never(x ast.Expr) {
	id := s.mutant(x, "never %s", s.of(x))
	s.edit(x, func(inner, _ string) string { return fmt.Sprintf("(!%s(%d) && (%s))", on, id, inner) }, id)
}

// always makes one that holds.
func (s *source) always(x ast.Expr) {
	id := s.mutant(x, "always %s", s.of(x))
	s.edit(x, func(inner, _ string) string { return fmt.Sprintf("(%s(%d) || (%s))", on, id, inner) }, id)
}

// not turns a condition round.
func (s *source) not(x ast.Expr) {
	id := s.mutant(x, "not %s", s.of(x))
	if s.beside[x] {
		return
	}
	s.edit(x, func(inner, _ string) string { return fmt.Sprintf("(%s(%d) != (%s))", on, id, inner) }, id)
}

// drop leaves a statement out.
func (s *source) drop(st ast.Stmt) {
	id := s.mutant(st, "drop %s", s.of(st))
	s.edit(st, func(inner, _ string) string { return fmt.Sprintf("if !%s(%d) { %s }", on, id, inner) }, id)
}

// others are the comparisons that one is taken for.
var others = map[token.Token][]token.Token{
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
}

// compare takes a comparison for others. Only one side of each || is ever
// computed, so that calls in operands happen once.
func (s *source) compare(x *ast.BinaryExpr) {
	left, right := s.of(x.X), s.of(x.Y)
	before, ids := "", []int(nil)
	rest := ""
	for _, op := range others[x.Op] {
		id := s.mutant(x, "%s %s %s -> %s", left, x.Op, right, op)
		ids = append(ids, id)
		before += fmt.Sprintf("%s(%d) && (%s %s %s) || ", on, id, left, op, right)
		rest += fmt.Sprintf("!%s(%d) && ", on, id)
	}
	s.edit(x, func(inner, _ string) string { return fmt.Sprintf("(%s%s(%s))", before, rest, inner) }, ids...)
}

// number makes a constant one higher and one lower.
func (s *source) number(x ast.Expr, typ string) {
	up := s.mutant(x, "%s + 1", s.of(x))
	down := s.mutant(x, "%s - 1", s.of(x))
	if s.beside[x] {
		return
	}
	s.edit(x, func(_, raw string) string { return fmt.Sprintf("%s[%s](%d, %d, %s)", add, typ, up, down, raw) }, up, down)
}

// The names of what [helpers] adds to a package.
const (
	on  = "mutantOn"
	add = "mutantAdd"
)
