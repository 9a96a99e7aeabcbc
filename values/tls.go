package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// TLS says how the server speaks HTTPS.
type TLS struct {
	Enable               bool          `json:"enable"`
	Address              kind.HostPort `json:"address"`
	RedirectHTTP         bool          `json:"redirect_http"`
	CertFiles            []string      `json:"cert_file"`
	ClientCAFile         string        `json:"client_ca_file"`
	ClientAuth           string        `json:"client_auth"`
	KeyFiles             []string      `json:"key_file"`
	MinVersion           string        `json:"min_version"`
	ClientCertFile       string        `json:"client_cert_file"`
	ClientKeyFile        string        `json:"client_key_file"`
	SupportedCiphers     []string      `json:"supported_ciphers"`
	AllowInsecureCiphers bool          `json:"allow_insecure_ciphers"`
}

// HSTS is what the server tells browsers about coming back by HTTPS only. The
// API keeps these fields at the top.
type HSTS struct {
	StrictTransportSecurity        int64    `json:"strict_transport_security"`
	StrictTransportSecurityOptions []string `json:"strict_transport_security_options"`
}

func tlsTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.NetworkingTLS, Rows: []option.Option{
		{
			Name: "TLS Address", Flag: "tls-address", YAML: "address",
			Value: kind.AddressOf(&v.TLS.Address), Default: "127.0.0.1:3443",
			Annotations: forProxies,
			Help: "Host and port on which the server answers HTTPS once --tls-enable is on. An empty host means every " +
				"interface.",
		},
		{
			Name: "TLS Enable", Flag: "tls-enable", YAML: "enable",
			Value:       kind.Bool(&v.TLS.Enable),
			Annotations: forProxies,
			Help: "Answer HTTPS on --tls-address, with the certificates in --tls-cert-file. Plain HTTP on --http-address " +
				"goes on beside it until that is set to nothing.",
		},
		{
			Name: "Redirect HTTP to HTTPS", Flag: "tls-redirect-http-to-https", YAML: "redirectHTTP",
			Value: kind.Bool(&v.TLS.RedirectHTTP), Default: "true",
			UseInstead: []string{"redirect-to-access-url"}, StandsFor: standForRedirect,
			Hidden: true, Annotations: forProxies,
			Help: "Older way to send plain HTTP requests on to HTTPS. It has no effect unless set, and then does what " +
				"--redirect-to-access-url does.",
		},
		{
			Name: "TLS Certificate Files", Flag: "tls-cert-file", YAML: "certFiles",
			Value:       kind.Files(&v.TLS.CertFiles),
			Annotations: forProxies, Complete: option.HintFile, Example: "/etc/coder/tls/server.crt",
			Help: "PEM files with the certificates shown to clients, each with its chain, in the order of --tls-key-file. " +
				"With none the server makes itself a certificate for 127.0.0.1.",
		},
		{
			Name: "TLS Client CA Files", Flag: "tls-client-ca-file", YAML: "clientCAFile",
			Value:       kind.File(&v.TLS.ClientCAFile),
			Annotations: forProxies, Complete: option.HintFile,
			Help: "PEM file with the authorities whose client certificates the server accepts. It matters where " +
				"--tls-client-auth asks for certificates and verifies them.",
		},
		{
			Name: "TLS Client Auth", Flag: "tls-client-auth", YAML: "clientAuth",
			Value: kind.Enum(&v.TLS.ClientAuth, "none", "request", "require-any", "verify-if-given", "require-and-verify"), Default: "none",
			Annotations: forProxies,
			Help: "What the server demands of a client's certificate: nothing, to be shown one if there is one, any at all, " +
				"a valid one if there is one, or a valid one always.",
		},
		{
			Name: "TLS Key Files", Flag: "tls-key-file", YAML: "keyFiles",
			Value:       kind.Files(&v.TLS.KeyFiles),
			Annotations: forProxies, Complete: option.HintFile, Example: "/etc/coder/tls/server.key",
			Risks: keepsKey(),
			Help: "PEM files with the private keys, one for each certificate in --tls-cert-file and in the same order. Keep " +
				"them readable by the server alone.",
		},
		{
			Name: "TLS Minimum Version", Flag: "tls-min-version", YAML: "minVersion",
			Value: kind.Enum(&v.TLS.MinVersion, "tls10", "tls11", "tls12", "tls13"), Default: "tls12",
			Annotations: forProxies,
			Risks:       weakVersions(),
			Help: "Oldest version of the TLS protocol that the server still speaks. Clients that know only older ones can't " +
				"connect.",
		},
		{
			Name: "TLS Client Cert File", Flag: "tls-client-cert-file", YAML: "clientCertFile",
			Value:       kind.File(&v.TLS.ClientCertFile),
			Annotations: forProxies, Effect: option.EffectEmbedder, Complete: option.HintFile,
			Help: "PEM file with the certificate that the server shows when it is itself the client of another service. It " +
				"needs --tls-client-key-file.",
		},
		{
			Name: "TLS Client Key File", Flag: "tls-client-key-file", YAML: "clientKeyFile",
			Value:       kind.File(&v.TLS.ClientKeyFile),
			Annotations: forProxies, Effect: option.EffectEmbedder, Complete: option.HintFile,
			Risks: keepsKey(),
			Help:  "PEM file with the private key of the certificate in --tls-client-cert-file.",
		},
		{
			Name: "TLS Ciphers", Flag: "tls-ciphers", YAML: "tlsCiphers",
			Value:       kind.Strings(&v.TLS.SupportedCiphers, kind.NoSpace()),
			Annotations: forProxies, Example: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
			Help: "Cipher suites that the server offers below TLS 1.3, by the names that Go gives them. An empty list " +
				"leaves the choice to Go; weak ones need --tls-allow-insecure-ciphers.",
		},
		{
			Name: "TLS Allow Insecure Ciphers", Flag: "tls-allow-insecure-ciphers", YAML: "tlsAllowInsecureCiphers",
			Value: kind.Bool(&v.TLS.AllowInsecureCiphers), Default: "false",
			Annotations: forProxies,
			Risks:       when("true", "weak-tls", "--tls-ciphers may name suites that attackers know how to break", "turn it off"),
			Help: "Let --tls-ciphers name suites that are known to be weak. Use it only for clients that can't be brought " +
				"up to date.",
		},
		{
			Name: "Strict-Transport-Security", Flag: "strict-transport-security", YAML: "strictTransportSecurity",
			Value: kind.Int(&v.StrictTransportSecurity, kind.NonNegative[int64]()), Default: "0",
			Annotations: forProxies, Example: "15552000",
			Help: "Seconds for which browsers that saw the page by HTTPS refuse to come back by plain HTTP. Zero leaves the " +
				"header out.",
		},
		{
			Name: "Strict-Transport-Security Options", Flag: "strict-transport-security-options", YAML: "strictTransportSecurityOptions",
			Value:       kind.Enums(&v.StrictTransportSecurityOptions, "includeSubDomains", "preload"),
			Annotations: forProxies,
			Help: "Directives added to the Strict-Transport-Security header. They need a positive age in " +
				"--strict-transport-security.",
		},
	}}
}

func standForRedirect(option.Peek) []option.Stand {
	return []option.Stand{{Flag: "redirect-to-access-url", Same: true}}
}
