package values

import (
	"cmp"
	"fmt"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// A ProviderType names the kind of an external service. Types that are not
// known stand for a generic OAuth2 service.
type ProviderType string

// The types with defaults of their own.
const (
	ProviderAzureDevOps      ProviderType = "azure-devops"
	ProviderAzureDevOpsEntra ProviderType = "azure-devops-entra"
	ProviderGitHub           ProviderType = "github"
	ProviderGitLab           ProviderType = "gitlab"
	ProviderBitbucketCloud   ProviderType = "bitbucket-cloud"
	ProviderBitbucketServer  ProviderType = "bitbucket-server"
	ProviderSlack            ProviderType = "slack"
	ProviderJFrog            ProviderType = "jfrog"
	ProviderGitea            ProviderType = "gitea"
)

// MarshalText returns the type as text.
func (t ProviderType) MarshalText() ([]byte, error) { return []byte(t), nil }

// UnmarshalText accepts any text and replaces the older spelling bitbucket.
func (t *ProviderType) UnmarshalText(text []byte) error {
	*t = ProviderType(text)
	if *t == "bitbucket" {
		*t = ProviderBitbucketCloud
	}
	return nil
}

// defaultDeviceCodeURL is where a type without a device_code_url of its own
// asks for codes; types that are missing have no such place.
func defaultDeviceCodeURL(t ProviderType) string {
	if t == ProviderGitHub {
		return "https://github.com/login/device/code"
	}
	return ""
}

// WithFallbacks returns the configuration with members that were left out
// filled in from others, as a program that connects to the service wants it.
func (c ExternalAuthConfig) WithFallbacks() ExternalAuthConfig {
	c.ID = cmp.Or(c.ID, string(c.Type))
	c.DisplayName = cmp.Or(c.DisplayName, string(c.Type))
	if c.CodeChallengeMethodsSupported == nil {
		c.CodeChallengeMethodsSupported = []string{"S256"}
	}
	if c.DeviceFlow {
		c.DeviceCodeURL = cmp.Or(c.DeviceCodeURL, defaultDeviceCodeURL(c.Type))
	}
	return c
}

// externalAuthVariables is the family of numbered variables for the providers.
func externalAuthVariables() *option.Indexed {
	return &option.Indexed{
		Prefixes: []string{"EXTERNAL_AUTH", "GITAUTH"},
		Fields: []option.IndexedField{
			{Env: "TYPE", Key: "type"},
			{Env: "CLIENT_ID", Key: "client_id"},
			{Env: "CLIENT_SECRET", Key: "client_secret"},
			{Env: "ID", Key: "id"},
			{Env: "AUTH_URL", Key: "auth_url"},
			{Env: "TOKEN_URL", Key: "token_url"},
			{Env: "VALIDATE_URL", Key: "validate_url"},
			{Env: "REVOKE_URL", Key: "revoke_url"},
			{Env: "APP_INSTALL_URL", Key: "app_install_url"},
			{Env: "APP_INSTALLATIONS_URL", Key: "app_installations_url"},
			{Env: "NO_REFRESH", Key: "no_refresh"},
			{Env: "SCOPES", Key: "scopes", List: true},
			{Env: "EXTRA_TOKEN_KEYS", Key: "extra_token_keys", List: true},
			{Env: "DEVICE_FLOW", Key: "device_flow"},
			{Env: "DEVICE_CODE_URL", Key: "device_code_url"},
			{Env: "MCP_URL", Key: "mcp_url"},
			{Env: "MCP_TOOL_ALLOW_REGEX", Key: "mcp_tool_allow_regex"},
			{Env: "MCP_TOOL_DENY_REGEX", Key: "mcp_tool_deny_regex"},
			{Env: "REGEX", Key: "regex"},
			{Env: "DISPLAY_NAME", Key: "display_name"},
			{Env: "DISPLAY_ICON", Key: "display_icon"},
			{Env: "PKCE_METHODS", Key: "code_challenge_methods_supported", List: true},
		},
	}
}

var providerID = expression(`^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$`)

// providerRules hold for the list as a whole, since an ID must be unique in it.
func providerRules() []kind.Rule[[]ExternalAuthConfig] {
	return []kind.Rule[[]ExternalAuthConfig]{
		{Text: "each has a client_id, and an id or a type", Check: providersNamed},
		{Text: "an id is unique, at most 32 letters, digits and single hyphens, and not new or create", Check: providersApart},
		{Text: "URLs are http or https, and device_flow needs a device_code_url", Check: providerURLs},
		{Text: "expressions are RE2", Check: providerExpressions},
	}
}

func providersNamed(all []ExternalAuthConfig) *option.Fault {
	var wrong faults
	for i, c := range all {
		if c.ClientID == "" {
			wrong.member(i, "client_id", "empty, but the service knows the server by it", "")
		}
		if c.ID == "" && c.Type == "" {
			wrong.member(i, "id", "neither an id nor a type is given", "give a type such as github")
		}
	}
	return wrong.first
}

func providersApart(all []ExternalAuthConfig) *option.Fault {
	var wrong faults
	first := map[string]int{}
	for i, c := range all {
		id := c.WithFallbacks().ID
		switch j, taken := first[id]; {
		case !providerID(id) || len(id) > 32:
			wrong.member(i, "id", "not 1 to 32 letters, digits and single hyphens", "give an id beside the type")
		case id == "new" || id == "create":
			wrong.member(i, "id", "a word that stands for something else in URLs", "choose another id")
		case taken:
			wrong.member(i, "id", fmt.Sprintf("the id of provider [%d] as well", j), "an id falls back to the type; give each its own")
		default:
			first[id] = i
		}
	}
	return wrong.first
}

func providerURLs(all []ExternalAuthConfig) *option.Fault {
	var wrong faults
	for i, c := range all {
		for _, u := range []struct{ key, text string }{
			{"auth_url", c.AuthURL},
			{"token_url", c.TokenURL},
			{"validate_url", c.ValidateURL},
			{"revoke_url", c.RevokeURL},
			{"app_install_url", c.AppInstallURL},
			{"app_installations_url", c.AppInstallationsURL},
			{"device_code_url", c.DeviceCodeURL},
			{"mcp_url", c.MCPURL},
		} {
			if u.text != "" && !isWebURL(u.text) {
				wrong.member(i, u.key, "not an http or https URL with a host", "")
			}
		}
		if c.DeviceFlow && c.WithFallbacks().DeviceCodeURL == "" {
			wrong.member(i, "device_code_url", "not set, and device_flow needs it for this type", "")
		}
	}
	return wrong.first
}

func providerExpressions(all []ExternalAuthConfig) *option.Fault {
	var wrong faults
	for i, c := range all {
		for _, x := range []struct{ key, text string }{
			{"regex", c.Regex},
			{"mcp_tool_allow_regex", c.MCPToolAllowRegex},
			{"mcp_tool_deny_regex", c.MCPToolDenyRegex},
		} {
			if f := kind.RE2().Check(x.text); f != nil {
				wrong.member(i, x.key, f.Reason, f.Hint)
			}
		}
	}
	return wrong.first
}
