package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Client is what the server tells the programs on people's machines. The API
// keeps these fields at the top.
type Client struct {
	ConfigSSH               ConfigSSH `json:"config_ssh"`
	WorkspaceHostnameSuffix string    `json:"workspace_hostname_suffix"`
	CLIUpgradeMessage       string    `json:"cli_upgrade_message"`
	WebTerminalRenderer     string    `json:"web_terminal_renderer"`
	HideAITasks             bool      `json:"hide_ai_tasks"`
}

// ConfigSSH goes into the SSH configuration that clients write.
type ConfigSSH struct {
	DeploymentName   string   `json:"deploymentName"`
	SSHConfigOptions []string `json:"sshconfigOptions"`
}

// ConfigFile says where the configuration is read from. The API keeps these
// fields at the top.
type ConfigFile struct {
	Config      string `json:"config"`
	WriteConfig bool   `json:"write_config"`
}

func clientTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Client, Rows: []option.Option{
		{
			Name: "SSH Host Prefix", Flag: "ssh-hostname-prefix", YAML: "sshHostnamePrefix",
			Value: kind.String(&v.ConfigSSH.DeploymentName, kind.NoSpace()), Default: "coder.",
			Example: "coder.",
			Help: "Text before the name of a workspace in host names that SSH on people's machines recognises, as coder. in " +
				"coder.dev.",
		},
		{
			Name: "Workspace Hostname Suffix", Flag: "workspace-hostname-suffix", YAML: "workspaceHostnameSuffix",
			Value: kind.String(&v.WorkspaceHostnameSuffix, kind.NoSpace(), kind.NoLeadingDot()), Default: "coder",
			Example: "coder",
			Help: "Last label of the host names under which people's machines find workspaces, as coder in dev.coder. It " +
				"begins without a dot.",
		},
		{
			Name: "SSH Config Options", Flag: "ssh-config-options", YAML: "sshConfigOptions",
			Value:   kind.Strings(&v.ConfigSSH.SSHConfigOptions, kind.KeyValue()),
			Example: "ForwardAgent=yes",
			Help: "Settings that clients add to their SSH configuration for workspaces, each as key=value or key value; a " +
				"later one wins.",
		},
		{
			Name: "CLI Upgrade Message", Flag: "cli-upgrade-message", YAML: "cliUpgradeMessage",
			Value: kind.String(&v.CLIUpgradeMessage),
			Help: "What the command line prints when its version differs from the server's, instead of its own words. Tell " +
				"people where your installer is.",
		},
		{
			Name: "Web Terminal Renderer", Flag: "web-terminal-renderer", YAML: "webTerminalRenderer",
			Value: kind.Enum(&v.WebTerminalRenderer, "canvas", "webgl", "dom"), Default: "canvas",
			Effect: option.EffectEmbedder,
			Help: "How the terminal on the page is drawn. Change it where the screen flickers or stays empty: webgl is the " +
				"fastest, dom works everywhere.",
		},
		{
			Name: "Hide AI Tasks", Flag: "hide-ai-tasks", YAML: "hideAITasks",
			Value: kind.Bool(&v.HideAITasks), Default: "false",
			Effect: option.EffectEmbedder,
			Help:   "Leave the entry for AI tasks out of the navigation of the page. The tasks themselves go on working.",
		},
	}}
}

func configTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Config, Rows: []option.Option{
		{
			Name: "Config Path", Flag: "config", Short: "c", Env: "CONFIG_PATH",
			Value:    kind.ConfigPath(&v.Config),
			Complete: option.HintFile, Example: "/etc/coder/coder.yaml",
			Help: "YAML file to read options from. A file that is named must exist; the environment and flags both win over " +
				"what it says.",
		},
		{
			Name: "Write Config", Flag: "write-config", Env: option.None,
			Value:       kind.Bool(&v.WriteConfig),
			Annotations: forProxies,
			Help:        "Print the effective configuration as YAML, without its secrets, and exit instead of starting the server.",
		},
	}}
}
