package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/strataconf/strata/option"
)

var githubLevels = [...]string{option.Error: "error", option.Warning: "warning", option.Note: "notice"}

// Commands of a workflow stand on one line each: what ends a line or a
// property is written as its percent code.
var (
	githubText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// github prints the report as commands for the log of a GitHub workflow, which
// shows them beside the lines of the file.
func (r checkReport) github(w io.Writer) error {
	for _, p := range r.shown {
		var at []string
		text := *p
		if o := p.Origin; o.InFile() != "" {
			at = append(at, "file="+githubProperty.Replace(option.Escape(o.InFile())))
			if o.Span.Line > 0 {
				at = append(at, fmt.Sprintf("line=%d", o.Span.Line), fmt.Sprintf("col=%d", o.Span.Column))
			}
			text.Origin = option.Origin{} // the properties say it
		}
		at = append(at, "title="+githubProperty.Replace(r.titleOf(p)))
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n", githubLevels[p.Severity], strings.Join(at, ","), githubText.Replace(text.Error())); err != nil {
			return err
		}
	}
	if r.more > 0 {
		_, err := fmt.Fprintf(w, "::notice title=more::and %s more\n", count(r.more, r.what))
		return err
	}
	return nil
}

// titleOf is the code of a problem, with the name of its rule.
func (r checkReport) titleOf(p *option.Problem) string {
	if rule := r.advice.rule(p); rule != nil {
		return p.Code + " " + rule.Name
	}
	return p.Code
}
