package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/strataconf/strata/internal/pgtest"
)

// TestCanaryServer starts the program with a secret in every place of its
// configuration at once, asks for everything in every way, ends it with a
// goroutine dump, and looks for secrets in all that came out: of the
// configuration, and of the tokens.
func TestCanaryServer(t *testing.T) {
	t.Parallel()
	environ := plantedEnviron(t)
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		canaryServer(t, environ, "", func() {})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		server := pgtest.Start(t)
		u, err := url.Parse(server.Database(t))
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword(u.User.Username(), canary)
		canaryServer(t, environ, u.String(), func() { server.Stop(t) })
	})
}

// plantedEnviron has a secret in each option that takes one and lets a server
// start, beside the others.
func plantedEnviron(t *testing.T) []string {
	t.Helper()
	var environ []string
	for o := range resolved(t).Catalog().All() {
		texts := []string{canary, base64.StdEncoding.EncodeToString([]byte(canary + "012345678901"))}
		if isURL(o) {
			texts = []string{"https://u:" + canary + "@a.test/x?token=" + canary, "https://a.test/x?token=" + canary}
			if slices.Contains(publicQuery, o.Flag) {
				texts = []string{"https://u:" + canary + "@a.test/x"}
			}
		}
		if o.Env == "" || !o.Secret() && !isURL(o) || o.Flag == "postgres-url" {
			continue
		}
		for _, text := range texts {
			p, _, _ := world("config", "check")
			p.Environ, p.Registry = append(environ[:len(environ):len(environ)], string(o.Env)+"="+text), kept
			if run(context.Background(), *p) == exitOK {
				environ = p.Environ
				break
			}
		}
	}
	if len(environ) < 15 {
		t.Fatalf("a secret is only in %q", environ)
	}
	return environ
}

const plantedYAML = `
externalAuthProviders:
  - {type: github, client_id: abc, client_secret: CANARY, extra_token_keys: [CANARY], auth_url: "https://u:CANARY@a.test/?q=CANARY"}
supportLinks:
  - {name: a, target: "https://u:CANARY@a.test/"}
oidc: {signInText: it is shown}
`

func canaryServer(t *testing.T, environ []string, postgres string, away func()) {
	dir := t.TempDir()
	name := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(name("coder.yaml"), []byte(strings.ReplaceAll(plantedYAML, "CANARY", canary)), 0o600); err != nil {
		t.Fatal(err)
	}
	database := []string{}
	environ = append(environ[:len(environ):len(environ)], "GOTRACEBACK=all")
	if postgres != "" {
		database = []string{"--postgres-url=" + postgres}
		environ = append(environ, "CODER_PG_CONNECTION_URL="+postgres)
	}
	b, process := launch(t, dir, environ, "-c", name("coder.yaml"), "--tls-enable", "--swagger-enable", "--experiments=web-push", "--dangerous-allow-cors-requests",
		"--health-check-refresh=0", "--verbose", "--log-filter=.*", "--log-human=/dev/stderr", "--log-json="+name("json"), "--log-stackdriver="+name("stackdriver"))
	tokens := map[string]string{"nobody": "", "stranger": canary[:10] + "-" + canary + "ab", "fool": canary}
	for _, role := range []string{"owner", "auditor", "member", "reporter"} {
		cli(t, dir, append([]string{"users", "create", "--username=" + role, "--role=" + role}, database...)...)
		tokens[role] = cli(t, dir, append([]string{"tokens", "create", "--user=" + role}, database...)...)
	}
	var seen bytes.Buffer
	asked := b.everything(&seen, tokens)
	if text := seen.String(); strings.Count(text, "it is shown") < 8 || strings.Count(text, `"webpush_public_key":"B`) < 8 {
		t.Error("the configuration is not among the answers, so they prove nothing")
	}
	away()
	asked += b.everything(&seen, tokens)
	want(t, strings.Contains(seen.String(), "\n503 Service Unavailable "), postgres != "")
	_ = process.Signal(syscall.SIGQUIT)
	want(t, b.stop(), 2)
	dump, _ := b.out.look()
	if strings.Count(dump, "\ngoroutine ") < 5 {
		t.Errorf("the end shows no goroutines:\n%s", dump[max(0, len(dump)-2000):])
	}
	seen.WriteString(dump)
	for _, form := range []string{"json", "stackdriver"} {
		log := file(name(form))
		if n := strings.Count(log, `"request_id":"`); n < asked {
			t.Errorf("the log %s has %d requests, want %d", form, n, asked)
		}
		seen.WriteString(log)
	}
	if at := leak(seen.String()); at != "" {
		t.Errorf("the server shows the canary: …%s…", at)
	}
	stored := b.stored(name("coder.yaml"))
	if at := leak(stored); at != "" {
		t.Errorf("a file of the server has the canary: …%s…", at)
	}
	if (postgres == "") != strings.Contains(stored, "SQLite format 3") {
		t.Error("the database is not among the files, or there is one that should not be")
	}
	for role, token := range tokens {
		_, secret, _ := strings.Cut(token, "-")
		for _, form := range []string{secret, hex.EncodeToString([]byte(secret)), base64.RawStdEncoding.EncodeToString([]byte(secret))} {
			if secret != "" && role != "fool" && strings.Contains(seen.String()+stored, form) {
				t.Errorf("the server shows or keeps the token of the %s", role)
			}
		}
	}
}

