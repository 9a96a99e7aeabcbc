package systemd_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/internal/systemd"
)

func TestIsUnit(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"[Service]":                    true,
		"\uFEFF# x\n; y\n\n [Unit] \n": true,
		"A=b\n[Service]":               false,
		"[Service":                     false,
		"A=[b]":                        false,
		"# [Service]":                  false,
		"":                             false,
	} {
		if got := systemd.IsUnit(text); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}

// listed is each setting as section, key, places and value.
func listed(text string) string {
	var out []string
	for s := range systemd.Settings(text) {
		out = append(out, fmt.Sprintf("%s%s %d %d=%s", s.Section, s.Key, s.At, s.From, text[s.From:s.To]))
	}
	return strings.Join(out, "; ")
}

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"before a section", "A=b", "A 0 2=b"},
		{"sections", "[Unit]\nA=b\n[Service]\nA=c\n", "[Unit]A 7 9=b; [Service]A 21 23=c"},
		{"blanks", " \t[Unit] \n  A = b \n", "[Unit]A 12 15= b "},
		{"CRLF", "[Unit]\r\nA=b\r\nB=c", "[Unit]A 8 10=b\r; [Unit]B 13 15=c"},
		{"byte order mark", "\uFEFFA=b", "A 3 5=b"},
		{"comments", "# A=b\n;A=c\\\nA=d # e", "A 12 14=d # e"},
		{"no setting", "nothing\\\nA=b\nB=c", "B 13 15=c"},
		{"no value", "A=\nB", "A 0 2="},
		{"no key", "=b", " 0 1=b"},
		{"lines joined", "A=b\\\nc\\\r\n d\nB=e", "A 0 2=b\\\nc\\\r\n d; B 12 14=e"},
		{"lines joined over comments", "A=b\\\n# c\n ; d\ne\nB=f", "A 0 2=b\\\n# c\n ; d\ne; B 16 18=f"},
		{"a backslash before an empty line", "A=b\\\n\nB=c", "A 0 2=b\\\n; B 6 8=c"},
		{"a backslash that is escaped", "A=b\\\\\nB=c", "A 0 2=b\\\\; B 6 8=c"},
		{"three backslashes", "A=b\\\\\\\nc\nB=d", "A 0 2=b\\\\\\\nc; B 9 11=d"},
		{"a backslash at the end", "A=b\\", "A 0 2=b\\"},
		{"a backslash and a break at the end", "A=b\\\n", "A 0 2=b\\\n"},
		{"a comment at the end of joined lines", "A=b\\\n#c", "A 0 2=b\\\n#c"},
	} {
		if got := listed(c.text); got != c.want {
			t.Errorf("%s: %q: got %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// words is each word with its places, where it stands as it is and as NAME=value.
func words(text string) string {
	var out []string
	for w := range systemd.Words(text, 0, len(text)) {
		s := fmt.Sprintf("%d-%d %s", w.From, w.To, w.Text)
		if from, to, ok := w.Plain(); ok {
			s += fmt.Sprintf(" plain %d-%d", from, to)
		}
		if name, value, from, to, ok := w.Value(); ok {
			s += fmt.Sprintf(" %s: %s %d-%d", name, value, from, to)
		}
		if len(w.Specifiers) > 0 {
			s += fmt.Sprint(" % ", w.Specifiers)
		}
		if w.Fault != systemd.Sound {
			s += fmt.Sprintf(" fault %d at %d", w.Fault, w.FaultAt)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"nothing", " \t\r\n", ""},
		{"plain", "a bc", "0-1 a plain 0-1; 2-4 bc plain 2-4"},
		{"quotes", `"a b" 'c"'`, `0-5 a b plain 1-4; 6-10 c" plain 7-9`},
		{"empty quotes", `""`, "0-2  plain 1-1"},
		{"quotes inside", `a"b"c`, "0-5 abc"},
		{"quotes behind", `a"b"`, "0-4 ab"},
		{"quotes before", `"a"b`, "0-4 ab"},
		{"two pairs", `"a""b"`, "0-6 ab"},
		{"two pairs of nothing", `""""`, "0-4 "},
		{"a value", "A=b=c", "0-5 A=b=c plain 0-5 A: b=c 2-5"},
		{"no name", "=a=b", "0-4 =a=b plain 0-4 : a=b 1-4"},
		{"no value", "A=", "0-2 A= plain 0-2 A:  2-2"},
		{"quotes around the value", `A="b c"`, "0-7 A=b c A: b c 2-7"},
		{"quotes around all", `"A=b c"`, "0-7 A=b c plain 1-6 A: b c 3-6"},
		{"quotes around the first part", `"A=b"c`, "0-6 A=bc A: bc 3-6"},
		{"quotes around all and more", `"A=b"c""`, "0-8 A=bc A: bc 3-8"},
		{"quotes around the equals sign", `A"="`, "0-4 A= A:  3-3"},
		{"quotes that open before the value", `A"=b"`, "0-5 A=b A: b 3-4"},
		{"escapes", `a\tb\s\\\x41\101\u00e4\U0001F600`, "0-32 a\tb \\AAä😀"},
		{"every escape of one letter", `\a\b\f\n\r\t\v\s\"\'\\`, "0-22 \a\b\f\n\r\t\v \"'\\"},
		{"the largest of each", `\xff\377\U0010ffff`, "0-18 \xff\xff\U0010FFFF"},
		{"an escape at the end", `a\t`, "0-3 a\t"},
		{"an escaped equals sign", `A\x3db`, "0-6 A=b"},
		{"an escaped quote", `"a\"b"`, `0-6 a"b`},
		{"percent", "a%%b", "0-4 a%%b plain 0-4"},
		{"specifiers", "%h/%%/%n", "0-8 %h/%%/%n plain 0-8 % [0 6]"},
		{"joined", "a\\\n# b\n  c", "0-1 a plain 0-1; 9-10 c plain 9-10"},
		{"joined in quotes", "'a\\\r\n#b\nc'", "0-10 a c"},
		{"open quote", `a "b c`, `0-1 a plain 0-1; 2-6 b c fault 1 at 2`},
		{"open quote in a value", `A="b=`, `0-5 A=b= A: b= 2-5 fault 1 at 2`},
		{"open quote behind =", `A"=`, `0-3 A= A:  3-3 fault 1 at 1`},
		{"open quote of nothing", `'`, "0-1  fault 1 at 0"},
		{"no escape", `a\zb c`, `0-4 a\zb fault 2 at 1; 5-6 c plain 5-6`},
		{"no escape in an open quote", `"\z`, `0-3 \z fault 2 at 1`},
		{"a specifier behind a fault", `\z%h`, `0-4 \z%h fault 2 at 0`},
		{"two faults of one kind", `\y\z`, `0-4 \y\z fault 2 at 0`},
		{"zero", `\x00`, `0-4 \x00 fault 2 at 0`},
		{"too large", `\400\U00110000`, `0-14 \400\U00110000 fault 2 at 0`},
		{"half an escape", `\u12`, `0-4 \u12 fault 2 at 0`},
		{"a backslash at the end", `\`, `0-1 \ fault 2 at 0`},
	} {
		if got := words(c.text); got != c.want {
			t.Errorf("%s: %q: got %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// TestWordsReadBack writes words in every form of quotes and reads them again.
func TestWordsReadBack(t *testing.T) {
	t.Parallel()
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, `'`, `\'`, "\n", `\n`, " ", `\s`, "\t", `\t`, "\r", `\r`)
	rapid.Check(t, func(t *rapid.T) {
		var want []string
		var line strings.Builder
		for range rapid.IntRange(0, 4).Draw(t, "words") {
			word, written := "", ""
			for range rapid.IntRange(1, 3).Draw(t, "parts") {
				part := rapid.StringMatching(`[a-z=%\\"' \t\n\r]{1,4}`).Draw(t, "part")
				quote := rapid.SampledFrom([]string{"", `"`, `'`}).Draw(t, "quote")
				word, written = word+part, written+quote+escape.Replace(part)+quote
			}
			want = append(want, word)
			line.WriteString(written + rapid.SampledFrom([]string{" ", "\t", "\\\n", "\\\r\n; x\n"}).Draw(t, "gap"))
		}
		text := line.String() + "x"
		var got []string
		for w := range systemd.Words(text, 0, len(text)) {
			got = append(got, w.Text)
		}
		if !slices.Equal(got, append(want, "x")) {
			t.Fatalf("%q: got %q, want %q and x", text, got, want)
		}
	})
}

// FuzzUnit holds for any text that settings and words follow one another inside
// of it, that no byte of a value is left out but blanks, comments and joints,
// and that what is plain stands there.
func FuzzUnit(f *testing.F) {
	for _, seed := range []string{
		"[Service]\nEnvironment=A=b \"B=c d\" \\\n# e\n 'F=g'\nExecStart=/x --y=\"%h\"z\\x41\n",
		"\uFEFFA=b\r\nB = \\\\\r\nC=\\\r\n", "A=\"b\\\nc", "A=\\z '", "=\\\n;\\\n\\",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for s := range systemd.Settings(text) {
			if s.At < at || s.From <= s.At || s.To < s.From || s.To > len(text) {
				t.Fatalf("%+v behind byte %d of %d", s, at, len(text))
			}
			if s.To < len(text) && text[s.To] != '\n' {
				t.Errorf("%+v ends inside a line", s)
			}
			at = s.From
			for w := range systemd.Words(text, s.From, s.To) {
				if w.From < at || w.To <= w.From || w.To > s.To {
					t.Fatalf("%+v behind byte %d in %+v", w, at, s)
				}
				if between := text[at:w.From]; !strings.ContainsAny(between, "\\\n") && strings.Trim(between, " \t\r") != "" {
					t.Errorf("%q is in no word", between)
				}
				at = w.To
				if from, to, ok := w.Plain(); ok && text[from:to] != w.Text {
					t.Errorf("%+v: %q is not what stands there", w, text[from:to])
				}
				if name, value, from, to, ok := w.Value(); ok && (name+"="+value != w.Text || from <= w.From || to < from || to > w.To || text[from-1] != '=') {
					t.Errorf("%+v: got %q and %q in %d-%d", w, name, value, from, to)
				}
				for _, p := range w.Specifiers {
					if text[p] != '%' {
						t.Errorf("%+v has a specifier at %d", w, p)
					}
				}
				if w.Fault != systemd.Sound && (w.FaultAt < w.From || w.FaultAt >= w.To) {
					t.Errorf("%+v has its fault elsewhere", w)
				}
			}
			at = s.To
		}
	})
}
