package values

import (
	"time"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Retention says how long records are kept. Zero keeps them forever.
type Retention struct {
	AuditLogs          time.Duration `json:"audit_logs"`
	ConnectionLogs     time.Duration `json:"connection_logs"`
	APIKeys            time.Duration `json:"api_keys"`
	WorkspaceAgentLogs time.Duration `json:"workspace_agent_logs"`
}

func retentionTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Retention, Rows: []option.Option{
		{
			Name: "Audit Logs Retention", Flag: "audit-logs-retention", YAML: "audit_logs",
			Value: kind.Duration(&v.Retention.AuditLogs, kind.NonNegative[time.Duration]()), Default: "0",
			Effect: option.EffectEmbedder, Example: "365d",
			Help: "Age at which entries of the audit log, the record of who changed what, are deleted. Zero keeps them " +
				"forever.",
		},
		{
			Name: "Connection Logs Retention", Flag: "connection-logs-retention", YAML: "connection_logs",
			Value: kind.Duration(&v.Retention.ConnectionLogs, kind.NonNegative[time.Duration]()), Default: "0",
			Effect: option.EffectEmbedder, Example: "90d",
			Help: "Age at which records of who connected to which workspace are deleted. Zero keeps them forever.",
		},
		{
			Name: "API Keys Retention", Flag: "api-keys-retention", YAML: "api_keys",
			Value: kind.Duration(&v.Retention.APIKeys, kind.NonNegative[time.Duration]()), Default: "7d",
			Help: "Time for which a token is remembered after it ran out, so that whoever uses it can be told why it fails. " +
				"Zero keeps it forever.",
		},
		{
			Name: "Workspace Agent Logs Retention", Flag: "workspace-agent-logs-retention", YAML: "workspace_agent_logs",
			Value: kind.Duration(&v.Retention.WorkspaceAgentLogs, kind.NonNegative[time.Duration]()), Default: "7d",
			Effect: option.EffectEmbedder,
			Help: "Age at which the logs that agents wrote while their workspaces started are deleted. Zero keeps them " +
				"forever.",
		},
	}}
}
