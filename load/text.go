package load

import (
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// isTree reports whether text of an option is to be read as a tree. Empty text
// is not: whether it is a value is for the kind to say.
func isTree(o *option.Option, text string) bool { return text != "" && o.Value.Traits().Struct }

func readTree(text string) (option.Raw, *option.Fault) {
	tree, fault := yamlgen.Tree(text)
	if fault != nil {
		return option.Raw{}, fault
	}
	return option.RawTree(&tree), nil
}

// refused is the problem of text that is not a tree.
func refused(at option.Origin, o *option.Option, fault *option.Fault) *option.Problem {
	return &option.Problem{
		Code: "invalid-value", Origin: at, Name: at.Spelling(o) + fault.Item, Option: o,
		Reason: fault.Reason, Hint: fault.Hint,
	}
}

func notUTF8(at option.Origin, o *option.Option) *option.Problem {
	return &option.Problem{Code: "invalid-utf8", Origin: at, Name: at.Spelling(o), Reason: "not valid UTF-8", Option: o}
}

// holdsSecret reports whether a value is a secret, or has one inside. The query
// of a URL is withheld as well, but is seldom one.
func holdsSecret(o *option.Option, raw option.Raw, text string) bool {
	return o.Secret() || (isTree(o, text) || strings.Contains(text, "@")) && o.Withholds(raw)
}

// secretOnArgv warns of a secret on argv.
func secretOnArgv(c *option.Catalog, at option.Origin, o *option.Option) *option.Problem {
	p := &option.Problem{
		Severity: option.Warning, Code: "secret-on-argv", Origin: at, Name: at.Spelling(o), Option: o,
		Reason: "a secret that every user of this machine can read on the command line",
	}
	if !o.Secret() {
		p.Reason = "holds " + p.Reason
	}
	if o.Env != "" {
		p.Hint = "set " + string(o.Env) + " instead"
	} else if o.FileFlag() != "" {
		p.Hint = "name a file by --" + o.FileFlag() + " instead"
	} else if ix := o.Indexed; ix != nil && len(ix.Prefixes) > 0 && len(ix.Fields) > 0 {
		p.Hint = "set numbered variables such as " + memberName(c, ix, 0, 0, ix.Fields[0].Env) + " instead"
	}
	return p
}

// keepsText reports whether the kind of an option keeps any text. Some that
// are called string do not, such as addresses: [settle] drops what is said
// too much about them.
func keepsText(o *option.Option) bool {
	return o.Type() == "string" && o.Value.Traits().Choices == nil
}

const (
	codeBreak  = "line-break"
	codeQuotes = "quotes"
)

// lineBreak warns of text that ends in a line break, as that of a file does.
// It is nil for other text.
func lineBreak(at option.Origin, o *option.Option, text string) *option.Problem {
	if !strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\r") {
		return nil
	}
	return &option.Problem{
		Severity: option.Warning, Code: codeBreak, Origin: at, Name: at.Spelling(o), Option: o,
		Reason: "ends in a line break, which is kept", Hint: "remove it unless it is meant",
	}
}

// quotes warns of text in quotes: some tools pass on what a shell removes. It
// is nil for other text, and for kinds that refuse quotes anyway.
func quotes(at option.Origin, o *option.Option, text string) *option.Problem {
	n := len(text)
	if n < 2 || text[0] != text[n-1] || text[0] != '"' && text[0] != '\'' {
		return nil
	}
	reason := "stands in quotes, which are kept"
	switch inner := text[1 : n-1]; {
	case !o.Value.Traits().List || text[0] == '\'':
	case strings.Contains(inner, ",") && !strings.Contains(inner, `"`):
		reason = "stands in quotes, which make one item of it"
	default:
		return nil // items in quotes, as a record may have them
	}
	return &option.Problem{
		Severity: option.Warning, Code: codeQuotes, Origin: at, Name: at.Spelling(o), Option: o,
		Reason: reason, Hint: "remove them unless they are meant: files of variables are not read by a shell",
	}
}
