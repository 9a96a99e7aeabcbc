package migrate

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/internal/systemd"
	"github.com/strataconf/strata/option"
)

// readUnit reads a unit of systemd or a drop-in: its variables, and the flags
// of commands of the program.
func (m *Migration) readUnit(name, text string) (*reading, option.Problems) {
	r, problems := m.readEnv(name, text, true)
	if r == nil {
		return nil, problems
	}
	r.refs = nil // systemd puts nothing into variables
	p := newPlaces(text)
	for at := range systemd.Settings(text) {
		if at.Section == "[Service]" {
			m.setting(r, text, at, p)
		}
	}
	return r, nil
}

// setting reads one setting of a service that is no variable.
func (m *Migration) setting(r *reading, text string, at systemd.Setting, p *places) {
	key, in := at.Key, span{at.From, at.To}
	switch {
	case strings.HasPrefix(key, "Exec"):
		m.command(r, text, in, key == "ExecStart", p)
	case key == "EnvironmentFile":
		r.mentions = append(r.mentions, further(key+"=", lines(text, span{at.At, at.At})))
	case key == "UnsetEnvironment" || key == "PassEnvironment":
		// Both take effect by the name, whoever sets the variable.
		for _, w := range unitWords(text, in) {
			name, _, _ := strings.Cut(w.text, "=")
			r.refs = append(r.refs, ref{name: name, at: span{w.at.from, min(w.at.from+len(name), w.at.to)}, fixed: key + "= names this variable too"})
		}
	case slices.Contains(credentialSettings, key):
		m.credential(r, text, in)
	}
}

// credentialSettings hand secrets over by names that are flags.
var credentialSettings = []string{"LoadCredential", "LoadCredentialEncrypted", "SetCredential", "SetCredentialEncrypted", "ImportCredential"}

// credential mentions a credential with an older name. It may be read by other
// programs too, and so keeps it.
func (m *Migration) credential(r *reading, text string, in span) {
	from := in.from + len(text[in.from:in.to]) - len(strings.TrimLeft(text[in.from:in.to], blanks))
	name, _, _ := strings.Cut(strings.TrimSpace(text[from:in.to]), ":")
	o := m.catalog.ByFlag(name)
	if made := m.old[option.SourceFlag]["--"+name]; o == nil || o.FileFlag() == "" || made == nil || !made.moves() {
		return
	} else if to := made.to[0].option; to.FileFlag() != "" {
		r.mentions = append(r.mentions, mention{name, span{from, from + len(name)}, "a credential with an older name, left alone here", "rename it to " + to.Flag + " where it is made and read"})
	}
}

// command finds the flags of one command line of a unit. That of the service
// has its variables; others are on their own.
func (m *Migration) command(r *reading, text string, in span, service bool, p *places) {
	words := unitWords(text, in)
	if len(words) == 0 {
		return
	}
	words[0].text = strings.TrimLeft(words[0].text, "@-:+!|")
	r.refs = append(r.refs, dollars(text, in, "")...)
	if !m.ownCommand(words) {
		return
	}
	scope := 0
	if !service {
		scope = len(r.scopes)
		r.scopes = append(r.scopes, "")
	}
	r.sites = append(r.sites, m.flagSites(words[1:], scope, p)...)
	r.commands = append(r.commands, command{scope, arguments(words[1:])})
}

// unitWords are the words of a setting.
func unitWords(text string, in span) (out []word) {
	for each := range systemd.Words(text, in.from, in.to) {
		w := word{text: each.Text, at: span{each.From, each.To}, entry: span{each.From, each.To}, write: plainWord}
		if from, to, ok := each.Plain(); ok {
			w.at, w.literal = span{from, to}, true
		}
		if w.entry.from > 0 && text[w.entry.from-1] == ' ' {
			w.entry.from--
		}
		out = append(out, w)
	}
	return out
}
