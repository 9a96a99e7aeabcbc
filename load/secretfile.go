package load

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// This file has what is done about secrets in files of their own, which
// --FLAG-file, X_FILE and systemd name.

const (
	codeSecretFile = "secret-file"
	codeOpenSecret = "readable-secret"
	codeBothNames  = "value-and-file"
	codeTrailing   = "trailing-blank"
)

// maxSecret is how many bytes a file with a secret may have. A bundle of long
// keys has some thousand.
const maxSecret = 64 << 10

// A named file is the value of a secret option, given by its file.
type named struct {
	option *option.Option
	at     option.Origin // where the name stands
	name   string
}

// read adds the secrets of files to a layer. A file beside a value is an
// error: one of the two would be changed some day, and nobody would notice.
func (p *Process) read(l *option.Layer, all []named) {
	for _, n := range all {
		if beside := valueOf(l, n.option); beside != nil {
			l.Problems = append(l.Problems, both(n, beside))
			continue
		}
		p.readOne(l, n)
	}
}

// valueOf returns the input of a layer that is no file, or nil.
func valueOf(l *option.Layer, o *option.Option) *option.Input {
	for i := range l.Inputs {
		if in := &l.Inputs[i]; in.Option == o && in.Origin.File == "" {
			return in
		}
	}
	return nil
}

func both(n named, beside *option.Input) *option.Problem {
	return &option.Problem{
		Code: codeBothNames, Origin: n.at, Name: n.at.Spelling(n.option), Option: n.option,
		Reason: beside.Origin.String() + " is set too, so the value is given twice", Hint: "keep one of the two", Related: []option.Origin{beside.Origin},
	}
}

func (p *Process) readOne(l *option.Layer, n named) {
	files := p.Files
	if files == nil {
		files = noFiles{}
	}
	path := p.inDir(n.name)
	src, err := files.ReadFile(path)
	if err != nil {
		// A name of nothing may be the secret itself, and so is not shown.
		if known(err) {
			n.at.File = path
		}
		l.Problems = append(l.Problems, n.problem(option.Error, codeSecretFile, whyUnreadable(err), ""))
		return
	}
	n.at.File = path
	n.add(l, src, modeOf(files, path))
}

// problem says what is wrong with the file.
func (n *named) problem(severity option.Severity, code, reason, hint string) *option.Problem {
	return &option.Problem{
		Severity: severity, Code: code, Origin: n.at, Name: n.at.Spelling(n.option), Reason: reason, Hint: hint, Option: n.option,
	}
}

// add adds the value that the file holds.
func (n *named) add(l *option.Layer, src []byte, mode fs.FileMode) {
	tell := func(p *option.Problem) {
		if p != nil {
			l.Problems = append(l.Problems, p)
		}
	}
	text, reason, hint := secretText(src)
	if reason != "" {
		tell(n.problem(option.Error, codeSecretFile, reason, hint))
		return
	}
	switch {
	case mode&0o004 != 0:
		tell(n.problem(option.Warning, codeOpenSecret, "every user of this machine can read the file", "take the permission of others away: chmod o-rwx"))
	case mode&0o040 != 0:
		tell(n.problem(option.Note, codeOpenSecret, "the group of the file can read it", ""))
	}
	in := option.Input{Option: n.option, Origin: n.at, Raw: option.RawText(text)}
	switch {
	case n.option.Value.Traits().List && strings.Contains(text, "\n"):
		in.Raw = option.RawTree(lines(text))
	case isTree(n.option, text):
		raw, fault := readTree(text)
		if fault != nil {
			tell(refused(n.at, n.option, fault))
			return
		}
		in.Raw = raw
	case keepsText(n.option):
		tell(lineBreak(n.at, n.option, text))
		if strings.HasSuffix(text, " ") || strings.HasSuffix(text, "\t") {
			tell(n.problem(option.Warning, codeTrailing, "ends in a blank, which is kept", "remove it unless it is meant"))
		}
		tell(quotes(n.at, n.option, text))
	}
	l.Inputs = append(l.Inputs, in)
}

// known reports whether an error tells that there is a file of that name.
func known(err error) bool {
	var why interface{ Reason() string }
	return errors.As(err, &why) || errors.Is(err, fs.ErrPermission)
}

// secretText returns the secret in a file: all of it but the line break that
// editors and echo put at the end. The reason says why it is none.
func secretText(src []byte) (text, reason, hint string) {
	text = string(src)
	if cut, ok := strings.CutSuffix(text, "\n"); ok {
		text = strings.TrimSuffix(cut, "\r")
	}
	switch {
	case len(src) > maxSecret:
		return "", "the file is larger than " + strconv.Itoa(maxSecret>>10) + " KiB", ""
	case text == "":
		return "", "the file is empty", ""
	case !utf8.ValidString(text):
		return "", "the file is not valid UTF-8", ""
	case strings.HasPrefix(text, "\uFEFF"):
		return "", "the file begins with a byte order mark", "save it without one"
	case strings.Contains(text, "\x00"):
		return "", "the file holds a zero byte", ""
	}
	return text, "", ""
}

