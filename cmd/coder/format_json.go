package main

import (
	"io"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

type jsonReport struct {
	OK       bool `json:"ok"`
	Errors   int  `json:"errors"`
	Warnings int  `json:"warnings"`
	More     int  `json:"more"` // problems that are not listed
	*jsonAdvice
	Problems []jsonProblem `json:"problems"`
}

type jsonProblem struct {
	Severity string      `json:"severity"`
	Code     string      `json:"code"`
	Message  string      `json:"message"`
	Name     string      `json:"name"`
	Reason   string      `json:"reason"`
	Hint     string      `json:"hint"`
	Option   string      `json:"option"` // its flag, without dashes
	Origin   jsonOrigin  `json:"origin"`
	Related  []jsonPlace `json:"related"`
	*jsonRule
}

// jsonAdvice is what lint counts beside problems, jsonRule what it says of
// one.
type (
	jsonAdvice struct {
		Notes    int `json:"notes"`
		Silenced int `json:"silenced"` // by comments
	}
	jsonRule struct {
		Rule string   `json:"rule"`
		Doc  string   `json:"doc"`
		Fix  *jsonFix `json:"fix"` // null if there is none
	}
	// jsonFix is a range of a file that can be taken away.
	jsonFix struct {
		Label string    `json:"label"`
		Cut   jsonPlace `json:"cut"`
	}
)

type jsonOrigin struct {
	Source string `json:"source"`
	jsonPlace
}

type jsonPlace struct {
	Place    string `json:"place"`
	File     string `json:"file,omitempty"`
	Line     int32  `json:"line,omitempty"`
	Column   int32  `json:"column,omitempty"`
	Offset   *int32 `json:"offset,omitempty"`
	Length   *int32 `json:"length,omitempty"`
	Argument int32  `json:"argument,omitempty"` // index in argv
}

// newJSONPlace is a place of a problem, which has a length only if it may be
// told.
func newJSONPlace(o option.Origin, measured bool) jsonPlace {
	p := jsonPlace{Place: o.Place(), File: o.InFile(), Argument: o.Arg}
	if at := o.Span; at.Line > 0 {
		p.Line, p.Column, p.Offset = at.Line, at.Column, &at.Offset
		if measured {
			p.Length = &at.Length
		}
	}
	return p
}

// json prints the report for programs.
func (r checkReport) json(w io.Writer) error {
	out := jsonReport{OK: !r.bad, Errors: r.errors, Warnings: r.warnings, More: r.more, Problems: []jsonProblem{}}
	out.jsonAdvice = r.advice.counts()
	for _, p := range r.shown {
		measured := report.Measured(p.Option)
		j := jsonProblem{
			Severity: p.Severity.String(), Code: p.Code, Message: message(p), Name: option.Escape(p.Name),
			Reason: option.Escape(p.Reason), Hint: option.Escape(p.Hint),
			Origin: jsonOrigin{p.Origin.Source.String(), newJSONPlace(p.Origin, measured)}, Related: []jsonPlace{},
		}
		if p.Option != nil {
			j.Option = p.Option.Flag
		}
		j.jsonRule = r.advice.json(p)
		for _, o := range related(p) {
			j.Related = append(j.Related, newJSONPlace(o, measured))
		}
		out.Problems = append(out.Problems, j)
	}
	return writeJSON(w, out)
}
