package compat

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/strataconf/strata/docgen"
)

// value compares what a pair takes and has.
func (c *comparison) value(p pair) {
	c.kind(p)
	c.choices(p)
	c.limits(p)
	c.keys(p)
	a, b := p.old, p.new
	if a.EmptyText != b.EmptyText {
		if b.EmptyText {
			c.refused(KindLimits, Compatible, p, say("empty text is a value now, and means none"), none)
		} else {
			c.refused(KindLimits, Breaking, p, say("empty text is no value any more"), say("leave the option out"))
		}
	}
	c.defaults(p)
}

// refused adds a change that concerns inputs whose value the newer program
// refuses.
func (c *comparison) refused(k Kind, v Verdict, p pair, reason, hint phrase) {
	c.inputs(k, v, p, reason, hint).when = whenRefused
}

// plainText are the types whose every value is text that a string takes too.
var plainText = []string{"int", "duration", "enum", "url", "host:port", "regexp"}

// kind compares the types. Every change of one may change the type in the JSON
// of the API, so none is less than notable.
func (c *comparison) kind(p pair) {
	a, b := p.old, p.new
	switch {
	case a.Type == b.Type && a.List == b.List && a.Struct == b.Struct && a.NoValue == b.NoValue:
		return
	case !a.List && !a.Struct && !a.NoValue && b.List:
		c.inputs(KindType, Notable, p, say("a list of type %, and was one value of type %", b.Type, a.Type), say("put a value with a comma in it into double quotes"))
	case a.List && !b.List && !b.Struct:
		c.refused(KindType, Breaking, p, say("one value of type %, and was a list of type %", b.Type, a.Type), say("give one value"))
	case a.NoValue && !b.NoValue:
		c.inputs(KindType, Breaking, p, say("of type %, and was %; the flag needs a value now", b.Type, a.Type), say("give the flag a value"))
	case !a.List && !b.List && !a.NoValue && b.Type == "string" && slices.Contains(plainText, a.Type):
		c.refused(KindType, Notable, p, say("any text, which is wider than %", a.Type), say("programs that read the API find a string"))
	case !a.List && !b.List && a.Type == "string" && slices.Contains(plainText, b.Type):
		c.refused(KindType, Breaking, p, say("of type %, which is narrower than any text", b.Type), say("check the value"))
	default:
		c.refused(KindType, Breaking, p, say("of type %, and was of type %", b.Type, a.Type), say("check the value"))
	}
}

func (c *comparison) choices(p pair) {
	a, b := p.old.Choices, p.new.Choices
	gone, more := without(a, b), without(b, a)
	switch {
	case len(a) == 0 && len(b) == 0, slices.Equal(a, b):
	case len(b) == 0:
		c.refused(KindChoices, Compatible, p, say("any value is allowed, and was one of %", shortList(a)), none)
	case len(a) == 0:
		c.refused(KindChoices, Breaking, p, say("only these are allowed now: %", shortList(b)), say("choose one of them"))
	case len(gone) > 0 && len(more) > 0:
		c.refused(KindChoices, Breaking, p, say("no longer allowed: %; allowed now: %", shortList(gone), shortList(more)), say("choose another one"))
	case len(gone) > 0:
		c.refused(KindChoices, Breaking, p, say("no longer allowed: %", shortList(gone)), say("choose another one"))
	case len(more) > 0:
		c.refused(KindChoices, Compatible, p, say("allowed now: %", shortList(more)), none)
	default:
		c.readers(KindChoices, Compatible, p, say("the choices have another order"), none)
	}
}

// limits compares the rules: bounds as numbers, all others by their text. What
// can't be compared counts as narrower.
func (c *comparison) limits(p pair) {
	a, b := evenOut(p.old, p.new)
	least, most := bounds(a)
	newLeast, newMost := bounds(b)
	c.bound(p, "least", least, newLeast, func(a, b int64) bool { return a < b })
	c.bound(p, "most", most, newMost, func(a, b int64) bool { return a > b })
	was, is := rules(a), rules(b)
	if more := without(is, was); len(more) > 0 {
		c.refused(KindLimits, Breaking, p, say("a value must keep to this now: %", strings.Join(more, "; ")), say("check the value"))
	}
	if gone := without(was, is); len(gone) > 0 {
		c.refused(KindLimits, Compatible, p, say("a value need not keep to this any more: %", strings.Join(gone, "; ")), none)
	}
	if ps, qs := patterns(a), patterns(b); !slices.Equal(ps, qs) && len(a.Limits) > 0 && slices.Equal(was, is) {
		c.refused(KindLimits, Breaking, p, say("the pattern of a value is another"), say("check the value"))
	}
}

// bound compares one bound; wider reports whether an old one became narrower.
func (c *comparison) bound(p pair, what string, a, b *docgen.ListedLimit, narrower func(a, b int64) bool) {
	value := func(l *docgen.ListedLimit) int64 {
		if what == "least" {
			return *l.Least
		}
		return *l.Most
	}
	switch {
	case a == nil && b == nil:
	case b == nil:
		c.refused(KindLimits, Compatible, p, say("the limit is gone: %", a.Text), none)
	case a == nil:
		c.refused(KindLimits, Breaking, p, say("a limit is new: %", b.Text), say("check the value"))
	case value(a) == value(b):
	case narrower(value(a), value(b)):
		c.refused(KindLimits, Breaking, p, say("a value must be %, and had to be %", b.Text, a.Text), say("check the value"))
	default:
		c.refused(KindLimits, Compatible, p, say("a value may be %, and had to be %", b.Text, a.Text), none)
	}
}

