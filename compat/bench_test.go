package compat_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// BenchmarkUpgrade is all that the question of an upgrade costs once the
// catalog is built: reading the older one, comparing, release notes.
func BenchmarkUpgrade(b *testing.B) {
	reg, err := values.Build(option.Host{Version: "v0.0.0"})
	if err != nil {
		b.Fatal(err)
	}
	var saved bytes.Buffer
	if err := docgen.Catalog(&saved, reg.Catalog); err != nil {
		b.Fatal(err)
	}
	// Each option has another default and another variable.
	text := bytes.ReplaceAll(saved.Bytes(), []byte(`"default": "`), []byte(`"default": "x`))
	text = bytes.ReplaceAll(text, []byte(`"env": "CODER_`), []byte(`"env": "CODER_X`))
	b.ReportAllocs()
	for b.Loop() {
		older, err := compat.Read(text)
		if err != nil {
			b.Fatal(err)
		}
		if err := compat.Compare(older, docgen.List(reg.Catalog)).WriteMarkdown(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
