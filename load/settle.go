package load

import (
	"slices"
	"strconv"
	"strings"

	"github.com/strataconf/strata/option"
)

// settle finishes the problems of a resolve: a fault inside a list that was
// spelled by numbered variables is put to the variable concerned, and what a
// layer warned of is dropped where the kind refused the value anyway.
func settle(c *option.Catalog, from Process, problems option.Problems) option.Problems {
	refused := map[option.Origin]bool{}
	for i, p := range problems {
		if p.Code != "invalid-value" {
			continue
		}
		if p.Option != nil && p.Option.Indexed != nil {
			p = toMember(c, from, p)
			problems[i] = p
		}
		refused[p.Origin] = true
	}
	problems = slices.DeleteFunc(problems, func(p *option.Problem) bool {
		return (p.Code == codeBreak || p.Code == codeQuotes) && refused[p.Origin]
	})
	problems.Sort()
	return problems
}

// soften makes warnings of what is wrong with a value of the environment that
// argv overrides. Resolve does so for values that it can decode; these have
// not become inputs.
func soften(env, args *option.Layer) {
	for i, p := range env.Problems {
		if p.Code != "invalid-value" && p.Code != codeGap && p.Code != codeSecretFile && p.Code != codeBothNames || !sets(args, p.Option) {
			continue
		}
		soft := *p
		soft.Severity = option.Warning
		soft.Reason += ", but a higher source overrides it"
		env.Problems[i] = &soft
	}
}

// sets reports whether a layer has an input for the field of an option. A
// problem of a whole folder of credentials has no option, and nothing sets it.
func sets(l *option.Layer, o *option.Option) bool {
	if o == nil {
		return false
	}
	for i := range l.Inputs {
		if in := l.Inputs[i].Option; in == o || slices.Contains(o.Siblings(), in) {
			return true
		}
	}
	return false
}

// toMember returns a copy of p that names the variable of the item. A problem
// of the list as a whole stays as it is.
func toMember(c *option.Catalog, from Process, p *option.Problem) *option.Problem {
	ix := p.Option.Indexed
	prefix, _, _, ok := split(ix, strings.TrimPrefix(p.Origin.Name, c.EnvPrefix()))
	digits, path, _ := strings.Cut(strings.TrimPrefix(p.Name, p.Origin.Name+"["), "]")
	number, err := strconv.Atoi(digits)
	if !ok || err != nil {
		return p
	}
	path = strings.TrimPrefix(path, ".")
	end := strings.IndexAny(path+".", ".[")
	key, inner := path[:end], path[end:]
	to := *p
	// A fault of the whole item, such as one that a rule finds, has no key.
	item := memberName(c, ix, prefix, number, "")
	to.Origin.Name = strings.TrimSuffix(item, "_")
	for _, f := range ix.Fields {
		if f.Key == key {
			to.Origin.Name = item + f.Env
		}
	}
	to.Name = to.Origin.Name + inner
	to.Origin = from.placeOf(to.Origin, item)
	return &to
}

// placeOf returns the origin with the place of its variable, or, where that is
// missing or is the item as a whole, with that of the last one of the item.
func (p *Process) placeOf(at option.Origin, item string) option.Origin {
	at.In, at.Span = p.In, option.Span{}
	is := func(v Variable) bool { return v.Name == at.Name }
	if !slices.ContainsFunc(p.Variables, is) {
		if slices.ContainsFunc(p.Environ, func(entry string) bool { return strings.HasPrefix(entry, at.Name+"=") }) {
			return at
		}
		is = func(v Variable) bool { return strings.HasPrefix(v.Name, item) }
	}
	for _, v := range slices.Backward(p.Variables) {
		if is(v) {
			at.In, at.Span = v.In, v.Span
			break
		}
	}
	return at
}
