package yamlgen

import (
	"bytes"
	"io"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// An Omission is an option that is set and that a written file does not set.
type Omission struct {
	Option *option.Option
	// Reason says why, in lower case, without a period.
	Reason string
}

// Write writes the settings of a snapshot as a file that gives the same ones
// when it is read: every option that files can set, those without a value as
// a key alone. It returns the options that are set and left out, because their
// values are withheld or refused or because no key can hold them; comments in
// the file name them too. An option and its older spelling are one setting, written
// under the newer name. The file begins with the heads.
func Write(w io.Writer, r *option.Redacted, heads ...Head) ([]Omission, error) {
	return write(w, r, nil, heads...)
}

func write(w io.Writer, r *option.Redacted, keep func(*option.Option) bool, heads ...Head) ([]Omission, error) {
	c := r.Catalog()
	p := page{b: make([]byte, 0, 256*c.Len())}
	p.heads(heads)
	p.comment(0, "The settings of "+c.Program()+" as it would start with them.")
	d := draft{page: &p, catalog: c, settings: r, keep: keep}
	d.section(c.Section(), 0)
	d.keyless()
	_, err := w.Write(p.b)
	return d.omitted, err
}

// A draft is a file in the making.
type draft struct {
	*page
	catalog  *option.Catalog
	settings *option.Redacted
	keep     func(*option.Option) bool // nil keeps all
	omitted  []Omission
}

func (d *draft) section(s *option.Section, indent int) {
	for _, key := range s.Keys() {
		sub, o := s.Child(key)
		if sub == nil {
			d.option(o, indent)
			continue
		}
		before := len(d.b)
		d.group(sub, key, indent)
		inside := len(d.b)
		d.section(sub, indent+2)
		if len(d.b) == inside {
			d.b = d.b[:before] // nothing but older spellings
		}
	}
}

func (d *draft) option(o *option.Option, indent int) {
	if d.keep != nil && !d.keep(o) || o.Deprecated() && (d.source(o) <= option.SourceDefault || hasSuccessor(o)) {
		return
	}
	d.blank()
	d.about(d.catalog, o, indent)
	if d.source(o) == option.SourceNone {
		d.b = append(yamltree.AppendKey(appendIndent(d.b, indent), o.YAML), ":\n"...)
		return
	}
	if d.settings.Refused(o) {
		const reason = "the value that is set is refused"
		d.omit(o, reason)
		d.comment(indent, "Left out: "+reason+".")
		d.b = append(yamltree.AppendKey(append(appendIndent(d.b, indent), '#'), o.YAML), ":\n"...)
		return
	}
	t := d.settings.Tree(o)
	if !d.settings.Withheld(o) {
		d.b = appendSetting(appendIndent(d.b, indent), o, &t, indent)
		return
	}
	d.omit(o, "it holds a secret, which is withheld")
	d.comment(indent, "Withheld: the value holds a secret. This is the rest of it.")
	// What is left is shown turned off: half a value must not take effect.
	for line := range bytes.Lines(appendSetting(nil, o, &t, 0)) {
		d.b = append(append(appendIndent(d.b, indent), '#'), line...)
	}
}

func (d *draft) source(o *option.Option) option.Source { return d.settings.Source(o) }

// hasSuccessor reports whether a newer option fills the field of o in files.
func hasSuccessor(o *option.Option) bool {
	for _, s := range o.Siblings() {
		if !s.Deprecated() && s.Path() != "" {
			return true
		}
	}
	return false
}

func (d *draft) omit(o *option.Option, reason string) {
	d.omitted = append(d.omitted, Omission{o, reason})
}

// keyless names the options that are set and have no key, at the end.
func (d *draft) keyless() {
	titled := false
	for o := range d.catalog.All() {
		if d.keep != nil && !d.keep(o) || o.Path() != "" || o.Deprecated() || d.source(o) <= option.SourceDefault {
			continue
		}
		if o == d.catalog.ConfigOption() {
			continue // it names the file
		}
		if !titled {
			d.blank()
			d.comment(0, "Set, and without a key in files:")
			titled = true
		}
		d.b = append(d.b, "#   --"...)
		d.b = append(d.b, o.Flag...)
		if o.Env != "" {
			d.b = append(d.b, ", $"...)
			d.b = append(d.b, o.Env...)
		}
		d.b = append(d.b, '\n')
		if o.Secret() {
			d.omit(o, "it is a secret, which no file holds")
		} else {
			d.omit(o, "it has no key in files")
		}
	}
}
