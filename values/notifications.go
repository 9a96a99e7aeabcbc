package values

import (
	"time"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Notifications says how people are told about events.
type Notifications struct {
	Method          string        `json:"method"`
	DispatchTimeout time.Duration `json:"dispatch_timeout" validate:"ltfield=LeasePeriod"`
	Email           Email         `json:"email" validate:"-"`
	Webhook         Webhook       `json:"webhook" validate:"-"`
	Inbox           Inbox         `json:"inbox" validate:"-"`
	MaxSendAttempts int64         `json:"max_send_attempts"`
	RetryInterval   time.Duration `json:"retry_interval"`
	SyncInterval    time.Duration `json:"sync_interval"`
	SyncBufferSize  int64         `json:"sync_buffer_size"`
	LeasePeriod     time.Duration `json:"lease_period"`
	LeaseCount      int64         `json:"lease_count"`
	FetchInterval   time.Duration `json:"fetch_interval"`
}

// Webhook is a service of your own that delivers notifications.
type Webhook struct {
	Endpoint kind.URL `json:"endpoint"`
}

// Inbox is the list of notifications on the page.
type Inbox struct {
	Enabled bool `json:"enabled"`
}

func notificationsTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Notifications, Rows: []option.Option{
		{
			Name: "Notifications: Method", Flag: "notifications-method", YAML: "method",
			Value: kind.Enum(&v.Notifications.Method, "smtp", "webhook"), Default: "smtp",
			Effect: option.EffectEmbedder,
			Help: "How a notification reaches a person who chose no way of their own: smtp by the mail server in " +
				"--email-smarthost, webhook by --notifications-webhook-endpoint.",
		},
		{
			Name: "Notifications: Dispatch Timeout", Flag: "notifications-dispatch-timeout", YAML: "dispatchTimeout",
			Value: kind.Duration(&v.Notifications.DispatchTimeout, kind.NonNegative[time.Duration]()), Default: "1m0s",
			Effect: option.EffectEmbedder,
			Help: "Time that one attempt to deliver a notification may take. It must be shorter than " +
				"--notifications-lease-period, or two replicas deliver the same one.",
		},
		{
			Name: "Notifications: Max Send Attempts", Flag: "notifications-max-send-attempts", YAML: "maxSendAttempts",
			Value: kind.Int(&v.Notifications.MaxSendAttempts, kind.NonNegative[int64]()), Default: "5",
			Effect: option.EffectEmbedder,
			Help:   "Attempts to deliver a notification before it is given up, --notifications-retry-interval apart.",
		},
		{
			Name: "Notifications: Retry Interval", Flag: "notifications-retry-interval", YAML: "retryInterval",
			Value: kind.Duration(&v.Notifications.RetryInterval, kind.NonNegative[time.Duration]()), Default: "5m0s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Shortest time from an attempt that went wrong to the next attempt to deliver the same notification.",
		},
		{
			Name: "Notifications: Store Sync Interval", Flag: "notifications-store-sync-interval", YAML: "storeSyncInterval",
			Value: kind.Duration(&v.Notifications.SyncInterval, kind.NonNegative[time.Duration]()), Default: "2s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Time for which results of deliveries are gathered in memory before they are written to the database " +
				"together. A crash within it can deliver a notification twice.",
		},
		{
			Name: "Notifications: Store Sync Buffer Size", Flag: "notifications-store-sync-buffer-size", YAML: "storeSyncBufferSize",
			Value: kind.Int(&v.Notifications.SyncBufferSize, kind.NonNegative[int64]()), Default: "50",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Results of deliveries that memory may hold before they are written to the database, even within " +
				"--notifications-store-sync-interval.",
		},
		{
			Name: "Notifications: Lease Period", Flag: "notifications-lease-period", YAML: "leasePeriod",
			Value: kind.Duration(&v.Notifications.LeasePeriod, kind.NonNegative[time.Duration]()), Default: "2m0s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Time for which one replica owns the notifications it took up. When it runs out, another replica may " +
				"deliver them.",
		},
		{
			Name: "Notifications: Lease Count", Flag: "notifications-lease-count", YAML: "leaseCount",
			Value: kind.Int(&v.Notifications.LeaseCount, kind.NonNegative[int64]()), Default: "20",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Notifications that a replica takes up at once for --notifications-lease-period. More of them cost fewer " +
				"queries and are at risk longer in a crash.",
		},
		{
			Name: "Notifications: Fetch Interval", Flag: "notifications-fetch-interval", YAML: "fetchInterval",
			Value: kind.Duration(&v.Notifications.FetchInterval, kind.NonNegative[time.Duration]()), Default: "15s",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Time between two looks of a replica for new notifications in the database. It is how late a notification " +
				"can begin its way.",
		},
	}}
}

func webhookTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.NotificationsWebhook, Rows: []option.Option{
		{
			Name: "Notifications: Webhook: Endpoint", Flag: "notifications-webhook-endpoint", YAML: "endpoint",
			Value:  kind.URLOf(&v.Notifications.Webhook.Endpoint, kind.Schemes("http", "https"), kind.NeedHost()),
			Effect: option.EffectEmbedder, Example: "https://hooks.example.com/coder",
			Help: "URL to which notifications are posted as JSON while --notifications-method is webhook.",
		},
	}}
}

func inboxTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.NotificationsInbox, Rows: []option.Option{
		{
			Name: "Notifications: Inbox: Enabled", Flag: "notifications-inbox-enabled", YAML: "enabled",
			Value: kind.Bool(&v.Notifications.Inbox.Enabled), Default: "true",
			Effect: option.EffectEmbedder,
			Help: "Keep a list of notifications on the page for every person, whatever else --notifications-method " +
				"delivers.",
		},
	}}
}
