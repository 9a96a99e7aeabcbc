package bundle

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/strataconf/strata/option"
)

// An Option is what a bundle tells of one field that has inputs, by its first
// row.
type Option struct {
	Flag     string          `json:"option"`
	Inputs   []Input         `json:"inputs"` // the strongest last
	Refused  bool            `json:"refused,omitempty"`
	Withheld bool            `json:"withheld,omitempty"`
	Text     string          `json:"text"`
	Tree     Tree            `json:"tree"`
	Full     json.RawMessage `json:"value_full"`
	Compact  json.RawMessage `json:"value"`
}

// An Input is one input without its value.
type Input struct {
	Option string `json:"option"`
	For    string `json:"for,omitempty"` // the option that it stands for here
	Place  Origin `json:"place"`
	Blank  bool   `json:"blank,omitempty"` // its text is empty
}

// An Origin is a place.
type Origin struct {
	Source string `json:"source"`
	Arg    int32  `json:"arg,omitempty"`
	Name   string `json:"name,omitempty"`
	Span   *Span  `json:"span,omitempty"`
	Anchor *int   `json:"anchor,omitempty"` // index among the anchors of the bundle
	In     string `json:"in,omitempty"`
	File   string `json:"file,omitempty"` // that held the value
}

// A Span is a range of a file.
type Span struct {
	Line   int32 `json:"line"`
	Column int32 `json:"column"`
	Offset int32 `json:"offset"`
	Length int32 `json:"length"`
}

// A Problem is one thing that is wrong.
type Problem struct {
	Severity string   `json:"severity"`
	Code     string   `json:"code"`
	Place    Origin   `json:"place"`
	Name     string   `json:"name,omitempty"`
	Reason   string   `json:"reason"`
	Hint     string   `json:"hint,omitempty"`
	Option   string   `json:"option,omitempty"`
	Related  []Origin `json:"related,omitempty"`
	Cross    bool     `json:"cross,omitempty"`
	Excerpt  []string `json:"excerpt,omitempty"`
}

// A Tree is structured text, without places.
type Tree struct {
	Kind   string `json:"kind"`
	Quoted bool   `json:"quoted,omitempty"`
	Text   string `json:"text,omitempty"`
	Keys   []Tree `json:"keys,omitempty"`
	Items  []Tree `json:"items,omitempty"`
}

// treeKinds are the names of the kinds, by [option.TreeKind].
var treeKinds = []string{option.Scalar: "scalar", option.Null: "null", option.Sequence: "sequence", option.Mapping: "mapping"}

// An encoder keeps apart the anchors that are one place from those that only
// look the same.
type encoder struct {
	anchors map[*option.Span]int
	spans   []Span
}

func (e *encoder) option(k *option.Record) Option {
	out := Option{
		Flag: k.Option.Flag, Inputs: []Input{}, Refused: k.Refused, Withheld: k.Withheld, Text: k.Text, Tree: tree(&k.Tree), Full: k.Full, Compact: k.Compact,
	}
	for i, in := range k.Inputs {
		of := Input{Option: in.Option.Flag, Place: e.origin(in.Origin), Blank: k.Blank[i]}
		if in.For != nil {
			of.For = in.For.Flag
		}
		out.Inputs = append(out.Inputs, of)
	}
	return out
}

func (e *encoder) origin(o option.Origin) Origin {
	out := Origin{Source: o.Source.String(), Arg: o.Arg, Name: o.Name, In: o.In, File: o.File}
	if o.Span != (option.Span{}) {
		at := Span(o.Span)
		out.Span = &at
	}
	if o.Anchor != nil {
		n, known := e.anchors[o.Anchor]
		if !known {
			n = len(e.spans)
			e.anchors[o.Anchor] = n
			e.spans = append(e.spans, Span(*o.Anchor))
		}
		out.Anchor = &n
	}
	return out
}

