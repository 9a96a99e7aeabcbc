package docgen

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"github.com/strataconf/strata/option"
)

//go:embed bash.tmpl
var bashTemplate string

//go:embed zsh.tmpl
var zshTemplate string

//go:embed fish.tmpl
var fishTemplate string

//go:embed powershell.tmpl
var powershellTemplate string

// Shells are those that [Completion] knows.
var shells = []string{"bash", "zsh", "fish", "powershell"}

// Shells returns the names of the shells that [Completion] knows.
func Shells() []string { return slices.Clone(shells) }

// A Command is a subcommand, for the shells.
type Command struct {
	// Path is the words behind the name of the program: "config check".
	Path string
	// Help says in a few words what it does.
	Help string
	// Flags are those of its own.
	Flags []ExtraFlag
	// Options tells whether the options of the catalog are its flags too.
	Options bool
	// Words may follow it, beside flags.
	Words []string
}

// Completion writes a script that completes subcommands, flags and the values
// of flags: choices, files, folders, units of durations. It holds all it
// needs, and runs nothing of the program. Deprecated options are left out,
// hidden ones too. The error is that of w, or tells that the shell is unknown.
func Completion(w io.Writer, c *option.Catalog, shell string, commands []Command) error {
	at := slices.Index(shells, shell)
	if at < 0 {
		return fmt.Errorf("no completion for that shell: it is none of %s", strings.Join(shells, ", "))
	}
	return execute(w, shellLayouts.get()[at], newShellPage(c, commands))
}

var shellLayouts = layout[[]*template.Template]{parse: func() []*template.Template {
	out := make([]*template.Template, len(shells))
	for i, text := range []string{bashTemplate, zshTemplate, fishTemplate, powershellTemplate} {
		out[i] = parse(shells[i]+".tmpl", text, template.FuncMap{
			"quote": quoteFor[i], "function": functionName, "head": sentence, "join": joinFish,
		})
	}
	return out
}}

var quoteFor = [...]func(string) string{quotePOSIX, quotePOSIX, quoteFish, quotePowershell}

// A shellPage is what the templates of shells see.
type shellPage struct {
	Program  string
	Commands []shellCommand // subcommands, each with its flags
	Groups   []shellCommand // what holds subcommands; the program itself first
	Flags    []shellFlag    // of the catalog
}

type shellCommand struct {
	Path, Help string
	Options    bool
	Flags      []shellFlag
	Words      []shellWord
}

type shellWord struct{ Word, Help string }

// A shellFlag is one flag with what may follow it.
type shellFlag struct {
	Program           string
	Flag, Short, Help string
	Takes             bool   // a value has to follow
	Kind              string // "words", "file", "dir", "duration", "bool", "text"
	List              bool   // values are joined with commas
	Words             []string
}

// Spellings are the flag as it is typed: the long one first.
func (f shellFlag) Spellings() []string {
	if f.Short == "" {
		return []string{"--" + f.Flag}
	}
	return []string{"--" + f.Flag, "-" + f.Short}
}

func newShellPage(c *option.Catalog, commands []Command) *shellPage {
	p := &shellPage{Program: c.Program()}
	for o := range c.All() {
		if !recommended(o) {
			continue
		}
		f := shellFlagOf(o)
		f.Program = p.Program
		p.Flags = append(p.Flags, f)
		if o.FileFlag() != "" {
			p.Flags = append(p.Flags, shellFlag{Flag: o.FileFlag(), Help: "File with the value of --" + o.Flag, Takes: true, Kind: "file"})
		}
	}
	groups := map[string]int{"": 0}
	p.Groups = []shellCommand{{}}
	for _, cmd := range commands {
		words := strings.Fields(cmd.Path)
		for i, word := range words {
			above, path := strings.Join(words[:i], " "), strings.Join(words[:i+1], " ")
			help := ""
			if i == len(words)-1 {
				help = clean(cmd.Help)
			}
			at := groups[above]
			if !slices.ContainsFunc(p.Groups[at].Words, func(w shellWord) bool { return w.Word == word }) {
				p.Groups[at].Words = append(p.Groups[at].Words, shellWord{word, help})
			}
			if _, known := groups[path]; !known && i < len(words)-1 {
				groups[path] = len(p.Groups)
				p.Groups = append(p.Groups, shellCommand{Path: path})
			}
		}
		sc := shellCommand{Path: strings.Join(words, " "), Help: clean(cmd.Help), Options: cmd.Options}
		for _, f := range cmd.Flags {
			flag := shellFlag{Program: p.Program, Flag: f.Flag, Short: f.Short, Help: clean(f.Help), Takes: f.Arg != "", Kind: "text", Words: f.Words}
			switch {
			case len(f.Words) > 0:
				flag.Kind = "words"
			case f.Complete == option.HintFile:
				flag.Kind = "file"
			case f.Complete == option.HintDir:
				flag.Kind = "dir"
			}
			sc.Flags = append(sc.Flags, flag)
		}
		for _, w := range cmd.Words {
			sc.Words = append(sc.Words, shellWord{Word: w})
		}
		p.Commands = append(p.Commands, sc)
	}
	return p
}

func shellFlagOf(o *option.Option) shellFlag {
	t := o.Value.Traits()
	f := shellFlag{Flag: o.Flag, Short: o.Short, Help: sentence(clean(o.Help)), Takes: !t.NoValue, Kind: "text", List: t.List}
	switch {
	case t.NoValue:
		f.Kind, f.Words = "bool", []string{"true", "false"}
	case len(t.Choices) > 0:
		f.Kind, f.Words = "words", slices.DeleteFunc(slices.Clone(t.Choices), func(w string) bool {
			return w == "" || w != clean(w) || t.List && strings.ContainsAny(w, `,"`) // which want quotes of their own
		})
	case o.Complete == option.HintFile:
		f.Kind = "file"
	case o.Complete == option.HintDir:
		f.Kind = "dir"
	case o.Type() == "duration":
		f.Kind = "duration"
		for _, text := range []string{o.Default, o.Example, "30s", "5m", "1h", "24h", "7d"} {
			if text != "" && o.Computed == nil && text == clean(text) && !slices.Contains(f.Words, text) {
				f.Words = append(f.Words, text)
			}
		}
	}
	return f
}

// sentence is the first sentence of a text.
func sentence(s string) string {
	if i := strings.Index(s, ". "); i >= 0 {
		return s[:i]
	}
	return strings.TrimSuffix(s, ".")
}

// functionName is a name for a function of a shell.
func functionName(program string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, program)
}

func quotePOSIX(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func quoteFish(s string) string { return "'" + inFish.Replace(s) + "'" }

// joinFish is a list of words for fish, which expands them once more.
func joinFish(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		if out[i] = w; strings.Trim(w, plainCharacters) != "" {
			out[i] = quoteFish(w)
		}
	}
	return strings.Join(out, " ")
}

// quotePowershell doubles every character that the shell takes for a quote.
func quotePowershell(s string) string { return "'" + inPowershell.Replace(s) + "'" }

var (
	inFish       = strings.NewReplacer(`\`, `\\`, "'", `\'`)
	inPowershell = strings.NewReplacer("'", "''", "\u2018", "\u2018\u2018", "\u2019", "\u2019\u2019", "\u201a", "\u201a\u201a", "\u201b", "\u201b\u201b")
)
