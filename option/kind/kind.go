// Package kind has the usual kinds of value: how text or a tree becomes a
// typed field, and the way back.
//
// A row names its field and its kind in one expression:
//
//	Value: kind.Duration(&v.SessionDuration, kind.NonNegative[time.Duration]())
//
// Plain Go types have [Bool], [Int], [Duration], [String] and [Strings], with
// [Enum] and [Enums] for a choice of words; [AddressOf], [URLOf] and [RegexpOf]
// fill types that keep what was parsed; [SecretOf] fills one that prints
// nothing; [Struct] reads lists and maps of structures; [Text] takes any type
// with MarshalText and UnmarshalText. A [Rule] limits what is allowed.
//
// The parsers are strict and are the same for every source. What they refuse
// they describe without ever showing it: a secret may stand in the wrong place.
package kind

import (
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// A Rule is a limit on one value, or on each item of a list.
type Rule[F any] struct {
	// Text is the limit as a sentence without a period, for help and
	// documents: "at least 1". It may be empty.
	Text string
	// Check returns nil or why the value is refused. Its words must not
	// contain the value. A nil Check allows all.
	Check func(F) *option.Fault
	// Pattern says the limit to schemas: an expression in what RE2 and ECMA
	// 262 have in common, such that Check refuses no text in which it is
	// found. It may be empty.
	Pattern string

	least, most *int64
	// public marks a URL whose query may be shown, see [PublicLink].
	public bool
}

func texts[F any](rules []Rule[F]) []string {
	var out []string
	for _, r := range rules {
		if r.Text != "" {
			out = append(out, r.Text)
		}
	}
	return out
}

func limits[F any](rules []Rule[F]) []option.Limit {
	var out []option.Limit
	for _, r := range rules {
		if r.Pattern != "" || r.least != nil || r.most != nil {
			out = append(out, option.Limit{Text: r.Text, Pattern: r.Pattern, Least: r.least, Most: r.most})
		}
	}
	return out
}

func check[F any](rules []Rule[F], v F) *option.Fault {
	for i := range rules {
		if rules[i].Check == nil {
			continue
		}
		if f := rules[i].Check(v); f != nil {
			return f
		}
	}
	return nil
}

// facts are all of a kind whose values are one piece of text but the field.
// They are set once, by the constructor; those below the line may be nil.
type facts[F any] struct {
	name   string
	parse  func(text string) (F, *option.Fault)
	text   func(F) string
	json   func(b []byte, v F, shape option.Shape) []byte
	rules  []Rule[F]
	traits option.Traits

	clone  func(F) F
	redact func(F) (F, bool)
}

// of is such a kind of one field. Fields without limits share their facts: a
// catalog is mostly of those, and is made at every start.
type of[F any] struct {
	field *F
	*facts[F]
}

// of completes the traits. Empty text that means "none" is not put to the
// rules, so that an option can be turned off whatever its limits are.
func (k facts[F]) of(f *F) option.Value {
	v := &struct {
		of[F]
		own facts[F]
	}{own: k}
	v.own.traits.Rules = append(v.own.traits.Rules, texts(k.rules)...)
	v.own.traits.Limits = append(v.own.traits.Limits, limits(k.rules)...)
	v.of = of[F]{f, &v.own}
	return &v.of
}

func (k *of[F]) Type() string           { return k.name }
func (k *of[F]) Field() any             { return k.field }
func (k *of[F]) Traits() *option.Traits { return &k.traits }
func (k *of[F]) Text(src any) string    { return k.text(*src.(*F)) }
func (k *of[F]) Tree(src any) option.Tree {
	return scalar(k.text(*src.(*F)))
}

// Decode leaves *F as it was if raw is refused.
func (k *of[F]) Decode(dst any, raw option.Raw) error {
	text, fault := scalarText(raw)
	if fault != nil {
		return fault
	}
	v, fault := k.parse(text)
	if fault == nil && text != "" {
		fault = check(k.rules, v)
	}
	if fault != nil {
		return mend(fault, text)
	}
	*dst.(*F) = v
	return nil
}

func (k *of[F]) Copy(dst, src any) {
	v := *src.(*F)
	if k.clone != nil {
		v = k.clone(v)
	}
	*dst.(*F) = v
}

func (k *of[F]) Redact(dst any) bool {
	if k.redact == nil {
		return false
	}
	v, removed := k.redact(*dst.(*F))
	*dst.(*F) = v
	return removed
}

func (k *of[F]) AppendJSON(b []byte, src any, shape option.Shape) []byte {
	return k.json(b, *src.(*F), shape)
}

// scalarText returns the text of raw where one piece of text is wanted.
func scalarText(raw option.Raw) (string, *option.Fault) {
	text := raw.Text()
	if t := raw.Tree(); t != nil {
		switch t.Kind {
		case option.Sequence:
			return "", &option.Fault{Reason: "a list where a single value belongs", Span: t.Span}
		case option.Mapping:
			return "", &option.Fault{Reason: "a mapping where a single value belongs", Span: t.Span}
		case option.Null:
			return "", &option.Fault{Reason: "null where a value belongs", Span: t.Span}
		}
		text = t.Scalar.Text()
	}
	return text, plain(text)
}

// plain refuses what no kind can hold.
func plain(text string) *option.Fault {
	if strings.IndexByte(text, 0) >= 0 {
		return &option.Fault{Reason: "holds a NUL character"}
	}
	if !utf8.ValidString(text) {
		return &option.Fault{Reason: "not valid UTF-8"}
	}
	return nil
}

const endsInBreak = "remove the line break at its end"

// mend adds the commonest causes of a refusal as a hint: a file read into a
// variable with its line break, quotes kept by a tool that reads no quotes.
func mend(f *option.Fault, text string) *option.Fault {
	hint := ""
	switch n := len(text); {
	case n > 0 && (text[n-1] == '\n' || text[n-1] == '\r'):
		hint = endsInBreak
	case strings.TrimSpace(text) != text:
		hint = "remove the space around it"
	case n > 1 && text[0] == text[n-1] && (text[0] == '"' || text[0] == '\''):
		hint = "remove the quotes around it"
	}
	if hint == "" || f.Item != "" {
		return f
	}
	g := *f
	g.Hint = hint
	return &g
}

// scalar is text as a tree. Text that a plain scalar would turn into null is
// marked as quoted.
func scalar(text string) option.Tree {
	return option.Tree{Kind: option.Scalar, Scalar: option.RawText(text), Quoted: looksNull(text)}
}

func looksNull(text string) bool {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return true
	}
	return false
}
