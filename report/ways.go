package report

import (
	"cmp"
	"strings"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// A Way is one way to set an option.
type Way struct {
	Source option.Source
	// Text is worth copying: a flag or a variable as a shell reads it, or
	// lines of the file.
	Text string
}

// secretWord stands for a secret in lines that people copy.
const secretWord = "SECRET"

// ways writes how each source sets an option: to the value that it has, if
// that may be shown, else to one that shows the form.
func ways(r *option.Redacted, o *option.Option) []Way {
	text, tree := sample(r, o)
	flag := "--" + o.Flag + "=" + shell(text)
	if o.Value.Traits().NoValue && text == "true" {
		flag = "--" + o.Flag
	}
	out := []Way{{option.SourceFlag, flag}}
	if o.Env != "" {
		out = append(out, Way{option.SourceEnv, string(o.Env) + "=" + variable(text)})
	} else if x := o.Indexed; x != nil && len(x.Prefixes) > 0 && len(x.Fields) > 0 {
		out = append(out, Way{option.SourceEnv, r.Catalog().EnvPrefix() + x.Prefixes[0] + "_0_" + x.Fields[0].Env + "=VALUE"})
	}
	if o.FileFlag() != "" {
		out = append(out, Way{option.SourceFlag, "--" + o.FileFlag() + "=PATH"})
	}
	if o.FileEnv() != "" {
		out = append(out, Way{option.SourceEnv, o.FileEnv() + "=PATH"})
	}
	if path := o.Path(); path != "" {
		out = append(out, Way{option.SourceYAML, file(path, tree)})
	}
	return out
}

// sample returns a value as text and as the file writes it.
func sample(r *option.Redacted, o *option.Option) (text, yaml string) {
	traits := o.Value.Traits()
	if traits.Secret {
		return secretWord, secretWord
	}
	if traits.NoValue {
		// What it is already need not be shown.
		if r.Text(o) == "true" {
			return "false", "false"
		}
		return "true", "true"
	}
	if r.Source(o) != option.SourceNone && !r.Withheld(o) {
		// What would be escaped is not worth copying.
		if text := r.Text(o); text != "" && text == option.Escape(text) {
			t := r.Tree(o)
			if t.Kind == option.Scalar && !t.Quoted {
				return text, string(yamltree.AppendValue(nil, o, t.Scalar.Text()))
			}
			return text, string(yamltree.AppendFlow(nil, &t))
		}
	}
	text = o.Example
	for _, s := range o.Siblings() {
		text = cmp.Or(text, s.Example)
	}
	if len(traits.Choices) > 0 {
		text = cmp.Or(text, traits.Choices[0])
	}
	text = cmp.Or(text, o.Default)
	for _, s := range o.Siblings() {
		text = cmp.Or(text, s.Default)
	}
	text = cmp.Or(text, samples[o.Type()], "VALUE")
	if t := r.Tree(o); traits.Struct && text == samples["struct"] && t.Kind == option.Sequence {
		text = "[]"
	}
	switch {
	case traits.Struct:
		return text, text // YAML itself
	case traits.List:
		return text, string(yamltree.AppendList(nil, text))
	}
	return text, string(yamltree.AppendValue(nil, o, text))
}

// samples are values of the usual kinds, by name.
var samples = map[string]string{
	"int": "1", "duration": "1h", "url": "https://example.com", "host:port": "127.0.0.1:8080", "regexp": "^name$",
	"struct": "{}",
}

// file writes a value below its keys.
func file(path, value string) string {
	var b strings.Builder
	for i, key := range strings.Split(path, ".") {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.Repeat("  ", i))
		b.WriteString(key)
		b.WriteByte(':')
	}
	b.WriteString(" " + value)
	return b.String()
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func digit(c byte) bool { return c >= '0' && c <= '9' }

// safe reports whether a shell and every reader of variables take the text as
// it stands.
func safe(s string) bool {
	for i := range len(s) {
		if c := s[i]; !letter(c) && !digit(c) && strings.IndexByte("_-./:,@%+=", c) < 0 {
			return false
		}
	}
	return s != ""
}

// shell writes text as one word of a shell.
func shell(s string) string {
	if safe(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// variable writes the value of a variable as a shell, systemd and our own
// reader of environment files take it: inside double quotes a backslash goes
// before each of the four characters that mean something there.
func variable(s string) string {
	if safe(s) {
		return s
	}
	return `"` + inQuotes.Replace(s) + `"`
}

var inQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`")
