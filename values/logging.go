package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Logging says where log entries go, and which of the fine ones are kept.
type Logging struct {
	Filter      []string `json:"log_filter"`
	Human       string   `json:"human"`
	JSON        string   `json:"json"`
	Stackdriver string   `json:"stackdriver"`
}

// LogDetail is what the API keeps at the top about how much is logged.
type LogDetail struct {
	Verbose                  bool `json:"verbose"`
	EnableTerraformDebugMode bool `json:"enable_terraform_debug_mode"`
}

func loggingTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.IntrospectionLogging, Rows: []option.Option{
		{
			Name: "Verbose", Flag: "verbose", Short: "v", YAML: "verbose",
			Value:      kind.Bool(&v.Verbose),
			UseInstead: []string{"log-filter"},
			Hidden:     true, Annotations: forProxies,
			Help: "Older switch that turned on every debug entry of the log. --log-filter chooses them by pattern; .* there " +
				"does the same.",
		},
		{
			Name: "Log Filter", Flag: "log-filter", Short: "l", YAML: "filter",
			Value:   kind.Strings(&v.Logging.Filter, kind.RE2()),
			Example: ".*",
			Help: "Regular expressions that choose which debug entries are logged, by the name of the logger or the " +
				"message. The pattern .* lets all of them through.",
		},
		{
			Name: "Human Log Location", Flag: "log-human", Env: "LOGGING_HUMAN", YAML: "humanPath",
			Value: kind.File(&v.Logging.Human), Default: "/dev/stderr",
			Annotations: forProxies, Complete: option.HintFile,
			Help: "File that gets log entries in a form for people to read. Empty text turns this form off.",
		},
		{
			Name: "JSON Log Location", Flag: "log-json", Env: "LOGGING_JSON", YAML: "jsonPath",
			Value:       kind.File(&v.Logging.JSON),
			Annotations: forProxies, Complete: option.HintFile, Example: "/var/log/coder.json",
			Help: "File that gets log entries as one JSON object a line, for collectors. Empty text turns this form off.",
		},
		{
			Name: "Stackdriver Log Location", Flag: "log-stackdriver", Env: "LOGGING_STACKDRIVER", YAML: "stackdriverPath",
			Value:       kind.File(&v.Logging.Stackdriver),
			Annotations: forProxies, Complete: option.HintFile,
			Help: "File that gets log entries as JSON with the field names that Google Cloud Logging expects. Empty text " +
				"turns this form off.",
		},
		{
			Name: "Enable Terraform debug mode", Flag: "enable-terraform-debug-mode", YAML: "enableTerraformDebugMode",
			Value: kind.Bool(&v.EnableTerraformDebugMode), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Show the debug output of Terraform in the log of every build. It may hold secrets that templates use, so " +
				"keep it for hunting a fault.",
		},
	}}
}
