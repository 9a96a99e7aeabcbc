package values

import (
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// SessionLifetime says how long sign-ins and tokens last.
type SessionLifetime struct {
	DisableExpiryRefresh   bool          `json:"disable_expiry_refresh"`
	DefaultDuration        time.Duration `json:"default_duration"`
	RefreshDefaultDuration time.Duration `json:"refresh_default_duration" validate:"gtefield=DefaultDuration"`
	DefaultTokenLifetime   time.Duration `json:"default_token_lifetime" validate:"ltefield=MaxTokenLifetime"`
	MaxTokenLifetime       time.Duration `json:"max_token_lifetime"`
	MaxAdminTokenLifetime  time.Duration `json:"max_admin_token_lifetime"`
}

func sessionsTable(v *DeploymentValues) option.Table {
	return option.Table{Rows: []option.Option{
		{
			Name: "Default Token Lifetime", Flag: "default-token-lifetime", YAML: "defaultTokenLifetime",
			Value: kind.Duration(&v.SessionLifetime.DefaultTokenLifetime, kind.Positive[time.Duration]()), Default: "168h0m0s",
			Help: "Lifetime of a token whose maker asks for none. It can't be longer than --max-token-lifetime.",
		},
		{
			Name: "Default OAuth Refresh Lifetime", Flag: "default-oauth-refresh-lifetime", YAML: "defaultOAuthRefreshLifetime",
			Value: kind.Duration(&v.SessionLifetime.RefreshDefaultDuration, kind.Positive[time.Duration]()), Default: "720h0m0s",
			Effect: option.EffectEmbedder,
			Help: "How long an application that signed in through this server by OAuth2 can renew its access without asking " +
				"the person again. It can't be shorter than --session-duration.",
		},
	}}
}
