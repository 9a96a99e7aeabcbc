package option

import (
	"crypto/subtle"
	"fmt"
	"hash"
	"io"
)

// Redacted is a snapshot without its secrets: what may leave the process.
// Everything that prints or serves a configuration takes this type, so that a
// secret cannot reach it.
type Redacted struct {
	res      *resolution
	root     object // a copy of the struct, secrets removed
	withheld []bool // by field
	whole    object // the struct itself; only Same and Digest look into it
	// kept has what was recorded of fields; nil but for what Restore made.
	kept []*Record
}

// Redact returns a copy without secrets: values of secret options are gone,
// and so are the credentials inside URLs and structured values.
func (s *Snapshot[T]) Redact() *Redacted {
	safe := new(T)
	s.res.copyTo(safe, s.view)
	r := &Redacted{res: s.res, root: deref(safe), whole: deref(s.view), withheld: make([]bool, len(s.res.catalog.fields))}
	for _, f := range s.res.catalog.fields {
		r.withheld[f.pos] = f.row.Value.Redact(f.addr(r.root))
		f.repeat(r.root)
	}
	return r
}

// Catalog returns the catalog of the snapshot.
func (r *Redacted) Catalog() *Catalog { return r.res.catalog }

// Source returns where the value of o came from.
func (r *Redacted) Source(o *Option) Source { return r.res.source(o) }

// Setting tells what became of one option. Its inputs have lost their raw
// values: places and spellings are left.
func (r *Redacted) Setting(o *Option) Setting {
	s := r.res.setting(o)
	s.Inputs = withoutRaw(s.Inputs)
	s.Shadowed = withoutRaw(s.Shadowed)
	return s
}

func withoutRaw(ins []*Input) []*Input {
	out := make([]*Input, len(ins))
	for i, in := range ins {
		c := *in
		c.Raw = Raw{}
		out[i] = &c
	}
	return out
}

// Withheld reports whether something of the value was removed.
func (r *Redacted) Withheld(o *Option) bool { return r.withheld[o.field.pos] }

// Refused reports whether a value that was given for o is not valid, so that
// what the snapshot has is another one; see [Registry.Inspect].
func (r *Redacted) Refused(o *Option) bool {
	return r.res.invalid != nil && r.res.invalid[o.field.pos]
}

// Withholds reports whether a value given for o holds something that may not
// leave the process: all of it, or a part such as a password in a URL. A value
// that o refuses holds nothing.
func (o *Option) Withholds(raw Raw) bool {
	_, withheld, _ := o.Show(raw)
	return withheld
}

// Show returns what may be shown of a value given for o, as text in the grammar
// of its kind, and whether something was withheld; of a secret that is
// everything. It reports false for a value that o refuses.
func (o *Option) Show(raw Raw) (text string, withheld, ok bool) {
	v := o.field.scratch()
	if o.Value.Decode(v, raw) != nil {
		return "", false, false
	}
	withheld = o.Value.Redact(v)
	return o.Value.Text(v), withheld, true
}

// Same reports whether o has the same value in other, secrets included. It
// takes the same time wherever two secrets differ.
func (r *Redacted) Same(o *Option, other *Redacted) bool {
	a, b := o.Value.Text(o.field.addr(r.whole)), o.Value.Text(o.field.addr(other.whole))
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// Digest returns a keyed digest of the whole value of o, secrets included. The
// mac is a new hmac.New(sha256.New, key), and never a hash without a key. With a
// key that is random and soon forgotten the digest tells two values that are the
// same from two that are not, and nothing else of either.
//
// It is an argument so that programs that compare no secrets have no
// cryptography in them, which costs time at every start.
func (r *Redacted) Digest(o *Option, mac hash.Hash) []byte {
	_, _ = io.WriteString(mac, o.Value.Text(o.field.addr(r.whole)))
	return mac.Sum(nil)
}

// Text returns what is left of the value, as text in the grammar of its kind.
func (r *Redacted) Text(o *Option) string {
	if k := r.record(o.field); k != nil {
		return k.Text
	}
	return o.Value.Text(o.field.addr(r.root))
}

// Tree returns what is left of the value as a tree.
func (r *Redacted) Tree(o *Option) Tree {
	if k := r.record(o.field); k != nil {
		return k.Tree
	}
	return o.Value.Tree(o.field.addr(r.root))
}

// Counts is [Snapshot.Counts].
func (r *Redacted) Counts() [SourceFlag + 1]int { return r.res.counts() }

// AppendValue appends the JSON form of what is left of the value; null for a
// secret.
func (r *Redacted) AppendValue(b []byte, o *Option, shape Shape) []byte {
	if o.Secret() {
		return append(b, "null"...)
	}
	return r.appendField(b, o.field, shape)
}

// Format prints a fixed word for every verb.
func (r *Redacted) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(redacted settings)") }
