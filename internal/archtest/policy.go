package archtest

import (
	"fmt"
	"slices"
	"strings"
)

// Imports is who may import whom, beside the standard library. A package that
// is not listed is a fault: a new one starts with its line here. "ours" is
// every package of the module, "x/..." is x and all below it.
const Imports = `
option:             # the mechanism: standard library only
option/kind:        option github.com/mitchellh/mapstructure
option/optiontest:  option load yamlgen docgen report # for tests, so that it may look at every face
groups:             option
values:             option option/kind groups github.com/go-playground/validator/v10
yamlgen:            option internal/yamltree gopkg.in/yaml.v3
load:               option yamlgen internal/systemd github.com/spf13/pflag
docgen:             option internal/paper
report:             option internal/paper internal/yamltree
diff:               option report internal/paper
bundle:             option load
lint:               option yamledit yamlgen internal/paper
compat:             option docgen load yamlgen internal/paper
yamledit:           internal/yamltree yamlgen
migrate:            option load yamlgen yamledit internal/systemd
httpapi:            option stats golang.org/x/time/rate
stats:
store:              stats github.com/jackc/pgx/v5 github.com/jackc/pgx/v5/pgconn github.com/jackc/pgx/v5/stdlib github.com/pressly/goose/v3 github.com/pressly/goose/v3/database modernc.org/sqlite modernc.org/sqlite/lib
internal/yamltree:  option
internal/paper:     option
internal/systemd:
internal/files:
internal/leaktest:
internal/faulttest:
internal/golden:
internal/pgtest:
internal/mutate:
internal/testsum:
internal/spent:
internal/archtest:
cmd/...:            ours github.com/spf13/cobra golang.org/x/term
examples/...:       ours
`

// Fences is the imports that few may have, and these few: packages or files.
// After the world come the packages of ours with few users.
const Fences = `
os:                 cmd/... examples/... internal/faulttest internal/files internal/golden internal/mutate internal/pgtest internal/testsum
os/exec:            cmd/... internal/faulttest internal/mutate internal/pgtest
os/signal:          cmd/... examples/...
os/user:            internal/pgtest
syscall:            cmd/... internal/files internal/pgtest internal/spent
net/http:           httpapi cmd/... examples/...
net/http/pprof:     # puts argv on the default mux
expvar:             # likewise
reflect:            option/field.go option/kind/members.go option/kind/plan.go option/kind/struct.go option/kind/structwrite.go option/optiontest
unsafe:
plugin:
C:
values:             cmd/... examples/...
option/optiontest:  # tests only
internal/leaktest:  # tests only
internal/faulttest: # tests only
internal/spent:     # tests only
internal/golden:    # tests only
internal/pgtest:    # tests only
internal/archtest:  # tests only
internal/mutate:    # a command
internal/testsum:   # a command
`

// Clock is who may read the clock or wait for it.
var Clock = []string{"cmd/...", "internal/mutate", "internal/spent"}

// Fixed is the modules that one package each stands in front of.
var Fixed = []string{
	"github.com/go-playground/validator/v10",
	"github.com/jackc/pgx/v5",
	"github.com/mitchellh/mapstructure",
	"github.com/pressly/goose/v3",
	"github.com/spf13/pflag",
	"gopkg.in/yaml.v3",
	"modernc.org/sqlite",
}

// Nameless is the packages that work on any catalog, so that the name of the
// program is data to them.
var Nameless = []string{"option/...", "yamlgen", "load", "docgen", "internal/yamltree", "internal/paper", "internal/systemd", "report", "diff", "bundle", "lint", "compat", "yamledit", "migrate", "internal/leaktest", "internal/faulttest", "internal/files", "internal/golden", "internal/pgtest", "internal/spent", "stats", "store"}

// MaxLines is the length of a file that is not a test.
const MaxLines = 400

// A Policy is lines of a name, a colon and a list; a "#" starts a comment.
type Policy []Line

// A Line is one line of a [Policy].
type Line struct {
	Name string
	List []string
}

// Parse reads the text of a policy.
func Parse(text string) (Policy, error) {
	var p Policy
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		if line == "" {
			continue
		}
		name, list, ok := strings.Cut(line, ":")
		if _, twice := p.exact(name); !ok || twice {
			return nil, fmt.Errorf("policy: %q has no colon or comes twice", name)
		}
		p = append(p, Line{name, strings.Fields(list)})
	}
	return p, nil
}

// exact is the list of the line with that very name.
func (p Policy) exact(name string) ([]string, bool) {
	i := slices.IndexFunc(p, func(l Line) bool { return l.Name == name })
	if i < 0 {
		return nil, false
	}
	return p[i].List, true
}

// find is the list of the first line that matches a package.
func (p Policy) find(name string) ([]string, bool) {
	i := slices.IndexFunc(p, func(l Line) bool { return match(l.Name, name) })
	if i < 0 {
		return nil, false
	}
	return p[i].List, true
}

func match(pattern, name string) bool {
	stem, below := strings.CutSuffix(pattern, "/...")
	return name == stem || below && strings.HasPrefix(name, stem+"/")
}

// Faults holds the policy of imports against itself: no circle, a module in
// one line only, and nobody above the line who imports from below it.
func (p Policy) Faults() (faults []string) {
	seen := map[string]string{}
	for i, line := range p {
		for _, imported := range line.List {
			if strings.Contains(imported, ".") {
				if other := seen[imported]; other != "" {
					faults = append(faults, fmt.Sprintf("%s: %s and %s may both import it", imported, other, line.Name))
				}
				seen[imported] = line.Name
				continue
			}
			if imported == "ours" {
				continue
			}
			if _, listed := p.exact(imported); !listed {
				faults = append(faults, fmt.Sprintf("%s: may import %s, which is not listed", line.Name, imported))
			}
			if p.reaches(imported, p[i].Name, len(p)) {
				faults = append(faults, fmt.Sprintf("%s: imports itself through %s", line.Name, imported))
			}
		}
	}
	return faults
}

// reaches reports whether from may import to, in so many steps at most.
func (p Policy) reaches(from, to string, steps int) bool {
	list, _ := p.exact(from)
	return from == to || steps > 0 && slices.ContainsFunc(list, func(next string) bool { return p.reaches(next, to, steps-1) })
}
