package load

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"github.com/strataconf/strata/option"
)

// Args makes the layer of the flags in args; first is the index of args[0] in
// os.Args. What is wrong is in the layer. Args reads no files: a flag that names
// the file of a secret is reported as one that can't be read.
func Args(c *option.Catalog, args []string, first int) option.Layer {
	return readArgs(c, Process{Args: args}, place{first: first})
}

// A place tells where in os.Args an argument stood, and of which process.
type place struct {
	first int
	index []int
	in    string
}

func (p place) of(i int) int {
	if p.index != nil {
		return p.index[i]
	}
	return p.first + i
}

// An argv is one reading of argv. Pflag is fed one flag at a time, since it
// stops at its first error and tells no index; a flag is declared to it when
// first seen, since most of a catalog never is.
type argv struct {
	c     *option.Catalog
	args  []string
	place place
	at    int // in args, of the flag being read
	read  int // flags read from it
	set   *pflag.FlagSet
	flags []pflag.Flag     // declared, in one block
	told  []*option.Option // secrets that were warned of
	files []named
	fn    func(*pflag.Flag, string) error
	layer option.Layer
}

func readArgs(c *option.Catalog, p Process, where place) option.Layer {
	args := p.Args
	a := &argv{c: c, args: args, place: where, layer: option.Layer{Source: option.SourceFlag}}
	flags := 0
	for _, arg := range args {
		if len(arg) > 1 && arg[0] == '-' {
			flags++
		}
	}
	if flags > 0 {
		a.set = pflag.NewFlagSet("", pflag.ContinueOnError)
		a.set.SetOutput(io.Discard)
		a.fn = a.record // once, since each such expression is an allocation
		a.flags = make([]pflag.Flag, 0, flags)
		a.layer.Inputs = make([]option.Input, 0, flags)
	}
	for a.at < len(args) {
		a.at += a.next()
	}
	p.read(&a.layer, a.files)
	return a.layer
}

// next reads what stands at a.at and returns how many arguments that was.
func (a *argv) next() int {
	arg := a.args[a.at]
	switch {
	case len(arg) < 2 || arg[0] != '-':
		a.stray(a.at)
		return 1
	case arg == "--":
		for i := a.at + 1; i < len(a.args); i++ {
			a.stray(i)
		}
		return len(a.args) - a.at
	}
	o, wants := a.declare(arg)
	if o == nil {
		if n := a.fileFlag(arg); n > 0 {
			return n
		}
		return a.unknown(arg)
	}
	n := 1
	if wants {
		if a.at+1 == len(a.args) || !isValue(a.args[a.at+1]) {
			return a.missing(arg, o)
		}
		n = 2
	}
	a.read = 0
	err := a.set.ParseAll(a.args[a.at:a.at+n], a.fn)
	// Pflag skips -test.x, which belongs to go test, without a word.
	if err != nil || a.read == 0 {
		return a.unknown(arg)
	}
	return n
}

// isValue reports whether an argument may be the value of the flag before it.
// A hyphen alone is one: it means the standard input.
func isValue(arg string) bool { return arg == "-" || !strings.HasPrefix(arg, "-") }

// declare tells pflag the options that an argument spells. It returns the last
// of them, nil if one is unknown, and whether its value is to follow.
func (a *argv) declare(arg string) (o *option.Option, wants bool) {
	if name, long := strings.CutPrefix(arg, "--"); long {
		name, _, given := strings.Cut(name, "=")
		if o = a.c.ByFlag(name); o == nil {
			return nil, false
		}
		a.add(o)
		return o, !given && !o.Value.Traits().NoValue
	}
	for i := 1; i < len(arg); i++ {
		if o = a.c.ByShort(arg[i : i+1]); o == nil {
			return nil, false
		}
		a.add(o)
		if !o.Value.Traits().NoValue {
			return o, i+1 == len(arg)
		}
		if strings.HasPrefix(arg[i+1:], "=") {
			break
		}
	}
	return o, false
}

func (a *argv) add(o *option.Option) {
	if a.set.Lookup(o.Flag) != nil {
		return
	}
	if len(a.flags) == cap(a.flags) { // -abc declares three flags in one argument
		a.flags = make([]pflag.Flag, 0, 4)
	}
	a.flags = append(a.flags, pflag.Flag{Name: o.Flag, Shorthand: o.Short})
	f := &a.flags[len(a.flags)-1]
	if o.Value.Traits().NoValue {
		f.NoOptDefVal = "true"
	}
	a.set.AddFlag(f)
}

// record takes one value from pflag.
func (a *argv) record(f *pflag.Flag, text string) error {
	a.read++
	o := a.c.ByFlag(f.Name)
	arg := a.args[a.at]
	if strings.HasPrefix(arg, "--") {
		a.input(o, arg[:2+len(f.Name)], text)
		return nil
	}
	if text == "=" && strings.HasSuffix(arg, f.Shorthand+"=") {
		text = "" // pflag takes -c= for the value "="
	}
	a.input(o, "-"+f.Shorthand, text)
	return nil
}

func (a *argv) input(o *option.Option, typed, text string) {
	in := option.Input{Option: o, Origin: a.origin(a.at, typed)}
	if !utf8.ValidString(text) {
		a.problem(notUTF8(in.Origin, o))
		return
	}
	if in.Raw = a.raw(text); isTree(o, text) {
		var fault *option.Fault
		if in.Raw, fault = readTree(text); fault != nil {
			a.problem(refused(in.Origin, o, fault))
			return
		}
	}
	a.layer.Inputs = append(a.layer.Inputs, in)
	if keepsText(o) {
		a.problem(lineBreak(in.Origin, o, text))
	}
	if text != "" && !slices.Contains(a.told, o) && holdsSecret(o, in.Raw, text) {
		a.told = append(a.told, o)
		a.problem(secretOnArgv(a.c, in.Origin, o))
	}
}

// raw returns a window onto the argument that has the text, which saves a copy.
func (a *argv) raw(text string) option.Raw {
	for i := a.at; i < len(a.args) && i < a.at+2; i++ {
		if arg := &a.args[i]; strings.HasSuffix(*arg, text) {
			return option.RawWindow(arg, len(*arg)-len(text), len(text))
		}
	}
	return option.RawText(text)
}

func (a *argv) origin(i int, typed string) option.Origin {
	return option.Origin{Source: option.SourceFlag, Arg: int32(a.place.of(i)), Name: typed, In: a.place.in}
}

// problem reports p unless it is nil. Its origin is that of the argument being
// read where it has none.
func (a *argv) problem(p *option.Problem) {
	if p == nil {
		return
	}
	if p.Origin.Source == option.SourceNone {
		p.Origin = a.origin(a.at, p.Name)
	}
	a.layer.Problems = append(a.layer.Problems, p)
}
