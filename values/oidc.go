package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// OIDC says how people sign in through OpenID Connect, and what their claims
// turn into.
type OIDC struct {
	AllowSignups              bool                `json:"allow_signups"`
	ClientID                  string              `json:"client_id"`
	ClientSecret              kind.Secret         `json:"client_secret"`
	ClientKeyFile             string              `json:"client_key_file"`
	ClientCertFile            string              `json:"client_cert_file"`
	EmailDomain               []string            `json:"email_domain"`
	IssuerURL                 string              `json:"issuer_url"`
	Scopes                    []string            `json:"scopes"`
	IgnoreEmailVerified       bool                `json:"ignore_email_verified"`
	UsernameField             string              `json:"username_field"`
	NameField                 string              `json:"name_field"`
	EmailField                string              `json:"email_field"`
	AuthURLParams             map[string]string   `json:"auth_url_params"`
	IgnoreUserInfo            bool                `json:"ignore_user_info"`
	UserInfoFromAccessToken   bool                `json:"source_user_info_from_access_token"`
	OrganizationField         string              `json:"organization_field"`
	OrganizationAssignDefault bool                `json:"organization_assign_default"`
	OrganizationMapping       map[string][]UUID   `json:"organization_mapping"`
	GroupField                string              `json:"groups_field"`
	GroupMapping              map[string]string   `json:"group_mapping"`
	GroupAutoCreate           bool                `json:"group_auto_create"`
	GroupRegexFilter          kind.Regexp         `json:"group_regex_filter"`
	GroupAllowList            []string            `json:"group_allow_list"`
	UserRoleField             string              `json:"user_role_field"`
	UserRoleMapping           map[string][]string `json:"user_role_mapping"`
	UserRolesDefault          []string            `json:"user_roles_default"`
	SignInText                string              `json:"sign_in_text"`
	IconURL                   kind.URL            `json:"icon_url"`
	SignupsDisabledText       string              `json:"signups_disabled_text"`
	SkipIssuerChecks          bool                `json:"skip_issuer_checks"`
}

func oidcTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.OIDC, Rows: []option.Option{
		{
			Name: "OIDC Allow Signups", Flag: "oidc-allow-signups", YAML: "allowSignups",
			Value: kind.Bool(&v.OIDC.AllowSignups), Default: "true",
			Effect: option.EffectEmbedder,
			Help: "Make an account for a person who signs in through OpenID Connect for the first time. Turned off, they " +
				"read --oidc-signups-disabled-text.",
		},
		{
			Name: "OIDC Client ID", Flag: "oidc-client-id", YAML: "clientID",
			Value:  kind.String(&v.OIDC.ClientID, kind.NoBreaks()),
			Effect: option.EffectEmbedder,
			Help: "Client ID registered with the identity provider. Setting it turns OpenID Connect on, which also needs " +
				"--oidc-issuer-url.",
		},
		{
			Name: "OIDC Client Secret", Flag: "oidc-client-secret",
			Value:  kind.SecretOf(&v.OIDC.ClientSecret),
			Effect: option.EffectEmbedder,
			Help: "Secret that the identity provider issued together with --oidc-client-id. A provider that wants a signed " +
				"assertion takes --oidc-client-key-file instead.",
		},
		{
			Name: "OIDC Client Key File", Flag: "oidc-client-key-file", YAML: "oidcClientKeyFile",
			Value:  kind.File(&v.OIDC.ClientKeyFile),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Risks: keepsKey(),
			Help: "PEM file with the private RSA key that signs the server's assertion to the identity provider. It " +
				"replaces --oidc-client-secret.",
		},
		{
			Name: "OIDC Client Cert File", Flag: "oidc-client-cert-file", YAML: "oidcClientCertFile",
			Value:  kind.File(&v.OIDC.ClientCertFile),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Help: "PEM file with the certificate of the key in --oidc-client-key-file, for providers that look up keys by " +
				"the fingerprint of a certificate.",
		},
		{
			Name: "OIDC Email Domain", Flag: "oidc-email-domain", YAML: "emailDomain",
			Value:  kind.Strings(&v.OIDC.EmailDomain, mailDomain()),
			Effect: option.EffectEmbedder, Example: "example.com",
			Help: "Domains to which the e-mail address of a person must belong before they may sign in. An empty list " +
				"admits every domain.",
		},
		{
			Name: "OIDC Issuer URL", Flag: "oidc-issuer-url", YAML: "issuerURL",
			Value:  kind.URLText(&v.OIDC.IssuerURL, kind.Schemes("http", "https"), kind.NeedHost()),
			Effect: option.EffectEmbedder, Example: "https://id.example.com/realms/main",
			Help: "URL of the identity provider. Its keys and endpoints are discovered from the document that stands below " +
				"this URL.",
		},
		{
			Name: "OIDC Scopes", Flag: "oidc-scopes", YAML: "scopes",
			Value: kind.Strings(&v.OIDC.Scopes, kind.NoSpace()), Default: "openid,profile,email",
			Effect: option.EffectEmbedder,
			Help: "Scopes asked for at sign-in. The provider may need more of them before it sends the claims that " +
				"--oidc-group-field and its like read.",
		},
		{
			Name: "OIDC Ignore Email Verified", Flag: "oidc-ignore-email-verified", YAML: "ignoreEmailVerified",
			Value:  kind.Bool(&v.OIDC.IgnoreEmailVerified),
			Effect: option.EffectEmbedder,
			Risks:  when("true", "skip-verify", "whoever writes the address of somebody else at the provider signs in as that person", "turn it off"),
			Help: "Accept addresses that the identity provider has not verified. Use it only where people can't choose the " +
				"address of somebody else.",
		},
		{
			Name: "OIDC Username Field", Flag: "oidc-username-field", YAML: "usernameField",
			Value: kind.String(&v.OIDC.UsernameField, kind.NoBreaks()), Default: "preferred_username",
			Effect: option.EffectEmbedder,
			Help:   "Claim that gives the username of a person. What can't stand in a username is changed or dropped.",
		},
		{
			Name: "OIDC Name Field", Flag: "oidc-name-field", YAML: "nameField",
			Value: kind.String(&v.OIDC.NameField, kind.NoBreaks()), Default: "name",
			Effect: option.EffectEmbedder,
			Help:   "Claim that gives the full name of a person, as the page shows it beside the username.",
		},
		{
			Name: "OIDC Email Field", Flag: "oidc-email-field", YAML: "emailField",
			Value: kind.String(&v.OIDC.EmailField, kind.NoBreaks()), Default: "email",
			Effect: option.EffectEmbedder,
			Help: "Claim that gives the e-mail address by which a person is found or, with --oidc-allow-signups, newly " +
				"made.",
		},
		{
			Name: "OIDC Auth URL Parameters", Flag: "oidc-auth-url-params", YAML: "authURLParams",
			Value: kind.Struct(&v.OIDC.AuthURLParams), Default: `{"access_type": "offline"}`,
			Effect: option.EffectEmbedder,
			Help: "Parameters added to the URL at the identity provider where sign-in begins. The default asks for a " +
				"refresh token.",
		},
		{
			Name: "OIDC Ignore UserInfo", Flag: "oidc-ignore-userinfo", YAML: "ignoreUserInfo",
			Value: kind.Bool(&v.OIDC.IgnoreUserInfo), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Read claims from the ID token alone, and never ask the userinfo endpoint of the identity provider for " +
				"more.",
		},
		{
			Name: "OIDC Access Token Claims", Flag: "oidc-access-token-claims", YAML: "accessTokenClaims",
			Value: kind.Bool(&v.OIDC.UserInfoFromAccessToken), Default: "false",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Read the claims of a person from an access token that happens to be a JWT. This is outside the OAuth " +
				"specification and needs --oidc-ignore-userinfo=true; prefer any other way to get the claims, such as " +
				"mappers at the identity provider.",
		},
		{
			Name: "OIDC Organization Field", Flag: "oidc-organization-field", YAML: "organizationField",
			Value:  kind.String(&v.OIDC.OrganizationField, kind.NoBreaks()),
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Claim that lists the organizations of a person. Membership follows it at every sign-in, by way of " +
				"--oidc-organization-mapping.",
		},
		{
			Name: "OIDC Assign Default Organization", Flag: "oidc-organization-assign-default", YAML: "organizationAssignDefault",
			Value: kind.Bool(&v.OIDC.OrganizationAssignDefault), Default: "true",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Put everybody who signs in into the default organization, besides those that --oidc-organization-field " +
				"brings.",
		},
		{
			Name: "OIDC Organization Sync Mapping", Flag: "oidc-organization-mapping", YAML: "organizationMapping",
			Value: kind.Struct(&v.OIDC.OrganizationMapping), Default: "{}",
			Hidden: true, Effect: option.EffectEmbedder, Example: `{"engineering": ["11111111-2222-4333-8444-555555555555"]}`,
			Help: "Organizations, by UUID, that each value in the claim of --oidc-organization-field stands for.",
		},
		{
			Name: "OIDC Group Field", Flag: "oidc-group-field", YAML: "groupField",
			Value:  kind.String(&v.OIDC.GroupField, kind.NoBreaks()),
			Effect: option.EffectEmbedder,
			Help:   "Claim that lists the groups of a person. Empty text leaves groups to be managed on the page.",
		},
		{
			Name: "OIDC Group Mapping", Flag: "oidc-group-mapping", YAML: "groupMapping",
			Value: kind.Struct(&v.OIDC.GroupMapping), Default: "{}",
			Effect: option.EffectEmbedder, Example: `{"idp-admins": "admins"}`,
			Help: "Name in this deployment for each group in the claim of --oidc-group-field whose name differs at the " +
				"identity provider.",
		},
		{
			Name: "Enable OIDC Group Auto Create", Flag: "oidc-group-auto-create", YAML: "enableGroupAutoCreate",
			Value: kind.Bool(&v.OIDC.GroupAutoCreate), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Make a group when the claim of --oidc-group-field names one that does not exist yet. Turned off, such " +
				"groups are ignored.",
		},
		{
			Name: "OIDC Regex Group Filter", Flag: "oidc-group-regex-filter", YAML: "groupRegexFilter",
			Value: kind.RegexpOf(&v.OIDC.GroupRegexFilter), Default: ".*",
			Effect: option.EffectEmbedder,
			Help: "Regular expression that a group in the claim of --oidc-group-field must match to count. It is applied " +
				"after --oidc-group-mapping.",
		},
		{
			Name: "OIDC Allowed Groups", Flag: "oidc-allowed-groups", YAML: "groupAllowed",
			Value:  kind.Strings(&v.OIDC.GroupAllowList),
			Effect: option.EffectEmbedder,
			Help: "Groups of which a person needs at least one to sign in, by their names at the identity provider. An " +
				"empty list asks for none.",
		},
		{
			Name: "OIDC User Role Field", Flag: "oidc-user-role-field", YAML: "userRoleField",
			Value:  kind.String(&v.OIDC.UserRoleField, kind.NoBreaks()),
			Effect: option.EffectEmbedder,
			Help: "Claim that lists the site-wide roles of a person. Once set, roles follow it and can't be changed on the " +
				"page.",
		},
		{
			Name: "OIDC User Role Mapping", Flag: "oidc-user-role-mapping", YAML: "userRoleMapping",
			Value: kind.Struct(&v.OIDC.UserRoleMapping), Default: "{}",
			Effect: option.EffectEmbedder, Example: `{"idp-auditors": ["auditor"]}`,
			Help: "Roles of this deployment that each value in the claim of --oidc-user-role-field stands for.",
		},
		{
			Name: "OIDC User Role Default", Flag: "oidc-user-role-default", YAML: "userRoleDefault",
			Value:  kind.Strings(&v.OIDC.UserRolesDefault),
			Effect: option.EffectEmbedder,
			Help: "Roles that everybody has who signs in while --oidc-user-role-field is set, besides those that the claim " +
				"brings.",
		},
		{
			Name: "OpenID Connect sign in text", Flag: "oidc-sign-in-text", YAML: "signInText",
			Value: kind.String(&v.OIDC.SignInText), Default: "OpenID Connect",
			Effect: option.EffectEmbedder,
			Help:   "Words on the button that leads to the identity provider. Name the provider as your people know it.",
		},
		{
			Name: "OpenID connect icon URL", Flag: "oidc-icon-url", YAML: "iconURL",
			Value:  kind.URLOf(&v.OIDC.IconURL, iconPlace(), kind.PublicLink()),
			Effect: option.EffectEmbedder, Example: "/icon/openid.svg",
			Help: "Picture on the button that leads to the identity provider, by http, https or a path on this server.",
		},
		{
			Name: "Signups disabled text", Flag: "oidc-signups-disabled-text", YAML: "signupsDisabledText",
			Value:  kind.String(&v.OIDC.SignupsDisabledText),
			Effect: option.EffectEmbedder,
			Help: "Words for a person without an account who is turned away because --oidc-allow-signups is off. Tell them " +
				"whom to ask.",
		},
		{
			Name: "Skip OIDC issuer checks (not recommended)", Flag: "dangerous-oidc-skip-issuer-checks", YAML: "dangerousSkipIssuerChecks",
			Value:  kind.Bool(&v.OIDC.SkipIssuerChecks),
			Effect: option.EffectEmbedder,
			Risks:  when("true", "skip-verify", "tokens of another identity provider are taken as well", "turn it off"),
			Help: "Accept an identity provider whose tokens and discovery document name an issuer other than " +
				"--oidc-issuer-url. Another tenant of the same provider could then forge a sign-in.",
		},
	}}
}
