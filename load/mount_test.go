package load_test

import (
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"pgregory.net/rapid"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// mount parses args by a flag set that has the options of the toy and two
// flags of its own.
func mount(t testing.TB, args ...string) (*load.Mounted, error) {
	t.Helper()
	fs := pflag.NewFlagSet("own", pflag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.BoolP("loud", "l", false, "be loud")
	fs.StringP("output", "o", "", "write there")
	m, err := load.Mount(fs, build(t).Catalog)
	if err != nil {
		t.Fatal(err)
	}
	return m, fs.Parse(args)
}

func TestMountedPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want string }{
		{"", ""},
		{"--bind-address :1", "argv[2] --bind-address=:1"},
		{"--bind-address=:1 --bind-address=:2", "argv[2] --bind-address=:1; argv[3] --bind-address=:2"},
		{"-a :1 -a:2 -a=:3", "argv[2] -a=:1; argv[4] -a=:2; argv[5] -a=:3"},
		{"-v", "argv[2] -v=true"},
		{"-v -v", "argv[2] -v=true; argv[3] -v=true"},
		{"-vv", "argv[2] -v=true; argv[2] -v=true"},
		{"-vn 5", "argv[2] -v=true; argv[2] -n=5"},
		{"-vn5 -v=false", "argv[2] -v=true; argv[2] -n=5; argv[3] -v=false"},
		{"-lvn5", "argv[2] -v=true; argv[2] -n=5"},
		{"-lovn5 -v", "argv[3] -v=true"},
		{"-o -v -v", "argv[4] -v=true"},
		{"--output --verbose --verbose", "argv[4] --verbose=true"},
		{"--loud --verbose word --count 7", "argv[3] --verbose=true; argv[5] --count=7"},
		{"--mode= --items ", "argv[2] --mode=; argv[3] --items="},
		{"-a=", "argv[2] -a="},
		{"--verbose -- --verbose", "argv[2] --verbose=true"},
		{"xv -v - --count=1", "argv[3] -v=true; argv[5] --count=1"},
		{"-a== -a =", "argv[2] -a==; argv[3] -a=="},
		{`--rules {"a":"b"}`, "argv[2] --rules={a:b}"},
	} {
		args := strings.Split(c.args, " ")
		if c.args == "" {
			args = nil
		}
		m, err := mount(t, args...)
		if err != nil {
			t.Errorf("%s: %v", c.args, err)
			continue
		}
		if got := strings.ReplaceAll(show(m.Layer(args, 2)), "@", " "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.args, got, c.want)
		}
	}
}

// What was parsed is found among other arguments as it was typed; what is not
// there costs its place, no more.
func TestMountedAmongOtherArguments(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ parsed, given, want string }{
		{"--count=1 -v", "-v", "argv --count=1; argv[2] -v=true"},
		{"-v", "-- -v", "argv --verbose=true"},
		{"--mode=slow", "--mode=fast --mode=slow", "argv[3] --mode=slow"},
		{"-v=false", "-vn5 -v=false", "argv[3] -v=false"},
		{"-a :1", "-n :1 -a :1", "argv[4] -a=:1"},
		{"-a :2", "-a :1 -a :2", "argv[4] -a=:2"},
		{"-a=", "-a == -a=", "argv[4] -a="},
		{"-v", "--count", "argv --verbose=true"},
		{"-v", "-v --count", "argv[2] -v=true"},
	} {
		m, err := mount(t, strings.Split(tc.parsed, " ")...)
		if err != nil {
			t.Fatal(err)
		}
		if got := show(m.Layer(strings.Split(tc.given, " "), 2)); got != tc.want {
			t.Errorf("%s among %s: got %s, want %s", tc.parsed, tc.given, got, tc.want)
		}
	}
}

