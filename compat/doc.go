// Package compat compares two catalogs of one program, an older and a newer
// one, and tells what the difference means for people who use the program.
//
// [Read] reads a catalog that docgen.Catalog wrote, and docgen.List makes one
// of the running program. [Compare] classifies every difference as breaking,
// notable or compatible, each with a reason and what to do:
//
//	old, err := compat.Read(saved)
//	…
//	report := compat.Compare(old, docgen.List(catalog))
//	err = report.WriteMarkdown(os.Stdout) // release notes
//
// [DeploymentOf] reads the flags, the variables and the file of one deployment
// as a start would, and [Report.Touching] leaves only what concerns it:
//
//	d, problems := compat.DeploymentOf(registry, process, old, nil)
//	mine := report.Touching(d)
//
// The names that a deployment uses need not exist in either program; who has
// them from elsewhere finds them with [ArgUses], [VariableUses] and the keys of
// a file.
//
// Catalogs may come from anywhere. What they say is escaped where it is shown,
// and they are bounded where they are read.
package compat
