// Package docgen writes what people read about the options of a program, as a
// pure function of its catalog: the same catalog gives the same bytes on every
// host, whatever its environment holds.
//
// [Help] is the page behind --help: every option under its group, with its
// names, its description and the facts that decide what may be written.
// [HelpAll] adds what is hidden and what is deprecated.
//
// [Markdown], [Man], [HTML], [Env], [Systemd] and [Helm] write documents of all
// options. Each has the same facts in the same order, so they can't disagree;
// the layouts are templates. [Catalog] and [Schema] are for programs and
// editors, [Completion] is for shells.
//
// A page holds no control character but the line feed and, where colour is
// wanted, the three codes for bold, dim and plain. What a table says is
// escaped on the way, so an embedder's texts can't move a cursor.
package docgen
