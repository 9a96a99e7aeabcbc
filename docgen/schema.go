package docgen

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// A Draft is a version of JSON Schema.
type Draft uint8

// The drafts. Editors know draft 7 best.
const (
	Draft7 Draft = iota
	Draft2020
)

// Schema writes a JSON Schema of the configuration file. What it accepts, the
// program accepts too, but for checks of several options at once and for what
// [SchemaGaps] lists; it is narrower than the program in spellings that people
// seldom want, such as a number in quotes. The error is that of w.
//
// Beside what the drafts define it has errorMessage, patternErrorMessage and
// deprecationMessage, which editors show.
func Schema(w io.Writer, c *option.Catalog, draft Draft) error {
	s := schema{c, draft}
	uri := "http://json-schema.org/draft-07/schema#"
	if draft == Draft2020 {
		uri = "https://json-schema.org/draft/2020-12/schema"
	}
	root := object{
		{"$schema", uri},
		{"title", "Configuration of " + clean(c.Program())},
		{"description", "A configuration file of " + clean(c.Program()) + ". Keys at the top that begin with x- are free."},
	}
	root = append(root, s.section(c.Section())...)
	// Without a key at all, or with nothing behind the keys, a file sets
	// nothing.
	root = append(root, pair{"patternProperties", object{{"^x-.", true}}})
	var b bytes.Buffer
	if err := json.Indent(&b, root.append(nil), "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := b.WriteTo(w)
	return err
}

type schema struct {
	catalog *option.Catalog
	draft   Draft
}

func (s schema) section(sec *option.Section) object {
	properties := object{}
	for _, key := range sec.Keys() {
		sub, o := sec.Child(key)
		if o != nil {
			properties = append(properties, pair{key, s.option(o)})
			continue
		}
		group := object{}
		if g := sub.Group(); g != nil {
			group = append(group, pair{"title", clean(g.Title())})
			if g.Help != "" {
				group = append(group, pair{"description", clean(g.Help)})
			}
		}
		properties = append(properties, pair{key, append(group, s.section(sub)...)})
	}
	return object{
		{"type", []string{"object", "null"}},
		{"properties", properties},
		{"additionalProperties", false},
	}
}

func (s schema) option(o *option.Option) object {
	e := newEntry(s.catalog, o)
	lines := slices.Clone(e.Help)
	var facts []string
	for _, f := range e.Facts {
		if f.Label != "Name" && f.Label != "YAML" {
			facts = append(facts, f.Label+": "+f.Text)
		}
	}
	out := object{
		{"title", e.Name},
		{"description", strings.Join(append(lines, strings.Join(facts, "\n")), "\n\n")},
	}
	if o.Deprecated() {
		if s.draft == Draft2020 {
			out = append(out, pair{"deprecated", true})
		}
		var paths []string
		for _, flag := range o.UseInstead {
			paths = append(paths, s.catalog.ByFlag(flag).SpelledIn(option.SourceYAML))
		}
		out = append(out, pair{"deprecationMessage", "deprecated, use " + strings.Join(paths, " or ")})
	}
	t := o.Value.Traits()
	if e.Value != "" {
		out = append(out, pair{"default", typed(o, e.Value)})
	}
	if o.Example != "" && !t.Secret {
		out = append(out, pair{"examples", []any{typed(o, o.Example)}})
	}
	switch {
	case t.Struct && t.Form != nil:
		return append(out, formSchema(t.Form, true)...)
	case t.Struct:
		return append(out, pair{"type", []string{"array", "object", "null"}})
	case t.List:
		return append(out, listSchema(t)...)
	case len(t.Choices) > 0:
		return append(out, choiceSchema(t.Choices, true)...)
	}
	switch o.Type() {
	case "bool":
		return append(out, pair{"type", []string{"boolean", "null"}}, expected("true or false"))
	case "int":
		least, most := bounds(t)
		return append(out, pair{"type", []string{"integer", "null"}}, expected("a whole number"), pair{"minimum", least}, pair{"maximum", most})
	case "duration":
		return append(out, durationSchema(t, true)...)
	}
	what := "text"
	if len(t.Limits) > 0 {
		what = t.Limits[0].Text
	}
	out = append(out, pair{"type", []string{"string", "null"}}, expected(what))
	return append(out, textLimits(t.Limits, t.EmptyText)...)
}

// expected is what an editor says of a value of the wrong type.
func expected(what string) pair { return pair{"errorMessage", "expected: " + what} }

// oneLine are the limits of an item of a list, which stands on one line.
func oneLine(t *option.Traits) []option.Limit {
	return append([]option.Limit{{Text: "text on one line", Pattern: `^[^\r\n\x00]*$`}}, t.Limits...)
}

// textLimits says each pattern with its own message, in words.
func textLimits(limits []option.Limit, empty bool) object {
	var all []any
	for _, l := range limits {
		if l.Pattern == "" {
			continue
		}
		p := l.Pattern
		if empty {
			p = "^$|" + p
		}
		all = append(all, object{{"pattern", p}, {"patternErrorMessage", "expected: " + l.Text}})
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0].(object)
	}
	return object{{"allOf", all}}
}

func bounds(t *option.Traits) (least, most int64) {
	least, most = math.MinInt64, math.MaxInt64
	for _, l := range t.Limits {
		if l.Least != nil {
			least = max(least, *l.Least)
		}
		if l.Most != nil {
			most = min(most, *l.Most)
		}
	}
	return least, most
}

// durationSchema knows each unit once and the largest first, with so few
// digits that no sum is too long.
func durationSchema(t *option.Traits, null bool) object {
	least, _ := bounds(t)
	types := []string{"string", "integer"}
	sign, words := `[+-]?`, "a duration such as 1h30m"
	if least >= 0 {
		sign, words = `\+?`, words+", not negative"
	}
	var terms strings.Builder
	for _, u := range []struct {
		digits int
		name   string
	}{{3, "w"}, {4, "d"}, {6, "h"}, {6, "m"}, {9, "s"}, {12, "ms"}, {15, "(?:us|µs|μs)"}, {18, "ns"}} {
		fmt.Fprintf(&terms, `(?:(?:[0-9]{1,%d}(?:\.[0-9]+)?|\.[0-9]+)%s)?`, u.digits, u.name)
	}
	patterns := []string{"^" + sign + "(?:0|" + terms.String() + ")$", "[0-9]"}
	if least > 0 {
		types, words = types[:1], "a duration such as 1h30m, more than zero"
		patterns[1] = `(?:^\+?|[a-zµμ])0*[1-9]`
	}
	var all []any
	for _, p := range patterns {
		all = append(all, object{{"pattern", p}, {"patternErrorMessage", "expected: " + words}})
	}
	if null {
		types = append(types, "null")
	}
	out := object{{"type", types}, expected(words), {"allOf", all}}
	if least <= 0 { // the only number without a unit
		zero := object{{"const", 0}, expected(words)}
		out = append(out, pair{"if", object{{"type", "integer"}}}, pair{"then", zero})
	}
	return out
}

// typed is a text in the grammar of an option as JSON has it.
func typed(o *option.Option, text string) any {
	t := o.Value.Traits()
	switch {
	case t.Struct && json.Valid([]byte(text)):
		return json.RawMessage(text)
	case t.List:
		items, err := csv.NewReader(strings.NewReader(text)).Read()
		if err != nil {
			return text
		}
		return items
	case t.NoValue && (text == "true" || text == "false"), o.Type() == "int" && json.Valid([]byte(text)):
		return json.RawMessage(text)
	}
	return text
}

func anyOf(words []string) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}
