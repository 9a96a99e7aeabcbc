package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/spf13/cobra"
)

const root = "../../"

// A page is one Markdown file of the documentation.
type page struct {
	name  string // from the root
	text  string
	parts []part
}

// A part is a piece of a page: a fenced block or what stands between two.
type part struct {
	line    int // of the first line in the page
	fence   string
	lines   []string // without the fences
	console bool     // it is a session of a shell
	file    string   // it is a file of that name
	server  string   // it runs a server
}

func (p page) file() string { return filepath.Join(root, filepath.FromSlash(p.name)) }

func (p page) consoles() []part {
	return slices.DeleteFunc(slices.Clone(p.parts), func(b part) bool { return !b.console })
}

// prose is the page without its blocks.
func (p page) prose() string {
	var b strings.Builder
	for _, part := range p.parts {
		if part.fence == "" {
			b.WriteString(strings.Join(part.lines, "\n") + "\n")
		}
	}
	return b.String()
}

// markdown is the part as it stands in the page.
func (b part) markdown() []string {
	if b.fence == "" {
		return b.lines
	}
	return slices.Concat([]string{b.fence}, b.lines, []string{"```"})
}

func parsePage(name, text string) page {
	p := page{name: name, text: text}
	block := false
	p.parts = []part{{line: 1}}
	for i, line := range strings.Split(text, "\n") {
		last := &p.parts[len(p.parts)-1]
		switch {
		case block && line == "```":
			block = false
			p.parts = append(p.parts, part{line: i + 2})
		case !block && strings.HasPrefix(line, "```"):
			block = true
			b := part{line: i + 1, fence: line, console: line == "```console"}
			_, b.file, _ = strings.Cut(line, " file=")
			p.parts = append(p.parts, b)
		case !block && strings.HasPrefix(line, "<!-- server: "):
			last.lines = append(last.lines, line)
			last.server = strings.TrimSuffix(strings.TrimPrefix(line, "<!-- server: "), " -->")
			p.parts = append(p.parts, part{line: i + 2})
		default:
			last.lines = append(last.lines, line)
		}
	}
	return p
}

// pages are all pages for people who use the program.
func pages(t *testing.T) []page {
	t.Helper()
	var out []page
	for _, p := range markdown(t) {
		if p.name == "README.md" || strings.HasPrefix(p.name, "docs/") && !strings.HasPrefix(p.name, "docs/adr/") {
			out = append(out, p)
		}
	}
	return out
}

