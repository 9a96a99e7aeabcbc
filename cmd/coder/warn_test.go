package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestStartWarns sets options that can't do what they say.
func TestStartWarns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ set, without, warning string }{
		{"--redirect-to-access-url", "--access-url=https://a.test", "nobody is redirected: --redirect-to-access-url needs --access-url"},
		{"--update-check", "--update-check=false", "no update is looked for"},
		{"--proxy-trusted-headers=X-Real-Ip", "--proxy-trusted-origins=127.0.0.0/8", "--proxy-trusted-headers is heeded from --proxy-trusted-origins only, which is empty"},
	} {
		b := boot(t, "", nil, c.set)
		text, _ := b.out.look()
		want(t, strings.Contains(text, c.warning), true)
		b = boot(t, "", nil, c.set, c.without)
		text, _ = b.out.look()
		want(t, strings.Contains(text, c.warning), false)
	}
}

// TestCertificatesOutOfTheirTime starts with certificates that clients refuse.
func TestCertificatesOutOfTheirTime(t *testing.T) {
	t.Parallel()
	for made, warning := range map[time.Duration]string{0: "", -2 * ownCertificateAge: "a certificate has ended", ownCertificateAge: "a certificate has not begun yet"} {
		name := filepath.Join(t.TempDir(), "both.pem")
		if err := os.WriteFile(name, newCertificate(time.Now().Add(made)), 0o600); err != nil {
			t.Fatal(err)
		}
		b := boot(t, "", nil, "--tls-enable", "--tls-cert-file="+name, "--tls-key-file="+name)
		text, _ := b.out.look()
		want(t, strings.Contains(text, "so clients refuse it number=1"), warning != "")
		want(t, strings.Contains(text, warning), true)
	}
}

// TestTwoDatabases asks for a database that lasts and for one that does not.
func TestTwoDatabases(t *testing.T) {
	t.Parallel()
	for _, temporary := range []string{"--in-memory", "--ephemeral"} {
		p, _, errs := world("server", "--http-address=127.0.0.1:0", "--postgres-url=postgres://a.test/b", temporary)
		code := run(context.Background(), *p)
		if got := errs.String(); code != exitProblem || !strings.Contains(got, temporary) || !strings.Contains(got, "a database is either temporary or in PostgreSQL") {
			t.Errorf("%s: got exit code %d\n%s", temporary, code, got)
		}
	}
}

// TestSanePublished reads what an address may answer that is not what it was.
func TestSanePublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		version, url string
		want         bool
	}{
		{"v1.2.3", "https://a.test/v1.2.3", true},
		{"v1.2.3", "http://a.test", true},
		{"", "https://a.test", false},
		{"v1.2.3", "", false},
		{"v1.2.3", "javascript:alert(1)", false},
		{"v1.2.3", "https:///nohost", false},
		{"v1.2.3", "https://user:word@a.test/", false},
		{"v1.2.3\n", "https://a.test", false},
		{"v1.2.3", "https://a.test/\u00e9", false},
		{strings.Repeat("1", 65), "https://a.test", false},
		{"v1.2.3", "https://a.test/" + strings.Repeat("x", 512), false},
	} {
		if got := (published{c.version, c.url}).sane(); got != c.want {
			t.Errorf("%q, %q: got %t, want %t", c.version, c.url, got, c.want)
		}
	}
}
