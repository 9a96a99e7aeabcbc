package report

import (
	"io"
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// Env writes the settings that the filter chooses as variables, one a line, as a
// shell, systemd and our own reader take them. What has no variable, what is
// withheld, what is refused and what is empty is a comment: an empty variable
// counts as not set. The options except are no part of the settings. The error is that of w.
func Env(w io.Writer, r *option.Redacted, f Filter, except ...*option.Option) error {
	var b strings.Builder
	c := r.Catalog()
	b.WriteString("# The settings of " + option.Escape(c.Program()) + " as variables.\n")
	var group *option.Group
	for o := range c.All() {
		if !f.Chooses(r, o) || r.Source(o) == option.SourceNone || o == c.ConfigOption() || slices.Contains(except, o) {
			continue
		}
		if o.Group != group {
			group = o.Group
			b.WriteString("\n# " + option.Escape(group.Title()) + "\n")
		}
		if o.Env == "" {
			o = spelledByVariable(o)
		}
		b.WriteString(envLine(r, o))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// spelledByVariable returns a spelling of the setting that has a variable, if
// any has.
func spelledByVariable(o *option.Option) *option.Option {
	for _, s := range o.Siblings() {
		if s.Env != "" {
			return s
		}
	}
	return o
}

func envLine(r *option.Redacted, o *option.Option) string {
	text := ""
	if !o.Secret() {
		text = r.Text(o)
	}
	switch {
	case o.Env == "":
		return "# --" + o.Flag + " is left out: it has no variable\n"
	case r.Withheld(o) || o.Secret():
		return "# " + string(o.Env) + " is left out: it holds a secret, which is withheld\n"
	case r.Refused(o):
		return "# " + string(o.Env) + " is left out: the value that is set is refused\n"
	case text == "" && !r.Catalog().KeepEmpty():
		return "# " + string(o.Env) + " is left out: it is empty, and an empty variable counts as not set\n"
	case strings.Contains(text, "\r"):
		return "# " + string(o.Env) + " is left out: readers of variables disagree on carriage returns\n"
	}
	return string(o.Env) + "=" + variable(text) + "\n"
}
