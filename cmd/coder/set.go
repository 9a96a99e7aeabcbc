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
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// setFlags are what the flags of "coder config set" and "unset" say.
type setFlags struct {
	diff, backup bool
	from         string
}

func (f *setFlags) own() []ownFlag {
	yes := func(to *bool) func(string) bool { return func(string) bool { *to = true; return true } }
	return []ownFlag{
		{name: "diff", set: yes(&f.diff), help: "Write nothing, and print what would change as diff -u does. What may be secret is left out."},
		{name: "backup", set: yes(&f.backup), help: "Keep the old file beside the new one, with .bak at the end of its name, or .bak.1 and so on."},
	}
}

func (f *setFlags) ownOfSet() []ownFlag {
	return append(f.own(), ownFlag{
		name: "value-file", arg: "file", wants: "the name of a file", set: func(v string) bool { f.from = v; return v != "" },
		help: "Take the value from this file, less one line break at its end.",
	})
}

// set is "coder config set".
func (p *program) set(_ context.Context, args []string) error {
	var flags setFlags
	own := flags.ownOfSet()
	if asked(args, "--help", "-h") {
		return p.page("coder config set", "NAME VALUE [-c FILE] [--diff] [--backup] [flags of coder server]",
			"Set one option in the configuration file and leave every other byte of it as it is. The name may be a path in the file, a flag or a "+
				"variable; the value is written as behind the flag, a structured one as YAML or JSON. The value - is read from standard input, which is "+
				"the place for a secret. What begins with a hyphen stands behind --. A new key goes where the reference has it, below its line that "+
				"is turned off if there is one, and a file that is missing is made for its owner alone. The result is checked as a start of the server would: "+
				"if anything would be wrong that is not wrong now, nothing is written. The exit code is 0, 1 if nothing was written, and 2 if this command "+
				"was called the wrong way.", own,
			"coder config set networking.http.address :8080 -c coder.yaml", "coder config set --diff tls-min-version tls13 -c coder.yaml", "coder config set CODER_LOG_FILTER -c coder.yaml -- -debug")
	}
	run, words, err := p.editing(args, &flags, own)
	if err != nil {
		return err
	}
	want := 2
	if flags.from != "" {
		want = 1
	}
	if len(words) != want {
		return usageError("name an option and its value, such as: coder config set tls-min-version tls13 -c coder.yaml")
	}
	if err := run.find(words[0]); err != nil {
		return err
	}
	text, at, err := run.value(words[1:], flags.from)
	if err != nil {
		return err
	}
	yaml, ok := yamlgen.Value(run.option, text)
	if !ok {
		return run.refuseValue(text, at)
	}
	return run.edit(func(e *yamledit.Edits, old yamledit.Node, found bool) string {
		e.Set(run.path(), yaml)
		if found {
			return "changed"
		}
		return "set"
	})
}

// unset is "coder config unset".
func (p *program) unset(_ context.Context, args []string) error {
	var flags setFlags
	own := flags.own()
	if asked(args, "--help", "-h") {
		return p.page("coder config unset", "NAME [-c FILE] [--diff] [--backup] [flags of coder server]",
			"Take one option out of the configuration file, with the comments that are about it alone and with groups of which nothing is left, and "+
				"leave every other byte as it is. The name may be a path in the file, a flag or a variable. The result is checked as a start of the server "+
				"would: if anything would be wrong that is not wrong now, nothing is written. The exit code is 0, also if the file does not set the option, 1 if "+
				"nothing was written, and 2 if this command was called the wrong way.", own,
			"coder config unset networking.http.address -c coder.yaml", "coder config unset --diff tls-min-version -c coder.yaml")
	}
	run, words, err := p.editing(args, &flags, own)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return usageError("name an option, such as: coder config unset tls-min-version -c coder.yaml")
	}
	if err := run.find(words[0]); err != nil {
		return err
	}
	return run.edit(func(e *yamledit.Edits, old yamledit.Node, found bool) string {
		if !found {
			return ""
		}
		e.Remove(old)
		return "removed"
	})
}

