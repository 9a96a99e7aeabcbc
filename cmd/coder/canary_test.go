package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/spf13/cobra"

	"github.com/strataconf/strata/internal/leaktest"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// The canary suite plants a secret wherever a source can carry one, valid or
// not, runs every command, and looks for it in every byte that came out. The
// short run plants each secret for a fifth of the commands, by turns, and
// TestEverySurface all secrets at once for all of them; the long run, make
// soak, does everything.

const canary = "zQ7xK9vW2mT5pR8dL4nB"

var canaries = sync.OnceValue(func() *leaktest.Finder { return leaktest.NewFinder(leaktest.Secret{Name: "the canary", Text: canary}) })

// leak returns what stands around the canary in a text, or around any six
// bytes of it in any form.
func leak(text string) string {
	for _, l := range canaries().Find(text) {
		return l.Around
	}
	return ""
}

// A planting is one invocation with the canary somewhere in it.
type planting struct {
	name    string
	args    []string
	environ []string
	file    string
	beside  string // content of a further file, which besideFile stands for
	about   string // the flag of an option that is asked for
}

// concerned stands for the option that a planting is about.
const concerned = "OPTION"

// plantedFile stands for the configuration file with the canary.
const plantedFile = "FILE"

// besideFile stands for a file beside the configuration, in a folder of its
// own, called as a credential would be.
const besideFile = "BESIDE"

// put writes the further file and puts its name for the word that stands for
// it.
func (p planting) put(t *testing.T, dir string) planting {
	t.Helper()
	name := filepath.Join(dir, cmp.Or(p.about, "beside"))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(p.beside), 0o600); err != nil {
		t.Fatal(err)
	}
	change := func(all []string) (out []string) {
		for _, s := range all {
			out = append(out, strings.Replace(s, besideFile, name, 1))
		}
		return out
	}
	p.args, p.environ = change(p.args), change(p.environ)
	return p
}

// on returns the arguments of a surface with a planting.
func (p planting) on(surface []string, file string) []string {
	args := append([]string{"coder"}, surface...)
	if surface[0] == "version" || slices.Contains(surface, "reference") {
		return args
	}
	if i := slices.Index(args, concerned); i >= 0 {
		args[i] = cmp.Or(p.about, "external-auth-providers")
	}
	if i := slices.Index(args, plantedFile); i >= 0 {
		args[i] = file
	}
	args = append(args, p.args...)
	if slices.Contains(surface, "what-if") {
		args = append(args, p.environ...)
	}
	return append(args, "--config="+file, "--http-address=127.0.0.1:0")
}

// surfaces are all commands; each gets the flags of the planting behind it.
// A subcommand that is not listed here fails TestCanarySurfaces.
var surfaces = [][]string{
	{"server"},
	{"server", "--help"},
	{"server", "--help-all"},
	{"server", "--write-config"},
	{"config", "bundle"},
	{"config", "check"},
	{"config", "check", "--strict", "--excerpt"},
	{"config", "check", "--format=json", "--excerpt"},
	{"config", "check", "--format=sarif", "--excerpt"},
	{"config", "check", "--format=github", "--excerpt"},
	{"config", "compat", "../../testdata/catalog-older.json", "--"},
	{"config", "compat", "../../testdata/catalog-older.json", "--format=json", "--"},
	{"config", "set", "tls-min-version", "tls13", "--diff"},
	{"config", "set", concerned, canary + " [", "--diff"},
	{"config", "unset", concerned, "--diff"},
	{"config", "show"},
	{"config", "show", "--modified"},
	{"config", "show", "--format=json"},
	{"config", "show", "--format=json", "--shape=compact"},
	{"config", "show", "--format=yaml"},
	{"config", "show", "--format=env"},
	{"config", "explain", concerned},
	{"config", "explain", concerned, "--format=json"},
	{"config", "explain", canary},
	{"config", "what-if", "--"},
	{"config", "what-if", "--format=json", "--"},
	{"config", "diff", plantedFile, "-", "--"},
	{"config", "diff", "--format=json", "--all", "-", plantedFile, "--"},
	{"config", "lint"},
	{"config", "lint", "--format=json"},
	{"config", "lint", "--format=sarif"},
	{"config", "lint", "--format=github"},
	{"config", "migrate", plantedFile, "--diff", "--convert", "--"},
	{"config", "migrate", plantedFile, "--check", "--convert", "--as=env", "--"},
	{"config", "reference"},
	{"config", "docs"},
	{"config", "docs", "--format=catalog"},
	{"completion"},
	{"completion", "bash"},
	{"tokens", "create", "--user=nobody"},
	{"tokens", "list"},
	{"tokens", "revoke", "0123456789"},
	{"users", "create", "--username=somebody", "--role=member"},
	{"users", "list", "--format=json"},
	{"version"},
	{"verzion"},
}

