package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

// atTheDoor is a standard error that ends its process where the start says
// that the configuration is good, for what a start does then is no matter of
// it.
type atTheDoor struct {
	bytes.Buffer
	in bool
}

func (d *atTheDoor) Write(b []byte) (int, error) {
	if bytes.HasPrefix(b, []byte("coder: ")) && bytes.Contains(b, []byte("; values: ")) {
		d.in = true
		runtime.Goexit()
	}
	return d.Buffer.Write(b)
}

// An attempt is one process that might be started.
type attempt struct {
	args, environ []string
	file          string // at its standard input
}

// starts reports whether "coder server" would start with an attempt, or
// "coder config check" says so, and what they say.
func (a *attempt) starts(words ...string) (ok bool, said string) {
	p, _, _ := world(append(words, a.args...)...)
	p.Environ, p.Stdin = a.environ, strings.NewReader(a.file)
	door := &atTheDoor{}
	p.Stderr = door
	code, done := -1, make(chan struct{})
	go func() {
		defer close(done)
		code = run(context.Background(), *p)
	}()
	<-done
	return door.in || code == exitOK, door.String()
}

var inArgv = regexp.MustCompile(`argv\[[0-9]+\]`)

// lines are what was said, sorted, without the index of arguments, which a
// subcommand of two words moves, without notes, which a start leaves out, and
// without what a start says of options that this program does nothing with.
func lines(said string) []string {
	var out []string
	for line := range strings.Lines(said) {
		if !strings.HasPrefix(line, "note: ") && !strings.HasPrefix(line, "and ") && !strings.HasPrefix(line, "warning: set, but ") {
			out = append(out, inArgv.ReplaceAllString(line, "argv"))
		}
	}
	slices.Sort(out)
	return out
}

// texts are what may stand anywhere, right or wrong.
var texts = []string{
	"", "true", "0", "17", "-1", "3h", "24h0m0s", "1.5h", "some words", "one,two", `"a`, "https://sample.test/path?q=1", "http://u:p@h:1", "sample.test:8443", ":0", "127.0.0.1:3000", "[::1]:1",
	"~", "null", "[]", "{}", "[{name: a, target: b}]", "x\n", "10.0.0.0/8", "warn", "tls12", "none", "prometheus", "\x00", "\xff", "é", "/nowhere/at/all", "99999999999999999999", "* * * * *",
}

// anyAttempt draws options, sources and texts, most of them right.
func anyAttempt(r *rand.Rand, all []*option.Option) attempt {
	a := attempt{args: []string{"--config=-"}}
	file := map[string]string{}
	for range r.IntN(7) {
		o := all[r.IntN(len(all))]
		near := slices.Concat(texts, o.Value.Traits().Choices)
		for range len(texts) / 4 {
			near = append(near, o.Default, o.Example)
		}
		text := near[r.IntN(len(near))]
		switch r.IntN(3) {
		case 0:
			a.args = append(a.args, "--"+o.Flag+"="+text)
		case 1:
			a.environ = append(a.environ, string(o.Env)+"="+text)
		default:
			file[o.Path()] = text
		}
	}
	for path, text := range file {
		keys := strings.Split(path, ".")
		for depth, key := range keys {
			a.file += fmt.Sprintf("%*s%s:", 2*depth, "", key)
			if depth < len(keys)-1 {
				a.file += "\n"
			}
		}
		if r.IntN(2) == 0 {
			text = "'" + strings.ReplaceAll(text, "'", "''") + "'"
		}
		a.file += " " + text + "\n"
	}
	if odd := r.IntN(40); odd < len(oddities) {
		oddities[odd](&a)
	}
	return a
}

// oddities are what else may be wrong with a process.
var oddities = []func(*attempt){
	func(a *attempt) { a.args = append(a.args, "--no-such-flag", "stray") },
	func(a *attempt) { a.args = append(a.args, "--http-address") },
	func(a *attempt) { a.args = append(a.args, "--", "x") },
	func(a *attempt) { a.environ = append(a.environ, "CODER_NO_SUCH=1", "CODER_TLS_ENABEL=true") },
	func(a *attempt) { a.environ = append(a.environ, "CODER_EXTERNAL_AUTH_2_ID=x") },
	func(a *attempt) { a.file += "noSuchKey: 1\n" },
	func(a *attempt) { a.file += "networking: [\n" },
	func(a *attempt) { a.file += "a: &a [*a]\n" },
	func(a *attempt) { a.args[0] = "--config=/nowhere/coder.yaml" },
}

// TestCheckAndServerAgree draws processes: what "config check" finds is what
// keeps the server from starting, to the word.
func TestCheckAndServerAgree(t *testing.T) {
	t.Parallel()
	reg, err := (&program{process: process{Host: option.Host{Version: "v0.0.0-devel"}}}).registry()
	if err != nil {
		t.Fatal(err)
	}
	var all []*option.Option
	for o := range reg.All() {
		if o.Flag != "write-config" && o != reg.ConfigOption() {
			all = append(all, o)
		}
	}
	draws, seed := 150, uint64(7)
	if soak() {
		draws, seed = 30_000*times(), rand.Uint64()
		t.Logf("seed %d", seed)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	started := 0
	for range draws {
		a := anyAttempt(r, all)
		checked, found := a.starts("config", "check")
		starts, said := a.starts("server")
		if starts {
			started++
		}
		if checked != starts {
			t.Fatalf("config check says %t, the server starts: %t\n%q\n%q\n%s\n--\n%s\n--\n%s", checked, starts, a.args, a.environ, a.file, found, said)
		}
		if got, want := lines(found), lines(said); !slices.Equal(got, want) {
			t.Fatalf("config check says\n%q\nthe server\n%q\nof %q %q\n%s", got, want, a.args, a.environ, a.file)
		}
	}
	t.Logf("%d draws, %d of which started", draws, started)
	if started < draws/10 || started > draws*9/10 {
		t.Errorf("%d of %d start, which tells little", started, draws)
	}
}
