// Package migrate brings the files of users up to date with a catalog: it
// writes older spellings and retired names as their successors are written,
// and leaves every other byte as it is.
//
// A [Migration] knows what is to be written anew: the catalog tells which
// options only have another name now, and an embedder adds [Rule] values for
// the rest: a split, a merge, a change of type. [Migration.Plan] reads
// configuration files, files of variables, units of systemd, files of compose
// and lists of Kubernetes, and answers with the new text of each:
//
//	m, err := migrate.New(registry)
//	for _, plan := range m.Plan(migrate.File{Name: "app.env", Text: text}) {
//		fmt.Println(plan.Steps, plan.Refused)
//	}
//
// Nothing is written here. A plan was checked: the settings that the old and
// the new text resolve to are the same for every option that is not
// deprecated. What can't be done so is refused with its place.
package migrate
