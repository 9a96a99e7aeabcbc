package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
)

// check tells what would be wrong with the new text, and is not wrong with the
// old one. It reports false if that would stop a start. If another source
// wins over the file, it says so.
func (r *edit) check(text string) (bool, error) {
	in := r.in
	in.Files = patched{r.reader, r.file, []byte(text)}
	after := inspect(r.reg, in)
	had := map[string]int{}
	for _, p := range r.before.problems {
		had[likeness(p)]++
	}
	var fresh option.Problems
	for _, p := range after.problems {
		if had[likeness(p)]--; had[likeness(p)] < 0 {
			fresh = append(fresh, p)
		}
	}
	writeProblems(r.Stderr, atLeast(fresh, option.Warning))
	if len(fresh.Errors()) > 0 {
		fmt.Fprintln(r.Stderr, "nothing was written")
		return false, errReported
	}
	setting := after.snap.Redact().Setting(r.option)
	if setting.Source > option.SourceYAML {
		fmt.Fprintf(r.Stderr, "note: %s: %s wins over the file\n", setting.Origin().Place(), option.Escape(setting.Origin().Name))
	}
	return true, nil
}

// likeness is what makes two problems of two versions of a file one.
func likeness(p *option.Problem) string {
	return fmt.Sprintf("%s\x00%s\x00%s\x00%s", p.Severity, p.Code, p.Name, p.Reason)
}

// write puts the new text in place of the old one.
func (r *edit) write(missing bool, old, data []byte) error {
	var done files.Written
	var err error
	w := files.Writer{Backup: r.flags.backup}
	if missing {
		done, err = w.Create(r.file, data)
	} else {
		done, err = w.Replace(r.file, old, data)
	}
	if err != nil {
		var failure *files.Failure
		if errors.As(err, &failure) {
			return errors.New(option.Escape(failure.Error()))
		}
		return errors.New(option.Escape(r.file) + ": the file can't be written")
	}
	if done.Backup != "" {
		fmt.Fprintf(r.Stderr, "note: the old file is %s\n", option.Escape(done.Backup))
	}
	if done.OtherNames > 0 {
		fmt.Fprintf(r.Stderr, "note: %s: %s of the old file (hard links), which still show what was in it\n", option.Escape(r.file), count(done.OtherNames, "other name"))
	}
	return nil
}

// known returns the settings of the catalog in a document: what of it may be
// shown.
func (r *edit) known(d *yamledit.Document) []migrate.Found {
	var out []migrate.Found
	for n := range d.All() {
		o := r.reg.ByYAML(strings.Join(n.Path(), "."))
		if _, alias := n.Alias(); o == nil || alias {
			continue
		}
		key, value := n.KeySpan(), n.Span()
		f := migrate.Found{Option: o, Name: from(key), Value: from(value)}
		if key.Length == 0 {
			f.Name = [2]int{f.Value[0], f.Value[0]} // an item of a list
		}
		if n.Kind() == yamledit.Mapping || n.Kind() == yamledit.Sequence {
			f.Value = [2]int{f.Name[1], f.Name[1]}
		}
		out = append(out, f)
		if o.Value.Traits().List && n.Kind() == yamledit.Sequence && n.Flow() {
			out = append(out, brackets(d.Text(), n, o)...)
		}
	}
	return out
}

func from(at yamledit.Span) [2]int { return [2]int{int(at.Offset), int(at.Offset + at.Length)} }

// brackets returns what stands between the items of a list on one line.
func brackets(text string, n yamledit.Node, o *option.Option) []migrate.Found {
	var out []migrate.Found
	whole := from(n.Span())
	at := whole[0]
	between := func(to int) {
		if strings.Trim(text[at:to], "[], ") == "" {
			out = append(out, migrate.Found{Option: o, Name: [2]int{at, to}, Value: [2]int{to, to}})
		}
	}
	for k := range n.Children() {
		item := from(k.Span())
		between(item[0])
		at = item[1]
	}
	between(whole[1])
	return out
}
