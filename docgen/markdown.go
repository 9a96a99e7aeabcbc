package docgen

import (
	_ "embed"
	"io"
	"strings"
	"text/template"
	"unicode"

	"github.com/strataconf/strata/option"
)

//go:embed markdown.tmpl
var markdownTemplate string

var markdownLayout = layout[*template.Template]{parse: func() *template.Template {
	return parse("markdown.tmpl", markdownTemplate, template.FuncMap{
		"md": markdownText, "code": markdownCode, "anchor": markdownAnchor, "prose": markdownProse,
		"indent": func(depth int) string { return strings.Repeat("  ", depth) },
	})
}}

// Markdown writes a page with every option of the catalog, hidden and
// deprecated ones marked as such. The error is that of w.
func Markdown(w io.Writer, c *option.Catalog) error {
	return execute(w, markdownLayout.get(), newManual(c, every))
}

// MarkdownGroup writes the page of one group; a nil group stands for the
// options outside all groups. The error is that of w.
func MarkdownGroup(w io.Writer, c *option.Catalog, g *option.Group) error {
	return execute(w, markdownLayout.get(), newManual(c, func(o *option.Option) bool { return o.Group == g }))
}

var inMarkdown = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "&", `\&`, "#", `\#`, "|", `\|`, "~", `\~`,
)

func markdownText(s string) string { return inMarkdown.Replace(s) }

// markdownProse marks the flags that a text names. What would make a list or
// a number of the first word is escaped.
func markdownProse(s string) string {
	var b strings.Builder
	for _, p := range flagsIn(s) {
		if p.flag {
			b.WriteString(markdownCode(p.text))
		} else {
			b.WriteString(markdownText(p.text))
		}
	}
	out := b.String()
	if strings.HasPrefix(out, "-") || strings.HasPrefix(out, "+") || strings.HasPrefix(out, "=") {
		out = `\` + out
	}
	return out
}

// markdownCode is a code span, whose fence is longer than any inside.
func markdownCode(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// markdownAnchor is the name that hosts of Markdown give to a heading.
func markdownAnchor(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

// A piece is a part of prose: a flag, or text between flags.
type piece struct {
	text string
	flag bool
}

// flagsIn parts prose at the flags that it names.
func flagsIn(s string) []piece {
	var out []piece
	for s != "" {
		at := strings.Index(s, "--")
		if at < 0 {
			break
		}
		end := at + 2
		for end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] >= '0' && s[end] <= '9' || s[end] == '-') {
			end++
		}
		flag := strings.TrimRight(s[at:end], "-")
		if at > 0 {
			out = append(out, piece{text: s[:at]})
		}
		if len(flag) < 3 {
			out = append(out, piece{text: s[at:end]})
		} else {
			out = append(out, piece{text: flag, flag: true})
			end = at + len(flag)
		}
		s = s[end:]
	}
	if s != "" {
		out = append(out, piece{text: s})
	}
	return out
}
