package values_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

func TestRulesOfSingleValues(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	tests := []struct {
		flag, text string
		ok         bool
	}{
		{"access-url", "https://coder.example.com", true},
		{"access-url", "http://coder.example.com:8080/base", true},
		{"access-url", "", true},
		{"access-url", "coder.example.com", false},
		{"access-url", "ftp://coder.example.com", false},
		{"access-url", "https://", false},
		{"access-url", "https://user@coder.example.com", false},
		{"access-url", "https://coder.example.com?x=1", false},
		{"access-url", "https://coder.example.com#x", false},
		{"access-url", "https://coder.example.com:0", false},
		{"wildcard-access-url", "*.example.com", true},
		{"wildcard-access-url", "*-apps.example.com:8443", true},
		{"wildcard-access-url", "", true},
		{"wildcard-access-url", "https://*.example.com", false},
		{"wildcard-access-url", "example.com", false},
		{"wildcard-access-url", "apps.*.example.com", false},
		{"wildcard-access-url", "*.*.example.com", false},
		{"wildcard-access-url", "*example", false},
		{"wildcard-access-url", "*", false},
		{"wildcard-access-url", "*.example.com.", false},
		{"wildcard-access-url", ".*.example.com", false},
		{"wildcard-access-url", "*.exa mple.com", false},
		{"http-address", "", true},
		{"http-address", ":3000", true},
		{"http-address", "localhost", false},
		{"tls-address", "", false},
		{"tls-address", "[::1]:443", true},
		{"proxy-trusted-headers", "x-forwarded-for", true},
		{"proxy-trusted-headers", "X Forwarded", false},
		{"proxy-trusted-origins", "10.0.0.0/8,fd00::/8", true},
		{"proxy-trusted-origins", "10.0.0.1", false},
		{"strict-transport-security", "-1", false},
		{"strict-transport-security-options", "INCLUDESUBDOMAINS,Preload", true},
		{"strict-transport-security-options", "max-age", false},
		{"session-duration", "1ns", true},
		{"session-duration", "0", false},
		{"max-token-lifetime", "-1h", false},
		{"proxy-health-interval", "0", true},
		{"proxy-health-interval", "-1s", false},
		{"api-rate-limit", "-1", false},
		{"log-filter", ".*", true},
		{"log-filter", "(", false},
		{"oauth2-github-allowed-teams", "org/team,o-2/t_1.x", true},
		{"oauth2-github-allowed-teams", "team", false},
		{"oauth2-github-allowed-teams", "a/b/c", false},
		{"oauth2-github-enterprise-base-url", "github.example.com", false},
		{"oidc-email-domain", "example.com", true},
		{"oidc-email-domain", "@example.com", false},
		{"oidc-issuer-url", "https://id.example.com", true},
		{"oidc-issuer-url", "id.example.com", false},
		{"oidc-icon-url", "/icon/x.svg", true},
		{"oidc-icon-url", "https://example.com/x.png?v=1", true},
		{"oidc-icon-url", "javascript:alert(1)", false},
		{"oidc-icon-url", "//example.com/x.png", false},
		{"oidc-organization-mapping", `{"a":["11111111-2222-4333-8444-555555555555"]}`, true},
		{"oidc-organization-mapping", `{"a":["11111111222243338444555555555555"]}`, false},
		{"oidc-group-mapping", `{"a":"b"}`, true},
		{"oidc-group-mapping", `{"a":["b"]}`, false},
		{"default-quiet-hours-schedule", "CRON_TZ=Europe/Berlin 30 2 * * *", true},
		{"default-quiet-hours-schedule", "30 2 * * 1", false},
		{"ssh-hostname-prefix", "coder--", true},
		{"ssh-hostname-prefix", "a b", false},
		{"workspace-hostname-suffix", "work", true},
		{"workspace-hostname-suffix", ".work", false},
		{"ssh-config-options", "A=b,C d", true},
		{"ssh-config-options", "A", false},
		{"email-from", "Coder <coder@example.com>", true},
		{"email-from", "coder", false},
		{"email-smarthost", "smtp.example.com:587", true},
		{"email-smarthost", "smtp.example.com", false},
		{"notifications-email-smarthost", "smtp.example.com", false},
		{"external-token-encryption-keys", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", true},
		{"external-token-encryption-keys", "c2hvcnQ=", false},
		{"terms-of-service-url", "javascript:alert(1)", false},
		{"provisioner-types", "Terraform", true},
		{"provisioner-types", "docker", false},
		{"web-terminal-renderer", "webgl", true},
		{"postgres-auth", "none", false},
		{"config", "", false},
	}
	for _, tt := range tests {
		_, ps := r.Resolve(layers(given(r, option.SourceFlag, tt.flag, tt.text)))
		if got := !refused(ps); got != tt.ok {
			t.Errorf("--%s=%s is accepted: %t, want %t (%v)", tt.flag, tt.text, got, tt.ok, ps)
		}
		if !tt.ok && (len(ps) == 0 || ps[0].Origin.Place() != "argv[3]" || ps[0].Code != "invalid-value") {
			t.Errorf("--%s=%s is told as %v, want an invalid-value at argv[3]", tt.flag, tt.text, ps)
		}
	}
}

func TestHeaderNamesAreCanonical(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	s, ps := r.Resolve(layers(
		given(r, option.SourceFlag, "proxy-trusted-headers", "x-forwarded-for,X-REAL-IP"),
		given(r, option.SourceFlag, "proxy-trusted-headers", "cf-connecting-ip"),
	))
	if s == nil {
		t.Fatal(ps)
	}
	want := []string{"X-Forwarded-For", "X-Real-Ip", "Cf-Connecting-Ip"}
	if got := s.View().ProxyTrustedHeaders; !slices.Equal(got, want) {
		t.Errorf("trusted headers are %q, want %q", got, want)
	}
}

func TestRulesOfProviders(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	const canary = "canary-canary-canary"
	tests := []struct{ text, item string }{
		{`[]`, ""},
		{oneProvider, ""},
		{`[{"type":"x","client_id":"1"},{"type":"x","client_id":"2","id":"y"}]`, ""},
		{`[{"type":"x"}]`, "[0]"},
		{`[{"type":"x","client_id":""}]`, "[0].client_id"},
		{`[{"client_id":"1"}]`, "[0].id"},
		{`[{"type":"x","client_id":"1"},{"type":"x","client_id":"2"}]`, "[1].id"},
		{`[{"id":"new","client_id":"1"}]`, "[0].id"},
		{`[{"id":"a--b","client_id":"1"}]`, "[0].id"},
		{`[{"id":"` + strings.Repeat("a", 33) + `","client_id":"1"}]`, "[0].id"},
		{`[{"type":"x","client_id":"1","auth_url":"` + canary + `"}]`, "[0].auth_url"},
		{`[{"type":"x","client_id":"1","mcp_url":"ftp://` + canary + `"}]`, "[0].mcp_url"},
		{`[{"type":"x","client_id":"1","regex":"(` + canary + `"}]`, "[0].regex"},
		{`[{"type":"x","client_id":"1","mcp_tool_deny_regex":"["}]`, "[0].mcp_tool_deny_regex"},
		{`[{"type":"x","client_id":"1","device_flow":true}]`, "[0].device_code_url"},
		{`[{"type":"github","client_id":"1","device_flow":true}]`, ""},
		{`[{"type":"x","client_id":"1","` + canary + `":true}]`, "[0]"},
		{`[{"type":"x","client_id":"1","no_refresh":"` + canary + `"}]`, "[0].no_refresh"},
	}
	for _, tt := range tests {
		_, ps := r.Resolve(layers(given(r, option.SourceFlag, "external-auth-providers", tt.text)))
		checkItem(t, ps, tt.text, "--external-auth-providers", tt.item, canary)
	}
}

func TestRulesOfLinks(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	const canary = "canary-canary-canary"
	tests := []struct{ text, item string }{
		{`[]`, ""},
		{oneLink, ""},
		{`[{"name":"a","target":"mailto:help@example.com"}]`, ""},
		{`[{"name":"a"}]`, "[0]"},
		{`[{"name":"","target":"https://example.com"}]`, "[0].name"},
		{`[{"name":"a","target":""}]`, "[0].target"},
		{`[{"name":"a","target":"javascript:` + canary + `"}]`, "[0].target"},
		{`[{"name":"a","target":"https://example.com"},{"name":"b","target":"/` + canary + `"}]`, "[1].target"},
	}
	for _, tt := range tests {
		_, ps := r.Resolve(layers(given(r, option.SourceFlag, "support-links", tt.text)))
		checkItem(t, ps, tt.text, "--support-links", tt.item, canary)
	}
}

// All that is wrong with a list is told in one run, each in words of its own.
func TestEveryFaultOfAList(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	for _, tt := range []struct{ flag, text, want string }{
		{"support-links", `[{"name":"a","target":"x:y"},{"name":"b"},{"name":"c","target":"//e"},null]`, "[0].target [1].target [2].target [3]"},
		{
			"external-auth-providers", `[{"type":"a","mcp_url":"x"},{"type":"b","client_id":"1","regex":"(","auth_url":"x","token_url":"y"},{"type":"b","client_id":"1"}]`,
			"[0].client_id [0].mcp_url [1].auth_url [1].regex [1].token_url [2].id",
		},
		{"oidc-organization-mapping", `{"a":["x"]}`, "{0}[0]"},
	} {
		_, ps := r.Resolve(layers(given(r, option.SourceFlag, tt.flag, tt.text)))
		var got []string
		for _, p := range ps {
			got = append(got, strings.TrimPrefix(p.Name, "--"+tt.flag))
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("--%s=%s is told of at %s, want %s (%v)", tt.flag, tt.text, got, tt.want, ps)
		}
		if strings.Contains(ps[0].Reason, "valid value") {
			t.Errorf("--%s=%s: got %q, want words that say what is expected", tt.flag, tt.text, ps[0].Reason)
		}
	}
}

// checkItem wants one error at an item, or none if item is empty.
func checkItem(t *testing.T, ps option.Problems, text, flag, item, canary string) {
	t.Helper()
	switch {
	case item == "" && len(ps) > 0:
		t.Errorf("%s: got %v, want no problem", text, ps)
	case item != "" && (len(ps) != 1 || !strings.HasPrefix(ps[0].Name, flag+item)):
		t.Errorf("%s: got %v, want one problem at %s%s", text, ps, flag, item)
	case item != "" && strings.Contains(ps[0].Error(), canary):
		t.Errorf("%s: the problem shows a value: %v", text, ps[0])
	}
}

func TestUUID(t *testing.T) {
	t.Parallel()
	const text = "11111111-2222-4333-8444-55555555abcd"
	var u values.UUID
	if err := u.UnmarshalText([]byte(strings.ToUpper(text))); err != nil || u.String() != text {
		t.Errorf("reading %s gives %s and %v, want it back in lower case", strings.ToUpper(text), u, err)
	}
	for _, bad := range []string{"", "x", text + "0", strings.ReplaceAll(text, "-", ""), strings.ReplaceAll(text, "-", "_"), strings.Replace(text, "a", "g", 1)} {
		if err := u.UnmarshalText([]byte(bad)); err == nil || bad != "" && strings.Contains(err.Error(), bad) && len(bad) > 1 {
			t.Errorf("reading %q gives %v, want an error without the text", bad, err)
		}
	}
}
