package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/load"

	"github.com/strataconf/strata/option"
)

func TestTakeOwn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args, rest string
		index      []int
		flags      checkFlags
		err        string
	}{
		{"", "", nil, checkFlags{}, ""},
		{"--strict -c x", "-c x", []int{4, 5}, checkFlags{strict: true}, ""},
		{"-c x --strict", "-c x", []int{3, 4}, checkFlags{strict: true}, ""},
		{"-a --format json -b --excerpt -c", "-a -b -c", []int{3, 6, 8}, checkFlags{format: "json", excerpt: true}, ""},
		{"--format=sarif --excerpt --no-excerpt", "", nil, checkFlags{format: "sarif"}, ""},
		{"-c=--strict --strict=", "", nil, checkFlags{}, "--strict takes no value"},
		{"--format", "", nil, checkFlags{}, "--format needs a value: text, json, sarif or github"},
		{"--format -- x", "", nil, checkFlags{}, "--format needs a value: text, json, sarif or github"},
		{"--format xml", "", nil, checkFlags{format: "xml"}, "--format must be text, json, sarif or github"},
		{"-- --strict", "-- --strict", []int{3, 4}, checkFlags{}, ""},
		{"--stric -strict --strict-x", "--stric -strict --strict-x", []int{3, 4, 5}, checkFlags{}, ""},
	} {
		var flags checkFlags
		rest, index, err := takeOwn(strings.Fields(c.args), 3, flags.own())
		if err != nil {
			if err.Error() != c.err {
				t.Errorf("%q: got error %v, want %q", c.args, err, c.err)
			}
			continue
		}
		if c.err != "" || strings.Join(rest, " ") != c.rest || !slices.Equal(index, c.index) || flags != c.flags {
			t.Errorf("%q: got %q at %v, %+v, want %q at %v, %+v, error %q", c.args, rest, index, flags, c.rest, c.index, c.flags, c.err)
		}
	}
}

// TestOwnFlagsAreFree holds that no option has the name of a flag that a
// subcommand takes for itself.
func TestOwnFlagsAreFree(t *testing.T) {
	t.Parallel()
	c := resolved(t).Catalog()
	var flags checkFlags
	names := []string{"help", "help-all"}
	for _, f := range flags.own() {
		names = append(names, f.name)
	}
	for _, name := range names {
		if c.ByFlag(name) != nil {
			t.Errorf("option --%s can't be reached: a subcommand takes that flag", name)
		}
	}
	if c.ByShort("h") != nil {
		t.Error("an option with the flag -h can't be reached: it asks for help")
	}
}

// TestLaterOptionsExist holds the list of what does not work yet against the
// catalog.
func TestLaterOptionsExist(t *testing.T) {
	t.Parallel()
	c := resolved(t).Catalog()
	for flag := range later {
		if o := c.ByFlag(flag); o == nil || o.Effect != option.EffectServer {
			t.Errorf("--%s acts later, says the list, and is no option for a server", flag)
		}
	}
}

const marker = "cAnArY-5f1d0c"

// planted are files with a marker where a value, a key, a comment, an anchor or
// broken syntax stands beside a mistake, or is one.
var planted = []string{
	"networking:\n  accessURL: ftp://user:MARKER@host # MARKER\n",
	"networking:\n  accessURL: https://host/?token=MARKER\n",
	"networking:\n  tls: {minVersion: tls9, clientCAFile: MARKER}\n",
	"networking:\n  tls:\n    minVersion: tls9 # MARKER\n",
	"networking:\n  tls:\n    MARKER: true\n",
	"MARKER: true\n",
	"networking: MARKER\n",
	"networking: [MARKER]\n",
	"x-a: &MARKER 5\nnetworking:\n  tls:\n    minVersion: *MARKER\n",
	"x-a: &a MARKER\nnetworking:\n  tls:\n    minVersion: *a\n",
	"networking:\n  tls:\n    minVersion: !MARKER x\n",
	"networking:\n  tls:\n    minVersion: \"MARKER\n",
	"networking:\n\ttls: MARKER\n",
	"MARKER\n",
	"- MARKER\n",
	"externalAuthProviders:\n- client_secret: MARKER\n",
	"externalAuthProviders:\n- {client_secret: MARKER, typ: github}\n",
	"externalAuthProviders:\n- client_id: a\n  MARKER: b\n",
	"externalAuthProviders:\n- client_id: a\n  client_secret: [MARKER]\n",
	"externalAuthProviders: MARKER\n",
	"supportLinks:\n- name: x\n  target: javascript:MARKER\n",
	"oidc:\n  groupMapping: {MARKER: [x]}\n",
	"oidc:\n  groupMapping:\n    MARKER: x\n    MARKER: y\n",
	"email:\n  emailAuth:\n    password: MARKER\n",
	"pgURL: postgres://coder:MARKER@db\n",
	"%MARKER\n---\na: 1\n",
	"a: 1\n--- MARKER\nb: 1\n",
	"a: \x00MARKER\n",
}

