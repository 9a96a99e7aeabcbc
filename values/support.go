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
