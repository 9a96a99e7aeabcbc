package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// explain is "coder config explain".
func (p *program) explain(_ context.Context, args []string) error {
	var form string
	own := []ownFlag{formatFlag(&form, "it"), bundleFlag()}
	if asked(args, "--help", "-h") {
		return p.inputsPage("coder config explain", "NAME [-c FILE] [--format FORM] [flags of coder server]",
			"Explain one option: its value, where it comes from, which inputs lost and why, and how to set it. The name may be a flag, a "+
				"variable, a path in the file or in the JSON of the API, a title, or the last part of a path if it is the only one. The "+
				"first word is the name, even one that begins with a hyphen, unless a flag stands first and a name follows later; what "+
				"stands behind -- is always the name. It reads the flags, the variables and the file as a start of the server would, and "+
				"starts nothing. The exit code is 0, 1 if the server would not start, and 2 if no option has the name.", own,
			"coder config explain tls-address", "coder config explain '$CODER_TLS_ADDRESS' -c coder.yaml", "coder config explain networking.tls.address --format json")
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	name, args, err := explained(reg.Catalog, args, append(own, new(inputFlags).own()...))
	if err != nil {
		return err
	}
	view, err := p.view(args, p.first, append(own, ownFlag{name: nameFlag, arg: "name", set: func(string) bool { return true }}))
	if err != nil {
		return err
	}
	// The catalog of the view is another one: some defaults depend on what
	// the inputs are read from.
	found, err := report.Find(view.reg.Catalog, name)
	if err != nil {
		return p.notFound(err)
	}
	if err := p.print(func(w io.Writer) error { return writeExplained(w, view, found, form, p.style()) }); err != nil {
		return err
	}
	return p.verdict(view.problems.Errors())
}

func writeExplained(w io.Writer, v *view, found report.Found, form string, style report.Style) error {
	var answer interface {
		WriteText(io.Writer, report.Style) error
	}
	if found.Retired != nil {
		answer = report.Retired{Catalog: v.reg.Catalog, Tombstone: found.Retired}
	} else {
		e := report.Explain(v.safe(), v.problems, found.Option)
		if o := e.Option; o.Effect == option.EffectServer && !acts(o) {
			e.Effect = "read and checked, but not built into this program yet"
		}
		answer = e
	}
	if form == "json" {
		return writeJSON(w, answer)
	}
	return answer.WriteText(w, style)
}

func (p *program) notFound(err error) error {
	none := new(report.NotFoundError)
	if errors.As(err, &none) && none.Group != nil {
		return usageError("this is the name of a group (see coder config show --group " + strings.Join(none.Group.Path(), ".") + ")")
	}
	return usageError(err.Error())
}

// nameFlag stands for the name among the arguments, so that those behind it
// keep their index. No option has such a flag.
const nameFlag = "(name)"

// explained finds the name among the arguments of explain and returns them
// with flags of our own in its place. A flag with a value behind an equals
// sign is both the name and an input.
func explained(c *option.Catalog, args []string, own []ownFlag) (name string, rest []string, err error) {
	at := 0
	dashes := len(beforeDashes(args))
	switch {
	case len(args) == 0:
		return "", nil, errNoName
	case dashes < len(args):
		if at = dashes + 1; at == len(args) {
			return "", nil, usageError("a name must stand behind --")
		}
	case strings.HasPrefix(args[0], "-"):
		if i := bareName(c, args, own); i >= 0 {
			at = i
		} else if ownNamed(own, args[0]) != nil {
			return "", nil, errNoName
		}
	}
	rest = append(rest, args...)
	if dashes < len(args) {
		rest[dashes] = "--" + nameFlag + "="
	} else if strings.HasPrefix(args[at], "-") && strings.Contains(args[at], "=") {
		return args[at], rest, nil
	}
	rest[at] = "--" + nameFlag + "="
	return args[at], rest, nil
}

const errNoName = usageError("name an option, such as: coder config explain tls-address")

// bareName returns the index of the first argument that is neither a flag nor
// the value of one, or -1.
func bareName(c *option.Catalog, args []string, own []ownFlag) int {
	for i := 0; i < len(args); i++ {
		if !strings.HasPrefix(args[i], "-") {
			return i
		}
		if takesNext(c, args[i], own) && i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") {
			i++
		}
	}
	return -1
}

// takesNext reports whether the value of a flag stands in the next argument.
func takesNext(c *option.Catalog, arg string, own []ownFlag) bool {
	if strings.Contains(arg, "=") {
		return false
	}
	if f := ownNamed(own, arg); f != nil {
		return f.arg != ""
	}
	o := c.ByFlag(strings.TrimPrefix(arg, "--"))
	if !strings.HasPrefix(arg, "--") {
		o = c.ByShort(arg[1:])
	}
	return o != nil && !o.Value.Traits().NoValue
}

func ownNamed(own []ownFlag, arg string) *ownFlag {
	name, _, _ := strings.Cut(arg, "=")
	for i := range own {
		if name == "--"+own[i].name {
			return &own[i]
		}
	}
	return nil
}
