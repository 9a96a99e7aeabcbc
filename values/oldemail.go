package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// The tables of this file spell the fields of [Email] as they were spelled when
// notifications were all that went out by e-mail.

func oldEmailTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.NotificationsEmail, Rows: []option.Option{
		{
			Name: "Notifications: Email: From Address", Flag: "notifications-email-from", YAML: "from",
			Value:      kind.String(&v.Notifications.Email.From, mailAddress()),
			UseInstead: []string{"email-from"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-from, from the days when only notifications went out by e-mail.",
		},
		{
			Name: "Notifications: Email: Smarthost", Flag: "notifications-email-smarthost", YAML: "smarthost",
			Value:      kind.AddressText(&v.Notifications.Email.Smarthost),
			UseInstead: []string{"email-smarthost"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-smarthost, for the mail server that carried notifications only.",
		},
		{
			Name: "Notifications: Email: Hello", Flag: "notifications-email-hello", YAML: "hello",
			Value:      kind.String(&v.Notifications.Email.Hello, kind.NoSpace()),
			UseInstead: []string{"email-hello"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-hello, the name used in the greeting to the mail server.",
		},
		{
			Name: "Notifications: Email: Force TLS", Flag: "notifications-email-force-tls", YAML: "forceTLS",
			Value:      kind.Bool(&v.Notifications.Email.ForceTLS),
			UseInstead: []string{"email-force-tls"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-force-tls, which encrypts the mail connection from its first byte.",
		},
	}}
}

func oldEmailAuthTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.NotificationsEmailAuth, Rows: []option.Option{
		{
			Name: "Notifications: Email Auth: Identity", Flag: "notifications-email-auth-identity", YAML: "identity",
			Value:      kind.String(&v.Notifications.Email.Auth.Identity, kind.NoBreaks()),
			UseInstead: []string{"email-auth-identity"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-auth-identity, the identity to act as on the mail server.",
		},
		{
			Name: "Notifications: Email Auth: Username", Flag: "notifications-email-auth-username", YAML: "username",
			Value:      kind.String(&v.Notifications.Email.Auth.Username, kind.NoBreaks()),
			UseInstead: []string{"email-auth-username"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-auth-username, the name to log in to the mail server with.",
		},
		{
			Name: "Notifications: Email Auth: Password", Flag: "notifications-email-auth-password",
			Value:      kind.SecretOf(&v.Notifications.Email.Auth.Password),
			UseInstead: []string{"email-auth-password"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-auth-password, the secret to log in to the mail server with.",
		},
		{
			Name: "Notifications: Email Auth: Password File", Flag: "notifications-email-auth-password-file", YAML: "passwordFile",
			Value:      kind.File(&v.Notifications.Email.Auth.PasswordFile),
			UseInstead: []string{"email-auth-password-file"},
			Effect:     option.EffectEmbedder, Complete: option.HintFile,
			Help: "Older spelling of --email-auth-password-file, which names a file with that secret in it.",
		},
	}}
}

func oldEmailTLSTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.NotificationsEmailTLS, Rows: []option.Option{
		{
			Name: "Notifications: Email TLS: StartTLS", Flag: "notifications-email-tls-starttls", YAML: "startTLS",
			Value:      kind.Bool(&v.Notifications.Email.TLS.StartTLS),
			UseInstead: []string{"email-tls-starttls"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-tls-starttls, which switches a plain mail connection over to TLS.",
		},
		{
			Name: "Notifications: Email TLS: Server Name", Flag: "notifications-email-tls-server-name", Env: "NOTIFICATIONS_EMAIL_TLS_SERVERNAME", YAML: "serverName",
			Value:      kind.String(&v.Notifications.Email.TLS.ServerName, kind.NoSpace()),
			UseInstead: []string{"email-tls-server-name"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-tls-server-name, the name that the mail server's certificate must carry.",
		},
		{
			Name: "Notifications: Email TLS: Skip Certificate Verification (Insecure)", Flag: "notifications-email-tls-skip-verify", Env: "NOTIFICATIONS_EMAIL_TLS_SKIPVERIFY", YAML: "insecureSkipVerify",
			Value:      kind.Bool(&v.Notifications.Email.TLS.InsecureSkipVerify),
			UseInstead: []string{"email-tls-skip-verify"},
			Effect:     option.EffectEmbedder,
			Help:       "Older spelling of --email-tls-skip-verify, which accepts any certificate from the mail server.",
		},
		{
			Name: "Notifications: Email TLS: Certificate Authority File", Flag: "notifications-email-tls-ca-cert-file", Env: "NOTIFICATIONS_EMAIL_TLS_CACERTFILE", YAML: "caCertFile",
			Value:      kind.File(&v.Notifications.Email.TLS.CAFile),
			UseInstead: []string{"email-tls-ca-cert-file"},
			Effect:     option.EffectEmbedder, Complete: option.HintFile,
			Help: "Older spelling of --email-tls-ca-cert-file, the authorities trusted to sign for the mail server.",
		},
		{
			Name: "Notifications: Email TLS: Certificate File", Flag: "notifications-email-tls-cert-file", Env: "NOTIFICATIONS_EMAIL_TLS_CERTFILE", YAML: "certFile",
			Value:      kind.File(&v.Notifications.Email.TLS.CertFile),
			UseInstead: []string{"email-tls-cert-file"},
			Effect:     option.EffectEmbedder, Complete: option.HintFile,
			Help: "Older spelling of --email-tls-cert-file, the certificate shown to the mail server.",
		},
		{
			Name: "Notifications: Email TLS: Certificate Key File", Flag: "notifications-email-tls-cert-key-file", Env: "NOTIFICATIONS_EMAIL_TLS_CERTKEYFILE", YAML: "certKeyFile",
			Value:      kind.File(&v.Notifications.Email.TLS.KeyFile),
			UseInstead: []string{"email-tls-cert-key-file"},
			Effect:     option.EffectEmbedder, Complete: option.HintFile,
			Help: "Older spelling of --email-tls-cert-key-file, the private key that belongs to that certificate.",
		},
	}}
}
