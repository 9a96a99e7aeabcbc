package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
)

// ours is the module whose dependencies are told; those nested in it begin
// with the same path.
const ours = "github.com/strataconf/strata"

// program is the package that is released.
const program = ours + "/cmd/coder"

// platforms is what a release is built for.
var platforms = []platform{
	{"darwin", "amd64"}, {"darwin", "arm64"}, {"linux", "amd64"}, {"linux", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

// A platform is what a program is built for.
type platform struct{ os, arch string }

// A module is somebody else's, as far as it is built in.
type module struct {
	Path, Version, Dir string
	packages           map[string]string // the folder of each package that is built in
	importers          map[string]bool   // the modules that import one of these; ours as one
	commands           []string          // of packages that are programs, the last part of the path
}

// modules is a set by path.
type modules map[string]*module

// sorted is the modules by path.
func (m modules) sorted() []*module {
	return slices.SortedFunc(maps.Values(m), func(a, b *module) int { return cmp.Compare(a.Path, b.Path) })
}

// without is the modules that are not in other.
func (m modules) without(other modules) modules {
	rest := maps.Clone(m)
	maps.DeleteFunc(rest, func(path string, _ *module) bool { return other[path] != nil })
	return rest
}

// add puts the packages of other into m.
func (m modules) add(other modules) {
	for path, from := range other {
		to := m[path]
		if to == nil {
			m[path] = from
			continue
		}
		maps.Copy(to.packages, from.packages)
		maps.Copy(to.importers, from.importers)
	}
}

// A repository is the checkout that is looked at.
type repository struct{ root string }

// inProgram is what a release is made of on some of the platforms.
func (r repository) inProgram(on ...platform) (modules, error) {
	all := modules{}
	for _, p := range on {
		some, err := r.list([]string{"GOOS=" + p.os, "GOARCH=" + p.arch}, ".", program)
		if err != nil {
			return nil, err
		}
		all.add(some)
	}
	return all, nil
}

// inTests is what the packages of the module and their tests are made of.
func (r repository) inTests() (modules, error) {
	all := modules{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		some, err := r.list([]string{"GOOS=" + system, "GOARCH=amd64"}, ".", "-test", "./...")
		if err != nil {
			return nil, err
		}
		all.add(some)
	}
	return all, nil
}

// inTools is what "make check" and the making of releases need.
func (r repository) inTools() (modules, error) {
	all, err := r.list([]string{"GOOS=linux", "GOARCH=amd64"}, ".", "-modfile=.ci/tools.mod", "tool")
	if err != nil {
		return nil, err
	}
	own, err := r.list([]string{"GOOS=linux", "GOARCH=amd64"}, ".ci/supply", "-test", "./...")
	if err != nil {
		return nil, err
	}
	all.add(own)
	return all, nil
}

// inBenchmarks is what we are measured beside.
func (r repository) inBenchmarks() (modules, error) {
	return r.list([]string{"GOOS=linux", "GOARCH=amd64"}, "bench", "-test", "./...")
}

// list asks Go for what packages are made of, without a C compiler, as
// releases are built.
func (r repository) list(environ []string, folder string, args ...string) (modules, error) {
	out, err := r.goIn(folder, append(environ, "CGO_ENABLED=0"),
		append([]string{"list", "-deps", "-json=ImportPath,Name,Dir,Standard,Imports,Module"}, args...)...)
	if err != nil {
		return nil, err
	}
	return decode(out)
}

// goIn runs the go command in a folder of the repository.
func (r repository) goIn(folder string, environ []string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", append([]string{"-C", path.Join(r.root, folder)}, args...)...)
	cmd.Env = append(os.Environ(), append([]string{"GOFLAGS=", "GOWORK=off"}, environ...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return out, nil
}

// A listed is a package, as "go list -json" tells it.
type listed struct {
	ImportPath, Name, Dir string
	Standard              bool
	Imports               []string
	Module                *struct {
		Path, Version, Dir string
		Replace            *struct{ Path string }
	}
}

func decode(out []byte) (modules, error) {
	all, in := modules{}, map[string]string{}
	var packages []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if p.Standard || p.Module == nil {
			continue
		}
		packages = append(packages, p)
		if own(p.Module.Path) {
			in[p.ImportPath] = ours
			continue
		}
		if p.Module.Replace != nil {
			return nil, fmt.Errorf("%s is replaced by %s: its version says nothing of what is built in", p.Module.Path, p.Module.Replace.Path)
		}
		in[p.ImportPath] = p.Module.Path
		m := all[p.Module.Path]
		if m == nil {
			m = &module{p.Module.Path, p.Module.Version, p.Module.Dir, map[string]string{}, map[string]bool{}, nil}
			all[m.Path] = m
		}
		m.packages[p.ImportPath] = p.Dir
		if p.Name == "main" {
			m.commands = append(m.commands, path.Base(p.ImportPath))
		}
	}
	for _, p := range packages {
		for _, imported := range p.Imports {
			if m := all[in[imported]]; m != nil && m.Path != in[p.ImportPath] {
				m.importers[in[p.ImportPath]] = true
			}
		}
	}
	return all, nil
}

// own reports whether a module is ours.
func own(path string) bool { return path == ours || strings.HasPrefix(path, ours+"/") }
