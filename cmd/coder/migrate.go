package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// migrateFlags are what the flags of "coder config migrate" say.
type migrateFlags struct {
	as                           string
	check, diff, backup, convert bool
}

func (f *migrateFlags) own() []ownFlag {
	yes := func(to *bool) func(string) bool { return func(string) bool { *to = true; return true } }
	return []ownFlag{
		{
			name: "as", arg: "form", wants: "yaml, env, systemd, compose or helm", set: oneOf(&f.as, "yaml", "env", "systemd", "compose", "helm"),
			help: "What the files are: yaml for configuration files, env for files of variables, systemd for units and drop-ins, compose, or helm for " +
				"values and manifests of Kubernetes. Without this flag their content tells.",
		},
		{name: "check", set: yes(&f.check), help: "Write nothing, and end with exit code 1 if there is something to do."},
		{name: "diff", set: yes(&f.diff), help: "Write nothing, and print what would change as diff -u does. What may be secret is left out."},
		{name: "backup", set: yes(&f.backup), help: "Keep each old file beside the new one, with .bak at the end of its name, or .bak.1 and so on."},
		{name: "convert", set: yes(&f.convert), help: "Also write options anew whose successors do not mean quite the same, and tell what changes."},
	}
}

// migrationRules are those that do not follow from the rows.
func migrationRules() []migrate.Rule {
	return []migrate.Rule{{
		From: []string{"verbose"}, To: []string{"log-filter"}, Changes: true,
		Convert: func(_ []migrate.Value, peek option.Peek) ([]migrate.Value, *option.Fault) {
			return []migrate.Value{{Text: ".*", Set: peek.Bool("verbose")}}, nil
		},
	}}
}

