package values_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

func TestOlderAddressStandsForItsSuccessors(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	const https, http = "127.0.0.1:3443", "127.0.0.1:3000"
	tests := []struct{ name, in, https, http string }{
		{"unset", "", https, http},
		{"TLS off", "address=:1", https, ":1"},
		{"TLS on", "address=:1 tls-enable=true", ":1", ""},
		{"TLS on above", "address=:1 --tls-enable=true", ":1", ""},
		{"explicit HTTP", "address=:1 http-address=:2", https, ":2"},
		{"explicit HTTP with TLS", "address=:1 http-address=:2 tls-enable=true", ":1", ":2"},
		{"explicit TLS", "address=:1 $tls-address=:2 tls-enable=true", ":2", ""},
		{"above an explicit one", "--address=:1 http-address=:2", https, ":1"},
	}
	for _, tt := range tests {
		s, ps := r.Resolve(settings(r, strings.Fields(tt.in)...))
		if s == nil {
			t.Errorf("%s: %v", tt.name, ps)
			continue
		}
		v := s.View()
		if v.TLS.Address.String() != tt.https || v.HTTPAddress != tt.http {
			t.Errorf("%s: addresses are %q and %q, want %q for HTTPS and %q for HTTP", tt.name, v.TLS.Address, v.HTTPAddress, tt.https, tt.http)
		}
	}
}

func TestOlderRedirectStandsForItsSuccessor(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	tests := []struct {
		in   string
		want bool
	}{
		{"", false},
		{"$tls-redirect-http-to-https=true", true},
		{"$tls-redirect-http-to-https=true redirect-to-access-url=false", true},
		{"$tls-redirect-http-to-https=true $redirect-to-access-url=false", false},
		{"$tls-redirect-http-to-https=false redirect-to-access-url=true", false},
	}
	for _, tt := range tests {
		s, ps := r.Resolve(settings(r, strings.Fields(tt.in)...))
		if s == nil {
			t.Errorf("%s: %v", tt.in, ps)
			continue
		}
		if got := s.View().RedirectToAccessURL; got != tt.want {
			t.Errorf("%s: requests are redirected: %t, want %t", tt.in, got, tt.want)
		}
	}
}

func TestDeprecationNamesBothAddresses(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	_, ps := r.Resolve(settings(r, "--address=:1"))
	if len(ps) != 1 || ps[0].Severity != option.Warning || !strings.Contains(ps[0].Hint, "--http-address") || !strings.Contains(ps[0].Hint, "--tls-address") {
		t.Errorf("--address gives %v, want one warning that names --http-address and --tls-address", ps)
	}
}