// Arguments that are not those that were parsed cost places, no more.
func TestMountedWithOtherArguments(t *testing.T) {
	t.Parallel()
	m, err := mount(t, "-vn5", "--mode=fast")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.OneOf(rapid.SampledFrom([]string{"-v", "-vn", "5", "-n5", "--mode", "fast", "--mode=fast", "--", "-", "-vé", "-ovn5", "-v=", "--=x", "-=", "-n="}), rapid.String())
		args := rapid.SliceOfN(words, 0, 6).Draw(t, "args")
		l := m.Layer(args, 2)
		if len(l.Inputs) != 3 || len(l.Problems) > 0 {
			t.Fatalf("got %s and %v, want the three flags that were parsed", show(l), l.Problems)
		}
		for _, in := range l.Inputs {
			if at := int(in.Origin.Arg); at != 0 && (at < 2 || at >= 2+len(args)) {
				t.Fatalf("got index %d for %d arguments", at, len(args))
			}
		}
	})
}

func TestMountedWithoutArguments(t *testing.T) {
	t.Parallel()
	m, err := mount(t, "-v", "--count", "many")
	if err != nil {
		t.Fatal(err)
	}
	_, ps := build(t).Resolve([]option.Layer{m.Layer(nil, 0)})
	if want := "error invalid-value: argv: --count: not a whole number (write decimal digits only, such as 42)"; said(ps) != want {
		t.Errorf("got %s, want %s", said(ps), want)
	}
}

func TestMountedProblems(t *testing.T) {
	t.Parallel()
	m, err := mount(t, "--token", "hush", "--insights", "--rules=[", "--count=x")
	if err != nil {
		t.Fatal(err)
	}
	l := m.Layer([]string{"--token", "hush", "--insights", "--rules=[", "--count=x"}, 1)
	_, ps := build(t).Resolve([]option.Layer{l})
	got := said(ps)
	for _, want := range []string{
		"warning secret-on-argv: argv[1]: --token: ", "error retired: argv[3]: --insights: retired (use --tls-enable", "error invalid-value: argv[4]: --rules: ", "error invalid-value: argv[5]: --count: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s, want %q in it", got, want)
		}
	}
	if strings.Contains(got, "hush") {
		t.Errorf("a value shows in %s", got)
	}
}

func TestMountMarksFlags(t *testing.T) {
	t.Parallel()
	fs := pflag.NewFlagSet("own", pflag.ContinueOnError)
	r := build(t)
	if _, err := load.Mount(fs, r.Catalog); err != nil {
		t.Fatal(err)
	}
	for o := range r.All() {
		f := fs.Lookup(o.Flag)
		if f == nil || f.Hidden != (o.Hidden || o.Deprecated()) || f.Shorthand != o.Short || f.DefValue != o.Default {
			t.Errorf("--%s: got %+v, want a flag with its names, mark and default", o.Flag, f)
		}
	}
	if f := fs.Lookup("insights"); f == nil || !f.Hidden || f.Value.Type() != "string" {
		t.Errorf("retired --insights: got %+v, want a hidden flag with a text", f)
	}
	usage := fs.FlagUsages()
	for _, want := range []string{"-n, --count int", "-v, --verbose  ", "$TOY_COUNT", "--items stringArray"} {
		if !strings.Contains(usage, want) {
			t.Errorf("usage lacks %q:\n%s", want, usage)
		}
	}
}

