package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// spoofed are the headers that are said to name a host, or that a framework
// somewhere takes for it.
var spoofed = []string{
	"X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Scheme", "X-Forwarded-Server", "X-Forwarded-For",
	"Forwarded", "X-Host", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Host-Override", "Front-End-Https", "Referer", "Origin",
}

// TestLocationsStayOnHost sends spoofed hosts and headers to running servers,
// which send nobody to another host.
func TestLocationsStayOnHost(t *testing.T) {
	t.Parallel()
	const access = "--access-url=https://app.test"
	trust := []string{"--proxy-trusted-origins=127.0.0.0/8", "--proxy-trusted-headers=X-Forwarded-For,Forwarded"}
	type target struct {
		*booted
		home string // "" is the server itself: a Location has no host
	}
	var targets []target
	for _, c := range []struct {
		home string
		args []string
	}{
		{"", nil},
		{"", append(trust, access)},
		{"app.test", []string{access, "--redirect-to-access-url"}},
		{"app.test", append(trust, access, "--redirect-to-access-url")},
		{"app.test", append(trust, access, "--redirect-to-access-url", "--tls-enable")},
	} {
		targets = append(targets, target{boot(t, "", nil, append(c.args, "--log-human=", "--dangerous-disable-rate-limits", "--swagger-enable")...), c.home})
	}
	hosts := rapid.OneOf(rapid.SampledFrom([]string{
		"app.test", "APP.test:443", "evil.test", "app.test.evil.test", "app.test@evil.test", "evil.test#app.test", "//evil.test", "https://evil.test", "https",
		"http", "127.0.0.1", "[::1]", "", ":", "evil.test, app.test", "for=1.2.3.4;host=evil.test;proto=https", "evil.test\r", "app.test\t.evil.test",
	}), rapid.String())
	paths := rapid.OneOf(rapid.SampledFrom([]string{
		"/", "//evil.test", "//evil.test/..", "///evil.test", `/\evil.test`, "/.//evil.test", "/..//evil.test/%2e%2e", "/%2f%2fevil.test", "/%5cevil.test", "/@evil.test",
		"http://evil.test/", "http://evil.test//app.test", "https://evil.test/swagger", "//evil.test/swagger", "/swagger", "/swagger/", "/swagger/..//evil.test", "*",
		"/api/v2", "/api/v2//", "/api//v2/buildinfo", "/a?//evil.test", "/%0d%0aLocation:%20https://evil.test", "/?%0a", "?", "/;@evil.test", "/ HTTP/1.1",
	}), rapid.Map(rapid.String(), func(s string) string { return "/" + s }))
	oneLine := strings.NewReplacer("\n", "") // it would be another request
	asked := rapid.OneOf(rapid.SampledFrom([]string{"evil.test", "app.test.evil.test", "app.test", "app.test:80", "evil.test:443"}), hosts)
	for _, at := range targets {
		resp := at.get("/a?b", "Host", "evil.test") // so that it can be told that those of the draws get somewhere
		want(t, resp.Header.Get("Location"), map[string]string{"": "", "app.test": "https://app.test/a?b"}[at.home])
	}
	one := func(t *rapid.T) {
		at := rapid.SampledFrom(targets).Draw(t, "server")
		var request strings.Builder
		request.WriteString("GET " + oneLine.Replace(paths.Draw(t, "path")) + " HTTP/1.1\r\nConnection: close\r\n")
		for range rapid.SampledFrom([]int{1, 1, 1, 1, 1, 1, 0, 2}).Draw(t, "hosts") {
			request.WriteString("Host: " + oneLine.Replace(asked.Draw(t, "host")) + "\r\n")
		}
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(spoofed), 0, 5).Draw(t, "headers") {
			request.WriteString(name + ": " + oneLine.Replace(hosts.Draw(t, name)) + "\r\n")
		}
		w := at.wire().send(request.String(), "\r\n")
		defer w.Close()
		resp, err := http.ReadResponse(w.r, nil)
		if err != nil {
			t.Fatalf("%q: %v", request.String(), err)
		}
		_ = resp.Body.Close()
		for _, location := range resp.Header.Values("Location") {
			to, err := url.Parse(location)
			path, _, _ := strings.Cut(location, "?") // in which browsers take a backslash for a slash
			if err != nil || to.Host != at.home || to.User != nil || at.home != "" && to.Scheme != "https" || strings.ContainsAny(location, "\r\n\t ") || strings.Contains(path, `\`) {
				t.Fatalf("%q: got Location %q, want one on %q", request.String(), location, at.home)
			}
		}
	}
	each := 25
	if soak() {
		each = 5 // the checks are many then, and each leaves a port taken for a while
	}
	rapid.Check(t, func(t *rapid.T) {
		for range each {
			one(t)
		}
	})
}