func (e *encoder) problem(p *option.Problem) Problem {
	out := Problem{
		Severity: p.Severity.String(), Code: p.Code, Place: e.origin(p.Origin), Name: p.Name, Reason: p.Reason, Hint: p.Hint, Cross: p.Cross,
	}
	if p.Option != nil {
		out.Option = p.Option.Flag
	}
	for _, o := range p.Related {
		out.Related = append(out.Related, e.origin(o))
	}
	return out
}

func tree(t *option.Tree) Tree {
	out := Tree{Kind: treeKinds[t.Kind], Quoted: t.Quoted, Text: t.Scalar.Text()}
	for i := range t.Keys {
		out.Keys = append(out.Keys, tree(&t.Keys[i]))
	}
	for i := range t.Items {
		out.Items = append(out.Items, tree(&t.Items[i]))
	}
	return out
}

// A decoder finds options again. What can't be is left out, and what can't be
// meant is broken.
type decoder struct {
	c      *option.Catalog
	spans  []*option.Span
	broken bool
}

func (d *decoder) option(b *Option) (option.Record, bool) {
	k := option.Record{
		Option: d.c.ByFlag(b.Flag), Refused: b.Refused, Withheld: b.Withheld, Text: b.Text, Tree: d.tree(&b.Tree), Full: compact(b.Full), Compact: compact(b.Compact),
	}
	if k.Option == nil {
		return k, false
	}
	if len(b.Inputs) == 0 {
		d.broken = true
	}
	for _, in := range b.Inputs {
		of := option.Input{Option: d.c.ByFlag(in.Option), Origin: d.origin(in.Place)}
		if in.For != "" {
			of.For = d.c.ByFlag(in.For)
		}
		if of.Option == nil || in.For != "" && of.For == nil {
			return k, false
		}
		k.Inputs = append(k.Inputs, of)
		k.Blank = append(k.Blank, in.Blank)
	}
	return k, true
}

func (d *decoder) origin(b Origin) option.Origin {
	o := option.Origin{Arg: b.Arg, Name: b.Name, In: b.In, File: b.File}
	for o.Source < option.SourceFlag && o.Source.String() != b.Source {
		o.Source++
	}
	if o.Source.String() != b.Source {
		d.broken = true
	}
	if b.Span != nil {
		o.Span = option.Span(*b.Span)
	}
	if b.Anchor != nil {
		if *b.Anchor < 0 || *b.Anchor >= len(d.spans) {
			d.broken = true
			return o
		}
		o.Anchor = d.spans[*b.Anchor]
	}
	return o
}

func (d *decoder) problem(b *Problem) *option.Problem {
	p := &option.Problem{Code: b.Code, Origin: d.origin(b.Place), Name: b.Name, Reason: b.Reason, Hint: b.Hint, Cross: b.Cross}
	for p.Severity < option.Note && p.Severity.String() != b.Severity {
		p.Severity++
	}
	if p.Severity.String() != b.Severity {
		d.broken = true
	}
	if b.Option != "" {
		p.Option = d.c.ByFlag(b.Option)
	}
	for _, o := range b.Related {
		p.Related = append(p.Related, d.origin(o))
	}
	return p
}

func (d *decoder) tree(b *Tree) option.Tree {
	kind := slices.Index(treeKinds, b.Kind)
	keys, items := 0, 0
	switch option.TreeKind(kind) {
	case option.Mapping:
		keys, items = len(b.Items), len(b.Items)
	case option.Sequence:
		items = len(b.Items)
	}
	if kind < 0 || len(b.Keys) != keys || len(b.Items) != items {
		d.broken = true
		return option.Tree{}
	}
	t := option.Tree{Kind: option.TreeKind(kind), Quoted: b.Quoted}
	if t.Kind == option.Scalar {
		t.Scalar = option.RawText(b.Text)
	}
	for i := range b.Keys {
		t.Keys = append(t.Keys, d.tree(&b.Keys[i]))
	}
	for i := range b.Items {
		t.Items = append(t.Items, d.tree(&b.Items[i]))
	}
	return t
}

// compact undoes the indentation that JSON got inside a bundle.
func compact(b json.RawMessage) []byte {
	var out bytes.Buffer
	if json.Compact(&out, b) != nil {
		return []byte("null")
	}
	return out.Bytes()
}
