package compat

import (
	"maps"
	"slices"
)

// facts compares what holds of a pair beside its names and values.
func (c *comparison) facts(p pair) {
	c.secret(p)
	c.effect(p)
	c.standing(p)
	a, b := p.old, p.new
	switch {
	case a.Reload && !b.Reload:
		c.inputs(KindReload, Notable, p, say("a change needs a restart now"), say("restart after a change"))
	case !a.Reload && b.Reload:
		c.readers(KindReload, Compatible, p, say("a change needs no restart any more"), none)
	}
	switch {
	case !a.Hidden && b.Hidden:
		c.readers(KindHidden, Compatible, p, say("short help and documents leave it out"), none)
	case a.Hidden && !b.Hidden:
		c.readers(KindHidden, Compatible, p, say("short help and documents show it"), none)
	}
	if a.JSON != b.JSON {
		c.readers(KindField, Breaking, p, say("the API has it at %, and had it at %", b.JSON, a.JSON), say("programs that read the API look there"))
	} else if was, is := without(siblings(a, c.is), b.SameField), without(siblings(b, c.was), a.SameField); len(was)+len(is) > 0 {
		text := say("it sets the same as %", flags(is))
		if len(is) == 0 {
			text = say("it does not set the same as % any more", flags(was))
		}
		c.inputs(KindField, Notable, p, text, say("look at what sets either"))
	}
	c.annotations(p)
	c.documents(p)
}

func (c *comparison) secret(p pair) {
	switch {
	case !p.old.Secret && p.new.Secret:
		c.readers(KindSecret, Breaking, p, say("secret now: the API, show and diff leave its value out"), say("programs that read it from the API need another way"))
	case p.old.Secret && !p.new.Secret:
		c.inputs(KindSecret, Notable, p, say("no secret any more: the API, show and diff tell its value"), say("look at who can read it"))
	}
}

// effect compares where an option acts, from near to far: in the program
// itself, on the settings page, in programs that embed this one.
func (c *comparison) effect(p pair) {
	a, b := p.old.Effect, p.new.Effect
	if a == b {
		return
	}
	switch {
	case b == "embedder":
		c.inputs(KindEffect, Breaking, p, say("it has no effect in this program any more, and had one"), say("remove it, or run a program that acts on it"))
	case a == "server" && b == "page":
		c.inputs(KindEffect, Breaking, p, say("it acts on the settings page only, and acted in the program"), say("look for what replaces it"))
	case b == "server" || b == "page":
		c.inputs(KindEffect, Notable, p, say("it acts now, and did not act there before (%, before %)", b, a), say("look at the value that is set"))
	default:
		c.inputs(KindEffect, Breaking, p, say("its effect is %, and was %", b, a), none)
	}
}

// standing compares what replaces an option.
func (c *comparison) standing(p pair) {
	a, b := p.old, p.new
	own := names(b)
	switch {
	case len(a.UseInstead) == 0 && len(b.UseInstead) > 0:
		kind := KindDeprecated
		// The gentle way to rename: both spellings fill one field for a while.
		text := say("deprecated, and it still works")
		if n := c.is.byFlag[b.UseInstead[0]]; n != nil && n.JSON == b.JSON && c.was.byFlag[n.Flag] == nil {
			kind, text = KindRenamed, say("renamed to %, and the old name still works", "--"+n.Flag)
		}
		if b.Retires != "" {
			text.words += " until %"
			text.facts = append(text.facts, b.Retires)
		}
		c.add(kind, Notable, p, own, text, c.use(b.UseInstead[0]))
		return
	case len(a.UseInstead) > 0 && len(b.UseInstead) == 0:
		c.readers(KindDeprecated, Compatible, p, say("not deprecated any more"), none)
	case !slices.Equal(a.UseInstead, b.UseInstead):
		c.add(KindDeprecated, Notable, p, own, say("deprecated for %, and was for %", flags(b.UseInstead), flags(a.UseInstead)), c.use(b.UseInstead[0]))
	}
	switch {
	case a.Retires == b.Retires:
	case b.Retires == "":
		c.readers(KindDeprecated, Compatible, p, say("it is no longer to go away"), none)
	default:
		c.add(KindDeprecated, Notable, p, own, say("it goes away in %", b.Retires), none)
	}
}

func (c *comparison) annotations(p pair) {
	a, b := p.old.Annotations, p.new.Annotations
	keys := slices.Collect(maps.Keys(a))
	for k := range b {
		if _, both := a[k]; !both {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		was, had := a[k]
		is, has := b[k]
		switch {
		case k == "secret" && p.old.Secret != p.new.Secret, had == has && was == is:
		case !had:
			c.readers(KindAnnotation, Compatible, p, say("the annotation % is new", k), none)
		case !has:
			c.readers(KindAnnotation, Notable, p, say("the annotation % is gone", k), none)
		default:
			c.readers(KindAnnotation, Notable, p, say("the annotation % is another", k), none)
		}
	}
}

// documents tells in one change what only people read.
func (c *comparison) documents(p pair) {
	a, b := p.old, p.new
	var what []string
	for _, t := range []struct {
		name     string
		was, had string
	}{
		{"title", a.Name, b.Name},
		{"description", a.Help, b.Help},
		{"group", a.Group, b.Group},
		{"example", a.Example, b.Example},
		{"first version", a.Since, b.Since},
		{"completion", a.Complete, b.Complete},
	} {
		if t.was != t.had {
			what = append(what, t.name)
		}
	}
	if len(what) > 0 {
		c.readers(KindDocumentary, Compatible, p, say("another "+join(what)), none)
	}
}

// join writes a list in words: "a, b and c".
func join(words []string) string {
	var b []byte
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			b = append(b, " and "...)
		default:
			b = append(b, ", "...)
		}
		b = append(b, w...)
	}
	return string(b)
}