func TestFilesKeepTheirSecrets(t *testing.T) {
	t.Parallel()
	for i, text := range planted {
		name := filepath.Join(t.TempDir(), "bad.yaml")
		if err := os.WriteFile(name, []byte(strings.ReplaceAll(text, "MARKER", marker)), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"config", "check", "--excerpt"},
			{"config", "check", "--format=json"},
			{"config", "check", "--format=sarif"},
			{"config", "check", "--format=github"},
			{"server"},
		} {
			p, out, errs := world(append(args, "-c", name)...)
			code := run(context.Background(), *p)
			if code != exitProblem {
				t.Errorf("file %d, coder %v: got exit code %d, want 1\n%s", i, args, code, text)
			}
			if both := out.String() + errs.String(); strings.Contains(both, marker) {
				t.Errorf("file %d, coder %v: the marker shows:\n%s\nof\n%s", i, args, both, text)
			}
		}
	}
}

// TestLengthsOfSecretsDoNotShow holds that a longer secret changes no byte of
// what is told of its file, in any form: a place ends where its value does.
func TestLengthsOfSecretsDoNotShow(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"structured.yaml": "externalAuthProviders:\n- id: x\n  client_secret: [MARKER]\n",
		"url.yaml":        "networking:\n  http:\n    accessURL: ftp://me:MARKER@a.test\n",
		"unknown.yaml":    "networking:\n  MARKER: x\n",
		"group.yaml":      "networking: MARKER\n",
		"broken.yaml":     "networking: {\"MARKER\n",
		"twice.env":       "CODER_SCIM_AUTH_HEADER=x\nCODER_SCIM_AUTH_HEADER=MARKER\n",
		"quoted.env":      "CODER_SCIM_AUTH_HEADER=\"'MARKER'\"\n",
		"member.env":      "CODER_EXTERNAL_AUTH_1_CLIENT_SECRET=MARKER\n",
		"bad.env":         "CODER_ACCESS_URL=ftp://me:MARKER@a.test\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), name)
			flag := "-c"
			if strings.HasSuffix(name, ".env") {
				flag = "--env-file"
			}
			told := false
			for _, args := range [][]string{
				{"check", "--excerpt"},
				{"check", "--format=json"},
				{"check", "--format=sarif"},
				{"check", "--format=github"},
				{"lint"},
				{"lint", "--format=json", "--severity=note"},
				{"lint", "--format=sarif", "--severity=note"},
				{"lint", "--format=github", "--severity=note"},
			} {
				with := func(secret string) string {
					if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "MARKER", secret)), 0o644); err != nil {
						t.Fatal(err)
					}
					p, out, errs := world(append(append([]string{"config"}, args...), flag, file)...)
					code := run(context.Background(), *p)
					told = told || code == exitProblem
					return out.String() + errs.String()
				}
				if a, b := with(strings.Repeat("s", 20)), with(strings.Repeat("s", 30)); a != b {
					t.Errorf("config %v tells how long a secret is:\n%s\nand\n%s", args, a, b)
				}
			}
			if !told {
				t.Error("nothing is told of the file, so this shows nothing")
			}
		})
	}
}

