package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Dangerous holds the switches that take a protection away.
type Dangerous struct {
	AllowAllCORS                bool `json:"allow_all_cors"`
	AllowPathAppSharing         bool `json:"allow_path_app_sharing"`
	AllowPathAppSiteOwnerAccess bool `json:"allow_path_app_site_owner_access"`
}

// RateLimit protects the API from clients that ask too much.
type RateLimit struct {
	DisableAll bool  `json:"disable_all"`
	API        int64 `json:"api"`
}

func dangerousTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Dangerous, Rows: []option.Option{
		{
			Name: "DANGEROUS: Allow all CORS requests", Flag: "dangerous-allow-cors-requests",
			Value:  kind.Bool(&v.Dangerous.AllowAllCORS),
			Hidden: true, Annotations: forProxies,
			Risks: when("true", "open-cors", "a page of any site can act for the person who looks at it", "turn it off"),
			Help: "Answer requests that pages of any other site make from a browser. Such a page can then act for the " +
				"person who visits it, so use this for development only.",
		},
		{
			Name: "DANGEROUS: Allow Path App Sharing", Flag: "dangerous-allow-path-app-sharing",
			Value:  kind.Bool(&v.Dangerous.AllowPathAppSharing),
			Effect: option.EffectEmbedder,
			Risks:  when("true", "weak-protection", "a shared application can act for whoever opens it", "set --wildcard-access-url instead"),
			Help: "Let people share applications that are served on a path of --access-url. A hostile application can then " +
				"act for whoever opens it; with --wildcard-access-url there is no need for this.",
		},
		{
			Name: "DANGEROUS: Allow Site Owners to Access Path Apps", Flag: "dangerous-allow-path-app-site-owner-access",
			Value:  kind.Bool(&v.Dangerous.AllowPathAppSiteOwnerAccess),
			Effect: option.EffectEmbedder,
			Risks:  when("true", "weak-protection", "an application of somebody else can act with the powers of an owner who opens it", "set --wildcard-access-url instead"),
			Help: "Let owners open applications of other people that are served on a path of --access-url. A hostile " +
				"application can then act with the powers of the owner.",
		},
	}}
}

func rateLimitTable(v *DeploymentValues) option.Table {
	return option.Table{Rows: []option.Option{
		{
			Name: "Disable All Rate Limits", Flag: "dangerous-disable-rate-limits",
			Value:  kind.Bool(&v.RateLimit.DisableAll),
			Hidden: true, Annotations: forProxies,
			Risks: when("true", "no-rate-limit", "passwords can be guessed at full speed", "turn it off, and raise --api-rate-limit if need be"),
			Help: "Take every limit off the number of requests, --api-rate-limit and those on sign-in included. Passwords " +
				"can then be guessed at full speed.",
		},
		{
			Name: "API Rate Limit", Flag: "api-rate-limit",
			Value: kind.Int(&v.RateLimit.API, kind.NonNegative[int64]()), Default: "512",
			Hidden: true, Annotations: forProxies,
			Risks: when("0", "no-rate-limit", "one client can keep the server from answering all others", "set a limit that is high enough"),
			Help:  "Requests that one client may make to the API in a minute before it is told to wait. Zero sets no limit.",
		},
	}}
}
