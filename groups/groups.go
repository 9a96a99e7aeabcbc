// Package groups declares the tree that the server's options hang in: names,
// YAML keys, prose, and the order in which everything prints.
package groups

import (
	"slices"

	"github.com/strataconf/strata/option"
)

// The groups, in the order of [All]. A group with a Parent nests in it in YAML
// files, in help and in documents.
var (
	Networking     = &option.Group{Name: "Networking", YAML: "networking"}
	NetworkingTLS  = &option.Group{Name: "TLS", YAML: "tls", Parent: Networking, Help: tlsHelp}
	NetworkingHTTP = &option.Group{Name: "HTTP", YAML: "http", Parent: Networking}
	NetworkingDERP = &option.Group{Name: "DERP", YAML: "derp", Parent: Networking, Help: derpHelp}

	Introspection            = &option.Group{Name: "Introspection", YAML: "introspection", Help: introspectionHelp}
	IntrospectionPprof       = &option.Group{Name: "pprof", YAML: "pprof", Parent: Introspection}
	IntrospectionStats       = &option.Group{Name: "Stats Collection", YAML: "statsCollection", Parent: Introspection}
	IntrospectionUsageStats  = &option.Group{Name: "Usage Stats", YAML: "usageStats", Parent: IntrospectionStats}
	IntrospectionPrometheus  = &option.Group{Name: "Prometheus", YAML: "prometheus", Parent: Introspection}
	IntrospectionTracing     = &option.Group{Name: "Tracing", YAML: "tracing", Parent: Introspection}
	IntrospectionLogging     = &option.Group{Name: "Logging", YAML: "logging", Parent: Introspection}
	IntrospectionHealthCheck = &option.Group{Name: "Health Check", YAML: "healthcheck", Parent: Introspection}

	OAuth2       = &option.Group{Name: "OAuth2", YAML: "oauth2", Help: oauth2Help}
	OAuth2GitHub = &option.Group{Name: "GitHub", YAML: "github", Parent: OAuth2}
	OIDC         = &option.Group{Name: "OIDC", YAML: "oidc"}

	Telemetry    = &option.Group{Name: "Telemetry", YAML: "telemetry", Help: telemetryHelp}
	Provisioning = &option.Group{Name: "Provisioning", YAML: "provisioning", Help: provisioningHelp}
	QuietHours   = &option.Group{Name: "User Quiet Hours Schedule", YAML: "userQuietHoursSchedule", Help: quietHoursHelp}
	Dangerous    = &option.Group{Name: "⚠️ Dangerous", YAML: "dangerous"}
	Client       = &option.Group{Name: "Client", YAML: "client", Help: clientHelp}
	// Config holds what can't stand in a file itself, so it has no YAML key.
	Config = &option.Group{Name: "Config", Help: configHelp}

	Email     = &option.Group{Name: "Email", YAML: "email", Help: emailHelp}
	EmailAuth = &option.Group{Name: "Email Authentication", YAML: "emailAuth", Parent: Email, Help: emailAuthHelp}
	EmailTLS  = &option.Group{Name: "Email TLS", YAML: "emailTLS", Parent: Email, Help: emailTLSHelp}

	Notifications          = &option.Group{Name: "Notifications", YAML: "notifications", Help: notificationsHelp}
	NotificationsEmail     = &option.Group{Name: "Email", YAML: "email", Parent: Notifications, Help: oldEmailHelp}
	NotificationsEmailAuth = &option.Group{Name: "Email Authentication", YAML: "emailAuth", Parent: NotificationsEmail, Help: oldEmailAuthHelp}
	NotificationsEmailTLS  = &option.Group{Name: "Email TLS", YAML: "emailTLS", Parent: NotificationsEmail, Help: oldEmailTLSHelp}
	NotificationsWebhook   = &option.Group{Name: "Webhook", YAML: "webhook", Parent: Notifications}
	Prebuilds              = &option.Group{Name: "Workspace Prebuilds", YAML: "workspace_prebuilds", Help: prebuildsHelp}
	NotificationsInbox     = &option.Group{Name: "Inbox", YAML: "inbox", Parent: Notifications}

	AIBridge      = &option.Group{Name: "AI Bridge", YAML: "aibridge"}
	AIBridgeProxy = &option.Group{Name: "AI Bridge Proxy", YAML: "aibridgeproxy"}
	Retention     = &option.Group{Name: "Retention", YAML: "retention", Help: retentionHelp}
)

var all = []*option.Group{
	Networking, NetworkingTLS, NetworkingHTTP, NetworkingDERP,
	Introspection, IntrospectionPprof, IntrospectionStats, IntrospectionUsageStats,
	IntrospectionPrometheus, IntrospectionTracing, IntrospectionLogging, IntrospectionHealthCheck,
	OAuth2, OAuth2GitHub, OIDC,
	Telemetry, Provisioning, QuietHours, Dangerous, Client, Config,
	Email, EmailAuth, EmailTLS,
	Notifications, NotificationsEmail, NotificationsEmailAuth, NotificationsEmailTLS,
	NotificationsWebhook, Prebuilds, NotificationsInbox,
	AIBridge, AIBridgeProxy, Retention,
}

// All returns every group in the order in which they print.
func All() []*option.Group { return slices.Clone(all) }
