// Package diff tells what differs between two configurations, option by option,
// with the origin of both values.
//
// A [Side] is either inputs, which [Inputs] takes from a snapshot of this
// program, or a document, which [Document] reads: the JSON that the API answers
// with. A document has values and sources, and no places and no secrets; and it
// may be of another version of the program, with other options and defaults.
//
//	a := diff.Inputs("a.yaml", settings, problems, key)
//	b, err := diff.Document(catalog, "b.json", text)
//	…
//	d := diff.Compare(catalog, a, b, diff.Filter{})
//	err = d.WriteText(os.Stdout, report.Style{})
//
// Nothing here shows a secret, its length or a digest of it.
package diff
