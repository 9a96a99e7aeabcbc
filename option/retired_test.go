package option_test

import (
	"testing"

	"github.com/strataconf/strata/option"
)

// TestRetired: the hint spells what took over as the asking source does, and
// then as the others do.
func TestRetired(t *testing.T) {
	t.Parallel()
	r := adapted(t, nil, option.Change("wait", func(o *option.Option) { o.Env, o.YAML = option.None, "" }))
	for _, c := range []struct {
		successor string
		source    option.Source
		hint      string
	}{
		{"tls-enable", option.SourceFlag, "use --tls-enable, elsewhere TOY_TLS_ENABLE or net.tls.enable"},
		{"tls-enable", option.SourceEnv, "use TOY_TLS_ENABLE, elsewhere --tls-enable or net.tls.enable"},
		{"tls-enable", option.SourceYAML, "use net.tls.enable, elsewhere --tls-enable or TOY_TLS_ENABLE"},
		{"key", option.SourceFlag, "use --key, elsewhere TOY_KEY"},
		{"key", option.SourceEnv, "use TOY_KEY, elsewhere --key"},
		{"key", option.SourceYAML, "use --key, elsewhere TOY_KEY"},
		{"wait", option.SourceFlag, "use --wait"},
		{"wait", option.SourceEnv, "use --wait"},
		{"", option.SourceFlag, "remove it"},
	} {
		p := r.Retired(&option.Tombstone{Flag: "was", UseInstead: c.successor}, c.source)
		if p.Hint != c.hint || p.Reason != "retired" || p.Option != r.ByFlag(c.successor) {
			t.Errorf("%s in %s: got %v, want %s", c.successor, c.source, p, c.hint)
		}
	}
}
