package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/strataconf/strata/internal/leaktest"
	"github.com/strataconf/strata/option"
)

// writing are the surfaces that change files, beside those of surfaces.
var writing = [][]string{
	{"config", "set", "tls-min-version", "tls13", "--backup"},
	{"config", "set", "tls-min-version", "tls9"},
	{"config", "unset", "docs-url", "--backup"},
	{"config", "lint", "--fix"},
	{"config", "migrate", plantedFile, "--backup", "--convert", "--"},
	{"config", "docs", "--format=html"},
	{"config", "docs", "--format=schema"},
	{"config", "docs", "--format=env"},
	{"config", "docs", "--format=systemd"},
	{"config", "docs", "--format=helm"},
	{"config", "docs", "--format=man"},
	{"completion", "zsh"},
	{"completion", "fish"},
	{"completion", "powershell"},
}

// TestEverySurface plants every secret at once, by one carrier after the other,
// runs every command, and looks into all that it printed and all files that
// there are afterwards. The long run plants each secret alone, too.
func TestEverySurface(t *testing.T) {
	t.Parallel()
	reg, err := kept(option.Host{Version: "v0.0.0-devel"})
	if err != nil {
		t.Fatal(err)
	}
	var runs, secrets, bytes atomic.Int64
	t.Run("carriers", func(t *testing.T) {
		for _, c := range carriers {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				// A database that is not there would end the commands that use it.
				for _, skip := range [][]string{{"postgres-url"}, nil} {
					b := c.plant(t, reg, skip...)
					b.proven(t, reg)
					secrets.Add(int64(len(b.secrets)))
					few := skip == nil && !soak()
					n := b.everySurface(t, few, func(out string) { runs.Add(1); bytes.Add(int64(len(out))) })
					if n < 3 && !few {
						t.Errorf("what is meant to be seen is seen in %d outputs: the search is blind, so it proves nothing", n)
					}
				}
			})
		}
	})
	t.Logf("%d runs with %d secrets wrote %d bytes", runs.Load(), secrets.Load(), bytes.Load())
}

