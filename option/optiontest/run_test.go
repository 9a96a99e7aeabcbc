package optiontest_test

import (
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/optiontest"
	"github.com/strataconf/strata/values"
)

func TestDeployment(t *testing.T) {
	t.Parallel()
	optiontest.Run(t, values.Config(option.Host{Version: "v0.0.0", CacheDir: "/var/cache/coder", StateDir: "/var/lib/coder"}))
}
