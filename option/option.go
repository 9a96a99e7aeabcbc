package option

import (
	"slices"
	"strings"
)

// An Option is one row: everything people can know of one setting. Packages
// such as values write rows as plain data; [Build] takes them over, checks and
// completes them for a [Catalog], and after that they never change.
type Option struct {
	// Name is the title in documents: "TLS Address".
	Name string
	// Help is prose: a capital, a period, the effect and the unit. It names
	// other options as --flag.
	Help string
	// Flag is the long flag without dashes, and the identity of the option.
	Flag string
	// Short is a one-letter flag, or "".
	Short string
	// Env is the environment variable. A row writes it without the prefix of
	// the program, as [Absolute] or [None], or leaves it empty where it
	// follows from Flag. In a catalog it is the whole name, or "" for none.
	Env Env
	// YAML is the key inside the mapping of the group, or "" for none.
	YAML string
	// Default is written in the grammar that people type; "" means unset.
	Default string
	// Computed gives the default of this host, instead of Default. In a
	// catalog, Default has its answer.
	Computed func(Host) string
	// DefaultDoc says in words how Computed decides, for help and documents,
	// which must read the same on every host.
	DefaultDoc string
	// Value names the typed field that the row fills and knows its kind.
	Value Value
	// Group is set by the table; nil for an option outside all groups.
	Group *Group
	// UseInstead lists the flags of the rows that replace this one. A row
	// that has any is deprecated.
	UseInstead []string
	// Hidden keeps the option out of short help and documents.
	Hidden bool
	// Annotations are facts for clients of the API. A catalog adds those that
	// follow from the kind, such as secret and format_duration.
	Annotations Annotations
	// Effect says which program the option acts on.
	Effect Effect
	// Reload says whether a change takes effect without a restart.
	Reload Reload
	// Since is the version that brought the option, Retires the one that
	// will drop it; both may be empty.
	Since, Retires string
	// Complete tells shells what to offer after the flag.
	Complete Hint
	// Example is one value worth showing, in the grammar that people type.
	Example string
	// Risks are the values that are allowed and seldom safe.
	Risks []Risk
	// Indexed gives the option a family of numbered variables.
	Indexed *Indexed
	// NoFile keeps a secret option from having spellings that name a file; see
	// [Option.FileFlag].
	NoFile bool
	// StandsFor makes the row an older spelling of other rows, by a rule. It
	// is asked only when the row was set by a source, never for defaults.
	StandsFor func(Peek) []Stand

	index   int    // position in the catalog
	path    string // dotted YAML path, "" for none
	field   *field
	file    *fileNames // spellings that name a file, or nil
	dropped bool       // by an embedder, see Drop
}

// Index returns the position of the option in its catalog, from 0.
func (o *Option) Index() int { return o.index }

// Path returns the dotted place of the option in a YAML file, such as
// "networking.tls.address", or "" if files can't set it.
func (o *Option) Path() string { return o.path }

// JSONPath returns the dotted place of the option in the config tree of the
// API, such as "tls.address".
func (o *Option) JSONPath() string { return o.field.json() }

// FieldPath returns the Go selector of the field that the option fills, such
// as "TLS.Address".
func (o *Option) FieldPath() string { return o.field.path() }

// Siblings returns the other options that fill the same field, in catalog
// order.
func (o *Option) Siblings() []*Option {
	var out []*Option
	for _, s := range o.field.options {
		if s != o {
			out = append(out, s)
		}
	}
	return out
}

// HasNewer reports whether another option fills the same field and is not
// deprecated.
func (o *Option) HasNewer() bool {
	return slices.ContainsFunc(o.Siblings(), func(s *Option) bool { return !s.Deprecated() })
}

// Deprecated reports whether other options replace this one.
func (o *Option) Deprecated() bool { return len(o.UseInstead) > 0 }

// Secret reports whether the value of the option must never be shown.
func (o *Option) Secret() bool { return o.Value.Traits().Secret }

// Type returns the name of the option's kind, such as "duration".
func (o *Option) Type() string { return o.Value.Type() }

// Env is the name of an environment variable, see [Option.Env].
type Env string

// None turns off a name that would otherwise be derived.
const None Env = "-"

const absolute = "="

// Absolute is a variable that stands outside the prefix of the program.
func Absolute(name string) Env { return Env(absolute + name) }

