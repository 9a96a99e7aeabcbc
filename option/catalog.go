package option

import (
	"iter"
	"slices"
)

// A Catalog is a checked, ordered and immutable list of options. It is all
// that flag parsing, files, help and documents need to know of a program.
type Catalog struct {
	program    string
	prefix     string
	configFlag string
	keepEmpty  bool
	options    []*Option
	dropped    []*Option
	fields     []*field
	layout     *layout
	groups     []*Group
	tombstones []Tombstone
	foreign    []string

	byFlag  map[string]*Option
	byShort map[string]*Option
	byEnv   map[string]*Option
	byYAML  map[string]*Option

	byFileFlag map[string]*Option
	byFileEnv  map[string]*Option
	fromFiles  []*Option

	dead  map[string]*Tombstone // by "--flag", "$ENV" and YAML path
	left  map[string]string     // by the same: what was dropped
	root  *Section
	json  func() *jsonNode // made at the first encoding
	names func() *names    // made at the first guess
}

// Program returns the name of the program, such as "app".
func (c *Catalog) Program() string { return c.program }

// EnvPrefix returns what the variables of the program begin with: "APP_".
func (c *Catalog) EnvPrefix() string { return c.prefix }

// KeepEmpty reports whether an empty variable is a value. As a rule it counts
// as not set.
func (c *Catalog) KeepEmpty() bool { return c.keepEmpty }

// ConfigOption returns the option that names the configuration file, or nil.
func (c *Catalog) ConfigOption() *Option { return c.byFlag[c.configFlag] }

// All yields the options in catalog order: those outside groups first, then
// by the order of groups, then by row.
func (c *Catalog) All() iter.Seq[*Option] { return slices.Values(c.options) }

// Len returns the number of options.
func (c *Catalog) Len() int { return len(c.options) }

// Groups yields the groups in the order in which everything prints.
func (c *Catalog) Groups() iter.Seq[*Group] { return slices.Values(c.groups) }

// In yields the options that stand directly in g; nil is the root.
func (c *Catalog) In(g *Group) iter.Seq[*Option] {
	return func(yield func(*Option) bool) {
		for _, o := range c.options {
			if o.Group == g && !yield(o) {
				return
			}
		}
	}
}

// ByFlag returns the option of a flag without dashes, or nil.
func (c *Catalog) ByFlag(name string) *Option { return c.byFlag[name] }

// ByShort returns the option of a one-letter flag, or nil.
func (c *Catalog) ByShort(name string) *Option { return c.byShort[name] }

// ByEnv returns the option of a variable, by its whole name, or nil.
func (c *Catalog) ByEnv(name string) *Option { return c.byEnv[name] }

// ByYAML returns the option of a dotted path in a file, or nil.
func (c *Catalog) ByYAML(path string) *Option { return c.byYAML[path] }

// field returns the field of an option, dropped or not, or nil.
func (c *Catalog) field(flag string) *field {
	if o := c.byFlag[flag]; o != nil {
		return o.field
	}
	if i := slices.IndexFunc(c.dropped, func(o *Option) bool { return o.Flag == flag }); i >= 0 {
		return c.dropped[i].field
	}
	return nil
}

// Tombstone returns the retired name as one source spells it: "--flag",
// "$VARIABLE" or a dotted YAML path. It is nil for any other name.
func (c *Catalog) Tombstone(spelling string) *Tombstone { return c.dead[spelling] }

// Dropped says what a name is, spelled as for [Catalog.Tombstone], that only
// options have which [Drop] took out of the program: one of them, or a group
// of the file. It returns "" for any other name.
func (c *Catalog) Dropped(spelling string) string { return c.left[spelling] }

// Tombstones returns all retired names. The slice is shared: read only.
func (c *Catalog) Tombstones() []Tombstone { return c.tombstones }

// Foreign returns the variables that begin with the prefix of the program and
// belong to others, by whole name. The slice is shared: read only.
func (c *Catalog) Foreign() []string { return c.foreign }

// Section returns the root of the tree of YAML keys.
func (c *Catalog) Section() *Section { return c.root }

// A Section is one mapping of the configuration file: the keys of a group.
type Section struct {
	path     string
	group    *Group
	keys     []string
	sections map[string]*Section
	options  []*Option
	byKey    map[string]*Option // nil where options are few
}

// few is how many options of a section are looked through in the time that a
// map takes.
const few = 16

// Path returns the dotted path of the section, "" for the root.
func (s *Section) Path() string { return s.path }

// Group returns the group of the section, nil for the root.
func (s *Section) Group() *Group { return s.group }

// Keys returns the keys of the section in the order in which they print:
// options first. The slice is shared: read only.
func (s *Section) Keys() []string { return s.keys }

// Child returns what stands under a key: a section, an option, or neither.
func (s *Section) Child(key string) (*Section, *Option) {
	if o := s.option(key); o != nil {
		return nil, o
	}
	return s.sections[key], nil
}

func (s *Section) option(key string) *Option {
	if s.byKey != nil {
		return s.byKey[key]
	}
	for _, o := range s.options {
		if o.YAML == key {
			return o
		}
	}
	return nil
}

func (s *Section) add(o *Option) {
	s.keys = append(s.keys, o.YAML)
	s.options = append(s.options, o)
	if len(s.options) <= few {
		return
	}
	if s.byKey == nil {
		s.byKey = make(map[string]*Option, cap(s.options))
		for _, o := range s.options {
			s.byKey[o.YAML] = o
		}
	}
	s.byKey[o.YAML] = o
}

func newSection(path string, g *Group) *Section {
	return &Section{path: path, group: g}
}

// expect makes room for options.
func (s *Section) expect(n int) {
	s.keys, s.options = slices.Grow(s.keys, n), slices.Grow(s.options, n)
}

// section returns the section of a group, making those on the way, of which it
// tells. Groups without a key share the section of their parent.
func (c *Catalog) section(g *Group, made func(*Section)) *Section {
	if g == nil {
		return c.root
	}
	up := c.section(g.Parent, made)
	if g.YAML == "" {
		return up
	}
	s := up.sections[g.YAML]
	if s == nil {
		s = newSection(joinPath(up.path, g.YAML), g)
		if up.sections == nil {
			up.sections = map[string]*Section{}
		}
		up.sections[g.YAML] = s
		up.keys = append(up.keys, g.YAML)
		made(s)
	}
	return s
}
