package bundle

import (
	"strings"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// hidden stands for what is not shown, whatever its length.
const hidden = "…"

// An Argument is one argument with its index in argv.
type Argument struct {
	Index int    `json:"index"`
	Text  string `json:"text"`
}

// A Variable is one variable of the program.
type Variable struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// A File is a file line by line. What shows of a line stands in the columns
// where it stood.
type File struct {
	Name  string   `json:"name"`
	Lines []string `json:"lines"`
}

// A capture knows which inputs may be shown.
type capture struct {
	c      *option.Catalog
	layers []option.Layer
	keys   map[string]bool // of files
	named  map[string]bool // names that problems tell
}

func newCapture(c *option.Catalog, layers []option.Layer, problems option.Problems) *capture {
	k := &capture{c: c, layers: layers, keys: map[string]bool{}, named: map[string]bool{}}
	for o := range c.All() {
		for _, key := range strings.Split(o.Path(), ".") {
			k.keys[key] = true
		}
		for _, key := range o.Value.Traits().Keys {
			k.keys[key] = true
		}
	}
	delete(k.keys, "")
	for _, p := range problems {
		k.named[p.Name] = true
	}
	delete(k.named, "")
	return k
}

// open reports whether all of an input may be shown: it is valid, and nothing
// of its value is withheld.
func open(in *option.Input) bool {
	_, withheld, ok := in.Option.Show(in.Raw)
	return ok && !withheld && !in.Option.Secret()
}

// inputs returns the inputs of a source.
func (k *capture) inputs(s option.Source) []*option.Input {
	var out []*option.Input
	for i := range k.layers {
		if l := &k.layers[i]; l.Source == s {
			for j := range l.Inputs {
				out = append(out, &l.Inputs[j])
			}
		}
	}
	return out
}

// arguments shows flags with their values where all of it may be shown, else
// the name of the flag.
func (k *capture) arguments(p *load.Process) []Argument {
	out := []Argument{}
	at := map[int]int{} // index in argv: position
	for i := range p.Args {
		index := p.FirstArg + i
		if p.Index != nil {
			index = p.Index[i]
		}
		at[index] = i
		out = append(out, Argument{index, hidden})
	}
	flags := map[int][]*option.Input{}
	for _, in := range k.inputs(option.SourceFlag) {
		flags[int(in.Origin.Arg)] = append(flags[int(in.Origin.Arg)], in)
	}
	for index, ins := range flags {
		i, ok := at[index]
		if !ok {
			continue
		}
		shown := true
		for _, in := range ins {
			shown = shown && (open(in) || in.Origin.File != "")
		}
		arg, last := p.Args[i], ins[len(ins)-1]
		text := last.Raw.Text()
		if last.Origin.File != "" { // it is told where the value comes from
			text = last.Origin.File
		}
		apart := arg == last.Origin.Name && !last.Option.Value.Traits().NoValue && i+1 < len(p.Args) && text == p.Args[i+1] && text != ""
		switch {
		case shown && apart:
			out[i].Text, out[i+1].Text = arg, p.Args[i+1]
		case shown:
			out[i].Text = arg
		case strings.HasPrefix(arg, last.Origin.Name+"="):
			out[i].Text = last.Origin.Name + "=" + hidden
		case arg == last.Origin.Name:
			out[i].Text = arg
		case strings.HasPrefix(arg, last.Origin.Name):
			out[i].Text = last.Origin.Name + hidden
		}
	}
	return out
}

// environment shows the variables of options, and those that a problem names.
func (k *capture) environment(environ []string) (out []Variable, strangers int) {
	out = []Variable{}
	byName := map[string]*option.Input{}
	for _, in := range k.inputs(option.SourceEnv) {
		if in.Origin.Span.Line == 0 {
			byName[in.Origin.Name] = in
		}
	}
	for _, entry := range environ {
		name, text, ok := strings.Cut(entry, "=")
		if !ok || !strings.HasPrefix(name, k.c.EnvPrefix()) && !k.isVariable(name) {
			continue
		}
		if !k.isVariable(name) {
			strangers++
			continue
		}
		v := Variable{Name: name, Text: hidden}
		// Of two of one name the first counts; the input is that of the first.
		if in := byName[name]; text == "" || in != nil && in.Origin.File != "" && in.Origin.File == text || in != nil && k.c.ByEnv(name) == in.Option && open(in) && in.Raw.Tree() == nil && in.Raw.Text() == text {
			v.Text = text
		}
		out = append(out, v)
	}
	return out, strangers
}

// isVariable reports whether the name of a variable may be shown.
func (k *capture) isVariable(name string) bool {
	if k.c.ByEnv(name) != nil || k.c.ByFileEnv(name) != nil || k.named[name] || k.c.Tombstone("$"+name) != nil {
		return true
	}
	for o := range k.c.All() {
		if o.Indexed == nil {
			continue
		}
		for _, prefix := range o.Indexed.Prefixes {
			rest, ours := strings.CutPrefix(name, k.c.EnvPrefix()+prefix+"_")
			member := strings.TrimLeft(rest, "0123456789")
			if !ours || member == rest || len(rest)-len(member) > mostDigits {
				continue
			}
			for _, f := range o.Indexed.Fields {
				if member == "_"+f.Env {
					return true
				}
			}
		}
	}
	return false
}

// mostDigits is how long a number in the name of a variable may be: a longer one
// numbers nothing.
const mostDigits = 4
