package values_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// settings are inputs as "flag=text"; the last one is the highest.
func settings(r *option.Registry[values.DeploymentValues], pairs ...string) []option.Layer {
	var ins []option.Input
	for _, p := range pairs {
		source := option.SourceYAML
		switch p[0] {
		case '-':
			source, p = option.SourceFlag, strings.TrimPrefix(p, "--")
		case '$':
			source, p = option.SourceEnv, p[1:]
		}
		flag, text, _ := strings.Cut(p, "=")
		ins = append(ins, given(r, source, flag, text))
	}
	return layers(ins...)
}

// A check fires with its code at the place of the first of its options that
// was set, and stays quiet on a near miss.
func TestChecks(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	const suites = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
	tests := []struct {
		name  string
		in    string
		code  string
		place string
	}{
		{"both off", "--http-address=", "no-listener", "argv[3]"},
		{"both off in a file", "http-address=", "no-listener", "coder.yaml:12:5"},
		{"TLS only", "--http-address= $tls-enable=true", "", ""},
		{"HTTP only", "--tls-enable=false", "", ""},

		{"more certificates", "--tls-enable=true $tls-cert-file=a,b tls-key-file=a", "certificates-without-keys", "environment"},
		{"key only", "tls-enable=true --tls-key-file=a", "certificates-without-keys", "argv[3]"},
		{"as many", "tls-enable=true tls-cert-file=a tls-key-file=b", "", ""},
		{"none", "tls-enable=true", "", ""},
		{"TLS off", "tls-cert-file=a", "", ""},

		{"unknown cipher", "tls-enable=true $tls-ciphers=" + suites + ",NOPE", "unknown-cipher", "environment"},
		{"weak cipher", "tls-enable=true tls-ciphers=TLS_RSA_WITH_RC4_128_SHA", "insecure-cipher", "coder.yaml:12:5"},
		{"weak cipher allowed", "tls-enable=true tls-ciphers=TLS_RSA_WITH_RC4_128_SHA tls-allow-insecure-ciphers=true", "", ""},
		{"ciphers with tls13", "tls-enable=true tls-ciphers=" + suites + " --tls-min-version=tls13", "ciphers-with-tls13", "coder.yaml:12:5"},
		{"good cipher", "tls-enable=true tls-ciphers=" + suites, "", ""},
		{"cipher with TLS off", "tls-ciphers=NOPE", "", ""},

		{"HSTS without age", "--strict-transport-security-options=preload", "hsts-without-age", "argv[3]"},
		{"HSTS with age", "--strict-transport-security-options=preload strict-transport-security=1", "", ""},

		{"token over the maximum", "--default-token-lifetime=2h max-token-lifetime=1h", "durations-out-of-order", "argv[3]"},
		{"maximum under the default", "max-token-lifetime=1h", "durations-out-of-order", "coder.yaml:12:5"},
		{"token at the maximum", "default-token-lifetime=1h max-token-lifetime=1h", "", ""},
		{"refresh under session", "$session-duration=2h default-oauth-refresh-lifetime=1h", "durations-out-of-order", "coder.yaml:12:5"},
		{"refresh at session", "session-duration=2h default-oauth-refresh-lifetime=2h", "", ""},
		{"dispatch at lease", "--notifications-dispatch-timeout=2m", "durations-out-of-order", "argv[3]"},
		{"lease under dispatch", "$notifications-lease-period=30s", "durations-out-of-order", "environment"},
		{"dispatch under lease", "notifications-dispatch-timeout=119s", "", ""},

		{"unknown experiment", "$experiments=example,nope", "unknown-experiment", "environment"},
		{"known experiments", "experiments=*,example,web-push", "", ""},

		{"OIDC without issuer", "--oidc-client-id=x", "oidc-without-issuer", "argv[3]"},
		{"OIDC with issuer", "oidc-client-id=x oidc-issuer-url=https://id.example.com", "", ""},
		{"OIDC secret and key", "oidc-client-id=x oidc-issuer-url=https://id.example.com $oidc-client-secret=s oidc-client-key-file=k", "oidc-secret-and-key", "coder.yaml:12:5"},
		{"OIDC secret only", "oidc-client-id=x oidc-issuer-url=https://id.example.com $oidc-client-secret=s", "", ""},
		{"claims from both", "oidc-client-id=x oidc-issuer-url=https://id.example.com --oidc-access-token-claims=true", "oidc-access-token-claims", "argv[3]"},
		{"claims from the token", "oidc-client-id=x oidc-issuer-url=https://id.example.com --oidc-access-token-claims=true oidc-ignore-userinfo=true", "", ""},
		{"OIDC off", "oidc-client-key-file=k $oidc-client-secret=s oidc-access-token-claims=true", "", ""},

		{"everyone and orgs", "--oauth2-github-allow-everyone=true oauth2-github-allowed-orgs=a", "github-everyone-and-orgs", "argv[3]"},
		{"everyone and teams", "oauth2-github-allow-everyone=true $oauth2-github-allowed-teams=a/b", "github-everyone-and-teams", "coder.yaml:12:5"},
		{"orgs and teams", "oauth2-github-allowed-orgs=a oauth2-github-allowed-teams=a/b", "", ""},

		{"password twice", "$email-auth-password=x email-auth-password-file=y", "mail-password-twice", "environment"},
		{"password file", "email-auth-password-file=y", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, ps := r.Resolve(settings(r, strings.Fields(tt.in)...))
			checkOne(t, ps, tt.code, tt.place)
		})
	}
}

