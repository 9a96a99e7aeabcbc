package option

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// A Config says what [Build] makes a registry of.
type Config[T any] struct {
	Program   string // name of the program, as users type it
	EnvPrefix string // of its variables: "APP_"
	Host      Host   // what computed defaults may know
	// Tables returns the rows, with pointers into the T that it is given. It
	// makes them anew at each call, for Build takes them over.
	Tables func(*T) []Table
	// Groups is the order in which everything prints; nil is the order of
	// the tables.
	Groups []*Group
	// Tombstones are the retired names.
	Tombstones []Tombstone
	// Foreign are variables of other programs that begin with EnvPrefix,
	// without it.
	Foreign []string
	// ConfigFlag is the flag of the option that names the file, or "".
	ConfigFlag string
	// Checks look at several fields at once, after all are resolved.
	Checks []Check[T]
	// KeepEmpty makes an empty variable a value; otherwise it is not set.
	KeepEmpty bool
	// NoSecretFiles keeps every option from having spellings that name a file;
	// see [Option.FileFlag]. [Option.NoFile] does so for one.
	NoSecretFiles bool
}

// A Registry is a catalog tied to the struct type its options fill.
type Registry[T any] struct {
	*Catalog
	checks   []Check[T]
	defaults *T // every default decoded; shared, never written after Build
}

// Build makes the registry of a struct type, once per process. It calls
// Tables with a fresh *T, the prototype: rows point at its fields to say where
// their values go. The error is a [*TableError] with every fault of the tables.
func Build[T any](cfg Config[T]) (*Registry[T], error) {
	proto := new(T)
	l := newLayout(proto)
	b := &builder{layout: l, c: &Catalog{
		layout:  l,
		program: cfg.Program, prefix: cfg.EnvPrefix, configFlag: cfg.ConfigFlag, keepEmpty: cfg.KeepEmpty,
		byShort: map[string]*Option{},
		dead:    map[string]*Tombstone{}, root: newSection("", nil), tombstones: slices.Clone(cfg.Tombstones),
	}, paths: map[*Group]string{nil: ""}}
	b.faults = b.layout.faults
	if len(b.faults) == 0 {
		b.rows(cfg.Host, cfg.Tables(proto), cfg.Groups)
		b.successors()
		b.unclaimed()
		b.retired(cfg.Foreign)
		if !cfg.NoSecretFiles {
			b.fileSpellings()
		}
		b.c.left = leftOut(b.c)
		b.c.json = sync.OnceValue(func() *jsonNode { return newJSONTree(b.c.fields, b.layout.leaves) })
	}
	r := &Registry[T]{Catalog: b.c, checks: cfg.Checks, defaults: new(T)}
	if len(b.faults) == 0 {
		b.defaults(r.defaults)
	}
	if len(b.faults) > 0 {
		return nil, &TableError{Faults: b.faults}
	}
	b.c.names = sync.OnceValue(func() *names { return newNames(b.c) })
	return r, nil
}

// maxDepth is how many groups may stand above one another.
const maxDepth = 16

type builder struct {
	c      *Catalog
	layout *layout
	paths  map[*Group]string // dotted YAML paths
	faults []string
	texts  texts

	// Rows of one group follow one another, so the group of the last row, its
	// path and its section are kept.
	group   *Group
	above   string
	section *Section
}

// enter makes a group that of the last row.
func (b *builder) enter(g *Group) {
	if g != b.group {
		b.group, b.above, b.section = g, b.path(g), nil
	}
}

// path returns the dotted YAML path of a group.
func (b *builder) path(g *Group) string {
	p, known := b.paths[g]
	if !known {
		p = joinPath(b.path(g.Parent), g.YAML)
		b.paths[g] = p
	}
	return p
}

func (b *builder) fault(o *Option, format string, args ...any) {
	b.faults = append(b.faults, fmt.Sprintf("option %q: ", cmp.Or(o.Flag, o.Name))+fmt.Sprintf(format, args...))
}

func (b *builder) rows(h Host, tables []Table, groups []*Group) {
	for _, t := range tables {
		b.faults = append(b.faults, t.faults...)
	}
	c := b.c
	c.options, b.c.dropped = parted(tables)
	n := len(c.options)
	c.fields = make([]*field, 0, n+len(b.c.dropped))
	c.byFlag, c.byEnv, c.byYAML = make(map[string]*Option, n), make(map[string]*Option, n), make(map[string]*Option, n)
	b.order(c.options, groups)
	b.texts.block = 48 * n
	for i, o := range c.options {
		o.index = i
		b.complete(o, h)
		b.names(o)
		b.claim(o)
	}
	for _, o := range b.c.dropped {
		b.complete(o, h)
		b.claim(o)
	}
}