// everySurface runs the commands, or only those that use a database. It returns
// in how many outputs a text was seen that is meant to be.
func (b *bed) everySurface(t *testing.T, few bool, note func(string)) (seen int) {
	t.Helper()
	comment := leaktest.Secret{Name: "a comment of the file", Text: leaktest.Mint("comment", 16)}
	hidden := leaktest.NewFinder(append(b.secrets[:len(b.secrets):len(b.secrets)], comment)...)
	shown := leaktest.Mint("control", 16)
	control := leaktest.NewFinder(leaktest.Secret{Name: "control", Text: shown})
	names := slices.Clone(b.inputs)
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = file(name)
	}
	for _, surface := range slices.Concat(surfaces, writing) {
		if few && !slices.Contains([]string{"server", "tokens", "users"}, surface[0]) {
			continue
		}
		for i, name := range names {
			if err := os.WriteFile(name, []byte(texts[i]), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		config := filepath.Join(b.dir, "coder.yaml")
		args := planting{args: append([]string{"--oidc-sign-in-text=" + shown}, b.args...), environ: b.environ}.on(surface, config)
		out := runOnce(t, args, b.environ, filepath.Join(b.dir, "state"))
		note(out)
		for _, l := range hidden.Find(out) {
			t.Errorf("%q: %v", surface, l)
		}
		if control.Find(out) != nil {
			seen++
		}
		for _, name := range b.written(t) {
			for _, l := range hidden.Find(file(name)) {
				t.Errorf("%q wrote %s: %v", surface, filepath.Base(name), l)
			}
			if !strings.HasPrefix(name, filepath.Join(b.dir, "state")) {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return seen
}

// written are the files in the folder of a bed that nobody planted: a copy of
// the configuration is one only if others may read it, since the copy of a
// file with a secret has it too.
func (b *bed) written(t *testing.T) (out []string) {
	t.Helper()
	err := filepath.WalkDir(b.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || slices.Contains(b.inputs, name) {
			return err
		}
		info, err := d.Info()
		if err == nil && (!strings.HasPrefix(d.Name(), "coder.yaml") || info.Mode().Perm() != 0o600 || len(b.yaml.sub) == 0) {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// ordinary are secrets that are also words of the outputs, or too short to be
// looked for.
var ordinary = []string{"true", "coder", "x", "0", "env", "--help", "a b", "null", strings.Repeat("long ", 999) + "end"}

// TestOutputsAreTheSameWithOtherSecrets holds what a search can't: secrets of
// another text, length or look leave no trace, for what is printed is the same
// to the byte.
func TestOutputsAreTheSameWithOtherSecrets(t *testing.T) {
	t.Parallel()
	reg, err := kept(option.Host{Version: "v0.0.0-devel"})
	if err != nil {
		t.Fatal(err)
	}
	state := t.TempDir()
	config := filepath.Join(state, "coder.yaml")
	if err := os.WriteFile(config, []byte("verbose: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for o := range reg.All() {
		if !o.Secret() || o.Env == "" || o.Flag == "postgres-url" || o.Flag == "external-token-encryption-keys" {
			continue
		}
		t.Run(o.Flag, func(t *testing.T) {
			t.Parallel()
			for i, surface := range surfaces {
				if surface[0] != "config" || slices.Contains(surface, "set") || slices.Contains(surface, "what-if") {
					continue
				}
				with := func(secret string) string {
					p := planting{environ: []string{string(o.Env) + "=" + secret}, about: o.Flag}
					return runOnce(t, p.on(surface, config), p.environ, state)
				}
				want := with(canary)
				for j, secret := range ordinary {
					if (i+j)%4 > 0 && !soak() {
						continue
					}
					if got := with(secret); got != want {
						t.Errorf("%q prints something else with the secret %.20q: got\n%s\nwant\n%s", surface, secret, got, want)
					}
				}
			}
		})
	}
}

// misplaced are files that somebody might name where the program wants one of
// another kind.
var misplaced = map[string]string{
	"a private key":        "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEI" + canary + "\n" + canary + "==\n-----END EC PRIVATE KEY-----\n",
	"a file of variables":  "# " + canary + "\nexport DB_PASSWORD=" + canary + "\nCODER_OIDC_CLIENT_SECRET='" + canary + "'\nCODER_TLS_ENABLE=" + canary + "\n",
	"a file of passwords":  "root:$6$" + canary + "$" + canary + "/:19000:0:99999:7:::\n" + canary + ":x:1:1::/:/bin/sh\n",
	"an environment":       "PATH=/bin\x00TOKEN=" + canary + "\x00CODER_SCIM_AUTH_HEADER=" + canary + "\x00",
	"a program":            "\x7fELF\x02\x01\x01\x00" + canary + "\x00\xff\xfe" + canary,
	"a web page":           "<!doctype html><html><body data-token=\"" + canary + "\">" + canary + "</body></html>\n",
	"a document as JSON":   `{"token": "` + canary + `", "` + canary + `": ["` + canary + `"], "catalog": "` + canary + `", "options": [{"flag": "` + canary + `", "value": "` + canary + `"}]}`,
	"a bundle, cut":        `{"bundle": 1, "catalog": "` + canary + `", "inputs": [{"flag": "` + canary,
	"a list":               "- " + canary + "\n- {" + canary + ": " + canary + "}\n",
	"one word":             canary,
	"a line that is long":  strings.Repeat(canary, 5000),
	"a shell history":      "export TOKEN=" + canary + "\ncurl -u me:" + canary + " https://u:" + canary + "@a.test/?" + canary + "\n",
	"a unit of systemd":    "[Service]\nEnvironment=\"" + canary + "=" + canary + "\"\nExecStart=/bin/coder server --postgres-url=" + canary + " " + canary + "\n",
	"a file of a cluster":  "apiVersion: v1\nkind: Secret\nmetadata: {name: " + canary + "}\nstringData:\n  " + canary + ": " + canary + "\n",
	"a list of URLs":       "networking:\n  http:\n    accessURL: https://u:" + canary + "@a.test/?x=" + canary + "\n  wildcardAccessURL: 'https://" + canary + "@'\n",
	"an item of a list":    "networking:\n  tls:\n    cipherSuites: [" + canary + ", [" + canary + "]] # " + canary + "\n    minVersion: " + canary + " # " + canary + "\n",
	"anchors and tags":     "a: &" + canary + " 1\nb: *" + canary + "\nc: !" + canary + " x\n<<: *" + canary + "x\n? [" + canary + "]\n: 1\n",
	"a text of many lines": "verbose: |\n  " + canary + "\n  " + canary + "\nnetworking: \"" + canary + "\n  " + canary,
}

// TestMisplacedFiles names such a file as every file that a command reads.
func TestMisplacedFiles(t *testing.T) {
	t.Parallel()
	for what, text := range misplaced {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			name := filepath.Join(dir, "coder.yaml")
			ask := func(args ...string) {
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				if at := leak(runOnce(t, append([]string{"coder"}, args...), nil, dir)); at != "" {
					t.Errorf("%q shows the canary: …%s…", args, at)
				}
			}
			for _, surface := range slices.Concat(surfaces, writing) {
				if !sparse(surface) {
					ask(planting{}.on(surface, name)[1:]...)
				}
			}
			for _, command := range []string{"check", "show", "explain", "lint", "diff", "bundle", "compat", "what-if"} {
				about := map[string][]string{"explain": {"verbose"}, "diff": {"-", "-"}, "compat": {"../../testdata/catalog-older.json"}}[command]
				ask(slices.Concat([]string{"config", command}, about, []string{"--env-file=" + name})...)
				ask(slices.Concat([]string{"config", command}, about, []string{"--bundle=" + name})...)
				ask(slices.Concat([]string{"config", command}, about, []string{"--token-file=" + name})...)
			}
			ask("config", "compat", name)
			ask("config", "compat", "../../testdata/catalog-older.json", name)
			ask("config", "diff", name, "-")
			for _, form := range []string{"env", "unit", "compose", "kubernetes", "args", canary} {
				for _, how := range []string{"--diff", "--check", "--convert"} {
					ask("config", "migrate", name, "--as="+form, how)
				}
			}
			ask("config", "set", "tls-min-version", "--value-file="+name, "--config="+filepath.Join(dir, "other.yaml"))
			for _, flag := range []string{"--tls-cert-file", "--tls-key-file", "--tls-client-ca-file", "--postgres-url-file", "--scim-auth-header-file", "--external-token-encryption-keys-file"} {
				ask("server", "--tls-enable", flag+"="+name, "--http-address=127.0.0.1:0", "--tls-address=127.0.0.1:0")
				ask("config", "check", "--excerpt", flag+"="+name)
			}
		})
	}
}

// TestMisplacedArguments puts a secret in the place of any argument of a
// command.
func TestMisplacedArguments(t *testing.T) {
	t.Parallel()
	for _, surface := range slices.Concat(surfaces, writing) {
		if slices.Contains(surface, "migrate") || slices.Contains(surface, canary) {
			continue // a name of a file is shown
		}
		t.Run(strings.Join(surface, " "), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, extra := range [][]string{
				{canary},
				{"--" + canary},
				{"-" + canary},
				{"--" + canary + "=" + canary},
				{"-p" + canary},
				{"--format=" + canary},
				{"--format", canary},
				{"--severity=" + canary},
				{"--rule=" + canary},
				{"--disable=" + canary},
				{"--explain=" + canary},
				{"--group=" + canary},
				{"--source=" + canary},
				{"--shape=" + canary},
				{"--draft=" + canary},
				{"--pid=" + canary},
				{"--lifetime=" + canary},
				{"--schema", canary + "\n"},
				{"--diff=" + canary},
				{"--backup=" + canary},
				{"--verbose=" + canary},
				{"--tls-address", canary, canary},
				{"--", canary},
				{"--env-file"},
				{"--as=" + canary},
			} {
				args := append(append([]string{"coder"}, surface...), extra...)
				for i := range args {
					args[i] = strings.Replace(strings.Replace(args[i], concerned, "tls-address", 1), plantedFile, filepath.Join(dir, "none"), 1)
				}
				ctx, stop := context.WithCancel(t.Context())
				stop() // none gets so far as to serve
				p, out, errs := world(args[1:]...)
				p.Host.StateDir, p.Registry = dir, kept
				run(ctx, *p)
				if at := leak(out.String() + errs.String()); at != "" {
					t.Errorf("%q shows the canary: …%s…", args[1:], at)
				}
			}
		})
	}
}
