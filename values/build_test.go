package values_test

import (
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// Two machines with fixed answers: a build from a release tag, and another.
var (
	releaseHost = option.Host{Version: "v1.2.3", Release: true, CacheDir: "~/.cache/coder", StateDir: "~/.config/coder"}
	develHost   = option.Host{Version: "v0.0.0-devel+abc", CacheDir: "~/.cache/coder", StateDir: "~/.config/coder"}
)

func build(t testing.TB, h option.Host) *option.Registry[values.DeploymentValues] {
	t.Helper()
	r, err := values.Build(h)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDefaultsResolveQuietly(t *testing.T) {
	t.Parallel()
	for _, h := range []option.Host{releaseHost, develHost} {
		s, problems := build(t, h).Resolve(nil)
		if s == nil || len(problems) > 0 {
			t.Errorf("the defaults of host %+v resolve with %v, want no problem", h, problems)
		}
	}
}

func TestComputedDefaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		flag, name string
		host       option.Host
		want       string
	}{
		{"docs-url", "devel", develHost, "https://coder.com/docs"},
		{"docs-url", "release", releaseHost, "https://coder.com/docs/@v1.2.3"},
		{"docs-url", "release candidate", option.Host{Release: true, Version: "v1.2.3-rc.1+abc"}, "https://coder.com/docs/@v1.2.3"},
		{"telemetry", "release", releaseHost, "true"},
		{"telemetry", "devel", develHost, "true"},
		{"telemetry", "testing", option.Host{Testing: true}, "false"},
		{"update-check", "release", releaseHost, "true"},
		{"update-check", "devel", develHost, "false"},
		{"update-check", "release under test", option.Host{Release: true, Version: "v1.2.3", Testing: true}, "false"},
		{"cache-dir", "any", develHost, "~/.cache/coder"},
	}
	for _, tt := range tests {
		if got := build(t, tt.host).ByFlag(tt.flag).Default; got != tt.want {
			t.Errorf("default of --%s on host %q is %q, want %q", tt.flag, tt.name, got, tt.want)
		}
	}
}

func TestComputedDefaultsAreDescribed(t *testing.T) {
	t.Parallel()
	for o := range build(t, develHost).All() {
		if (o.Computed != nil) != (o.DefaultDoc != "") {
			t.Errorf("--%s has Computed %t and DefaultDoc %q, want both or none", o.Flag, o.Computed != nil, o.DefaultDoc)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := values.Build(develHost); err != nil {
			b.Fatal(err)
		}
	}
}

// given is one input for the option of that flag, with a place that differs
// by source.
func given(r *option.Registry[values.DeploymentValues], s option.Source, flag, text string) option.Input {
	o := r.ByFlag(flag)
	at := option.Origin{Source: s, Arg: 3, Name: "--" + flag}
	switch s {
	case option.SourceEnv:
		at = option.Origin{Source: s, Name: string(o.Env)}
	case option.SourceYAML:
		at = option.Origin{Source: s, Name: "coder.yaml", Span: option.Span{Line: 12, Column: 5}}
	}
	return option.Input{Option: o, Origin: at, Raw: option.RawText(text)}
}

func layers(ins ...option.Input) []option.Layer {
	var out []option.Layer
	for _, in := range ins {
		out = append(out, option.Layer{Source: in.Origin.Source, Inputs: []option.Input{in}})
	}
	return out
}

// refused reports whether a single value was refused; cross-checks don't count.
func refused(ps option.Problems) bool {
	for _, p := range ps.Errors() {
		if !p.Cross {
			return true
		}
	}
	return false
}

func BenchmarkResolveDefaults(b *testing.B) {
	r := build(b, develHost)
	b.ReportAllocs()
	for b.Loop() {
		if s, ps := r.Resolve(nil); s == nil {
			b.Fatal(ps)
		}
	}
}
