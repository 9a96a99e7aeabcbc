package diff

import (
	"bytes"
	"encoding/json"

	"github.com/strataconf/strata/report"
)

// Format is the version of the JSON of a [Difference]. It grows when members
// change their meaning or go, not when there are more of them.
const Format = 1

type jsonSide struct {
	Name     string        `json:"name"`
	Kind     string        `json:"kind"`
	Version  string        `json:"version,omitempty"`
	Problems []jsonProblem `json:"problems"`
}

type jsonProblem struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

type jsonValue struct {
	report.Shown
	Default string        `json:"default"`
	Place   *report.Place `json:"place"`
}

type jsonPair struct {
	Option       string     `json:"option"`
	Known        bool       `json:"known"`
	Verdict      Verdict    `json:"verdict"`
	Differs      bool       `json:"differs"`
	OtherDefault bool       `json:"default_differs"`
	Hint         string     `json:"hint,omitempty"`
	A            *jsonValue `json:"a"`
	B            *jsonValue `json:"b"`
}

// MarshalJSON returns the difference for programs.
func (d *Difference) MarshalJSON() ([]byte, error) {
	pairs := make([]jsonPair, len(d.Options))
	for i := range d.Options {
		p := &d.Options[i]
		pairs[i] = jsonPair{
			Option: p.Flag, Known: p.Option != nil, Verdict: p.Verdict, Differs: p.counts(), OtherDefault: p.OtherDefault(),
			Hint: p.Hint, A: newJSONValue(p.a), B: newJSONValue(p.b),
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Format  int        `json:"format"`
		A       jsonSide   `json:"a"`
		B       jsonSide   `json:"b"`
		Differs bool       `json:"differs"`
		Options []jsonPair `json:"options"`
	}{Format, newJSONSide(d.A), newJSONSide(d.B), d.Differs(), pairs})
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func newJSONSide(s *Side) jsonSide {
	out := jsonSide{Name: s.Name, Kind: "inputs", Version: s.Version, Problems: []jsonProblem{}}
	if s.Document {
		out.Kind = "document"
	}
	for _, p := range s.Problems {
		out.Problems = append(out.Problems, jsonProblem{p.Severity.String(), p.Code, p.Error()})
	}
	return out
}

func newJSONValue(e *entry) *jsonValue {
	if e == nil {
		return nil
	}
	out := &jsonValue{e.Shown(), e.def, e.Place()}
	out.Withheld = e.Withheld || e.unfit
	return out
}
