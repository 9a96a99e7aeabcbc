package compat

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/docgen"
)

// A Verdict says how much a change asks of people.
type Verdict uint8

// The verdicts, gravest first. A breaking change stops a start, changes what
// an input means or takes something away from programs that read the settings.
// A notable one is worth a look. A compatible one asks nothing.
const (
	Breaking Verdict = iota
	Notable
	Compatible
)

var verdictNames = [...]string{"breaking", "notable", "compatible"}

// String returns "breaking", "notable" or "compatible".
func (v Verdict) String() string { return verdictNames[v] }

// MarshalText returns the name of the verdict.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// A Kind is a class of changes. Its text is stable, for programs.
type Kind string

// The kinds, in the order in which reports show them.
const (
	KindProgram     Kind = "program"     // what holds for all options: the prefix of variables, the flag of the file
	KindRemoved     Kind = "removed"     // the option is gone
	KindRenamed     Kind = "renamed"     // another option fills the same field now
	KindReused      Kind = "reused"      // a name means another option now
	KindVariable    Kind = "variable"    // the variable of an option
	KindNumbered    Kind = "numbered"    // the numbered variables of an option
	KindFile        Kind = "file"        // the flag and the variable that name a file with the value
	KindPath        Kind = "path"        // the key of an option in a file
	KindMoved       Kind = "moved"       // the same, because its group has another key
	KindShort       Kind = "short"       // the one-letter flag
	KindType        Kind = "type"        // the kind of value
	KindChoices     Kind = "choices"     // the values allowed
	KindLimits      Kind = "limits"      // bounds, patterns and other rules, keys of structured values
	KindDefault     Kind = "default"     // the value without any input
	KindEffect      Kind = "effect"      // which program the option acts on
	KindSecret      Kind = "secret"      // whether the value is shown
	KindDeprecated  Kind = "deprecated"  // whether other options replace it, and until when
	KindReload      Kind = "reload"      // whether a change needs a restart
	KindField       Kind = "field"       // which options share a value, and where the API has it
	KindAnnotation  Kind = "annotation"  // facts for clients of the API
	KindHidden      Kind = "hidden"      // whether short help shows it
	KindAdded       Kind = "added"       // the option is new
	KindRetired     Kind = "retired"     // names that are refused with a word on what to use
	KindDocumentary Kind = "documentary" // help, titles, groups and examples
)

// Kinds returns all kinds in the order in which reports show them.
func Kinds() []Kind {
	return []Kind{
		KindProgram, KindRemoved, KindRenamed, KindReused, KindVariable, KindNumbered, KindFile, KindPath, KindMoved, KindShort, KindType, KindChoices,
		KindLimits, KindDefault, KindEffect, KindSecret, KindDeprecated, KindReload, KindField, KindAnnotation, KindHidden, KindAdded,
		KindRetired, KindDocumentary,
	}
}

var titles = map[Kind]string{
	KindProgram: "All options", KindRemoved: "Removed", KindRenamed: "Renamed", KindReused: "Names that mean another option",
	KindVariable: "Variables", KindNumbered: "Numbered variables", KindFile: "Values from files", KindPath: "Keys of the file", KindMoved: "Groups of the file",
	KindShort: "Short flags", KindType: "Types", KindChoices: "Choices", KindLimits: "Limits", KindDefault: "Defaults", KindEffect: "Effect",
	KindSecret: "Secrets", KindDeprecated: "Deprecated", KindReload: "Restarts", KindField: "The API and shared values",
	KindAnnotation: "Annotations", KindHidden: "Help", KindAdded: "New", KindRetired: "Retired names", KindDocumentary: "Documents",
}

// Title returns the heading of the kind in release notes.
func (k Kind) Title() string { return titles[k] }

// A Change is one difference between two catalogs.
type Change struct {
	Kind    Kind
	Verdict Verdict
	// Option is the flag of the option, in the newer catalog if it is there;
	// "" for a change of the whole program.
	Option string
	// Names are the names that an input must use to be concerned, as "--flag",
	// "-f", "$VARIABLE" and dotted path; a number in a variable is a "#".
	Names []string
	// Readers says that the change concerns those that read the options, from
	// the API or as documents, and no input.
	Readers bool

	reason, hint phrase
	when         condition
}

// Reason says what changed, in lower case, without a period.
func (c *Change) Reason() string { return c.reason.String() }

// Hint says what to do, or is "".
func (c *Change) Hint() string { return c.hint.String() }

// A condition says which inputs a change concerns.
type condition uint8

const (
	whenNamed   condition = iota // those that use one of the names
	whenRefused                  // those of them whose value is refused now
	whenUnset                    // a deployment that uses none of the names
	whenAlways                   // every deployment
	whenNever                    // none: it concerns readers only
)

// A phrase is words with names and values of catalogs in between, one for
// each "%".
type phrase struct {
	words string
	facts []string
}

func say(words string, facts ...string) phrase { return phrase{words, facts} }

// write calls words and fact in turn with the parts of the phrase.
func (p phrase) write(words, fact func(string)) {
	for i, part := range strings.Split(p.words, "%") {
		if i > 0 && i <= len(p.facts) {
			fact(p.facts[i-1])
		}
		words(part)
	}
}

// String returns the phrase in plain text.
func (p phrase) String() string {
	var b strings.Builder
	p.write(func(s string) { b.WriteString(s) }, func(s string) { b.WriteString(shown(s)) })
	return b.String()
}

// A comparison collects changes.
type comparison struct {
	old, new *docgen.Listing
	was, is  *index
	pairs    []pair
	changes  []Change
	told     map[string]bool // fields whose default was compared
}

// A pair is one option in both catalogs; one of the two may be missing.
type pair struct{ old, new *docgen.ListedOption }

// flag names the pair in a report.
func (p pair) flag() string {
	if p.new != nil {
		return p.new.Flag
	}
	return p.old.Flag
}

func (c *comparison) add(k Kind, v Verdict, p pair, names []string, reason, hint phrase) *Change {
	option := ""
	if p != (pair{}) {
		option = p.flag()
	}
	c.changes = append(c.changes, Change{Kind: k, Verdict: v, Option: option, Names: names, reason: reason, hint: hint})
	return &c.changes[len(c.changes)-1]
}

// inputs adds a change that concerns inputs which set the option, in whatever
// spelling.
func (c *comparison) inputs(k Kind, v Verdict, p pair, reason, hint phrase) *Change {
	return c.add(k, v, p, c.allNames(p), reason, hint)
}

// readers adds a change that concerns no input.
func (c *comparison) readers(k Kind, v Verdict, p pair, reason, hint phrase) {
	change := c.add(k, v, p, nil, reason, hint)
	change.Readers, change.when = true, whenNever
}

// allNames are the names under which either program takes the value of a pair.
func (c *comparison) allNames(p pair) []string {
	var out []string
	for _, side := range []struct {
		option *docgen.ListedOption
		in     *index
	}{{p.old, c.was}, {p.new, c.is}} {
		for _, o := range side.in.fills[side.option.JSON] {
			out = append(out, names(o)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// none is the phrase that says nothing.
var none = phrase{}
