package option

import (
	"fmt"
	"io"
	"math"
)

// Raw is one value as a source spelled it: text, or a tree where a file holds
// a sequence or a mapping. It may hold a secret, so it is a window onto text
// it never shows: no verb of fmt prints it, [Raw.Text] is the only way in.
type Raw struct {
	src      *string
	off, len int32
	tree     *Tree
}

// RawText makes a Raw of text.
func RawText(s string) Raw { return RawWindow(&s, 0, len(s)) }

// RawWindow makes a Raw of the n bytes of *src from off, without a copy. The
// text behind src must not change.
func RawWindow(src *string, off, n int) Raw {
	if len(*src) > math.MaxInt32 {
		panic("option: text of more than 2 GiB")
	}
	return Raw{src: src, off: int32(off), len: int32(n)}
}

// RawTree makes a Raw of a sequence or mapping.
func RawTree(t *Tree) Raw { return Raw{tree: t} }

// Text returns the text, or "" if the Raw is a tree.
func (r Raw) Text() string {
	if r.src == nil {
		return ""
	}
	return (*r.src)[r.off : r.off+r.len]
}

// Tree returns the tree, or nil if the Raw is text.
func (r Raw) Tree() *Tree { return r.tree }

// Format prints a fixed word for every verb.
func (r Raw) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld)") }

// TreeKind is the kind of one node of a [Tree].
type TreeKind uint8

// The kinds of node. Null is a plain null, ~ or nothing at all.
const (
	Scalar TreeKind = iota
	Null
	Sequence
	Mapping
)

// A Tree is structured text with places: what a file, or the text of a
// structured value, holds at one spot. Scalars are as written, never coerced.
type Tree struct {
	Kind TreeKind
	// Span is the place of the node; zero if it did not come from a file.
	Span Span
	// Quoted tells a scalar in quotes or block style from a plain one.
	Quoted bool
	// Scalar is the text of a scalar.
	Scalar Raw
	// Keys are the keys of a mapping, scalars all, and Items its values in
	// the same order; or Items are the items of a sequence.
	Keys, Items []Tree
}

// Span is a place inside a file. Line and Column are 1-based, Column counts
// characters; Offset and Length are in bytes. The zero Span is no place.
type Span struct {
	Line, Column, Offset, Length int32
}
