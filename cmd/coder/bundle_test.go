package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

// ran runs the program and returns its exit code and outputs, both in one.
func ran(t *testing.T, environ []string, host option.Host, args ...string) string {
	t.Helper()
	var b strings.Builder
	code := runInto(t, &b, &b, environ, host, args...)
	return fmt.Sprintf("%s\nexit code %d", b.String(), code)
}

func runInto(t *testing.T, out, errs io.Writer, environ []string, host option.Host, args ...string) int {
	t.Helper()
	return run(t.Context(), process{
		Args: append([]string{"coder"}, args...), Environ: environ, Stdin: strings.NewReader(""), Stdout: out, Stderr: errs,
		Build: build{Version: "v0.0.0-devel"}, Host: host, Registry: kept,
	})
}

// TestBundlesTellTheSame takes a bundle of every planting of the canary suite,
// and holds that it has no secret and that elsewhere everything is told of it
// as here, to the byte.
func TestBundlesTellTheSame(t *testing.T) {
	t.Parallel()
	here := option.Host{Version: "v0.0.0-devel", CacheDir: "/var/cache/coder", StateDir: "/var/lib/coder"}
	there := option.Host{Version: "v0.0.0-devel", CacheDir: "/elsewhere", StateDir: "/elsewhere"}
	dir := t.TempDir()
	for i, p := range plantings(t) {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			file, bundle := filepath.Join(dir, fmt.Sprintf("coder-%d.yaml", i)), filepath.Join(dir, fmt.Sprintf("bundle-%d.json", i))
			if err := os.WriteFile(file, []byte(p.file), 0o600); err != nil {
				t.Fatal(err)
			}
			// A -- among the arguments of a planting would end the flags.
			args := slices.DeleteFunc(slices.Clone(p.args), func(arg string) bool { return arg == "--" })
			args = append(args, "--config="+file, "--http-address=127.0.0.1:0")
			var out, errs strings.Builder
			code := runInto(t, &out, &errs, p.environ, here, append([]string{"config", "bundle"}, args...)...)
			text := out.String()
			if code != exitOK {
				t.Fatalf("got exit code %d and\n%s", code, text)
			}
			if shows := leak(text + errs.String()); shows != "" && !meantToShow(t, p) {
				t.Errorf("the canary shows in the bundle: …%s…", shows)
			}
			if err := os.WriteFile(bundle, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			about := p.about
			if about == "" {
				about = "external-auth-providers"
			}
			for j, ask := range [][]string{
				{"check", "--excerpt"},
				{"explain", "--format=json", "--", about},
				{"check", "--format=sarif", "--strict"},
				{"show"},
				{"show", "--format=json"},
				{"show", "--format=yaml"},
				{"explain", "--", about},
			} {
				if j > 1 && i%6 > 0 {
					continue // they read the same
				}
				command, rest := []string{"config", ask[0]}, ask[1:]
				want := ran(t, p.environ, here, slices.Concat(command, args, rest)...)
				if got := ran(t, nil, there, slices.Concat(command, []string{"--bundle=" + bundle}, rest)...); got != want {
					t.Errorf("%q: got\n%s\nwant\n%s", ask, got, want)
				}
			}
		})
	}
}

// meantToShow reports whether a planting is a value that every command shows.
func meantToShow(t *testing.T, p planting) bool {
	t.Helper()
	return strings.HasPrefix(p.name, "query") && slices.ContainsFunc(publicQuery, func(f string) bool {
		o := deploymentOption(t, f)
		return strings.HasSuffix(p.name, "--"+f) || strings.HasSuffix(p.name, "$"+string(o.Env)) || strings.HasSuffix(p.name, " "+o.Path())
	})
}

func BenchmarkBundle(b *testing.B) {
	for name, args := range map[string][]string{
		"bundle": {"config", "bundle", "--config=../../testdata/deployment.yaml"},
		"diff":   {"config", "diff", "../../testdata/deployment.yaml", "-"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				var out strings.Builder
				if code := run(b.Context(), process{Args: append([]string{"coder"}, args...), Stdout: &out, Stderr: &out, Build: build{Version: "v0.0.0"}}); code == exitUsage {
					b.Fatal(out.String())
				}
			}
		})
	}
}