func (b *builder) complete(o *Option, h Host) {
	if o.field != nil {
		b.fault(o, "its row is in another catalog already; tables make their rows anew at each call")
	}
	o.Env = o.Env.complete(b.c.prefix, o.Flag, &b.texts)
	if o.Computed != nil {
		o.Default = o.Computed(h)
	}
	if o.YAML != "" {
		b.enter(o.Group)
		if o.path = o.YAML; b.above != "" {
			o.path = b.texts.join(b.above, ".", o.YAML)
		}
	}
	if o.Value == nil {
		b.fault(o, "it has no value")
		return
	}
	switch add := o.Value.Traits().Annotations; {
	case len(o.Annotations) == 0:
		o.Annotations = add
	case len(add) > 0:
		o.Annotations = maps.Clone(o.Annotations) // rows may share theirs
		maps.Copy(o.Annotations, add)
	}
	if o.Secret() && (o.YAML != "" || o.Default != "") {
		b.fault(o, "a secret has neither a YAML key nor a default")
	}
}

func (b *builder) names(o *Option) {
	if o.Name == "" {
		b.fault(o, "it has no name")
	}
	if !flagName(o.Flag) {
		b.fault(o, "a flag is lower-case letters, digits and single hyphens")
	}
	if o.Short != "" && !letter(o.Short) {
		b.fault(o, "a short flag is one letter")
	}
	if !envName(string(o.Env)) {
		b.fault(o, "a variable is capitals, digits and underscores")
	}
	if strings.ContainsAny(o.YAML, ". \t\n:#") || strings.HasPrefix(o.YAML, "x-") {
		b.fault(o, "a YAML key has no dot, space, colon or number sign, and does not begin with x-")
	}
	b.taken(o, "flag", o.Flag, b.c.byFlag)
	b.taken(o, "short flag", o.Short, b.c.byShort)
	b.taken(o, "variable", string(o.Env), b.c.byEnv)
	b.taken(o, "YAML path", o.path, b.c.byYAML)
	if o.YAML == "" {
		return
	}
	if b.section == nil {
		b.section = b.c.section(o.Group, func(made *Section) {
			if other := b.c.byYAML[made.path]; other != nil {
				b.fault(o, "its YAML path %s goes through option %q", o.path, other.Flag)
			}
		})
		b.section.expect(b.following(o))
	}
	s := b.section
	if s.sections[o.YAML] != nil {
		b.fault(o, "its YAML path %s is also a group", o.path)
	}
	s.add(o)
}

// following counts the rows of the group of o, from o on.
func (b *builder) following(o *Option) int {
	n := o.index
	for n < len(b.c.options) && b.c.options[n].Group == o.Group {
		n++
	}
	return n - o.index
}

func (b *builder) taken(o *Option, what, name string, in map[string]*Option) {
	if name == "" {
		return
	}
	known := len(in)
	if in[name] = o; len(in) > known { // one look-up, where asking first takes two
		return
	}
	for _, have := range b.c.options[:o.index] {
		if name == have.Flag && what == "flag" || name == have.Short && what == "short flag" || name == string(have.Env) && what == "variable" || name == have.path && what == "YAML path" {
			in[name] = have
			b.fault(o, "%s %s is taken by option %q", what, name, have.Flag)
			return
		}
	}
}

func (b *builder) claim(o *Option) {
	if o.Value == nil {
		return
	}
	at, why := b.layout.find(o.Value.Field())
	if at == nil {
		b.fault(o, "%s", why)
		at = &leaf{}
	}
	if at.mark != "" {
		b.fault(o, "its field %s is marked %q, so no option fills it", at.path(), at.mark)
	}
	f := &at.field
	o.field = f
	if f.row == nil {
		f.row, f.pos = o, int32(len(b.c.fields))
		b.c.fields = append(b.c.fields, f)
	} else if first := f.row; first.Type() != o.Type() || first.Secret() != o.Secret() {
		b.fault(o, "it fills the field of option %q with another kind", first.Flag)
	}
	if !o.dropped {
		if f.options == nil {
			f.options = f.one[:0:1]
		}
		f.options = append(f.options, o)
	}
	if o.Default == "" || o.dropped && len(f.options) > 0 {
		return
	}
	if f.def != nil {
		b.fault(o, "its field has a default by option %q", f.def.Flag)
	}
	f.def = o
}

