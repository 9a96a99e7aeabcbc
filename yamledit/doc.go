// Package yamledit edits a YAML file as a careful human does: it changes the
// bytes that an edit is about and no others. Comments, quotes, indentation,
// anchors, line breaks, flow style and the end of the file stay as they are,
// for nothing is ever encoded again.
//
// [Parse] reads a file; [Document.Find] and [Document.All] find its nodes with
// their places. [Document.Edit] collects edits, and [Edits.Apply] makes all of
// them or none:
//
//	doc, err := yamledit.Parse(text, yamlgen.Limits{})
//	edits := doc.Edit()
//	edits.Set([]string{"server", "port"}, "8080")
//	edited, faults := edits.Apply()
//
// Apply reads the new text again and compares: if the two documents differ in
// anything but the edits, it refuses them. So an edit of a value that an alias
// repeats elsewhere is refused rather than guessed at.
//
// The package knows no catalog. The order in which new keys stand among their
// siblings is an argument, and a value is YAML text on one line.
package yamledit
