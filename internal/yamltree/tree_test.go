package yamltree_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/yamltree"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		src, reason string
		line, col   int32
	}{
		{"a: 1\n", "", 0, 0},
		{"\uFEFFé: ü\r\n\tb\u00a0\u200b\ufffd\n", "", 0, 0},
		{"a\r\rb\x7f", "control character U+007F", 3, 2},
		{"a\r\nü\x01", "control character U+0001", 2, 2},
		{"a\n\u0080", "control character U+0080", 2, 1},
		{"a\n  \u2029", "line break U+2029", 2, 3},
		{"a\uffff", "no character: U+FFFF", 1, 2},
		{"a\xed\xa0\x80", "not valid UTF-8", 1, 2},
		{"é\xe2\x82", "not valid UTF-8", 1, 2},
		{"\xfe\xff\x00a", "text in UTF-16", 1, 1},
		{"\x00\x00\xfe\xff", "text in UTF-32", 1, 1},
		{"\x00\x00\x00a", "text in UTF-32", 1, 1},
		{"\x00a\x00b", "text in UTF-16", 1, 1},
		{strings.Repeat("a", 101), "larger than 100 bytes", 1, 1},
	} {
		ascii, fault := yamltree.Check(tt.src, yamltree.Limits{Bytes: 100})
		var got yamltree.Fault
		if fault != nil {
			got = *fault
		}
		if got.Reason != tt.reason || got.Span.Line != tt.line || got.Span.Column != tt.col {
			t.Errorf("Check(%q): got %+v, want %q at %d:%d", tt.src, got, tt.reason, tt.line, tt.col)
		}
		if want := !strings.ContainsFunc(tt.src, func(r rune) bool { return r > 0x7f }); fault == nil && ascii != want {
			t.Errorf("Check(%q): got ascii %v, want %v", tt.src, ascii, want)
		}
	}
}

func TestScanLimits(t *testing.T) {
	t.Parallel()
	limits := yamltree.Limits{Depth: 3, Nodes: 5}
	for _, tt := range []struct {
		src, reason string
		line, col   int32
	}{
		{"a:\n  b:\n    c: 1\n", "", 0, 0},
		{"a:\n  b:\n    c:\n      d: 1\n", "nested deeper than 3 levels", 4, 7},
		{"a: [[1]]\n", "", 0, 0},
		{"a: [[[1]]]\n", "nested deeper than 3 levels", 1, 6},
		{"a: 1\nb: 2\nc: 3\nd: 4\n", "", 0, 0},
		{"a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", "holds more than 5 keys and values", 5, 3},
		{"é: [1, 2, 3, 4]\n", "holds more than 5 keys and values", 1, 14},
	} {
		_, fault, ok := yamltree.Scan(&tt.src, false, limits)
		var got yamltree.Fault
		if fault != nil {
			got = *fault
		}
		if !ok || got.Reason != tt.reason || got.Span.Line != tt.line || got.Span.Column != tt.col {
			t.Errorf("Scan(%q): got %+v, %v, want %q at %d:%d", tt.src, got, ok, tt.reason, tt.line, tt.col)
		}
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	long := ""
	for c := range 26 {
		long += string(rune('A'+c)) + "k: 1\n"
	}
	for _, tt := range []struct {
		src  string
		want []string
	}{
		{"a: 1\nb: 2\n'a': 3\n", []string{"a"}},
		{"a:\n  b: 1\n  b: 2\nc: {d: 1, d: 2, d: 3}\n", []string{"b", "d", "d"}},
		{long + "Ck: 2\n", []string{"Ck"}},
		{long + "b:\n" + strings.ReplaceAll("\n"+long, "\n", "\n  ") + "\n  Dk: 2\n", []string{"Dk"}},
	} {
		tree, fault, ok := yamltree.Scan(&tt.src, true, yamltree.Limits{})
		if !ok || fault != nil {
			t.Errorf("Scan(%q): got %v, %v", tt.src, fault, ok)
			continue
		}
		var got []string
		for _, d := range tree.Duplicates {
			if tree.Key(d.First) != tree.Key(d.Second) {
				t.Errorf("%q: %s is not %s", tt.src, tree.Key(d.First), tree.Key(d.Second))
			}
			got = append(got, tree.Key(d.Second))
		}
		if strings.Join(got, " ") != strings.Join(tt.want, " ") {
			t.Errorf("%q: got duplicates %v, want %v", tt.src, got, tt.want)
		}
	}
}

// The places of a cursor do not depend on the order in which it is asked.
func TestLines(t *testing.T) {
	t.Parallel()
	const src = "\uFEFFab\r\nñé x\rü\n\nz"
	l := yamltree.NewLines(src, false)
	if l.Count() != 5 {
		t.Errorf("Count: got %d, want 5", l.Count())
	}
	for _, tt := range []struct{ line, col, off int }{
		{5, 1, 18}, {2, 4, 12}, {2, 1, 7}, {2, 3, 11}, {2, 2, 9}, {1, 2, 4}, {1, 1, 3}, {3, 1, 14}, {2, 4, 12}, {9, 9, 19},
	} {
		if got := l.Offset(tt.line, tt.col); got != tt.off {
			t.Errorf("Offset(%d, %d): got %d, want %d", tt.line, tt.col, got, tt.off)
		}
		if tt.line > l.Count() {
			continue
		}
		if at := l.At(1, tt.off, 1); int(at.Line) != tt.line || int(at.Column) != tt.col {
			t.Errorf("At(%d): got %d:%d, want %d:%d", tt.off, at.Line, at.Column, tt.line, tt.col)
		}
	}
	if got := l.Line(2); got != "ñé x" {
		t.Errorf("Line(2): got %q, want %q", got, "ñé x")
	}
}

// Every byte is refused or not wherever it stands among eight.
func TestCheckBytes(t *testing.T) {
	t.Parallel()
	for c := range 0x80 {
		for at := range 9 {
			src := strings.Repeat("a", at) + string(rune(c)) + strings.Repeat("~", 9-at)
			_, fault := yamltree.Check(src, yamltree.Limits{})
			if want := c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f; (fault != nil) != want {
				t.Errorf("Check(%q): got %v, want refused %v", src, fault, want)
			}
		}
	}
}