// sparse tells the surfaces that one planting of eight is enough for: those
// that read no input, and those that read it as the server does.
func sparse(surface []string) bool {
	return slices.Contains([]string{"tokens", "users", "version", "completion"}, surface[0]) ||
		slices.Contains(surface, "--help") || slices.Contains(surface, "--help-all") || slices.Contains(surface, "reference") || slices.Contains(surface, "docs")
}

func TestCanarySurfaces(t *testing.T) {
	t.Parallel()
	p := &program{}
	leaves(p.commands(), func(sub *cobra.Command) {
		path := strings.Fields(sub.CommandPath())[1:]
		if !slices.ContainsFunc(surfaces, func(s []string) bool { return len(s) >= len(path) && slices.Equal(s[:len(path)], path) }) {
			t.Errorf("%s is not among the surfaces of the canary suite; list it", sub.CommandPath())
		}
	})
}

// plantings are all ways to give the program a secret.
func plantings(t *testing.T) []planting {
	t.Helper()
	reg, err := values.Build(option.Host{Version: "v0.0.0"})
	if err != nil {
		t.Fatal(err)
	}
	var out []planting
	add := func(p planting) { out = append(out, p) }
	all := planting{name: "every secret by its variable"}
	for o := range reg.All() {
		add := func(p planting) {
			p.about = o.Flag
			add(p)
		}
		text := canary
		if strings.Contains(o.Flag, "encryption-keys") {
			text = base64.StdEncoding.EncodeToString([]byte(canary + "012345678901"))
		}
		if o.Secret() {
			all.environ = append(all.environ, string(o.Env)+"="+text)
			add(planting{name: "secret flag " + o.Flag, args: []string{"--" + o.Flag + "=" + text}})
			add(planting{name: "secret flag apart " + o.Flag, args: []string{"--" + o.Flag, text}})
			for what, content := range map[string]string{"a line": text + "\n", "lines": text + "\n" + text + "\n", "no text": text + "\xff"} {
				if o.FileFlag() != "" {
					add(planting{name: "file of " + what + " by flag " + o.Flag, beside: content, args: []string{"--" + o.FileFlag(), besideFile}})
					add(planting{name: "file of " + what + " by variable " + o.Flag, beside: content, environ: []string{o.FileEnv() + "=" + besideFile}})
					add(planting{name: "file of " + what + " by systemd " + o.Flag, beside: content, environ: []string{"CREDENTIALS_DIRECTORY=" + besideFile + "/.."}})
				}
			}
			if o.FileFlag() != "" {
				add(planting{name: "secret for a file " + o.Flag, args: []string{"--" + o.FileFlag() + "=" + canary}, environ: []string{o.FileEnv() + "=" + canary}})
				add(planting{name: "value and file " + o.Flag, beside: text, environ: []string{o.FileEnv() + "=" + besideFile, string(o.Env) + "=" + text}})
			}
			add(planting{name: "secret that is no text " + o.Flag, environ: []string{string(o.Env) + "=" + canary + "\xff"}})
		}
		// Whatever the kind is, somebody will paste a secret into it.
		// What takes any text is meant to show it.
		field := reflect.New(reflect.TypeOf(o.Value.Field()).Elem()).Interface()
		if o.Flag != "config" && o.Flag != "write-config" && o.Value.Decode(field, option.RawText(canary+" [")) != nil {
			add(planting{name: "pasted into --" + o.Flag, args: []string{"--" + o.Flag + "=" + canary + " ["}})
			if o.Env != "" {
				add(planting{name: "pasted into $" + string(o.Env), environ: []string{string(o.Env) + "=" + canary + " ["}})
			}
			if o.Path() != "" {
				add(planting{name: "pasted at " + o.Path(), file: nest(o.Path(), canary+" [")})
				if tr := o.Value.Traits(); !tr.Struct || tr.Keys != nil { // a map takes any key
					add(planting{name: "pasted below " + o.Path(), file: nest(o.Path(), "{"+canary+": [1]}")})
				}
			}
		}
		if isURL(o) {
			for what, text := range map[string]string{
				"user": "https://me:" + canary + "@a.test/x", "query": "https://a.test/x?token=" + canary, "bad host": "https://" + canary + "@a b/", "bad port": "https://u:" + canary + "@a.test:99999/",
			} {
				add(planting{name: what + " in --" + o.Flag, args: []string{"--" + o.Flag + "=" + text}})
				add(planting{name: what + " in $" + string(o.Env), environ: []string{string(o.Env) + "=" + text}})
				add(planting{name: what + " at " + o.Path(), file: nest(o.Path(), text)})
			}
		}
	}
	add(all)
	auth := `[{type: github, client_id: abc, client_secret: ` + canary + `, extra_token_keys: [` + canary + `], auth_url: "https://u:` + canary + `@a.test/?q=` + canary + `"}]`
	for _, p := range []planting{
		{name: "external auth by flag", args: []string{"--external-auth-providers=" + auth}},
		{name: "external auth by file", file: "externalAuthProviders: " + auth + "\n"},
		{name: "external auth by variables", environ: []string{"CODER_EXTERNAL_AUTH_0_TYPE=github", "CODER_EXTERNAL_AUTH_0_CLIENT_ID=x", "CODER_EXTERNAL_AUTH_0_CLIENT_SECRET=" + canary, "CODER_EXTERNAL_AUTH_0_EXTRA_TOKEN_KEYS=" + canary + " b", "CODER_EXTERNAL_AUTH_0_TOKEN_URL=https://u:" + canary + "@a.test"}},
		{name: "external auth, bad member", environ: []string{"CODER_EXTERNAL_AUTH_0_CLIENT_SECRET=" + canary, "CODER_EXTERNAL_AUTH_0_NO_REFRESH=" + canary, "CODER_EXTERNAL_AUTH_0_REGEX=(" + canary, "CODER_EXTERNAL_AUTH_2_TYPE=" + canary}},
		{name: "external auth, broken", args: []string{"--external-auth-providers={" + canary}},
		{name: "support link with a user", file: "supportLinks: [{name: a, target: 'https://u:" + canary + "@a.test/'}]\n"},
		{name: "support link, bad member", file: "supportLinks: [{name: a, target: 'javascript:" + canary + "', " + canary + ": 1}]\n"},
		{name: "unknown flag", args: []string{"--" + canary + "=1", "--" + canary}},
		{name: "value of an unknown flag", args: []string{"--tls-adress=" + canary, "--nothing-like-it=" + canary}},
		{name: "short flag", args: []string{"-p" + canary}},
		{name: "stray argument", args: []string{canary, "--", canary}},
		{name: "behind a bool", args: []string{"--tls-enable", canary}},
		{name: "looks like a flag", args: []string{"--tls-address", "-" + canary}},
		{name: "unknown variable", environ: []string{"CODER_NOTHING=" + canary, "CODER_TLS_ADRESS=" + canary}},
		{name: "name of a variable", environ: []string{"CODER_" + canary + "=1", "CODER_X" + canary}},
		{name: "variable that is no text", environ: []string{"CODER_TLS_ADDRESS=\xff" + canary}},
		{name: "quoted variable", environ: []string{`CODER_HTTP_ADDRESS="` + canary + `"`, `CODER_PG_AUTH='` + canary + "'\n"}},
		{name: "service link", environ: []string{"CODER_PORT=tcp://" + canary + ":80", "CODER_SERVICE_HOST=" + canary}},
		{name: "key", file: canary + ": 1\nnetworking:\n  " + canary + ": 2\n"},
		{name: "anchor", file: "x-a: &" + canary + " 1\nverbose: *" + canary + "x\n"},
		{name: "tag", file: "verbose: !" + canary + " x\n"},
		{name: "comment on the failing line", file: "networking:\n  tls:\n    minVersion: tls9 # " + canary + "\n    enable: [ # " + canary + "\n"},
		{name: "syntax", file: "a: b: " + canary + "\n\t" + canary + "\n"},
		{name: "directive", file: "%" + canary + " 1\n---\na: 1\n"},
		{name: "second document", file: "verbose: true\n---\n" + canary + ": 1\n"},
		{name: "duplicate key", file: "x-" + canary + ": 1\nx-" + canary + ": 2\nverbose: true\nverbose: " + canary + "\n"},
		{name: "a key file as configuration", file: "-----BEGIN PRIVATE KEY-----\n" + canary + "\n-----END PRIVATE KEY-----\n"},
		{name: "a dotenv file as configuration", file: "CODER_PG_CONNECTION_URL=postgres://u:" + canary + "@db/x\n"},
		{name: "a flag name as key", file: "postgres-url: " + canary + "\nCODER_SCIM_AUTH_HEADER: " + canary + "\nscim_api_key: " + canary + "\n"},
	} {
		add(p)
	}
	return out
}