func (b *builder) successors() {
	for _, o := range b.c.options {
		for _, flag := range o.UseInstead {
			next := b.c.byFlag[flag]
			switch {
			case next == nil:
				b.fault(o, "it names an undeclared successor %q", flag)
			case next.Deprecated():
				b.fault(o, "its successor %q is deprecated itself", flag)
			}
		}
	}
	if b.c.configFlag != "" && b.c.ConfigOption() == nil {
		b.faults = append(b.faults, fmt.Sprintf("no option has the flag %q that names the file", b.c.configFlag))
	}
}

// unclaimed finds fields that no row fills, and follows the marks of those
// that say so.
func (b *builder) unclaimed() {
	tree := jsonPlaces{leaves: make(map[jsonPlace]struct{}, len(b.layout.leaves)), objects: map[jsonPlace]int32{}}
	for i := range b.layout.leaves {
		at := &b.layout.leaves[i]
		taken := tree.put(at)
		inside := false // a field with a row or a mark
		for up := at.up; up != nil; up = up.up {
			inside = inside || up.row != nil || up.mark != ""
			switch {
			case at.row == nil:
			case up.row != nil:
				b.fault(at.row, "its field %s lies inside that of option %q", at.path(), up.row.Flag)
			case up.mark != "":
				b.fault(at.row, "its field %s lies inside %s, which is marked %q", at.path(), up.path(), up.mark)
			}
		}
		if taken && !at.hidden && !inside {
			other := b.layout.namesake(at)
			b.faults = append(b.faults, fmt.Sprintf("fields %s and %s have one JSON path %s", other.path(), at.path(), at.json()))
		}
		if at.key == "" && (at.row != nil || at.mark != "") {
			b.faults = append(b.faults, fmt.Sprintf("field %s is embedded, so it has no key in JSON: name it, or give it a json tag", at.path()))
		}
		flag, same := strings.CutPrefix(at.mark, markSame)
		switch {
		case at.row != nil || inside || at.inner && at.mark == "":
		case same && b.c.field(flag) != nil && b.c.field(flag).typ == at.typ:
			f := b.c.field(flag)
			f.copies = append(f.copies, &at.field)
		case same:
			b.faults = append(b.faults, fmt.Sprintf("field %s repeats option %q, which is not there or of another type", at.path(), flag))
		case at.mark == markFixed && at.isBool():
		case at.mark == markFixed:
			b.faults = append(b.faults, fmt.Sprintf("field %s is marked %q, as only a bool can be", at.path(), at.mark))
		default:
			b.faults = append(b.faults, fmt.Sprintf("field %s has no row: add one to its table, or mark it with an option tag", at.path()))
		}
	}
}

func (b *builder) retired(foreign []string) {
	c := b.c
	for i := range c.tombstones {
		t := &c.tombstones[i]
		if t.Env != "" {
			t.Env = t.Env.complete(c.prefix, t.Flag, &b.texts)
		}
		if c.byFlag[t.UseInstead] == nil && c.field(t.UseInstead) != nil {
			t.UseInstead = "" // dropped
		}
		if t.UseInstead != "" && c.byFlag[t.UseInstead] == nil {
			b.faults = append(b.faults, fmt.Sprintf("a tombstone names an undeclared successor %q", t.UseInstead))
		}
		if c.byFlag[t.Flag] != nil || c.byEnv[string(t.Env)] != nil || c.byYAML[t.YAML] != nil {
			b.faults = append(b.faults, fmt.Sprintf("the retired name %q is in use", cmp.Or(t.Flag, string(t.Env), t.YAML)))
		}
		for _, name := range []string{"--" + t.Flag, "$" + string(t.Env), t.YAML} {
			if strings.Trim(name, "-$") != "" {
				c.dead[name] = t
			}
		}
	}
	for _, name := range foreign {
		c.foreign = append(c.foreign, c.prefix+name)
	}
}

func (b *builder) defaults(dst any) {
	root := deref(dst)
	for _, f := range b.c.fields {
		if f.def == nil {
			continue
		}
		o := f.def
		p := f.addr(root)
		if err := o.Value.Decode(p, RawText(o.Default)); err != nil {
			b.fault(o, "its default is refused: %v", err)
			continue
		}
		f.repeat(root)
	}
}
