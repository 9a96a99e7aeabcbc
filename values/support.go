package values

import (
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Support is the help that people find on the page.
type Support struct {
	Links []LinkConfig `json:"links"`
}

// A LinkConfig is one entry of the menu for support.
type LinkConfig struct {
	Name   string `json:"name" yaml:"name" required:"true"`
	Target string `json:"target" yaml:"target" required:"true" url:"public"`
	// Icon is a name such as bug, chat, docs or star, or the place of a picture.
	Icon string `json:"icon" yaml:"icon" url:"public"`
	// Location is navbar or dropdown; any other text is kept for newer pages.
	Location string `json:"location,omitempty" yaml:"location,omitempty"`
}

func supportTable(v *DeploymentValues) option.Table {
	return option.Table{Rows: []option.Option{
		{
			Name: "Support Links", Flag: "support-links", YAML: "supportLinks",
			Value:  kind.Struct(&v.Support.Links, linkRule()),
			Effect: option.EffectPage,
			Help: "Links that the page offers to people who look for help, each with a name, a target, an icon and, if it " +
				"should not stand in the menu, a location.",
		},
	}}
}

// linkRule wants links that the page can show and that run no script.
func linkRule() kind.Rule[[]LinkConfig] {
	return kind.Rule[[]LinkConfig]{
		Text: "each has a name and a target, which is http, https or mailto",
		Check: func(all []LinkConfig) *option.Fault {
			var wrong faults
			for i, l := range all {
				if l.Name == "" {
					wrong.member(i, "name", "empty, but the page shows it", "")
				}
				if l.Target == "" {
					wrong.member(i, "target", "empty, but the link leads there", "")
				} else if !isWebURL(l.Target) && !isMailto(l.Target) {
					wrong.member(i, "target", "not an http, https or mailto URL", "")
				}
			}
			return wrong.first
		},
	}
}

func isMailto(text string) bool {
	u, err := kind.ParseURL(text)
	return err == nil && u.IsSet() && u.Parsed().Scheme == "mailto" && u.Parsed().Opaque != ""
}
