package load_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// secretFiles is files by name, and their modes.
type secretFiles struct {
	memory
	modes map[string]fs.FileMode
}

func (f secretFiles) Mode(name string) (fs.FileMode, error) { return f.modes[name], nil }

// keyedConfig gives the toy catalog a secret list.
func keyedConfig(cfg *option.Config[keyed]) {
	toys := toyConfig().Tables
	cfg.Program, cfg.EnvPrefix, cfg.ConfigFlag = "toy", "TOY_", "config"
	cfg.Tables = func(v *keyed) []option.Table {
		return append(toys(&v.Toy), option.Table{Rows: []option.Option{
			{Name: "Keys", Flag: "keys", Value: kind.SecretsOf(&v.Keys)},
			{Name: "Outside", Flag: "outside", Env: option.Absolute("PGPASSWORD"), Value: kind.SecretOf(&v.Outside)},
			{Name: "Quiet", Flag: "quiet", Env: option.None, Value: kind.SecretOf(&v.Quiet)},
			{Name: "Own", Flag: "own", Value: kind.SecretOf(&v.Own)},
			{Name: "Own File", Flag: "own-file", Value: kind.String(&v.OwnFile)},
			{Name: "Never", Flag: "never", NoFile: true, Value: kind.SecretOf(&v.Never)},
		}})
	}
}

type keyed struct {
	Toy     toy          `json:"toy"`
	Keys    kind.Secrets `json:"keys"`
	Outside kind.Secret  `json:"outside"`
	Quiet   kind.Secret  `json:"quiet"`
	Own     kind.Secret  `json:"own"`
	OwnFile string       `json:"own_file"`
	Never   kind.Secret  `json:"never"`
}

