package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/strataconf/strata/load"
)

// otherFirst is the index in the argv of a server of its first flag, behind
// the program and the word server.
const otherFirst = 2

// errNoProcesses says that the system tells nothing of other processes.
var errNoProcesses = errors.New("this system has no /proc, which tells of other processes")

// other returns what the options of the server with that process id are read
// from.
func (p *program) other(pid int, files load.Files) (load.Process, error) {
	of := fmt.Sprintf("process %d", pid)
	if p.Proc == nil {
		return load.Process{}, errNoProcesses
	}
	dir := strconv.Itoa(pid)
	args, err := p.procList(dir, "cmdline")
	if err != nil {
		return load.Process{}, err
	}
	if len(args) < otherFirst || args[otherFirst-1] != "server" {
		return load.Process{}, errors.New(of + " is no coder server")
	}
	environ, err := p.procList(dir, "environ")
	if err != nil {
		return load.Process{}, err
	}
	cwd, err := fs.ReadLink(p.Proc, path.Join(dir, "cwd"))
	if err != nil {
		return load.Process{}, p.procError(dir, err)
	}
	return load.Process{
		Args: args[otherFirst:], FirstArg: otherFirst, Environ: environ, In: of, Dir: cwd,
		Files: otherFiles{Files: files, dir: cwd, root: p.otherRoot(dir)},
	}, nil
}

// procList reads strings that each end in a zero byte.
func (p *program) procList(dir, name string) ([]string, error) {
	b, err := fs.ReadFile(p.Proc, path.Join(dir, name))
	if err != nil {
		return nil, p.procError(dir, err)
	}
	text := strings.TrimSuffix(string(b), "\x00")
	if text == "" {
		return nil, nil
	}
	return strings.Split(text, "\x00"), nil
}

func (p *program) procError(dir string, err error) error {
	if _, none := fs.Stat(p.Proc, "self"); none != nil {
		return errNoProcesses
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("no permission to read process %s (ask as its user, or as root)", dir)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ESRCH):
		return fmt.Errorf("there is no process %s", dir)
	}
	return fmt.Errorf("process %s can't be read: %s", dir, osReason(err))
}

// otherRoot is where the files of a process are, if not where ours are, as for
// one in a container.
func (p *program) otherRoot(dir string) string {
	ours, err := fs.Stat(p.Proc, "self/root")
	if err != nil {
		return ""
	}
	theirs, err := fs.Stat(p.Proc, path.Join(dir, "root"))
	if err != nil || os.SameFile(ours, theirs) {
		return ""
	}
	return "/proc/" + dir + "/root"
}

// otherFiles reads the files of another process: relative names start from its
// working directory, and all of them from its root.
type otherFiles struct {
	load.Files
	dir, root string
}

// ReadFile is that of the files, for the name as the process means it.
func (f otherFiles) ReadFile(name string) ([]byte, error) {
	if name == "-" || name == "/dev/stdin" {
		return nil, notOurs{}
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(f.dir, name)
	}
	return f.Files.ReadFile(f.root + name)
}

// notOurs is the refusal to read the standard input of another process.
type notOurs struct{}

func (notOurs) Error() string  { return "standard input" }
func (notOurs) Reason() string { return "the standard input of another process can't be read" }
