package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// An Explanation is all there is to know of one option in one configuration.
// It holds nothing that must not be shown.
type Explanation struct {
	Option *option.Option
	Value  Value
	// Won made the value: one input, or several where a list was given
	// several times on argv. None if the value is a default or unset.
	Won []Given
	// Lost are the inputs that did not make it, the strongest first.
	Lost []Loss
	// Default is the default of the option in the grammar that people type,
	// whichever of its spellings has it; "" if there is none.
	Default string
	// Effect says where the option acts. A program that knows better may
	// say so.
	Effect string
	// Replaces are the older spellings of the option, as flags.
	Replaces []string
	// StandsFor are the options that this one was found to stand for in the
	// configuration, as flags.
	StandsFor []string
	// Problems are those that concern the option.
	Problems option.Problems
	// Ways are the ways to set it, each worth copying.
	Ways []Way
}

// A Value is the value of an option, as far as it may be shown.
type Value struct {
	// Source is that of the value; SourceNone if the option is not set.
	Source option.Source
	// Text is the value in the grammar that people type, less what is
	// withheld.
	Text string
	// Secret values have no Text.
	Secret bool
	// Withheld says that something was taken out of Text.
	Withheld bool
	// JSON is the value as the API shows it; null for a secret.
	JSON []byte
}

// A Given is one input.
type Given struct {
	Origin option.Origin
	// Spelled is the option as it was spelled, which may be an older one.
	Spelled *option.Option
	// Stands says that the input was given to Spelled, which stands for the
	// option here.
	Stands bool
}

// Name is the option as its source spells it.
func (g *Given) Name() string { return g.Origin.Spelling(g.Spelled) }

// A Why is the kind of reason for which an input lost.
type Why string

// The reasons.
const (
	WhySource  Why = "lower-source"   // a higher source set the option
	WhyOlder   Why = "older-spelling" // the newer spelling was used in the same source
	WhyAgain   Why = "given-again"    // a later flag says something else
	WhyEmptied Why = "emptied"        // a later flag emptied the list
	WhyRefused Why = "refused"        // its value is not valid
)

// A Loss is an input that did not make the value.
type Loss struct {
	Given
	Why Why
	// Reason says it in words, in lower case, without a period.
	Reason string
}

// Explain tells what became of one option, and what there is to know of it.
func Explain(r *option.Redacted, problems option.Problems, o *option.Option) *Explanation {
	e := verdict(r, problems, o)
	e.Effect = effects[o.Effect]
	for _, s := range o.Siblings() {
		if s.Deprecated() && !o.Deprecated() {
			e.Replaces = append(e.Replaces, s.Flag)
		}
	}
	for other := range r.Catalog().All() {
		if other != o && slices.Contains(other.UseInstead, o.Flag) && !slices.Contains(e.Replaces, other.Flag) {
			e.Replaces = append(e.Replaces, other.Flag)
		}
	}
	if o.StandsFor != nil {
		e.StandsFor = stoodFor(r, o)
	}
	s := r.Setting(o)
	for _, p := range problems {
		if concerns(p, o, s) {
			e.Problems = append(e.Problems, p)
		}
	}
	e.Ways = ways(r, o)
	return e
}

// verdict is the part of an explanation that tells what became of the inputs.
func verdict(r *option.Redacted, problems option.Problems, o *option.Option) *Explanation {
	e := &Explanation{Option: o, Value: valueOf(r, o), Default: o.Default}
	for _, s := range o.Siblings() {
		e.Default = cmp.Or(e.Default, s.Default)
	}
	e.judge(r.Setting(o), problems)
	return e
}

var effects = map[option.Effect]string{
	option.EffectServer:   "acts in this program",
	option.EffectPage:     "acts on the settings page and at sign-in",
	option.EffectEmbedder: "kept for embedders: read and checked here, and acts only in programs that build on this one",
}

func valueOf(r *option.Redacted, o *option.Option) Value {
	v := Value{Source: r.Source(o), Secret: o.Secret(), Withheld: r.Withheld(o), JSON: r.AppendValue(nil, o, option.ShapeCompact)}
	if !v.Secret {
		v.Text = r.Text(o)
	}
	return v
}

// stoodFor are the options that got a value from an older spelling.
func stoodFor(r *option.Redacted, o *option.Option) []string {
	var out []string
	for other := range r.Catalog().All() {
		if other == o || other.Deprecated() {
			continue
		}
		s := r.Setting(other)
		if slices.ContainsFunc(slices.Concat(s.Inputs, s.Shadowed), func(in *option.Input) bool { return in.Option == o && in.For != nil }) {
			out = append(out, other.Flag)
		}
	}
	return out
}

