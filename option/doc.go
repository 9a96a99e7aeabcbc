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
// In the order in which a program needs them:
//
//   - a struct, and an [Option] for each of its fields; the kinds of value are
//     in package kind;
//   - [Build], once, with a [Config];
//   - package load, which makes the layers of a process and resolves them;
//   - [Snapshot.View], the struct to read;
//   - [Check], for what several values must be together;
//   - [Snapshot.Redact], before anything is printed or served;
//   - [Snapshot.Setting], to tell where a value came from;
//   - [Adapt], to take the options of another program;
//   - package optiontest, to test all of it in one line.
//
// The package imports only the standard library, knows the options of no
// program, and never shows a value in an error: a secret may stand anywhere.
package option
