package report

import (
	"strings"

	"github.com/strataconf/strata/option"
)

// GroupOf returns the group that a name means: its path in the file, such as
// "networking.tls", its title, "Networking / TLS", or the last part of either
// if it is the only one. If there is none, near is the path most likely meant,
// or "".
func GroupOf(c *option.Catalog, name string) (g *option.Group, near string) {
	var paths []string
	for _, is := range []func(g *option.Group, path string) bool{
		func(_ *option.Group, path string) bool { return path == name },
		func(g *option.Group, _ string) bool { return strings.EqualFold(g.Title(), name) },
		func(g *option.Group, path string) bool {
			return strings.EqualFold(last(path), name) || strings.EqualFold(g.Name, name)
		},
	} {
		paths = paths[:0]
		var found []*option.Group
		for g := range c.Groups() {
			path := strings.Join(g.Path(), ".")
			if name != "" && is(g, path) {
				found = append(found, g)
			}
			paths = append(paths, path)
		}
		if len(found) == 1 {
			return found[0], ""
		}
	}
	return nil, option.Nearest(name, paths)
}