// An edit is one run of "coder config set" or "unset".
type edit struct {
	*program
	flags  *setFlags
	in     load.Process
	reader *keeper
	reg    *registry
	index  []int // of the words in os.Args
	option *option.Option
	file   string
	before *view // of the file as it is
}

// editing reads the arguments: flags of our own, flags of the server, and the
// words between them and behind --.
func (p *program) editing(args []string, flags *setFlags, own []ownFlag) (*edit, []string, error) {
	reg, err := p.registry()
	if err != nil {
		return nil, nil, err
	}
	run := &edit{program: p, flags: flags, reg: reg, reader: &keeper{Reader: files.Reader{Stdin: p.Stdin}}}
	before := beforeDashes(args)
	rest := slices.Clone(before)
	var words []string
	for i := 0; i < len(before); i++ {
		if strings.HasPrefix(before[i], "-") && before[i] != "-" {
			if takesNext(reg.Catalog, before[i], own) {
				i++
			}
			continue
		}
		words, run.index = append(words, before[i]), append(run.index, p.first+i)
		rest[i] = "--" + nameFlag + "="
	}
	for i := len(before) + 1; i < len(args); i++ {
		words, run.index = append(words, args[i]), append(run.index, p.first+i)
	}
	rest, index, err := takeOwn(rest, p.first, append(own, ownFlag{name: nameFlag, arg: "name", set: func(string) bool { return true }}))
	if err != nil {
		return nil, nil, err
	}
	run.in = p.options(rest, index, run.reader)
	return run, words, nil
}

// find finds the option, which must have a key in files, and the file.
func (r *edit) find(name string) error {
	found, err := report.Find(r.reg.Catalog, name)
	switch {
	case err != nil:
		return r.notFound(err)
	case found.Retired != nil:
		return usageError("the name is out of use (see coder config explain)")
	}
	r.option = found.Option
	if r.option.Path() == "" {
		return usageError(r.noKey())
	}
	if err := r.wrongFlags(r.reg, r.in); err != nil {
		return err
	}
	r.before = inspect(r.reg, r.in)
	config, now := r.reg.ConfigOption(), r.before.snap.Redact()
	if now.Refused(config) {
		return r.verdict(r.before.problems)
	}
	switch r.file = now.Text(config); r.file {
	case "":
		return usageError("name the file to edit: --config FILE")
	case "-", "/dev/stdin":
		return usageError("it writes the file that it reads, so the standard input can't be one")
	}
	return nil
}

// wrongFlags refuses to write where a flag can't be read: one that is misspelt
// may have been --diff, or have said what not to touch.
func (p *program) wrongFlags(reg *registry, in load.Process) error {
	if len(load.Args(reg.Catalog, in.Args, 0).Problems.Errors()) == 0 {
		return nil
	}
	wrong := inspect(reg, in).problems.Errors()
	writeProblems(p.Stderr, slices.DeleteFunc(wrong, func(q *option.Problem) bool { return q.Origin.Source != option.SourceFlag }))
	return usageError("a flag is wrong, so nothing was written")
}

func (r *edit) noKey() string {
	said := "--" + r.option.Flag + " has no key in files"
	if r.option.Env != "" {
		said += " (set it by the flag or $" + string(r.option.Env) + ")"
	}
	return said
}

func (r *edit) path() []string { return strings.Split(r.option.Path(), ".") }

// value reads the value, and warns of a secret that others can see. The index
// is that of the value in os.Args.
func (r *edit) value(words []string, from string) (text string, at int, err error) {
	at = r.index[len(r.index)-1]
	if len(words) > 0 && words[0] != "-" {
		if r.holdsSecret(words[0]) {
			fmt.Fprintf(r.Stderr, "warning: argv[%d]: a secret on the command line shows in the list of processes and in the history of the shell "+
				"(write - and give it to standard input, or use --value-file)\n", at)
		}
		return words[0], at, nil
	}
	name := from
	if name == "" {
		name = "-"
	}
	content, err := r.reader.ReadFile(name)
	if err != nil {
		return "", at, errors.New("the value: " + whyNotRead(err))
	}
	text = strings.TrimSuffix(strings.TrimSuffix(string(content), "\n"), "\r")
	return text, at, nil
}

