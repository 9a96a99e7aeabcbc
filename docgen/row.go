package docgen

import (
	"strconv"
	"strings"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
)

// The indentations of a row: its names, and what stands below them.
const (
	namesIndent = 2
	namesHang   = 4
	bodyIndent  = 6
	factHang    = 8
)

// row writes the lines of one option: names, description, facts.
func (p *page) row(o *option.Option) {
	placeholder := placeholder(o)
	if o.Value.Traits().NoValue {
		p.names(o.Short, o.Flag, placeholder, "", string(o.Env))
	} else {
		p.names(o.Short, o.Flag, "", placeholder, string(o.Env))
	}
	p.prose(bodyIndent, o.Help)
	p.note(o)
}

// extra writes the lines of a flag outside the catalog.
func (p *page) extra(f ExtraFlag) {
	p.names(f.Short, f.Flag, "", f.Arg, "")
	p.prose(bodyIndent, f.Help)
}

// names writes "-c, --config path, $APP_CONFIG_PATH". The optional argument
// of a flag is part of its word, because it must be glued to it on a command
// line too.
func (p *page) names(short, flag, optional, arg, env string) {
	w := &p.paper
	w.Begin(namesIndent, namesHang, paper.Bold)
	if short != "" {
		w.Sign("-", short, ",")
	}
	comma := ""
	if env != "" {
		comma = ","
	}
	switch {
	case optional != "":
		w.Sign("--", flag, "[=", optional, "]", comma)
	case arg != "":
		w.Sign("--", flag)
		w.Change(paper.Plain)
		w.Word(arg, comma)
	default:
		w.Sign("--", flag, comma)
	}
	w.Change(paper.Plain)
	if env != "" {
		w.Sign("$", env)
	}
	w.End()
}

// placeholder is what stands for the value on a command line. A file or folder
// says more than that it is a string.
func placeholder(o *option.Option) string {
	switch {
	case o.Value.Traits().List:
	case o.Complete == option.HintFile:
		return "path"
	case o.Complete == option.HintDir:
		return "dir"
	}
	return o.Type()
}

func (p *page) fact(label, text string) { p.add(paper.Fact{Label: label, Text: words(text)}) }

func (p *page) add(f paper.Fact) {
	if f.Text != "" {
		p.facts = append(p.facts, f)
	}
}

// words is a text with one space between its words, as lines show it.
func words(text string) string {
	if parted(text) {
		return text
	}
	if strings.Contains(text, "  ") || strings.TrimSpace(text) != text || strings.ContainsAny(text, "\n\r\t\v\f") {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// parted reports whether a text is ASCII words with one space between them, as
// most are.
func parted(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return before != ' '
}

func (p *page) note(o *option.Option) {
	p.facts = p.facts[:0]
	p.standing(o)
	p.limits(o)
	p.places(o)
	w := &p.paper
	w.Begin(bodyIndent, factHang, paper.Dim)
	for i, f := range p.facts {
		tail := ";"
		if i == len(p.facts)-1 {
			tail = ""
		}
		w.Fact(f, tail, bodyIndent, factHang)
	}
	w.End()
}

// standing tells what people must know before they use the option at all.
func (p *page) standing(o *option.Option) {
	if o.Deprecated() {
		text := "use " + either(o.UseInstead)
		if o.Retires != "" {
			text += ", gone in " + o.Retires
		}
		p.fact("deprecated", text)
	}
	if o.Secret() {
		text := "never shown"
		if o.Env != "" {
			text += ", prefer the variable"
		}
		p.fact("secret", text)
	}
}

// limits tells what the value is and may be.
func (p *page) limits(o *option.Option) {
	t := o.Value.Traits()
	if text, inWords := defaultOf(o); inWords {
		p.fact("default", text)
	} else if text != "" {
		p.value("default", text, t)
	}
	one, limit := "one of", "limits"
	if t.List {
		one, limit = "any of", "each item"
	}
	if len(t.Choices) > 0 {
		p.fact(one, strings.Join(t.Choices, ", "))
	}
	// The joining makes one comma less than there are rules.
	if rules := strings.Join(t.Rules, ", "); strings.Count(rules, ",") < len(t.Rules) {
		p.fact(limit, rules)
	} else {
		// Among commas inside rules, nobody would see where one ends.
		for _, r := range t.Rules {
			p.fact(limit, r)
		}
	}
	if len(t.Keys) > 0 {
		p.fact("keys", strings.Join(t.Keys, ", "))
	}
	if o.Example != "" && !t.Secret {
		p.value("example", o.Example, t)
	}
}

// value adds a fact whose text is in the grammar that people type. A list or
// structure stands as it is, because quotes would double those inside it.
func (p *page) value(label, text string, t *option.Traits) {
	shown, _ := paper.Measure(text)
	switch {
	case t.List || t.Struct:
		shown = words(shown)
	case shown != text || strings.IndexByte(text, ' ') >= 0 || strings.IndexByte(text, ';') >= 0:
		// Lines are made of words, which would hide how many spaces there are.
		shown = strings.ReplaceAll(strconv.Quote(text), "  ", ` \x20`)
	}
	p.add(paper.Fact{Label: label, Text: shown, Value: t.List || t.Struct})
}

// places tells where else the option can be set, and where and since when it
// has an effect.
func (p *page) places(o *option.Option) {
	if path := o.Path(); path != "" {
		p.fact("YAML", path)
	}
	if x := o.Indexed; x != nil && len(x.Prefixes) > 0 && len(x.Fields) > 0 {
		p.fact("numbered variables", "$"+p.prefix+x.Prefixes[0]+"_0_"+x.Fields[0].Env+" and so on")
	}
	p.fact("from a file", fileSpellings(o))
	if o.Since != "" {
		p.fact("since", o.Since)
	}
	if o.Reload == option.ReloadLive {
		p.fact("", "changes need no restart")
	}
	if o.Hidden {
		p.fact("", "hidden")
	}
	switch o.Effect {
	case option.EffectPage:
		p.fact("", "for the settings page")
	case option.EffectEmbedder:
		p.fact("", "kept for embedders")
	}
}

// fileSpellings are the names by which a file gives a secret, if there are any.
func fileSpellings(o *option.Option) string {
	switch {
	case o.FileFlag() == "":
		return ""
	case o.FileEnv() == "":
		return "--" + o.FileFlag()
	}
	return "--" + o.FileFlag() + ", $" + o.FileEnv()
}

// either writes flags as people name a choice: "--a, --b or --c".
func either(flags []string) string {
	var b strings.Builder
	for i, f := range flags {
		switch {
		case i == 0:
		case i == len(flags)-1:
			b.WriteString(" or ")
		default:
			b.WriteString(", ")
		}
		b.WriteString("--")
		b.WriteString(f)
	}
	return b.String()
}
