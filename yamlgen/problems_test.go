package yamlgen_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/spent"
	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// said renders the problems of a file, a line each.
func said(r *option.Registry[toy], src string) string {
	l := yamlgen.Parse(r.Catalog, "f", src, yamlgen.Limits{})
	_, problems := r.Resolve([]option.Layer{l})
	var out []string
	for _, p := range problems {
		out = append(out, p.Error())
	}
	return strings.Join(out, "\n")
}

func TestProblems(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, tt := range []struct{ src, want string }{
		// Unknown keys, and what they were meant to be.
		{"secret-in-the-wrong-place: 1\n", "f:1:1: a key that is not known here"},
		{"net:\n  hunter2hunter2: 1\n", "f:2:3: net: holds a key that is not known here"},
		{"net:\n  prot: 1\n", "f:2:3: net.prot: a key that is not known here (did you mean net.port?)"},
		{"wait_time: 1m\n", "f:1:1: wait_time: a key that is not known here (did you mean waitTime?)"},
		{"WAITTIME: 1m\n", "f:1:1: WAITTIME: a key that is not known here (did you mean waitTime?)"},
		{"wait: 1m\n", "f:1:1: wait: a key that is not known here (did you mean waitTime?)"},
		{"TOY_TLS_ENABLE: true\n", "f:1:1: TOY_TLS_ENABLE: a key that is not known here (did you mean net.tls.enable?)"},
		{"tls-enable: true\n", "f:1:1: tls-enable: a key that is not known here (did you mean net.tls.enable?)"},
		{"net.port: 1\n", "f:1:1: net.port: a key that is not known here (write port inside net)"},
		{"tls: {enable: true}\n", "f:1:1: tls: a key that is not known here (did you mean net.tls?)"},
		{"net:\n  tls:\n    port: 1\n", "f:3:5: net.tls.port: a key that is not known here (did you mean net.port?)"},
		{"key: x\n", "f:1:1: key: a key that is not known here (a file can't set it; use --key)"},
		{"net:\n  from: x\n", "f:2:3: net.from: a key that is not known here (did you mean mail.from?)"},
		{"xy: 1\n", "f:1:1: a key that is not known here"},
		{"y-a: 1\n", "f:1:1: a key that is not known here"},
		{"x-free: {a: 1}\nnet: {x-no: 1}\n", "f:2:7: net: holds a key that is not known here"},
		{"wоrkers: 1\n", "f:1:1: wоrkers: a key that is not known here (did you mean workers?)"},
		{"tls-enabel: true\n", "f:1:1: tls-enabel: a key that is not known here (did you mean net.tls.enable?)"},
		// Retired names.
		{"--gone: 1\n", "f:1:1: a key that is not known here"},
		{"net:\n  crypt:\n    enable: true\n", "f:3:5: net.crypt.enable: retired (use net.tls.enable, elsewhere --tls-enable or TOY_TLS_ENABLE)"},
		{"net:\n  crypt:\n    enabel: true\n", "f:2:3: net: holds a key that is not known here"},
		{"net:\n  crypt:\n    enable: true\n    zzzzzzzz: 1\n", "f:3:5: net.crypt.enable: retired (use net.tls.enable, elsewhere --tls-enable or TOY_TLS_ENABLE)\nf:4:5: net.crypt: holds a key that is not known here"},
		{"net:\n  crypt: true\n", "f:2:3: net: holds a key that is not known here"},
		// Duplicates, at any depth.
		{"name: a\nname: a\n", "f:2:1: name: the key was given before, on line 1 (keep one of the two)"},
		{"name: a\n\"na\\x6de\": a\n", "f:2:1: name: the key was given before, on line 1 (keep one of the two)"},
		{"net:\n  port: 1\nmail: {}\nnet:\n  port: 2\n", "f:4:1: net: the key was given before, on line 1 (keep one of the two)"},
		{"labels:\n  a: b\n  A: c\n  a: d\n", "f:4:3: labels: the key was given before, on line 2 (keep one of the two)"},
		{"x-a:\n  k: &k 1\n  k: 2\nname: *k\n", "f:3:3: the key was given before, on line 2 (keep one of the two)"},
		{"name: a\nx-a: {k: 1, k: 2}\n", "f:2:13: the key was given before, on line 2 (keep one of the two)"},
		{"net: {port: 1, gone: {k: 1, k: 2}}\n", "f:1:16: net: holds a key that is not known here\nf:1:29: net: the key was given before, on line 1 (keep one of the two)"},
		{"gone: 1\ngone: 2\n", "f:1:1: a key that is not known here\nf:2:1: the key was given before, on line 1 (keep one of the two)"},
		{"links:\n- {name: a, name: b, target: c}\n", "f:2:13: links: the key was given before, on line 2 (keep one of the two)"},
		// The wrong shape.
		{"net: 5\n", "f:1:6: net: a group of settings, not one value (put its keys on the lines below, indented)"},
		{"net:\n  port:1\n", "f:2:3: net: a group of settings, not one value (put a space behind the colon of port)"},
		{"net:\n  tls:x\n", "f:2:3: net: a group of settings, not one value (put a space behind the colon of tls)"},
		{"net: port\n", "f:1:6: net: a group of settings, not one value (put its keys on the lines below, indented)"},
		{"net:\n  hunter:2\n", "f:2:3: net: a group of settings, not one value (put its keys on the lines below, indented)"},
		{"workers:1\n", "f:1:1: a file holds key: value lines at its top (put a space behind the colon of workers)"},
		{"'workers:1'\n", "f:1:1: a file holds key: value lines at its top"},
		{"net: [a]\n", "f:1:6: net: a group of settings, not one value (put its keys on the lines below, indented)"},
		{"- a\n", "f:1:1: a file holds key: value lines at its top"},
		{"just text\n", "f:1:1: a file holds key: value lines at its top"},
		{"workers: {a: 1}\n", "f:1:10: workers: a mapping where a single value belongs"},
		{"workers: [1]\n", "f:1:10: workers: a list where a single value belongs"},
		{"x-a: &a [b]\nlabels: *a\n", "f:2:9: labels: a list where a mapping belongs"},
		// Aliases, tags, keys.
		{"a: &a [*a]\n", "f:1:8: an alias inside the value that it stands for"},
		{"x-a: &a {b: {c: *a}}\n", "f:1:17: an alias inside the value that it stands for"},
		{"x-a: &a {<<: *a}\n", "f:1:14: an alias inside the value that it stands for"},
		{"x-a: &a\n  <<: [*a]\n", "f:2:8: an alias inside the value that it stands for"},
		{"name: *nope\n", "f:1:7: an alias of an anchor that is not defined above it (put text that starts with * in quotes)"},
		{"*nope : 1\n", "f:1:1: an alias of an anchor that is not defined above it (put text that starts with * in quotes)"},
		{"x-a: [*nope, 1]\n", "f:1:7: an alias of an anchor that is not defined above it (put text that starts with * in quotes)"},
		{"x-a: [*nope, *nope0]\n", "f:1:7: an alias of an anchor that is not defined above it (put text that starts with * in quotes)"},
		{"a: 1\nname: !!python/object/apply:os.system [x]\n", "f:2:7: a tag (only !!str before text is supported; put text that starts with ! in quotes)"},
		{"name: ! x\n", "f:1:7: a tag (only !!str before text is supported; put text that starts with ! in quotes)"},
		{"name: !include /etc/passwd\n", "f:1:7: a tag (only !!str before text is supported; put text that starts with ! in quotes)"},
		{"workers: !!int 5\n", "f:1:10: a tag (only !!str before text is supported; put text that starts with ! in quotes)"},
		{"x-a: &a {}\nnet: {!!merge <<: *a}\n", "f:2:7: a tag (only !!str before text is supported; put text that starts with ! in quotes)"},
		{"name: !!str {a: b}\n", "f:1:7: a tag (only !!str before text is supported; put text that starts with ! in quotes)"},
		{"? [a]\n: b\n", "f:1:3: a list or mapping as a key"},
		{"x-a: &x 1\nnet: {<<: {[a]: 1}}\n", "f:2:12: a list or mapping as a key"},
		{"x-a: &a {}\nnet: {<<: [[*a]]}\n", "f:2:12: a merge key needs a mapping or a list of mappings"},
		{"{\"a\":*nope}\n", "f:1:1: an alias of an anchor that is not defined above it (put text that starts with * in quotes)"},
		{"<<: 5\n", "f:1:5: a merge key needs a mapping or a list of mappings"},
		{"x-a: &a {}\nnet:\n  <<: *a\n  <<: *a\n", "f:4:3: a second merge key in one mapping (give one merge key a list)"},
		// Documents and directives.
		{"name: a\n---\nname: b\n", "f:2:1: a second document (one file holds one document)"},

		// Templates: the word for what the parser stumbles over.
		{"name: {{ .Values.name }}\n", "f:1:7: a template, which is not YAML before it is rendered (name the rendered file; text that begins so belongs in quotes)"},
		{"net:\n  {{- toYaml .Values.net | nindent 2 }}\n", "f:2:3: a template, which is not YAML before it is rendered (name the rendered file; text that begins so belongs in quotes)"},
		{"{{- if .Values.on }}\nname: a\n{{- end }}\n", "f:1:1: a template, which is not YAML before it is rendered (name the rendered file; text that begins so belongs in quotes)"},
		{"list:\n  - {{ .a }}\n", "f:2:5: a template, which is not YAML before it is rendered (name the rendered file; text that begins so belongs in quotes)"},
		{"{{ .a }}\n\nname: a\n", "f:1:1: a template, which is not YAML before it is rendered (name the rendered file; text that begins so belongs in quotes)"},
		{"{{ .a }}\n\n\nname: a\n", "f:4:1: more text after the end of the document"},
		{"{% if on %}\nname: a\n{% endif %}\n", "f:1:1: a template, which is not YAML before it is rendered (name the rendered file; text that begins so belongs in quotes)"},
		{"? [a]\n: {a: {{b: c}}}\n", "f:1:3: a list or mapping as a key"},
		{"name: a\n...\nname: b\n", "f:3:1: more text after the end of the document"},
		{"name: a\n---\n[", "f:3:1: a bracket or brace is not closed"},
		{"name: a\nnet: [\n", "f:2:1: a bracket or brace is not closed"},
		{"items: [a,\n", "f:1:1: a bracket or brace is not closed"},
		{"net: {name: a, workers:\n", "f:1:1: a bracket or brace is not closed"},
		{"items: [a]\nname: ,\n", "f:2:1: a value is missing or starts with a sign that has a meaning of its own (put the text in quotes)"},
		{"net: { \n", "f:1:1: a bracket or brace is not closed"},
		{"name: ]\n", "f:1:1: a value is missing or starts with a sign that has a meaning of its own (put the text in quotes)"},
		{"%TAG ! x:\n---\nname: a\n", "f:1:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		{"%YAML 1.3", "f:1:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		{"# c\n%YAML 1.3\n---\nname: a\n", "f:2:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		{"%YAML 1.2\n%YAML 1.2\n---\nname: a\n", "f:2:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		{"%YAML 1.2#c\n---\nname: a\n", "f:1:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		{"%YAML 1.2#\n---\nname: a\n", "f:1:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		{"%YAML\n---\nname: a\n", "f:1:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		{"%FOO 1.2\n---\nname: a\n", "f:1:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		{"%YAML 1.3\n---\nname: a\n", "f:1:1: a directive that is not supported (%YAML 1.2 may stand here once, then ---)"},
		// Characters.
		{"name: a\x00b\n", "f:1:8: control character U+0000"},
		{"é: \x1b\n", "f:1:4: control character U+001B"},
		{"name: a\u0080\n", "f:1:8: control character U+0080 (write it as an escape in double quotes, or remove it)"},
		{"name: a\u009f\n", "f:1:8: control character U+009F (write it as an escape in double quotes, or remove it)"},
		{"name: a\x7f\n", "f:1:8: control character U+007F"},
		{"name: a\ufffe\n", "f:1:8: no character: U+FFFE (write it as an escape in double quotes, or remove it)"},
		{"name: a\uffff\n", "f:1:8: no character: U+FFFF (write it as an escape in double quotes, or remove it)"},
		{"name: \u0085\n", "f:1:7: line break U+0085 (write it as an escape in double quotes, or remove it)"},
		{"a: 1\n\u2028b: 2\n", "f:2:1: line break U+2028 (write it as an escape in double quotes, or remove it)"},
		{"\uFEFF\uFEFFa: 1\n", "f:1:1: a byte order mark inside the text (write it as an escape in double quotes, or remove it)"},
		{"a: \xe9\n", "f:1:4: not valid UTF-8 (save the file as UTF-8)"},
		{"\xff\xfea\x00:\x00", "f:1:1: text in UTF-16 (save the file as UTF-8)"},
		{"a\x00:\x00 \x001\x00", "f:1:1: text in UTF-16 (save the file as UTF-8)"},
		{"a\x00\x00\x00:\x00\x00\x00", "f:1:1: text in UTF-32 (save the file as UTF-8)"},
		{strings.Repeat("\x00", 100), "f:1:1: control character U+0000"},
		{"name: a\n" + strings.Repeat("\x00", 100), "f:2:1: control character U+0000"},
	} {
		if got := said(r, tt.src); got != tt.want {
			t.Errorf("%q:\ngot  %s\nwant %s", tt.src, got, tt.want)
		}
	}
}

// Whatever stands in the wrong place, no message repeats it.
func TestProblemsEchoNothing(t *testing.T) {
	t.Parallel()
	r := build(t)
	const canary = "c4n4ry-Xy71"
	for _, src := range []string{
		"%s: 1\n", "net: {%s: 1}\n", "net: %s\n", "net: [%s]\n", "%s\n", "- %s\n", "workers: %s\n", "workers: [%s]\n", "workers: {%s: %s}\n", "waitTime: %s\n", "labels: {%s: 1, %s: 2}\n", "labels: %s\n", "links: [%s]\n", "links: [{%s: 1}]\n",
		"name: *%s\n", "name: &%s [*%s]\n", "x-a: &%s {<<: *%s}\n", "name: !%s a\n", "name: !!%s a\n", "name: !<%s> a\n", "name: !%s!b a\n", "<<: %s\n", "? [%s]\n: a\n", "%%s\n---\na: b\n", "%TAG ! %s\n---\na: b\n", "name: a\n---\n%s\n", "name: a\n--- %s: [\n", "name: '%s\n", "name: \"%s\\q\"\n", "name: %s: %s\n", "name: |%s\n  a\n", "name: [%s\n", "name: @%s\n", "\tname: %s\n",
		"name: a # %s\n  b: c\n", "%s\n\x00", "net:\n  tls:\n    %s: 1\n", "net.%s: 1\n", "TOY_%s: 1\n", "&%s net: 5\n", "net:\n  crypt:\n    %s: 1\n", "net:\n  tls:\n    enable: %s\n    address: %s\n    tlsCiphers: [{a: %s}]\n",
	} {
		text := strings.ReplaceAll(src, "%s", canary)
		got := said(r, text)
		if got == "" {
			t.Errorf("%q: got no problem", text)
		}
		if strings.Contains(strings.ToLower(got), strings.ToLower(canary[:6])) || strings.Contains(got, canary[5:]) {
			t.Errorf("%q: the message repeats it: %s", text, got)
		}
	}
}

// The line of a syntax error is the one that a person would name.
func TestSyntaxErrors(t *testing.T) {
	t.Parallel()
	r := build(t)
	for _, tt := range []struct{ src, at, word string }{
		{"name: a: b\n", "1:", "colon"},
		{"workers: 1\nname: a: b\n", "2:", "colon"},
		{"workers: 1\nname\nport: 2\n", "2:", "colon"},
		{"net:\n\tport: 1\n", "2:1", "tab"},
		{"\tname: a\n", "1:1", "tab"},
		{"net:\n  port: 1\n\ttls: 2\n", "3:1", "tab"},
		{"name: 'a\nport: 1\n", "1:", "quotes"},
		{"workers: 1\nname: \"a\n", "2:", "quotes"},
		{"workers: 1\nname: \"a\\qb\"\n", "2:", "escape"},
		{"workers: 1\nname: @a\n", "2:", "quotes"},
		{"workers: 1\nname: `a`\n", "2:", "quotes"},
		{"workers: 1\nname: %a\n", "2:", "quotes"},
		{"workers: [1\nname: b\n", "2:", ""},
		{"workers: {a: 1\nname: b\n", "2:", ""},
		{"net:\n    port: 1\n  tls: 2\n", "3:", "indentation"},
		{"net:\n  port: 1\n   tls: 2\n", "3:", ""},
		{"name: a\n - b\n - c: d: e\n", "3:", "colon"},
		{"net:\n  tls:\n    tlsCiphers:\n    - a\n    b\n", "5:", "colon"},
		{"name: 'a' b\n", "1:", ""},
		{"workers: 1\nname: 'a' b\n", "2:", ""},
		{"workers: 1\nname: ]\n", "2:", ""},
		{"workers: 1\nname: *\n", "2:", ""},
		{"name: |x\n  a\n", "1:", ""},
		{"workers: 1\nname: *none\n", "2:7", "anchor"},
		{"workers: 1\n]\n", "2:", ""},
		{"workers: 1\r\nname: b\r\n]\r\n", "3:", ""},
		{"name: a\n---\nb: 1\nc: 2\n]\n", "5:", ""},
		{"name: a\n---\nb: 'x\nc: d\n", "3:", "quotes"},
		{"name: a: b\nnet:\n\tport: 1\n", "1:", "colon"},
		{"workers: 1\n]", "2:", ""},
		{"workers: 1\n\n]\n", "3:", ""},
		{"workers: 1\r\n\r\n]\r\n", "3:", ""},
		{"*none : 1\n", "1:1", "anchor"},
		{"net:\n    port: a: b\nname: x\n", "2:5", "colon"},
		{"name: a\n\t\n", "2:1", "tab"},
		{"name: |\n  b\n\tc", "3:1", "tab"},
		{"name: [\n \t \n", "2:4", "not closed"},
		{"name: !x a\n", "1:7", "tag"},
		{"name: a\n---\nname: b\n", "2:1", "second document"},
	} {
		l := yamlgen.Parse(r.Catalog, "f", tt.src, yamlgen.Limits{})
		got := fmt.Sprint(l.Problems.Err())
		if len(l.Problems) != 1 || !strings.HasPrefix(got, "f:"+tt.at) || !strings.Contains(got, tt.word) {
			t.Errorf("%q: got %s, want one problem at %s with %q", tt.src, got, tt.at, tt.word)
		}
		want := 0
		if tt.word == "anchor" {
			want = len("*none")
		}
		if n := l.Problems[0].Origin.Span.Length; int(n) != want {
			t.Errorf("%q: the place has %d bytes, want %d", tt.src, n, want)
		}
	}
}

// The place of a template is that of its sign.
func TestTemplatePlace(t *testing.T) {
	t.Parallel()
	_, fault := yamlgen.Read("name: a\nnet: {{ .Values.net }}\n", yamlgen.Limits{})
	if want := (yamltree.Span{Line: 2, Column: 6, Offset: 13, Length: 2}); fault == nil || fault.Span != want {
		t.Errorf("got %+v, want %+v", fault, want)
	}
}

// The name of an anchor ends where it does, not where that of another one is
// longer.
func TestUnknownAnchors(t *testing.T) {
	t.Parallel()
	for _, c := range "azAZ09_-m" {
		_, fault := yamlgen.Read("x: [*nope, *nope"+string(c)+"]\n", yamlgen.Limits{})
		if fault == nil || fault.Span.Column != 5 || fault.Span.Length != 5 {
			t.Errorf("%c: got %+v, want the first alias", c, fault)
		}
	}
}

// A megabyte of anything is read or refused at once, in little memory.
func TestHostileText(t *testing.T) {
	r := build(t)
	const mib = 1<<20 - 100
	fill := func(s string, n int) string { return strings.Repeat(s, n/len(s)) }
	var many strings.Builder
	for i := range 85000 {
		fmt.Fprintf(&many, "key%06d: 1\n", i)
	}
	bomb := "x-a: &a [" + fill("v,", 20) + "]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("x-%c: &%c [%s]\n", c, c, strings.TrimSuffix(fill("*"+string(c-1)+",", 27), ","))
	}
	merges := "x-0: &m0 {a: 1}\n"
	for i := 1; i < 20000; i++ {
		merges += fmt.Sprintf("x-%d: &m%d {<<: *m%d, k%d: 1}\n", i, i, i-1, i)
	}
	var lists, faulty strings.Builder
	for level := range 200 {
		fmt.Fprintf(&faulty, "{<<: [&m%d ", level)
	}
	faulty.WriteString("{[a]: 1}")
	for level := range 200 {
		fmt.Fprintf(&faulty, "%s]}", fill(fmt.Sprintf(", *m%d", 199-level), 100))
	}
	fmt.Fprintf(&lists, "x-a: &a {}\nx-b: &b {<<: [%s]}\nx-c: {<<: [%s]}\n", fill("*a,", mib/2), fill("*b,", mib/4))
	long := "x-a: &a \"" + fill("v", mib/2) + "\"\nlabels: {" + func() string {
		var b strings.Builder
		for i := range 20000 {
			fmt.Fprintf(&b, "k%d: *a, ", i)
		}
		return b.String()
	}() + "}\n"
	var stairs strings.Builder
	for i := range 1400 {
		fmt.Fprintf(&stairs, "%*sa:\n", i, "")
	}
	for name, src := range map[string]string{
		"one key 8,000 times": fill("a: 1\n", 40000), "one key a million bytes": fill("a: 1\n", mib), "one known key": fill("name: a\n", mib),
		"one key in a free map": "labels:\n" + fill("  a: 1\n", mib), "in a flow map": "labels: {" + fill("a: 1, ", mib) + "}\n", "after an anchor": "x-a: &a 1\nlabels:\n" + fill("  a: 1\n", 150000),
		"85,000 keys": many.String(), "10,000 unknown keys": many.String()[:130000], "unknown keys and an anchor": "x-a: &a 1\n" + many.String()[:130000], "alias bomb": bomb, "long alias": long, "merge chain": merges,
		"merge lists of nothing": lists.String(), "merge lists above a fault": faulty.String(),
		"deep flow": fill("[", mib), "deep flow closed": fill("[", 9000) + fill("]", 9000), "deep map": fill("{a: ", mib), "deep dashes": fill("- ", mib), "deep questions": fill("? ", mib), "deep questions, few": fill("? ", 18000), "stairs": stairs.String(), "deep alias": "a: &a " + fill("[", 9000) + fill("]", 9000),
		"open list": "[" + fill("a,", mib), "flow keys": "{" + fill("a, ", mib) + "}", "flow keys and an anchor": "{x: &x 1, " + fill("a, ", mib) + "}", "flow lines": "[" + fill("\n", mib) + "]", "flow comments": "[" + fill("a, # c\n", mib) + "]",
		"comments": fill("# c\n", mib), "comments between": fill("name: # c\n# d\n", mib), "anchors": fill("- &a b\n", mib), "anchored keys": fill("&a b: c\n", mib), "one long line": "name: " + fill("x", mib), "long words": "name: " + fill("x ", mib), "long quoted": "name: \"" + fill("\\n", mib) + "\"", "escaped keys": fill("\"\\x61\": 1\n", mib),
		"non-ASCII line": "labels: {x: &x 1, " + fill("é: ü, ", mib) + "}\n", "non-ASCII plain line": "labels: {" + fill("é: ü, ", mib) + "}\n", "blank lines": fill("\n", mib), "spaces": fill(" ", mib), "tabs": fill("\t", mib), "block text": "name: |\n" + fill(" x\n", mib), "folded text": "name: >\n" + fill(" x\n", mib), "colons": fill("a:", mib), "question marks": fill("?", mib), "quotes": fill("'a'\n", mib), "open quotes": fill("'", mib), "double quotes": fill("\"", mib), "carriage returns": fill("a: 1\r", mib), "documents": fill("--- a\n", mib), "directives": fill("%YAML 1.2\n", mib), "too large": fill("#", mib+200),
		"stars": fill("*a ", mib), "tags": fill("!a ", mib), "angle tags": fill("!<", mib), "multi-line keys": fill("a\n b: c\n", mib),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var text string
		took := spent.On(func() {
			l := yamlgen.Parse(r.Catalog, "f", src, yamlgen.Limits{})
			_, problems := r.Resolve([]option.Layer{l})
			shown, _ := problems.Limit(20)
			text = fmt.Sprint(shown.Err())
		})
		runtime.ReadMemStats(&after)
		used := (after.TotalAlloc - before.TotalAlloc) >> 20
		if testing.Verbose() {
			t.Logf("%-28s %6d ms %4d MiB %s", name, took.Milliseconds(), used, text[:min(len(text), 90)])
		}
		if took > 10*time.Second || used > 512 || len(text) > 64<<10 {
			t.Errorf("%s: took %v and %d MiB for a message of %d bytes, want 1 s, 256 MiB and 64 KiB", name, took, used, len(text))
		}
	}
}
