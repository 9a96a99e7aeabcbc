package main

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// appliedTo applies what writeUnified wrote, as patch does.
func appliedTo(before, diff string) (string, error) {
	lines := strings.SplitAfter(before, "\n")
	var out strings.Builder
	at := 0
	var last string // what a line "\ No newline" is about
	for _, l := range strings.Split(strings.TrimSuffix(diff, "\n"), "\n")[2:] {
		text := l[1:] + "\n"
		switch l[0] {
		case '@':
			var from, n int
			if _, err := fmt.Sscanf(l, "@@ -%d,%d", &from, &n); err != nil {
				n = 1 // as where only one number is given
			}
			if n > 0 {
				from--
			}
			for ; at < from; at++ {
				out.WriteString(lines[at])
			}
		case ' ', '-':
			if strings.TrimSuffix(lines[at], "\n")+"\n" != text {
				return "", fmt.Errorf("line %d is %q, not %q", at+1, lines[at], text)
			}
			at++
			if l[0] == ' ' {
				out.WriteString(text)
			}
		case '+':
			out.WriteString(text)
		case '\\':
			if last != "-" {
				cut := strings.TrimSuffix(out.String(), "\n")
				out.Reset()
				out.WriteString(cut)
			}
		}
		last = l[:1]
	}
	for ; at < len(lines); at++ {
		out.WriteString(lines[at])
	}
	return out.String(), nil
}

func TestUnifiedLaw(t *testing.T) {
	t.Parallel()
	line := rapid.SampledFrom([]string{"a\n", "b\n", "c\n", "\n"})
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string {
			s := strings.Join(rapid.SliceOfN(line, 0, 30).Draw(t, name), "")
			if rapid.Bool().Draw(t, "open") {
				s = strings.TrimSuffix(s, "\n")
			}
			return s
		}
		a, b := text("a"), text("b")
		if a == b {
			return
		}
		var out strings.Builder
		if err := writeUnified(&out, "f", a, b, a, b); err != nil {
			t.Fatal(err)
		}
		if got, err := appliedTo(a, out.String()); err != nil || got != b {
			t.Fatalf("%q and %q give\n%s\nwhich makes %q of the first; %v", a, b, out.String(), got, err)
		}
	})
}

func TestUnified(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, a, b, want string }{
		{"one line", "1\n2\n3\n4\n5\n", "1\n2\nx\n4\n5\n", "@@ -1,5 +1,5 @@\n 1\n 2\n-3\n+x\n 4\n 5\n"},
		{"no break", "1", "2", "@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+2\n\\ No newline at end of file\n"},
		{"from nothing", "", "1\n", "@@ -0,0 +1 @@\n+1\n"},
		{"two places", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n", "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n"},
		{"near places", "1\n2\n3\n4\n", "x\n2\n3\ny\n", "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n-4\n+y\n"},
	} {
		var out strings.Builder
		if err := writeUnified(&out, "f", c.a, c.b, c.a, c.b); err != nil {
			t.Fatal(err)
		}
		if want := "--- f\n+++ f\n" + c.want; out.String() != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, out.String(), want)
		}
	}
}
