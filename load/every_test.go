package load_test

import (
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/optiontest"
	"github.com/strataconf/strata/values"
)

func deploymentConfig() option.Config[values.DeploymentValues] {
	return values.Config(option.Host{Version: "v0.0.0", CacheDir: "/var/cache/coder", StateDir: "/var/lib/coder"})
}

func TestEveryOptionFromEverySource(t *testing.T) {
	t.Parallel()
	optiontest.Sources(t, deploymentConfig())
}

func TestEveryOptionRefusesFromEverySource(t *testing.T) {
	t.Parallel()
	optiontest.Refusals(t, deploymentConfig())
}