// isURL tells the options that hold a URL with things to hide in it.
func isURL(o *option.Option) bool {
	if o.Secret() || o.Value.Traits().List || o.Value.Traits().Struct {
		return false
	}
	p := o.Value.Field()
	if _, text := p.(*string); !text && o.Type() != "url" {
		return false
	}
	return strings.Contains(o.Flag, "url") && o.Flag != "wildcard-access-url"
}

func nest(path, value string) string {
	var b strings.Builder
	for i, key := range strings.Split(path, ".") {
		fmt.Fprintf(&b, "\n%s%s:", strings.Repeat("  ", i), key)
	}
	return b.String() + " " + value + "\n"
}

// public URLs keep their query, as documents print it; their user is hidden.
var publicQuery = []string{"docs-url", "terms-of-service-url", "oidc-icon-url", "agent-fallback-troubleshooting-url"}

func TestCanary(t *testing.T) {
	t.Parallel()
	dir, state := t.TempDir(), t.TempDir()
	all := plantings(t)
	var runs atomic.Int64
	t.Cleanup(func() { t.Logf("%d plantings, %d runs", len(all), runs.Load()) })
	for i, p := range all {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			if meantToShow(t, p) {
				return
			}
			name := filepath.Join(dir, fmt.Sprintf("coder-%d.yaml", i))
			if err := os.WriteFile(name, []byte(p.file), 0o600); err != nil {
				t.Fatal(err)
			}
			if p.beside != "" {
				p = p.put(t, name+".beside")
			}
			for j, surface := range surfaces {
				if !soak() && (i%8 > 0 && sparse(surface) || (i+j)%5 > 0) {
					continue
				}
				runs.Add(1)
				if out := runOnce(t, p.on(surface, name), p.environ, state); leak(out) != "" {
					t.Errorf("%q shows the canary: …%s…", surface, leak(out))
				}
			}
		})
	}
}

