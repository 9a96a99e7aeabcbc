package yamledit

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/yamlgen"
)

// A value is what an edit writes: YAML on one line, and its tree.
type value struct {
	src  string
	tree *yamltree.Tree
}

// parseValue reads the text of a value.
func parseValue(text string) (value, *Fault) {
	if strings.ContainsAny(text, "\r\n") {
		return value{}, &Fault{Reason: "a value of more than one line", Hint: "write it in flow style"}
	}
	// In brackets, so that the text means the same in flow and in block style.
	src := "[" + text + "]"
	if strings.TrimSpace(text) == "" {
		src = "[~]"
	}
	tree, fault := yamlgen.Read(src, yamlgen.Limits{})
	switch {
	case fault != nil:
		return value{}, &Fault{Reason: "a value that is no YAML: " + fault.Reason, Hint: fault.Hint}
	case len(tree.Duplicates) > 0:
		return value{}, &Fault{Reason: "a value that gives a key twice"}
	case tree.First(0) == 0 || tree.Nodes[tree.First(0)].Next != 0 || tree.Nodes[0].Value.Length != int32(len(src)):
		return value{}, &Fault{Reason: "a value that is not one value"}
	}
	for i := range tree.Nodes {
		if _, alias := tree.Anchor(int32(i)); alias {
			return value{}, &Fault{Reason: "a value with an alias"}
		}
	}
	if top := tree.Nodes[tree.First(0)].Value; src != "[~]" && int(top.Length) != len(src)-2 {
		return value{}, &Fault{Reason: "a value with an anchor, a tag or more than one part"}
	}
	return value{src, tree}, nil
}

func (v value) root() int32 { return v.tree.First(0) }

// raw returns the text of a node as it was written.
func (v value) raw(i int32) string {
	n := &v.tree.Nodes[i]
	if n.Kind == Null && n.Value.Length == 0 {
		return ""
	}
	return v.src[n.Value.Offset:end(n.Value)]
}

func (v value) key(i int32) string {
	at := v.tree.Nodes[i].Key
	return v.src[at.Offset:end(at)]
}

func (v value) kind() Kind { return v.tree.Nodes[v.root()].Kind }

// flow returns the value on one line; a null that is nothing is spelled out
// where it needs to be seen.
func (v value) flow() string { return v.raw(v.root()) }

// isEmpty reports whether the value is no collection, or one of nothing, so
// that block style can't write it on lines of its own.
func (v value) isEmpty(i int32) bool {
	k := v.tree.Nodes[i].Kind
	return k != Sequence && k != Mapping || v.tree.First(i) == 0 || v.explicit(i)
}

// explicit reports whether a key of mapping i needs a question mark.
func (v value) explicit(i int32) bool {
	if v.tree.Nodes[i].Kind != Mapping {
		return false
	}
	for k := v.tree.First(i); k != 0; k = v.tree.Nodes[k].Next {
		if v.tree.Nodes[k].Key.Length > 1000 {
			return true
		}
	}
	return false
}

// block returns the lines of collection i in block style, without their
// indentation; step is how much deeper what is inside stands, and dash that of
// a list below a key.
func (v value) block(i int32, step, dash int) []string {
	var out []string
	for k := v.tree.First(i); k != 0; k = v.tree.Nodes[k].Next {
		head, deeper := "-", "  "
		if v.tree.Nodes[i].Kind == Mapping {
			head, deeper = v.key(k)+":", strings.Repeat(" ", step)
			if v.tree.Nodes[k].Kind == Sequence {
				deeper = strings.Repeat(" ", dash)
			}
		}
		if v.isEmpty(k) {
			out = append(out, strings.TrimRight(head+" "+v.raw(k), " "))
			continue
		}
		inner := v.block(k, step, dash)
		if head == "-" {
			out = append(out, "- "+inner[0])
			inner = inner[1:]
		} else {
			out = append(out, head)
		}
		for _, l := range inner {
			out = append(out, deeper+l)
		}
	}
	return out
}

// json returns a value as JSON on one line.
func (v value) json(i int32) string {
	n := &v.tree.Nodes[i]
	switch n.Kind {
	case Null:
		return "null"
	case Scalar:
		if raw := v.raw(i); jsonWord().MatchString(raw) {
			return raw
		}
		return inQuotes(v.tree.Text(i))
	}
	var parts []string
	for k := v.tree.First(i); k != 0; k = v.tree.Nodes[k].Next {
		part := v.json(k)
		if n.Kind == Mapping {
			part = inQuotes(v.tree.Key(k)) + ": " + part
		}
		parts = append(parts, part)
	}
	if n.Kind == Mapping {
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

var jsonWord = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(true|false|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)$`)
})

// inQuotes writes a text in double quotes, as JSON and YAML read it.
func inQuotes(text string) string {
	text = yamlgen.Quote(text)
	if text[0] != '"' {
		text = `"` + text + `"`
	}
	return text
}

// like writes a scalar in the quotes that another one stands in.
func (v value) like(old string) string {
	root := &v.tree.Nodes[v.root()]
	if old == "" || root.Kind != Scalar {
		return v.flow()
	}
	text := v.tree.Text(v.root())
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return v.flow()
	}
	switch {
	case old[0] == '\'':
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	case old[0] == '"' && !root.Style.IsQuoted():
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
	}
	return v.flow()
}

// likeKey writes a key in the quotes that another one stands in.
func likeKey(key, old string) string {
	v, fault := parseValue(yamlgen.Quote(key))
	if fault != nil {
		return yamlgen.Quote(key)
	}
	return v.like(old)
}
