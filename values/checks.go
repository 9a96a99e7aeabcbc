package values

import (
	"fmt"
	"slices"

	"github.com/strataconf/strata/option"
)

// Checks returns the checks over several options that touch neither files nor
// the network, so that they also run where a configuration is only printed.
func Checks() []option.Check[DeploymentValues] { return ChecksOf(whole) }

// ChecksOf returns [Checks] for a program whose struct holds a DeploymentValues;
// part tells where.
func ChecksOf[T any](part func(*T) *DeploymentValues) []option.Check[T] {
	return lift(part,
		checkListeners,
		checkTLS,
		checkCiphers,
		checkHSTS,
		checkTagged,
		checkExperiments,
		checkOIDC,
		checkGitHub,
		checkMailPassword,
	)
}

func whole(v *DeploymentValues) *DeploymentValues { return v }

// reporter is what a check needs of [option.Checker], whatever the struct.
type reporter interface {
	Given(field any) bool
	Problem(code, reason, hint string, fields ...any)
	Warning(code, reason, hint string, fields ...any)
}

func lift[T any](part func(*T) *DeploymentValues, checks ...func(*DeploymentValues, reporter)) []option.Check[T] {
	out := make([]option.Check[T], len(checks))
	for i, check := range checks {
		out[i] = func(c *option.Checker[T]) { check(part(c.View()), c) }
	}
	return out
}

func checkListeners(v *DeploymentValues, c reporter) {
	if v.HTTPAddress == "" && !v.TLS.Enable {
		c.Problem("no-listener", "the server would answer neither HTTP nor HTTPS",
			"set --http-address, or turn --tls-enable on", &v.HTTPAddress, &v.TLS.Enable)
	}
}

func checkTLS(v *DeploymentValues, c reporter) {
	if certs, keys := len(v.TLS.CertFiles), len(v.TLS.KeyFiles); v.TLS.Enable && certs != keys {
		c.Problem("certificates-without-keys", fmt.Sprintf("%d certificate files but %d key files", certs, keys),
			"give one --tls-key-file for each --tls-cert-file, in the same order", &v.TLS.CertFiles, &v.TLS.KeyFiles)
	}
}

func checkHSTS(v *DeploymentValues, c reporter) {
	if len(v.StrictTransportSecurityOptions) > 0 && v.StrictTransportSecurity <= 0 {
		c.Problem("hsts-without-age", "directives without a positive age have no effect",
			"set --strict-transport-security to a number of seconds",
			&v.StrictTransportSecurityOptions, &v.StrictTransportSecurity)
	}
}

func checkExperiments(v *DeploymentValues, c reporter) {
	known := Experiments()
	for i, name := range v.Experiments {
		if name != "*" && !slices.Contains(known, name) {
			c.Warning("unknown-experiment", "no known experiment, so it is ignored",
				didYouMean(name, known), option.Item{List: &v.Experiments, Index: i})
		}
	}
}

func checkOIDC(v *DeploymentValues, c reporter) {
	o := &v.OIDC
	if o.ClientID == "" {
		return
	}
	if o.IssuerURL == "" {
		c.Problem("oidc-without-issuer", "OpenID Connect needs to know its identity provider",
			"set --oidc-issuer-url", &o.ClientID, &o.IssuerURL)
	}
	if o.ClientSecret.IsSet() && o.ClientKeyFile != "" {
		c.Problem("oidc-secret-and-key", "a client has either a secret or a key",
			"remove --oidc-client-secret or --oidc-client-key-file", &o.ClientKeyFile, &o.ClientSecret)
	}
	if o.UserInfoFromAccessToken && !o.IgnoreUserInfo {
		c.Problem("oidc-access-token-claims", "claims can't come from the access token and from userinfo at once",
			"set --oidc-ignore-userinfo=true, or better get the claims in another way", &o.UserInfoFromAccessToken, &o.IgnoreUserInfo)
	}
}

func checkGitHub(v *DeploymentValues, c reporter) {
	g := &v.OAuth2.GitHub
	if !g.AllowEveryone {
		return
	}
	if len(g.AllowedOrgs) > 0 {
		c.Problem("github-everyone-and-orgs", "everyone may sign in, so a list of organizations has no meaning",
			"remove --oauth2-github-allow-everyone or --oauth2-github-allowed-orgs", &g.AllowEveryone, &g.AllowedOrgs)
	}
	if len(g.AllowedTeams) > 0 {
		c.Problem("github-everyone-and-teams", "everyone may sign in, so a list of teams has no meaning",
			"remove --oauth2-github-allow-everyone or --oauth2-github-allowed-teams", &g.AllowEveryone, &g.AllowedTeams)
	}
}

func checkMailPassword(v *DeploymentValues, c reporter) {
	a := &v.Notifications.Email.Auth
	if a.Password.IsSet() && a.PasswordFile != "" {
		c.Problem("mail-password-twice", "a password is given both as text and as a file",
			"remove --email-auth-password or --email-auth-password-file", &a.Password, &a.PasswordFile)
	}
}
