package load

import (
	"strings"

	"github.com/strataconf/strata/internal/systemd"
	"github.com/strataconf/strata/option"
)

// unit reads the Environment= lines of the service, see systemd.exec(5).
func (f *envFile) unit() {
	for s := range systemd.Settings(f.text) {
		if f.full() {
			return
		}
		f.at = s.To
		if s.Section != "[Service]" {
			continue
		}
		switch s.Key {
		case "Environment":
			if strings.Trim(f.text[s.From:s.To], blanks) == "" {
				f.vars = nil
			}
			f.words(s)
		case "EnvironmentFile", "PassEnvironment", "UnsetEnvironment":
			f.dialect(f.span(s.At, s.At+len(s.Key)), "", s.Key+"= is not obeyed", "read a file that it names too, beside this one")
		}
	}
}

// words reads the NAME=value words of a setting, up to one that makes systemd
// leave out the rest.
func (f *envFile) words(s systemd.Setting) {
	for w := range systemd.Words(f.text, s.From, s.To) {
		if f.full() {
			return
		}
		if len(w.Specifiers) > 0 {
			at := w.Specifiers[0]
			f.dialect(f.span(at, at+1), "", "systemd puts something of its own in the place of what begins with %, which is not done here", "write what it stands for, or %% for a percent sign")
		}
		switch w.Fault {
		case systemd.OpenQuote:
			f.fault(f.span(w.FaultAt, w.FaultAt+1), "", "a quote that is not closed", "")
			return
		case systemd.BadEscape:
			f.fault(f.span(w.FaultAt, w.FaultAt+1), "", "not an escape of a unit", `write \\ for a backslash`)
			return
		}
		name, value, from, to, ok := w.Value()
		if !ok {
			f.dialect(f.span(w.From, w.To), "", "a word without = sets nothing", "write NAME=value, in quotes if it has spaces")
			continue
		}
		if f.checkName(f.span(w.From, from-1), name) {
			value = strings.ReplaceAll(value, "%%", "%")
			f.vars = append(f.vars, Variable{Name: name, Value: option.RawText(value), In: f.name, Span: f.span(from, to)})
		}
	}
}