// judge tells winners from losers. Where the winner of the rules was refused,
// the value is that of the next input that was not.
func (e *Explanation) judge(s option.Setting, problems option.Problems) {
	refused := make(map[*option.Input]*option.Problem)
	strongest := slices.Clone(s.Inputs)
	slices.Reverse(strongest)
	strongest = append(strongest, s.Shadowed...)
	for _, in := range strongest {
		if p := refusal(in, problems); p != nil {
			refused[in] = p
		}
	}
	var won []*option.Input // the strongest first
	for i, in := range strongest {
		switch {
		case refused[in] != nil:
		// Behind a winner that was refused, the list of an older spelling
		// may have been given several times.
		case len(won) == 0, i < len(s.Inputs), !slices.Contains(s.Inputs, won[0]) && joins(won[0], in):
			won = append(won, in)
		}
	}
	for _, in := range strongest {
		switch {
		case refused[in] != nil:
			e.Lost = append(e.Lost, Loss{given(in), WhyRefused, whyRefused(in, refused[in])})
		case slices.Contains(won, in):
			e.Won = append([]Given{given(in)}, e.Won...)
		default:
			why, reason := lost(in, won[len(won)-1])
			e.Lost = append(e.Lost, Loss{given(in), why, reason})
		}
	}
	if len(strongest) == 0 {
		return
	}
	// The source of the setting is that of the refused input.
	e.Value.Source = option.SourceNone
	if len(won) > 0 {
		e.Value.Source = won[0].Origin.Source
	} else if e.Default != "" {
		e.Value.Source = option.SourceDefault
	}
}

// joins reports whether two inputs are occurrences of one list on argv.
func joins(a, b *option.Input) bool {
	return isLister(a) && a.Origin.Source == option.SourceFlag && b.Origin.Source == option.SourceFlag && a.Option == b.Option && a.For == b.For
}

func given(in *option.Input) Given { return Given{in.Origin, in.Option, in.For != nil} }

// refusal returns the problem with the value of an input, or nil.
func refusal(in *option.Input, problems option.Problems) *option.Problem {
	for _, p := range problems {
		if p.Code != "invalid-value" || p.Option != in.Option || p.Origin.Source != in.Origin.Source {
			continue
		}
		// A file and the environment hold one input of an option each, and
		// the place of a problem may be that of one item inside.
		if p.Origin.Source != option.SourceFlag || p.Origin.Arg == in.Origin.Arg && p.Origin.In == in.Origin.In {
			return p
		}
	}
	return nil
}

// whyRefused is the reason of a refusal. If it is about a part of the value,
// such as one item of a list, or about another variable, it begins with that.
func whyRefused(in *option.Input, p *option.Problem) string {
	if p.Name == "" || p.Name == in.Origin.Spelling(in.Option) {
		return p.Reason
	}
	return p.Name + ": " + p.Reason
}

// lost says why an input that was not refused lost against another.
func lost(in, winner *option.Input) (Why, string) {
	a, b := in.Origin.Source, winner.Origin.Source
	spelling := winner.Origin.Spelling(winner.Option)
	switch {
	case a < b:
		return WhySource, kinds[b] + " beats " + kinds[a]
	case in.Option != winner.Option && in.Option.Deprecated() && !winner.Option.Deprecated():
		return WhyOlder, spelling + " is the newer spelling"
	case a == option.SourceFlag && isLister(in) && in.Option == winner.Option:
		return WhyEmptied, "emptied by " + winner.Origin.Place()
	}
	return WhyAgain, "given again as " + winner.Origin.String()
}

var kinds = map[option.Source]string{option.SourceFlag: "a flag", option.SourceEnv: "a variable", option.SourceYAML: "the file"}

func isLister(in *option.Input) bool {
	_, list := in.Target().Value.(option.Lister)
	return list
}

// concerns reports whether a problem is of use to who asks for an option: it
// is about it, about one of its spellings, or names it as what was meant.
func concerns(p *option.Problem, o *option.Option, s option.Setting) bool {
	if p.Option == o || p.Option != nil && slices.Contains(o.Siblings(), p.Option) || hides(p, o) {
		return true
	}
	for _, in := range slices.Concat(s.Inputs, s.Shadowed) {
		if p.Option == in.Option && p.Origin == in.Origin || slices.Contains(p.Related, in.Origin) {
			return true
		}
	}
	for _, name := range []string{"--" + o.Flag, string(o.Env), o.Path()} {
		if name != "" && (p.Hint == "did you mean "+name+"?" || p.Cross && names(p.Reason, name)) {
			return true
		}
	}
	return false
}

// hides reports whether a problem may be why an input of the option was not
// seen: the file, its group in there or the file of variables was not read.
func hides(p *option.Problem, o *option.Option) bool {
	switch p.Code {
	case "config-file", "invalid-yaml":
		return o.Path() != ""
	case "not-a-mapping", "duplicate-key":
		return o.Path() != "" && (p.Name == "" && p.Code == "not-a-mapping" || p.Name == o.Path() || strings.HasPrefix(o.Path(), p.Name+"."))
	case "env-file":
		return o.Env != "" && (p.Name == string(o.Env) || strings.HasPrefix(p.Name, "--"))
	}
	return false
}

// names reports whether the reason of a check over several options names one.
func names(reason, name string) bool {
	_, rest, _ := strings.Cut(reason, "; see ")
	return strings.HasPrefix(rest, name+" (") || strings.Contains(rest, ", "+name+" (")
}
