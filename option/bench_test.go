package option_test

import (
	"sync/atomic"
	"testing"

	"github.com/strataconf/strata/option"
)

// BenchmarkRead reads one value on a hot path: of a snapshot at hand, and of
// the current one behind an atomic pointer, as a server that reloads holds it.
func BenchmarkRead(b *testing.B) {
	r := build(b)
	s, ps := r.Resolve(layers(flag(r, 1, "workers", "7")))
	if ps.Err() != nil {
		b.Fatal(ps)
	}
	var current atomic.Pointer[option.Snapshot[toy]]
	current.Store(s)
	sum := int64(0)
	b.Run("field", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sum += s.View().Workers
		}
	})
	b.Run("current", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sum += current.Load().View().Workers
		}
	})
	if sum == 0 {
		b.Fatal("nothing was read")
	}
}

// BenchmarkResolve is the pure function alone: layers in, snapshot out.
func BenchmarkResolve(b *testing.B) {
	r := build(b)
	in := layers(flag(r, 1, "workers", "7"), env(r, "wait", "3s"), file(r, 2, "tls-ciphers", "x,y"), file(r, 3, "mail-from", "me"))
	b.ReportAllocs()
	for b.Loop() {
		if s, ps := r.Resolve(in); s == nil {
			b.Fatal(ps)
		}
	}
}

// BenchmarkBody encodes what the API serves for the toy.
func BenchmarkBody(b *testing.B) {
	r := build(b)
	s, _ := r.Resolve(nil)
	safe := s.Redact()
	var body []byte
	b.ReportAllocs()
	for b.Loop() {
		body = safe.AppendBody(body[:0], option.ShapeFull)
	}
	b.SetBytes(int64(len(body)))
}