// TestCanaryIsFound is the positive control: the suite must see a value that
// is shown on purpose, in each form that it looks for.
func TestCanaryIsFound(t *testing.T) {
	t.Parallel()
	out := runOnce(t, []string{"coder", "server", "--write-config", "--oidc-sign-in-text=" + canary}, nil, "")
	if leak(out) == "" {
		t.Error("a value written on purpose was not found: the suite is blind")
	}
	for _, form := range []string{
		canary[3:12], hex.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte("ab" + canary + "cd")),
		url.QueryEscape(canary), base64.URLEncoding.EncodeToString([]byte(canary)),
	} {
		if leak("x"+form+"y") == "" {
			t.Errorf("%q is not recognized", form)
		}
	}
	if got := leak("nothing to see"); got != "" {
		t.Errorf("clean text: got %q", got)
	}
}

func deploymentOption(t *testing.T, flag string) *option.Option {
	t.Helper()
	reg, err := values.Build(option.Host{})
	if err != nil {
		t.Fatal(err)
	}
	return reg.ByFlag(flag)
}

// runOnce runs the program in this process and returns all that it wrote. A
// server that starts is asked all it answers, then stopped.
func runOnce(t *testing.T, args, environ []string, state string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	out := &watched{stop: stop, seen: func(text string) string {
		var all strings.Builder
		_, rest, _ := strings.Cut(text, "http://")
		base := "http://" + strings.Fields(rest)[0]
		for _, path := range []string{"/healthz", "/api/v2/buildinfo", "/api/v2/" + canary[:4], "/"} {
			answer, err := http.Get(base + path)
			if err != nil {
				t.Error(err)
				continue
			}
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			fmt.Fprint(&all, answer.Header, string(body), err)
		}
		return all.String()
	}}
	run(ctx, process{
		Args: args, Environ: environ, Stdin: strings.NewReader(""), Stdout: out, Stderr: out,
		Build: build{Version: "v0.0.0-devel"}, Host: option.Host{Version: "v0.0.0-devel", CacheDir: "/var/cache/coder", StateDir: state},
		Registry: kept,
	})
	return out.String()
}

// watched collects what is written, and what seen returns once the server
// listens; then it stops the run.
type watched struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	seen func(string) string
	stop func()
	once sync.Once
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	w.buf.Write(p)
	text := w.buf.String()
	w.mu.Unlock()
	if strings.Contains(text, "listening on http://") && strings.HasSuffix(text, "\n") {
		w.once.Do(func() {
			go func() {
				answers := w.seen(text)
				w.mu.Lock()
				w.buf.WriteString(answers)
				w.mu.Unlock()
				w.stop() // only now, so that the run outlives its answers
			}()
		})
	}
	return len(p), nil
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

// kept builds the options once for each host.
var kept = func() func(option.Host) (*registry, error) {
	var mu sync.Mutex
	made := map[option.Host]*registry{}
	return func(h option.Host) (*registry, error) {
		mu.Lock()
		defer mu.Unlock()
		if reg := made[h]; reg != nil {
			return reg, nil
		}
		reg, err := values.Build(h)
		if err == nil {
			made[h] = reg
		}
		return reg, err
	}
}()
