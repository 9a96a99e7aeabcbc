package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Email is the mail server that takes all e-mail, and the sender. Older and
// newer options fill it; the API keeps it where the older ones stood.
type Email struct {
	From      string    `json:"from"`
	Smarthost string    `json:"smarthost"`
	Hello     string    `json:"hello"`
	ForceTLS  bool      `json:"force_tls"`
	Auth      EmailAuth `json:"auth"`
	TLS       EmailTLS  `json:"tls"`
}

// EmailAuth is how the server logs in to the mail server.
type EmailAuth struct {
	Identity     string      `json:"identity"`
	Username     string      `json:"username"`
	Password     kind.Secret `json:"password"`
	PasswordFile string      `json:"password_file"`
}

// EmailTLS is how the connection to the mail server is encrypted.
type EmailTLS struct {
	StartTLS           bool   `json:"start_tls"`
	ServerName         string `json:"server_name"`
	InsecureSkipVerify bool   `json:"insecure_skip_verify"`
	CAFile             string `json:"ca_file"`
	CertFile           string `json:"cert_file"`
	KeyFile            string `json:"key_file"`
}

func emailTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Email, Rows: []option.Option{
		{
			Name: "Email: From Address", Flag: "email-from", YAML: "from",
			Value:  kind.String(&v.Notifications.Email.From, mailAddress()),
			Effect: option.EffectEmbedder, Example: "coder@example.com",
			Help: "Address that e-mail of this deployment comes from, plain or with a name before it in the form Name " +
				"<address>.",
		},
		{
			Name: "Email: Smarthost", Flag: "email-smarthost", YAML: "smarthost",
			Value:  kind.AddressText(&v.Notifications.Email.Smarthost),
			Effect: option.EffectEmbedder, Example: "smtp.example.com:587",
			Help: "Host and port of the mail server that takes all e-mail. Empty text means that no e-mail is sent.",
		},
		{
			Name: "Email: Hello", Flag: "email-hello", YAML: "hello",
			Value: kind.String(&v.Notifications.Email.Hello, kind.NoSpace()), Default: "localhost",
			Effect: option.EffectEmbedder,
			Help:   "Host name by which this server introduces itself to the mail server in --email-smarthost.",
		},
		{
			Name: "Email: Force TLS", Flag: "email-force-tls", YAML: "forceTLS",
			Value: kind.Bool(&v.Notifications.Email.ForceTLS), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Encrypt the connection to --email-smarthost from its first byte, as is usual on port 465. For a switch " +
				"to TLS in the middle see --email-tls-starttls.",
		},
	}}
}

func emailAuthTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.EmailAuth, Rows: []option.Option{
		{
			Name: "Email Auth: Identity", Flag: "email-auth-identity", YAML: "identity",
			Value:  kind.String(&v.Notifications.Email.Auth.Identity, kind.NoBreaks()),
			Effect: option.EffectEmbedder,
			Help: "Identity to act as on the mail server after logging in with PLAIN. Leave it empty to act as " +
				"--email-auth-username.",
		},
		{
			Name: "Email Auth: Username", Flag: "email-auth-username", YAML: "username",
			Value:  kind.String(&v.Notifications.Email.Auth.Username, kind.NoBreaks()),
			Effect: option.EffectEmbedder,
			Help:   "Name to log in to the mail server in --email-smarthost with. Without one the server does not log in.",
		},
		{
			Name: "Email Auth: Password", Flag: "email-auth-password",
			Value:  kind.SecretOf(&v.Notifications.Email.Auth.Password),
			Effect: option.EffectEmbedder,
			Help: "Password that goes with --email-auth-username. Use --email-auth-password-file to keep it out of the " +
				"environment.",
		},
		{
			Name: "Email Auth: Password File", Flag: "email-auth-password-file", YAML: "passwordFile",
			Value:  kind.File(&v.Notifications.Email.Auth.PasswordFile),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Risks: keepsKey(),
			Help: "File that holds the password for --email-auth-username. It can't be given together with " +
				"--email-auth-password.",
		},
	}}
}

func emailTLSTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.EmailTLS, Rows: []option.Option{
		{
			Name: "Email TLS: StartTLS", Flag: "email-tls-starttls", YAML: "startTLS",
			Value:  kind.Bool(&v.Notifications.Email.TLS.StartTLS),
			Effect: option.EffectEmbedder,
			Help: "Begin in plain text and ask the mail server to switch to TLS before anything is sent, as is usual on " +
				"port 587.",
		},
		{
			Name: "Email TLS: Server Name", Flag: "email-tls-server-name", Env: "EMAIL_TLS_SERVERNAME", YAML: "serverName",
			Value:  kind.String(&v.Notifications.Email.TLS.ServerName, kind.NoSpace()),
			Effect: option.EffectEmbedder,
			Help: "Name that the certificate of the mail server must carry, where it differs from the host in " +
				"--email-smarthost.",
		},
		{
			Name: "Email TLS: Skip Certificate Verification (Insecure)", Flag: "email-tls-skip-verify", Env: "EMAIL_TLS_SKIPVERIFY", YAML: "insecureSkipVerify",
			Value:  kind.Bool(&v.Notifications.Email.TLS.InsecureSkipVerify),
			Effect: option.EffectEmbedder,
			Risks:  when("true", "skip-verify", "anybody on the way to the mail server can pose as it", "set --email-tls-ca-cert-file instead"),
			Help: "Accept any certificate from the mail server. Whoever stands in between can then read e-mail and the " +
				"password; name the authority in --email-tls-ca-cert-file instead.",
		},
		{
			Name: "Email TLS: Certificate Authority File", Flag: "email-tls-ca-cert-file", Env: "EMAIL_TLS_CACERTFILE", YAML: "caCertFile",
			Value:  kind.File(&v.Notifications.Email.TLS.CAFile),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Help: "PEM file with the authorities that may have signed the certificate of the mail server, instead of those " +
				"that the system trusts.",
		},
		{
			Name: "Email TLS: Certificate File", Flag: "email-tls-cert-file", Env: "EMAIL_TLS_CERTFILE", YAML: "certFile",
			Value:  kind.File(&v.Notifications.Email.TLS.CertFile),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Help: "PEM file with the certificate that this server shows to the mail server. It needs " +
				"--email-tls-cert-key-file.",
		},
		{
			Name: "Email TLS: Certificate Key File", Flag: "email-tls-cert-key-file", Env: "EMAIL_TLS_CERTKEYFILE", YAML: "certKeyFile",
			Value:  kind.File(&v.Notifications.Email.TLS.KeyFile),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Risks: keepsKey(),
			Help:  "PEM file with the private key by which the server proves that --email-tls-cert-file is its own.",
		},
	}}
}
