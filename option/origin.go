package option

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Source is a kind of place that values come from. The order of the
// constants is the order of precedence: later wins.
type Source uint8

// The sources. SourceNone marks an option that nothing set.
const (
	SourceNone Source = iota
	SourceDefault
	SourceYAML
	SourceEnv
	SourceFlag
)

var sourceNames = [...]string{"", "default", "yaml", "env", "flag"}

// String returns the name of the source in the API: "flag", "env", "yaml",
// "default" or "".
func (s Source) String() string { return sourceNames[s] }

// An Origin is the exact place of one input.
type Origin struct {
	Source Source
	// Arg is the index in os.Args where the flag stands, 0 if nobody knows.
	Arg int32
	// Name is the flag as typed ("--tls-address", "-c"), the variable, or the
	// name of the file.
	Name string
	// Span is the place of the value in the file.
	Span Span
	// Anchor is the place of the anchored value if the value is an alias.
	Anchor *Span
	// In names where argv or the environment was read from, if not from this
	// process: a file of variables, then with a Span, or "process 4711".
	In string
	// File is the file that held the value, where a flag or a variable only
	// names it; see [Option.FileFlag].
	File string
}

// inside moves the origin to a part of its value. What an alias stands for
// stays where it is used, and the part is in what was anchored.
func (o *Origin) inside(part Span) {
	if o.Anchor != nil {
		o.Anchor = &part
		return
	}
	o.Span = part
}

// Place says where the input stands, for the head of a message:
// "app.yaml:12:5", "environment", "argv[3]" or "default"; of a value in a file
// of its own "argv[3], file /run/secrets/url".
func (o Origin) Place() string {
	if o.File != "" {
		return o.named() + ", file " + Escape(o.File)
	}
	return o.named()
}

func (o Origin) named() string {
	switch o.Source {
	case SourceFlag:
		if o.Arg == 0 { // that of the program itself: another parser read argv
			return "argv" + o.of()
		}
		return "argv[" + strconv.Itoa(int(o.Arg)) + "]" + o.of()
	case SourceEnv:
		if o.Span.Line > 0 {
			return o.Span.in(o.In)
		}
		return "environment" + o.of()
	case SourceYAML:
		return o.Span.in(o.Name)
	case SourceDefault:
		return "default"
	}
	return ""
}

// InFile names the file that the input is written in, the configuration file
// or one of variables, or is "".
func (o Origin) InFile() string {
	switch {
	case o.Source == SourceYAML:
		return o.Name
	case o.Source == SourceEnv && o.Span.Line > 0:
		return o.In
	}
	return ""
}

func (o Origin) of() string {
	if o.In == "" {
		return ""
	}
	return " of " + Escape(o.In)
}

func (s Span) in(file string) string {
	if s.Line == 0 {
		return Escape(file)
	}
	return Escape(file) + ":" + strconv.Itoa(int(s.Line)) + ":" + strconv.Itoa(int(s.Column))
}

// String names the input in a sentence: "--tls-address (argv[3])",
// "$APP_TLS_ADDRESS", "app.yaml:12:5" or "default"; of a value in a file of its
// own "file /run/secrets/url, named by $APP_URL_FILE".
func (o Origin) String() string {
	file := ""
	if o.File != "" {
		file = "file " + Escape(o.File) + ", named by "
	}
	switch o.Source {
	case SourceFlag:
		return file + Escape(o.Name) + " (" + o.named() + ")"
	case SourceEnv:
		if o.In != "" {
			return file + "$" + Escape(o.Name) + " (" + o.named() + ")"
		}
		return file + "$" + Escape(o.Name)
	}
	return o.Place()
}

// Spelling names an option as the source of the origin spells it: the YAML
// path, the variable, or the flag as typed.
func (o Origin) Spelling(opt *Option) string {
	if o.Source == SourceYAML && opt != nil {
		return opt.path
	}
	if o.Source == SourceDefault && opt != nil {
		return "--" + opt.Flag
	}
	return Escape(o.Name)
}

// Escape returns s with every character that could move a cursor, colour a
// line or hide text written as a Go escape.
func Escape(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			b.WriteString(`\x` + strconv.FormatUint(uint64(s[i]), 16)) // 0x80 at least
		case hidden(r):
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	return r == utf8.RuneError || !unicode.IsPrint(r)
}
