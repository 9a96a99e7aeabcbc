package report

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/strataconf/strata/option"
)

// Env writes the settings that the filter chooses as variables, one a line, as a
// shell, systemd and our own reader take them. What has no variable, what is
// withheld, what is refused and what is empty is a comment: an empty variable
// counts as not set. Of a secret in a file of its own the line names the file. The options except are no part of the settings. The error is that of w.
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
	lines, numbered := "", false
	if o.Env == "" {
		lines, numbered = numberedLines(r, o)
	}
	if name := o.FileEnv(); name != "" {
		s := r.Setting(o)
		if at := s.Origin(); at.File != "" && (at.Name == name || at.Name == "--"+o.FileFlag()) && !s.Refused {
			return name + "=" + variable(at.File) + "\n"
		}
	}
	left := "# " + o.SpelledIn(option.SourceEnv) + " is left out: "
	switch {
	case o.Env == "" && o.Indexed == nil:
		return left + "it has no variable\n"
	case r.Withheld(o) || o.Secret():
		return left + "it holds a secret, which is withheld\n"
	case r.Refused(o):
		return left + "the value that is set is refused\n"
	case numbered:
		return lines
	case o.Env == "":
		return left + "numbered variables can't say its value\n"
	case text == "" && !r.Catalog().KeepEmpty():
		return left + "it is empty, and an empty variable counts as not set\n"
	case strings.Contains(text, "\r"):
		return left + "readers of variables disagree on carriage returns\n"
	}
	return string(o.Env) + "=" + variable(text) + "\n"
}

// numberedLines writes a list of structures as numbered variables, if they can
// say it.
func numberedLines(r *option.Redacted, o *option.Option) (string, bool) {
	ix, t := o.Indexed, r.Tree(o)
	if ix == nil || len(ix.Prefixes) == 0 || t.Kind != option.Sequence || len(t.Items) == 0 {
		return "", false
	}
	var b strings.Builder
	for i := range t.Items {
		item := &t.Items[i]
		if item.Kind != option.Mapping || len(item.Items) == 0 {
			return "", false
		}
		stem := r.Catalog().EnvPrefix() + strings.TrimSuffix(ix.Prefixes[0], "_") + "_" + strconv.Itoa(i) + "_"
		for j := range item.Items {
			at := slices.IndexFunc(ix.Fields, func(f option.IndexedField) bool { return f.Key == item.Keys[j].Scalar.Text() })
			if at < 0 {
				return "", false
			}
			text, ok := memberText(&item.Items[j], ix.Fields[at].List)
			if !ok || strings.Contains(text, "\r") {
				return "", false
			}
			b.WriteString(stem + ix.Fields[at].Env + "=" + variable(text) + "\n")
		}
	}
	return b.String(), true
}

// memberText is the text of one numbered variable: of a list, words between
// spaces.
func memberText(t *option.Tree, list bool) (text string, ok bool) {
	if !list {
		text = t.Scalar.Text()
		return text, t.Kind == option.Scalar && text != ""
	}
	var words []string
	for i := range t.Items {
		word := t.Items[i].Scalar.Text()
		if t.Items[i].Kind != option.Scalar || word == "" || strings.Contains(word, " ") {
			return "", false
		}
		words = append(words, word)
	}
	return strings.Join(words, " "), t.Kind == option.Sequence && len(words) > 0
}
