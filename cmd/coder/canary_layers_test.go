package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/internal/leaktest"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// hidings are the secrets of the configuration, by option: how to write one so
// that the option takes it, with a canary at each place of it that may hold
// one. An option that can hide something and is not listed here fails
// TestEverySecretIsPlanted.
var hidings = map[string]func(mint) string{
	"scim-auth-header":                   whole,
	"postgres-url":                       func(m mint) string { return "postgres://me:" + m("user") + "@127.0.0.1:1/db?options=" + m("query") },
	"external-token-encryption-keys":     func(m mint) string { return encryptionKey(m("first")) + "," + encryptionKey(m("second")) },
	"trace-honeycomb-api-key":            whole,
	"oauth2-github-client-secret":        whole,
	"oidc-client-secret":                 whole,
	"provisioner-daemon-psk":             whole,
	"email-auth-password":                whole,
	"notifications-email-auth-password":  whole,
	"aibridge-openai-key":                whole,
	"aibridge-anthropic-key":             whole,
	"aibridge-bedrock-access-key":        whole,
	"aibridge-bedrock-access-key-secret": whole,
	"aibridge-openai-base-url":           userAndQuery,
	"aibridge-anthropic-base-url":        userAndQuery,
	"oauth2-github-enterprise-base-url":  userAndQuery,
	"oidc-issuer-url":                    userAndQuery,
	"telemetry-url":                      userAndQuery,
	"notifications-webhook-endpoint":     userAndQuery,
	"derp-server-relay-url":              userAndQuery,
	"derp-config-url":                    userAndQuery,
	"docs-url":                           user,
	"terms-of-service-url":               user,
	"oidc-icon-url":                      user,
	"agent-fallback-troubleshooting-url": user,
	"external-auth-providers": func(m mint) string {
		return `[{"type": "github", "client_id": "abc", "client_secret": "` + m("client_secret") + `", "extra_token_keys": ["` + m("extra_token_keys") + `"], "auth_url": "` + userAndQuery(m) + `"}]`
	},
	"support-links": func(m mint) string { return `[{"name": "a", "target": "` + user(m) + `"}]` },
}

// mint returns the canary of a place.
type mint func(place string) string

// whole is a secret that is any text: with what people quote and escape.
func whole(m mint) string { return m("all") + "\"&<'%é" + m("end") }

func user(m mint) string { return "https://me:" + m("user") + "@a.test/x" }

func userAndQuery(m mint) string { return user(m) + "?token=" + m("query") }

// encryptionKey is 32 bytes in base64.
func encryptionKey(canary string) string {
	return base64.StdEncoding.EncodeToString([]byte((canary + canary)[:32]))
}

// A bed is where a layer puts what it plants.
type bed struct {
	args, environ []string
	dir           string
	yaml          branch          // of the configuration file
	variables     strings.Builder // of the file of variables
	unit          strings.Builder
	inputs        []string // names of files that hold secrets by right
	secrets       []leaktest.Secret
	brought       []brought
}

type brought struct {
	option *option.Option
	text   string
}

