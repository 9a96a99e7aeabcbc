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
// [Report.Touching] leaves only what concerns one deployment, given the names
// that it uses and their places; [ArgUses], [VariableUses] and the keys of a
// file find these without a catalog in which the names must still exist.
//
// Catalogs may come from anywhere. What they say is escaped where it is shown,
// and they are bounded where they are read.
package compat
