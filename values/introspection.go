package values

import (
	"time"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// StatsCollection says which statistics are gathered.
type StatsCollection struct {
	UsageStats UsageStats `json:"usage_stats"`
}

// UsageStats are the connections, application time and traffic of workspaces.
type UsageStats struct {
	Enable bool `json:"enable"`
}

// Pprof is the server for profiles of the running process.
type Pprof struct {
	Enable  bool          `json:"enable"`
	Address kind.HostPort `json:"address"`
}

// Prometheus is the server for metrics.
type Prometheus struct {
	Enable                bool          `json:"enable"`
	Address               kind.HostPort `json:"address"`
	CollectAgentStats     bool          `json:"collect_agent_stats"`
	AggregateAgentStatsBy []string      `json:"aggregate_agent_stats_by"`
	CollectDBMetrics      bool          `json:"collect_db_metrics"`
}

// Trace says where traces go and what they carry.
type Trace struct {
	Enable          bool        `json:"enable"`
	HoneycombAPIKey kind.Secret `json:"honeycomb_api_key"`
	CaptureLogs     bool        `json:"capture_logs"`
	DataDog         bool        `json:"data_dog"`
}

// HealthCheck says how often the server examines itself, and what is slow.
type HealthCheck struct {
	Refresh           time.Duration `json:"refresh"`
	ThresholdDatabase time.Duration `json:"threshold_database"`
}

func pprofTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.IntrospectionPprof, Rows: []option.Option{
		{
			Name: "pprof Enable", Flag: "pprof-enable", YAML: "enable",
			Value:       kind.Bool(&v.Pprof.Enable),
			Annotations: forProxies,
			Help: "Serve profiles of the running process, such as its memory and goroutines, on --pprof-address. Anyone who " +
				"reaches that address can read them.",
		},
		{
			Name: "pprof Address", Flag: "pprof-address", YAML: "address",
			Value: kind.AddressOf(&v.Pprof.Address), Default: "127.0.0.1:6060",
			Annotations: forProxies,
			Help: "Host and port on which profiles are served once --pprof-enable is on. Keep it on an address that only " +
				"operators reach.",
		},
	}}
}

func usageStatsTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.IntrospectionUsageStats, Rows: []option.Option{
		{
			Name: "Stats Collection Usage Stats Enable", Flag: "stats-collection-usage-stats-enable", YAML: "enable",
			Value: kind.Bool(&v.StatsCollection.UsageStats.Enable), Default: "true",
			Help: "Store how workspaces are used: connections, time in applications, and bytes sent and received. Turned " +
				"off, these figures are also left out of deployment stats and Prometheus.",
		},
	}}
}

func prometheusTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.IntrospectionPrometheus, Rows: []option.Option{
		{
			Name: "Prometheus Enable", Flag: "prometheus-enable", YAML: "enable",
			Value:       kind.Bool(&v.Prometheus.Enable),
			Annotations: forProxies,
			Help:        "Serve metrics for Prometheus to scrape on --prometheus-address. No sign-in is asked for there.",
		},
		{
			Name: "Prometheus Address", Flag: "prometheus-address", YAML: "address",
			Value: kind.AddressOf(&v.Prometheus.Address), Default: "127.0.0.1:2112",
			Annotations: forProxies,
			Help: "Host and port on which metrics are served once --prometheus-enable is on. Keep it on an address that " +
				"only your monitoring reaches.",
		},
		{
			Name: "Prometheus Collect Agent Stats", Flag: "prometheus-collect-agent-stats", YAML: "collect_agent_stats",
			Value: kind.Bool(&v.Prometheus.CollectAgentStats),
			Help: "Export metrics of every workspace's agent as well. A large deployment gets many series from it; " +
				"--prometheus-aggregate-agent-stats-by makes them fewer.",
		},
		{
			Name: "Prometheus Aggregate Agent Stats By", Flag: "prometheus-aggregate-agent-stats-by", YAML: "aggregate_agent_stats_by",
			Value: kind.Enums(&v.Prometheus.AggregateAgentStatsBy, "agent_name", "template_name", "username", "workspace_name"), Default: "agent_name,template_name,username,workspace_name",
			Help: "Labels that metrics of agents keep; series that differ in other labels only are added up. Fewer labels " +
				"mean fewer series for --prometheus-collect-agent-stats.",
		},
		{
			Name: "Prometheus Collect Database Metrics", Flag: "prometheus-collect-db-metrics", YAML: "collect_db_metrics",
			Value: kind.Bool(&v.Prometheus.CollectDBMetrics), Default: "false",
			Help: "Export how long each database query takes. It helps to find slow queries and adds one histogram for each " +
				"of them.",
		},
	}}
}

func tracingTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.IntrospectionTracing, Rows: []option.Option{
		{
			Name: "Trace Enable", Flag: "trace", Env: "TRACE_ENABLE", YAML: "enable",
			Value:       kind.Bool(&v.Trace.Enable),
			Annotations: forProxies,
			Help:        "Send traces of requests and builds to the OpenTelemetry collector that the usual OTEL_ variables name.",
		},
		{
			Name: "Trace Honeycomb API Key", Flag: "trace-honeycomb-api-key",
			Value:       kind.SecretOf(&v.Trace.HoneycombAPIKey),
			Annotations: forProxies, Effect: option.EffectEmbedder,
			Help: "API key with which traces are sent to Honeycomb, in addition to any collector that --trace uses.",
		},
		{
			Name: "Capture Logs in Traces", Flag: "trace-logs", YAML: "captureLogs",
			Value:       kind.Bool(&v.Trace.CaptureLogs),
			Annotations: forProxies,
			Help:        "Attach every log entry to the trace it belongs to. Traces get much larger, so use it for a limited time.",
		},
		{
			Name: "Send Go runtime traces to DataDog", Flag: "trace-datadog", YAML: "dataDog",
			Value: kind.Bool(&v.Trace.DataDog), Default: "false",
			Hidden: true, Annotations: forProxies, Effect: option.EffectEmbedder,
			Help: "Send execution traces of the Go runtime to the DataDog agent on this host. Anything that agent forwards " +
				"leaves your network.",
		},
	}}
}

func healthCheckTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.IntrospectionHealthCheck, Rows: []option.Option{
		{
			Name: "Health Check Refresh", Flag: "health-check-refresh", YAML: "refresh",
			Value: kind.Duration(&v.HealthCheck.Refresh, kind.NonNegative[time.Duration]()), Default: "10m0s",
			Help: "Time after which the server examines itself again. Within it, the health page shows the last result.",
		},
		{
			Name: "Health Check Threshold: Database", Flag: "health-check-threshold-database", YAML: "thresholdDatabase",
			Value: kind.Duration(&v.HealthCheck.ThresholdDatabase, kind.NonNegative[time.Duration]()), Default: "15ms",
			Help: "Time that a ping of the database may take before the health page calls the database slow.",
		},
	}}
}
