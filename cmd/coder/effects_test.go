package main

import (
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const tokenHeader = "Coder-Session-Token"

// effects has a test of each option that acts in a server, seen from outside.
var effects = map[string]func(*testing.T){
	"access-url": func(t *testing.T) {
		b := boot(t, "", nil, "--access-url=https://app.test")
		want(t, b.get("/api/v2/buildinfo").member("dashboard_url"), "https://app.test")
	},
	"redirect-to-access-url":     redirects("--redirect-to-access-url"),
	"tls-redirect-http-to-https": redirects("--tls-redirect-http-to-https"),
	"http-address": func(t *testing.T) {
		b := boot(t, "", nil, "--http-address=", "--tls-enable")
		want(t, b.http, "")
		want(t, b.get(b.https+"/healthz").StatusCode, 200)
	},
	"tls-address": func(t *testing.T) {
		b := boot(t, "", nil, "--tls-enable", "--tls-address=127.0.0.2:0")
		want(t, strings.HasPrefix(b.https, "https://127.0.0.2:"), true)
	},
	"address": func(t *testing.T) {
		b := boot(t, "", func(p *process) { p.Args = []string{"coder", "server", "--address=127.0.0.2:0"} })
		want(t, strings.HasPrefix(b.http, "http://127.0.0.2:"), true)
	},
	"tls-enable": func(t *testing.T) {
		b := boot(t, "", nil, "--tls-enable")
		state, err := b.shake(&tls.Config{})
		if err != nil || state.PeerCertificates[0].VerifyHostname("127.0.0.1") != nil {
			t.Errorf("got error %v, certificate %v, want one for 127.0.0.1", err, state.PeerCertificates)
		}
		want(t, b.get(b.https+"/healthz").ProtoMajor, 2)
	},
	"tls-cert-file": certificates,
	"tls-key-file":  certificates,
	"tls-client-auth": func(t *testing.T) {
		b := boot(t, "", nil, "--tls-enable", "--tls-client-auth=require-any")
		own := newPair(t, "anybody.test")
		_, without := b.shake(&tls.Config{})
		_, with := b.shake(&tls.Config{Certificates: []tls.Certificate{own.tls}})
		want(t, []bool{without == nil, with == nil}, []bool{false, true})
	},
	"tls-client-ca-file": func(t *testing.T) {
		own, other := newPair(t, "a.test"), newPair(t, "b.test")
		b := boot(t, "", nil, "--tls-enable", "--tls-client-auth=require-and-verify", "--tls-client-ca-file="+own.cert)
		_, stranger := b.shake(&tls.Config{Certificates: []tls.Certificate{other.tls}})
		_, known := b.shake(&tls.Config{Certificates: []tls.Certificate{own.tls}})
		want(t, []bool{stranger == nil, known == nil}, []bool{false, true})
	},
	"tls-min-version": func(t *testing.T) {
		for _, c := range []struct {
			least  string
			speaks uint16
			ok     bool
		}{{"tls13", tls.VersionTLS12, false}, {"tls12", tls.VersionTLS12, true}, {"tls12", tls.VersionTLS11, false}, {"tls11", tls.VersionTLS11, true}, {"tls10", tls.VersionTLS10, true}} {
			b := boot(t, "", nil, "--tls-enable", "--tls-min-version="+c.least)
			_, err := b.shake(&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: c.speaks})
			want(t, err == nil, c.ok)
		}
	},
	"tls-ciphers": func(t *testing.T) {
		b := boot(t, "", nil, "--tls-enable", "--tls-ciphers=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
		state, err := b.shake(&tls.Config{MaxVersion: tls.VersionTLS12})
		want(t, err, nil)
		want(t, tls.CipherSuiteName(state.CipherSuite), "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
	},
	"tls-allow-insecure-ciphers": func(t *testing.T) {
		const weak = "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"
		b := boot(t, "", nil, "--tls-enable", "--tls-ciphers="+weak, "--tls-allow-insecure-ciphers")
		state, err := b.shake(&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA}})
		want(t, err, nil)
		want(t, tls.CipherSuiteName(state.CipherSuite), weak)
	},
	"strict-transport-security": func(t *testing.T) {
		b := boot(t, "", nil, "--tls-enable", "--strict-transport-security=77")
		want(t, b.get(b.https+"/healthz").Header.Get("Strict-Transport-Security"), "max-age=77")
		want(t, b.get("/healthz").Header.Get("Strict-Transport-Security"), "")
	},
	"strict-transport-security-options": func(t *testing.T) {
		b := boot(t, "", nil, "--tls-enable", "--strict-transport-security=77", "--strict-transport-security-options=preload")
		want(t, b.get(b.https+"/healthz").Header.Get("Strict-Transport-Security"), "max-age=77; preload")
	},
	"telemetry":        telemetry("--telemetry"),
	"telemetry-enable": telemetry("--telemetry-enable"),
	"api-rate-limit": func(t *testing.T) {
		b := boot(t, "", nil, "--api-rate-limit=1")
		want(t, []int{b.get("/api/v2/").StatusCode, b.get("/api/v2/").StatusCode}, []int{200, 429})
	},
	"dangerous-disable-rate-limits": func(t *testing.T) {
		b := boot(t, "", nil, "--api-rate-limit=1", "--dangerous-disable-rate-limits")
		want(t, []int{b.get("/api/v2/").StatusCode, b.get("/api/v2/").StatusCode}, []int{200, 200})
	},
	"verbose":    debugs("--verbose"),
	"log-filter": debugs("--log-filter=^http$"),
	"log-human":  logsTo("--log-human=", " INFO  request ", "request_id=%s "),
	"log-json":   logsTo("--log-json=", `"level":"INFO"`, `"request_id":"%s"`),
	"log-stackdriver": logsTo("--log-stackdriver=", `"severity":"INFO","message":"request"`,
		`"request_id":"%s"`),
	"additional-csp-policy": func(t *testing.T) {
		b := boot(t, "", nil, "--additional-csp-policy=frame-src https://a.test")
		want(t, strings.Contains(b.get("/").Header.Get("Content-Security-Policy"), "frame-src https://a.test"), true)
	},
	"dangerous-allow-cors-requests": func(t *testing.T) {
		b := boot(t, "", nil, "--dangerous-allow-cors-requests")
		want(t, b.get("/api/v2/", "Origin", "https://a.test").Header.Get("Access-Control-Allow-Origin"), "https://a.test")
		want(t, boot(t, "", nil).get("/api/v2/", "Origin", "https://a.test").Header.Get("Access-Control-Allow-Origin"), "")
	},
	"experiments": func(t *testing.T) {
		b := boot(t, "", nil, "--experiments=oauth2,*,example")
		want(t, b.get("/api/v2/experiments", tokenHeader, b.token("member")).body, `["oauth2","example"]`)
		want(t, b.out.await("no experiment is safe yet", nil) != "", true)
		want(t, b.get("/api/v2/buildinfo").member("webpush_public_key"), "")
		b.stop()
		keys := map[any]bool{}
		for range 2 { // the key outlives its server
			keys[boot(t, b.state, nil, "--experiments=web-push").get("/api/v2/buildinfo").member("webpush_public_key")] = true
		}
		for key := range keys {
			want(t, regexp.MustCompile(`^B[A-Za-z0-9_-]{86}$`).MatchString(key.(string)), true)
		}
		want(t, len(keys), 1)
	},
	"update-check": func(t *testing.T) {
		var asked atomic.Int64
		latest := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			_, _ = io.WriteString(w, `{"version":"v9.9.9","url":"https://a.test/v9.9.9"}`)
		}))
		t.Cleanup(latest.Close)
		asks := func(p *process) { p.Build.UpdateURL = latest.URL }
		b := boot(t, "", asks, "--update-check")
		b.eventually("a newer version", func() bool { return b.get("/api/v2/updatecheck").member("version") == "v9.9.9" })
		want(t, b.get("/api/v2/updatecheck").member("current"), false)
		b.stop()
		want(t, boot(t, b.state, asks).get("/api/v2/updatecheck").member("current"), true) // off
		again := boot(t, b.state, asks, "--update-check")
		again.eventually("what was found before", func() bool { return again.get("/api/v2/updatecheck").member("version") == "v9.9.9" })
		want(t, asked.Load(), int64(1)) // once a day
		odd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"version":"v9.9.9","url":"javascript:alert(1)"}`)
		}))
		t.Cleanup(odd.Close)
		fooled := boot(t, "", func(p *process) { p.Build.UpdateURL = odd.URL }, "--update-check")
		want(t, fooled.out.await("the answer is not a version and its page", nil) != "", true)
		want(t, fooled.get("/api/v2/updatecheck").member("current"), true)
	},
	"max-token-lifetime": func(t *testing.T) {
		b := boot(t, "", nil, "--max-token-lifetime=1000h")
		want(t, b.get(tokenLimits, tokenHeader, b.token("member")).member("max_token_lifetime"), float64(1000*time.Hour))
		want(t, []bool{b.makes("member", "999h", "--max-token-lifetime=1000h"), b.makes("member", "1001h", "--max-token-lifetime=1000h")}, []bool{true, false})
	},
	"max-admin-token-lifetime": func(t *testing.T) {
		b := boot(t, "", nil, "--max-admin-token-lifetime=200h")
		want(t, b.get(tokenLimits, tokenHeader, b.token("owner")).member("max_token_lifetime"), float64(200*time.Hour))
		want(t, []bool{b.makes("owner", "199h", "--max-admin-token-lifetime=200h"), b.makes("owner", "201h", "--max-admin-token-lifetime=200h")}, []bool{true, false})
	},
	"default-token-lifetime": func(t *testing.T) {
		state := t.TempDir()
		cli(t, state, "users", "create", "--username=mia", "--role=member")
		cli(t, state, "tokens", "create", "--user=mia", "--default-token-lifetime=33m")
		var list []struct{ Created, Expires time.Time }
		if err := json.Unmarshal([]byte(cli(t, state, "tokens", "list", "--format=json")), &list); err != nil || len(list) != 1 {
			t.Fatalf("got %v, error %v", list, err)
		}
		want(t, list[0].Expires.Sub(list[0].Created).Round(time.Second), 33*time.Minute)
	},
	"swagger-enable": func(t *testing.T) {
		want(t, boot(t, "", nil, "--swagger-enable").get("/swagger/doc.json").member("openapi"), "3.1.0")
		want(t, boot(t, "", nil).get("/swagger/doc.json").StatusCode, 404)
	},
	"proxy-trusted-headers": forwards("--proxy-trusted-headers=X-Real-Ip", "--proxy-trusted-origins=127.0.0.0/8"),
	"proxy-trusted-origins": func(t *testing.T) {
		log := filepath.Join(t.TempDir(), "log")
		b := boot(t, "", nil, "--log-json="+log, "--proxy-trusted-headers=X-Real-Ip", "--proxy-trusted-origins=192.0.2.0/24")
		b.get("/api/v2/", "X-Real-Ip", "192.0.2.7")
		b.eventually("a record of the peer", func() bool { return strings.Contains(file(log), `"client":"127.0.0.1"`) })
		forwards("--proxy-trusted-headers=X-Real-Ip", "--proxy-trusted-origins=127.0.0.0/8")(t)
	},
	"cache-dir": func(t *testing.T) {
		seen := map[string]bool{}
		dir := t.TempDir()
		for _, cache := range []string{dir, dir, t.TempDir()} {
			state, err := boot(t, "", nil, "--tls-enable", "--cache-dir="+cache).shake(&tls.Config{})
			if err != nil {
				t.Fatal(err)
			}
			seen[string(state.PeerCertificates[0].Raw)] = true
		}
		want(t, len(seen), 2)
	},
	"ephemeral": temporary("--ephemeral"),
	"in-memory": temporary("--in-memory"),
	"postgres-url": func(t *testing.T) {
		user, password := postgres(t)
		want(t, []string{user, password}, []string{"u", "hunter2"})
	},
	"postgres-auth": func(t *testing.T) {
		_, password := postgres(t, "--postgres-auth=awsiamrds")
		want(t, strings.Contains(password, "DBUser=u&") && strings.Contains(password, "X-Amz-Signature="), true)
	},
	"agent-stats-refresh-interval": func(t *testing.T) {
		b := boot(t, "", nil, "--agent-stats-refresh-interval=37m")
		token := b.token("owner")
		b.eventually("an answer with the interval", func() bool {
			a := b.get("/api/v2/deployment/stats", tokenHeader, token)
			collected, _ := time.Parse(time.RFC3339, a.member("collected_at").(string))
			next, _ := time.Parse(time.RFC3339, a.member("next_update_at").(string))
			return next.Sub(collected) == 37*time.Minute
		})
	},
	"stats-collection-usage-stats-enable": func(t *testing.T) {
		const id = "00000000-0000-4000-8000-000000000001"
		const batch = `{"id":"` + id + `","agents":[{"agent_id":"` + id + `","rx_bytes":5}],` +
			`"builds":[{"workspace_id":"` + id + `","build_number":1,"transition":"start","status":"pending"}]}`
		for _, c := range []struct {
			arg string
			rx  float64
		}{{"", 5}, {"=false", 0}} {
			b := boot(t, "", nil, "--agent-stats-refresh-interval=5ms", "--stats-collection-usage-stats-enable"+c.arg)
			reporter, owner := b.token("reporter"), b.token("owner")
			want(t, b.ask("POST", "/api/v2/deployment/stats/reports", batch, tokenHeader, reporter, "Content-Type", "application/json").StatusCode, 204)
			var a answer
			b.eventually("the build in the statistics", func() bool {
				a = b.get("/api/v2/deployment/stats", tokenHeader, owner)
				return a.member("workspaces.pending") == 1.0
			})
			want(t, a.member("workspaces.rx_bytes"), c.rx)
		}
	},
	"config": func(t *testing.T) {
		name := filepath.Join(t.TempDir(), "coder.yaml")
		if err := os.WriteFile(name, []byte("client: {sshHostnamePrefix: file.}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		b := boot(t, "", nil, "-c", name)
		want(t, b.get("/api/v2/deployment/ssh", tokenHeader, b.token("member")).member("hostname_prefix"), "file.")
	},
	"write-config": func(t *testing.T) {
		want(t, strings.Contains(string(output(t, "server", "--write-config", "--cache-dir=/here")), "cacheDir: /here\n"), true)
	},
	"ssh-hostname-prefix":       ssh("--ssh-hostname-prefix=x.", "hostname_prefix", "x."),
	"workspace-hostname-suffix": ssh("--workspace-hostname-suffix=x", "hostname_suffix", "x"),
	"ssh-config-options":        ssh("--ssh-config-options=ForwardAgent=yes", "ssh_config_options.ForwardAgent", "yes"),
	"cli-upgrade-message": func(t *testing.T) {
		want(t, boot(t, "", nil, "--cli-upgrade-message=Ask us.").get("/api/v2/buildinfo").member("upgrade_message"), "Ask us.")
	},
	"health-check-refresh": func(t *testing.T) {
		for refresh, looks := range map[string]int{"1h": 1, "0": 2} {
			b := boot(t, "", nil, "--log-filter=^health$", "--health-check-threshold-database=1h", "--health-check-refresh="+refresh)
			want(t, []int{b.get("/readyz").StatusCode, b.get("/readyz").StatusCode}, []int{200, 200})
			text, _ := b.out.look()
			want(t, strings.Count(text, "the database answers"), looks)
		}
	},
	"health-check-threshold-database": func(t *testing.T) {
		for threshold, slow := range map[string]int{"1h": 0, "0": 1} {
			b := boot(t, "", nil, "--health-check-threshold-database="+threshold)
			asked := b.get("/readyz").Header.Get("X-Coder-Request-Id")
			text, _ := b.out.look()
			want(t, strings.Count(text, "the database is slow"), slow)
			_, line, _ := strings.Cut(text, "the database is slow")
			line, _, _ = strings.Cut(line, "\n")
			want(t, strings.Contains(line, "request_id="+asked), slow == 1)
		}
	},
	"api-keys-retention": func(t *testing.T) {
		state := t.TempDir()
		cli(t, state, "users", "create", "--username=mia", "--role=member")
		cli(t, state, "tokens", "create", "--user=mia", "--lifetime=1ms")
		never := boot(t, state, nil, "--api-keys-retention=0", "--log-filter=^purge$")
		want(t, never.out.await("reports were forgotten", nil) != "", true) // after the tokens
		never.stop()
		want(t, cli(t, state, "tokens", "list", "--format=json") == "[]", false)
		b := boot(t, state, nil, "--api-keys-retention=1ms")
		b.eventually("no token", func() bool { return b.cli("tokens", "list", "--format=json") == "[]" })
	},
}

const tokenLimits = "/api/v2/users/me/keys/tokens/tokenconfig"

// TestEffects runs them, and holds that no option is forgotten.
func TestEffects(t *testing.T) {
	t.Parallel()
	for o := range resolved(t).Catalog().All() {
		effect, tested := effects[o.Flag]
		if tested != acts(o) {
			t.Errorf("--%s acts in a server: %t, has a test of its effect: %t", o.Flag, acts(o), tested)
		}
		if tested {
			t.Run(o.Flag, func(t *testing.T) {
				t.Parallel()
				effect(t)
			})
		}
	}
}

func want(t *testing.T, got, want any) {
	t.Helper()
	if g, w := fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want); g != w {
		t.Errorf("got %s, want %s", g, w)
	}
}

func redirects(flag string) func(*testing.T) {
	return func(t *testing.T) {
		b := boot(t, "", nil, "--access-url=https://app.test", flag)
		a := b.get("/api/v2/buildinfo?a=b")
		want(t, a.StatusCode/100, 3)
		want(t, a.Header.Get("Location"), "https://app.test/api/v2/buildinfo?a=b")
		want(t, b.get("/healthz").StatusCode, 200)
		// By the right address without TLS: only who answers TLS himself knows that
		// this leads elsewhere.
		for _, more := range []string{"--tls-enable", "--tls-enable=false"} {
			b := boot(t, "", nil, "--access-url=https://app.test", flag, more)
			want(t, b.ask("GET", "/api/v2/", "", "Host", "app.test").StatusCode/100 == 3, more == "--tls-enable")
		}
	}
}

func certificates(t *testing.T) {
	one, two := newPair(t, "one.test"), newPair(t, "two.test")
	b := boot(t, "", nil, "--tls-enable", "--tls-cert-file="+one.cert+","+two.cert, "--tls-key-file="+one.key+","+two.key)
	for asked, got := range map[string]string{"one.test": "one.test", "two.test": "two.test", "": "one.test"} {
		state, err := b.shake(&tls.Config{ServerName: asked})
		if err != nil {
			t.Fatal(err)
		}
		want(t, state.PeerCertificates[0].DNSNames[0], got)
	}
}

func telemetry(flag string) func(*testing.T) {
	return func(t *testing.T) {
		for _, on := range []bool{true, false} {
			want(t, boot(t, "", nil, fmt.Sprintf("%s=%t", flag, on)).get("/api/v2/buildinfo").member("telemetry"), on)
		}
	}
}

func debugs(flag string) func(*testing.T) {
	return func(t *testing.T) {
		for _, args := range [][]string{{flag}, {"--log-filter=^nothing$"}} {
			b := boot(t, "", nil, args...)
			b.get("/healthz")
			b.get("/api/v2/") // logged behind it
			text := b.out.await("path=/api/v2/ ", nil)
			want(t, strings.Contains(text, "DEBUG request"), args[0] == flag)
		}
	}
}

func logsTo(flag, marks, id string) func(*testing.T) {
	return func(t *testing.T) {
		log := filepath.Join(t.TempDir(), "log")
		b := boot(t, "", nil, flag+log)
		asked := b.get("/api/v2/").Header.Get("X-Coder-Request-Id")
		b.eventually("a record of the request", func() bool {
			text := file(log)
			return strings.Contains(text, marks) && strings.Contains(text, fmt.Sprintf(id, asked))
		})
	}
}

func forwards(args ...string) func(*testing.T) {
	return func(t *testing.T) {
		log := filepath.Join(t.TempDir(), "log")
		b := boot(t, "", nil, append(args, "--log-json="+log)...)
		b.get("/api/v2/", "X-Real-Ip", "192.0.2.7")
		b.eventually("a record of the client", func() bool { return strings.Contains(file(log), `"client":"192.0.2.7"`) })
	}
}

// makes reports whether a token of that lifetime can be made.
func (b *booted) makes(user, lifetime, limit string) bool {
	p, _, _ := world("tokens", "create", "--user="+user, "--lifetime="+lifetime, limit)
	p.Host.StateDir = b.state
	return run(b.Context(), *p) == exitOK
}

func ssh(arg, member, value string) func(*testing.T) {
	return func(t *testing.T) {
		b := boot(t, "", nil, arg)
		want(t, b.get("/api/v2/deployment/ssh", tokenHeader, b.token("member")).member(member), value)
	}
}

func temporary(flag string) func(*testing.T) {
	return func(t *testing.T) {
		b := boot(t, "", nil, flag)
		text, _ := b.out.look()
		_, rest, _ := strings.Cut(text, "the database is in ")
		dir, _, _ := strings.Cut(rest, ", which goes")
		_, during := os.Stat(filepath.Join(dir, databaseFile))
		_, lasting := os.Stat(filepath.Join(b.state, databaseFile))
		want(t, b.stop(), exitOK)
		_, after := os.Stat(dir)
		want(t, []bool{during == nil, os.IsNotExist(lasting), os.IsNotExist(after)}, []bool{true, true, true})
	}
}

// postgres starts a server with a database that asks for the password and
// ends there, and returns who wanted in.
func postgres(t *testing.T, args ...string) (user, password string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	said := make(chan [2]string, 8)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			start := message4(conn)
			_, _ = conn.Write([]byte{'R', 0, 0, 0, 8, 0, 0, 0, 3}) // a password in clear text
			_, _ = io.ReadFull(conn, make([]byte, 1))
			secret := message4(conn)
			_ = conn.Close()
			_, name, _ := strings.Cut(start, "user\x00")
			name, _, _ = strings.Cut(name, "\x00")
			said <- [2]string{name, strings.TrimRight(secret, "\x00")}
		}
	}()
	p, _, errs := world(append([]string{"server", "--http-address=127.0.0.1:0", "--postgres-url=postgres://u:hunter2@" + l.Addr().String() + "/db?sslmode=disable"}, args...)...)
	p.Environ = []string{"AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=id", "AWS_SECRET_ACCESS_KEY=key"}
	want(t, run(t.Context(), *p), exitUnavailable)
	if strings.Contains(errs.String(), "hunter2") {
		t.Errorf("the password is shown:\n%s", errs)
	}
	first := <-said
	return first[0], first[1]
}

// message4 reads a message that begins with its length.
func message4(r io.Reader) string {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return ""
	}
	text := make([]byte, min(binary.BigEndian.Uint32(size[:]), 1<<16)-4)
	_, _ = io.ReadFull(r, text)
	return string(text)
}