func keyedRegistry(t testing.TB) *option.Registry[keyed] {
	t.Helper()
	var cfg option.Config[keyed]
	keyedConfig(&cfg)
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSecretFile(t *testing.T) {
	t.Parallel()
	r := keyedRegistry(t)
	disk := secretFiles{memory{
		"/s": "word\n", "/bare": "word", "/crlf": "word\r\n", "/two": "word\n\n", "/cr": "word\r", "/quoted": `"word"` + "\n", "/empty": "", "/line": "\n", "/crlf only": "\r\n",
		"/latin": "\xff\n", "/bom": "\uFEFFword\n", "/zero": "a\x00b", "/large": strings.Repeat("x", 64<<10+1), "/fits": strings.Repeat("x", 64<<10),
		"/list": "a,b\n", "/lines": "a,b\n\"c\r\nd\n", "/open": "word", "/group": "word", "/c/token": "credential\n", "/c/keys": "x\ny\n", "/bad/token": "\xff", "/g/token": "word", "/blank": "word \n", "/tab": "word\t\n", "dir/s": "relative\n",
	}, map[string]fs.FileMode{"/open": 0o644, "/group": 0o640, "/g/token": 0o440, "/s": 0o600}}
	for _, c := range []struct {
		args, environ []string
		want, said    string
	}{
		{args("--token-file", "/s"), nil, "argv[2], file /s --token-file=word", ""},
		{args("--token-file=/s"), nil, "argv[2], file /s --token-file=word", ""},
		{args("--count=1", "--token-file=/bare"), nil, "argv[2] --count=1; argv[3], file /bare --token-file=word", ""},
		{nil, env("TOY_TOKEN_FILE", "/s"), "environment, file /s TOY_TOKEN_FILE=word", ""},
		{nil, env("TOY_TOKEN_FILE", "/s", "TOY_TOKEN_FILE", "/missing"), "environment, file /s TOY_TOKEN_FILE=word", ""},
		{nil, env("PGPASSWORD_FILE", "/s"), "environment, file /s PGPASSWORD_FILE=word", ""},
		{args("--quiet-file=/s"), nil, "argv[2], file /s --quiet-file=word", ""},
		{args("--own-file=/s"), nil, "argv[2] --own-file=/s", ""},
		{nil, env("TOY_OWN_FILE", "/s"), "environment TOY_OWN_FILE=/s", ""},
		{args("--token-file=/crlf"), nil, "argv[2], file /crlf --token-file=word", ""},
		{args("--token-file=/two"), nil, "argv[2], file /two --token-file=word\n", "warning line-break: argv[2], file /two: --token-file: ends in a line break, which is kept (remove it unless it is meant)"},
		{args("--token-file=/cr"), nil, "argv[2], file /cr --token-file=word\r", "warning line-break: argv[2], file /cr: --token-file: ends in a line break, which is kept (remove it unless it is meant)"},
		{args("--token-file=/quoted"), nil, `argv[2], file /quoted --token-file="word"`, "warning quotes: argv[2], file /quoted: --token-file: stands in quotes, which are kept (remove them unless they are meant: files of variables are not read by a shell)"},
		{args("--token-file=/blank"), nil, "argv[2], file /blank --token-file=word ", "warning trailing-blank: argv[2], file /blank: --token-file: ends in a blank, which is kept (remove it unless it is meant)"},
		{args("--token-file=/tab"), nil, "argv[2], file /tab --token-file=word\t", "warning trailing-blank: argv[2], file /tab: --token-file: ends in a blank, which is kept (remove it unless it is meant)"},
		{args("--keys-file=/blank"), nil, "argv[2], file /blank --keys-file=word ", ""},
		{args("--token-file", "/s", "--count=1"), nil, "argv[4] --count=1; argv[2], file /s --token-file=word", ""},
		{args("--token-file=/fits"), nil, "argv[2], file /fits --token-file=" + strings.Repeat("x", 64<<10), ""},
		{args("--keys-file=/list"), nil, "argv[2], file /list --keys-file=a,b", ""},
		{args("--keys-file=/lines"), nil, `argv[2], file /lines --keys-file=[a,b,"c,d]`, ""},
		{args("--keys-file=/list", "--keys-file=/s"), nil, "argv[2], file /list --keys-file=a,b; argv[3], file /s --keys-file=word", ""},
		{args("--token-file=/open"), nil, "argv[2], file /open --token-file=word", "warning readable-secret: argv[2], file /open: --token-file: every user of this machine can read the file (take the permission of others away: chmod o-rwx)"},
		{args("--token-file=/group"), nil, "argv[2], file /group --token-file=word", "note readable-secret: argv[2], file /group: --token-file: the group of the file can read it"},
		// What systemd hands over counts less than a variable.
		{nil, env("CREDENTIALS_DIRECTORY", "/c"), "environment, file /c/token CREDENTIALS_DIRECTORY=credential; environment, file /c/keys CREDENTIALS_DIRECTORY=[x,y]", ""},
		{nil, env("TOY_TOKEN", "word", "CREDENTIALS_DIRECTORY", "/c"), "environment, file /c/token CREDENTIALS_DIRECTORY=credential; environment, file /c/keys CREDENTIALS_DIRECTORY=[x,y]; environment TOY_TOKEN=word", ""},
		{nil, env("CREDENTIALS_DIRECTORY", "/nowhere"), "", "warning secret-file: environment: CREDENTIALS_DIRECTORY: names no folder, so no secret is taken from there"},
		{args("--token-file=/s"), env("CREDENTIALS_DIRECTORY", "/nowhere"), "argv[2], file /s --token-file=word", "warning secret-file: environment: CREDENTIALS_DIRECTORY: names no folder, so no secret is taken from there"},
		{nil, env("CREDENTIALS_DIRECTORY", "/s"), "", ""},
		{nil, env("CREDENTIALS_DIRECTORY", "/g"), "environment, file /g/token CREDENTIALS_DIRECTORY=word", ""},
		{nil, env("CREDENTIALS_DIRECTORY", ""), "", ""},
		{nil, env("CREDENTIALS_DIRECTORY", "/bad"), "", "error secret-file: environment, file /bad/token: CREDENTIALS_DIRECTORY: the file is not valid UTF-8"},
		// Faults. What is no file may be the secret itself.
		{args("--token-file=/missing"), nil, "", "error secret-file: argv[2]: --token-file: no such file"},
		{args("--token-file"), nil, "", "error missing-value: argv[2]: --token-file: a value is missing"},
		{args("--token-file", "--count=1"), nil, "argv[3] --count=1", "error missing-value: argv[2]: --token-file: a value is missing"},
		{args("--token-file="), nil, "", "error secret-file: argv[2]: --token-file: no such file"},
		{args("--token-file=/empty"), nil, "", "error secret-file: argv[2], file /empty: --token-file: the file is empty"},
		{args("--token-file=/line"), nil, "", "error secret-file: argv[2], file /line: --token-file: the file is empty"},
		{args("--token-file=/crlf only"), nil, "", "error secret-file: argv[2], file /crlf only: --token-file: the file is empty"},
		{args("--token-file=/latin"), nil, "", "error secret-file: argv[2], file /latin: --token-file: the file is not valid UTF-8"},
		{args("--token-file=/bom"), nil, "", "error secret-file: argv[2], file /bom: --token-file: the file begins with a byte order mark (save it without one)"},
		{args("--token-file=/zero"), nil, "", "error secret-file: argv[2], file /zero: --token-file: the file holds a zero byte"},
		{args("--token-file=/large"), nil, "", "error secret-file: argv[2], file /large: --token-file: the file is larger than 64 KiB"},
		{nil, env("TOY_TOKEN_FILE", ""), "", "note empty-variable: environment: TOY_TOKEN_FILE: empty, which counts as not set"},
		{nil, env("TOY_TOKEN_FILE", "/missing"), "", "error secret-file: environment: TOY_TOKEN_FILE: no such file"},
		{args("--token-file=/s"), env("TOY_TOKEN_FILE", "/missing"), "argv[2], file /s --token-file=word", "warning secret-file: environment: TOY_TOKEN_FILE: no such file, but a higher source overrides it"},
		// Both spellings.
		{nil, env("TOY_TOKEN", "w", "TOY_TOKEN_FILE", "/s"), "environment TOY_TOKEN=w", "error value-and-file: environment: TOY_TOKEN_FILE: $TOY_TOKEN is set too, so the value is given twice (keep one of the two)"},
		{args("--token-file=/s"), env("TOY_TOKEN", "w", "TOY_TOKEN_FILE", "/s"), "environment TOY_TOKEN=w; argv[2], file /s --token-file=word", "warning value-and-file: environment: TOY_TOKEN_FILE: $TOY_TOKEN is set too, so the value is given twice, but a higher source overrides it (keep one of the two)"},
		{nil, env("TOY_TOKEN", "", "TOY_TOKEN_FILE", "/s"), "environment, file /s TOY_TOKEN_FILE=word", "note empty-variable: environment: TOY_TOKEN: empty, which counts as not set (to set an empty value write --token=)"},
		{args("--token-file=/s", "--token=w"), nil, "argv[3] --token=w", "error value-and-file: argv[2]: --token-file: --token (argv[3]) is set too, so the value is given twice (keep one of the two)\nwarning secret-on-argv: argv[3]: --token: a secret that every user of this machine can read on the command line (set TOY_TOKEN instead)"},
		{args("--quiet=w"), nil, "argv[2] --quiet=w", "warning secret-on-argv: argv[2]: --quiet: a secret that every user of this machine can read on the command line (name a file by --quiet-file instead)"},
		{args("--token-file=/s"), env("TOY_TOKEN", "w"), "environment TOY_TOKEN=w; argv[2], file /s --token-file=word", ""},
		// Names that are near.
		{args("--token-fil=/s"), nil, "", "error unknown-flag: argv[2]: --token-fil: unknown flag (did you mean --token-file?)"},
		{args("--never-file=/s"), nil, "", "error unknown-flag: argv[2]: unknown flag"},
		{nil, env("TOY_TOKEN_FLIE", "/s"), "", "warning unknown-variable: environment: TOY_TOKEN_FLIE: no option has this variable (did you mean TOY_TOKEN_FILE?)"},
	} {
		p := process(c.args, c.environ, disk)
		var shown []string
		var problems option.Problems
		for _, l := range load.Layers(r.Catalog, p) {
			if s := show(l); s != "" {
				shown = append(shown, s)
			}
			problems = append(problems, l.Problems...)
		}
		if got := strings.Join(shown, "; "); got != c.want {
			t.Errorf("%q %q:\ngot  %.300s\nwant %.300s", c.args, c.environ, got, c.want)
		}
		if got := said(problems); got != c.said {
			t.Errorf("%q %q: problems\ngot  %s\nwant %s", c.args, c.environ, got, c.said)
		}
	}
}

func TestSecretFileValue(t *testing.T) {
	t.Parallel()
	r := keyedRegistry(t)
	disk := memory{"/s": "word\n", "/lines": "a,b\nc\n", "dir/s": "relative\n", "/c/token": "credential"}
	p := process(args("--keys-file=/lines"), env("TOY_TOKEN_FILE", "s", "CREDENTIALS_DIRECTORY", "/c"), disk)
	p.Dir = "dir"
	s, problems := load.Load(r, p)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	v := s.View()
	if got := v.Toy.Token.Reveal(); got != "relative" {
		t.Errorf("token: got %q, want that of the folder", got)
	}
	if got := strings.Join(v.Keys.Reveal(), "|"); got != "a,b|c" {
		t.Errorf("keys: got %q, want an item a line", got)
	}
	set := s.Setting(r.ByFlag("token"))
	if len(set.Shadowed) != 1 || set.Shadowed[0].Origin.String() != "file /c/token, named by $CREDENTIALS_DIRECTORY" {
		t.Errorf("the credential did not lose: %v", set.Shadowed)
	}
	origin := set.Origin()
	if got, want := origin.String(), "file dir/s, named by $TOY_TOKEN_FILE"; got != want {
		t.Errorf("origin: got %q, want %q", got, want)
	}
}

func TestSecretFileMounted(t *testing.T) {
	t.Parallel()
	r := keyedRegistry(t)
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	m, err := load.Mount(fs, r.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	argv := args("--count", "1", "--token-file", "/s", "--keys-file=/l")
	if err := fs.Parse(argv); err != nil {
		t.Fatal(err)
	}
	p := process(argv, nil, memory{"/s": "word\n", "/l": "a\n"})
	p.Mounted = m
	layers := load.Layers(r.Catalog, p)
	got, problems := show(layers[len(layers)-1]), said(layers[len(layers)-1].Problems)
	if want := "argv[2] --count=1; argv[4], file /s --token-file=word; argv[6], file /l --keys-file=a"; got != want || problems != "" {
		t.Errorf("got  %s\nwant %s\nproblems %s", got, want, problems)
	}
	if f := fs.Lookup("own-file"); f == nil || fs.Lookup("never-file") != nil || fs.Lookup("token-file").Value.Type() != "string" {
		t.Error("a wrong set of flags names files")
	}
}

// TestSecretFileAlone shows that the parts that get no files say so.
func TestSecretFileAlone(t *testing.T) {
	t.Parallel()
	r := keyedRegistry(t)
	for what, l := range map[string]option.Layer{
		"argv[2]: --token-file":       load.Args(r.Catalog, args("--token-file=/s"), 2),
		"environment: TOY_TOKEN_FILE": load.Environ(r.Catalog, env("TOY_TOKEN_FILE", "/s", "CREDENTIALS_DIRECTORY", "/c")),
	} {
		if got, want := said(l.Problems), "error secret-file: "+what+": the file can't be read"; got != want || len(l.Inputs) > 0 {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestSecretFilesOff(t *testing.T) {
	t.Parallel()
	var cfg option.Config[keyed]
	keyedConfig(&cfg)
	cfg.NoSecretFiles = true
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	p := process(args("--token-file=/s"), env("TOY_TOKEN_FILE", "/s", "CREDENTIALS_DIRECTORY", "/c"), memory{"/s": "word", "/c/token": "word"})
	s, problems := load.Inspect(r, p)
	if s.View().Toy.Token.IsSet() || len(problems.Errors()) != 1 || len(problems.Warnings()) != 1 {
		t.Errorf("got %v, want an unknown flag and an unknown variable", problems)
	}
}

func args(a ...string) []string { return a }

// env pairs names and values as an environment has them.
func env(pairs ...string) []string {
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, pairs[i]+"="+pairs[i+1])
	}
	return out
}

// denied is a disk on which nothing may be read.
type denied struct{}

func (denied) ReadFile(string) ([]byte, error) { return nil, fs.ErrPermission }

// A file that is there but can't be read is named; see the faults of
// TestSecretFile for one that is not.
func TestSecretFileDenied(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		files load.Files
		want  string
	}{
		{denied{}, "no permission to read the file"},
		{failing{reason("a pipe")}, "a pipe"},
	} {
		l := load.Layers(keyedRegistry(t).Catalog, process(args("--token-file=/s"), nil, tc.files))[1]
		if got, want := said(l.Problems), "error secret-file: argv[2], file /s: --token-file: "+tc.want; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// secretTree is a kind of a program's own: a structure that is secret as a
// whole.
type secretTree struct {
	option.Value
	traits option.Traits
}

func (s secretTree) Traits() *option.Traits { return &s.traits }

func TestSecretFileOfATree(t *testing.T) {
	t.Parallel()
	type fields struct {
		Pairs map[string]string `json:"-"`
	}
	r, err := option.Build(option.Config[fields]{Program: "toy", EnvPrefix: "TOY_", Tables: func(v *fields) []option.Table {
		k := secretTree{Value: kind.Struct(&v.Pairs)}
		k.traits = *k.Value.Traits()
		k.traits.Secret = true
		return []option.Table{{Rows: []option.Option{{Name: "Pairs", Flag: "pairs", Value: k}}}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ text, want, said string }{
		{"a: b", "argv[2], file /s --pairs-file={a:b}", ""},
		{"a: [", "", "error invalid-value: argv[2], file /s: --pairs-file: "},
	} {
		l := load.Layers(r.Catalog, process(args("--pairs-file=/s"), nil, memory{"/s": tc.text}))[1]
		if got := show(l); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.text, got, tc.want)
		}
		if got := said(l.Problems); !strings.HasPrefix(got, tc.said) || tc.said == "" && got != "" {
			t.Errorf("%s: says %q, want %q", tc.text, got, tc.said)
		}
	}
}

// byName is a disk on which reading fails as the map says.
type byName map[string]error

func (b byName) ReadFile(name string) ([]byte, error) { return nil, b[name] }

// A fault of some credentials is told of each.
func TestCredentialsDeniedInPart(t *testing.T) {
	t.Parallel()
	older := func(cfg *option.Config[toy]) {
		more(cfg, func(v *toy) option.Option {
			return option.Option{Name: "Older", Flag: "older", Value: kind.SecretOf(&v.Token), UseInstead: []string{"token"}}
		})
	}
	const fault = ": CREDENTIALS_DIRECTORY: no permission to read the file"
	for _, tc := range []struct {
		name  string
		c     *option.Catalog
		files load.Files
		want  string
	}{
		{"the only one", build(t).Catalog, denied{}, "error secret-file: environment, file /c/token" + fault},
		{"both", build(t, older).Catalog, denied{}, "error secret-file: environment: CREDENTIALS_DIRECTORY: nothing in the folder that it names can be read (name a folder that this user may enter)"},
		{"one of two", build(t, older).Catalog, byName{"/c/token": fs.ErrPermission, "/c/older": fs.ErrNotExist}, "error secret-file: environment, file /c/token" + fault},
	} {
		l := load.Layers(tc.c, process(nil, env("CREDENTIALS_DIRECTORY", "/c"), tc.files))[0]
		if got := said(l.Problems); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}

// A folder of credentials that nobody may enter is one fault, however many
// secrets there are.
func TestCredentialsDenied(t *testing.T) {
	t.Parallel()
	var problems option.Problems
	for _, l := range load.Layers(keyedRegistry(t).Catalog, process(nil, env("CREDENTIALS_DIRECTORY", "/c"), denied{})) {
		problems = append(problems, l.Problems...)
	}
	const want = "error secret-file: environment: CREDENTIALS_DIRECTORY: nothing in the folder that it names can be read (name a folder that this user may enter)"
	if got := said(problems); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
