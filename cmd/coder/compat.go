package main

import (
	"context"
	"io"
	"strings"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/load"
)

// compatFlags are what the flags of "coder config compat" say.
type compatFlags struct {
	form   string
	inputs inputFlags
}

func (f *compatFlags) own() []ownFlag {
	f.form = "text"
	return append([]ownFlag{{
		name: "format", arg: "form", wants: "text, markdown or json", set: oneOf(&f.form, "text", "markdown", "json"),
		help: "How to print the changes: text for people, markdown for release notes, or json.",
	}}, f.inputs.own()...)
}

// configHelp is the flag of the server that names the file, as the page of
// this command shows it: of all flags of the server it alone may stand before
// the --.
var configHelp = ownFlag{name: "config", arg: "file", help: "Tell only what concerns a deployment with this configuration file, also -c."}

// compat is "coder config compat".
func (p *program) compat(_ context.Context, args []string) error {
	var flags compatFlags
	own := flags.own()
	if asked(args, "--help", "-h") {
		return p.page("coder config compat", "OLD.json [NEW.json] [-c FILE] [--format FORM] [-- flags of coder server]",
			"Tell what changed between two catalogs, which are what coder config docs --format catalog prints, and whether it breaks anything. "+
				"Without NEW.json the newer one is that of this program, so run the newer program before an upgrade. If a configuration file, "+
				"--env-file, --pid or flags behind -- are given, only what concerns that deployment is told, with places: names that it uses, "+
				"values that are refused now, and defaults that it does not override. The exit code is 0 if nothing is breaking, 1 if "+
				"something is, and 2 if this command was called the wrong way or something can't be read.", append(own, configHelp),
			"coder config compat old.json", "coder config compat old.json new.json --format markdown", "coder config compat old.json -c coder.yaml --env-file coder.env -- --tls-enable")
	}
	dashes := len(beforeDashes(args))
	words, index, err := takeOwn(args[:dashes], p.first, own)
	if err != nil {
		return err
	}
	names, rest, index, err := p.compatNames(words, index, own)
	if err != nil {
		return err
	}
	ofOne := len(rest) > 0 || dashes < len(args) || len(flags.inputs.envFiles) > 0 || flags.inputs.pid > 0
	for i := dashes + 1; i < len(args); i++ {
		rest, index = append(rest, args[i]), append(index, p.first+i)
	}
	reader := &keeper{Reader: files.Reader{Stdin: p.Stdin, Limit: compat.MaxBytes}}
	var lists [2]*docgen.Listing
	for i, name := range names {
		if lists[i], err = readCatalog(reader, name); err != nil {
			return usageError([]string{"OLD: ", "NEW: "}[i] + err.Error())
		}
	}
	reader.Limit = 0
	in, err := p.gather(&flags.inputs, rest, index, reader)
	if err != nil {
		return usageError(err.Error()) // exit code 1 is that of a breaking change
	}
	reg, err := p.registry()
	if err != nil {
		return err
	}
	newer := lists[1]
	if newer == nil {
		newer = docgen.List(reg.Catalog)
	}
	changes := compat.Compare(lists[0], newer)
	if ofOne {
		d, wrong := compat.DeploymentOf(reg, in, lists[0], lists[1])
		if len(wrong) > 0 {
			writeProblems(p.Stderr, wrong)
			return errTrouble
		}
		changes = changes.Touching(d)
	}
	if err := p.mention(func(w io.Writer) error { return p.writeChanges(w, changes, flags.form) }); err != nil {
		return usageError(err.Error())
	}
	if changes.Count(compat.Breaking) > 0 {
		return errReported
	}
	return nil
}

// compatNames parts the words before the -- into the names of catalogs and the
// flag that names the configuration file, with its place.
func (p *program) compatNames(words []string, index []int, own []ownFlag) (names, rest []string, at []int, err error) {
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch {
		case word == "-" || !strings.HasPrefix(word, "-"):
			names = append(names, word)
		case word == "-c" || word == "--config":
			// Without the name of a file it would tell of a deployment that has none.
			if i+1 == len(words) || words[i+1] == "" || words[i+1] != "-" && strings.HasPrefix(words[i+1], "-") {
				return nil, nil, nil, usageError(word + " needs a value: the name of a file")
			}
			rest, at = append(rest, word, words[i+1]), append(at, index[i], index[i+1])
			i++
		case word == "--config=" || word == "-c=":
			return nil, nil, nil, usageError(strings.TrimSuffix(word, "=") + " needs a value: the name of a file")
		case strings.HasPrefix(word, "--config=") || strings.HasPrefix(word, "-c"):
			rest, at = append(rest, word), append(at, index[i])
		default:
			return nil, nil, nil, p.stranger(words[i:], index[i:], own, "flags of the server stand behind --, such as: coder config compat old.json -- --tls-enable")
		}
	}
	switch len(names) {
	case 0:
		return nil, nil, nil, usageError("an older catalog must be named, such as: coder config compat old.json (coder config docs --format catalog prints one)")
	case 1, 2:
		return names, rest, at, nil
	}
	return nil, nil, nil, usageError("it compares two catalogs at most")
}

func readCatalog(from load.Files, name string) (*docgen.Listing, error) {
	text, err := from.ReadFile(name)
	if err != nil {
		return nil, usageError(fileReason(err))
	}
	list, err := compat.Read(text)
	if err != nil {
		return nil, usageError(err.Error() + " (coder config docs --format catalog prints a catalog)")
	}
	return list, nil
}

// writeChanges prints a report in one of the forms of the command.
func (p *program) writeChanges(w io.Writer, r *compat.Report, form string) error {
	switch form {
	case "json":
		return writeJSON(w, r)
	case "markdown":
		return r.WriteMarkdown(w)
	}
	return r.WriteText(w, p.style())
}
