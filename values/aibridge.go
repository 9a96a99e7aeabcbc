package values

import (
	"time"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// AI holds what stands between AI tools in workspaces and the services they use.
type AI struct {
	Bridge      AIBridge      `json:"bridge"`
	BridgeProxy AIBridgeProxy `json:"aibridge_proxy"`
}

// AIBridge passes requests of AI tools on and keeps a record of them.
type AIBridge struct {
	Enabled             bool          `json:"enabled"`
	OpenAI              AIProvider    `json:"openai"`
	Anthropic           AIProvider    `json:"anthropic"`
	Bedrock             AIBedrock     `json:"bedrock"`
	InjectCoderMCPTools bool          `json:"inject_coder_mcp_tools"`
	Retention           time.Duration `json:"retention"`
	MaxConcurrency      int64         `json:"max_concurrency"`
	RateLimit           int64         `json:"rate_limit"`
}

// AIProvider is one service and the key it is used with.
type AIProvider struct {
	BaseURL string      `json:"base_url"`
	Key     kind.Secret `json:"key"`
}

// AIBedrock is the use of models through Amazon Bedrock.
type AIBedrock struct {
	Region          string      `json:"region"`
	AccessKey       kind.Secret `json:"access_key"`
	AccessKeySecret kind.Secret `json:"access_key_secret"`
	Model           string      `json:"model"`
	SmallFastModel  string      `json:"small_fast_model"`
}

// AIBridgeProxy catches requests of tools that can't be pointed at the bridge.
type AIBridgeProxy struct {
	Enabled    bool   `json:"enabled"`
	ListenAddr string `json:"listen_addr"`
	CertFile   string `json:"cert_file"`
	KeyFile    string `json:"key_file"`
}

func aiBridgeTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.AIBridge, Rows: []option.Option{
		{
			Name: "AI Bridge Enabled", Flag: "aibridge-enabled", YAML: "enabled",
			Value: kind.Bool(&v.AI.Bridge.Enabled), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Pass requests of AI tools in workspaces on to model services through this server, with its keys instead " +
				"of people's own, and keep a record of each.",
		},
		{
			Name: "AI Bridge OpenAI Base URL", Flag: "aibridge-openai-base-url", YAML: "openai_base_url",
			Value: kind.URLText(&v.AI.Bridge.OpenAI.BaseURL, kind.Schemes("http", "https"), kind.NeedHost()), Default: "https://api.openai.com/v1/",
			Effect: option.EffectEmbedder,
			Help: "URL below which requests in the format of OpenAI are passed on. Any service that speaks the same format " +
				"will do.",
		},
		{
			Name: "AI Bridge OpenAI Key", Flag: "aibridge-openai-key",
			Value:  kind.SecretOf(&v.AI.Bridge.OpenAI.Key),
			Effect: option.EffectEmbedder,
			Help: "API key that the service in --aibridge-openai-base-url asks for. Without one, requests in that format " +
				"are refused.",
		},
		{
			Name: "AI Bridge Anthropic Base URL", Flag: "aibridge-anthropic-base-url", YAML: "anthropic_base_url",
			Value: kind.URLText(&v.AI.Bridge.Anthropic.BaseURL, kind.Schemes("http", "https"), kind.NeedHost()), Default: "https://api.anthropic.com/",
			Effect: option.EffectEmbedder,
			Help: "URL below which requests in the format of Anthropic are passed on, unless --aibridge-bedrock-region is " +
				"set.",
		},
		{
			Name: "AI Bridge Anthropic Key", Flag: "aibridge-anthropic-key",
			Value:  kind.SecretOf(&v.AI.Bridge.Anthropic.Key),
			Effect: option.EffectEmbedder,
			Help: "API key that the service in --aibridge-anthropic-base-url asks for. Models used through Bedrock need " +
				"none.",
		},
		{
			Name: "AI Bridge Bedrock Region", Flag: "aibridge-bedrock-region", YAML: "bedrock_region",
			Value:  kind.String(&v.AI.Bridge.Bedrock.Region, kind.NoSpace()),
			Effect: option.EffectEmbedder, Example: "us-east-1",
			Help: "Region of AWS whose Bedrock service answers requests in the format of Anthropic, as us-east-1. Empty " +
				"text turns Bedrock off.",
		},
		{
			Name: "AI Bridge Bedrock Access Key", Flag: "aibridge-bedrock-access-key",
			Value:  kind.SecretOf(&v.AI.Bridge.Bedrock.AccessKey),
			Effect: option.EffectEmbedder,
			Help: "Identifier of the AWS access key used with Bedrock. Its other half is " +
				"--aibridge-bedrock-access-key-secret.",
		},
		{
			Name: "AI Bridge Bedrock Access Key Secret", Flag: "aibridge-bedrock-access-key-secret",
			Value:  kind.SecretOf(&v.AI.Bridge.Bedrock.AccessKeySecret),
			Effect: option.EffectEmbedder,
			Help: "Secret half of the AWS access key in --aibridge-bedrock-access-key. It may call the models and should be " +
				"allowed nothing else.",
		},
		{
			Name: "AI Bridge Bedrock Model", Flag: "aibridge-bedrock-model", YAML: "bedrock_model",
			Value: kind.String(&v.AI.Bridge.Bedrock.Model, kind.NoSpace()), Default: "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
			Effect: option.EffectEmbedder,
			Help:   "Model of Bedrock that answers ordinary requests, by its identifier or that of an inference profile.",
		},
		{
			Name: "AI Bridge Bedrock Small Fast Model", Flag: "aibridge-bedrock-small-fastmodel", Env: "AIBRIDGE_BEDROCK_SMALL_FAST_MODEL", YAML: "bedrock_small_fast_model",
			Value: kind.String(&v.AI.Bridge.Bedrock.SmallFastModel, kind.NoSpace()), Default: "global.anthropic.claude-haiku-4-5-20251001-v1:0",
			Effect: option.EffectEmbedder,
			Help: "Model of Bedrock that answers the many short requests which tools make in the background. A small and " +
				"cheap one is enough.",
		},
		{
			Name: "AI Bridge Inject Coder MCP tools", Flag: "aibridge-inject-coder-mcp-tools", YAML: "inject_coder_mcp_tools",
			Value: kind.Bool(&v.AI.Bridge.InjectCoderMCPTools), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Add the tools of this server, such as listing and starting workspaces, to every request, so that a model " +
				"can use them for the person who asks.",
		},
		{
			Name: "AI Bridge Data Retention Duration", Flag: "aibridge-retention", YAML: "retention",
			Value: kind.Duration(&v.AI.Bridge.Retention, kind.NonNegative[time.Duration]()), Default: "60d",
			Effect: option.EffectEmbedder,
			Help:   "Age at which records of requests to models are deleted. Zero keeps them forever.",
		},
		{
			Name: "AI Bridge Max Concurrency", Flag: "aibridge-max-concurrency", YAML: "maxConcurrency",
			Value: kind.Int(&v.AI.Bridge.MaxConcurrency, kind.NonNegative[int64]()), Default: "0",
			Effect: option.EffectEmbedder,
			Help: "Requests to models that the bridge passes on at the same time. The embedding program answers those " +
				"beyond it; zero sets no limit.",
		},
		{
			Name: "AI Bridge Rate Limit", Flag: "aibridge-rate-limit", YAML: "rateLimit",
			Value: kind.Int(&v.AI.Bridge.RateLimit, kind.NonNegative[int64]()), Default: "0",
			Effect: option.EffectEmbedder,
			Help: "Rate of requests to models that the bridge passes on. The embedding program sets the period and answers " +
				"what goes beyond it; zero sets no limit.",
		},
	}}
}

func aiBridgeProxyTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.AIBridgeProxy, Rows: []option.Option{
		{
			Name: "AI Bridge Proxy Enabled", Flag: "aibridge-proxy-enabled", YAML: "enabled",
			Value: kind.Bool(&v.AI.BridgeProxy.Enabled), Default: "false",
			Effect: option.EffectEmbedder,
			Help: "Run a forward proxy that catches requests to model services and hands them to the bridge, for tools " +
				"whose base URL can't be changed. It needs --aibridge-enabled.",
		},
		{
			Name: "AI Bridge Proxy Listen Address", Flag: "aibridge-proxy-listen-addr", YAML: "listen_addr",
			Value: kind.AddressText(&v.AI.BridgeProxy.ListenAddr), Default: ":8888",
			Effect: option.EffectEmbedder,
			Help: "Host and port on which the forward proxy listens once --aibridge-proxy-enabled is on. An empty host " +
				"means every interface.",
		},
		{
			Name: "AI Bridge Proxy Certificate File", Flag: "aibridge-proxy-cert-file", YAML: "cert_file",
			Value:  kind.File(&v.AI.BridgeProxy.CertFile),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Help: "PEM file with the authority by which the forward proxy makes certificates for the services it stands in " +
				"for. Workspaces must trust it.",
		},
		{
			Name: "AI Bridge Proxy Key File", Flag: "aibridge-proxy-key-file", YAML: "key_file",
			Value:  kind.File(&v.AI.BridgeProxy.KeyFile),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Risks: keepsKey(),
			Help:  "PEM file with the private key of the authority in --aibridge-proxy-cert-file.",
		},
	}}
}
