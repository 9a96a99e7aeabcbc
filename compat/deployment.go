package compat

import (
	"strings"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// DeploymentOf tells what a deployment uses, by name, for the registry may not
// know all names any more. The process is what a start would read; its
// configuration file is read twice, which p.Files must take well. A nil newer
// catalog is that of the registry, which then judges values too. The problems,
// if there are any, are those for which nothing can be told, such as a file
// that is missing; there is no deployment then.
func DeploymentOf[T any](r *option.Registry[T], p load.Process, older, newer *docgen.Listing) (*Deployment, option.Problems) {
	d := &Deployment{Judged: newer == nil, Set: map[string]bool{}}
	if newer == nil {
		newer = docgen.List(r.Catalog)
	}
	snap, problems := load.Inspect(r, p)
	var wrong option.Problems
	for _, problem := range problems.Errors() {
		switch {
		case unreadable(problem):
			wrong = append(wrong, problem)
		case problem.Code == "invalid-value":
			d.Refused = append(d.Refused, problem)
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	for s := range snap.Settings() {
		d.Set[s.Option.Flag] = d.Judged && s.Source > option.SourceDefault
	}
	for _, l := range snap.Layers() {
		if l.Source != option.SourceYAML || p.Files == nil {
			continue
		}
		text, err := p.Files.ReadFile(l.Name)
		if err != nil { // a default name, which need not exist
			continue
		}
		keys, problem := yamlgen.Keys(l.Name, string(text), p.Limits)
		if problem != nil {
			return nil, option.Problems{problem}
		}
		for _, k := range keys {
			d.Uses = append(d.Uses, Use{Name: k.Path, Origin: option.Origin{Source: option.SourceYAML, Name: l.Name, Span: k.Span}})
		}
	}
	environ, places := variablesOf(p)
	d.Uses = append(d.Uses, VariableUses(older, newer, environ, func(i int, _ string) option.Origin { return places[i] })...)
	d.Uses = append(d.Uses, ArgUses(older, newer, p.Args, func(i int, name string) option.Origin {
		at := option.Origin{Source: option.SourceFlag, Arg: int32(p.FirstArg + i), Name: name, In: p.In}
		if p.Index != nil {
			at.Arg = int32(p.Index[i])
		}
		return at
	})...)
	return d, nil
}

// unreadable reports whether a problem keeps a whole file from being read.
func unreadable(p *option.Problem) bool {
	switch p.Code {
	case "config-file", "invalid-yaml", "env-file":
		return true
	}
	return p.Code == "not-a-mapping" && p.Name == ""
}

// variablesOf returns the variables of a process that count, with their
// places: of several of one name the last of the files, else the first.
func variablesOf(p load.Process) (environ []string, places []option.Origin) {
	seen := map[string]bool{}
	add := func(entry string, at option.Origin) {
		if at.Name != "" && !seen[at.Name] {
			seen[at.Name] = true
			environ, places = append(environ, entry), append(places, at)
		}
	}
	for i := len(p.Variables) - 1; i >= 0; i-- {
		v := &p.Variables[i]
		add(v.Name+"="+v.Value.Text(), v.Origin())
	}
	for _, entry := range p.Environ {
		name, _, _ := strings.Cut(entry, "=")
		add(entry, option.Origin{Source: option.SourceEnv, Name: name, In: p.In})
	}
	return environ, places
}
