package httpapi_test

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/option"
)

func TestConfigIsKeptByClients(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	plain, compact := s.get(config, as(ownerToken)), s.get(config+"?shape=compact", as(ownerToken))
	zipped, both := s.get(config, as(ownerToken), "Accept-Encoding: gzip"), s.get(config+"?shape=compact", as(ownerToken), "Accept-Encoding: br, gzip;q=0.5")
	tags := map[string]bool{}
	for _, w := range []*httptest.ResponseRecorder{plain, compact, zipped, both} {
		h := w.Header()
		tag := h.Get("ETag")
		if tags[tag] = true; !strings.HasPrefix(tag, `"`) {
			t.Errorf("got ETag %s, want a strong one", tag)
		}
		if h.Get("Cache-Control") != "private, no-cache" || h.Get("Vary") != "Accept, Accept-Encoding" {
			t.Errorf("got Cache-Control %q and Vary %q", h.Get("Cache-Control"), h.Get("Vary"))
		}
	}
	if len(tags) != 4 {
		t.Errorf("two shapes in two encodings have %d tags, want 4: %v", len(tags), tags)
	}
	if !bytes.Equal(unzipped(t, zipped), plain.Body.Bytes()) || !bytes.Equal(unzipped(t, both), compact.Body.Bytes()) {
		t.Error("the compressed bodies are not those of the plain ones")
	}
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() > plain.Body.Len()/3 {
		t.Errorf("the compressed body has encoding %q and %d of %d bytes", zipped.Header().Get("Content-Encoding"), zipped.Body.Len(), plain.Body.Len())
	}
	tag, zippedTag := plain.Header().Get("ETag"), zipped.Header().Get("ETag")
	for _, c := range []struct {
		ifNoneMatch, encoding string
		status                int
	}{
		{tag, "", 304},
		{"W/" + tag, "", 304},
		{`"x", ` + tag, "", 304},
		{"*", "", 304},
		{zippedTag, "gzip", 304},
		{`"x"`, "", 200},
		{`"a,*,b"`, "", 200},
		{`"a", *`, "", 200},
		{strings.Trim(tag, `"`), "", 200},
		{tag, "gzip", 200},
		{zippedTag, "", 200},
		{compact.Header().Get("ETag"), "", 200},
	} {
		w := s.get(config, as(ownerToken), "If-None-Match: "+c.ifNoneMatch, "Accept-Encoding: "+c.encoding)
		if w.Code != c.status {
			t.Errorf("If-None-Match %s with encoding %q: status %d, want %d", c.ifNoneMatch, c.encoding, w.Code, c.status)
		}
		if w.Code == 304 && (w.Body.Len() > 0 || w.Header().Get("ETag") == "" || w.Header().Get("Content-Type") != "" || w.Header().Get("Content-Length") != "") {
			t.Errorf("If-None-Match %s: a 304 with %d bytes and headers %v", c.ifNoneMatch, w.Body.Len(), w.Header())
		}
	}
	if w := s.get(config, as(memberToken), "If-None-Match: *"); w.Code != 403 {
		t.Errorf("a member with a tag: status %d, want 403", w.Code)
	}
	head := s.do("HEAD", config, "", as(ownerToken))
	if head.Body.Len() > 0 || head.Header().Get("ETag") != tag || head.Header().Get("Content-Length") != plain.Header().Get("Content-Length") {
		t.Errorf("HEAD has %d bytes and headers %v, want those of GET", head.Body.Len(), head.Header())
	}
}

func TestAcceptEncoding(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for value, want := range map[string]bool{
		"gzip": true, "GZIP": true, "deflate, gzip": true, "gzip;q=0.001": true, "*": true, "br;q=1, *;q=0.1": true,
		"": false, "identity": false, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0, *": false, "*;q=0": false, "xgzip": false, "gzip;q=x": false, "gzip;q=": false, "gzip;a=b;q=0": false,
	} {
		if got := s.get(config, as(ownerToken), "Accept-Encoding: "+value).Header().Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("Accept-Encoding %q: compressed %t, want %t", value, got, want)
		}
	}
}

func TestConfigFollowsTheSettings(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	before := s.get(config, as(ownerToken))
	s.set(func() { s.redacted = configuration(t, "ssh-hostname-prefix", "changed.") })
	after := s.get(config, as(ownerToken))
	if before.Header().Get("ETag") == after.Header().Get("ETag") || !strings.Contains(after.Body.String(), "changed.") {
		t.Error("other settings have the same answer, want another")
	}
	// Replicas with the same settings have the same tag.
	s.set(func() { s.redacted = configuration(t, "ssh-hostname-prefix", "changed.") })
	if again := s.get(config, as(ownerToken)); again.Header().Get("ETag") != after.Header().Get("ETag") {
		t.Error("the same settings, resolved again, have another tag")
	}
}

func TestConfigIsOneSnapshot(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	each := []*option.Redacted{configuration(t, "ssh-hostname-prefix", "one."), configuration(t, "ssh-hostname-prefix", "two.")}
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for j := range 25 {
				s.set(func() { s.redacted = each[(i+j)%2] })
				w := s.get(config, as(ownerToken))
				text := w.Body.String()
				if strings.Contains(text, `"one."`) == strings.Contains(text, `"two."`) {
					t.Error("an answer is of two snapshots")
				}
			}
		})
	}
	all.Wait()
}

// A mistake in the Config of a programmer is told by New.
func TestNewRefuses(t *testing.T) {
	t.Parallel()
	if _, err := httpapi.New(httpapi.Config{}); err == nil {
		t.Error("an empty Config: got no error")
	}
	s := newSite(t)
	for _, access := range []string{"ftp://x", "https://", "x", "http://[", "//x"} {
		_, err := httpapi.New(httpapi.Config{Settings: s.world, Tokens: s.world, Users: s.world, Stats: s.world, Now: s.Now, AccessURL: access})
		if err == nil || strings.Contains(err.Error(), "ftp") {
			t.Errorf("AccessURL %q: got error %v, want one without it", access, err)
		}
	}
}
