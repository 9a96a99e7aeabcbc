package load_test

import (
	"io"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"pgregory.net/rapid"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
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
	if f := fs.Lookup("insights"); f == nil || !f.Hidden {
		t.Errorf("retired --insights: got %+v, want a hidden flag", f)
	}
	usage := fs.FlagUsages()
	for _, want := range []string{"-n, --count int", "-v, --verbose  ", "$TOY_COUNT", "--items stringArray"} {
		if !strings.Contains(usage, want) {
			t.Errorf("usage lacks %q:\n%s", want, usage)
		}
	}
}

func TestMountRefusesNamesThatAreTaken(t *testing.T) {
	t.Parallel()
	fs := pflag.NewFlagSet("own", pflag.ContinueOnError)
	fs.String("count", "", "")
	fs.BoolP("vast", "v", false, "")
	_, err := load.Mount(fs, build(t).Catalog)
	if err == nil || err.Error() != "the flag set already has -v, --count" {
		t.Errorf("got %v, want an error that names -v and --count", err)
	}
	if fs.Lookup("mode") != nil {
		t.Error("a flag was declared, want none")
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
