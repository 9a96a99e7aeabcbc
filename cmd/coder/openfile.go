package main

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/strataconf/strata/load"
)

// openToAll reports whether every user of the machine may read a file: its own
// mode says so, and that of each folder on the way lets them through. Names are
// as files read them. Where modes mean nothing, and where nothing can be
// learned, it is false.
func openToAll(files load.Files, name string) bool {
	if runtime.GOOS == "windows" || name == "-" {
		return false
	}
	if p, ok := files.(patched); ok {
		files = p.Files
	}
	root := ""
	if of, ok := files.(otherFiles); ok {
		root = of.root
		if !filepath.IsAbs(name) {
			name = filepath.Join(of.dir, name)
		}
	}
	name, err := filepath.Abs(name)
	if err != nil {
		return false
	}
	const read, search = 0o004, 0o001
	info, err := os.Stat(root + name)
	if err != nil || !info.Mode().IsRegular() || info.Mode()&read == 0 {
		return false
	}
	for dir := filepath.Dir(name); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(root + dir)
		if err != nil || info.Mode()&search == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}
