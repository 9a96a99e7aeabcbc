package values

import (
	"fmt"
	"slices"

	"github.com/strataconf/strata/option"
)

// checker is what the checks of this package work with.
type checker = option.Checker[DeploymentValues]

// Checks returns the checks over several options that touch neither files nor
// the network, so that they also run where a configuration is only printed.
func Checks() []option.Check[DeploymentValues] {
	return []option.Check[DeploymentValues]{
		checkListeners,
		checkTLS,
		checkCiphers,
		checkHSTS,
		checkTagged,
		checkExperiments,
		checkOIDC,
		checkGitHub,
		checkMailPassword,
	}
}

func checkListeners(c *checker) {
	v := c.View()
	if v.HTTPAddress == "" && !v.TLS.Enable {
		c.Problem("no-listener", "the server would answer neither HTTP nor HTTPS",
			"set --http-address, or turn --tls-enable on", &v.HTTPAddress, &v.TLS.Enable)
	}
}

func checkTLS(c *checker) {
	v := c.View()
	if certs, keys := len(v.TLS.CertFiles), len(v.TLS.KeyFiles); v.TLS.Enable && certs != keys {
		c.Problem("certificates-without-keys", fmt.Sprintf("%d certificate files but %d key files", certs, keys),
			"give one --tls-key-file for each --tls-cert-file, in the same order", &v.TLS.CertFiles, &v.TLS.KeyFiles)
	}
}

func checkHSTS(c *checker) {
	v := c.View()
	if len(v.StrictTransportSecurityOptions) > 0 && v.StrictTransportSecurity <= 0 {
		c.Problem("hsts-without-age", "directives without a positive age have no effect",
			"set --strict-transport-security to a number of seconds",
			&v.StrictTransportSecurityOptions, &v.StrictTransportSecurity)
	}
}

func checkExperiments(c *checker) {
	v := c.View()
	known := Experiments()
	for i, name := range v.Experiments {
		if name != "*" && !slices.Contains(known, name) {
			c.Warning("unknown-experiment", fmt.Sprintf("item %d is no known experiment and is ignored", i+1),
				didYouMean(name, known), &v.Experiments)
		}
	}
}

func checkOIDC(c *checker) {
	v := c.View()
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

func checkGitHub(c *checker) {
	v := c.View()
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

func checkMailPassword(c *checker) {
	v := c.View()
	a := &v.Notifications.Email.Auth
	if a.Password.IsSet() && a.PasswordFile != "" {
		c.Problem("mail-password-twice", "a password is given both as text and as a file",
			"remove --email-auth-password or --email-auth-password-file", &a.Password, &a.PasswordFile)
	}
}
