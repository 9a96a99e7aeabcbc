package diff

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// A Side is one of the two configurations that are compared.
type Side struct {
	// Name says which one it is: the name of a file, a URL.
	Name string
	// Version is that of the program that has these options, "" if nobody
	// knows.
	Version string
	// Document says that the values are what a document shows of them.
	Document bool
	// Problems are what is wrong with the inputs.
	Problems option.Problems

	entries []*entry // in the order of its catalog
	byFlag  map[string]*entry
}

// An entry is what one side says of one option.
type entry struct {
	report.Outcome
	flag   string
	option *option.Option // nil if the catalog does not know it
	equal  string         // the value in one spelling; the same for values that are
	digest *[sha256.Size]byte
	def    string // the default, as people type it
	// unfit values of a document are none that the option takes, so nobody
	// knows what may be shown of them.
	unfit bool
	// document says that it is of a document, and so perhaps of another machine.
	document bool
}

// Inputs returns the side of a snapshot. With one key for both sides secrets
// can be compared; the key is to be random and made for one comparison. Without
// a key they can't.
func Inputs(name string, r *option.Redacted, problems option.Problems, key []byte) *Side {
	s := &Side{Name: name, Problems: problems, Document: key == nil, byFlag: map[string]*entry{}}
	for o := range r.Catalog().All() {
		e := &entry{Outcome: report.OutcomeOf(r, problems, o), flag: o.Flag, option: o, def: o.Default, document: key == nil}
		e.equal = canonical(e.JSON)
		// Each value, since one side may withhold a part of a value of which the
		// other has nothing to withhold.
		if key != nil {
			e.digest = (*[sha256.Size]byte)(r.Digest(o, hmac.New(sha256.New, key)))
		}
		s.add(e)
	}
	return s
}

func (s *Side) add(e *entry) bool {
	if s.byFlag[e.flag] != nil {
		return false
	}
	s.entries = append(s.entries, e)
	s.byFlag[e.flag] = e
	return true
}

// set reports whether something gave the value, be it a default.
func (e *entry) set() bool { return e.Source != option.SourceNone }

// given reports whether somebody gave the value.
func (e *entry) given() bool { return e.Source > option.SourceDefault }

// canonical spells JSON in one way: no spaces, sorted keys, numbers as they
// are written.
func canonical(b []byte) string {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return ""
	}
	out, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(out)
}
