package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamlgen"
)

// A migrationCase is one file of testdata/migrate: what it was, what it is to
// be, and what is said of it.
type migrationCase struct {
	name, before, after, says string
}

// migrationCases reads the pairs of a format. The texts are written by hand;
// "make update" writes only what is said.
func migrationCases(t *testing.T, format migrate.Format) (cases []migrationCase, update func([]string)) {
	t.Helper()
	path := filepath.Join("../../testdata/migrate", string(format)+".txtar")
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		name, part, _ := strings.Cut(f.Name, "/")
		if part == "before" {
			cases = append(cases, migrationCase{name: name, before: string(f.Data)})
			continue
		}
		c := &cases[len(cases)-1]
		switch {
		case c.name == name && part == "after":
			c.after = string(f.Data)
		case c.name == name && part == "says":
			c.says = string(f.Data)
		default:
			t.Fatalf("%s: %q is no part of %q", path, f.Name, c.name)
		}
	}
	return cases, func(says []string) {
		out := &txtar.Archive{Comment: archive.Comment}
		for i, c := range cases {
			for _, part := range []struct{ name, text string }{{"before", c.before}, {"after", c.after}, {"says", says[i]}} {
				if part.name != "says" || part.text != "" {
					out.Files = append(out.Files, txtar.File{Name: c.name + "/" + part.name, Data: []byte(part.text)})
				}
			}
		}
		if text := txtar.Format(out); golden.Update() && !bytes.Equal(text, txtar.Format(archive)) {
			if err := os.WriteFile(path, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func newMigration(t testing.TB) (*registry, *migrate.Migration) {
	t.Helper()
	reg, err := kept(option.Host{Version: "v0.0.0-devel"})
	if err != nil {
		t.Fatal(err)
	}
	m, err := migrate.New(reg, migrationRules())
	if err != nil {
		t.Fatal(err)
	}
	return reg, m
}

// TestMigratePairs runs the files of real deployments through the migration:
// each comes out as a careful person would have written it, a second run does
// nothing, and the settings are the same by a way of their own.
func TestMigratePairs(t *testing.T) {
	t.Parallel()
	reg, m := newMigration(t)
	for _, format := range migrate.Formats() {
		cases, update := migrationCases(t, format)
		if len(cases) < 20 {
			t.Errorf("%s: got %d pairs, want at least 20", format, len(cases))
		}
		says := make([]string, len(cases))
		for i, c := range cases {
			where := string(format) + " " + c.name
			p := m.Plan(migrate.File{Name: "FILE", Text: c.before})[0]
			if p.As != format {
				t.Errorf("%s: told to be %q", where, p.As)
				continue
			}
			if p.Text != c.after {
				t.Errorf("%s: got\n%s\nwant\n%s", where, p.Text, c.after)
				continue
			}
			for _, s := range append(p.Refused, p.Notes...) {
				says[i] += line(s) + "\n"
			}
			if says[i] != c.says && !golden.Update() {
				t.Errorf("%s: says\n%s\nwant\n%s(if that is right: make update)", where, says[i], c.says)
			}
			if again := m.Plan(migrate.File{Name: "FILE", Text: p.Text, As: format})[0]; !again.Idle() || len(again.Refused) > 0 || again.Text != p.Text {
				t.Errorf("%s: a second run does %v", where, again.Steps)
			}
			if (c.before == c.after) != p.Idle() {
				t.Errorf("%s: got steps %v", where, p.Steps)
			}
			if format == migrate.Compose || format == migrate.Helm {
				sameContainers(t, where, c.before, c.after)
			} else {
				sameSettings(t, reg, format, where, c.before, c.after)
			}
		}
		update(says)
	}
}

// sameSettings resolves two texts through the readers of the program.
func sameSettings(t *testing.T, reg *registry, format migrate.Format, where, before, after string) {
	t.Helper()
	// A retired name is read by nothing, so its successor stands in for it.
	before = strings.NewReplacer("CODER_TEMPLATE_INSIGHTS_ENABLE", "CODER_STATS_COLLECTION_USAGE_STATS_ENABLE",
		"  templateInsights:\n    enable: false\n  statsCollection:\n    usageStats: {}\n", "  statsCollection:\n    usageStats:\n      enable: false\n",
		"  templateInsights:\n    enable: false\n", "  statsCollection:\n    usageStats:\n      enable: false\n").Replace(before)
	resolve := func(text string) *option.Redacted {
		layers := []option.Layer{yamlgen.Parse(reg.Catalog, "FILE", text, yamlgen.Limits{})}
		if format != migrate.YAML {
			vars, _ := load.EnvFile("FILE", text)
			layers = load.Layers(reg.Catalog, load.Process{Variables: vars})
		}
		s, _ := reg.Inspect(layers)
		return s.Redact()
	}
	a, b := resolve(before), resolve(after)
	for o := range reg.All() {
		if !o.Deprecated() && (!a.Same(o, b) || a.Source(o) != b.Source(o)) {
			t.Errorf("%s: --%s is another one", where, o.Flag)
		}
	}
}

// sameContainers holds two files of containers to be the same data but for
// names, by a reader that knows nothing of ours.
func sameContainers(t *testing.T, where, before, after string) {
	t.Helper()
	reg, _ := newMigration(t)
	renames := map[string]string{"CODER_TEMPLATE_INSIGHTS_ENABLE": "CODER_STATS_COLLECTION_USAGE_STATS_ENABLE"}
	for o := range reg.All() {
		if o.Deprecated() && len(o.Siblings()) > 0 {
			to := reg.ByFlag(o.UseInstead[0])
			renames[string(o.Env)], renames["--"+o.Flag] = string(to.Env), "--"+to.Flag
		}
	}
	read := func(text string) (all []any) {
		text = regexp.MustCompile(`[A-Za-z0-9_-]+`).ReplaceAllStringFunc(text, func(word string) string {
			return cmp.Or(renames[word], strings.Replace(word, "CODER_GITAUTH_", "CODER_EXTERNAL_AUTH_", 1))
		})
		for dec := yaml.NewDecoder(strings.NewReader(text)); ; {
			var v any
			if err := dec.Decode(&v); errors.Is(err, io.EOF) {
				return all
			} else if err != nil {
				t.Fatalf("%s: %v", where, err)
			}
			all = append(all, v)
		}
	}
	if a, b := read(before), read(after); !reflect.DeepEqual(a, b) {
		t.Errorf("%s: the data differ\n%v\n%v", where, a, b)
	}
}

// TestMigrateCanary plants a secret wherever a file can hold one, and looks
// for it in all that a run prints.
func TestMigrateCanary(t *testing.T) {
	t.Parallel()
	const secret = canary + " " + canary
	texts := []string{
		canary + "\n", "# " + canary + "\nCODER_NOTIFICATIONS_EMAIL_FROM=a@b.example\n", "CODER_NOTIFICATIONS_EMAIL_AUTH_PASSWORD='" + secret + "'\n",
		"CODER_NOTIFICATIONS_EMAIL_AUTH_PASSWORD='" + canary + "\n" + canary + "'\nCODER_NOTIFICATIONS_EMAIL_HELLO=h\n",
		canary + "=" + canary + "\nCODER_" + canary + "=" + canary + "\nCODER_NOTIFICATIONS_EMAIL_FROM=" + canary + "\nCODER_VERBOSE=" + canary + "\n",
		"CODER_PG_CONNECTION_URL=postgres://u:" + canary + "@db/x\nCODER_NOTIFICATIONS_EMAIL_HELLO=" + canary + "\nCODER_GITAUTH_0_CLIENT_SECRET=" + canary + "\nCODER_TELEMETRY=" + canary,
		"CODER_NOTIFICATIONS_EMAIL_FROM=$" + canary + "\nX='" + canary + "\n", "CODER_EMAIL_FROM=" + canary + "\nCODER_NOTIFICATIONS_EMAIL_FROM=" + canary + "\n",
		"[Service]\nEnvironment=\"CODER_NOTIFICATIONS_EMAIL_AUTH_PASSWORD=" + secret + "\" X=" + canary + " \\\n " + canary + "\nExecStart=/bin/coder server --notifications-email-auth-password " + canary + " " + canary + " --" + canary + "\nEnvironmentFile=/" + canary + "\n",
		"notifications:\n  email:\n    from: " + canary + " # " + canary + "\n    " + canary + ": 1\nx-" + canary + ": " + canary + "\nsupportLinks: [{name: " + canary + ", target: 'https://" + canary + "'}]\n",
		"notifications:\n  email:\n    from: |\n      " + canary + "\n      from: " + canary + "\n", "notifications:\n  email: {from: '" + secret + "', emailAuth: {username: \"" + canary + "\"}}\n",
		"notifications: [" + canary + "\n", "introspection:\n  logging:\n    verbose: " + canary + "\nnotifications:\n  email:\n    hello: h\n",
		"services:\n  " + canary + ":\n    image: coder\n    environment:\n      - CODER_NOTIFICATIONS_EMAIL_AUTH_PASSWORD=" + canary + "\n      - " + canary + "\n      - X=" + canary + "\n    command: [--notifications-email-auth-password, " + canary + "]\n",
		"services:\n  a:\n    image: coder\n    environment:\n      CODER_NOTIFICATIONS_EMAIL_AUTH_PASSWORD: \"" + secret + "\"\n      " + canary + ": " + canary + "\n      CODER_NOTIFICATIONS_EMAIL_FROM: ${" + canary + "}\n",
		"env:\n  - name: CODER_NOTIFICATIONS_EMAIL_AUTH_PASSWORD\n    value: " + canary + "\n  - name: " + canary + "\n    value: " + canary + "\n  - name: CODER_NOTIFICATIONS_EMAIL_FROM\n    value: |\n      " + canary + "\n      value: " + canary + "\n",
		"env:\n  - name: CODER_NOTIFICATIONS_EMAIL_HELLO\n    valueFrom: {secretKeyRef: {name: " + canary + ", key: " + canary + "}}\n" + canary + ": {CODER_NOTIFICATIONS_EMAIL_FROM: " + canary + "}\n",
	}
	dir := t.TempDir()
	for i, text := range texts {
		for _, form := range append(migrate.Formats(), "") {
			for j, flags := range [][]string{{"--diff", "--convert"}, {"--check"}, {"--convert", "--backup"}} {
				name := filepath.Join(dir, strconv.Itoa(i)+string(form)+strconv.Itoa(j))
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				args := append([]string{"coder", "config", "migrate", name}, flags...)
				if form != "" {
					args = append(args, "--as", string(form))
				}
				if out := runOnce(t, args, nil, dir); leak(out) != "" {
					t.Errorf("%q as %q with %q shows the canary: …%s…", text, form, flags, leak(out))
				}
			}
		}
	}
	for _, args := range [][]string{
		{"--notifications-email-auth-password", canary},
		{"--notifications-email-hello=h", canary},
		{"--" + canary + "=" + canary, "--telemetry-enable"},
		{"--telemetry-enable=" + canary},
		{"--notifications-email-auth-password=" + canary, "--postgres-url", "postgres://u:" + canary + "@db"},
		{"-v", "--", canary},
		{"--telemetry-enable", "-" + canary},
		{"--notifications-email-hello", "--" + canary},
		{"--email-hello=a", "--notifications-email-hello=" + canary},
	} {
		if out := runOnce(t, append([]string{"coder", "config", "migrate", "--convert", "--"}, args...), nil, dir); leak(out) != "" {
			t.Errorf("%q shows the canary: …%s…", args, leak(out))
		}
	}
}
