package values

import (
	"slices"

	"github.com/strataconf/strata/option"
)

var experiments = []string{
	"example", "auto-fill-parameters", "notifications", "workspace-usage", "web-push", "oauth2",
	"mcp-server-http", "workspace-sharing", "terraform-directory-reuse",
}

// Experiments returns the names of all experiments that this version knows.
func Experiments() []string { return slices.Clone(experiments) }

// SafeExperiments returns those that an asterisk stands for: the ones that harm
// nobody who did not ask for them by name. None is safe yet.
func SafeExperiments() []string { return []string{} }

// EnabledExperiments returns the known experiments among the names, each once,
// with an asterisk replaced by those that are safe.
func EnabledExperiments(names []string) []string {
	on := []string{}
	add := func(name string) {
		if slices.Contains(experiments, name) && !slices.Contains(on, name) {
			on = append(on, name)
		}
	}
	for _, name := range names {
		if name == "*" {
			for _, safe := range SafeExperiments() {
				add(safe)
			}
			continue
		}
		add(name)
	}
	return on
}

// didYouMean is a hint with the known name that is nearest, if one is near. It
// never shows the name that was given.
func didYouMean(name string, known []string) string {
	if best := option.Nearest(name, known); best != "" {
		return "did you mean " + best + "?"
	}
	return ""
}
