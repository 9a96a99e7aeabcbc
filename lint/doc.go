// Package lint advises on a configuration that a program would start with: what
// is needless, what is never read, what is hardly meant, and what is not safe.
//
//	snapshot, problems := load.Inspect(registry, process, risks...)
//	report, err := lint.Run(lint.Config{Settings: snapshot, Problems: problems, Files: files})
//
// A rule is a row of [Rules]: its name, its severity, the prose that explains
// it and what finds it. There are three ways to find something:
//
//   - a problem that the load or a check of the program told, by its code;
//   - a risk that a row of the catalog declares, see [option.Risk], or a check
//     of several options that warns, by its code too;
//   - a function that looks at the settings and the text of the files.
//
// So the package works on any catalog and knows no option: what is dangerous
// about one stands on its row, and an embedder adds rows to [Config.Rules].
//
// A comment silences a rule on its line, or on the line below if it stands
// alone:
//
//	address: 0.0.0.0:6060 # strata:ignore L027 only the monitoring network reaches it
//
// Findings hold names and places, never values.
package lint
