package load

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/internal/systemd"
	"github.com/strataconf/strata/option"
)

const (
	codeEnvFile = "env-file"     // what no reader takes
	codeDialect = "env-dialects" // what readers take for different things
)

// mostEnvBytes is how large a file of variables may be, as for other files.
const mostEnvBytes = 1 << 20

// mostEnvProblems is how many problems a file of variables may have: one with
// more is of another kind.
const mostEnvProblems = 1000

// ReadEnvFile reads a file of variables, see [EnvFile]. The origin is that of
// the name of the file, which is where it is reported if it can't be read.
func ReadEnvFile(files Files, name string, origin option.Origin) ([]Variable, option.Problems) {
	if files == nil {
		files = noFiles{}
	}
	src, err := files.ReadFile(name)
	if err != nil {
		return nil, option.Problems{{Code: codeEnvFile, Origin: origin, Name: origin.Name, Reason: whyUnreadable(err)}}
	}
	return EnvFile(name, string(src))
}

// EnvFile reads the text of a file of variables, as systemd takes it for an
// EnvironmentFile, and as containers and development tools take .env files:
//
//	# a comment
//	NAME=value with spaces, kept as it is
//	export NAME="double quotes, in which \" \\ \` \$ are escapes"
//	NAME='single quotes, which
//	go on over lines'
//
// There is one such syntax and many dialects of it. A line means what it means
// to systemd, which leaves nothing of it out unseen; where another reader
// takes it for something else, a warning says so. What no reader takes is an
// error. A file that has a line such as [Service] is read as a unit of
// systemd: its Environment= lines count.
//
// Of two variables of one name both are returned, and the last counts. No
// problem holds a value; a name shows only where it looks like one.
func EnvFile(name, text string) ([]Variable, option.Problems) {
	f := &envFile{name: name, text: text, line: 1}
	if f.refused() {
		return nil, f.problems
	}
	if strings.HasPrefix(text, bom) {
		f.at, f.seen = len(bom), len(bom)
		f.dialect(f.span(f.at, f.at), "", "begins with a byte order mark, which systemd takes for a part of the first name", "save the file without it")
	}
	if systemd.IsUnit(text) {
		f.unit()
	} else {
		for f.at < len(f.text) && !f.full() {
			f.entry()
		}
	}
	if f.full() {
		f.fault(f.span(f.at, f.at), "", "reading ends here, for there is too much that is wrong with it", "name a file of NAME=value lines")
	}
	return f.vars, f.problems
}

const bom = "\uFEFF"

// An envFile is one reading of a file of variables.
type envFile struct {
	name, text string
	at         int // the next byte to read
	vars       []Variable
	problems   option.Problems

	// Where the counting of characters has come to, see span.
	line, lineStart int
	seen, column    int // column counts from 0
}

func (f *envFile) full() bool { return len(f.problems) >= mostEnvProblems }

// refused reports a file that is no text.
func (f *envFile) refused() bool {
	if len(f.text) > mostEnvBytes {
		f.fault(option.Span{Line: 1, Column: 1}, "", "larger than "+strconv.Itoa(mostEnvBytes)+" bytes", "")
		return true
	}
	if strings.HasPrefix(f.text, "\xff\xfe") || strings.HasPrefix(f.text, "\xfe\xff") {
		f.fault(option.Span{Line: 1, Column: 1}, "", "text in UTF-16", "save the file as UTF-8")
		return true
	}
	for i, r := range f.text {
		switch {
		case r == 0:
			f.fault(f.span(i, i+1), "", "control character U+0000", "")
			return true
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(f.text[i:]); n == 1 {
				f.fault(f.span(i, i+1), "", "not valid UTF-8", "save the file as UTF-8")
				return true
			}
		}
	}
	return false
}