// stored is all files that the server left, its database and logs too, but the
// configuration.
func (b *booted) stored(config string) string {
	b.Helper()
	var all strings.Builder
	err := filepath.WalkDir(b.state, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && name != config {
			fmt.Fprintf(&all, "%s\n%s\n", name, file(name))
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return all.String()
}

// canaryPaths are the paths that the suite asks for: all of the API, and some
// that lead nowhere. A new one fails TestCanaryPaths until it stands here.
var canaryPaths = []string{
	apiPath + "/", apiPath + "/buildinfo", apiPath + "/csp/reports", configPath, configPath + "?shape=compact", configPath + "?shape=none", apiPath + "/deployment/ssh", statsPath, reportsPath,
	apiPath + "/experiments", apiPath + "/experiments/available", apiPath + "/updatecheck", tokenLimits, apiPath + "/users/owner" + limitsPath, apiPath + "/users/nobody" + limitsPath, apiPath + "/users/%00" + limitsPath,
	apiPath + "/nothing", "/healthz", "/readyz", "/swagger/", "/swagger/doc.json", "/", "/debug/pprof/cmdline", "/debug/vars", apiPath + "//", "/..",
}

const apiPath, limitsPath = "/api/v2", "/keys/tokens/tokenconfig"

// TestCanaryPaths holds the list of paths to the document of the API.
func TestCanaryPaths(t *testing.T) {
	t.Parallel()
	var document struct {
		Servers []struct{ URL string }
		Paths   map[string]struct{ Servers []any }
	}
	if err := json.Unmarshal([]byte(file("../../testdata/golden/openapi.json")), &document); err != nil || len(document.Paths) < 10 {
		t.Fatalf("got %d paths, error %v", len(document.Paths), err)
	}
	for path, item := range document.Paths {
		if item.Servers == nil {
			path = apiPath + path
		}
		if path = strings.ReplaceAll(path, "{user}", "owner"); path != apiPath+"/" && !slices.Contains(canaryPaths, path) {
			t.Errorf("%s is not among the paths of the canary suite; add it to canaryPaths", path)
		}
	}
}

// everything asks for each path, by each method, in each shape, as everybody,
// well and badly, and writes down the answers. It returns how many.
func (b *booted) everything(to *bytes.Buffer, tokens map[string]string) (asked int) {
	b.Helper()
	note := func(a answer) {
		asked++
		fmt.Fprintln(to, a.Status, a.Header, a.body)
	}
	for _, path := range canaryPaths {
		for who, token := range tokens {
			get := func(header ...string) { note(b.get(path, append([]string{tokenHeader, token}, header...)...)) }
			get()
			if who != "owner" && who != "fool" {
				continue
			}
			get("Accept", "application/json;shape=compact", "If-None-Match", "*")
			get("Authorization", "Bearer "+canary, "Cookie", "coder_session_token="+canary+"; x="+canary)
			get("User-Agent", canary, "Referer", "https://a.test/?"+canary, "X-Forwarded-For", canary, "Accept-Encoding", canary, "If-None-Match", canary)
			note(b.get(path+map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]+"token="+canary, tokenHeader, token))
			note(b.get(b.https+path, tokenHeader, token))
			for _, method := range []string{"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"} {
				body := `{"` + canary + `":1}`
				if strings.Contains(path, "/csp/") {
					body = `{"` + canary // a whole report is logged
				}
				note(b.ask(method, path, body, tokenHeader, token, "Content-Type", "application/json", "Origin", "https://a.test", "Access-Control-Request-Method", canary))
			}
		}
	}
	for _, body := range []string{`{"` + canary, canary, `{"id":"` + canary + `","agents":[]}`, batch(1, 5)} {
		note(b.report(tokens["reporter"], body))
	}
	return asked
}
