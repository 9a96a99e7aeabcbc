package yamlgen

import (
	"io"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// Reference writes a file that shows every option which files can set: the
// keys of groups as they are, and each option on one line that a # turns off.
// Removing that # gives the default of the option; as the file stands, it sets
// nothing. It begins with the heads.
func Reference(w io.Writer, c *option.Catalog, heads ...Head) error {
	p := page{b: make([]byte, 0, 256*c.Len())}
	p.heads(heads)
	p.comment(0, "Every setting that "+c.Program()+" reads from a file. A line #key: value shows a default; remove the # to set it.")
	p.reference(c, c.Section(), 0)
	_, err := w.Write(p.b)
	return err
}

func (p *page) reference(c *option.Catalog, s *option.Section, indent int) {
	for _, key := range s.Keys() {
		sub, o := s.Child(key)
		if sub != nil {
			p.group(sub, key, indent)
			p.reference(c, sub, indent+2)
			continue
		}
		p.blank()
		p.about(c, o, indent)
		p.b = append(appendIndent(p.b, indent), '#')
		p.b = append(yamltree.AppendKey(p.b, o.YAML), ':')
		p.defaultOf(o)
		p.b = append(p.b, '\n')
	}
}

// defaultOf appends the default of o in flow style. A computed one differs
// from host to host, so the key stays without a value, which means the same.
func (p *page) defaultOf(o *option.Option) {
	if o.Default == "" || o.Computed != nil {
		return
	}
	p.b = append(p.b, ' ')
	switch traits := o.Value.Traits(); {
	case traits.Struct:
		// Defaults of structured options are JSON, checked by Build.
		if t, fault := Tree(o.Default); fault == nil {
			p.b = yamltree.AppendFlow(p.b, &t)
		}
	case traits.List:
		p.b = yamltree.AppendList(p.b, o.Default)
	default:
		p.b = yamltree.AppendValue(p.b, o, o.Default)
	}
}
