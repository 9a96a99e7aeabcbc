package values_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// provoking are values that together set off most of the checks.
var provoking = map[string]string{
	"http-address": "", "tls-enable": "true", "tls-cert-file": "a", "tls-ciphers": "NOPE,TLS_RSA_WITH_RC4_128_SHA", "tls-min-version": "tls13",
	"strict-transport-security-options": "preload", "default-token-lifetime": "3h", "max-token-lifetime": "1h", "session-duration": "3h",
	"default-oauth-refresh-lifetime": "1h", "notifications-dispatch-timeout": "3m", "notifications-lease-period": "1m", "experiments": "nope",
	"oidc-client-id": "x", "oidc-client-key-file": "k", "oidc-access-token-claims": "true", "oauth2-github-allow-everyone": "true",
	"oauth2-github-allowed-orgs": "o", "oauth2-github-allowed-teams": "o/t", "email-auth-password-file": "p",
}

// resolveWithout drops an option, fixed at the provoking value if it has one,
// and sets the others.
func resolveWithout(t *testing.T, flag string) option.Problems {
	t.Helper()
	cfg := values.Config(develHost)
	cfg.Tables = func(v *values.DeploymentValues) []option.Table {
		edits := []option.Edit{option.Drop(flag)}
		if text := provoking[flag]; text != "" {
			edits = slices.Insert(edits, 0, option.Default(flag, text))
		}
		return option.Adapt(values.Tables(v), edits...)
	}
	if cfg.ConfigFlag == flag {
		cfg.ConfigFlag = ""
	}
	r, err := option.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var ins []option.Input
	for name, text := range provoking {
		if o := r.ByFlag(name); o != nil {
			ins = append(ins, given(r, option.SourceFlag, name, text))
		}
	}
	_, ps := r.Resolve(layers(ins...), values.FileChecks(folder{})...)
	return ps
}

// An embedder may drop any option: no check panics, and none names what
// nobody can set.
func TestEveryOptionCanBeDropped(t *testing.T) {
	t.Parallel()
	for o := range build(t, develHost).All() {
		t.Run(o.Flag, func(t *testing.T) {
			t.Parallel()
			ps := resolveWithout(t, o.Flag)
			if len(ps) < 8 {
				t.Errorf("got %d problems %v, want the checks of the others to go on", len(ps), ps)
			}
			for _, p := range ps {
				if p.Name == "--"+o.Flag || strings.Contains(p.Reason, "--"+o.Flag+" (") {
					t.Errorf("got %q, want no word of --%s", p, o.Flag)
				}
			}
		})
	}
}