// What a row says of itself its flags say to cobra and to people.
func TestMountSaysWhatRowsSay(t *testing.T) {
	t.Parallel()
	const file, dir = "cobra_annotation_bash_completion_filename_extensions", "cobra_annotation_bash_completion_subdirs_in_dir"
	type fields struct {
		Keys kind.Secrets `json:"keys"`
		Shy  kind.Secret  `json:"shy"`
		Cert string       `json:"cert"`
		Dir  string       `json:"dir"`
	}
	r, err := option.Build(option.Config[fields]{Program: "toy", EnvPrefix: "TOY_", Tables: func(v *fields) []option.Table {
		return []option.Table{{Rows: []option.Option{
			{Name: "Keys", Flag: "keys", Value: kind.SecretsOf(&v.Keys)},
			{Name: "Keys, older", Flag: "old-keys", Value: kind.SecretsOf(&v.Keys), UseInstead: []string{"keys"}},
			{Name: "Shy", Flag: "shy", Env: option.None, Hidden: true, Value: kind.SecretOf(&v.Shy)},
			{Name: "Cert", Flag: "cert", Complete: option.HintFile, Value: kind.String(&v.Cert), Help: "A `file`."},
			{Name: "Dir", Flag: "dir", Complete: option.HintDir, Value: kind.String(&v.Dir)},
		}}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	fs := pflag.NewFlagSet("own", pflag.ContinueOnError)
	if _, err := load.Mount(fs, r.Catalog); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		flag, typ, usage, offers string
		hidden                   bool
	}{
		{"keys", "stringArray", " $TOY_KEYS", "", false},
		{"keys-file", "string", "Names a file with the value of --keys. $TOY_KEYS_FILE", file, false},
		{"old-keys", "stringArray", " $TOY_OLD_KEYS", "", true},
		{"old-keys-file", "string", "Names a file with the value of --old-keys. $TOY_OLD_KEYS_FILE", file, true},
		{"shy", "string", "", "", true},
		{"shy-file", "string", "Names a file with the value of --shy.", file, true},
		{"cert", "string", "A 'file'. $TOY_CERT", file, false},
		{"dir", "string", " $TOY_DIR", dir, false},
	} {
		f := fs.Lookup(tc.flag)
		if f == nil {
			t.Errorf("--%s: got no flag", tc.flag)
			continue
		}
		offers := strings.Join(slices.Collect(maps.Keys(f.Annotations)), " ")
		if f.Value.Type() != tc.typ || f.Usage != tc.usage || offers != tc.offers || f.Hidden != tc.hidden {
			t.Errorf("--%s: got %q, %q, %q and hidden %t, want %q, %q, %q and %t", tc.flag, f.Value.Type(), f.Usage, offers, f.Hidden, tc.typ, tc.usage, tc.offers, tc.hidden)
		}
	}
}

func TestMountRefusesNamesThatAreTaken(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		own  string // flag and shorthand
		want string
	}{
		{"vast v count n", "the flag set already has -v, --count, -n"},
		{"count", "the flag set already has --count"},
		{"token-file", "the flag set already has --token-file"},
		{"vast v", "the flag set already has -v"},
	} {
		fs := pflag.NewFlagSet("own", pflag.ContinueOnError)
		names := append(strings.Fields(tc.own), "")
		for i := 0; i+1 < len(names); i += 2 {
			fs.StringP(names[i], names[i+1], "", "")
		}
		if _, err := load.Mount(fs, build(t).Catalog); err == nil || err.Error() != tc.want {
			t.Errorf("got %v, want %s", err, tc.want)
		}
		if fs.Lookup("mode") != nil {
			t.Error("a flag was declared, want none")
		}
	}
}

// What both ways of reading argv accept, they read the same.
func TestMountedAgreesWithArgs(t *testing.T) {
	t.Parallel()
	r := build(t)
	rapid.Check(t, func(t *rapid.T) {
		args := rapid.SliceOfN(rapid.SampledFrom([]string{
			"-v", "-vv", "-vn5", "-n", "7", "--count=7", "--count", "--verbose", "--verbose=false", "-v=true", "-a", "-a=x", "-ax", "--items", "--items=a,b", "--mode=fast", "-va", "-a=",
		}), 0, 8).Draw(t, "args")
		fs := pflag.NewFlagSet("own", pflag.ContinueOnError)
		fs.SetOutput(io.Discard)
		m, err := load.Mount(fs, r.Catalog)
		if err != nil {
			t.Fatal(err)
		}
		own := load.Args(r.Catalog, args, 1)
		if fs.Parse(args) != nil || len(own.Problems.Errors()) > 0 {
			return // each tells it in its own way
		}
		if got, want := show(m.Layer(args, 1)), show(own); got != want {
			t.Fatalf("%q: got %s, want %s", args, got, want)
		}
	})
}
