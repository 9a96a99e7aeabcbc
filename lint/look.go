package lint

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/strataconf/strata/option"
)

// A Look is what the check of a rule works with.
type Look struct {
	cfg   Config
	safe  *option.Redacted
	rules []Rule
	rule  *Rule // that looks
	files map[string]*document
	found []Finding
}

// Format prints a fixed word for every verb: the settings hold secrets.
func (Look) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld look)") }

// Settings returns the settings with their inputs. They hold secrets.
func (l *Look) Settings() Settings { return l.cfg.Settings }

// Safe returns the settings without their secrets.
func (l *Look) Safe() *option.Redacted { return l.safe }

// Given yields what somebody set, once for each field: the option that was
// spelled, and the setting. Values that are refused are left out.
func (l *Look) Given() iter.Seq2[*option.Option, option.Setting] {
	return func(yield func(*option.Option, option.Setting) bool) {
		for o := range l.safe.Catalog().All() {
			s := l.cfg.Settings.Setting(o)
			n := len(s.Inputs)
			if n == 0 || s.Refused || s.Inputs[n-1].Target() != o {
				continue
			}
			if !yield(s.Inputs[n-1].Option, s) {
				return
			}
		}
	}
}

// Items returns the text of a value that somebody set, or of the items of a
// list or the values of a flat structure, each with its place; nothing if some
// of it is withheld.
func (l *Look) Items(o *option.Option) []Item {
	s := l.cfg.Settings.Setting(o)
	at := s.Origin()
	if l.safe.Withheld(o) {
		return nil
	}
	if !o.Value.Traits().List {
		return []Item{{Text: l.safe.Text(o), Origin: at}}
	}
	tree := l.safe.Tree(o)
	out := make([]Item, 0, len(tree.Items))
	var places []option.Tree
	if n := len(s.Inputs); n == 1 && s.Inputs[0].Raw.Tree() != nil {
		places = s.Inputs[0].Raw.Tree().Items
	}
	for i := range tree.Items {
		item := Item{Text: tree.Items[i].Scalar.Text(), Origin: at, Index: i}
		if len(places) == len(tree.Items) && places[i].Span != (option.Span{}) && at.Source == option.SourceYAML && at.Anchor == nil {
			item.Origin.Span = places[i].Span
		}
		out = append(out, item)
	}
	return out
}

// An Item is a value, or one item of a list.
type Item struct {
	Text   string
	Origin option.Origin
	Index  int // in the list
}

// Report adds a finding of the rule that looks. The name is that of the option
// as the origin spells it; the option may be nil.
func (l *Look) Report(at option.Origin, o *option.Option, reason, hint string, related ...option.Origin) *Finding {
	p := &option.Problem{Severity: l.rule.Severity, Origin: at, Reason: reason, Hint: hint, Option: o, Related: related}
	if o != nil {
		p.Name = at.Spelling(o)
	}
	return l.add(l.rule, p)
}

func (l *Look) add(r *Rule, p *option.Problem) *Finding {
	p.Code = r.ID
	l.found = append(l.found, Finding{Rule: r, Problem: p})
	return &l.found[len(l.found)-1]
}

// tell takes over a problem by its code.
func (l *Look) tell(p *option.Problem) {
	r := byCode(l.rules, p.Code)
	if r == nil {
		r = byCode(l.rules, anyCode)
	}
	own := *p
	if own.Cross && own.Severity == option.Warning {
		own.Hint = l.heeded(&own)
	}
	own.Cross = false // findings of all kinds stand in the order of their places
	l.add(r, &own)
}

// risks tells of the values that rows call risky. Nobody chose a default.
func (l *Look) risks() {
	for o, s := range l.Given() {
		risks := risksOf(s.Option)
		if len(risks) == 0 {
			continue
		}
		for _, item := range l.Items(s.Option) {
			for i := range risks {
				risk := &risks[i]
				if !risk.Has(item.Text) || risk.OpenFile && (l.cfg.Open == nil || !l.cfg.Open(item.Text)) {
					continue
				}
				if r := byCode(l.rules, risk.Code); r != nil {
					p := &option.Problem{Severity: r.Severity, Origin: item.Origin, Name: item.Origin.Spelling(o), Reason: risk.Why, Hint: risk.Hint, Option: o}
					p.Hint = l.heeded(p)
					l.add(r, p)
				}
			}
		}
	}
}

// acts reports whether the program obeys an option.
func (l *Look) acts(o *option.Option) bool {
	if l.cfg.Acts != nil {
		return l.cfg.Acts(o)
	}
	return o.Effect == option.EffectServer
}

// heeded is the hint of a risk. Where it is about an option, or advises one,
// that the program does not obey, it says so: the file may be read by a program
// that does.
func (l *Look) heeded(p *option.Problem) string {
	about := []*option.Option{p.Option}
	for word := range strings.FieldsSeq(p.Hint) {
		if flag, ok := strings.CutPrefix(strings.TrimRight(word, ",;"), "--"); ok {
			about = append(about, l.safe.Catalog().ByFlag(flag))
		}
	}
	for _, o := range about {
		if o != nil && !l.acts(o) {
			return strings.TrimPrefix(p.Hint+"; this program does not obey --"+o.Flag, "; ")
		}
	}
	return p.Hint
}

// risksOf returns the risks of the field of an option, which one of the rows
// that fill it declares.
func risksOf(o *option.Option) []option.Risk {
	if len(o.Risks) > 0 {
		return o.Risks
	}
	for _, s := range o.Siblings() {
		if len(s.Risks) > 0 {
			return s.Risks
		}
	}
	return nil
}

// Codes returns the codes that the risks of a catalog have and no rule stands
// for, so that a test can hold that there are none.
func Codes(c *option.Catalog, rules []Rule) []string {
	var out []string
	for o := range c.All() {
		for _, risk := range o.Risks {
			if byCode(rules, risk.Code) == nil {
				out = append(out, risk.Code)
			}
		}
	}
	return out
}