// entry reads what begins at the line f.at: a comment, nothing or a variable.
func (f *envFile) entry() {
	start := f.at
	for start < len(f.text) && strings.IndexByte(" \t\r\n", f.text[start]) >= 0 {
		start++
	}
	end := f.lineEnd(start)
	line := f.text[start:end]
	switch {
	case line == "":
		f.at = end
		return
	case line[0] == '#' || line[0] == ';':
		f.comment(start, end)
		return
	}
	equals := strings.IndexByte(line, '=')
	if equals < 0 {
		f.dialect(f.span(start, start+len(strings.TrimRight(line, blanks))), "", "a line without = sets nothing", "write NAME=value")
		f.at = end
		return
	}
	name := strings.TrimRight(line[:equals], blanks)
	nameAt := f.span(start, start+len(name))
	exported := false
	if rest := strings.TrimPrefix(name, "export"); rest != strings.TrimLeft(rest, blanks) {
		exported, name = true, strings.TrimLeft(rest, blanks)
	}
	ok := f.checkName(nameAt, name)
	if ok && exported {
		f.dialect(nameAt, name, "systemd leaves out a line that begins with export", "write "+shownName(name)+"=…")
	}
	v := envValue{f: f, name: name, quiet: !ok}
	v.read(start + equals + 1)
	if ok && !v.broken {
		f.vars = append(f.vars, Variable{Name: name, Value: option.RawText(v.value()), In: f.name, Span: v.span()})
	}
}

// blanks is white space inside a line.
const blanks = " \t\r"

func (f *envFile) lineEnd(from int) int {
	if n := strings.IndexByte(f.text[from:], '\n'); n >= 0 {
		return from + n
	}
	return len(f.text)
}

// comment skips one. Systemd used to take the line behind one that ends in a
// backslash for a part of it.
func (f *envFile) comment(start, end int) {
	f.at = end
	if !strings.HasSuffix(strings.TrimSuffix(f.text[start:end], "\r"), `\`) || end == len(f.text) {
		return
	}
	if next := strings.TrimLeft(f.text[end+1:f.lineEnd(end+1)], blanks); next != "" && next[0] != '#' && next[0] != ';' {
		f.dialect(f.span(start, end), "", "a comment that ends in a backslash, which for systemd before version 254 goes on in the next line", "remove the backslash")
	}
}

// checkName reports a name that no variable can have, or only one of some
// readers.
func (f *envFile) checkName(at option.Span, name string) bool {
	if name == "" {
		f.fault(at, "", "there is no name before the =", "write NAME=value")
		return false
	}
	plain := name[0] > '9' // signs are looked at below
	for i := range len(name) {
		switch c := name[i]; {
		case c == '_', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == '.', c == '-':
			plain = false
		default:
			f.fault(at, "", "not the name of a variable", "a name is made of letters, digits and underscores")
			return false
		}
	}
	if !plain {
		f.dialect(at, "", "systemd leaves out a variable of such a name", "a name is made of letters, digits and underscores")
	}
	return plain
}

// span is the place of a range. Characters are counted onwards from the last
// range where that is possible.
func (f *envFile) span(from, to int) option.Span {
	if from < f.seen {
		f.line = 1 + strings.Count(f.text[:from], "\n")
		f.lineStart = strings.LastIndexByte(f.text[:from], '\n') + 1
		f.column = utf8.RuneCountInString(f.text[f.lineStart:from])
	} else {
		between := f.text[f.seen:from]
		if n := strings.LastIndexByte(between, '\n'); n >= 0 {
			f.line += strings.Count(between, "\n")
			f.lineStart, f.column = f.seen+n+1, 0
		}
		f.column += utf8.RuneCountInString(f.text[max(f.seen, f.lineStart):from])
	}
	f.seen = from
	return option.Span{Line: int32(f.line), Column: int32(f.column) + 1, Offset: int32(from), Length: int32(to - from)}
}

// fault reports what no reader takes.
func (f *envFile) fault(at option.Span, name, reason, hint string) {
	f.problem(option.Error, codeEnvFile, at, name, reason, hint)
}

// dialect reports what readers take for different things.
func (f *envFile) dialect(at option.Span, name, reason, hint string) {
	f.problem(option.Warning, codeDialect, at, name, reason, hint)
}

func (f *envFile) problem(s option.Severity, code string, at option.Span, name, reason, hint string) {
	if !isName(name) {
		name = ""
	}
	f.problems = append(f.problems, &option.Problem{
		Severity: s, Code: code, Name: name, Reason: reason, Hint: hint,
		Origin: option.Origin{Source: option.SourceEnv, Name: name, In: f.name, Span: at},
	})
}

// shownName is the name if it may show.
func shownName(name string) string {
	if isName(name) {
		return name
	}
	return "NAME"
}
