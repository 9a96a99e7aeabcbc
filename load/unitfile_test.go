package load_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
)

// What Environment= of systemd.exec(5) and systemd.syntax(7) say.
func TestUnitFile(t *testing.T) {
	t.Parallel()
	const (
		head        = "[Service]\n"
		percentSaid = ": systemd puts something of its own in the place of what begins with %, which is not done here (write what it stands for, or %% for a percent sign)"
	)
	for _, tc := range []struct{ name, text, want, said string }{
		{"plain", head + "Environment=A=b", "2:15+1 A=b", ""},
		{"several", head + "Environment=A=b  B=c\t C=\n", "2:15+1 A=b; 2:20+1 B=c; 2:25+0 C=", ""},
		{"the example of the manual", head + `Environment="VAR1=word1 word2" VAR2=word3 "VAR3=word 5 6"`, "2:19+11 VAR1=word1 word2; 2:37+5 VAR2=word3; 2:49+8 VAR3=word 5 6", ""},
		{"single quotes", head + `Environment='A="b"'`, `2:16+3 A="b"`, ""},
		{"quotes around the value", head + `Environment=A="b c" B=d`, "2:15+5 A=b c; 2:23+1 B=d", ""},
		{"escapes", head + `Environment="A=b\tc\\\x41\101\u00e4\s\""`, "2:16+24 A=b\tc\\AAä \"", ""},
		{"percent", head + "Environment=A=100%%", "2:15+5 A=100%", ""},
		{"lines joined", head + "Environment=A=b \\\n# comment\n; another\n  B=c\nEnvironment=C=d", "2:15+1 A=b; 5:5+1 B=c; 6:15+1 C=d", ""},
		{"lines joined inside of quotes", head + "Environment=\"A=b\\\nc\"", "2:16+4 A=b c", ""},
		{"lines joined at the end of a value in quotes", head + "Environment=\"A=b\\\n\"", "2:16+3 A=b ", ""},
		{"lines joined, CRLF", "[Service]\r\nEnvironment=A=b \\\r\nB=c\r\n", "2:15+1 A=b; 3:3+1 B=c", ""},
		{"emptied", head + "Environment=A=b\nEnvironment=\nEnvironment=B=c", "4:15+1 B=c", ""},
		{"key without a value", head + "Environment=A=b\nEnvironment", "2:15+1 A=b", ""},
		{"lines joined without a blank", head + "Environment=A=b\\\nB=c", "2:15+1 A=b; 3:3+1 B=c", ""},
		{"lines joined before an empty one", head + "Environment=A=b \\\n\nEnvironment=C=d", "2:15+1 A=b; 4:15+1 C=d", ""},
		{"lines joined at the end", head + "Environment=A=b \\\n#", "2:15+1 A=b", ""},
		{"blanks around the key", head + "Environment = A=b", "2:17+1 A=b", ""},
		{"other sections and keys", "# u\n\n[Unit]\nEnvironment=A=b\n[Service]\nExecStart=x A=b \\\nEnvironment=C=d\nnothing\nEnvironment=B=c\n[Install]\nEnvironment=A=b", "9:15+1 B=c", ""},
		{"comments", "; u\n" + head + "#\n;\n# a \\\nEnvironment=A=b\n; c \\\nEnvironment=B=c", "6:15+1 A=b; 8:15+1 B=c", ""},
		{"a backslash that is escaped joins nothing", head + "ExecStart=x \\\\\nEnvironment=A=b", "3:15+1 A=b", ""},
		{"byte order mark", "\uFEFF[Service]\nEnvironment=A=b", "2:15+1 A=b", dialectAt + "1:1: begins with a byte order mark, which systemd takes for a part of the first name (save the file without it)"},
		{"open quote", head + "Environment=A=b \"B=CANARY\nEnvironment=C=d", "2:15+1 A=b; 3:15+1 C=d", envFileAt + "2:17: a quote that is not closed"},
		{"open quote, lines joined", head + "Environment=\"A=b\\\n%CANARY\nEnvironment=C=d", "4:15+1 C=d", envFileAt + "2:13: a quote that is not closed\n" + dialectAt + "3:1" + percentSaid},
		{"quote at the end of a line", head + "Environment=A=\"\nEnvironment=C=d", "3:15+1 C=d", envFileAt + "2:15: a quote that is not closed"},
		{"open quote at the end", head + "Environment=A='CANARY", "", envFileAt + "2:15: a quote that is not closed"},
		{"no escape", head + `Environment=A=b\zCANARY B=c`, "", envFileAt + `2:16: not an escape of a unit (write \\ for a backslash)`},
		{"zero escape", head + `Environment=A=\x00`, "", envFileAt + `2:15: not an escape of a unit (write \\ for a backslash)`},
		{"half an escape", head + `Environment=A=\u12`, "", envFileAt + `2:15: not an escape of a unit (write \\ for a backslash)`},
		{"backslash at the end", head + `Environment=A=\`, "", envFileAt + `2:15: not an escape of a unit (write \\ for a backslash)`},
		{"specifier", head + "Environment=A=%h/b", "2:15+4 A=%h/b", dialectAt + "2:15" + percentSaid},
		{"no equals sign", head + "Environment=CANARY A=b", "2:22+1 A=b", dialectAt + "2:13: a word without = sets nothing (write NAME=value, in quotes if it has spaces)"},
		{"odd name", head + "Environment=a/b=CANARY A=b", "2:26+1 A=b", envFileAt + "2:13" + noNameSaid},
		{"other files", head + "EnvironmentFile=-/etc/CANARY\nUnsetEnvironment=A\nPassEnvironment=A", "", dialectAt + "2:1: EnvironmentFile= is not obeyed (read a file that it names too, beside this one)\n" + dialectAt + "3:1: UnsetEnvironment= is not obeyed (read a file that it names too, beside this one)\n" + dialectAt + "4:1: PassEnvironment= is not obeyed (read a file that it names too, beside this one)"},
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

// A file of variables is not taken for a unit because of a bracket.
func TestUnitFileIsTold(t *testing.T) {
	t.Parallel()
	vars, ps := load.EnvFile("f.env", "A=b\n[Service]\nEnvironment=C=d\n")
	if got, want := listed(vars), "1:3+1 A=b; 3:13+3 Environment=C=d"; got != want || len(ps) != 1 || !strings.Contains(said(ps), "2:1"+nothingSaid) {
		t.Errorf("got %q with %q, want %q and a warning of line 2", got, said(ps), want)
	}
}
