package yamledit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/strataconf/strata/yamledit"
)

func TestComments(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"# a\nb: 1 # c\n", "1:1 # a alone|2:6 # c"},
		{"a: 'b # c'\nd: \"e # f\" # g\nh: i#j\n", "2:12 # g"},
		{"a: | # b\n  # c\n\n  d\n# e\n", "1:6 # b|5:1 # e alone"},
		{"a: [b, # c\n  d] # e\n", "1:8 # c|2:6 # e"},
		{"a: b\n  c # d\n", "2:5 # d"},
		{"é: ü # ö\r\n# b\r\n", "1:6 # ö|2:1 # b alone"},
		{"a: &x # b\n  c: d\n", "1:7 # b"},
		{"", ""},
		{"a: 1\n", ""},
		{"  # a", "1:3 # a alone"},
	} {
		d := parse(t, tt.text)
		var got []string
		for _, c := range d.Comments() {
			s := fmt.Sprintf("%d:%d %s", c.Span.Line, c.Span.Column, c.Text(d))
			if c.Alone {
				s += " alone"
			}
			got = append(got, s)
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("comments of %q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestAnchors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"a: &x 1\nb: *x\nc: &y\n  <<: {k: *x}\nd: [*x, &z 2]\n", "x 1:4 used 2:4 4:11 5:5|y 3:4 used|z 5:9 used"},
		{"a: &x 1\nb: &x 2\nc: *x\n", "x 1:4 used|x 2:4 used 3:4"},
		{"a: '&x'\nb: c &d *e # &f\n", ""},
		{"é: &a 1\nb: [\"é\", *a]\n", "a 1:4 used 2:10"},
	} {
		var got []string
		for _, a := range parse(t, tt.text).Anchors() {
			s := fmt.Sprintf("%s %d:%d used", a.Name, a.Span.Line, a.Span.Column)
			for _, u := range a.Uses {
				s += fmt.Sprintf(" %d:%d", u.Line, u.Column)
			}
			got = append(got, s)
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("anchors of %q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestNodes(t *testing.T) {
	t.Parallel()
	d := parse(t, "a: &x {b: 1}\nc:\n  <<: *x\n  d: *x\n  'e': [1, \"2\"]\nf:\n")
	for _, tt := range []struct{ path, want string }{
		{"a", "mapping flow at 1:7 own"},
		{"a.b", "scalar 1 flow at 1:11 own"},
		{"c", "mapping block at 3:3 own"},
		{"c.b", "scalar 1 block at 3:7 inherited"},
		{"c.d", "mapping block at 4:6 own alias of 1:7"},
		{"c.d.b", "scalar 1 block at 4:6 inherited"},
		{"c.e", "sequence flow at 5:8 own"},
		{"f", "null block at 6:3 own"},
		{"g", "none"},
		{"a.b.c", "none"},
	} {
		n, ok := d.Find(strings.Split(tt.path, ".")...)
		got := "none"
		if ok {
			got = tellNode(n)
			if path := strings.Join(n.Path(), "."); path != tt.path {
				t.Errorf("%s has the path %s", tt.path, path)
			}
		}
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.path, got, tt.want)
		}
	}
}

func tellNode(n yamledit.Node) string {
	got := []string{"null", "scalar", "sequence", "mapping"}[n.Kind()]
	if n.Kind() == yamledit.Scalar {
		got += " " + n.Text()
	}
	form, whose := " block", " own"
	if n.Flow() {
		form = " flow"
	}
	if n.Inherited() {
		whose = " inherited"
	}
	got += fmt.Sprintf("%s at %d:%d%s", form, n.Span().Line, n.Span().Column, whose)
	if at, ok := n.Alias(); ok && !n.Inherited() {
		got += fmt.Sprintf(" alias of %d:%d", at.Line, at.Column)
	}
	return got
}
