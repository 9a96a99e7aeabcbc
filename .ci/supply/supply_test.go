package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var checkout = repository{"../.."}

// The page says what is so. Go's test cache does not look outside of this
// module, so these tests want -count=1.
func TestDependencies(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	if err := checkout.page(&got); err != nil {
		t.Fatal(err)
	}
	const file = "../../docs/dependencies.md"
	want, err := os.ReadFile(file)
	switch {
	case err == nil && bytes.Equal(got.Bytes(), want):
	case os.Getenv("UPDATE_GOLDEN") == "1":
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("docs/dependencies.md is not what this run made, from line %d on; if the new one is right: make update", 1+differ(got.String(), string(want)))
	}
}

// differ is the index of the first line in which two texts differ.
func differ(a, b string) int {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return i
		}
	}
	return min(len(as), len(bs))
}

// coder builds the program for a platform.
func coder(t *testing.T, p platform) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "coder")
	build := exec.Command("go", "-C", checkout.root, "build", "-trimpath", "-buildvcs=false", "-o", file, "./cmd/coder")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOOS="+p.os, "GOARCH="+p.arch)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return file
}

func TestOfABinary(t *testing.T) {
	t.Parallel()
	file := coder(t, platform{"linux", "amd64"})
	outputs := map[string]func(io.Writer) error{
		"sbom":    func(w io.Writer) error { return run(w, checkout, []string{"sbom", "v1.2.3", file}) },
		"notices": func(w io.Writer) error { return run(w, checkout, []string{"notices", file}) },
		"size":    func(w io.Writer) error { return run(w, checkout, []string{"size", file}) },
	}
	checks := map[string]func(*testing.T, []byte){"sbom": checkBill, "notices": checkNotices, "size": checkSize}
	for name, print := range outputs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var one, other bytes.Buffer
			if err := errors.Join(print(&one), print(&other)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(one.Bytes(), other.Bytes()) {
				t.Error("made twice, it is not the same")
			}
			checks[name](t, one.Bytes())
		})
	}
}

// checkBill holds a bill to the schema of CycloneDX, has somebody else read
// it, and looks for what must be in it.
func checkBill(t *testing.T, text []byte) {
	t.Helper()
	schema := billSchema(t)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
	if err := schema.Validate(map[string]any{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": "none"}); err == nil {
		t.Error("the schema accepts anything")
	}
	var bill cdx.BOM
	if err := cdx.NewBOMDecoder(bytes.NewReader(text), cdx.BOMFileFormatJSON).Decode(&bill); err != nil {
		t.Fatal(err)
	}
	refs := map[string]bool{bill.Metadata.Component.BOMRef: true}
	for _, c := range *bill.Components {
		refs[c.BOMRef] = true
		if c.Licenses == nil || (*c.Licenses)[0].Expression == "" {
			t.Errorf("%s has no licence", c.Name)
		}
	}
	if len(refs) < 25 || !refs["pkg:golang/github.com/spf13/cobra@v1.10.2"] && !strings.Contains(string(text), "spf13/cobra@") {
		t.Errorf("got %d parts, want more, and cobra among them", len(refs))
	}
	needed := map[string]bool{bill.Metadata.Component.BOMRef: true}
	for _, d := range *bill.Dependencies {
		if !refs[d.Ref] {
			t.Errorf("%s is told on and no part", d.Ref)
		}
		for _, on := range deref(d.Dependencies) {
			needed[on] = true
		}
	}
	for ref := range refs {
		if !needed[ref] {
			t.Errorf("%s is a part that nobody needs", ref)
		}
	}
}

func deref(list *[]string) []string {
	if list == nil {
		return nil
	}
	return *list
}

func billSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/CycloneDX/cyclonedx-go").Output()
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	for name, file := range map[string]string{"bom-1.6.schema.json": "", "spdx.schema.json": "", "jsf-0.82.schema.json": "jsf-0.82.schemax.json"} {
		if file == "" {
			file = name
		}
		text, err := os.Open(filepath.Join(strings.TrimSpace(string(dir)), "schema", file))
		if err != nil {
			t.Fatal(err)
		}
		defer text.Close()
		doc, err := jsonschema.UnmarshalJSON(text)
		if err == nil {
			err = c.AddResource("http://cyclonedx.org/schema/"+name, doc)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	schema, err := c.Compile("http://cyclonedx.org/schema/bom-1.6.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func checkNotices(t *testing.T, text []byte) {
	t.Helper()
	for _, want := range []string{
		"Copyright 2009 The Go Authors", "github.com/spf13/cobra v", "Copyright (c) 2013-2021 Jack Christensen", "--- NOTICE\n", "musl", "SQLite Is Public Domain",
	} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the notices lack %q", want)
		}
	}
	for _, none := range []string{"rapid", "mousetrap", "\r"} {
		if bytes.Contains(text, []byte(none)) {
			t.Errorf("the notices of a program for Linux have %q", none)
		}
	}
}

// checkSize demands that all bytes are told of, most of them by name.
func checkSize(t *testing.T, text []byte) {
	t.Helper()
	for _, want := range []string{"| ours |", "| modernc.org/sqlite |", "| Go, its runtime and standard library |", "| table of functions", "| the release |"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the table lacks %q:\n%s", want, text)
		}
	}
	var sum, all float64
	for line := range strings.Lines(string(text)) {
		cells := cells(line)
		mb, err := strconv.ParseFloat(cells[1], 64)
		switch {
		case err != nil || cells[2] == "":
		case cells[0] == "the release":
			all = mb
		default:
			sum += mb
		}
	}
	if math.Abs(sum-all) > 0.2 { // each is rounded
		t.Errorf("the parts are %.2f MB together, the whole %.2f MB:\n%s", sum, all, text)
	}
}

