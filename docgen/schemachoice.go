package docgen

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// choiceSchema takes the words of a choice, and those in capitals too. Editors
// offer what stands in the enum alone, and name it where nothing fits.
func choiceSchema(words []string, null bool) object {
	offered := anyOf(words)
	if null {
		offered = append(offered, nil)
	}
	return object{{"anyOf", []any{
		object{{"enum", offered}},
		object{{"type", "string"}, {"pattern", "^" + inAnyCase(words) + "$"}, {"patternErrorMessage", "expected: one of " + strings.Join(words, ", ")}},
	}}}
}

// inAnyCase is a pattern of words, in letters of any case as long as they are
// of ASCII.
func inAnyCase(words []string) string {
	var b strings.Builder
	for i, word := range words {
		if i == 0 {
			b.WriteString("(?:")
		} else {
			b.WriteByte('|')
		}
		for _, r := range word {
			switch lower := r | 0x20; {
			case lower >= 'a' && lower <= 'z':
				b.WriteString("[" + string(lower&^0x20) + string(lower) + "]")
			default:
				b.WriteString(regexp.QuoteMeta(string(r)))
			}
		}
	}
	b.WriteByte(')')
	return b.String()
}

// listSchema takes a list and, where its items are simple enough, a text that
// has them between commas. Items in quotes may hold commas themselves; they
// are left to the program.
func listSchema(t *option.Traits) object {
	item := append(object{{"type", "string"}}, textLimits(oneLine(t), false)...)
	record := []option.Limit{{Text: "items with commas between them and no quotes", Pattern: `^[^"\r\n\x00]*$`}}
	switch {
	case len(t.Choices) > 0:
		one := inAnyCase(t.Choices)
		item = choiceSchema(t.Choices, false)
		record = []option.Limit{{Text: "any of " + strings.Join(t.Choices, ", "), Pattern: "^(?:" + one + "(?:," + one + ")*)?$"}}
		if strings.ContainsAny(strings.Join(t.Choices, ""), "\",\r\n") {
			record = nil
		}
	case slices.ContainsFunc(t.Limits, func(l option.Limit) bool { return l.Pattern != "" && !isRun(l.Pattern) }):
		record = nil
	default:
		record = append(record, t.Limits...)
	}
	if record == nil {
		return object{{"type", []string{"array", "null"}}, expected("a list"), {"items", item}}
	}
	return append(object{{"type", []string{"array", "string", "null"}}, expected("a list"), {"items", item}}, textLimits(record, false)...)
}

// isRun reports whether a pattern is any number of letters of one class. Cut
// anywhere, a text that has it falls into texts that have it.
func isRun(pattern string) bool {
	re, err := syntax.Parse(pattern, syntax.Perl)
	return err == nil && re.Op == syntax.OpConcat && len(re.Sub) == 3 &&
		re.Sub[0].Op == syntax.OpBeginText && re.Sub[2].Op == syntax.OpEndText &&
		re.Sub[1].Op == syntax.OpStar && re.Sub[1].Sub[0].Op == syntax.OpCharClass
}