// markdown is every Markdown file of the repository.
func markdown(t *testing.T) []page {
	t.Helper()
	var out []page
	repo := os.DirFS(root)
	err := fs.WalkDir(repo, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "bin"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".md":
			return nil
		}
		b, err := fs.ReadFile(repo, name)
		out = append(out, parsePage(name, string(b)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCommandsHavePages holds that each subcommand has a page, that the page
// names all flags of its own, and that the README lists the subcommand.
func TestCommandsHavePages(t *testing.T) {
	t.Parallel()
	byName := map[string]page{}
	for _, p := range markdown(t) {
		byName[p.name] = p
	}
	want := map[string]bool{}
	leaves((&program{}).commands(), func(sub *cobra.Command) {
		words := strings.Fields(sub.CommandPath())[1:]
		name := "docs/commands/" + strings.Join(words, "-") + ".md"
		want[name] = true
		p, ok := byName[name]
		if !ok {
			t.Errorf("%s has no page; write %s", sub.CommandPath(), name)
			return
		}
		if title, _, _ := strings.Cut(p.text, "\n"); title != "# "+sub.CommandPath() {
			t.Errorf("%s: got the title %q, want %q", name, title, "# "+sub.CommandPath())
		}
		if !strings.Contains(byName["README.md"].text, "`"+sub.CommandPath()) {
			t.Errorf("README.md does not list %s", sub.CommandPath())
		}
		if sub.Name() == "server" {
			return // its flags are the options
		}
		for _, flag := range ownFlagsOf(t, words) {
			if flag != "--help" && !strings.Contains(p.prose(), "`"+flag) {
				t.Errorf("%s does not tell of %s", name, flag)
			}
		}
	})
	for name := range byName {
		if path.Dir(name) == "docs/commands" && !want[name] {
			t.Errorf("%s is the page of no command", name)
		}
	}
}

// ownFlagsOf reads the flags from the help of a subcommand.
func ownFlagsOf(t *testing.T, words []string) []string {
	t.Helper()
	_, flags, _ := strings.Cut(string(output(t, append(words, "--help")...)), "\nFlags\n")
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^  (--[a-z-]+)`).FindAllStringSubmatch(flags, -1) {
		out = append(out, m[1])
	}
	return out
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	named   = regexp.MustCompile("(?:^|[^A-Za-z0-9_-])(--[a-z][a-z0-9-]*|CODER_[A-Z0-9_]+)")
)

// TestPagesAreLinked holds that the index leads to every page.
func TestPagesAreLinked(t *testing.T) {
	t.Parallel()
	all := markdown(t)
	i := slices.IndexFunc(all, func(p page) bool { return p.name == "docs/README.md" })
	if i < 0 {
		t.Fatal("docs/README.md is missing")
	}
	linked := map[string]bool{"docs/README.md": true}
	for _, to := range linksOf(all[i]) {
		linked[to] = true
	}
	for _, p := range all {
		if strings.HasPrefix(p.name, "docs/") && !linked[p.name] && !linked[path.Dir(p.name)] {
			t.Errorf("docs/README.md has no link to %s", p.name)
		}
	}
}

// linksOf returns what a page links to inside the repository, without anchors.
func linksOf(p page) []string {
	var out []string
	for _, m := range link.FindAllStringSubmatch(p.prose(), -1) {
		to, _, _ := strings.Cut(m[1], "#")
		if to != "" && !strings.Contains(to, "://") {
			out = append(out, path.Join(path.Dir(p.name), to))
		}
	}
	return out
}

// TestLinksResolve holds that links inside the repository lead somewhere, to a
// heading too.
func TestLinksResolve(t *testing.T) {
	t.Parallel()
	all := markdown(t)
	for _, p := range all {
		for _, m := range link.FindAllStringSubmatch(p.prose(), -1) {
			to, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(to, "://") {
				continue
			}
			file := p.name
			if to != "" {
				file = path.Join(path.Dir(p.name), to)
			}
			if _, err := os.Stat(root + file); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", p.name, m[1])
				continue
			}
			if anchor == "" {
				continue
			}
			i := slices.IndexFunc(all, func(other page) bool { return other.name == file })
			if i < 0 || !slices.Contains(anchors(all[i]), anchor) {
				t.Errorf("%s: %s has no heading for #%s", p.name, file, anchor)
			}
		}
	}
}

// anchors are the headings of a page in the form of links, as hosts make them.
func anchors(p page) []string {
	var out []string
	for _, m := range heading.FindAllStringSubmatch(p.prose(), -1) {
		out = append(out, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return out
}

// TestPagesNameWhatIs holds that each flag and variable that the prose names
// is one: of an option, or of a subcommand.
func TestPagesNameWhatIs(t *testing.T) {
	t.Parallel()
	c := resolved(t).Catalog()
	own := map[string]bool{"--help": true, "--help-all": true, "--version": true}
	leaves((&program{}).commands(), func(sub *cobra.Command) {
		for _, flag := range ownFlagsOf(t, strings.Fields(sub.CommandPath())[1:]) {
			own[flag] = true
		}
	})
	for _, p := range pages(t) {
		if p.name == "docs/embedding.md" || p.name == "docs/releasing.md" {
			continue // one declares options of its own, one tells of another command
		}
		for _, m := range named.FindAllStringSubmatch(p.prose(), -1) {
			flag, isFlag := strings.CutPrefix(m[1], "--")
			known := isFlag && (own[m[1]] || c.ByFlag(flag) != nil || c.ByFileFlag(flag) != nil) ||
				!isFlag && (c.ByEnv(m[1]) != nil || c.ByFileEnv(m[1]) != nil || m[1] == "CODER_CONFIG_DIR" || m[1] == tokenVariable)
			if !known {
				t.Errorf("%s: no option or subcommand has %s", p.name, m[1])
			}
		}
	}
}
