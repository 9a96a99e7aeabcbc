package values

import (
	"slices"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
)

// DeploymentValues is the whole configuration of a server. The JSON tags are
// the config tree of the API: a part whose fields stand at the top there is
// embedded, any other is named.
type DeploymentValues struct {
	Networking
	HTTP
	HSTS
	LogDetail
	Client
	ConfigFile
	Database
	Service
	Workspaces
	Access

	TLS                    TLS                  `json:"tls"`
	DERP                   DERP                 `json:"derp"`
	StatsCollection        StatsCollection      `json:"stats_collection"`
	Prometheus             Prometheus           `json:"prometheus"`
	Pprof                  Pprof                `json:"pprof"`
	Trace                  Trace                `json:"trace"`
	Logging                Logging              `json:"logging"`
	HealthCheck            HealthCheck          `json:"healthcheck"`
	OAuth2                 OAuth2               `json:"oauth2"`
	OIDC                   OIDC                 `json:"oidc"`
	Telemetry              Telemetry            `json:"telemetry"`
	Provisioner            Provisioner          `json:"provisioner"`
	RateLimit              RateLimit            `json:"rate_limit"`
	UserQuietHoursSchedule QuietHours           `json:"user_quiet_hours_schedule"`
	Dangerous              Dangerous            `json:"dangerous"`
	Notifications          Notifications        `json:"notifications"`
	Prebuilds              Prebuilds            `json:"workspace_prebuilds"`
	AI                     AI                   `json:"ai"`
	Retention              Retention            `json:"retention"`
	ExternalAuth           []ExternalAuthConfig `json:"external_auth"`
}

// Tables returns every row, pointing into v: first those outside all groups,
// then in the order of [groups.All]. It is a function, as a method would be
// promoted into the struct of a program that embeds DeploymentValues.
func Tables(v *DeploymentValues) []option.Table {
	return []option.Table{
		workspacesTable(v),
		accessTable(v),
		sessionsTable(v),
		rateLimitTable(v),
		serviceTable(v),
		supportTable(v),
		externalAuthTable(v),
		databaseTable(v),

		networkingTable(v),
		tlsTable(v),
		httpTable(v),
		derpTable(v),
		pprofTable(v),
		usageStatsTable(v),
		prometheusTable(v),
		tracingTable(v),
		loggingTable(v),
		healthCheckTable(v),
		githubTable(v),
		oidcTable(v),
		telemetryTable(v),
		provisioningTable(v),
		quietHoursTable(v),
		dangerousTable(v),
		clientTable(v),
		configTable(v),
		emailTable(v),
		emailAuthTable(v),
		emailTLSTable(v),
		notificationsTable(v),
		oldEmailTable(v),
		oldEmailAuthTable(v),
		oldEmailTLSTable(v),
		webhookTable(v),
		prebuildsTable(v),
		inboxTable(v),
		aiBridgeTable(v),
		aiBridgeProxyTable(v),
		retentionTable(v),
	}
}

// Tombstones returns the names that older files and command lines may still
// have, each with the option that took over.
func Tombstones() []option.Tombstone {
	return []option.Tombstone{{
		Flag: "template-insights-enable", Env: "TEMPLATE_INSIGHTS_ENABLE", YAML: "introspection.templateInsights.enable",
		UseInstead: "stats-collection-usage-stats-enable",
	}}
}

// ClientVariables returns the variables, less their prefix, that belong to
// programs on people's machines and may well be set where a server starts.
func ClientVariables() []string { return slices.Clone(clientVariables) }

var clientVariables = []string{"URL", "SESSION_TOKEN", "CONFIG_DIR"}

// Config returns what [option.Build] needs for a server on the host. A program
// that embeds DeploymentValues starts from its parts instead.
func Config(host option.Host) option.Config[DeploymentValues] {
	return option.Config[DeploymentValues]{
		Program:    "coder",
		EnvPrefix:  "CODER_",
		Host:       host,
		Tables:     Tables,
		Groups:     groups.All(),
		Tombstones: Tombstones(),
		Foreign:    ClientVariables(),
		ConfigFlag: "config",
		Checks:     Checks(),
	}
}

// Build returns the registry of a server on the host. The error is an
// [*option.TableError], which only a change of the tables can cause.
func Build(host option.Host) (*option.Registry[DeploymentValues], error) {
	return option.Build(Config(host))
}

// Annotations that many rows share: forProxies of those that external
// workspace proxies read as well, enterprise of those that need a license.
var (
	forProxies = option.Annotations{"external_workspace_proxies": "true"}
	enterprise = option.Annotations{"enterprise": "true"}
)
