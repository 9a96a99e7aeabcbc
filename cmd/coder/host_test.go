package main

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
)

func TestBuild(t *testing.T) {
	t.Parallel()
	const rev = "0123456789abcdef0123456789abcdef01234567"
	for _, c := range []struct {
		release, module, rev, modified string
		version, url                   string
		released                       bool
	}{
		{"", "(devel)", "", "", "v0.0.0-devel", homepage, false},
		{"", "(devel)", rev, "false", "v0.0.0-devel+0123456789ab", homepage + "/tree/" + rev, false},
		{"", "v0.0.0-20260102030405-0123456789ab", rev, "true", "v0.0.0-devel+0123456789ab.dirty", homepage + "/tree/" + rev, false},
		{"", "v1.2.3", "", "", "v1.2.3", homepage + "/tree/v1.2.3", true},
		{"", "v1.2.3+dirty", rev, "true", "v0.0.0-devel+0123456789ab.dirty", homepage + "/tree/" + rev, false},
		{"v2.0.0-rc.1", "(devel)", rev, "false", "v2.0.0-rc.1", homepage + "/tree/" + rev, true},
	} {
		info := &debug.BuildInfo{Main: debug.Module{Version: c.module}}
		info.Settings = []debug.BuildSetting{{Key: "vcs.revision", Value: c.rev}, {Key: "vcs.modified", Value: c.modified}}
		got := newBuild(c.release, info)
		if got.Version != c.version || got.Release != c.released || got.url() != c.url {
			t.Errorf("linker %q, module %q, revision %q: got %+v at %s, want %s, released %t, at %s",
				c.release, c.module, c.rev, got, got.url(), c.version, c.released, c.url)
		}
	}
	if got := newBuild("", nil).Version; got != "v0.0.0-devel" {
		t.Errorf("without build info: got %s, want v0.0.0-devel", got)
	}
}

func TestCacheDirectory(t *testing.T) {
	t.Parallel()
	if got, want := (build{}).host([]string{"CACHE_DIRECTORY=/var/cache/x"}).CacheDir, filepath.Join("/var/cache/x", "coder"); got != want {
		t.Errorf("under systemd: got %q, want %q", got, want)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	if got, want := (build{}).host(os.Environ()).CacheDir, filepath.Join(dir, "coder"); got != want {
		t.Errorf("of a user: got %q, want %q", got, want)
	}
	if got, want := (build{}).host(nil).CacheDir, filepath.Join(os.TempDir(), "coder"); got != want {
		t.Errorf("of nobody: got %q, want %q", got, want)
	}
	for _, environ := range [][]string{{"HOME=/home/\xff"}, {"HOME=."}, {"CACHE_DIRECTORY=/var/\x1b"}, {"XDG_CACHE_HOME=/a\nb", "XDG_CONFIG_HOME=/a\nb"}} {
		if got, want := (build{}).host(environ), filepath.Join(os.TempDir(), "coder"); got.CacheDir != want || got.StateDir != "" {
			t.Errorf("%q is of no use: got %+v, want the folder %s", environ, got, want)
		}
	}
}