// checkOne wants one problem with the code at the place, or none.
func checkOne(t *testing.T, ps option.Problems, code, place string) {
	t.Helper()
	switch {
	case code == "" && len(ps) == 0:
	case code == "":
		t.Errorf("got %v, want no problem", ps)
	case len(ps) != 1 || ps[0].Code != code || ps[0].Origin.Place() != place:
		t.Errorf("got %v, want one problem %s at %s", ps, code, place)
	}
}

// The words fit the option that the problem names, whichever of the two it is.
func TestOrderIsToldFromBothSides(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	for _, tt := range []struct{ in, want string }{
		{"--default-token-lifetime=1000000h", "argv[3]: --default-token-lifetime: longer than the limit; see --max-token-lifetime (default) (shorten it or raise the limit)"},
		{"--max-token-lifetime=1h", "argv[3]: --max-token-lifetime: a limit shorter than what it bounds; see --default-token-lifetime (default) (raise it or shorten the other)"},
		{"--default-oauth-refresh-lifetime=1h", "argv[3]: --default-oauth-refresh-lifetime: shorter than what it must outlast; see --session-duration (default) (lengthen it or shorten the other)"},
		{"--session-duration=9000h", "argv[3]: --session-duration: longer than what must outlast it; see --default-oauth-refresh-lifetime (default) (shorten it or lengthen the other)"},
		{"--notifications-dispatch-timeout=2m", "argv[3]: --notifications-dispatch-timeout: not shorter than what it must fit in; see --notifications-lease-period (default) (shorten it or lengthen the other)"},
		{"--notifications-lease-period=30s", "argv[3]: --notifications-lease-period: not longer than what must fit in it; see --notifications-dispatch-timeout (default) (lengthen it or shorten the other)"},
	} {
		_, ps := r.Resolve(settings(r, tt.in))
		if len(ps) != 1 || ps[0].Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.in, ps, tt.want)
		}
	}
}

func TestUnknownExperimentsAreWarnings(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	s, ps := r.Resolve(settings(r, "--experiments=web-pusj"))
	if s == nil || len(ps) != 1 || ps[0].Severity != option.Warning || ps[0].Hint != "did you mean web-push?" {
		t.Errorf("an unknown experiment gives %v, want one warning that suggests web-push", ps)
	}
}

// A value that was refused has no meaning, so a check over it says nothing.
func TestChecksSkipRefusedValues(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	_, ps := r.Resolve(settings(r, "--default-token-lifetime=soon", "max-token-lifetime=1h"))
	checkOne(t, ps, "invalid-value", "argv[3]")
}

func TestCheckNamesTheOtherPlaces(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	_, ps := r.Resolve(settings(r, "--default-token-lifetime=2h", "max-token-lifetime=1h"))
	checkOne(t, ps, "durations-out-of-order", "argv[3]")
	if got, want := ps[0].Reason, "networking.http.maxTokenLifetime (coder.yaml:12:5)"; !strings.Contains(got, want) {
		t.Errorf("the reason is %q, want it to name %s", got, want)
	}
}

// The validator panics on a tag it does not know: the zero value and the
// defaults must pass through without.
func TestTagsAreKnown(t *testing.T) {
	t.Parallel()
	cfg := values.Config(develHost)
	cfg.Tables = func(v *values.DeploymentValues) []option.Table {
		tables := values.Tables(v)
		for i := range tables {
			for j := range tables[i].Rows {
				tables[i].Rows[j].Default, tables[i].Rows[j].Computed = "", nil
			}
		}
		return tables
	}
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	_, ps := r.Resolve(nil)
	for _, p := range ps {
		if p.Code != "no-listener" && p.Code != "durations-out-of-order" {
			t.Errorf("the zero value gives %v, want only what unset addresses and durations cause", p)
		}
		if p.Reason == "" || p.Hint == "" {
			t.Errorf("a problem of the zero value has no words of ours: %+v", p)
		}
	}
}

func TestEnabledExperiments(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"", ""},
		{"*", ""},
		{"example,example,nope", "example"},
		{"web-push,*,example", "web-push,example"},
	}
	for _, tt := range tests {
		if got := strings.Join(values.EnabledExperiments(strings.Split(tt.in, ",")), ","); got != tt.want {
			t.Errorf("the experiments %q turn on %q, want %q", tt.in, got, tt.want)
		}
	}
	if values.EnabledExperiments(nil) == nil || values.SafeExperiments() == nil {
		t.Error("no experiments are nil, want an empty list, which JSON shows as []")
	}
}
