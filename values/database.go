package values

import (
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Database says where the server keeps its data. The API keeps these fields at
// the top.
type Database struct {
	InMemoryDatabase            bool         `json:"in_memory_database"`
	EphemeralDeployment         bool         `json:"ephemeral_deployment"`
	PostgresURL                 kind.Secret  `json:"pg_connection_url"`
	PostgresAuth                string       `json:"pg_auth"`
	CacheDir                    string       `json:"cache_directory"`
	ExternalTokenEncryptionKeys kind.Secrets `json:"external_token_encryption_keys"`
}

func databaseTable(v *DeploymentValues) option.Table {
	return option.Table{Rows: []option.Option{
		{
			Name: "Cache Directory", Flag: "cache-dir", Env: "CACHE_DIRECTORY", YAML: "cacheDir",
			Value: kind.File(&v.CacheDir), Computed: cacheDir,
			DefaultDoc: "coder below $CACHE_DIRECTORY, or else below the cache directory of the user",
			Complete:   option.HintDir,
			Help: "Directory for files that the server can make again, such as downloads. Losing it costs time and nothing " +
				"else.",
		},
		{
			Name: "Ephemeral Deployment", Flag: "ephemeral", YAML: "ephemeralDeployment",
			Value:  kind.Bool(&v.EphemeralDeployment),
			Hidden: true,
			Help: "Keep the database in a temporary directory that is deleted when the server stops. Every account and " +
				"workspace record goes with it.",
		},
		{
			Name: "In Memory Database", Flag: "in-memory", YAML: "inMemoryDatabase",
			Value:  kind.Bool(&v.InMemoryDatabase),
			Hidden: true,
			Help: "Keep the database in a temporary directory, as --ephemeral does, so that nothing is left when the server " +
				"stops. It is an older word for tests.",
		},
		{
			Name: "Postgres Connection URL", Flag: "postgres-url", Env: "PG_CONNECTION_URL",
			Value: kind.SecretOf(&v.PostgresURL),
			Help: "Connection URL of the PostgreSQL database. Without one the server keeps its data in a file of its own on " +
				"this machine.",
		},
		{
			Name: "Postgres Auth", Flag: "postgres-auth", Env: "PG_AUTH", YAML: "pgAuth",
			Value: kind.Choice(&v.PostgresAuth, "password", "awsiamrds"), Default: "password",
			Help: "How to log in to the database of --postgres-url: password takes the one in the URL, awsiamrds asks AWS " +
				"for a fresh token each time.",
		},
		{
			Name: "External Token Encryption Keys", Flag: "external-token-encryption-keys",
			Value:       kind.SecretsOf(&v.ExternalTokenEncryptionKeys, kind.Base64Key32()),
			Annotations: enterprise, Effect: option.EffectEmbedder,
			Help: "Keys, each 32 random bytes in base64, that encrypt the tokens of other services in the database. The " +
				"first encrypts, all of them decrypt, so put a new key in front.",
		},
	}}
}

func cacheDir(h option.Host) string { return h.CacheDir }
