package values

import (
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// An ExternalAuthConfig is one service, such as a Git host, with which people
// connect their accounts.
type ExternalAuthConfig struct {
	Type     ProviderType `json:"type" yaml:"type"`
	ClientID string       `json:"client_id" yaml:"client_id" required:"true"`
	// ClientSecret and ExtraTokenKeys never leave the process.
	ClientSecret        kind.Secret  `json:"-" yaml:"client_secret"`
	ID                  string       `json:"id" yaml:"id"`
	AuthURL             string       `json:"auth_url" yaml:"auth_url" url:"redact"`
	TokenURL            string       `json:"token_url" yaml:"token_url" url:"redact"`
	ValidateURL         string       `json:"validate_url" yaml:"validate_url" url:"redact"`
	RevokeURL           string       `json:"revoke_url" yaml:"revoke_url" url:"redact"`
	AppInstallURL       string       `json:"app_install_url" yaml:"app_install_url" url:"redact"`
	AppInstallationsURL string       `json:"app_installations_url" yaml:"app_installations_url" url:"redact"`
	NoRefresh           bool         `json:"no_refresh" yaml:"no_refresh"`
	Scopes              []string     `json:"scopes" yaml:"scopes"`
	ExtraTokenKeys      kind.Secrets `json:"-" yaml:"extra_token_keys"`
	DeviceFlow          bool         `json:"device_flow" yaml:"device_flow"`
	DeviceCodeURL       string       `json:"device_code_url" yaml:"device_code_url" url:"redact"`
	MCPURL              string       `json:"mcp_url" yaml:"mcp_url" url:"redact"`
	MCPToolAllowRegex   string       `json:"mcp_tool_allow_regex" yaml:"mcp_tool_allow_regex"`
	MCPToolDenyRegex    string       `json:"mcp_tool_deny_regex" yaml:"mcp_tool_deny_regex"`
	// Regex finds the URLs that belong to the service.
	Regex       string `json:"regex" yaml:"regex"`
	DisplayName string `json:"display_name" yaml:"display_name"`
	DisplayIcon string `json:"display_icon" yaml:"display_icon" url:"public"`
	// CodeChallengeMethodsSupported are those of PKCE.
	CodeChallengeMethodsSupported []string `json:"code_challenge_methods_supported" yaml:"code_challenge_methods_supported"`
}

func externalAuthTable(v *DeploymentValues) option.Table {
	return option.Table{Rows: []option.Option{
		{
			Name: "External Auth Providers", Flag: "external-auth-providers", Env: option.None, YAML: "externalAuthProviders",
			Value:  kind.Struct(&v.ExternalAuth, providerRules()...),
			Hidden: true, Effect: option.EffectEmbedder,
			Indexed: externalAuthVariables(),
			Help: "Services, such as Git hosts, with which people connect their accounts so that workspaces can use them. " +
				"In the environment numbered variables spell it, as EXTERNAL_AUTH_0_CLIENT_ID behind the usual prefix.",
		},
	}}
}
