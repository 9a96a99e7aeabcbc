package main

import (
	"debug/buildinfo"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A binary is a program that was built, with what it is made of.
type binary struct {
	*buildinfo.BuildInfo
	platform platform
	modules  modules
}

// read asks a binary what it is made of, and Go for the files of that. Both
// must be of one mind.
func (r repository) read(file string) (*binary, error) {
	info, err := buildinfo.ReadFile(file)
	if err != nil {
		return nil, err
	}
	b := &binary{BuildInfo: info}
	b.platform = platform{b.setting("GOOS"), b.setting("GOARCH")}
	if b.modules, err = r.inProgram(b.platform); err != nil {
		return nil, err
	}
	built := map[string]string{}
	for _, d := range info.Deps {
		built[d.Path] = d.Version
	}
	listed := map[string]string{}
	for _, m := range b.modules {
		listed[m.Path] = m.Version
	}
	if !maps.Equal(built, listed) {
		return nil, fmt.Errorf("%s is made of %v, its source of %v", file, built, listed)
	}
	return b, nil
}

// setting is what the binary was built with, or "".
func (b *binary) setting(key string) string {
	for _, s := range b.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

// line parts the modules in a file of notices.
var line = strings.Repeat("=", 78)

// notices prints what the licences of all parts of a binary ask to go with
// it, in full.
func (r repository) notices(w io.Writer, file string) error {
	b, err := r.read(file)
	if err != nil {
		return err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "The program coder for %s on %s holds the code of others, listed here with their\n"+
		"licences. Its own licence is in the file LICENSE.\n", b.platform.os, b.platform.arch)
	root, err := r.goIn(".", nil, "env", "GOROOT")
	if err != nil {
		return err
	}
	head := func(name, version, licence string) {
		fmt.Fprintf(&text, "\n%s\n%s %s\n%s\n%s\n", line, name, version, licence, line)
	}
	head("Go, its runtime and standard library", b.GoVersion, "BSD-3-Clause")
	for _, name := range []string{"LICENSE", "PATENTS"} {
		t, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), name))
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "\n%s\n", strings.TrimSpace(string(t)))
	}
	for _, m := range b.modules.sorted() {
		all, err := m.documents()
		if err != nil {
			return err
		}
		head(m.Path, m.Version, expression(licences(all)))
		for _, d := range all {
			fmt.Fprintf(&text, "\n--- %s\n\n%s\n", d.name, strings.TrimSpace(strings.ReplaceAll(d.text, "\r\n", "\n")))
		}
	}
	_, err = io.WriteString(w, text.String())
	return err
}

// expression is licences that all hold, in the form of SPDX.
func expression(all []string) string { return strings.Join(slices.Sorted(slices.Values(all)), " AND ") }