// TestKnownValuesShow is the control of the test above: where a value may be
// shown, the excerpt shows it.
func TestKnownValuesShow(t *testing.T) {
	t.Parallel()
	p, _, errs := world("config", "check", "--excerpt", "-c", "-")
	p.Stdin = strings.NewReader("networking:\n  tls:\n    minVersion: ssl3\n")
	if run(context.Background(), *p); !strings.Contains(errs.String(), "3 |     minVersion: ssl3\n") {
		t.Errorf("got\n%s\nwant an excerpt with the value of a known option", errs)
	}
}

func TestExcerptLaysOutOddLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ src, want string }{
		{"provisioning:\n  daemons: grün\n", "  2 |   daemons: grün\n    |            ^^^^\n"},
		{"provisioning:\r\n  daemons:   x   # y\r\n", "  2 |   daemons:   x …\n    |              ^\n"},
		{"provisioning: {daemonPollInterval: 1s, daemons: x}\n", "  1 | …x …\n    |  ^\n"},
		{"provisioning:\n  daemons: \"a\\tb\"\n", "  2 |   daemons: \"a\\tb\"\n    |            ^^^^^^\n"},
		{"provisioning:\n  daemons: " + strings.Repeat("x ", 45), "  2 |   daemons: " + strings.Repeat("x ", 30) + "…\n    |            " + strings.Repeat("^", 61) + "\n"},
		{"experiments:\n  - [x]\n", ""},
		{"provisioning:\n  daemons: [1]\n", "  2 |   daemons: …\n    |            ^\n"},
		{"provisioning:\n  daemons:\n    a: 1\n", ""},
		{"provisioning:\n  daemons: 0123456789\n", "  2 |   daemons: 0123456789\n    |            ^^^^^^^^^^\n"},
		{"provisioning:\n  daemons: a123456789\n", "  2 |   daemons: …\n    |            ^\n"},
	} {
		p, _, errs := world("config", "check", "--excerpt", "-c", "-")
		p.Stdin = strings.NewReader(c.src)
		run(context.Background(), *p)
		if _, got, _ := strings.Cut(errs.String(), "\n"); got != c.want {
			t.Errorf("of\n%s\ngot\n%s\nwant\n%s", c.src, errs, c.want)
		}
	}
}

func TestFileURI(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"coder.yaml": "coder.yaml", "a b/c%.yaml": "a%20b/c%25.yaml", "/etc/coder.yaml": "file:///etc/coder.yaml", "a:b": "./a:b",
	} {
		if got := fileURI(name); got != want {
			t.Errorf("fileURI(%q): got %q, want %q", name, got, want)
		}
	}
}

func TestFormatsOfAHostileFile(t *testing.T) {
	t.Parallel()
	name := "\x1b[31m::error::\u202e,a:b%\n.yaml"
	for _, form := range []string{"json", "sarif", "github", "text"} {
		p, out, errs := world("config", "check", "--format", form, "-c", filepath.Join(t.TempDir(), name))
		if err := os.WriteFile(p.Args[6], []byte("zzz: 1\nzzz: 2\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		run(context.Background(), *p)
		both := append(out.Bytes(), errs.Bytes()...)
		if bytes.ContainsRune(both, 0x1b) {
			t.Errorf("%s: an escape of the name of the file reaches the terminal:\n%q", form, both)
		}
		if (form == "json" || form == "sarif") && !json.Valid(both) {
			t.Errorf("%s: not JSON:\n%s", form, both)
		}
		if form == "github" && bytes.Count(both, []byte("\n")) != 2 {
			t.Errorf("github: got\n%s\nwant two lines", both)
		}
	}
}

func TestKeeperReadsOnce(t *testing.T) {
	t.Parallel()
	k := &keeper{Reader: files.Reader{Stdin: strings.NewReader("text")}}
	for range 2 {
		if b, err := k.ReadFile("-"); err != nil || string(b) != "text" {
			t.Errorf("got %q, error %v, want the same text twice", b, err)
		}
	}
	var _ load.Files = k
}
