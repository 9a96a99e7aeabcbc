package load_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// listed renders variables as "line:column NAME=value", with the length of the
// place behind a plus.
func listed(vars []load.Variable) string {
	var out []string
	for _, v := range vars {
		out = append(out, fmt.Sprintf("%d:%d+%d %s=%s", v.Span.Line, v.Span.Column, v.Span.Length, v.Name, v.Value.Text()))
	}
	return strings.Join(out, "; ")
}

// What EnvironmentFile= of systemd.exec(5) says, and that no reader of .env
// files takes these lines for anything else.
func TestEnvFile(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want string }{
		{"empty file", "", ""},
		{"plain", "A=b\n", "1:3+1 A=b"},
		{"without a last line break", "A=b", "1:3+1 A=b"},
		{"no value", "A=\nB=\"\"", "1:3+0 A=; 2:3+2 B="},
		{"blanks around a value", "A= \t b  c \t \n", "1:6+4 A=b  c"},
		{"blanks around a name", "  A \t= b", "1:8+1 A=b"},
		{"blank lines", "\n \t\nA=b\n\n", "3:3+1 A=b"},
		{"comments", "# A=b\n ; A=b\n#\nA=b", "4:3+1 A=b"},
		{"equals signs", "A==b=c=", "1:3+5 A==b=c="},
		{"hash inside", "A=b#c", "1:3+3 A=b#c"},
		{"quotes inside", `A=it's "b"`, `1:3+8 A=it's "b"`},
		{"single quotes", `A=' b\n "c" $D #e '`, `1:3+17 A= b\n "c" $D #e `},
		{"double quotes", `A=" b 'c' #d "`, "1:3+12 A= b 'c' #d "},
		{"escapes in double quotes", `A="\" \\ \$B` + " \\`\"", "1:3+14 A=\" \\ $B `"},
		{"lines in quotes", "A='b\n c'\nB=\"d\n\te\"\nC=f", "1:3+6 A=b\n c; 3:3+6 B=d\n\te; 5:3+1 C=f"},
		{"blanks behind quotes", "A='b' \t\nB=c", "1:3+3 A=b; 2:3+1 B=c"},
		{"CRLF", "A=b\r\n#c\r\n\r\nB='d'\r\nC=\r\n", "1:3+1 A=b; 4:3+3 B=d; 5:4+0 C="},
		{"characters count", "Ä=x\n A=é\nB='äöü' \n", "2:4+2 A=é; 3:3+8 B=äöü"},
		{"lone dollar signs", "A=a$ $1 $$", "1:3+8 A=a$ $1 $$"},
		{"twice", "A=b\nA=c", "1:3+1 A=b; 2:3+1 A=c"},
		{"all that a name is made of", "_azAZ09=b", "1:9+1 _azAZ09=b"},
		{"name that begins with export", "exports=b\nexport=c", "1:9+1 exports=b; 2:8+1 export=c"},
		{"bracket at the end", "A=[b]", "1:3+3 A=[b]"},
		{"comment with a backslash before one", "# b \\\n# c\nA=d", "3:3+1 A=d"},
		{"comment with a backslash before one of the other kind", "# b \\\n; c\nA=d", "3:3+1 A=d"},
		{"comment with a backslash before an empty line", "# b\\\n\nA=d", "3:3+1 A=d"},
		{"comment with a backslash at the end", "A=d\n# b\\", "1:3+1 A=d"},
		{"comment with a backslash before the end", "A=d\n# b\\\n", "1:3+1 A=d"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			vars, ps := load.EnvFile("f.env", tc.text)
			if strings.HasPrefix(tc.text, "Ä") { // whose name is a fault
				ps = ps[1:]
			}
			if got := listed(vars); got != tc.want || len(ps) > 0 {
				t.Errorf("%q: got %q with %q, want %q", tc.text, got, said(ps), tc.want)
			}
		})
	}
}