// bounds returns the tightest bounds of an option, nil for none.
func bounds(o *docgen.ListedOption) (least, most *docgen.ListedLimit) {
	for i := range o.Limits {
		l := &o.Limits[i]
		if l.Least != nil && (least == nil || *l.Least > *least.Least) {
			least = l
		}
		if l.Most != nil && (most == nil || *l.Most < *most.Most) {
			most = l
		}
	}
	return least, most
}

// evenOut takes the limits from both options if only one has any beside its
// rules: a catalog of an older program has the rules in words only.
func evenOut(a, b *docgen.ListedOption) (x, y *docgen.ListedOption) {
	if (len(a.Limits) == 0) == (len(b.Limits) == 0) || len(a.Rules) == 0 || len(b.Rules) == 0 {
		return a, b
	}
	c, d := *a, *b
	c.Limits, d.Limits = nil, nil
	return &c, &d
}

// rules are those that are told in words only.
func rules(o *docgen.ListedOption) []string {
	return slices.DeleteFunc(slices.Clone(o.Rules), func(text string) bool {
		return slices.ContainsFunc(o.Limits, func(l docgen.ListedLimit) bool { return l.Text == text && (l.Least != nil || l.Most != nil) })
	})
}

func patterns(o *docgen.ListedOption) []string {
	var out []string
	for _, l := range o.Limits {
		if l.Pattern != "" {
			out = append(out, l.Pattern)
		}
	}
	slices.Sort(out)
	return out
}

// keys compares the members of a structured value; no keys means any.
func (c *comparison) keys(p pair) {
	a, b := p.old.Keys, p.new.Keys
	gone, more := without(a, b), without(b, a)
	switch {
	case slices.Equal(a, b):
	case len(b) == 0:
		c.refused(KindLimits, Compatible, p, say("any key may stand in the value"), none)
	case len(a) == 0:
		c.refused(KindLimits, Breaking, p, say("only these keys may stand in the value now: %", shortList(b)), say("check the value"))
	case len(gone) > 0:
		c.refused(KindLimits, Breaking, p, say("these keys may stand in the value no more: %", shortList(gone)), say("remove them"))
	}
	if len(a) > 0 && len(b) > 0 && len(more) > 0 {
		c.refused(KindLimits, Compatible, p, say("these keys may stand in the value too: %", shortList(more)), none)
	}
}

// defaults compares what holds where nothing sets the field of a pair. Of
// several spellings one has the default, and the newest tells of it.
func (c *comparison) defaults(p pair) {
	a, b := withDefault(c.was.fills[p.old.JSON]), withDefault(c.is.fills[p.new.JSON])
	was, is := defaultOf(a), defaultOf(b)
	if was == is || c.told[p.new.JSON] {
		return
	}
	c.told[p.new.JSON] = true
	p.new = newest(c.is.fills[p.new.JSON])
	if a.Type == b.Type && a.DefaultDoc == "" && b.DefaultDoc == "" && sameValue(a.Type, a.Default, b.Default) {
		c.readers(KindDefault, Compatible, p, say("the default is written as %, and was written as %", b.Default, a.Default), none)
		return
	}
	hint := say("set it to %, if it must stay as it is", a.Default)
	if a.Default == "" || a.Secret || b.Secret {
		hint = say("set it, if it must stay as it is")
	}
	text := say("the default is %, and was %", is, was)
	switch {
	case was == "":
		text = say("the default is %, and there was none", is)
	case is == "":
		text = say("there is no default, and it was %", was)
	}
	c.inputs(KindDefault, Notable, p, text, hint).when = whenUnset
}

// withDefault returns the option of a field that has its default, or the first.
func withDefault(spellings []*docgen.ListedOption) *docgen.ListedOption {
	if i := slices.IndexFunc(spellings, func(o *docgen.ListedOption) bool { return defaultOf(o) != "" }); i >= 0 {
		return spellings[i]
	}
	return spellings[0]
}

// newest returns the spelling of a field that others are deprecated for.
func newest(spellings []*docgen.ListedOption) *docgen.ListedOption {
	if i := slices.IndexFunc(spellings, func(o *docgen.ListedOption) bool { return len(o.UseInstead) == 0 }); i >= 0 {
		return spellings[i]
	}
	return spellings[0]
}

func defaultOf(o *docgen.ListedOption) string {
	if o.DefaultDoc != "" {
		return "(" + o.DefaultDoc + ")"
	}
	return o.Default
}

// sameValue reports whether two texts are one value of a type.
func sameValue(kind, a, b string) bool {
	switch kind {
	case "duration":
		x, err := time.ParseDuration(a)
		y, other := time.ParseDuration(b)
		return err == nil && other == nil && x == y
	case "bool":
		x, err := strconv.ParseBool(a)
		y, other := strconv.ParseBool(b)
		return err == nil && other == nil && x == y
	}
	return false
}
