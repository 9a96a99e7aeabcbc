package load

import (
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// Environ makes the layer of the variables in environ, which is a list of
// "NAME=value". What is wrong is in the layer, and so is a note for each empty
// variable, which as a rule counts as not set. Of two variables of one name
// the first counts, as for getenv.
//
// Environ reads no files: a variable that names the file of a secret is
// reported as one that can't be read. It keeps the strings of environ, so they
// must not change.
func Environ(c *option.Catalog, environ []string) option.Layer {
	return readEnviron(c, Process{Environ: environ})
}

func readEnviron(c *option.Catalog, p Process) option.Layer {
	e := &environment{
		c: c, prefix: c.EnvPrefix(), environ: p.Environ, in: p.In, layer: option.Layer{Source: option.SourceEnv},
		seen: make([]uint64, (c.Len()+63)/64),
	}
	e.scope()
	if len(p.Variables) > 0 {
		e.overlay(p.Variables)
	}
	e.told(p.Problems)
	e.expect()
	e.credentials(&p)
	for i := range e.environ {
		if name, ours := e.name(e.environ[i]); ours {
			e.variable(i, name)
		}
	}
	for i := range e.families {
		e.numbered(&e.families[i])
	}
	p.read(&e.layer, e.files)
	e.explainLinks()
	return e.layer
}

type environment struct {
	c        *option.Catalog
	prefix   string
	environ  []string
	vars     []Variable // of the first entries of environ, which have places
	in       string     // names the process of the others
	outside  []string   // variables of ours without the prefix
	families []family
	files    []named
	seen     []uint64        // a bit for each option
	strange  map[string]bool // unknown variables that were told of
	links    []link
	layer    option.Layer
}

// scope finds what there is beside single variables with the prefix.
func (e *environment) scope() {
	for o := range e.c.All() {
		if o.Env != "" && !strings.HasPrefix(string(o.Env), e.prefix) {
			e.outside = append(e.outside, string(o.Env))
			if o.FileEnv() != "" {
				e.outside = append(e.outside, o.FileEnv())
			}
		}
		if o.Indexed != nil {
			e.families = append(e.families, family{option: o})
		}
	}
}

// expect makes room for as many inputs as there can be.
func (e *environment) expect() {
	n := 0
	for _, entry := range e.environ {
		if _, ours := e.name(entry); ours {
			n++
		}
	}
	e.layer.Inputs = make([]option.Input, 0, min(n, e.c.Len())+2*len(e.families))
}

// name returns the name in an entry of environ, if it may be one of ours.
func (e *environment) name(entry string) (string, bool) {
	if strings.HasPrefix(entry, e.prefix) {
		n := strings.IndexByte(entry, '=')
		return entry[:max(n, 0)], n > 0
	}
	for _, name := range e.outside {
		if len(entry) > len(name) && entry[len(name)] == '=' && entry[:len(name)] == name {
			return name, true
		}
	}
	return "", false
}

// origin is the place of an entry; the name is as it may be shown.
func (e *environment) origin(i int, name string) option.Origin {
	at := option.Origin{Source: option.SourceEnv, Name: name, In: e.in}
	if i < len(e.vars) {
		at.In, at.Span = e.vars[i].In, e.vars[i].Span
	}
	return at
}

func (e *environment) value(i int, name string) string { return e.environ[i][len(name)+1:] }

func (e *environment) variable(i int, name string) {
	o := e.c.ByEnv(name)
	if o == nil {
		if o = e.c.ByFileEnv(name); o != nil {
			e.file(i, name, o)
			return
		}
		if rest := strings.TrimPrefix(name, e.prefix); !e.member(i, name, rest) {
			e.unknown(i, name, rest)
		}
		return
	}
	if bit := uint64(1) << (o.Index() % 64); e.seen[o.Index()/64]&bit == 0 {
		e.seen[o.Index()/64] |= bit
		e.known(i, name, o)
	}
}

func (e *environment) known(i int, name string, o *option.Option) {
	text := e.value(i, name)
	at := e.origin(i, name)
	switch {
	case text == "" && !e.c.KeepEmpty():
		e.problem(empty(at, o))
		return
	case !utf8.ValidString(text):
		e.problem(notUTF8(at, o))
		return
	case collides(strings.TrimPrefix(name, e.prefix), text, o):
		e.problem(collision(at, o))
		return
	}
	raw := option.RawWindow(&e.environ[i], len(name)+1, len(text))
	if isTree(o, text) {
		var fault *option.Fault
		if raw, fault = readTree(text); fault != nil {
			e.problem(refused(at, o, fault))
			return
		}
	}
	e.layer.Inputs = append(e.layer.Inputs, option.Input{Option: o, Origin: at, Raw: raw})
	if keepsText(o) {
		e.problem(lineBreak(at, o, text))
	}
	if keepsText(o) || o.Value.Traits().List {
		e.problem(quotes(at, o, text))
	}
}

func (e *environment) problem(p *option.Problem) {
	if p != nil {
		e.layer.Problems = append(e.layer.Problems, p)
	}
}

// empty notes a variable that counts as not set, as deployments pass on
// variables that nobody set: X=${X:-}.
func empty(at option.Origin, o *option.Option) *option.Problem {
	p := &option.Problem{
		Severity: option.Note, Code: "empty-variable", Origin: at, Name: at.Spelling(o), Option: o,
		Reason: "empty, which counts as not set",
	}
	if !o.Value.Traits().EmptyText || o.Indexed != nil {
		return p
	}
	p.Hint = "to set an empty value write --" + o.Flag + "="
	if o.Path() != "" {
		p.Hint = "to set an empty value write " + o.Path() + `: "" in the file, or --` + o.Flag + "="
	}
	return p
}

// unknown warns of a variable that begins as ours do and is none. A name shows
// only where it looks like one: people set variables by accident too.
func (e *environment) unknown(i int, name, rest string) {
	text := e.value(i, name)
	if e.prefix == "" || e.strange[name] || e.foreign(name) {
		return
	}
	if isLink(rest, text) {
		e.links = append(e.links, link{rest, i})
		return
	}
	if e.strange == nil {
		e.strange = map[string]bool{}
	}
	e.strange[name] = true
	p := &option.Problem{Severity: option.Warning, Code: "unknown-variable", Reason: "no option has this variable"}
	guess, near := e.c.Guess(option.SourceEnv, name)
	if t := e.c.Tombstone("$" + name); t != nil {
		p = e.c.Retired(t, option.SourceEnv)
		if text == "" && !e.c.KeepEmpty() {
			p.Severity = option.Note
		}
		near = true
	} else if left := e.c.Dropped("$" + name); left != "" {
		p.Reason, near = left, true
	} else if member := e.nearMember(rest); member != "" {
		p.Hint = "did you mean " + member + "?"
	} else if near {
		p.Hint = "did you mean " + guess.Spelling + "?"
	}
	if near || isName(name) {
		p.Name = name
	}
	p.Origin = e.origin(i, p.Name)
	e.problem(p)
}

func (e *environment) foreign(name string) bool {
	for _, f := range e.c.Foreign() {
		if f == name {
			return true
		}
	}
	return false
}

// isName reports whether text has the form of a variable's name and nothing
// more; keys and tokens have other characters, or more of them.
func isName(text string) bool {
	for i := range len(text) {
		if c := text[i]; c != '_' && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return len(text) <= 64
}