const (
	dollarSaid   = ": A: systemd keeps a dollar sign, others put the value of a variable in its place (put the value in single quotes)"
	hashSaid     = ": A: to systemd this # and what is behind it are part of the value, to others a comment (put a comment on a line of its own, and a value with # in quotes)"
	dropSaid     = ": A: systemd drops a backslash outside of quotes, others keep it (put the value in single quotes)"
	keepSaid     = `: A: systemd keeps a backslash here, others read an escape, as \n for a line break (put the value in single quotes if the backslash is meant)`
	joinSaid     = ": A: systemd joins the two lines, others keep the backslash or the line break (write the value on one line)"
	behindSaid   = ": A: to systemd what stands behind the closing quote is part of the value, others refuse it (put the value in one pair of quotes)"
	nameSaid     = ": systemd leaves out a variable of such a name (a name is made of letters, digits and underscores)"
	noNameSaid   = ": not the name of a variable (a name is made of letters, digits and underscores)"
	nothingSaid  = ": a line without = sets nothing (write NAME=value)"
	openSaid     = ": A: a quote that is not closed"
	dialectAt    = "warning env-dialects: f.env:"
	envFileAt    = "error env-file: f.env:"
	commentsSaid = ": a comment that ends in a backslash, which for systemd before version 254 goes on in the next line (remove the backslash)"
)

