package values

import (
	"time"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// HTTP says how the server answers plain HTTP and what it adds to answers. The
// API keeps these fields at the top.
type HTTP struct {
	HTTPAddress         string          `json:"http_address"`
	AdditionalCSPPolicy []string        `json:"additional_csp_policy"`
	DisablePasswordAuth bool            `json:"disable_password_auth"`
	ProxyHealthInterval time.Duration   `json:"proxy_health_status_interval"`
	SessionLifetime     SessionLifetime `json:"session_lifetime"`
}

func httpTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.NetworkingHTTP, Rows: []option.Option{
		{
			Name: "HTTP Address", Flag: "http-address", YAML: "httpAddress",
			Value: kind.AddressText(&v.HTTPAddress), Default: "127.0.0.1:3000",
			Annotations: forProxies,
			Help: "Host and port on which the server answers plain HTTP. Empty text turns plain HTTP off, which needs " +
				"--tls-enable.",
		},
		{
			Name: "Additional CSP Policy", Flag: "additional-csp-policy", YAML: "additionalCSPPolicy",
			Value:   kind.Strings(&v.AdditionalCSPPolicy),
			Example: "frame-src https://status.example.com",
			Help: "Directives added to the Content-Security-Policy header of the web page, one an item, each with its " +
				"sources behind it.",
		},
		{
			Name: "Max Token Lifetime", Flag: "max-token-lifetime", YAML: "maxTokenLifetime",
			Value: kind.Duration(&v.SessionLifetime.MaxTokenLifetime, kind.Positive[time.Duration]()), Default: "876600h0m0s",
			Help: "Longest lifetime that people may choose for a token of their own. Owners have a limit of their own in " +
				"--max-admin-token-lifetime.",
		},
		{
			Name: "Maximum Admin Token Lifetime", Flag: "max-admin-token-lifetime", YAML: "maxAdminTokenLifetime",
			Value: kind.Duration(&v.SessionLifetime.MaxAdminTokenLifetime, kind.Positive[time.Duration]()), Default: "168h0m0s",
			Help: "Longest lifetime that an owner of the deployment may choose for a token. For everyone else " +
				"--max-token-lifetime holds.",
		},
		{
			Name: "Session Duration", Flag: "session-duration", YAML: "sessionDuration",
			Value: kind.Duration(&v.SessionLifetime.DefaultDuration, kind.Positive[time.Duration]()), Default: "24h0m0s",
			Effect: option.EffectPage,
			Help: "How long a sign-in on the web page lasts. Using the page renews it, unless " +
				"--disable-session-expiry-refresh is on.",
		},
		{
			Name: "Disable Session Expiry Refresh", Flag: "disable-session-expiry-refresh", YAML: "disableSessionExpiryRefresh",
			Value:  kind.Bool(&v.SessionLifetime.DisableExpiryRefresh),
			Effect: option.EffectPage,
			Help: "End every session --session-duration after sign-in, however busy it is, so that people sign in again on " +
				"a fixed rhythm.",
		},
		{
			Name: "Disable Password Authentication", Flag: "disable-password-auth", YAML: "disablePasswordAuth",
			Value:  kind.Bool(&v.DisablePasswordAuth),
			Effect: option.EffectEmbedder,
			Help: "Refuse sign-in by password, so that people come in through an identity provider only. Set one up before, " +
				"or nobody can sign in.",
		},
		{
			Name: "Proxy Health Check Interval", Flag: "proxy-health-interval", YAML: "proxyHealthInterval",
			Value: kind.Duration(&v.ProxyHealthInterval, kind.NonNegative[time.Duration]()), Default: "1m0s",
			Effect: option.EffectEmbedder,
			Help: "Time between two checks of whether the workspace proxies still answer. A shorter time notices an outage " +
				"sooner and costs more requests.",
		},
	}}
}
