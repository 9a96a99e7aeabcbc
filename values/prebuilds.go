package values

import (
	"time"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Prebuilds says how workspaces are kept ready ahead of demand.
type Prebuilds struct {
	ReconciliationInterval        time.Duration `json:"reconciliation_interval"`
	ReconciliationBackoffInterval time.Duration `json:"reconciliation_backoff_interval"`
	ReconciliationBackoffLookback time.Duration `json:"reconciliation_backoff_lookback"`
	FailureHardLimit              int64         `json:"failure_hard_limit"`
}

func prebuildsTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Prebuilds, Rows: []option.Option{
		{
			Name: "Reconciliation Interval", Flag: "workspace-prebuilds-reconciliation-interval", YAML: "reconciliation_interval",
			Value: kind.Duration(&v.Prebuilds.ReconciliationInterval, kind.NonNegative[time.Duration]()), Default: "1m0s",
			Effect: option.EffectEmbedder,
			Help:   "Time between two comparisons of the workspaces kept ready with the number that templates ask for.",
		},
		{
			Name: "Reconciliation Backoff Interval", Flag: "workspace-prebuilds-reconciliation-backoff-interval", YAML: "reconciliation_backoff_interval",
			Value: kind.Duration(&v.Prebuilds.ReconciliationBackoffInterval, kind.NonNegative[time.Duration]()), Default: "1m0s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Time by which the next try is put off for each build that failed within " +
				"--workspace-prebuilds-reconciliation-backoff-lookback-period.",
		},
		{
			Name: "Reconciliation Backoff Lookback Period", Flag: "workspace-prebuilds-reconciliation-backoff-lookback-period", YAML: "reconciliation_backoff_lookback_period",
			Value: kind.Duration(&v.Prebuilds.ReconciliationBackoffLookback, kind.NonNegative[time.Duration]()), Default: "1h0m0s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Stretch of the past in which failed builds are counted to decide how long to wait before the next try.",
		},
		{
			Name: "Failure Hard Limit", Flag: "workspace-prebuilds-failure-hard-limit", YAML: "failure_hard_limit",
			Value: kind.Int(&v.Prebuilds.FailureHardLimit, kind.NonNegative[int64]()), Default: "3",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Failed builds in a row after which a preset of a template gets no more workspaces ahead of demand. Zero " +
				"never gives up.",
		},
	}}
}
