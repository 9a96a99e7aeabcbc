package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/strataconf/strata/bundle"
	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// A comparison is one run of "coder config diff".
type comparison struct {
	*program
	flags  *diffFlags
	behind []string // the arguments behind --
	first  int      // index of behind[0] in os.Args
	reader *keeper
	key    []byte // of the digests that secrets are compared by
	sides  [2]sideName
}

// A sideKind is a kind of thing that can be compared.
type sideKind int

const (
	sideHere sideKind = iota // the start that would be made here
	sideYAML
	sideEnv
	sideJSON
	sideServer
)

// A sideName is what an argument names.
type sideName struct {
	kind  sideKind
	text  string
	label string   // A or B
	url   *url.URL // of a server
	token string
}

// plan tells what the arguments name, and refuses what does not go together
// before anything is read.
func (c *comparison) plan(names []string) error {
	here := 0
	for i, name := range names {
		s := &c.sides[i]
		*s = sideName{text: name, label: string(rune('A' + i))}
		switch ext := strings.ToLower(filepath.Ext(name)); {
		case name == "-":
			s.kind = sideHere
			here++
		case isServer(name):
			s.kind = sideServer
			if err := s.parse(); err != nil {
				return err
			}
		case ext == ".yaml" || ext == ".yml":
			s.kind = sideYAML
		case ext == ".env":
			s.kind = sideEnv
		case ext == ".json":
			s.kind = sideJSON
		default:
			return usageError(s.label + " must be a name that ends in .yaml, .yml, .env or .json, the URL of a server, or a hyphen")
		}
	}
	switch {
	case here == 2:
		return usageError("the hyphen may stand once: both sides would be the same")
	case here == 0 && len(c.behind) > 0:
		return usageError("flags behind -- are those of a hyphen, which is neither A nor B")
	case here == 0 && (len(c.flags.inputs.envFiles) > 0 || c.flags.inputs.pid > 0):
		return usageError("--env-file and --pid say where to read a hyphen from, which is neither A nor B")
	}
	return c.tokens()
}

// isServer reports whether a name is the URL of a server.
func isServer(name string) bool {
	scheme, _, found := strings.Cut(name, "://")
	return found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// read reads one side.
func (c *comparison) read(ctx context.Context, i int, reg *registry) (*diff.Side, error) {
	s := c.sides[i]
	switch s.kind {
	case sideYAML:
		return c.readYAML(s, reg)
	case sideEnv:
		return c.readEnv(s)
	case sideJSON:
		c.reader.Limit = mostBundle // what a program wrote is longer than what it read
		text, err := c.reader.ReadFile(s.text)
		c.reader.Limit = 0
		if err != nil {
			return nil, s.unread(err)
		}
		if b, err := bundle.Decode(text); err == nil {
			return c.readBundle(s, b)
		}
		side, err := diff.Document(reg.Catalog, s.text, text)
		if err != nil {
			return nil, usageError(s.label + ": " + err.Error())
		}
		return side, nil
	case sideServer:
		return c.ask(ctx, s, reg)
	}
	return c.readHere()
}

// readBundle reads a bundle, which has places and no secrets.
func (c *comparison) readBundle(s sideName, b *bundle.Bundle) (*diff.Side, error) {
	p := *c.program
	v, err := p.unpack(b)
	if err != nil {
		return nil, usageError(s.label + ": " + err.Error())
	}
	side := diff.Inputs(s.text, v.kept, v.problems, nil)
	side.Version = b.Host.Version
	return side, nil
}

// readYAML reads a configuration file that stands for itself. What several
// options must be together is not looked at, for a file is a part of a whole.
func (c *comparison) readYAML(s sideName, reg *registry) (*diff.Side, error) {
	text, err := c.reader.ReadFile(s.text)
	if err != nil {
		return nil, s.unread(err)
	}
	one := load.FilesFunc(func(string) ([]byte, error) { return text, nil })
	snap, problems := reg.Inspect([]option.Layer{load.File(reg.Catalog, one, s.text, option.Origin{})})
	return diff.Inputs(s.text, snap.Redact(), alone(problems), c.key), nil
}

func (c *comparison) readEnv(s sideName) (*diff.Side, error) {
	if _, err := c.reader.ReadFile(s.text); err != nil {
		return nil, s.unread(err)
	}
	vars, problems := load.ReadEnvFile(c.reader, s.text, option.Origin{})
	in := load.Process{Variables: vars, Problems: problems}
	reg, err := c.registryOf(in)
	if err != nil {
		return nil, err
	}
	in.Files = c.secretsOf(vars, reg.Catalog)
	snap, problems := load.Inspect(reg, in)
	return diff.Inputs(s.text, snap.Redact(), alone(problems), c.key), nil
}

// readHere reads what a start here and now would.
func (c *comparison) readHere() (*diff.Side, error) {
	p := *c.program
	in, err := p.gather(&c.flags.inputs, c.behind, indexes(c.first, len(c.behind)), c.reader)
	if err != nil {
		return nil, err
	}
	reg, err := p.registry()
	if err != nil {
		return nil, err
	}
	v := inspect(reg, in)
	name := "this invocation"
	switch {
	case in.In != "":
		name = in.In
	case len(c.flags.inputs.envFiles) > 0:
		name = "this invocation with its files of variables"
	}
	return diff.Inputs(name, v.snap.Redact(), v.problems, c.key), nil
}

// registryOf builds the options with the defaults that the inputs give them.
func (c *comparison) registryOf(in load.Process) (*registry, error) {
	p := *c.program
	p.hostOf(in)
	return p.registry()
}

// alone leaves out problems of several options, and those of the configuration
// file that variables may name.
func alone(problems option.Problems) option.Problems {
	var out option.Problems
	for _, p := range problems {
		if !p.Cross {
			out = append(out, p)
		}
	}
	return out
}

func indexes(first, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = first + i
	}
	return out
}

// unread refuses a side whose file can't be read. Its name ends as that of a
// file does, so it may show.
func (s *sideName) unread(err error) error {
	said := s.label + ": " + option.Escape(s.text) + ": " + fileReason(err)
	if errors.Is(err, fs.ErrNotExist) && !filepath.IsAbs(s.text) {
		said += " (a relative name starts in the folder that the command runs in)"
	}
	return usageError(said)
}

// fileReason says why a file was not read, without its name.
func fileReason(err error) string {
	var why interface{ Reason() string }
	switch {
	case errors.As(err, &why):
		return "the file can't be read: " + why.Reason()
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read the file"
	}
	return fmt.Sprintf("the file can't be read: %s", osReason(err))
}