// What a program is for another platform is what its own source needs.
func TestWindowsHasItsOwn(t *testing.T) {
	t.Parallel()
	windows, err := checkout.inProgram(platform{"windows", "amd64"})
	if err != nil {
		t.Fatal(err)
	}
	linux, err := checkout.inProgram(platform{"linux", "amd64"})
	if err != nil {
		t.Fatal(err)
	}
	const mousetrap = "github.com/inconshreveable/mousetrap"
	if windows[mousetrap] == nil || linux[mousetrap] != nil {
		t.Errorf("mousetrap: got %v for Windows, %v for Linux", windows[mousetrap], linux[mousetrap])
	}
}

const (
	mit = `Copyright (c) 2026 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR
A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN
ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`
	public = `                    DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE
                            Version 2, December 2004

 Copyright (C) 2004 Sam Hocevar <sam@hocevar.net>

 Everyone is permitted to copy and distribute verbatim or modified
 copies of this license document, and changing it is allowed as long
 as the name is changed.

            DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE
   TERMS AND CONDITIONS FOR COPYING, DISTRIBUTION AND MODIFICATION

  0. You just DO WHAT THE FUCK YOU WANT TO.
`
)

// A module has to say on which terms it may be used, in words that are known,
// and these terms have to be ones that somebody decided on.
func TestTerms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, path string
		files      map[string]string
		want, err  string
	}{
		{"known", "x.test/m", map[string]string{"LICENSE": mit}, "MIT", ""},
		{"by another name", "x.test/m", map[string]string{"COPYING.txt": mit}, "MIT", ""},
		{"with a notice", "x.test/m", map[string]string{"LICENSE": mit, "NOTICE": "Thanks to all."}, "MIT", ""},
		{"none", "x.test/m", map[string]string{"README": mit}, "", "no file grants a licence"},
		{"a notice only", "x.test/m", map[string]string{"NOTICE": mit}, "", "no file grants a licence"},
		{"a source file only", "x.test/m", map[string]string{"license.go": mit}, "", "no file grants a licence"},
		{"unknown words", "x.test/m", map[string]string{"LICENSE": "Do as you like."}, "", "known text in 0% only"},
		{"unknown words beside", "x.test/m", map[string]string{"LICENSE": mit + strings.Repeat("But ask Olga before. ", 80)}, "", "% only, with MIT"},
		{"nobody decided", "x.test/m", map[string]string{"LICENSE": public}, "", "nobody decided that WTFPL will do"},
		{"in the folder of a package", "x.test/m", map[string]string{"LICENSE": mit, "p/LICENSE": public}, "", "nobody decided that WTFPL will do"},
		{"in another folder", "x.test/m", map[string]string{"LICENSE": mit, "q/LICENSE": public}, "MIT", ""},
		{"none at all, which is known", "github.com/alecthomas/kong-yaml", nil, "", "nobody decided that none will do for what is in the program"},
		{"judged, another text", "modernc.org/sqlite", map[string]string{"LICENSE-SQLITE": mit}, "", "is not the text that was judged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range c.files {
				file := filepath.Join(dir, name)
				if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.MkdirAll(filepath.Join(dir, "p"), 0o755); err != nil {
				t.Fatal(err)
			}
			m := &module{Path: c.path, Version: "v1.0.0", Dir: dir, packages: map[string]string{c.path + "/p": filepath.Join(dir, "p")}}
			var page bytes.Buffer
			err := section{"In the program", "", modules{c.path: m}, true, false}.write(&page, records{c.path: {"adr/0001-x.md", "for all"}})
			switch {
			case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
				t.Errorf("got error %v, want %q", err, c.err)
			case c.err == "" && (err != nil || !strings.Contains(page.String(), "| v1.0.0 | "+c.want+" | for all ([0001](adr/0001-x.md))")):
				t.Errorf("got %v and\n%s", err, &page)
			}
		})
	}
}