func (e Env) complete(prefix, flag string, to *texts) Env {
	switch name, outside := strings.CutPrefix(string(e), absolute); {
	case outside:
		return Env(name)
	case e == None:
		return ""
	case e == "" && flag == "":
		return ""
	case e == "":
		from := to.begin(len(prefix) + len(flag))
		to.b.WriteString(prefix)
		for i := range len(flag) {
			c := flag[i]
			switch {
			case c == '-':
				c = '_'
			case c >= 'a' && c <= 'z':
				c -= 'a' - 'A'
			}
			to.b.WriteByte(c)
		}
		return Env(to.since(from))
	}
	return Env(to.join(prefix, string(e)))
}

// Annotations are named facts about an option, for clients of the API. Rows
// may share them: read only.
type Annotations map[string]string

// Effect says which program an option acts on.
type Effect uint8

// The effects, from nearest to farthest.
const (
	EffectServer   Effect = iota // the program itself
	EffectPage                   // the settings page and sign-in
	EffectEmbedder               // kept for programs that embed the values; see Act
)

var effectNames = [...]string{"server", "page", "embedder"}

// String returns "server", "page" or "embedder".
func (e Effect) String() string { return effectNames[e] }

// Reload says when a change of an option takes effect.
type Reload uint8

// An option needs a restart unless its row says that it reloads.
const (
	ReloadNever Reload = iota
	ReloadLive
)

// Hint tells shells what may follow a flag, beside its choices.
type Hint uint8

// The hints.
const (
	HintNone Hint = iota
	HintFile
	HintDir
)

// Host is what computed defaults may know of the machine and the build. It is
// an argument of [Build], so that a catalog is the same wherever the Host is.
type Host struct {
	Version  string // of the program, "v1.2.3" or "v0.0.0-devel+abc"
	Release  bool   // built from a release tag
	Testing  bool   // running under go test
	CacheDir string // where the program may keep what it can make again
	StateDir string // where the program keeps its configuration and data
}

// A Stand is one input that an older spelling stands for: the text, as if it
// had been given to the option of that flag in the same place.
type Stand struct {
	Flag string
	// Text is used where Same is false; Same passes the input on unchanged.
	Text string
	Same bool
}

// A Peek lets a StandsFor rule ask for the effective value of a bool option
// whose field no such rule can fill.
type Peek interface {
	Bool(flag string) bool
}

// Indexed describes a family of numbered variables that spell one list of
// structures: PREFIX_0_CLIENT_ID and so on, numbered from 0 without gaps.
type Indexed struct {
	// Prefixes are the stems without the prefix of the program and without
	// the number: the newest first, older ones behind.
	Prefixes []string
	// Fields are the members that a variable can set.
	Fields []IndexedField
}

// An IndexedField is one member of an [Indexed] family.
type IndexedField struct {
	Env  string // suffix of the variable: "CLIENT_ID"
	Key  string // key of the member in a tree: "client_id"
	List bool   // the text is split on single spaces
}

// A Group is a node of the tree in which everything prints. Groups are
// compared by address.
type Group struct {
	Name   string // "TLS"
	YAML   string // key of the group's mapping: "tls"; "" for a group without one
	Help   string // prose for help and documents, may be ""
	Parent *Group
}

// Path returns the YAML keys from the root to the group. A nil group is the
// root.
func (g *Group) Path() []string {
	if g == nil {
		return nil
	}
	p := g.Parent.Path()
	if g.YAML != "" {
		p = append(p, g.YAML)
	}
	return p
}

// Title returns the names from the root to the group, such as
// "Networking / TLS".
func (g *Group) Title() string {
	switch {
	case g == nil:
		return ""
	case g.Parent == nil:
		return g.Name
	}
	return g.Parent.Title() + " / " + g.Name
}

// Under reports whether g is top or below it. A nil group is the root, which
// all groups are under.
func (g *Group) Under(top *Group) bool {
	// The root is above maxDepth groups and g itself. A group that is its own
	// ancestor, which Build reports, ends the walk.
	for depth := 0; depth <= maxDepth+1; depth++ {
		if g == top {
			return true
		}
		if g == nil {
			return false
		}
		g = g.Parent
	}
	return false
}

// A Table is the rows of one group; a nil group is the root.
type Table struct {
	Group *Group
	Rows  []Option

	faults []string // of Adapt, for Build to report
}

// A Tombstone is a retired name: an input that uses it is refused with a word
// on what to use now.
type Tombstone struct {
	Flag string // without dashes, or ""
	Env  Env    // as in a row
	YAML string // dotted path, or ""
	// UseInstead is the flag of the option that took over, or "".
	UseInstead string
}
