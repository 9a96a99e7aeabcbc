// Package option is the mechanism of a layered configuration: what an option
// is, how tables of options become one checked catalog, and how layers of raw
// input resolve to an immutable snapshot that knows where each value came from.
//
// An [Option] is a row of plain data with a pointer that says which field of a
// typed struct it fills. Rows stand in a [Table] per group. [Build] checks all
// tables once and makes a [Registry]. Sources (argv, environment, files) turn
// the outside world into a [Layer] of raw inputs that know their place. Resolve
// is one pure function: layers in, [Snapshot] out, or every [Problem] at once.
//
// The package imports only the standard library, knows the options of no
// program, and never shows a value in an error: a secret may stand anywhere.
package option
