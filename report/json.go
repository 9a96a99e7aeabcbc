package report

import (
	"bytes"
	"encoding/json"

	"github.com/strataconf/strata/option"
)

// A Place is the place of an input in JSON. What does not apply is left out,
// but for an offset, which may be 0.
type Place struct {
	Source string `json:"source"`
	// Name is the flag as typed, the variable or the path in the file.
	Name   string `json:"name"`
	File   string `json:"file,omitempty"`
	Line   int32  `json:"line,omitempty"`
	Column int32  `json:"column,omitempty"`
	Offset *int32 `json:"offset,omitempty"`
	Length *int32 `json:"length,omitempty"`
	// Arg is the index in argv.
	Arg int32 `json:"arg,omitempty"`
	// ValueFile is the file that held the value, where a flag or a variable
	// only names it.
	ValueFile string `json:"value_file,omitempty"`
	// Of names what argv or the environment was that of, if not of this
	// process: "process 4711".
	Of string `json:"of,omitempty"`
}

// Measured reports whether a place may tell how long what stands there is: that
// of a known option that is no secret and has none inside, as a URL or a
// structured value may. How long a secret is says something of it, and what
// belongs to no option may be one.
func Measured(o *option.Option) bool {
	return o != nil && !o.Secret() && !o.Value.Traits().Struct && o.Type() != "url"
}

// PlaceOf returns the place of an input for JSON. The option is the one that
// was spelled, or nil. It has a length where [Measured] lets it.
func PlaceOf(o option.Origin, spelled *option.Option) Place {
	p := Place{Source: o.Source.String(), Name: o.Spelling(spelled), Arg: o.Arg, ValueFile: o.File}
	if o.Source == option.SourceYAML {
		p.File = o.Name
	}
	if at := o.Span; at.Line > 0 {
		p.Line, p.Column, p.Offset = at.Line, at.Column, &at.Offset
		if Measured(spelled) {
			p.Length = &at.Length
		}
		if o.In != "" {
			p.File = o.In
		}
	} else {
		p.Of = o.In
	}
	return p
}

type jsonInput struct {
	Place  Place  `json:"place"`
	Anchor *Place `json:"anchor,omitempty"`
	Option string `json:"option"` // the flag of the row that was spelled
	Stands bool   `json:"stands_for,omitempty"`
	Why    Why    `json:"why,omitempty"`
	Reason string `json:"reason,omitempty"`
}

func newJSONInput(g *Given) jsonInput {
	in := jsonInput{Place: PlaceOf(g.Origin, g.Spelled), Option: g.Spelled.Flag, Stands: g.Stands}
	if g.Origin.Anchor != nil {
		at := g.Origin
		at.Span = *at.Anchor
		anchor := PlaceOf(at, g.Spelled)
		in.Anchor = &anchor
	}
	return in
}

// A Shown is a [Value] in JSON.
type Shown struct {
	Value json.RawMessage `json:"value"`
	Text  string          `json:"text"`
	// Source is the name of that of the value, also where there is none.
	Source   string `json:"source"`
	Set      bool   `json:"set"`
	Secret   bool   `json:"secret"`
	Withheld bool   `json:"withheld"`
}

// Shown returns the value for JSON.
func (v *Value) Shown() Shown {
	return Shown{v.JSON, v.Text, v.Source.String(), v.Source != option.SourceNone, v.Secret, v.Withheld}
}

type jsonProblem struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Reason   string `json:"reason"`
	Hint     string `json:"hint,omitempty"`
	Option   string `json:"option,omitempty"`
	Place    Place  `json:"place"`
}

func newJSONProblems(ps option.Problems) []jsonProblem {
	out := make([]jsonProblem, len(ps))
	for i, p := range ps {
		out[i] = jsonProblem{
			Severity: p.Severity.String(), Code: p.Code, Message: p.Error(), Reason: option.Escape(p.Reason),
			Hint: option.Escape(p.Hint), Place: PlaceOf(p.Origin, p.Option),
		}
		out[i].Place.Name = option.Escape(p.Name)
		if p.Option != nil {
			out[i].Option = p.Option.Flag
		}
	}
	return out
}

// MarshalJSON returns the explanation for programs.
func (e *Explanation) MarshalJSON() ([]byte, error) {
	o, t := e.Option, e.Option.Value.Traits()
	won, lost := []jsonInput{}, []jsonInput{}
	for i := range e.Won {
		won = append(won, newJSONInput(&e.Won[i]))
	}
	for i := range e.Lost {
		in := newJSONInput(&e.Lost[i].Given)
		in.Why, in.Reason = e.Lost[i].Why, e.Lost[i].Reason
		lost = append(lost, in)
	}
	set := map[string]string{}
	for _, way := range e.Ways {
		set[way.Source.String()] = way.Text
	}
	return marshal(struct {
		Name       string            `json:"name"`
		Flag       string            `json:"flag"`
		Short      string            `json:"flag_shorthand,omitempty"`
		Env        string            `json:"env,omitempty"`
		YAML       string            `json:"yaml,omitempty"`
		JSON       string            `json:"json"`
		Group      string            `json:"group,omitempty"`
		Help       string            `json:"description"`
		Current    Shown             `json:"current"`
		Won        []jsonInput       `json:"won"`
		Lost       []jsonInput       `json:"lost"`
		Default    string            `json:"default"`
		DefaultDoc string            `json:"default_doc,omitempty"`
		Computed   bool              `json:"default_computed"`
		Type       string            `json:"type"`
		Choices    []string          `json:"choices,omitempty"`
		Rules      []string          `json:"rules,omitempty"`
		Keys       []string          `json:"keys,omitempty"`
		Effect     string            `json:"effect"`
		EffectText string            `json:"effect_text"`
		Restart    bool              `json:"needs_restart"`
		Hidden     bool              `json:"hidden"`
		UseInstead []string          `json:"use_instead,omitempty"`
		Retires    string            `json:"retires,omitempty"`
		Since      string            `json:"since,omitempty"`
		Replaces   []string          `json:"replaces,omitempty"`
		StandsFor  []string          `json:"stands_for,omitempty"`
		Problems   []jsonProblem     `json:"problems"`
		Set        map[string]string `json:"how_to_set"`
	}{
		Name: o.Name, Flag: o.Flag, Short: o.Short, Env: string(o.Env), YAML: o.Path(), JSON: o.JSONPath(), Group: o.Group.Title(),
		Help: o.Help, Current: e.Value.Shown(), Won: won, Lost: lost, Default: e.Default, DefaultDoc: o.DefaultDoc,
		Computed: o.Computed != nil, Type: o.Type(), Choices: t.Choices, Rules: t.Rules, Keys: t.Keys, Effect: o.Effect.String(),
		EffectText: e.Effect, Restart: o.Reload != option.ReloadLive, Hidden: o.Hidden, UseInstead: o.UseInstead, Retires: o.Retires,
		Since: o.Since, Replaces: e.Replaces, StandsFor: e.StandsFor, Problems: newJSONProblems(e.Problems), Set: set,
	})
}

// marshal writes HTML as it is.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
