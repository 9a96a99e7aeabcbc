package values

import (
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Workspaces holds limits and habits of workspaces that stand outside every
// group. The API keeps these fields at the top.
type Workspaces struct {
	AutobuildPollInterval           time.Duration `json:"autobuild_poll_interval"`
	JobReaperDetectInterval         time.Duration `json:"job_hang_detector_interval"`
	SSHKeygenAlgorithm              string        `json:"ssh_keygen_algorithm"`
	MetricsCacheRefreshInterval     time.Duration `json:"metrics_cache_refresh_interval"`
	AgentStatRefreshInterval        time.Duration `json:"agent_stat_refresh_interval"`
	AgentFallbackTroubleshootingURL kind.URL      `json:"agent_fallback_troubleshooting_url"`
	DisablePathApps                 bool          `json:"disable_path_apps"`
	DisableOwnerWorkspaceAccess     bool          `json:"disable_owner_workspace_exec"`
	DisableWorkspaceSharing         bool          `json:"disable_workspace_sharing"`
	AllowWorkspaceRenames           bool          `json:"allow_workspace_renames"`
	WgtunnelHost                    string        `json:"wgtunnel_host"`
}

// Access holds how other systems and auditors see the deployment. The API keeps
// these fields at the top.
type Access struct {
	SCIMAPIKey           kind.Secret `json:"scim_api_key"`
	EnableAuthzRecording bool        `json:"enable_authz_recording"`
}

func workspacesTable(v *DeploymentValues) option.Table {
	return option.Table{Rows: []option.Option{
		{
			Name: "Autobuild Poll Interval", Flag: "autobuild-poll-interval", YAML: "autobuildPollInterval",
			Value: kind.Duration(&v.AutobuildPollInterval, kind.NonNegative[time.Duration]()), Default: "1m0s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Time between two looks for workspaces that are due to start or stop by their schedule.",
		},
		{
			Name: "Job Reaper Detect Interval", Flag: "job-hang-detector-interval", YAML: "jobHangDetectorInterval",
			Value: kind.Duration(&v.JobReaperDetectInterval, kind.NonNegative[time.Duration]()), Default: "1m0s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Time between two looks for builds that no longer report and must be ended, so that their workspaces can " +
				"be used again.",
		},
		{
			Name: "SSH Keygen Algorithm", Flag: "ssh-keygen-algorithm", YAML: "sshKeygenAlgorithm",
			Value: kind.Enum(&v.SSHKeygenAlgorithm, "ed25519", "ecdsa", "rsa4096"), Default: "ed25519",
			Effect: option.EffectEmbedder,
			Help: "Algorithm of the SSH key that is made for each new person, for use with Git in their workspaces. " +
				"Existing keys stay as they are.",
		},
		{
			Name: "Metrics Cache Refresh Interval", Flag: "metrics-cache-refresh-interval",
			Value: kind.Duration(&v.MetricsCacheRefreshInterval, kind.NonNegative[time.Duration]()), Default: "4h0m0s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Time for which figures that are dear to compute, such as daily active users, are kept before they are " +
				"computed again.",
		},
		{
			Name: "Agent Stat Refresh Interval", Flag: "agent-stats-refresh-interval",
			Value: kind.Duration(&v.AgentStatRefreshInterval, kind.NonNegative[time.Duration]()), Default: "30s",
			Hidden: true,
			Help: "Time between two reports of a workspace's agent on its connections and traffic, and between two " +
				"computations of deployment stats.",
		},
		{
			Name: "Agent Fallback Troubleshooting URL", Flag: "agent-fallback-troubleshooting-url", YAML: "agentFallbackTroubleshootingURL",
			Value: kind.URLOf(&v.AgentFallbackTroubleshootingURL, kind.Schemes("http", "https"), kind.NeedHost(), kind.PublicLink()), Default: "https://coder.com/docs/admin/templates/troubleshooting",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Page with advice that people are sent to when the agent of a workspace does not connect and its template " +
				"names no other.",
		},
		{
			Name: "Disable Path Apps", Flag: "disable-path-apps", YAML: "disablePathApps",
			Value:       kind.Bool(&v.DisablePathApps),
			Annotations: forProxies, Effect: option.EffectEmbedder,
			Help: "Refuse applications of workspaces that are served on a path of --access-url, where they share cookies " +
				"with the page. Those on hosts of --wildcard-access-url stay.",
		},
		{
			Name: "Disable Owner Workspace Access", Flag: "disable-owner-workspace-access", YAML: "disableOwnerWorkspaceAccess",
			Value:       kind.Bool(&v.DisableOwnerWorkspaceAccess),
			Annotations: forProxies, Effect: option.EffectEmbedder,
			Help: "Keep owners of the deployment out of other people's workspaces: no terminal, no SSH and no applications.",
		},
		{
			Name: "Disable Workspace Sharing", Flag: "disable-workspace-sharing", YAML: "disableWorkspaceSharing",
			Value:  kind.Bool(&v.DisableWorkspaceSharing),
			Effect: option.EffectEmbedder,
			Help:   "Keep people from giving others access to a workspace of their own, in the whole deployment.",
		},
		{
			Name: "Custom wgtunnel Host", Flag: "wg-tunnel-host", Env: option.Absolute("WGTUNNEL_HOST"), YAML: "wgtunnelHost",
			Value:  kind.String(&v.WgtunnelHost, kind.NoSpace()),
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Server that lends a public address by a WireGuard tunnel to a deployment without --access-url.",
		},
		{
			Name: "Allow Workspace Renames", Flag: "allow-workspace-renames", YAML: "allowWorkspaceRenames",
			Value: kind.Bool(&v.AllowWorkspaceRenames), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Let people rename their workspaces. A template that uses the name for its resources may then lose a " +
				"disk, with the data on it.",
		},
	}}
}

func accessTable(v *DeploymentValues) option.Table {
	return option.Table{Rows: []option.Option{
		{
			Name: "SCIM API Key", Flag: "scim-auth-header",
			Value:       kind.SecretOf(&v.SCIMAPIKey),
			Annotations: enterprise, Effect: option.EffectEmbedder,
			Help: "Secret by which the identity provider proves itself when it makes and suspends accounts by SCIM. Without " +
				"one SCIM is off.",
		},
		{
			Name: "Enable Authorization Recordings", Flag: "enable-authz-recordings",
			Value: kind.Bool(&v.EnableAuthzRecording), Default: "false",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Record every decision on permissions that a request needs and return them in its answer, to find out why " +
				"it was refused. It slows the server down.",
		},
	}}
}