// lines is a list that a file has an item a line of.
func lines(text string) *option.Tree {
	t := &option.Tree{Kind: option.Sequence}
	for line := range strings.SplitSeq(text, "\n") {
		t.Items = append(t.Items, option.Tree{Kind: option.Scalar, Quoted: true, Scalar: option.RawText(strings.TrimSuffix(line, "\r"))})
	}
	return t
}

// modeOf returns who may read a file, and nothing where nobody knows.
func modeOf(files Files, name string) fs.FileMode {
	if m, ok := files.(interface {
		Mode(name string) (fs.FileMode, error)
	}); ok {
		if mode, err := m.Mode(name); err == nil {
			return mode
		}
	}
	return 0
}

// credentialsVariable is set by systemd for a service with credentials, such
// as those of LoadCredential=. They are files in that folder.
const credentialsVariable = "CREDENTIALS_DIRECTORY"

// credentials adds what systemd hands over. It goes first into the layer: a
// variable that somebody set counts more.
func (e *environment) credentials(p *Process) {
	all := e.c.FromFiles()
	if len(all) == 0 || p.Files == nil {
		return
	}
	dir := ""
	for _, entry := range p.Environ {
		if v, ok := strings.CutPrefix(entry, credentialsVariable+"="); ok {
			dir = v
			break
		}
	}
	if dir == "" {
		return
	}
	var faults option.Problems
	missing := 0
	for _, o := range all {
		path := p.inDir(filepath.Join(dir, o.Flag))
		n := named{o, option.Origin{Source: option.SourceEnv, Name: credentialsVariable, In: e.in, File: path}, path}
		switch src, err := p.Files.ReadFile(path); {
		case err == nil:
			// The group bits are the mask of the list by which systemd lets the
			// user of the service in; they let nobody else in.
			n.add(&e.layer, src, modeOf(p.Files, path)&^0o070)
		case errors.Is(err, fs.ErrNotExist):
			missing++
		default:
			faults = append(faults, n.problem(option.Error, codeSecretFile, whyUnreadable(err), ""))
		}
	}
	about := &option.Problem{Code: codeSecretFile, Origin: option.Origin{Source: option.SourceEnv, Name: credentialsVariable, In: e.in}, Name: credentialsVariable}
	switch {
	case len(faults) == len(all) && len(all) > 1:
		about.Reason, about.Hint = "nothing in the folder that it names can be read", "name a folder that this user may enter"
		e.problem(about)
		return
	case missing == len(all) && p.isMissing(dir):
		about.Severity, about.Reason = option.Warning, "names no folder, so no secret is taken from there"
		e.problem(about)
	}
	for _, f := range faults {
		e.problem(f)
	}
}

// isMissing reports whether there is surely no folder of that name.
func (p *Process) isMissing(dir string) bool {
	_, err := p.Files.ReadFile(p.inDir(dir))
	return errors.Is(err, fs.ErrNotExist)
}

// file takes a variable that names the file of a secret. Of two of one name
// the first counts, as for all variables.
func (e *environment) file(i int, name string, o *option.Option) {
	for _, n := range e.files {
		if n.option == o {
			return
		}
	}
	text, at := e.value(i, name), e.origin(i, name)
	if text == "" && !e.c.KeepEmpty() {
		e.problem(&option.Problem{
			Severity: option.Note, Code: "empty-variable", Origin: at, Name: at.Spelling(o), Option: o, Reason: "empty, which counts as not set",
		})
		return
	}
	e.files = append(e.files, named{o, at, text})
}

// fileFlag takes a flag that names the file of a secret, and returns how many
// arguments it is; none if the argument is no such flag.
func (a *argv) fileFlag(arg string) int {
	name, text, given := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
	o := a.c.ByFileFlag(name)
	if o == nil {
		return 0
	}
	n, typed := 1, "--"+name
	if !given {
		if a.at+1 == len(a.args) || !isValue(a.args[a.at+1]) {
			a.problem(&option.Problem{Code: "missing-value", Name: typed, Reason: "a value is missing", Option: o})
			return 1
		}
		n, text = 2, a.args[a.at+1]
	}
	a.file(o, typed, text)
	return n
}

func (a *argv) file(o *option.Option, typed, text string) {
	a.files = append(a.files, named{o, a.origin(a.at, typed), text})
}
