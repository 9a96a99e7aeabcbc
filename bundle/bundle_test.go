package bundle_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/bundle"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/yamlgen"
)

const canary = "zQ7xK9vW2mT5pR8dL4nB"

// leak returns what shows of the canary: six bytes of it in a row, backwards or
// hexadecimal too, or base64 at each alignment.
func leak(text string) string {
	reversed := []byte(canary)
	for i, j := 0, len(reversed)-1; i < j; i, j = i+1, j-1 {
		reversed[i], reversed[j] = reversed[j], reversed[i]
	}
	for _, s := range []string{canary, string(reversed)} {
		for i := 0; i+6 <= len(s); i++ {
			for _, form := range []string{s[i : i+6], hex.EncodeToString([]byte(s[i : i+6]))} {
				if at := strings.Index(text, form); at >= 0 {
					return text[max(0, at-60):min(len(text), at+60)]
				}
			}
		}
	}
	for shift := range 3 {
		enc := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + canary))
		if strings.Contains(text, enc[4:len(enc)-4]) {
			return "base64"
		}
	}
	return ""
}

// tell is everything that can be told of a configuration.
func tell(tb rapid.TB, safe *option.Redacted, problems option.Problems) string {
	var out bytes.Buffer
	fail := func(err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
	for o := range safe.Catalog().All() {
		e := report.Explain(safe, problems, o)
		fail(e.WriteText(&out, report.Style{Width: 100}))
		b, err := json.Marshal(e)
		fail(err)
		out.Write(b)
		fmt.Fprintln(&out, safe.Refused(o), safe.Withheld(o), safe.Source(o))
	}
	fail(report.Table(&out, safe, problems, report.Filter{}, report.Style{}))
	fail(report.Table(&out, safe, problems, report.Filter{Modified: true}, report.Style{Width: 60}))
	fail(report.Env(&out, safe, report.Filter{}))
	fail(yamlgen.WriteOnly(&out, safe, func(*option.Option) bool { return true }))
	out.Write(safe.AppendBody(nil, option.ShapeFull))
	out.Write(safe.AppendConfig(nil, option.ShapeCompact))
	for _, p := range problems {
		fmt.Fprintf(&out, "%v %s %s %t %v %v\n", p, p.Code, p.Severity, p.Cross, p.Option != nil, p.Related)
	}
	fmt.Fprintln(&out, safe.Counts())
	return out.String()
}

// elsewhere opens the text of a bundle as another process would.
func elsewhere(tb rapid.TB, t *testing.T, text []byte) (*option.Redacted, option.Problems) {
	b, err := bundle.Decode(text)
	if err != nil {
		tb.Fatal(err)
	}
	safe, problems, err := bundle.Settings(b, build(t, option.Host(b.Host)))
	if err != nil {
		tb.Fatal(err)
	}
	return safe, problems
}

// drawGiven draws a configuration with the canary wherever a secret can stand,
// in the right place or in the wrong one.
func drawGiven(t *rapid.T) given {
	var g given
	secretURL := "https://u:" + canary + "@a.test/p?t=" + canary
	flags := rapid.SampledFrom([]string{
		"--name=x", "-n=y", "-nz", "--items=a,b", "--items=c", "--items=", "--key=" + canary, "--key=", "--site=" + secretURL, "--site=https://a.test", "--site=https://" + canary + "@a b",
		"--links=[{name: a, pass: " + canary + "}]", "--links=[{name: b}]", "--links=[{" + canary + ": 1}]", "--links={" + canary, "--workers=9", "--workers=" + canary, "--workers", canary, "--every=2h", "--every=x",
		"--sender=old", "--mail-from=new", "--hosts=p", "--peers=q,r", "--peers=\"", "--listen=:1", "--listen=" + canary, "--tls-enable", "--tls-enable=" + canary, "--tls-address=:2", "--http=:3", "--cache=/c",
		"--" + canary, "--" + canary + "=1", "-" + canary, "--nmae=" + canary, "--crypt=" + canary, "--",
	})
	g.args = rapid.SliceOfN(flags, 0, 6).Draw(t, "args")
	env := rapid.SampledFrom([]string{
		"TOY_NAME=e", "TOY_NAME=", "TOY_ITEMS=x,y", "TOY_KEY=" + canary, "TOY_KEY=" + canary + "\xff", "TOY_SITE=" + secretURL, "TOY_LINK_0_NAME=a", "TOY_LINK_0_PASS=" + canary, "TOY_LINK_1_NAME=b", "TOY_LINK_3_PASS=" + canary,
		"TOY_LINK_0_" + canary + "=1", "TOY_WORKERS=" + canary, "TOY_WORKERS=7", "TOY_EVERY=\"1h\"", "SENDER=s", "TOY_MAIL_FROM=m", "TOY_" + canary + "=1", "TOY_NMAE=" + canary, "TOY_CRYPT=" + canary,
		"TOY_TLS_ENABLE=true", "TOY_PORT=tcp://" + canary + ":80", "TOY_LISTEN=:9", "TOY_HOSTS=z",
	})
	g.environ = rapid.SliceOfN(env, 0, 5).Draw(t, "environ")
	g.envFile = strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
		"# " + canary, "TOY_NAME=f", "TOY_KEY=" + canary, "TOY_KEY='" + canary, "TOY_KEY=\"" + canary + "\nTOY_NAME=x\"", "export TOY_WORKERS=8", "TOY_WORKERS=" + canary + " # " + canary, canary, canary + "=1",
		"TOY_" + canary + "=1", "TOY_SITE=" + secretURL, "TOY_ITEMS='a,b'", "; x", "", "[Service]", "Environment=TOY_NAME=u TOY_KEY=" + canary, "TOY_EVERY=3h",
	}), 0, 6).Draw(t, "env file"), "\n")
	lines := rapid.SliceOfN(rapid.SampledFrom([]string{
		"# " + canary, "name: file # " + canary, "name: '" + "quoted" + "'", "items: [a, b]", "items:\n  - a # " + canary + "\n  - b", "items: [" + canary + ": 1]", "links: [{name: a, pass: " + canary + "}]",
		"links:\n  - name: a\n    pass: " + canary + "\n  - pass: |\n      name: " + canary + "\n", "links: [{name: only}]", canary + ": 1", "x-a: &" + canary + " " + canary, "x-b: &b fine", "from: *b", "from: plain",
		"net:\n  workers: " + canary, "net:\n  site: " + secretURL + "\n  every: 5m\n  tls: {enable: true, address: " + canary + "}", "net: {workers: 3, crypt: " + canary + "}", "net:\n  tls:\n    enable: maybe\n    address: :443 # x",
		"postgres: [", "\t" + canary, "name: !" + canary + " x", "---", "sender: s", "peers: [p]", "peers: [[" + canary + "]]", "cache: /d", "%" + canary, "name: a\r", "",
	}), 0, 6).Draw(t, "file")
	g.file = strings.Join(lines, "\n")
	return g
}