// Where readers differ, the value is what systemd reads, and a warning says so.
func TestEnvFileWhereReadersDiffer(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want, said string }{
		{"export", "export A=b", "1:10+1 A=b", dialectAt + "1:1: A: systemd leaves out a line that begins with export (write A=…)"},
		{"export by a name that may be a secret", "export \ta_b=c", "1:13+1 a_b=c", dialectAt + "1:1: systemd leaves out a line that begins with export (write NAME=…)"},
		{"hash behind a blank", "A=b #c\n", "1:3+4 A=b #c", dialectAt + "1:5" + hashSaid},
		{"hash first", "A=#b", "1:3+2 A=#b", dialectAt + "1:3" + hashSaid},
		{"hashes, told once", "A=b # c # d", "1:3+9 A=b # c # d", dialectAt + "1:5" + hashSaid},
		{"hash behind quotes", "A='b' # c", "1:3+7 A=b# c", dialectAt + "1:7: A: to systemd this # and what is behind it are part of the value, to others a comment (put a comment on a line of its own)"},
		{"text behind quotes", `A="b" c 'd'`, "1:3+9 A=bc 'd'", dialectAt + "1:7" + behindSaid},
		{"quotes behind quotes", `A="b" 'c'`, "1:3+7 A=bc", dialectAt + "1:7" + behindSaid},
		{"dollar", "A=b$C", "1:3+3 A=b$C", dialectAt + "1:4" + dollarSaid},
		{"dollar with braces in quotes", `A="b${C}"`, "1:3+7 A=b${C}", dialectAt + "1:5" + dollarSaid},
		{"command", "A=$(b)", "1:3+4 A=$(b)", dialectAt + "1:3" + dollarSaid},
		{"backslash", `A=b\c\\`, `1:3+5 A=bc\`, dialectAt + "1:4" + dropSaid},
		{"escaped blank at the end", `A=b\  `, "1:3+3 A=b ", dialectAt + "1:4" + dropSaid},
		{"lines joined", "A=b\\\n c\nB=d", "1:3+5 A=b c; 3:3+1 B=d", dialectAt + "1:4" + dropSaid},
		{"lines joined, CRLF", "A=b\\\r\nc\r\n", "1:3+5 A=bc", dialectAt + "1:4" + dropSaid},
		{"value that begins in the next line", "A= \\\n  b", "1:4+5 A=  b", dialectAt + "1:4" + dropSaid},
		{"nothing in the next line", "A=\\\n  \nB=c", "1:3+0 A=; 3:3+1 B=c", dialectAt + "1:3" + dropSaid},
		{"backslash at the end", `A=b\`, "1:3+1 A=b", dialectAt + "1:4" + dropSaid},
		{"escape in double quotes", `A="b\nc\td"`, `1:3+9 A=b\nc\td`, dialectAt + "1:5" + keepSaid},
		{"lines joined in quotes", "A=\"b\\\nc\"", "1:3+6 A=bc", dialectAt + "1:5" + joinSaid},
		{"byte order mark", "\uFEFFA=b\nB=c", "1:3+1 A=b; 2:3+1 B=c", dialectAt + "1:1: begins with a byte order mark, which systemd takes for a part of the first name (save the file without it)"},
		{"no equals sign", "A=b\nCANARY CANARY \n", "1:3+1 A=b", dialectAt + "2:1" + nothingSaid},
		{"name of containers", "a.b-c=CANARY", "", dialectAt + "1:1" + nameSaid},
		{"name that begins with a digit", "9A=CANARY # $B", "", dialectAt + "1:1" + nameSaid},
		{"comment with a backslash", "# b\\\nA=c", "2:3+1 A=c", dialectAt + "1:1" + commentsSaid},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			vars, ps := load.EnvFile("f.env", tc.text)
			if got := listed(vars); got != tc.want {
				t.Errorf("%q: got %q, want %q", tc.text, got, tc.want)
			}
			if got := said(ps); got != tc.said {
				t.Errorf("%q says\n%s\nwant\n%s", tc.text, got, tc.said)
			}
		})
	}
}

func TestEnvFileFaults(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want, said string }{
		{"open single quote", "A='CANARY\nB=c", "2:3+1 B=c", envFileAt + "1:3" + openSaid},
		{"open double quote", "A=\"CANARY\\\"\nB=c", "2:3+1 B=c", envFileAt + "1:3" + openSaid},
		{"open double quote at the end", `A="CANARY\`, "", envFileAt + "1:3" + openSaid},
		{"open quote behind another", "A='b'\"CANARY", "", envFileAt + "1:6" + openSaid + "\n" + dialectAt + "1:6" + behindSaid},
		{"no name", " =CANARY", "", envFileAt + "1:2: there is no name before the = (write NAME=value)"},
		{"name with a space", "a b=CANARY", "", envFileAt + "1:1" + noNameSaid},
		{"name of letters that no variable has", "CANÄRY=b", "", envFileAt + "1:1" + noNameSaid},
		{"export of no name", "export A B=CANARY", "", envFileAt + "1:1" + noNameSaid},
		{"bracket before a name", "[A=CANARY", "", envFileAt + "1:1" + noNameSaid},
		{"name in quotes", `"CANARY"=b`, "", envFileAt + "1:1" + noNameSaid},
		{"zero byte", "A=b\nB=CANARY\x00", "", envFileAt + "2:9: control character U+0000"},
		{"not UTF-8", "A=ä\xff", "", envFileAt + "1:4: not valid UTF-8 (save the file as UTF-8)"},
		{"UTF-16", "\xff\xfeA\x00=\x00", "", envFileAt + "1:1: text in UTF-16 (save the file as UTF-8)"},
		{"UTF-16, the other way", "\xfe\xff\x00A\x00=", "", envFileAt + "1:1: text in UTF-16 (save the file as UTF-8)"},
		{"as large as may be", "#" + strings.Repeat(" ", 1<<20-6) + "\nA=b\n", "2:3+1 A=b", ""},
		{"too large", "#" + strings.Repeat(" ", 1<<20-6) + "\nA=bc\n", "", envFileAt + "1:1: larger than 1048576 bytes"},
		{"replacement character", "A=\uFFFD", "1:3+3 A=\uFFFD", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			vars, ps := load.EnvFile("f.env", tc.text)
			if got := listed(vars); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if got := said(ps); got != tc.said {
				t.Errorf("says\n%s\nwant\n%s", got, tc.said)
			}
		})
	}
}

