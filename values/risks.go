package values

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/strataconf/strata/option"
)

// Risks returns the checks that warn of what is allowed and seldom safe, over
// several options. A start does not make them; the rules of package lint have
// their codes. Risks of one option stand on its row.
func Risks() []option.Check[DeploymentValues] { return RisksOf(whole) }

// RisksOf returns [Risks] for a program whose struct holds a DeploymentValues;
// part tells where.
func RisksOf[T any](part func(*T) *DeploymentValues) []option.Check[T] {
	return lift(part, riskPlainHTTP, riskDiagnostics, riskCookies, riskHSTS, riskSignUp, riskPlainCredentials)
}

// when is a risk of one value.
func when(value, code, why, hint string) []option.Risk {
	return []option.Risk{{Code: code, Value: value, Why: why, Hint: hint}}
}

// keepsKey is the risk of an option that names a file with a key or password.
func keepsKey() []option.Risk {
	return []option.Risk{{
		Code: "readable-key-file", OpenFile: true,
		Why: "every user of this machine can read the file", Hint: "take the permission of others away: chmod o-rwx",
	}}
}

// weakVersions are the risks of the oldest version of TLS.
func weakVersions() []option.Risk {
	const why = "a version of TLS that attackers know how to weaken"
	return append(when("tls10", "weak-tls", why, "use tls12 or tls13"), when("tls11", "weak-tls", why, "use tls12 or tls13")...)
}

// wholeInternet tells the networks that everybody is in.
func wholeInternet(text string) bool {
	p, err := netip.ParsePrefix(text)
	return err == nil && p.Bits() < 4
}

// reachable reports whether other machines may reach a host to listen on.
func reachable(host string) bool {
	host = strings.Trim(host, "[]")
	if host == "localhost" {
		return false
	}
	a, err := netip.ParseAddr(host)
	return err != nil || !a.Unmap().IsLoopback()
}

// hostOf returns the host of host:port.
func hostOf(address string) string { return address[:max(strings.LastIndexByte(address, ':'), 0)] }

func riskPlainHTTP(v *DeploymentValues, c reporter) {
	if v.HTTPAddress == "" || v.TLS.Enable || !reachable(hostOf(v.HTTPAddress)) {
		return
	}
	if u := v.AccessURL.Parsed(); u == nil || u.Scheme != "https" {
		c.Warning("plain-http", "passwords and cookies cross the network readable",
			"turn --tls-enable on, or set --access-url to the https address of a proxy", &v.HTTPAddress, &v.AccessURL)
	}
}

func riskDiagnostics(v *DeploymentValues, c reporter) {
	const hint = "serve them on a loopback address, or make sure that only operators reach this one"
	if v.Pprof.Enable && reachable(v.Pprof.Address.Host) {
		c.Warning("public-diagnostics", "other machines can read profiles of the process, and nobody has to sign in", hint, &v.Pprof.Address, &v.Pprof.Enable)
	}
	if v.Prometheus.Enable && reachable(v.Prometheus.Address.Host) {
		c.Warning("public-diagnostics", "other machines can read the metrics, and nobody has to sign in", hint, &v.Prometheus.Address, &v.Prometheus.Enable)
	}
}

func riskCookies(v *DeploymentValues, c reporter) {
	cookies := &v.HTTPCookies
	if cookies.SameSite == "none" && !cookies.SecureAuthCookie {
		c.Warning("cookie-scheme", "browsers refuse a cookie for all sites that is not secure",
			"turn --secure-auth-cookie on", &cookies.SameSite, &cookies.SecureAuthCookie)
	}
	u := v.AccessURL.Parsed()
	switch {
	case u == nil:
	case u.Scheme == "https" && !cookies.SecureAuthCookie:
		c.Warning("cookie-scheme", "the address begins with https, but the session cookie is sent over plain HTTP too",
			"turn --secure-auth-cookie on", &v.AccessURL, &cookies.SecureAuthCookie)
	case u.Scheme == "http" && cookies.SecureAuthCookie && u.Hostname() != "localhost":
		c.Warning("cookie-scheme", "the address begins with http, so browsers never send the secure session cookie",
			"give --access-url an https address, or turn --secure-auth-cookie off", &cookies.SecureAuthCookie, &v.AccessURL)
	}
}

func riskHSTS(v *DeploymentValues, c reporter) {
	if u := v.AccessURL.Parsed(); u != nil && u.Scheme == "http" && v.StrictTransportSecurity > 0 {
		c.Warning("hsts-without-https", "browsers are told to insist on HTTPS, and --access-url begins with http",
			"give --access-url an https address, or set the age to 0", &v.StrictTransportSecurity, &v.AccessURL)
	}
}

func riskSignUp(v *DeploymentValues, c reporter) {
	if g := &v.OAuth2.GitHub; g.AllowEveryone && g.AllowSignups {
		c.Warning("open-sign-up", "everyone with an account of GitHub may make one here",
			"set --oauth2-github-allowed-orgs or --oauth2-github-allowed-teams instead", &g.AllowEveryone, &g.AllowSignups)
	}
}

// riskPlainCredentials looks at the two connections that the server logs in on.
func riskPlainCredentials(v *DeploymentValues, c reporter) {
	// A host in the query is left out: what names a socket there is safe.
	u, err := url.Parse(v.PostgresURL.Reveal())
	if err == nil && u.Hostname() != "" && reachable(u.Hostname()) && u.Query().Get("sslmode") == "disable" {
		c.Warning("plain-credentials", "sslmode=disable on the way to another machine", "use sslmode=verify-full, with the certificate of the database", &v.PostgresURL)
	}
	mail := &v.Notifications.Email
	auth := mail.Auth.Password.IsSet() || mail.Auth.PasswordFile != ""
	if auth && mail.Smarthost != "" && reachable(hostOf(mail.Smarthost)) && !mail.ForceTLS && !mail.TLS.StartTLS {
		c.Warning("plain-credentials", "the password of the mail server may travel unencrypted", "turn --email-force-tls or --email-tls-starttls on",
			&mail.Smarthost, &mail.ForceTLS, &mail.TLS.StartTLS)
	}
}
