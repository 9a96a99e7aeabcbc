package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// OAuth2 holds the services people sign in with by OAuth 2.0.
type OAuth2 struct {
	GitHub OAuth2GitHub `json:"github"`
}

// OAuth2GitHub says who may sign in with an account of GitHub.
type OAuth2GitHub struct {
	ClientID              string      `json:"client_id"`
	ClientSecret          kind.Secret `json:"client_secret"`
	DeviceFlow            bool        `json:"device_flow"`
	DefaultProviderEnable bool        `json:"default_provider_enable"`
	AllowedOrgs           []string    `json:"allowed_orgs"`
	AllowedTeams          []string    `json:"allowed_teams"`
	AllowSignups          bool        `json:"allow_signups"`
	AllowEveryone         bool        `json:"allow_everyone"`
	EnterpriseBaseURL     string      `json:"enterprise_base_url"`
}

func githubTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.OAuth2GitHub, Rows: []option.Option{
		{
			Name: "OAuth2 GitHub Client ID", Flag: "oauth2-github-client-id", YAML: "clientID",
			Value:  kind.String(&v.OAuth2.GitHub.ClientID, kind.NoSpace()),
			Effect: option.EffectEmbedder,
			Help: "Client ID of the OAuth application registered with GitHub. Setting it offers sign-in with GitHub on the " +
				"page.",
		},
		{
			Name: "OAuth2 GitHub Client Secret", Flag: "oauth2-github-client-secret",
			Value:  kind.SecretOf(&v.OAuth2.GitHub.ClientSecret),
			Effect: option.EffectEmbedder,
			Help: "Secret that GitHub issued together with --oauth2-github-client-id. Give it in the environment, where " +
				"other users of the machine can't read it.",
		},
		{
			Name: "OAuth2 GitHub Device Flow", Flag: "oauth2-github-device-flow", YAML: "deviceFlow",
			Value: kind.Bool(&v.OAuth2.GitHub.DeviceFlow), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Sign people in with a code that they enter on GitHub, so that GitHub never has to call back to " +
				"--access-url.",
		},
		{
			Name: "OAuth2 GitHub Default Provider Enable", Flag: "oauth2-github-default-provider-enable", YAML: "defaultProviderEnable",
			Value: kind.Bool(&v.OAuth2.GitHub.DefaultProviderEnable), Default: "true",
			Effect: option.EffectEmbedder,
			Help: "Offer sign-in through an application that the vendor keeps at GitHub, while --oauth2-github-client-id " +
				"names none of your own.",
		},
		{
			Name: "OAuth2 GitHub Allowed Orgs", Flag: "oauth2-github-allowed-orgs", YAML: "allowedOrgs",
			Value:  kind.Strings(&v.OAuth2.GitHub.AllowedOrgs, kind.NoSpace()),
			Effect: option.EffectEmbedder, Example: "example-org",
			Help: "Organizations on GitHub whose members may sign in. Use --oauth2-github-allow-everyone to ask for no " +
				"membership at all.",
		},
		{
			Name: "OAuth2 GitHub Allowed Teams", Flag: "oauth2-github-allowed-teams", YAML: "allowedTeams",
			Value:  kind.Strings(&v.OAuth2.GitHub.AllowedTeams, orgTeam()),
			Effect: option.EffectEmbedder, Example: "example-org/platform",
			Help: "Teams on GitHub whose members may sign in, each as organization/team with the short names that stand in " +
				"URLs.",
		},
		{
			Name: "OAuth2 GitHub Allow Signups", Flag: "oauth2-github-allow-signups", YAML: "allowSignups",
			Value:  kind.Bool(&v.OAuth2.GitHub.AllowSignups),
			Effect: option.EffectEmbedder,
			Help: "Make an account for a person who signs in with GitHub for the first time. Turned off, only people with " +
				"an account come in.",
		},
		{
			Name: "OAuth2 GitHub Allow Everyone", Flag: "oauth2-github-allow-everyone", YAML: "allowEveryone",
			Value:  kind.Bool(&v.OAuth2.GitHub.AllowEveryone),
			Effect: option.EffectEmbedder,
			Help: "Let anyone with an account of GitHub sign in. It excludes --oauth2-github-allowed-orgs and " +
				"--oauth2-github-allowed-teams.",
		},
		{
			Name: "OAuth2 GitHub Enterprise Base URL", Flag: "oauth2-github-enterprise-base-url", YAML: "enterpriseBaseURL",
			Value:  kind.URLText(&v.OAuth2.GitHub.EnterpriseBaseURL, kind.Schemes("http", "https"), kind.NeedHost()),
			Effect: option.EffectEmbedder, Example: "https://github.example.com",
			Help: "URL of a GitHub Enterprise server that people sign in with, instead of the public github.com.",
		},
	}}
}
