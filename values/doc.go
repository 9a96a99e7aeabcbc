// Package values declares the options of the server: the typed struct that a
// program reads, [DeploymentValues], and beside each part of it the rows by
// which people set it.
//
// Each file has one part: its struct, then the table of its rows. A row points
// at the field it fills, so adding an option is a field and a row. What one
// value must be stands on its row; what several must be together is a check,
// see [Checks] and [FileChecks].
//
// [Build] makes the registry of the server itself. A program of somebody else
// embeds [DeploymentValues], takes the rows from [Tables], with [option.Adapt]
// less what it does not want, and the checks from [ChecksOf].
package values
