package docgen

import (
	_ "embed"
	"io"
	"strings"
	"text/template"

	"github.com/strataconf/strata/option"
)

//go:embed env.tmpl
var envTemplate string

//go:embed systemd.tmpl
var systemdTemplate string

//go:embed helm.tmpl
var helmTemplate string

var (
	envLayout     = layout[*template.Template]{parse: func() *template.Template { return parse("env.tmpl", envTemplate, deploy()) }}
	systemdLayout = layout[*template.Template]{parse: func() *template.Template { return parse("systemd.tmpl", systemdTemplate, deploy()) }}
	helmLayout    = layout[*template.Template]{parse: func() *template.Template { return parse("helm.tmpl", helmTemplate, deploy()) }}
)

func deploy() template.FuncMap {
	return template.FuncMap{
		"about":    about,
		"variable": variable,
		"unit":     func(e entry) string { return percent(inUnit.Replace(shownValue(e))) },
		"percent":  percent,
		"scalar": func(e entry) string {
			// Kubernetes puts the values of other variables for $(NAME).
			return string(option.AppendJSONString(nil, strings.ReplaceAll(shownValue(e), "$(", "$$(")))
		},
	}
}

// Env writes a file with the variable of every option that has one, commented
// out, with its default. The error is that of w.
func Env(w io.Writer, c *option.Catalog) error {
	return execute(w, envLayout.get(), newManual(c, hasVariable))
}

// Systemd writes a unit of systemd for a command, with the variable of every
// option that has one, commented out. The error is that of w.
func Systemd(w io.Writer, c *option.Catalog, usage Usage) error {
	m := newManual(c, hasVariable)
	m.Usage = usage
	return execute(w, systemdLayout.get(), m)
}

// Helm writes a part of a Kubernetes pod, as the values of Helm charts take
// it, with the variable of every option that has one, commented out. The error
// is that of w.
func Helm(w io.Writer, c *option.Catalog) error {
	return execute(w, helmLayout.get(), newManual(c, hasVariable))
}

func hasVariable(o *option.Option) bool { return o.Env != "" }

// KeepEmpty reports whether an empty variable is a value.
func (m *manual) KeepEmpty() bool { return m.catalog.KeepEmpty() }

// ConfigVariable is the variable that names the configuration file, or "".
func (m *manual) ConfigVariable() string {
	if m.config == nil {
		return ""
	}
	return string(m.config.Env)
}

// about is all about an option as comments: prose that is wrapped, then one
// line for each fact.
func about(indent int, e entry) string {
	var b strings.Builder
	for _, part := range e.Help {
		b.WriteString(comment(indent, part))
	}
	for _, f := range e.Facts {
		b.WriteString(exact(indent, f.Label+": "+f.Text))
	}
	return b.String()
}

// shownValue is the default of an option where one can write it in a file of
// another syntax. Control characters are told in the facts only.
func shownValue(e entry) string {
	if e.Secret || e.Value != option.Escape(e.Value) {
		return ""
	}
	return e.Value
}

// variable writes a value as a shell, systemd and other readers of such files
// take it: inside double quotes a backslash goes before each of the four
// characters that mean something there.
func variable(e entry) string {
	v := shownValue(e)
	if strings.Trim(v, plainCharacters) == "" {
		return v
	}
	return `"` + inShell.Replace(v) + `"`
}

const plainCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:,@%+="

var (
	inShell = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "`", "\\`")
	inUnit  = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
)

// percent keeps systemd from taking a part of a text for a specifier.
func percent(s string) string { return strings.ReplaceAll(s, "%", "%%") }
