package values_test

import (
	"testing"

	"github.com/strataconf/strata/option/optiontest"
	"github.com/strataconf/strata/values"
)

// The rest of optiontest.Run, every source and every refusal, is in the tests
// of package load, where a fault of it is most likely.
func TestEveryOption(t *testing.T) {
	t.Parallel()
	cfg := values.Config(develHost)
	optiontest.Builds(t, cfg)
	optiontest.Prose(t, cfg)
	optiontest.Defaults(t, cfg)
	optiontest.RoundTrip(t, cfg)
	optiontest.Secrets(t, cfg)
}
