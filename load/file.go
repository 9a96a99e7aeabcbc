package load

import (
	"errors"
	"io/fs"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// Files reads files. An implementation never waits for a device or a pipe and
// never reads more than some limit. Its error may wrap [fs.ErrNotExist] or
// [fs.ErrPermission], or have a method Reason() string with words that are fit
// to print; no other text of it is shown.
//
// It may also have a method Mode(name string) (fs.FileMode, error). A file with
// a secret that others may read is then warned of.
type Files interface {
	ReadFile(name string) ([]byte, error)
}

// FilesFunc makes a [Files] of a function such as os.ReadFile. That one reads
// devices and pipes too, and files of any size: a program that others name
// files to wants a function with limits.
type FilesFunc func(name string) ([]byte, error)

// ReadFile calls the function.
func (f FilesFunc) ReadFile(name string) ([]byte, error) { return f(name) }

// noFiles stands for no [Files] at all.
type noFiles struct{}

func (noFiles) ReadFile(string) ([]byte, error) { return nil, fs.ErrInvalid }

// File makes the layer of a configuration file. The origin is that of the name
// of the file, which is where it is reported if it can't be read. A file that
// is named by a default need not exist.
func File(c *option.Catalog, files Files, name string, origin option.Origin) option.Layer {
	return readFile(c, files, name, origin, yamlgen.Limits{})
}

func readFile(c *option.Catalog, files Files, name string, origin option.Origin, limits yamlgen.Limits) option.Layer {
	if files == nil {
		files = noFiles{}
	}
	src, err := files.ReadFile(name)
	if err != nil {
		l := option.Layer{Source: option.SourceYAML, Name: name}
		if origin.Source > option.SourceDefault || !errors.Is(err, fs.ErrNotExist) {
			l.Problems = option.Problems{unreadable(c, origin, err)}
		}
		return l
	}
	return yamlgen.Parse(c, name, string(src), limits)
}

// unreadable does not name the file: it was not found to be one, and so may be
// anything that somebody pasted.
func unreadable(c *option.Catalog, origin option.Origin, err error) *option.Problem {
	p := &option.Problem{Code: "config-file", Origin: origin, Name: origin.Name, Reason: whyUnreadable(err), Option: c.ConfigOption()}
	if p.Option != nil {
		p.Name = origin.Spelling(p.Option)
	}
	return p
}

// whyUnreadable says why a file was not read, in words of ours.
func whyUnreadable(err error) string {
	var why interface{ Reason() string }
	switch {
	case errors.As(err, &why):
		return why.Reason()
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read the file"
	}
	return "the file can't be read"
}
