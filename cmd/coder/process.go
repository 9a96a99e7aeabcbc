package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/strataconf/strata/internal/paper"
	"github.com/strataconf/strata/option"
)

// A process is what the program knows of the world.
type process struct {
	Args           []string // os.Args
	Environ        []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Columns is the width of the terminal that Stdout is, 0 if it is none.
	Columns int
	// Screen reports whether Stderr is a terminal.
	Screen bool
	// Proc is where the system tells of processes, as Linux does in /proc; nil
	// if it does not.
	Proc fs.FS
	// Hangups is where SIGHUP arrives; nil if it does not.
	Hangups <-chan os.Signal
	// Closed reports whether what is written to Stdout is lost.
	Closed bool
	// Now is the clock; nil is [time.Now].
	Now   func() time.Time
	Build build
	// Registry builds the options; nil is [values.Build]. Tests that run the
	// program thousands of times keep what they built.
	Registry func(option.Host) (*registry, error)
	Host     option.Host
	// Bounds are those of the listeners of a server; nil is usualBounds. Tests
	// have less patience.
	Bounds *bounds
}

func (p *process) bounds() bounds {
	if p.Bounds == nil {
		return usualBounds
	}
	return *p.Bounds
}

func thisProcess() process {
	p := process{
		Args: os.Args, Environ: os.Environ(),
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Screen: term.IsTerminal(int(os.Stderr.Fd())),
		Proc:   os.DirFS("/proc"),
		Closed: lost(),
		Build:  thisBuild(),
	}
	if fd := int(os.Stdout.Fd()); term.IsTerminal(fd) {
		p.Columns = 80
		if width, _, err := term.GetSize(fd); err == nil && width > 0 {
			p.Columns = width
		}
	}
	p.Host = p.Build.host(p.Environ)
	return p
}

// now reads the clock.
func (p *process) now() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}

// style is how help and reports are laid out. COLUMNS is rarely exported, so where it is,
// somebody means it, terminal or not.
func (p *process) style() paper.Style {
	s := paper.Style{Width: p.Columns, Colour: p.Columns > 0 && getenv(p.Environ, "NO_COLOR") == "" && getenv(p.Environ, "TERM") != "dumb"}
	if n, err := strconv.Atoi(getenv(p.Environ, "COLUMNS")); err == nil && n > 0 {
		s.Width = n
	}
	s.ASCII = p.ascii()
	return s
}

// ascii reports whether the locale of the environment knows no more than
// ASCII. Most containers have none, on terminals that know UTF-8.
func (p *process) ascii() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToUpper(getenv(p.Environ, name)); v != "" {
			return !strings.Contains(v, "UTF-8") && !strings.Contains(v, "UTF8")
		}
	}
	return false
}

// getenv returns the first variable of that name, as the C library does.
func getenv(environ []string, name string) string {
	i := slices.IndexFunc(environ, func(v string) bool { return strings.HasPrefix(v, name+"=") })
	if i < 0 {
		return ""
	}
	return environ[i][len(name)+1:]
}

// print gives write the standard output. What can't be written there is an
// error: whoever asked for it must not take a part of it for the whole.
func (p *process) print(write func(io.Writer) error) error {
	if p.Closed {
		return outputError{syscall.EBADF}
	}
	w := bufio.NewWriter(p.Stdout)
	if err := write(w); err != nil {
		return outputError{err}
	}
	if err := w.Flush(); err != nil {
		return outputError{err}
	}
	return nil
}

// mention is print for a command whose exit code is its answer, so that nobody
// misses text that nobody wanted. What looks closed may have been given away:
// that is how scripting languages discard an output, see [closed].
func (p *process) mention(write func(io.Writer) error) error {
	if p.Closed {
		return nil
	}
	return p.print(write)
}

type outputError struct{ cause error }

func (e outputError) Error() string { return "standard output can't be written: " + osReason(e.cause) }

// osReason is what the operating system says of an error, without the names
// and addresses that Go puts around it.
func osReason(err error) string {
	if no := syscall.Errno(0); errors.As(err, &no) {
		return option.Escape(no.Error())
	}
	return "input/output error"
}
