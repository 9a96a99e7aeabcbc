package groups

// The prose of the groups that have any. It stands above the group in help and
// documents, so it tells what the options below it have in common.
const (
	tlsHelp = "How the server answers HTTPS: its certificates and keys, the protocol versions and ciphers it offers, " +
		"and what it asks of clients."
	derpHelp = "Relays that carry traffic between clients and workspaces wherever the two can't reach each other directly. " +
		"The server has one built in, and a map can add others."
	introspectionHelp = "What the server tells operators about itself: logs, metrics, traces, profiles and health."
	oauth2Help        = "Sign-in through other services that speak OAuth 2.0. Each service is switched on by a client ID registered with it."
	telemetryHelp     = "Whether anything about the deployment is reported to the vendor, and where such reports go."
	provisioningHelp  = "The daemons inside the server that run builds, so that workspaces are created, changed and deleted."
	quietHoursHelp    = "The time of day at which workspaces of a user may be stopped or updated with the least harm to anyone's work."
	clientHelp        = "What the server tells the programs on people's machines: the command line, SSH, editors and the web page."
	configHelp        = "Reading the configuration from a file and writing it out. These options can't stand in such a file themselves."
	emailHelp         = "The mail server that carries all e-mail sent by this deployment, and the sender that people see."
	emailAuthHelp     = "How the server proves to the mail server who it is."
	emailTLSHelp      = "How the connection to the mail server is encrypted, and which certificates are trusted on it."
	notificationsHelp = "How people are told about events of their workspaces and accounts, and how delivery is retried."
	oldEmailHelp      = "Older spellings of the options in the Email group, kept so that existing deployments start unchanged."
	oldEmailAuthHelp  = "Older spellings of the options that log in to the mail server."
	oldEmailTLSHelp   = "Older spellings of the options that encrypt the connection to the mail server."
	prebuildsHelp     = "Workspaces that are built ahead of demand, so that a person who asks for one gets it at once."
	retentionHelp     = "How long records are kept before they are deleted for good. Zero keeps a kind of record forever."
)
