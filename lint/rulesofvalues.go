package lint

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// valueRules look at what holds.
func valueRules() []Rule {
	return []Rule{
		{
			ID: "L020", Name: "no-effect", Severity: option.Note, Check: withoutEffect, Title: "An option that this program does not obey",
			Help: "The program reads and checks the option and does nothing with it: it is kept for programs that embed the options, " +
				"or not built yet. Whoever set it may count on it. Remove it, or silence this where the file is shared.",
		},
		{
			ID: "L021", Name: "readable-secret", Severity: option.Warning, Codes: []string{"readable-secret"}, Check: readableSecrets, Title: "A secret in a file that others can read",
			Help: "The mode of the file lets other users of the machine read it, and it holds a secret. Take that permission away, " +
				"such as with chmod o-rwx, and change the secret if people you do not trust have been on the machine.",
		},
		{
			ID: "L022", Name: "secret-in-environment", Severity: option.Note, Check: secretsInEnvironment, Title: "A secret in a variable though a file could hold it",
			Help: "Variables are handed on to every process that the program starts, and show in crash reports and in the description " +
				"of containers. This secret can also be read from a file that only the program may read: name that file.",
		},
		{
			ID: "L023", Name: "readable-key-file", Severity: option.Warning, Codes: []string{"readable-key-file"}, Title: "A key or password file that every user can read",
			Help: "The option names a file with a private key or a password, and the mode of the file lets every user of the machine " +
				"read it. Take that permission away, such as with chmod o-rwx, and change what the file holds if people you do not " +
				"trust have been on the machine.",
		},
	}
}

func withoutEffect(l *Look) {
	for o, s := range l.Given() {
		if !l.acts(o) && !l.acts(s.Option) {
			l.Report(s.Origin(), o, "read and checked, but without effect in this program", "")
		}
	}
}

func readableSecrets(l *Look) {
	if l.cfg.Open == nil {
		return
	}
	open := map[string]bool{}
	for _, layer := range l.cfg.Settings.Layers() {
		for i := range layer.Inputs {
			in := &layer.Inputs[i]
			for _, at := range l.secretsOf(in) {
				name := at.InFile()
				if name == "" || at.File != "" {
					continue // of files for one secret the load tells
				}
				if _, known := open[name]; !known {
					open[name] = l.cfg.Open(name)
				}
				if open[name] {
					l.Report(at, in.Option, "a secret in a file that every user of this machine can read", "take the permission of others away: chmod o-rwx")
				}
			}
		}
	}
}

// secretsOf returns where an input holds secrets: its own place, or those of
// the variables that spell its secret members.
func (l *Look) secretsOf(in *option.Input) []option.Origin {
	if !holdsSecret(in) {
		return nil
	}
	var places []option.Origin
	if l.cfg.Members != nil {
		places = l.cfg.Members(in)
	}
	if len(places) == 0 {
		return []option.Origin{in.Origin}
	}
	var out []option.Origin
	tree := in.Raw.Tree()
	for i := range tree.Items {
		for j := range tree.Items[i].Items {
			if len(places) > 0 && hiddenMember(in, i, j) {
				out = append(out, places[0])
			}
			places = places[min(1, len(places)):]
		}
	}
	return out
}

// hiddenMember reports whether one member of an item is withheld: it does not
// show when it changes, or it is a URL with a user or a password.
func hiddenMember(in *option.Input, item, member int) bool {
	tree := *in.Raw.Tree()
	m := tree.Items[item].Items[member]
	if m.Kind != option.Scalar {
		return false
	}
	text := m.Scalar.Text()
	if strings.Contains(text, "://") && strings.Contains(text, "@") {
		return true
	}
	tree.Items = slices.Clone(tree.Items)
	tree.Items[item].Items = slices.Clone(tree.Items[item].Items)
	tree.Items[item].Items[member].Scalar = option.RawText(text + "x")
	before, _, _ := in.Option.Show(in.Raw)
	after, _, ok := in.Option.Show(option.RawTree(&tree))
	return ok && before == after
}

// holdsSecret reports whether an input is a secret or has one inside. What a
// URL holds behind its question mark is withheld as well, but is seldom one.
func holdsSecret(in *option.Input) bool {
	o := in.Option
	if o.Secret() {
		return true
	}
	if !o.Value.Traits().Struct && !strings.Contains(in.Raw.Text(), "@") {
		return false
	}
	return o.Withholds(in.Raw)
}

func secretsInEnvironment(l *Look) {
	for o, s := range l.Given() {
		if s.Source != option.SourceEnv || !o.Secret() || s.Origin().File != "" {
			continue
		}
		hint := ""
		if file := l.safe.Catalog().ByFlag(o.Flag + "-file"); file != nil {
			hint = "set " + file.SpelledIn(option.SourceEnv) + " instead"
		} else if o.FileEnv() != "" {
			hint = "set " + o.FileEnv() + " instead"
		}
		if hint != "" {
			l.Report(s.Origin(), o, "a secret in a variable, which every process that the program starts gets too", hint)
		}
	}
}
