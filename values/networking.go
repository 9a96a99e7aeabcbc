package values

import (
	"strings"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Networking says under which addresses people and proxies reach the server.
// The API keeps these fields at the top, so [DeploymentValues] embeds it.
type Networking struct {
	AccessURL           kind.URL      `json:"access_url"`
	WildcardAccessURL   string        `json:"wildcard_access_url"`
	DocsURL             kind.URL      `json:"docs_url"`
	RedirectToAccessURL bool          `json:"redirect_to_access_url"`
	Address             kind.HostPort `json:"address"`
	ProxyTrustedHeaders []string      `json:"proxy_trusted_headers"`
	ProxyTrustedOrigins []string      `json:"proxy_trusted_origins"`
	HTTPCookies         HTTPCookies   `json:"http_cookies"`
	// SecureAuthCookie is the place that older clients read.
	SecureAuthCookie bool `json:"secure_auth_cookie" option:"same:secure-auth-cookie"`
	BrowserOnly      bool `json:"browser_only"`
}

// HTTPCookies says how browsers treat the cookies of the server.
type HTTPCookies struct {
	SecureAuthCookie bool   `json:"secure_auth_cookie"`
	SameSite         string `json:"same_site"`
}

func networkingTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Networking, Rows: []option.Option{
		{
			Name: "Access URL", Flag: "access-url", YAML: "accessURL",
			Value:       kind.URLOf(&v.AccessURL, accessRules()...),
			Annotations: forProxies, Example: "https://coder.example.com",
			Help: "URL under which people, workspaces and proxies reach the server. It is the base of every link the server " +
				"writes, needs http or https and a host, and holds no credentials, query or fragment.",
		},
		{
			Name: "Wildcard Access URL", Flag: "wildcard-access-url", YAML: "wildcardAccessURL",
			Value:       kind.String(&v.WildcardAccessURL, wildcardHost()),
			Annotations: forProxies, Effect: option.EffectEmbedder, Example: "*.coder.example.com",
			Help: "Pattern of host names under which each workspace application gets a host of its own. It begins with its " +
				"only asterisk and has no scheme. Without it, applications are served on paths.",
		},
		{
			Name: "Docs URL", Flag: "docs-url", YAML: "docsURL",
			Value: kind.URLOf(&v.DocsURL, kind.Schemes("http", "https"), kind.NeedHost(), kind.PublicLink()), Computed: docsURL,
			DefaultDoc:  "https://coder.com/docs, with the version at the end in a release build",
			Annotations: forProxies, Effect: option.EffectPage,
			Help: "Site that links to the documentation lead to. Change it to a mirror of your own where people can't reach " +
				"the public one.",
		},
		{
			Name: "Redirect to Access URL", Flag: "redirect-to-access-url", YAML: "redirectToAccessURL",
			Value: kind.Bool(&v.RedirectToAccessURL),
			Help: "Answer a request that names any other host or scheme with a redirect to --access-url, so that cookies " +
				"and links always belong to one address.",
		},
		{
			Name: "Address", Flag: "address", Short: "a",
			Value:      kind.AddressOf(&v.Address),
			UseInstead: []string{"http-address", "tls-address"}, StandsFor: standForAddress,
			Hidden: true, Annotations: forProxies,
			Help: "Older way to say where the server listens: it stood for --tls-address with --tls-enable on and for " +
				"--http-address with it off.",
		},
		{
			Name: "Proxy Trusted Headers", Flag: "proxy-trusted-headers", YAML: "proxyTrustedHeaders",
			Value:       headerNames(&v.ProxyTrustedHeaders),
			Annotations: forProxies, Example: "X-Forwarded-For",
			Help: "Names of request headers, such as X-Forwarded-For, from which the address of the client is taken. They " +
				"are believed only from the peers in --proxy-trusted-origins.",
		},
		{
			Name: "Proxy Trusted Origins", Flag: "proxy-trusted-origins", YAML: "proxyTrustedOrigins",
			Value:       kind.Strings(&v.ProxyTrustedOrigins, kind.CIDR()),
			Annotations: forProxies, Example: "10.0.0.0/8,192.168.0.0/16",
			Risks: []option.Risk{{Code: "trusts-everyone", Is: wholeInternet, Why: "a network that nearly everybody is in, so anybody can name the client", Hint: "list the networks of your proxies"}},
			Help: "Networks in CIDR form in which your reverse proxies stand. Only requests from these networks may name " +
				"their client in --proxy-trusted-headers.",
		},
		{
			Name: "Secure Auth Cookie", Flag: "secure-auth-cookie", YAML: "secureAuthCookie",
			Value:       kind.Bool(&v.HTTPCookies.SecureAuthCookie),
			Annotations: forProxies, Effect: option.EffectPage,
			Help: "Mark the session cookie as secure, so that browsers send it over HTTPS only. Turn it on wherever " +
				"--access-url begins with https.",
		},
		{
			Name: "SameSite Auth Cookie", Flag: "samesite-auth-cookie", YAML: "sameSiteAuthCookie",
			Value: kind.Choice(&v.HTTPCookies.SameSite, "lax", "none"), Default: "lax",
			Annotations: forProxies, Effect: option.EffectPage,
			Help: "Whether browsers send the session cookie along with requests that begin on other sites. The setting none " +
				"allows it and needs --secure-auth-cookie.",
		},
		{
			Name: "Browser Only", Flag: "browser-only", YAML: "browserOnly",
			Value:       kind.Bool(&v.BrowserOnly),
			Annotations: enterprise, Effect: option.EffectEmbedder,
			Help: "Refuse connections to workspaces from anything but the web page. SSH, port forwarding and desktop " +
				"editors stop working.",
		},
	}}
}

func docsURL(h option.Host) string {
	const site = "https://coder.com/docs"
	if !h.Release {
		return site
	}
	version, _, _ := strings.Cut(h.Version, "+")
	version, _, _ = strings.Cut(version, "-")
	return site + "/@" + version
}

// standForAddress keeps the promise of the days when one address served either
// HTTPS or HTTP: with TLS on, nothing listens for HTTP.
func standForAddress(p option.Peek) []option.Stand {
	if p.Bool("tls-enable") {
		return []option.Stand{{Flag: "tls-address", Same: true}, {Flag: "http-address", Text: ""}}
	}
	return []option.Stand{{Flag: "http-address", Same: true}}
}