// put writes a file of secrets.
func (b *bed) put(t *testing.T, name, text string) string {
	t.Helper()
	name = filepath.Join(b.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	b.inputs = append(b.inputs, name)
	return name
}

// A carrier is a way for values to come in. It reports whether it can carry
// those of an option.
type carrier struct {
	name  string
	carry func(t *testing.T, b *bed, o *option.Option, text string) bool
}

var carriers = []carrier{
	{"flag", func(_ *testing.T, b *bed, o *option.Option, text string) bool {
		b.args = append(b.args, "--"+o.Flag+"="+text)
		return true
	}},
	{"flag apart", func(_ *testing.T, b *bed, o *option.Option, text string) bool {
		b.args = append(b.args, "--"+o.Flag, text)
		return true
	}},
	{"variable", func(_ *testing.T, b *bed, o *option.Option, text string) bool {
		if o.Env != "" {
			b.environ = append(b.environ, string(o.Env)+"="+text)
		}
		return o.Env != ""
	}},
	{"variable that names a file", func(t *testing.T, b *bed, o *option.Option, text string) bool {
		if o.FileEnv() != "" {
			b.environ = append(b.environ, o.FileEnv()+"="+b.put(t, "secret/"+o.Flag, text+"\n"))
		}
		return o.FileEnv() != ""
	}},
	{"flag that names a file", func(t *testing.T, b *bed, o *option.Option, text string) bool {
		if o.FileFlag() != "" {
			b.args = append(b.args, "--"+o.FileFlag()+"="+b.put(t, "secret/"+o.Flag, text))
		}
		return o.FileFlag() != ""
	}},
	{"credential of systemd", func(t *testing.T, b *bed, o *option.Option, text string) bool {
		if o.FileFlag() == "" {
			return false
		}
		if len(b.environ) == 0 {
			b.environ = []string{"CREDENTIALS_DIRECTORY=" + filepath.Join(b.dir, "credentials")}
		}
		b.put(t, "credentials/"+o.Flag, text)
		return true
	}},
	{"configuration file", func(_ *testing.T, b *bed, o *option.Option, text string) bool {
		if o.Path() == "" {
			return false
		}
		if !o.Value.Traits().Struct {
			text = `"` + text + `"`
		}
		at := &b.yaml
		for key := range strings.SplitSeq(o.Path(), ".") {
			at = at.below(key)
		}
		at.value = text
		return true
	}},
	{"file of variables", func(_ *testing.T, b *bed, o *option.Option, text string) bool {
		if o.Env != "" {
			fmt.Fprintf(&b.variables, "%s='%s'\n", o.Env, strings.ReplaceAll(text, "'", `'"'"'`))
		}
		return o.Env != ""
	}},
	{"unit of systemd", func(_ *testing.T, b *bed, o *option.Option, text string) bool {
		if o.Env != "" {
			fmt.Fprintf(&b.unit, "Environment=\"%s=%s\"\n", o.Env, strings.NewReplacer(`"`, `\"`, "%", "%%").Replace(text))
		}
		return o.Env != ""
	}},
}

// A branch is a mapping of a file, or a value.
type branch struct {
	key, value string
	sub        []*branch
}

// below returns the branch with a key.
func (b *branch) below(key string) *branch {
	i := slices.IndexFunc(b.sub, func(s *branch) bool { return s.key == key })
	if i < 0 {
		i, b.sub = len(b.sub), append(b.sub, &branch{key: key})
	}
	return b.sub[i]
}

// text is the branch as YAML, each line with a comment that no output has.
func (b *branch) text(indent string) string {
	var all strings.Builder
	for _, s := range b.sub {
		fmt.Fprintf(&all, "%s%s: %s # %s\n%s", indent, s.key, s.value, leaktest.Mint("comment", 16), s.text(indent+"  "))
	}
	return all.String()
}

// plant fills a bed by one carrier with everything that it can carry, each
// place with a canary of its own.
func (c carrier) plant(t *testing.T, reg *registry, skip ...string) *bed {
	t.Helper()
	b := &bed{dir: t.TempDir()}
	for o := range reg.All() {
		write := hidings[o.Flag]
		if write == nil || slices.Contains(skip, o.Flag) {
			continue
		}
		var secrets []leaktest.Secret
		text := write(func(place string) string {
			s := leaktest.Secret{Name: fmt.Sprintf("%s of %s by %s", place, o.Flag, c.name)}
			s.Text = leaktest.Mint(s.Name, 16)
			secrets = append(secrets, s)
			return s.Text
		})
		if !c.carry(t, b, o, text) {
			continue
		}
		if o.Secret() && o.Flag != "postgres-url" { // a part of that is no secret
			secrets = append(secrets, leaktest.Secret{Name: fmt.Sprintf("%s by %s", o.Flag, c.name), Text: text})
		}
		b.secrets = append(b.secrets, secrets...)
		b.brought = append(b.brought, brought{o, text})
	}
	if b.variables.Len() > 0 {
		b.args = append(b.args, "--env-file="+b.put(t, "variables.env", b.variables.String()))
	}
	if b.unit.Len() > 0 {
		b.args = append(b.args, "--env-file="+b.put(t, "coder.service", "[Service]\n"+b.unit.String()))
	}
	b.args = append(b.args, "--config="+b.put(t, "coder.yaml", b.yaml.text("")), "--http-address=127.0.0.1:0")
	return b
}

// proven fails the test unless the program reads each secret that was planted,
// from there. What is not read can't leak.
func (b *bed) proven(t *testing.T, reg *registry) {
	t.Helper()
	pro, _, _ := world("config", "show")
	p := &program{process: *pro, first: 3}
	p.Environ = b.environ
	in, err := p.inputs(b.args, 3, nil, files.Reader{})
	if err != nil {
		t.Fatal(err)
	}
	snap, problems := load.Inspect(reg, in)
	for _, problem := range problems {
		if problem.Severity == option.Error {
			t.Errorf("the plantings are not valid: %v", problem)
		}
	}
	for _, pl := range b.brought {
		s := snap.Setting(pl.option)
		if !slices.ContainsFunc(slices.Concat(s.Inputs, s.Shadowed), func(in *option.Input) bool {
			return in.Raw.Text() == pl.text || in.Raw.Tree() != nil
		}) {
			t.Errorf("--%s: the program does not read what was planted", pl.option.Flag)
		}
	}
}

// TestEverySecretIsPlanted holds that the list of secrets is that of the
// options: what has a kind that hides something, in all or in part.
func TestEverySecretIsPlanted(t *testing.T) {
	t.Parallel()
	reg, err := kept(option.Host{Version: "v0.0.0-devel"})
	if err != nil {
		t.Fatal(err)
	}
	for o := range reg.All() {
		hides := o.Secret()
		for _, probe := range []string{"https://me:x1@a.test/x", "https://a.test/?q=x1", "postgres://me:x1@db/x"} {
			hides = hides || o.Withholds(option.RawText(probe))
		}
		hides = hides || o.Flag == "external-auth-providers" || o.Flag == "support-links" // structures with a member that hides
		if listed := hidings[o.Flag] != nil; listed != hides {
			t.Errorf("--%s: hides something: %t, is in the list of hidings of the canary suite: %t; list it there with a text that it takes", o.Flag, hides, listed)
		}
	}
	for flag := range hidings {
		if reg.ByFlag(flag) == nil {
			t.Errorf("--%s is in the list of hidings and is no option; take it out", flag)
		}
	}
}

// TestLayersCarrySecrets holds that each carrier brings in what it says.
func TestLayersCarrySecrets(t *testing.T) {
	t.Parallel()
	reg, err := values.Build(option.Host{Version: "v0.0.0-devel"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range carriers {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := c.plant(t, reg)
			b.proven(t, reg)
			if len(b.secrets) < 3 {
				t.Errorf("it carries %d secrets only", len(b.secrets))
			}
		})
	}
}
