package lint

import (
	"strings"

	"github.com/strataconf/strata/option"
)

// fileRules look at what is written, whether or not it counts.
func fileRules() []Rule {
	return []Rule{
		{
			ID: "L012", Name: "equals-default", Severity: option.Note, Check: equalsDefault, Title: "A value that is the default anyway",
			Help: "The line says what would hold without it. It hides the lines that matter, and keeps the old value when a later " +
				"version has a better default. Remove it, or silence this where the value shall stay whatever the default is.",
		},
		{
			ID: "L013", Name: "shadowed", Severity: option.Note, Check: shadowed, Title: "A value that a higher source overrides",
			Help: "A flag beats a variable, and both beat the file, so this value never counts with these inputs. Whoever changes it " +
				"will wonder why nothing happens. Remove it, unless the file is shared by programs of which others use it.",
		},
		{
			ID: needlessID, Name: "needless-ignore", Severity: option.Warning, Title: "A comment that silences nothing",
			Help: "What the comment silenced has been mended, or the comment has no reason, or names no rule. It would hide the next " +
				"mistake on its line. Remove it, or write it as # strata:ignore, the ID of a rule, and why.",
		},
		{
			ID: "L015", Name: "unused-anchor", Severity: option.Warning, Check: unusedAnchors, Title: "An anchor that no alias uses",
			Help: "An anchor gives a value a name for use elsewhere in the file, and nothing uses this one. Often the alias was " +
				"deleted, or has another name. Remove the anchor.",
		},
		{
			ID: "L016", Name: "unused-key", Severity: option.Note, Check: unusedKeys, Title: "A free key that nothing uses",
			Help: "Top-level keys that begin with x- belong to the author of the file, for values that aliases repeat. No alias " +
				"leads into this one, so the program sees nothing of it. Remove it, or make a comment of it.",
		},
		{
			ID: "L017", Name: "duplicate-item", Severity: option.Warning, Check: duplicateItems, Title: "An item that a list has twice",
			Help: "The second one changes nothing, or it is a slip of the pen and another value was meant. Correct it or remove it.",
		},
		{
			ID: "L018", Name: "odd-size", Severity: option.Warning, Check: oddSizes, Title: "A number or a time of an unusual size",
			Help: "The value is a thousand times its default or more, or next to nothing, as happens when a unit is mistaken: 30ns " +
				"for 30s, hours for minutes, or milliseconds where seconds are counted. Check the unit in the help of the option.",
		},
		{
			ID: "L019", Name: "stray-blanks", Severity: option.Warning, Check: strayBlanks, Title: "White space around a value",
			Help: "The value, or an item of it, begins or ends with white space, and that is kept. A name with a space at its end " +
				"is another name. Remove the space, or silence this where it is meant.",
		},
	}
}

func equalsDefault(l *Look) {
	for o, s := range l.Given() {
		// An input that overrides another one is needed whatever it says; an
		// older spelling, or one in place of others, is to be renamed first.
		if o != s.Option || o.Deprecated() || len(s.Shadowed) > 0 || l.safe.Withheld(o) || s.Inputs[0].For != nil {
			continue
		}
		def, ok := o.DefaultText()
		if !ok || def != l.safe.Text(o) {
			continue
		}
		f := l.Report(s.Origin(), o, "the value is the default anyway", "remove it")
		if s.Source == option.SourceYAML && s.Origin().Anchor == nil {
			f.Fix = &Fix{Label: "remove it", File: s.Origin().Name, path: strings.Split(o.Path(), ".")}
		}
	}
}

func shadowed(l *Look) {
	for _, s := range l.Given() {
		won := s.Origin()
		for _, in := range s.Shadowed {
			if in.Origin.Source == won.Source && in.Option != s.Inputs[0].Option {
				continue // two spellings: another rule tells of them
			}
			l.Report(in.Origin, in.Option, "never counts, since "+won.String()+" wins", "remove it unless something else reads it", won)
		}
	}
}

func unusedAnchors(l *Look) {
	for name, d := range l.files {
		for _, a := range d.anchors {
			if !a.used {
				l.Report(d.origin(name, a.at), nil, "no alias uses this anchor", "remove it")
			}
		}
	}
}

func unusedKeys(l *Look) {
	for name, d := range l.files {
		anchors := d.anchors // in order, and so are the keys
		for _, k := range d.free {
			used := false
			for len(anchors) > 0 && int(anchors[0].at.Offset) < k.to {
				used = used || anchors[0].used && int(anchors[0].at.Offset) >= k.from
				anchors = anchors[1:]
			}
			if !used {
				l.Report(d.origin(name, k.key), nil, "no alias leads into this key, so nothing reads it", "remove it, or make a comment of it")
			}
		}
	}
}

func duplicateItems(l *Look) {
	for o, s := range l.Given() {
		if !s.Option.Value.Traits().List {
			continue
		}
		seen := map[string]Item{}
		for _, item := range l.Items(s.Option) {
			if first, twice := seen[item.Text]; twice {
				f := l.Report(item.Origin, o, "item "+ordinal(item.Index)+" is item "+ordinal(first.Index)+" again", "keep one of the two")
				if first.Origin != item.Origin {
					f.Problem.Related = []option.Origin{first.Origin}
				}
				continue
			}
			seen[item.Text] = item
		}
	}
}

func strayBlanks(l *Look) {
	for o, s := range l.Given() {
		if t := s.Option.Value.Traits(); t.Struct || t.Choices != nil || t.Secret {
			continue
		}
		for _, item := range l.Items(s.Option) {
			if strings.Trim(item.Text, " \t") == item.Text {
				continue
			}
			reason := "begins or ends with white space, which is kept"
			if s.Option.Value.Traits().List {
				reason = "item " + ordinal(item.Index) + " " + reason
			}
			l.Report(item.Origin, o, reason, "remove it unless it is meant")
		}
	}
}
