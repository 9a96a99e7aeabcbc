package main

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// The parts of SARIF 2.1.0 that a report needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool      `json:"tool"`
		ColumnKind string         `json:"columnKind"`
		Results    []sarifResult  `json:"results"`
		Properties map[string]int `json:"properties"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string         `json:"id"`
		Name    string         `json:"name,omitempty"`
		Short   sarifText      `json:"shortDescription"`
		Full    *sarifText     `json:"fullDescription,omitempty"`
		HelpURI string         `json:"helpUri,omitempty"`
		Default *sarifDefaults `json:"defaultConfiguration,omitempty"`
	}
	sarifDefaults struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifFix struct {
		Text    sarifText     `json:"description"`
		Changes []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted sarifBytes `json:"deletedRegion"`
	}
	sarifBytes struct {
		Offset int32 `json:"byteOffset"`
		Length int32 `json:"byteLength"`
	}
	sarifLocation struct {
		ID       *int           `json:"id,omitempty"`
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line   int32 `json:"startLine"`
		Column int32 `json:"startColumn"`
		*sarifBytes
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
)

var sarifLevels = [...]string{option.Error: "error", option.Warning: "warning", option.Note: "note"}

// sarif prints the report in the format of code scanners.
func (r checkReport) sarif(w io.Writer) error {
	run := sarifRun{
		ColumnKind: "unicodeCodePoints", Results: []sarifResult{}, Properties: map[string]int{"more": r.more},
		Tool: sarifTool{sarifDriver{Name: r.tool, Version: r.build.Version, URI: homepage, Rules: []sarifRule{}}},
	}
	rules := &run.Tool.Driver.Rules
	for _, p := range r.shown {
		at := slices.IndexFunc(*rules, func(rule sarifRule) bool { return rule.ID == p.Code })
		if at < 0 {
			at = len(*rules)
			*rules = append(*rules, r.sarifRule(p))
		}
		measured := report.Measured(p.Option)
		text := *p
		if p.Origin.InFile() != "" {
			text.Origin = option.Origin{} // the location says it
		}
		res := sarifResult{
			RuleID: p.Code, RuleIndex: at, Level: sarifLevels[p.Severity],
			Message: sarifText{text.Error()}, Locations: []sarifLocation{},
		}
		if loc, ok := newSARIFLocation(p.Origin, measured); ok {
			res.Locations = append(res.Locations, loc)
		}
		for _, o := range related(p) {
			if loc, ok := newSARIFLocation(o, measured); ok {
				id := len(res.Related)
				loc.ID = &id
				res.Related = append(res.Related, loc)
			}
		}
		res.Fixes = r.advice.sarif(p)
		run.Results = append(run.Results, res)
	}
	return writeJSON(w, sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	})
}

func (r checkReport) sarifRule(p *option.Problem) sarifRule {
	if rule := r.advice.rule(p); rule != nil {
		return sarifRule{
			ID: rule.ID, Name: rule.Name, Short: sarifText{rule.Title + "."}, Full: &sarifText{rule.Help}, HelpURI: rule.Doc(rulesPage),
			Default: &sarifDefaults{sarifLevels[rule.Severity]},
		}
	}
	return sarifRule{ID: p.Code, Short: sarifText{strings.ReplaceAll(p.Code, "-", " ")}}
}

// newSARIFLocation says where an origin is: in a file, or else by a name such
// as "argv[3]". The bytes are left out where nobody may know how many they are.
func newSARIFLocation(o option.Origin, measured bool) (sarifLocation, bool) {
	switch {
	case o.InFile() != "":
		at := &sarifPhysical{Artifact: sarifArtifact{fileURI(o.InFile())}}
		if s := o.Span; s.Line > 0 {
			at.Region = &sarifRegion{Line: s.Line, Column: s.Column}
			if measured {
				at.Region.sarifBytes = &sarifBytes{s.Offset, s.Length}
			}
		}
		return sarifLocation{Physical: at}, true
	case o.Source == option.SourceNone:
		return sarifLocation{}, false
	}
	return sarifLocation{Logical: []sarifLogical{{o.String()}}}, true
}

// fileURI writes the name of a file as a reference: relative names stay so.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
		if !strings.HasPrefix(u.Path, "/") {
			u.Path = "/" + u.Path // a drive letter
		}
	}
	return u.String()
}
