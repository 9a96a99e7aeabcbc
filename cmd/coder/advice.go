package main

import (
	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/option"
)

// rulesPage is where the rules of lint are explained.
const rulesPage = homepage + "/blob/main/docs/lint.md"

// advice is what lint knows of its problems beside what a check does. It is
// nil for a check.
type advice struct {
	report   *lint.Report
	findings map[*option.Problem]*lint.Finding
}

func newAdvice(r *lint.Report) *advice {
	a := &advice{report: r, findings: make(map[*option.Problem]*lint.Finding, len(r.Findings))}
	for i := range r.Findings {
		a.findings[r.Findings[i].Problem] = &r.Findings[i]
	}
	return a
}

// rule is that of a problem, nil for a check.
func (a *advice) rule(p *option.Problem) *lint.Rule {
	if a == nil {
		return nil
	}
	return a.findings[p].Rule
}

func (a *advice) counts() *jsonAdvice {
	if a == nil {
		return nil
	}
	return &jsonAdvice{Notes: a.report.Notes(), Silenced: a.report.Silenced}
}

// fix returns the one range that mends a problem when it is taken away.
func (a *advice) fix(p *option.Problem) (label string, at option.Span, ok bool) {
	if a == nil || a.findings[p].Fix == nil {
		return "", option.Span{}, false
	}
	f := a.findings[p].Fix
	at, ok = a.report.Cut(f)
	return f.Label, at, ok
}

func (a *advice) json(p *option.Problem) *jsonRule {
	if a == nil {
		return nil
	}
	rule := a.rule(p)
	j := &jsonRule{Rule: rule.Name, Doc: rule.Doc(rulesPage)}
	if label, at, ok := a.fix(p); ok {
		where := p.Origin // what is cut is a default, which is no secret
		where.Span = at
		j.Fix = &jsonFix{label, newJSONPlace(where, true)}
	}
	return j
}

func (a *advice) sarif(p *option.Problem) []sarifFix {
	label, at, ok := a.fix(p)
	if !ok {
		return nil
	}
	return []sarifFix{{
		Text: sarifText{label},
		Changes: []sarifChange{{
			Artifact: sarifArtifact{fileURI(p.Origin.InFile())}, Replacements: []sarifReplacement{{sarifBytes{at.Offset, at.Length}}},
		}},
	}}
}