// What a problem is about is marked below its line.
func TestEnvFileMarks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"A=b\x00", "\x00"},
		{"A=\xff", "\xff"},
		{"A= 'b", "'"},
		{"A=\"b", "\""},
		{"A=b$C", "$"},
		{"A=b #c", "#"},
		{`A=b\c`, `\`},
		{"A='b' c", "c"},
		{" a b = c", "a b"},
		{" 9A = c", "9A"},
		{" export A = b", "export A"},
		{" =b", ""},
		{" b c ", "b c"},
		{"# b\\\nA=c", "# b\\"},
		{"[Service]\nEnvironment=A='b", "'"},
		{"[Service]\nEnvironment=A='b\n", "'"},
		{"[Service]\nEnvironment=A=\\z", "\\"},
		{"[Service]\nEnvironment=A=%h%h", "%"},
		{"[Service]\nEnvironment=b  A=c", "b"},
		{"[Service]\nEnvironment=a/b=c", "a/b"},
		{"[Service]\n EnvironmentFile = b", "EnvironmentFile"},
	} {
		_, ps := load.EnvFile("f.env", tc.text)
		if len(ps) != 1 {
			t.Errorf("%q: got %d problems, want one", tc.text, len(ps))
			continue
		}
		at := ps[0].Origin.Span
		if got := tc.text[at.Offset : at.Offset+at.Length]; got != tc.want {
			t.Errorf("%q: got %q marked, want %q", tc.text, got, tc.want)
		}
	}
}

func TestEnvFileOfAnotherKind(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text        string
		said, ended, vars int
	}{
		{"lines", strings.Repeat("{\n", 5000), 1001, 1, 0},
		{"lines of a unit", "[Service]\n" + strings.Repeat("Environment={\n", 5000), 1001, 1, 0},
		{"settings of a unit", "[Service]\n" + strings.Repeat("EnvironmentFile=a\n", 5000), 1001, 1, 0},
		{"words of a unit", "[Service]\nEnvironment=" + strings.Repeat("{ ", 5000), 1001, 1, 0},
		{"as many as may be", strings.Repeat("{\n", 999) + "A=b", 999, 0, 1},
		{"as many as may be in a unit", "[Service]\n" + strings.Repeat("Environment={\n", 999) + "Environment=A=b", 999, 0, 1},
	} {
		vars, ps := load.EnvFile("f.env", tc.text)
		if len(ps) != tc.said || len(ps.Errors()) != tc.ended || len(vars) != tc.vars {
			t.Errorf("%s: got %d problems, %d that reading ended, %d variables, want %d, %d and %d", tc.name, len(ps), len(ps.Errors()), len(vars), tc.said, tc.ended, tc.vars)
		}
		if last, before := ps[len(ps)-1].Origin.Span, ps[len(ps)-2].Origin.Span; tc.ended > 0 && last.Line != before.Line {
			t.Errorf("%s: reading ended in line %d, want %d, where the last problem is", tc.name, last.Line, before.Line)
		}
	}
}

func TestReadEnvFile(t *testing.T) {
	t.Parallel()
	at := option.Origin{Source: option.SourceFlag, Arg: 3, Name: "--env-file"}
	files := memory{"a.env": "A=b"}
	for _, tc := range []struct {
		name  string
		files load.Files
		want  string
	}{
		{"a.env", files, ""},
		{"CANARY", files, "error env-file: argv[3]: --env-file: no such file"},
		{"CANARY", failing{fs.ErrPermission}, "error env-file: argv[3]: --env-file: no permission to read the file"},
		{"CANARY", nil, "error env-file: argv[3]: --env-file: the file can't be read"},
	} {
		if vars, ps := load.ReadEnvFile(tc.files, tc.name, at); said(ps) != tc.want || (len(vars) == 1) != (tc.want == "") {
			t.Errorf("%s: got %d variables and %q, want %q", tc.name, len(vars), said(ps), tc.want)
		}
	}
}

func TestVariableHidesItsValue(t *testing.T) {
	t.Parallel()
	vars, _ := load.EnvFile("f.env", "A=CANARY")
	if got := fmt.Sprintf("%v %+v %#v", vars, vars, vars); strings.Contains(got, "CANARY") {
		t.Errorf("got %s, want the value withheld", got)
	}
	if got, want := vars[0].Origin().String(), "$A (f.env:1:3)"; got != want {
		t.Errorf("origin: got %q, want %q", got, want)
	}
}

// FuzzEnvFile holds that no file stops the reader, that every place lies in
// the file, that what stands there reads as the same value again, and that no
// value shows.
func FuzzEnvFile(f *testing.F) {
	for _, seed := range []string{
		"A=b\nB='c d' # e\nexport C=\"f\\ng\"\n", "A=\\\n\\\n b \\ \nB=\"\\\r\n\"", "\uFEFFA=ä\r\n# c\\\nB", "A='b", "=\n a b=c\n9=", "A=\"b\"c'd'$E",
		"[Service]\nEnvironment=\"A=b c\" B=d\\x20 \\\n#e\n'C=%%' D=%h\nEnvironment=\nEnvironmentFile=x\n[X]\nEnvironment=E=f", "[Service]\nEnvironment=A='b", "[Service]\nEnvironment=A\\", "[x]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		vars, ps := load.EnvFile("f.env", text)
		inside := func(what string, at option.Span) {
			if at.Line < 1 || at.Column < 1 || at.Length < 0 || int(at.Offset+at.Length) > len(text) || int(at.Column) > len(text)+1 {
				t.Errorf("%s stands at %+v of %d bytes", what, at, len(text))
			}
		}
		unit := strings.Contains(text, "[")
		for i, v := range vars {
			inside(v.Name, v.Span)
			if i > 0 && v.Span.Offset < vars[i-1].Span.Offset+vars[i-1].Span.Length {
				t.Errorf("%s at %+v begins inside of the one before it, %+v", v.Name, v.Span, vars[i-1].Span)
			}
			before := strings.TrimPrefix(text[:v.Span.Offset], "\uFEFF")
			line, column := strings.Count(before, "\n")+1, utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])+1
			if int(v.Span.Line) != line || int(v.Span.Column) != column {
				t.Errorf("%s stands at %d:%d, want %d:%d", v.Name, v.Span.Line, v.Span.Column, line, column)
			}
			again, ps := load.EnvFile("", "K="+text[v.Span.Offset:v.Span.Offset+v.Span.Length])
			if !unit && (len(again) != 1 || again[0].Value.Text() != v.Value.Text() || len(ps.Errors()) > 0) {
				t.Errorf("%s: what stands at %+v reads as %q, want %q", v.Name, v.Span, listed(again), v.Value.Text())
			}
		}
		for _, p := range ps {
			inside(p.Error(), p.Origin.Span)
		}
		for _, planted := range []string{text + canary, text + "\nA=" + canary, text + "\n" + canary + "=", strings.ReplaceAll(text, "=", "="+canary), strings.ReplaceAll(text, "\n", canary)} {
			vars, ps := load.EnvFile("f.env", planted)
			leaks(t, option.Layer{Problems: ps}, 0)
			_, ps = load.Load(fuzzToy, load.Process{Variables: vars, Problems: ps})
			leaks(t, option.Layer{Problems: ps}, 0)
		}
	})
}

var fuzzToy = func() *option.Registry[toy] {
	r, err := option.Build(toyConfig())
	if err != nil {
		panic(err)
	}
	return r
}()

// BenchmarkEnvFile reads 140 variables, as a large deployment has.
func BenchmarkEnvFile(b *testing.B) {
	text := strings.Repeat("# what it is for\nTOY_COUNT=42\nTOY_ITEMS=\"one,two\"\n", 70)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if vars, ps := load.EnvFile("f.env", text); len(vars) != 140 || len(ps) > 0 {
			b.Fatal(len(vars), said(ps))
		}
	}
}

// The shortest of each: a value of nothing in quotes, and names that begin
// with the first and last letters.
func TestEnvFileAtItsEdges(t *testing.T) {
	t.Parallel()
	vars, problems := load.EnvFile("f", "A=''\nB=\"\"\n")
	if len(vars) != 2 || vars[0].Value.Text() != "" || vars[1].Value.Text() != "" || len(problems) > 0 {
		t.Errorf("quotes around nothing: got %d variables and %v, want two empty ones", len(vars), problems)
	}
	for _, name := range []string{"a", "z", "A", "Z", "_", "{", "("} {
		if _, problems := load.EnvFile("f", "A=x$"+name+"\n"); len(problems) != 1 || !strings.Contains(problems[0].Reason, "dollar") {
			t.Errorf("$%s: got %v, want a warning of the dollar sign", name, problems)
		}
	}
	for _, none := range []string{"@", "[", "`", "1", "|"} {
		if _, problems := load.EnvFile("f", "A=x$"+none+"\n"); len(problems) > 0 {
			t.Errorf("$%s: got %v, want nothing", none, problems)
		}
	}
}
