package main

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// homepage is where the project lives.
const homepage = "https://github.com/strataconf/strata"

// release is set by the linker for a release: -X main.release=v1.2.3.
var release string

// updateURL is set by the linker for a program that may look for updates:
// -X main.updateURL=https://…. It answers with a JSON object of the members
// version and url.
var updateURL string

// A build is what the program knows of itself.
type build struct {
	Version  string // "v1.2.3", or "v0.0.0-devel+0123456789ab" without a tag
	Revision string // of the source, or ""
	Release  bool
	// UpdateURL is where to ask for the newest version, or "".
	UpdateURL string
}

func thisBuild() build {
	info, _ := debug.ReadBuildInfo()
	return newBuild(release, info)
}

func newBuild(release string, info *debug.BuildInfo) build {
	b := build{Version: release, UpdateURL: updateURL}
	module, dirty := "", false
	if info != nil {
		module = info.Main.Version
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Revision = s.Value
			case "vcs.modified":
				dirty = s.Value == "true"
			}
		}
	}
	if b.Version == "" && tagged(module) {
		b.Version = module
	}
	b.Release = b.Version != ""
	if !b.Release {
		b.Version = "v0.0.0-devel"
		if b.Revision != "" {
			b.Version += "+" + b.Revision[:min(len(b.Revision), 12)]
			if dirty {
				b.Version += ".dirty"
			}
		}
	}
	return b
}

// tagged reports whether the version of a module is a tag: one that Go made
// up for a commit has a hyphen, one of a changed tree has a plus.
func tagged(version string) bool {
	return strings.HasPrefix(version, "v") && !strings.ContainsAny(version, "-+")
}

// url is the page of the project at the revision.
func (b build) url() string {
	switch {
	case b.Revision != "":
		return homepage + "/tree/" + b.Revision
	case b.Release:
		return homepage + "/tree/" + b.Version
	}
	return homepage
}

// host says what computed defaults may know. CACHE_DIRECTORY is what systemd
// gives a unit that has a cache directory.
func (b build) host(environ []string) option.Host {
	h := option.Host{Version: b.Version, Release: b.Release}
	if h.CacheDir = getenv(environ, "CACHE_DIRECTORY"); h.CacheDir == "" || !isText(h.CacheDir) {
		h.CacheDir = userDir(environ, "LocalAppData", "Library/Caches", "XDG_CACHE_HOME", ".cache")
	}
	if h.CacheDir == "" || !isText(h.CacheDir) {
		h.CacheDir = os.TempDir()
	}
	if !isText(h.CacheDir) {
		h.CacheDir = "/tmp"
	}
	h.CacheDir = filepath.Join(h.CacheDir, "coder")
	// Of the programs on people's machines, which have the same folder.
	if h.StateDir = getenv(environ, "CODER_CONFIG_DIR"); h.StateDir != "" {
		return h
	}
	if dir := userDir(environ, "AppData", "Library/Application Support", "XDG_CONFIG_HOME", ".config"); dir != "" && isText(dir) {
		h.StateDir = filepath.Join(dir, "coder")
	}
	return h
}

// isText reports whether a folder can stand in a document. One that can't is as
// good as none: it is part of defaults, and these are printed.
func isText(dir string) bool {
	return utf8.ValidString(dir) && !strings.ContainsFunc(dir, unicode.IsControl)
}

// hostVariables are those that [build.host] looks at where there may be other
// processes to look at.
var hostVariables = []string{"CACHE_DIRECTORY", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}

// userDir is what [os.UserCacheDir] and [os.UserConfigDir] find, for any
// environment: "" if nothing.
func userDir(environ []string, windows, darwin, xdg, other string) string {
	home := getenv(environ, "HOME")
	switch runtime.GOOS {
	case "windows":
		return getenv(environ, windows)
	case "darwin":
		other = darwin
	default:
		if dir := getenv(environ, xdg); dir != "" {
			if !filepath.IsAbs(dir) {
				return ""
			}
			return dir
		}
	}
	if !filepath.IsAbs(home) {
		return "" // else it would depend on where the program is started
	}
	return filepath.Join(home, other)
}
