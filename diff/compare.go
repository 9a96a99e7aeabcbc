package diff

import (
	"cmp"

	"github.com/strataconf/strata/option"
)

// A Verdict is what a comparison says of one option.
type Verdict string

// The verdicts.
const (
	Changed Verdict = "changed"     // the values differ
	Same    Verdict = "same"        // they do not, as far as a document shows its own
	Unsure  Verdict = "cannot-tell" // what shows does not differ, and something does not show
	OnlyA   Verdict = "only-a"      // the other side has no such option
	OnlyB   Verdict = "only-b"
)

// A Filter chooses what a comparison tells.
type Filter struct {
	// All keeps the options whose values are the same.
	All bool
	// Under leaves out what is not in a group or in one below it, if set. An
	// option that the catalog does not know is in no group.
	Under *option.Group
	// Except are options that are no part of what is compared.
	Except []*option.Option
}

// A Difference is what differs between two sides.
type Difference struct {
	A, B *Side
	// Options are those that the filter chose, in catalog order, those that the
	// catalog does not know behind them.
	Options []Pair
}

// A Pair is one option on both sides.
type Pair struct {
	Flag string
	// Option is nil if the catalog does not know it.
	Option  *option.Option
	Verdict Verdict
	// Hint says what became of an option that the catalog does not know, or is
	// "".
	Hint string

	a, b *entry // one of them may be nil
}

// Compare holds one side against the other. A value is the same whatever source
// it comes from; an older spelling of another option is told as that one.
func Compare(c *option.Catalog, a, b *Side, f Filter) *Difference {
	d := &Difference{A: a, B: b}
	for o := range c.All() {
		if f.chooses(o) {
			d.add(Pair{Flag: o.Flag, Option: o, a: a.byFlag[o.Flag], b: b.byFlag[o.Flag]}, f)
		}
	}
	if f.Under != nil {
		return d
	}
	for _, e := range a.entries {
		if c.ByFlag(e.flag) == nil {
			d.unknown(c, Pair{Flag: e.flag, a: e, b: b.byFlag[e.flag]}, f)
		}
	}
	for _, e := range b.entries {
		if c.ByFlag(e.flag) == nil && a.byFlag[e.flag] == nil {
			d.unknown(c, Pair{Flag: e.flag, b: e}, f)
		}
	}
	return d
}

func (f *Filter) chooses(o *option.Option) bool {
	for _, other := range f.Except {
		if other.Flag == o.Flag {
			return false
		}
	}
	return !(o.Deprecated() && o.HasNewer()) && o.Group.Under(f.Under)
}

func (d *Difference) unknown(c *option.Catalog, p Pair, f Filter) {
	if t := c.Tombstone("--" + p.Flag); t != nil {
		p.Hint = c.Retired(t, option.SourceFlag).Hint
	}
	d.add(p, f)
}

func (d *Difference) add(p Pair, f Filter) {
	if p.a == nil && p.b == nil {
		return // no side has it: both are documents of older programs
	}
	p.Verdict = verdict(p.a, p.b)
	if f.All || p.Verdict != Same || p.OtherDefault() {
		d.Options = append(d.Options, p)
	}
}

func verdict(a, b *entry) Verdict {
	switch {
	case b == nil:
		return OnlyA
	case a == nil:
		return OnlyB
	case a.Secret || b.Secret:
		return verdictOfSecrets(a, b)
	case a.equal != b.equal && ofHosts(a, b):
		return Unsure
	case a.equal != b.equal:
		return Changed
	case a.digest != nil && b.digest != nil:
		return sameDigest(a, b)
	case a.Withheld || b.Withheld:
		return Unsure
	}
	return Same
}

// ofHosts reports whether nobody gave a value on either side, and the default
// depends on the machine, of which a document may be of another one: that the
// two have other folders is no news.
func ofHosts(a, b *entry) bool {
	o := cmp.Or(a.option, b.option)
	return (a.document || b.document) && !a.given() && !b.given() && o != nil && o.Computed != nil
}

// verdictOfSecrets takes a secret that a document gives for one that is set,
// though it may be empty: nobody gives an empty one to have none.
func verdictOfSecrets(a, b *entry) Verdict {
	switch {
	case a.digest != nil && b.digest != nil:
		return sameDigest(a, b)
	case a.set() != b.set():
		return Changed
	case a.set():
		return Unsure
	}
	return Same
}

func sameDigest(a, b *entry) Verdict {
	if *a.digest == *b.digest {
		return Same
	}
	return Changed
}

// OtherDefault reports whether the two sides have different defaults of the
// option, as two versions may. Defaults that depend on the host are not held
// against each other.
func (p *Pair) OtherDefault() bool {
	return p.a != nil && p.b != nil && p.a.def != p.b.def && (p.Option == nil || p.Option.Computed == nil && !p.Option.Secret())
}

// counts reports whether the pair is a difference. That only one side knows an
// option is none as long as nobody sets it there.
func (p *Pair) counts() bool {
	switch p.Verdict {
	case Changed:
		return true
	case OnlyA, OnlyB:
		return cmp.Or(p.a, p.b).given()
	}
	return false
}

// Differs reports whether any value is known to differ.
func (d *Difference) Differs() bool { return d.count() > 0 }

func (d *Difference) count() int {
	n := 0
	for i := range d.Options {
		if d.Options[i].counts() {
			n++
		}
	}
	return n
}
