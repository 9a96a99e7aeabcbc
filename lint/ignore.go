package lint

import (
	"strings"

	"github.com/strataconf/strata/option"
)

// marker begins a comment that silences: marker, the rules with commas between
// them, and the reason.
const marker = "strata:ignore"

// An ignore is one comment that silences.
type ignore struct {
	comment
	target int32    // the line it is about
	names  []string // of rules, as written
	reason bool
	used   map[*Rule]bool
}

// readIgnores finds those among the comments.
func (d *document) readIgnores() {
	alone := map[int32]bool{}
	for _, c := range d.comments {
		alone[c.at.Line] = c.alone
	}
	for _, c := range d.comments {
		rest, ok := strings.CutPrefix(strings.TrimLeft(c.text, " \t"), marker)
		if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
			continue
		}
		i := &ignore{comment: c, target: c.at.Line, used: map[*Rule]bool{}}
		if c.alone {
			for i.target++; alone[i.target]; i.target++ { // further comments may stand between
			}
		}
		if words := strings.Fields(rest); len(words) > 0 {
			i.names = strings.Split(words[0], ",")
			i.reason = len(words) > 1
		}
		d.ignores = append(d.ignores, i)
		if d.about == nil {
			d.about = map[int32][]*ignore{}
		}
		d.about[i.target] = append(d.about[i.target], i)
	}
}

// silenced reports whether a comment silences a finding.
func (l *Look) silenced(f Finding) bool {
	d, at := l.files[f.Problem.Origin.InFile()], f.Problem.Origin.Span
	if d == nil || at.Line == 0 {
		return false
	}
	silent := d.silences(l.rules, f.Rule, at.Line)
	for _, k := range d.keys {
		if k.line != at.Line && k.from <= int(at.Offset) && int(at.Offset) < k.to {
			silent = d.silences(l.rules, f.Rule, k.line) || silent
		}
	}
	return silent
}

// silences reports whether a comment about a line silences a rule, and keeps
// that it was of use.
func (d *document) silences(rules []Rule, r *Rule, line int32) bool {
	silent := false
	for _, i := range d.about[line] {
		if !i.reason {
			continue
		}
		for _, name := range i.names {
			if Find(rules, name) == r {
				i.used[r], silent = true, true
			}
		}
	}
	return silent
}

// needless tells of the comments that silence nothing. Rules that did not run
// tell nothing of it.
func (l *Look) needless(runs func(*Rule) bool) []Finding {
	l.rule = Find(l.rules, needlessID)
	if !runs(l.rule) || l.rule.Severity > l.cfg.Least {
		return nil
	}
	from := len(l.found)
	for name, d := range l.files {
		for _, i := range d.ignores {
			if reason, hint := l.fault(i, runs); reason != "" {
				l.Report(d.origin(name, i.at), nil, reason, hint)
			}
		}
	}
	return l.found[from:]
}

// needlessID is the ID of the rule about comments that silence nothing.
const needlessID = "L014"

// fault says what is wrong with a comment that silences, or "".
func (l *Look) fault(i *ignore, runs func(*Rule) bool) (reason, hint string) {
	const form = "write # " + marker + " L012 and why"
	switch {
	case len(i.names) == 0:
		return "a comment that silences no rule", form
	case !i.reason:
		return "a comment without a reason silences nothing", form
	}
	for _, name := range i.names {
		r := Find(l.rules, name)
		if r == nil {
			if hint = "write IDs such as L012, with commas and no space between them"; near(l.rules, name) != "" {
				hint = "did you mean " + near(l.rules, name) + "?"
			}
			return "a comment that names no rule", hint
		}
		if runs(r) && !i.used[r] {
			return r.ID + " finds nothing here, so this silences nothing", "remove " + r.ID + " from the comment"
		}
	}
	return "", ""
}

// origin is a place in the file.
func (d *document) origin(name string, at option.Span) option.Origin {
	if d.env {
		return option.Origin{Source: option.SourceEnv, In: name, Span: at}
	}
	return option.Origin{Source: option.SourceYAML, Name: name, Span: at}
}
