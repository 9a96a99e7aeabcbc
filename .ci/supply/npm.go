package main

import (
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A lock is what a folder below .ci takes from npm.
type lock struct {
	name     string // of the folder
	direct   []npmPackage
	others   int
	licences []string // of all
}

// An npmPackage is one of a lock file.
type npmPackage struct{ name, version, licence string }

// npm reads the lock files below .ci.
func (r repository) npm() ([]lock, error) {
	files, err := filepath.Glob(filepath.Join(r.root, ".ci/*/package-lock.json"))
	if err != nil {
		return nil, err
	}
	var all []lock
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		l, err := readLock(text)
		if err != nil {
			return nil, err
		}
		l.name = filepath.Base(filepath.Dir(file))
		all = append(all, l)
	}
	return all, nil
}

func readLock(text []byte) (lock, error) {
	var tree struct {
		Packages map[string]struct {
			Version      string
			License      string
			Dependencies map[string]string
			Dev          map[string]string `json:"devDependencies"`
		}
	}
	if err := json.Unmarshal(text, &tree); err != nil {
		return lock{}, err
	}
	l, root, licences := lock{}, tree.Packages[""], map[string]bool{}
	for _, place := range slices.Sorted(maps.Keys(tree.Packages)) {
		if place == "" {
			continue
		}
		p := tree.Packages[place]
		p.License = cmp.Or(p.License, "unknown")
		licences[p.License] = true
		name := place[strings.LastIndex(place, "node_modules/")+len("node_modules/"):]
		if (root.Dependencies[name] != "" || root.Dev[name] != "") && place == "node_modules/"+name {
			l.direct = append(l.direct, npmPackage{name, p.Version, p.License})
		} else {
			l.others++
		}
	}
	l.licences = slices.Sorted(maps.Keys(licences))
	return l, nil
}
