package yamledit_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// TestPairs makes the edits that people make to files that people write, and
// compares with what a careful human would have made of them. Each file of
// testdata/pairs has the edits, one a line, and the text before and after:
//
//	set PATH VALUE, insert PATH VALUE, replace PATH VALUE, remove PATH,
//	rename PATH KEY, move PATH PATH, order PATH KEY...
//
// A path may end in [2], which is an item of a list. "form crlf", "form open"
// and "form bom" change both texts; "refused: ..." in the place of the text
// after is what a refusal says.
func TestPairs(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/pairs/*.txtar")
	if err != nil || len(names) < 20 {
		t.Fatalf("got %d pairs (%v), want 20 at least", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil || len(archive.Files) != 3 {
				t.Fatalf("want the parts edits, before and after (%v)", err)
			}
			form := forms(string(archive.Files[0].Data))
			before, after := form(string(archive.Files[1].Data)), form(string(archive.Files[2].Data))
			got := perform(t, before, string(archive.Files[0].Data))
			if got == after {
				return
			}
			if golden.Update() {
				archive.Files[2].Data = []byte(strings.ReplaceAll(got, "\r\n", "\n"))
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("got\n%s\nwant\n%s", got, after)
		})
	}
}

// forms returns what changes the form of a text.
func forms(script string) func(string) string {
	return func(text string) string {
		if strings.HasPrefix(text, "refused:") {
			return text
		}
		for line := range strings.Lines(script) {
			switch strings.TrimSpace(line) {
			case "form crlf":
				text = strings.ReplaceAll(text, "\n", "\r\n")
			case "form open":
				text = strings.TrimRight(text, "\r\n")
			case "form bom":
				text = "\uFEFF" + text
			}
		}
		return text
	}
}

// perform makes the edits of a script.
func perform(t *testing.T, text, script string) string {
	t.Helper()
	d := parse(t, text)
	e := d.Edit()
	orders := map[string][]string{}
	e.Order = func(path []string) []string { return orders[strings.Join(path, ".")] }
	for line := range strings.Lines(script) {
		words := strings.SplitN(strings.TrimSpace(line), " ", 3)
		for len(words) < 3 {
			words = append(words, "")
		}
		path := strings.Split(words[1], ".")
		switch words[0] {
		case "", "#", "form":
		case "order":
			orders[strings.TrimPrefix(words[1], ".")] = strings.Fields(words[2])
		case "set":
			e.Set(path, words[2])
		case "insert":
			e.Insert(path, words[2])
		case "replace":
			e.Replace(locate(t, d, words[1]), words[2])
		case "remove":
			e.Remove(locate(t, d, words[1]))
		case "rename":
			e.Rename(locate(t, d, words[1]), words[2])
		case "move":
			e.Move(locate(t, d, words[1]), strings.Split(words[2], "."))
		default:
			t.Fatalf("unknown edit %q", line)
		}
	}
	edited, faults := e.Apply()
	if len(faults) > 0 {
		var b strings.Builder
		for _, f := range faults {
			fmt.Fprintf(&b, "refused: %d:%d: %s\n", f.Span.Line, f.Span.Column, f.Error())
		}
		return b.String()
	}
	return edited.Text()
}

// locate finds a node by its path; "a.b[1].c" is key c of the second item.
func locate(t *testing.T, d *yamledit.Document, path string) yamledit.Node {
	t.Helper()
	n, ok := d.Root()
	for _, key := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' }) {
		if !ok {
			break
		}
		if number, isItem := strings.CutSuffix(key, "]"); isItem {
			i := 0
			ok = false
			for k := range n.Children() {
				if fmt.Sprint(i) == number {
					n, ok = k, true
					break
				}
				i++
			}
			continue
		}
		n, ok = n.Child(key)
	}
	if !ok {
		t.Fatalf("no %s", path)
	}
	return n
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"a: [1, 2\n", "a list in brackets is not closed, or a comma is missing"},
		{"a: 1\n---\nb: 2\n", "a second document (one file holds one document)"},
		{"a: \xff\n", "not valid UTF-8 (save the file as UTF-8)"},
		{"a: *b\n", "an alias of an anchor that is not defined above it (put text that starts with * in quotes)"},
	} {
		if _, err := yamledit.Parse(tt.text, yamlgen.Limits{}); err == nil || err.Error() != tt.want {
			t.Errorf("Parse(%q): got %v, want %s", tt.text, err, tt.want)
		}
	}
}