// What is in the program needs a record; elsewhere only what we asked for.
func TestRecords(t *testing.T) {
	t.Parallel()
	known := records{}
	known.read("adr/0042-x.md", "# 42. X\n| dependency | where | why |\n| --- | --- | --- |\n| `a/b` (or so) | here | one |\n| `x.test/m/sub`, lint | there | two |\n\n| thing | why |\n| --- | --- |\n| `c/d` | three |\n")
	for _, c := range []struct {
		path     string
		commands []string
		direct   bool
		given    bool
		unasked  bool
		want     string
	}{
		{"github.com/a/b", nil, true, true, false, "one ([0042](adr/0042-x.md))"},
		{"github.com/a/b", nil, false, true, false, "one ([0042](adr/0042-x.md)); for `x.test/other`"},
		{"x.test/m", nil, true, true, false, "two ([0042](adr/0042-x.md))"},
		{"x.test/tool", []string{"lint"}, false, false, false, "two ([0042](adr/0042-x.md))"},
		{"github.com/c/d", nil, false, true, false, ""},
		{"github.com/c/d", nil, true, false, false, ""},
		{"github.com/c/d", nil, false, false, false, "for `x.test/other`"},
		{"github.com/c/d", nil, true, false, true, "for ours"},
	} {
		m := &module{Path: c.path, commands: c.commands, importers: map[string]bool{"x.test/other": true}}
		if c.direct {
			m.importers = map[string]bool{ours: true}
		}
		got, err := section{given: c.given, unasked: c.unasked}.why(m, known)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s, direct %t, in the program %t: got %q, %v, want %q", c.path, c.direct, c.given, got, err, c.want)
		}
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	got, err := readLock([]byte(`{"packages": {"": {"dependencies": {"a": "1.0.0"}, "devDependencies": {"@s/b": "2.0.0"}},
		"node_modules/a": {"version": "1.0.0", "license": "MIT"}, "node_modules/@s/b": {"version": "2.0.0", "license": "ISC"},
		"node_modules/@s/b/node_modules/a": {"version": "0.9.0", "license": "GPL-3.0-only"}, "node_modules/c": {"version": "3.0.0"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []npmPackage{{"@s/b", "2.0.0", "ISC"}, {"a", "1.0.0", "MIT"}}
	if !slices.Equal(got.direct, want) || got.others != 2 || !slices.Equal(got.licences, []string{"GPL-3.0-only", "ISC", "MIT", "unknown"}) {
		t.Errorf("got %+v", got)
	}
}

// A program may grow a little unseen, and no more; it may shrink.
func TestWeighed(t *testing.T) {
	t.Parallel()
	for _, p := range platforms {
		usual := weights[p]
		if usual < 1_000_000 {
			t.Errorf("%s/%s: nobody wrote down what the program weighs there", p.os, p.arch)
		}
		for bytes, fits := range map[int64]bool{usual: true, usual / 2: true, usual * 103 / 100: true, usual*103/100 + 1: false, 2 * usual: false} {
			var said strings.Builder
			if err := weighed(&said, p, bytes); (err == nil) != fits || fits == (said.Len() == 0) {
				t.Errorf("%s/%s with %d bytes: said %q, error %v", p.os, p.arch, bytes, &said, err)
			}
		}
	}
	if err := weighed(io.Discard, platform{"plan9", "arm"}, 1); err == nil {
		t.Error("a platform that nobody knows: got no error")
	}
}

func TestOwner(t *testing.T) {
	t.Parallel()
	for symbol, want := range map[string]string{
		"runtime.mallocgc":                  "Go, its runtime and standard library",
		"net/http.(*Server).Serve":          "Go, its runtime and standard library",
		"vendor/golang.org/x/net/idna.init": "Go, its runtime and standard library",
		"main.main":                         "ours",
		"github.com/strataconf/strata/option.(*Catalog).ByFlag":         "ours",
		"github.com/jackc/pgx/v5/pgconn.Connect":                        "github.com/jackc/pgx",
		"golang.org/x/text/language.init":                               "golang.org/x/text",
		"gopkg.in/yaml%2ev3.(*decoder).unmarshal":                       "gopkg.in/yaml.v3",
		"modernc.org/sqlite/lib._sqlite3VdbeExec":                       "modernc.org/sqlite",
		"slices.SortFunc[go.shape.[]github.com/spf13/cobra.Command]":    "Go, its runtime and standard library",
		"github.com/jackc/puddle/v2.(*Pool[go.shape.*x.test/y.Z]).Open": "github.com/jackc/puddle",
	} {
		if got := owner(symbol); got != want {
			t.Errorf("%s: got %s, want %s", symbol, got, want)
		}
	}
}

// An archive depends on names, bytes and on who may run what, and on nothing
// else of the files.
func TestPack(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)
	tree := func(perm fs.FileMode, order []string) string {
		folder := filepath.Join(t.TempDir(), "coder_v1")
		for _, name := range order {
			file := filepath.Join(folder, name)
			mode := perm &^ 0o111
			if name == "coder" {
				mode = perm
			}
			err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte("bytes of "+name), mode), os.Chmod(file, mode),
				os.Chtimes(file, time.Time{}, time.Unix(int64(perm), 0)))
			if err != nil {
				t.Fatal(err)
			}
		}
		return folder
	}
	one, other := tree(0o755, []string{"coder", "README.md", "man/coder.1"}), tree(0o700, []string{"man/coder.1", "README.md", "coder"})
	for _, suffix := range []string{".tar.gz", ".zip"} {
		var packed [][]byte
		for _, folder := range []string{one, other} {
			file := filepath.Join(t.TempDir(), "x"+suffix)
			if err := pack(file, folder, at); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			packed = append(packed, b)
		}
		if !bytes.Equal(packed[0], packed[1]) {
			t.Errorf("%s: two archives of the same files differ", suffix)
		}
		want := "coder_v1/README.md -rw-r--r-- bytes of README.md\ncoder_v1/coder -rwxr-xr-x bytes of coder\ncoder_v1/man/coder.1 -rw-r--r-- bytes of man/coder.1\n"
		if got := unpack(t, packed[0], at); got != want {
			t.Errorf("%s: got\n%swant\n%s", suffix, got, want)
		}
	}
	if err := os.Symlink("coder", filepath.Join(one, "link")); err != nil {
		t.Fatal(err)
	}
	if err := pack(filepath.Join(t.TempDir(), "x.zip"), one, at); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a symlink: got %v, want it refused", err)
	}
}

// unpack lists an archive, and demands that time of each file.
func unpack(t *testing.T, packed []byte, at time.Time) string {
	t.Helper()
	var list strings.Builder
	tell := func(info fs.FileInfo, name string, from io.Reader) {
		b, err := io.ReadAll(from)
		if err != nil || !info.ModTime().Equal(at) {
			t.Errorf("%s: got time %s, error %v", name, info.ModTime(), err)
		}
		list.WriteString(name + " " + info.Mode().String() + " " + string(b) + "\n")
	}
	if z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed))); err == nil {
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			tell(f.FileInfo(), f.Name, r)
		}
		return list.String()
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return list.String()
		} else if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Gid != 0 || h.Uname != "" {
			t.Errorf("%s belongs to %d %s", h.Name, h.Uid, h.Uname)
		}
		tell(h.FileInfo(), h.Name, r)
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"x"}, {"sbom"}, {"sbom", "v1"}, {"pack", "soon", "a", "b"}, {"dependencies", "x"}} {
		if err := run(io.Discard, checkout, args); !errors.Is(err, errUsage) {
			t.Errorf("%q: got %v, want the usage", args, err)
		}
	}
}

// A release is not made of what is not a release, and says why.
func TestReleaseRefuses(t *testing.T) {
	t.Parallel()
	clone := filepath.Join(t.TempDir(), "clone")
	shell := func(script string) (string, error) {
		cmd := exec.Command("bash", "-euc", script)
		cmd.Dir = clone
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := exec.Command("git", "clone", "-q", "--shared", checkout.root, clone).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if script, err := os.ReadFile("../release"); err != nil || os.WriteFile(filepath.Join(clone, ".ci/release"), script, 0o755) != nil {
		t.Fatal(err)
	}
	const commit = "git -c user.name=x -c user.email=x@x.test commit -q --allow-empty -am x; "
	for _, c := range []struct{ name, before, args, want string }{
		{"no version", "", "", "Usage: "},
		{"a version without v", "", "1.2.3", "Usage: "},
		{"one platform of a release", "", "v9.9.9 linux/amd64", "Usage: "},
		{"a rehearsal of nothing", "", "--rehearse x", "Usage: "},
		{"a rehearsal into a full folder", "", "--rehearse . v9.9.9", "is not empty"},
		{"changes", "echo >>README.md", "v9.9.9", "changes that are not committed"},
		{"no tag", commit, "v9.9.9", "the tag v9.9.9 is not at this commit"},
		{"a tag elsewhere", "git tag v9.9.9; " + commit, "v9.9.9", "the tag v9.9.9 is not at this commit"},
		{"no section of the changelog", "git tag -f v9.9.9", "v9.9.9", "CHANGELOG.md has no section ## [9.9.9]"},
		{"names without a version", "echo '## [9.9.9]' >>CHANGELOG.md; " + commit + "git tag -f v9.9.9", "v9.9.9", "names that are unreleased"},
		{"made already", "sed s/unreleased/v9.9.9/ testdata/golden/names.tsv >x; mv x testdata/golden/names.tsv; " + commit + "git tag -f v9.9.9; mkdir -p dist/v9.9.9", "v9.9.9", "is there already"},
	} {
		if out, err := shell(c.before); err != nil {
			t.Fatalf("%s: %v\n%s", c.name, err, out)
		}
		out, err := shell(".ci/release " + c.args)
		if err == nil || !strings.Contains(out, c.want) {
			t.Errorf("%s: got %v and\n%swant %q", c.name, err, out, c.want)
		}
	}
}

func TestSerial(t *testing.T) {
	t.Parallel()
	var sum [32]byte
	for i := range sum {
		sum[i] = 0xff
	}
	if got, want := serial(sum), "urn:uuid:ffffffff-ffff-8fff-bfff-ffffffffffff"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if b, err := json.Marshal(purl("x.test/m", "v1.2.3+dirty")); err != nil || string(b) != `"pkg:golang/x.test/m@v1.2.3%2Bdirty"` {
		t.Errorf("a version with a plus: got %s, %v", b, err)
	}
}