// migrate is "coder config migrate".
func (p *program) migrate(_ context.Context, args []string) error {
	var flags migrateFlags
	if asked(args, "--help", "-h") {
		return p.page("coder config migrate", "FILE... [--as FORM] [--check] [--diff] [--backup] [--convert] [-- flags of coder server]",
			"Write files anew that use older names of options: configuration files, files of variables, units of systemd, files of compose, "+
				"and values and manifests of Kubernetes. Only the names change, and the place of a key that has another group now; every other byte stays. "+
				"The settings that a file gives are the same before and after, which is checked before anything is written. Flags behind -- are printed "+
				"with their new names. The exit code is 0, 1 if something could not be done or, with --check, is to be done, and 2 if this command was "+
				"called the wrong way.", flags.own(),
			"coder config migrate /etc/coder/coder.yaml --backup", "coder config migrate deploy/*.yaml .env --check", "coder config migrate -- --notifications-email-from a@b.example")
	}
	before := beforeDashes(args)
	names, _, err := takeOwn(before, p.first, flags.own())
	if err != nil {
		return err
	}
	var line []string
	if len(before) < len(args) {
		line = args[len(before)+1:]
	}
	if err := checkNames(names, len(line) > 0, p.first); err != nil {
		return err
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	m, err := migrate.New(reg, migrationRules())
	if err != nil {
		return err
	}
	if flags.convert {
		m = m.Converting()
	}
	run := migration{program: p, Migration: m, flags: flags, catalog: reg.Catalog}
	if err := run.files(names); err != nil {
		return err
	}
	if len(line) > 0 {
		run.commandLine(line, p.first+len(before)+1)
	}
	if err := p.print(func(w io.Writer) error {
		_, err := io.WriteString(w, run.out.String())
		return err
	}); err != nil {
		return err
	}
	if run.failed || flags.check && run.due {
		return errReported
	}
	return nil
}

// checkNames refuses what can't be the names of files.
func checkNames(names []string, line bool, first int) error {
	if len(names) == 0 && !line {
		return usageError("a file must be named, or flags behind --, such as: coder config migrate coder.yaml")
	}
	for i, name := range names {
		switch {
		case name == "-" || name == "" || name == "/dev/stdin":
			return usageError("it writes the files that it reads, so the standard input can't be one")
		case strings.HasPrefix(name, "-"):
			return usageError(fmt.Sprintf("argv[%d] is no flag of this command (flags of coder server stand behind --)", first+slices.Index(names, name)))
		case slices.Contains(names[:i], name):
			return usageError("a file is named twice")
		}
	}
	return nil
}

// A migration is one run of "coder config migrate".
type migration struct {
	*program
	*migrate.Migration
	flags   migrateFlags
	catalog *option.Catalog
	out     strings.Builder
	failed  bool // something could not be done
	due     bool // something is to be done
}

// files plans all files, and then writes them, unless one is refused.
func (r *migration) files(names []string) error {
	var in []migrate.File
	for _, name := range names {
		text, err := files.Reader{}.ReadFile(name)
		if err != nil {
			r.fail(name, whyNotRead(err))
			continue
		}
		in = append(in, migrate.File{Name: name, Text: string(text), As: migrate.Format(r.flags.as)})
	}
	plans := r.Plan(in...)
	for _, plan := range plans {
		writeProblems(r.Stderr, append(slices.Clone(plan.Refused), plan.Notes...))
		r.failed = r.failed || len(plan.Refused) > 0
		r.due = r.due || !plan.Idle()
	}
	for _, plan := range plans {
		if err := r.tell(plan); err != nil {
			return err
		}
	}
	if r.failed || r.flags.check || r.flags.diff {
		if r.failed && r.due {
			fmt.Fprintln(r.Stderr, "nothing was written")
		}
		return nil
	}
	for _, plan := range plans {
		if !plan.Idle() {
			r.write(plan)
		}
	}
	return nil
}

// fail tells of a file that something went wrong with.
func (r *migration) fail(name, why string) {
	r.failed = true
	fmt.Fprintf(r.Stderr, "%s: %s\n", option.Escape(name), why)
}

func whyNotRead(err error) string {
	var refused *files.Refusal
	switch {
	case errors.As(err, &refused):
		return refused.Reason()
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read the file"
	}
	return "the file can't be read"
}

// tell prints what is to be done to a file.
func (r *migration) tell(plan *migrate.Plan) error {
	name := option.Escape(plan.File.Name)
	switch {
	case len(plan.Refused) > 0:
		return nil
	case plan.Idle():
		if !r.flags.diff {
			fmt.Fprintf(&r.out, "%s: nothing to do\n", name)
		}
		return nil
	}
	if r.flags.diff {
		before, after := mask(r.catalog, plan.File.Text, r.Found(plan)), mask(r.catalog, plan.Text, r.FoundAfter(plan))
		if err := writeUnified(&r.out, plan.File.Name, plan.File.Text, plan.Text, before, after); err != nil {
			return err
		}
	} else {
		for _, s := range plan.Steps {
			fmt.Fprintln(&r.out, s)
		}
	}
	return r.changes(plan)
}

// changes tells what a conversion changes.
func (r *migration) changes(plan *migrate.Plan) error {
	for _, c := range plan.Changes {
		of := plan.File.Name
		if c.Of != "" {
			of += " (" + c.Of + ")"
		}
		fmt.Fprintf(&r.out, "\n%s\n", option.Escape(of))
		if err := report.Compare(c.Before, c.After, nil, nil).WriteText(&r.out, r.style()); err != nil {
			return err
		}
	}
	return nil
}

// write writes a file.
func (r *migration) write(plan *migrate.Plan) {
	done, err := files.Writer{Backup: r.flags.backup}.Replace(plan.File.Name, []byte(plan.File.Text), []byte(plan.Text))
	if err != nil {
		r.failed = true
		fmt.Fprintln(r.Stderr, option.Escape(err.Error()))
		return
	}
	fmt.Fprintf(&r.out, "%s: wrote %s", option.Escape(plan.File.Name), count(len(plan.Steps), "change"))
	if done.Backup != "" {
		fmt.Fprintf(&r.out, ", the old file is %s", option.Escape(done.Backup))
	}
	fmt.Fprintln(&r.out)
	if done.OtherNames > 0 {
		fmt.Fprintf(r.Stderr, "%s: %s of the old file (hard links), which still show what was in it\n", option.Escape(plan.File.Name), count(done.OtherNames, "other name"))
	}
}

// commandLine prints flags with their new names. What may be secret is left
// out, for the reader has it before him.
func (r *migration) commandLine(args []string, first int) {
	line := r.Arguments(args, first)
	writeProblems(r.Stderr, append(slices.Clone(line.Refused), line.Notes...))
	if len(line.Refused) > 0 {
		r.failed = true
		return
	}
	if line.Idle() {
		fmt.Fprintln(&r.out, "flags: nothing to do")
		return
	}
	r.due = true
	var words []string
	left := false
	for i, arg := range line.Args {
		if line.Secret[i] {
			name, _, joined := strings.Cut(arg, "=")
			arg, left = hidden, true
			if joined && r.catalog.ByFlag(strings.TrimPrefix(name, "--")) != nil && strings.HasPrefix(name, "--") {
				arg = name + "=" + hidden
			}
			words = append(words, arg)
			continue
		}
		words = append(words, shellWord(arg))
	}
	fmt.Fprintln(&r.out, strings.Join(words, " "))
	if left {
		fmt.Fprintln(r.Stderr, "note: "+hidden+" stands for what may be secret: put it there as it was")
	}
	_ = r.changes(line.Plan)
}

// shellWord quotes an argument for a shell, where that is needed.
func shellWord(arg string) string {
	if arg != "" && !strings.ContainsFunc(arg, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("_./:@+,=-", r)
	}) {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}