// TestLaw draws configurations, and holds that a bundle tells the same
// elsewhere, and shows nothing of a secret.
func TestLaw(t *testing.T) {
	t.Parallel()
	here := build(t, host)
	rapid.Check(t, func(rt *rapid.T) {
		g := drawGiven(rt)
		snap, problems := load.Inspect(here, g.process())
		want := tell(rt, snap.Redact(), problems)
		text, err := bundle.Take(here, host, g.process(), map[string]string{"toy.env": g.envFile}, nil).Encode()
		if err != nil {
			rt.Fatal(err)
		}
		if shows := leak(string(text)); shows != "" {
			rt.Fatalf("the canary shows in the bundle: …%s…", shows)
		}
		safe, problems := elsewhere(rt, t, text)
		if got := tell(rt, safe, problems); got != want {
			rt.Fatalf("told elsewhere:\n%s", firstDifference(got, want))
		}
		// A bundle of what a bundle tells is the same again.
		if records := safe.Records(); len(records) != len(snap.Redact().Records()) {
			rt.Fatalf("got %d records elsewhere", len(records))
		}
	})
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d: got\n%s\nwant\n%s", i, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// TestPlaces holds that what shows of a file stands where it stood.
func TestPlaces(t *testing.T) {
	t.Parallel()
	here := build(t, host)
	rapid.Check(t, func(rt *rapid.T) {
		g := drawGiven(rt)
		b := bundle.Take(here, host, g.process(), map[string]string{"toy.env": g.envFile}, nil)
		for _, f := range b.Files {
			text := map[string]string{"toy.yaml": g.file, "toy.env": g.envFile}[f.Name]
			n := 0
			for line := range strings.Lines(text) {
				line = strings.TrimRight(line, "\r\n")
				if n >= len(f.Lines) {
					rt.Fatalf("%s has %d lines, want more", f.Name, len(f.Lines))
				}
				shown, masked := strings.CutSuffix(f.Lines[n], "…")
				if !masked && shown != strings.TrimRight(line, " \t") {
					rt.Fatalf("%s:%d: got %q, want %q", f.Name, n+1, shown, line)
				}
				if shown = strings.TrimRight(shown, " "); !strings.HasPrefix(line, shown) {
					rt.Fatalf("%s:%d: %q is no beginning of %q", f.Name, n+1, shown, line)
				}
				n++
			}
			if n != len(f.Lines) {
				rt.Fatalf("%s has %d lines, want %d", f.Name, len(f.Lines), n)
			}
		}
		for i, a := range b.Arguments {
			if shown := strings.TrimSuffix(a.Text, "…"); a.Index != i+1 || !strings.HasPrefix(g.args[i], shown) {
				rt.Fatalf("argv[%d]: got %+v, want a beginning of %q", i+1, a, g.args[i])
			}
		}
	})
}

// TestShown is what people read in a bundle.
func TestShown(t *testing.T) {
	t.Parallel()
	g := given{
		file: `# of the toy
name: me too # not you
items:
  - one
  - "two, three"
links:
  - name: a
    pass: hunter2
net: {every: 5m, site: "https://u:p@a.test", workers: 3}
unknown: 1
hosts: [a, b]
cache: |
  /some
  where
`,
		envFile: "# secret\nTOY_WORKERS=5\nTOY_KEY=hunter2\nexport TOY_NAME='x y'\nTOY_STRANGE=1\n",
		environ: []string{"TOY_KEY=hunter2", "TOY_ITEMS=a,b", "TOY_EVERY=never", "TOY_hunter2=1", "TOY_NAM=2", "TOY_LINK_0_PASS=hunter2", "TOY_LINK_0_hunter2=1", "HOME=/root"},
		args:    []string{"--name", "you", "--key=hunter2", "--key", "hunter2", "-chunter2.yaml", "--every=hunter2", "--tls-enable", "stray", "--nothing=1", "--site=https://a.test"},
	}
	b := bundle.Take(build(t, host), host, g.process(), map[string]string{"toy.env": g.envFile}, nil)
	var got []string
	for _, a := range b.Arguments {
		got = append(got, a.Text)
	}
	for _, v := range b.Environment {
		got = append(got, v.Name+"="+v.Text)
	}
	got = append(got, fmt.Sprint(b.Strangers))
	want := []string{
		"--name", "you", "--key=…", "--key", "…", "-chunter2.yaml", "--every=…", "--tls-enable", "…", "…", "--site=https://a.test",
		"TOY_KEY=…", "TOY_ITEMS=a,b", "TOY_EVERY=…", "TOY_NAM=…", "TOY_LINK_0_PASS=…", "TOY_CONFIG_PATH=toy.yaml", "2",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	g.args = nil
	b = bundle.Take(build(t, host), host, g.process(), map[string]string{"toy.env": g.envFile}, nil)
	wantFiles := []bundle.File{
		{Name: "toy.yaml", Lines: []string{
			"# …", "name: me too # …", "items:", "  - one", `  - "two, three"`, "links:", "  - name: …", "    pass: …", "net: …", "…", "hosts: [a, b]", "cache: …", "  …", "  …",
		}},
		{Name: "toy.env", Lines: []string{"# …", "TOY_WORKERS=5", "TOY_KEY=…", "export TOY_NAME='x y'", "TOY_STRANGE=…"}},
	}
	if !reflect.DeepEqual(b.Files, wantFiles) {
		t.Errorf("got\n%q\nwant\n%q", b.Files, wantFiles)
	}
}

func TestRefusedTexts(t *testing.T) {
	t.Parallel()
	r := build(t, host)
	good, err := bundle.Take(r, host, given{file: "x: &a me\nname: *a\n", args: []string{"--key=" + canary, "--workers=x"}}.process(), nil, nil).Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []struct {
		text string
		want error
	}{
		{string(good), nil},
		{"", bundle.ErrNotBundle},
		{"{}", bundle.ErrNotBundle},
		{"[1]", bundle.ErrNotBundle},
		{string(good[:len(good)/2]), bundle.ErrNotBundle},
		{strings.Replace(string(good), `"format": 1`, `"format": 2`, 1), bundle.ErrNewer},
		{strings.Replace(string(good), `"format": 1`, `"format": 0`, 1), bundle.ErrBroken},
		{string(good) + "{}", bundle.ErrNotBundle},
		{strings.Replace(string(good), `"severity": "error"`, `"severity": "grave"`, 1), bundle.ErrBroken},
		{strings.Replace(string(good), `"source": "flag"`, `"source": "moon"`, 1), bundle.ErrBroken},
		{strings.Replace(string(good), `"anchor": 0`, `"anchor": 9`, 1), bundle.ErrBroken},
		{strings.Replace(string(good), `"kind": "scalar"`, `"kind": "stone"`, 1), bundle.ErrBroken},
		{strings.Replace(string(good), `"option": "workers",`, `"option": "key",`, 1), bundle.ErrBroken},
	} {
		b, err := bundle.Decode([]byte(k.text))
		if err == nil {
			_, _, err = bundle.Settings(b, r)
		}
		if !errors.Is(err, k.want) {
			t.Errorf("%.40s…: got %v, want %v", k.text, err, k.want)
		}
	}
}

// TestIdentity holds that the identity does not depend on the host.
func TestIdentity(t *testing.T) {
	t.Parallel()
	a, b := build(t, host), build(t, option.Host{CacheDir: "/other"})
	if bundle.Identity(a.Catalog) != bundle.Identity(b.Catalog) {
		t.Error("the identity depends on the host")
	}
}

// TestOriginsTravelWhole fails when a place gets a member that a bundle loses.
func TestOriginsTravelWhole(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range reflect.TypeFor[option.Origin]().NumField() {
		names = append(names, reflect.TypeFor[option.Origin]().Field(i).Name)
	}
	if want := reflect.TypeFor[bundle.Origin]().NumField(); len(names) != want {
		t.Errorf("an origin has the members %q, and a bundle keeps %d", names, want)
	}
	if got, want := reflect.TypeFor[bundle.Problem]().NumField(), reflect.TypeFor[option.Problem]().NumField()+1; got != want {
		t.Errorf("a problem in a bundle has %d members, want %d: those of a problem, and the excerpt", got, want)
	}
}

// FuzzDecode opens any text.
func FuzzDecode(f *testing.F) {
	r := build(f, host)
	good, err := bundle.Take(r, host, given{file: "x: &a me\nname: *a\n", args: []string{"--key=" + canary, "--workers=x", "--links=[{name: a, pass: b}]"}}.process(), nil, nil).Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := bundle.Decode(text)
		if err != nil {
			return
		}
		if safe, problems, err := bundle.Settings(b, r); err == nil {
			tell(t, safe, problems)
		}
	})
}
