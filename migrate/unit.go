package migrate

import (
	"slices"
	"strings"

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
	service := false
	for at := 0; at < len(text); {
		line := lines(text, span{at, at})
		end := commandEnd(text, at)
		body := strings.Trim(text[line.from:line.to], " \t\r\n"+bom)
		key, _, assigned := strings.Cut(body, "=")
		key = strings.TrimRight(key, blanks)
		switch {
		case strings.HasPrefix(body, "["):
			service = body == "[Service]"
		case body == "", body[0] == '#', body[0] == ';':
			end = line.to
		case service && assigned && key == "EnvironmentFile":
			r.mentions = append(r.mentions, further("EnvironmentFile=", span{line.from, line.to}))
		case service && assigned:
			m.setting(r, text, key, span{line.from + strings.IndexByte(text[line.from:line.to], '=') + 1, end}, p)
		}
		at = max(end, line.to)
	}
	return r, nil
}

// setting reads one setting of a service that is no variable.
func (m *Migration) setting(r *reading, text, key string, in span, p *places) {
	switch {
	case strings.HasPrefix(key, "Exec"):
		m.command(r, text, in, key == "ExecStart", p)
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

// commandEnd is the end of an assignment that begins on the line at, with the
// lines that a backslash joins to it.
func commandEnd(text string, at int) int {
	for {
		line := lines(text, span{at, at})
		body := strings.TrimRight(text[line.from:line.to], "\r\n")
		if !strings.HasSuffix(body, `\`) || line.to == len(text) {
			return line.to
		}
		at = line.to
		for at < len(text) { // comments between are skipped
			next := lines(text, span{at, at})
			if c := strings.TrimLeft(text[next.from:next.to], blanks); c == "" || c[0] != '#' && c[0] != ';' {
				break
			}
			at = next.to
		}
		if at == len(text) {
			return at
		}
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

// unitWords splits a command line as systemd does. A word with quotes or
// escapes inside is not literal, but for quotes around all of it.
func unitWords(text string, in span) (out []word) {
	i := in.from
	for i < in.to {
		switch c := text[i]; {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			i++
			continue
		case c == '\\' && (strings.HasPrefix(text[i+1:], "\n") || strings.HasPrefix(text[i+1:], "\r\n")):
			i += 2
			for i < in.to {
				line := lines(text, span{i, i})
				if t := strings.TrimLeft(text[i:line.to], blanks); text[i-1] != '\n' || t == "" || t[0] != '#' && t[0] != ';' {
					break
				}
				i = line.to
			}
			continue
		}
		start := i
		var b strings.Builder
		var quote byte
		odd, quotes := false, 0
		for i < in.to && (quote != 0 || strings.IndexByte(" \t\r\n", text[i]) < 0) {
			c := text[i]
			switch {
			case quote == 0 && (c == '"' || c == '\''):
				quote, quotes = c, quotes+1
				odd = odd || i > start
			case c == quote:
				quote, quotes = 0, quotes+1
			case c == '\\' && i+1 < in.to:
				if strings.IndexByte("\r\n", text[i+1]) >= 0 && quote == 0 {
					odd = true
				}
				odd = true
				i++
				b.WriteByte(text[i])
			default:
				b.WriteByte(c)
			}
			i++
		}
		w := word{text: b.String(), at: span{start, i}, entry: span{start, i}, write: plainWord, literal: !odd && (quotes == 0 || quotes == 2)}
		if quotes == 2 && !odd {
			w.at = span{start + 1, i - 1}
			w.literal = w.at.of(text) == w.text
		}
		if start > 0 && text[start-1] == ' ' {
			w.entry.from--
		}
		out = append(out, w)
	}
	return out
}