// holdsSecret reports whether a value is a secret or has one inside.
func (r *edit) holdsSecret(text string) bool {
	raw := option.RawText(text)
	if tree, fault := yamlgen.Tree(text); fault == nil && r.option.Value.Traits().Struct {
		raw = option.RawTree(&tree)
	}
	return r.option.Secret() || r.option.Withholds(raw)
}

// refuseValue says what is wrong with a value, as at a start with it behind
// the flag.
func (r *edit) refuseValue(text string, at int) error {
	only := load.Process{Args: []string{"--" + r.option.Flag + "=" + text}, Index: []int{at}, Files: r.reader}
	_, problems := load.Inspect(r.reg, only)
	problems = slices.DeleteFunc(problems.Errors(), func(p *option.Problem) bool { return p.Option != r.option })
	if len(problems) == 0 {
		return fmt.Errorf("the value is not one that --%s takes", r.option.Flag)
	}
	writeProblems(r.Stderr, problems)
	return errReported
}

// edit makes one edit of the file. It is told what to do, with the node that
// the option has there, and says what was done, or nothing.
func (r *edit) edit(do func(e *yamledit.Edits, old yamledit.Node, found bool) string) error {
	old, err := r.reader.ReadFile(r.file)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return errors.New(option.Escape(r.file) + ": " + whyNotRead(err))
	}
	doc, err := yamledit.Parse(string(old), yamlgen.Limits{})
	if err != nil {
		return r.refused(err, "")
	}
	node, found := doc.Find(r.path()...)
	e := doc.Edit()
	e.Order = r.order
	done := do(e, node, found)
	if done == "" {
		return r.say("%s: %s is not set in it: nothing to do", option.Escape(r.file), r.option.Path())
	}
	place := node
	edited, faults := e.Apply()
	if len(faults) > 0 {
		for _, f := range faults {
			err = r.refused(f, r.option.Path())
		}
		return err
	}
	if done != "removed" {
		place, _ = edited.Find(r.path()...)
	}
	at := place.KeySpan()
	if edited.Text() == doc.Text() && !missing {
		if !r.flags.diff {
			files.Sweep(r.file) // a run that was killed as it made the file
		}
		return r.say("%s:%d:%d: %s has this value already: nothing to do", option.Escape(r.file), at.Line, at.Column, r.option.Path())
	}
	ok, err := r.check(edited.Text())
	if err != nil || !ok {
		return err
	}
	if r.flags.diff {
		return r.print(func(w io.Writer) error {
			return writeUnified(w, r.file, doc.Text(), edited.Text(), mask(r.reg.Catalog, doc.Text(), r.known(doc)), mask(r.reg.Catalog, edited.Text(), r.known(edited)))
		})
	}
	if err := r.write(missing, old, []byte(edited.Text())); err != nil {
		return err
	}
	return r.say("%s:%d:%d: %s: %s", option.Escape(r.file), at.Line, at.Column, r.option.Path(), done)
}

// order is the order of keys in files.
func (r *edit) order(path []string) []string {
	s := r.reg.Section()
	for _, key := range path {
		if s, _ = s.Child(key); s == nil {
			return nil
		}
	}
	return s.Keys()
}

// refused tells why the file can't be edited, and under which name.
func (r *edit) refused(err error, name string) error {
	var f *yamledit.Fault
	if !errors.As(err, &f) {
		return err
	}
	at := option.Origin{Source: option.SourceYAML, Name: r.file, Span: option.Span(f.Span)}
	writeProblems(r.Stderr, option.Problems{{Origin: at, Name: name, Reason: f.Reason, Hint: f.Hint}})
	return errReported
}

func (r *edit) say(format string, args ...any) error {
	return r.print(func(w io.Writer) error {
		_, err := fmt.Fprintf(w, format+"\n", args...)
		return err
	})
}
