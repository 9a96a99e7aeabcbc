package option

// A Value ties a row to one typed field and knows how that type is read and
// written. Package kind has the usual ones. A Value is immutable and safe for
// concurrent use.
//
// The field is named by Field, a pointer *F into the prototype that [Build]
// walks; it is never read or written through. All other methods take such a
// *F of some other struct as an any.
type Value interface {
	// Type is the name of the kind, as help and documents show it.
	Type() string
	// Field returns *F, a field of the prototype.
	Field() any
	// Decode reads raw into *F. It leaves nothing of what was there and reuses
	// no memory of it, for snapshots share their defaults. The
	// error is a *[Fault]; text of any other error is never shown.
	Decode(dst any, raw Raw) error
	// Text writes *F as text that Decode reads back to the same value.
	Text(src any) string
	// Tree writes *F as a tree that Decode reads back to the same value: a
	// scalar, or a sequence or mapping where the kind has them.
	Tree(src any) Tree
	// Copy makes *dst equal to *src, sharing nothing that can be changed.
	Copy(dst, src any)
	// Redact removes from *F what must not leave the process, and reports
	// whether it removed anything.
	Redact(dst any) bool
	// AppendJSON appends the JSON form of *F in the given shape.
	AppendJSON(b []byte, src any, shape Shape) []byte
	// Traits returns the static facts of the kind.
	Traits() *Traits
}

// A Lister is a Value whose occurrences on argv add up: --x a --x b.
type Lister interface {
	// Append reads raw and adds its items to *F. Empty text empties *F.
	Append(dst any, raw Raw) error
}

// Traits are the static facts of one row's kind. They are shared: read only.
type Traits struct {
	// Choices are the values allowed, in their declared spelling; nil for
	// all. For a list they hold for each item.
	Choices []string
	// Rules are the further limits, as sentences without a period: "at least 1".
	Rules []string
	// Limits are those limits that a schema can say; Rules says all of them
	// in words. For a list they hold for each item.
	Limits []Limit
	// Secret values are never shown.
	Secret bool
	// NoValue flags take no argument: --x means true.
	NoValue bool
	// List values are sequences in files and CSV records in text.
	List bool
	// Struct values are trees in files, and YAML or JSON in text.
	Struct bool
	// Keys are the members of one item of a structured value; nil if any key
	// may stand there.
	Keys []string
	// Form is the form of a structured value; nil if nothing is known of it.
	Form *Form
	// EmptyText says what empty text is: a value that means none, or an error.
	EmptyText bool
	// Annotations follow from the kind: secret, format_duration.
	Annotations Annotations
}

// Shape selects one of the two JSON forms of the API.
type Shape uint8

// ShapeFull shows addresses, URLs and regular expressions as objects of their
// parts, ShapeCompact shows them as one string.
const (
	ShapeFull Shape = iota
	ShapeCompact
)

// A Fault says why one raw value was refused, without the value.
type Fault struct {
	// Reason says what is expected: "not a duration such as 1h30m".
	Reason string
	// Hint says how to mend it, or is "".
	Hint string
	// Item is the path inside the value, such as "[2].target", or "".
	Item string
	// Span is the place of the item where the value came from a file; the
	// zero Span means the value as a whole.
	Span Span
	// Also are the faults of further items of the same value.
	Also []*Fault
}

// Error returns the reason and the hint.
func (f *Fault) Error() string {
	s := f.Reason
	if f.Item != "" {
		s = f.Item + ": " + s
	}
	if f.Hint != "" {
		s += " (" + f.Hint + ")"
	}
	return s
}

// A Limit is a limit on one value in the terms of schemas. What keeps to all
// limits may still be refused, for they need not say all that a rule does; but
// a rule with a limit refuses nothing that keeps to it.
type Limit struct {
	// Text is the limit in words, as in the rules of [Traits].
	Text string
	// Pattern is an expression that is found in the text of the value, in
	// what RE2 and ECMA 262 have in common; "" for none. Empty text that
	// means none need not match.
	Pattern string
	// Least and Most are the bounds of a number, or of a duration in
	// nanoseconds; nil for none.
	Least, Most *int64
}

// A Form is what is known of one part of a structured value.
type Form struct {
	Kind FormKind
	// Elem is the form of each item of a list, or of each value of a map.
	Elem *Form
	// Members are those of a record.
	Members []FormMember
	// Pattern limits a text, as that of a [Limit] does; empty text is free.
	Pattern string
	// Least and Most are the bounds of a number.
	Least, Most int64
}

// A FormMember is one key of a record.
type FormMember struct {
	Key string
	// Required members must be given, and not be empty.
	Required bool
	Form     *Form
}

// FormKind is the kind of a [Form].
type FormKind uint8

// The kinds of form. FormOther is text that not every text is valid for.
const (
	FormText FormKind = iota
	FormOther
	FormBool
	FormInt
	FormDuration
	FormList
	FormMap
	FormRecord
)
