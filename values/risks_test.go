package values_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// A risk is told with its code where somebody takes it, by a row or by a
// check, and a near miss is quiet.
func TestRisks(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	for _, c := range []struct{ in, code string }{
		{"http-address=0.0.0.0:3000", "plain-http"},
		{"http-address=:3000 access-url=http://dev.example.com", "plain-http"},
		{"http-address=[::]:3000 access-url=https://dev.example.com secure-auth-cookie=true", ""},
		{"http-address=0.0.0.0:3000 tls-enable=true", ""},
		{"http-address=127.0.0.1:3001", ""},
		{"http-address=[::1]:3001", ""},
		{"http-address=localhost:3001", ""},
		{"http-address= tls-enable=true", ""},

		{"pprof-enable=true pprof-address=0.0.0.0:6060", "public-diagnostics"},
		{"prometheus-enable=true prometheus-address=10.0.0.1:2112", "public-diagnostics"},
		{"pprof-enable=true pprof-address=127.0.0.1:6061", ""},
		{"pprof-address=0.0.0.0:6060", ""},
		{"prometheus-enable=true", ""},

		{"access-url=https://dev.example.com", "cookie-scheme"},
		{"access-url=http://dev.example.com secure-auth-cookie=true", "cookie-scheme"},
		{"samesite-auth-cookie=none", "cookie-scheme"},
		{"samesite-auth-cookie=none secure-auth-cookie=true", ""},
		{"access-url=http://localhost secure-auth-cookie=true", ""},

		{"access-url=http://dev.example.com strict-transport-security=3600", "hsts-without-https"},
		{"strict-transport-security=3600", ""},

		{"oauth2-github-allow-everyone=true oauth2-github-allow-signups=true", "open-sign-up"},
		{"oauth2-github-allow-everyone=true", ""},

		{"$postgres-url=postgres://u:p@db/coder?sslmode=disable", "plain-credentials"},
		{"$postgres-url=postgres://u:p@127.0.0.1/coder?sslmode=disable", ""},
		{"$postgres-url=postgres://u:p@db/coder?sslmode=require", ""},
		{"$postgres-url=postgres:///coder?host=/run/pg&sslmode=disable", ""},
		{"$postgres-url=host=db&sslmode=disable", ""},
		{"email-smarthost=mail:25 $email-auth-password=p", "plain-credentials"},
		{"email-smarthost=mail:465 email-force-tls=true $email-auth-password=p", ""},
		{"email-smarthost=localhost:25 $email-auth-password=p", ""},
		{"email-smarthost=mail:25", ""},

		{"email-tls-skip-verify=true", "skip-verify"},
		{"notifications-email-tls-skip-verify=true", "skip-verify"},
		{"dangerous-oidc-skip-issuer-checks=true", "skip-verify"},
		{"oidc-ignore-email-verified=true", "skip-verify"},
		{"dangerous-oidc-skip-issuer-checks=false", ""},
		{"--dangerous-allow-cors-requests=true", "open-cors"},
		{"--dangerous-disable-rate-limits=true", "no-rate-limit"},
		{"--api-rate-limit=0", "no-rate-limit"},
		{"--api-rate-limit=1", ""},
		{"--dangerous-allow-path-app-sharing=true", "weak-protection"},
		{"tls-min-version=tls10", "weak-tls"},
		{"tls-min-version=tls11", "weak-tls"},
		{"tls-min-version=tls13", ""},
		{"tls-allow-insecure-ciphers=true", "weak-tls"},
		{"proxy-trusted-origins=10.0.0.0/8,0.0.0.0/0", "trusts-everyone"},
		{"proxy-trusted-origins=::/0", "trusts-everyone"},
		{"proxy-trusted-origins=10.0.0.0/8", ""},
		{"tls-key-file=open.key", "readable-key-file"},
		{"notifications-email-auth-password-file=open.key", "readable-key-file"},
		{"tls-key-file=closed.key", ""},
	} {
		snap, problems := r.Inspect(settings(r, strings.Fields(c.in)...), values.Risks()...)
		got, err := lint.Run(lint.Config{
			Settings: snap, Problems: problems, Least: option.Warning, Without: []string{"check", "deprecated"},
			Open: func(name string) bool { return name == "open.key" },
		})
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, f := range got.Findings {
			codes = append(codes, f.Rule.Name)
		}
		if c.code == "" && len(codes) > 0 || c.code != "" && !slices.Equal(codes, []string{c.code}) {
			t.Errorf("%s: got %v, want %q", c.in, codes, c.code)
		}
	}
}

// TestRisksHaveRules holds that lint knows the code of each risk.
func TestRisksHaveRules(t *testing.T) {
	t.Parallel()
	if codes := lint.Codes(build(t, develHost).Catalog, lint.Rules()); len(codes) > 0 {
		t.Errorf("no rule stands for %v", codes)
	}
}
