package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// DERP says how clients and workspaces that can't reach each other are relayed.
type DERP struct {
	Server DERPServer `json:"server"`
	Config DERPConfig `json:"config"`
}

// DERPServer is the relay inside the server.
type DERPServer struct {
	Enable        bool     `json:"enable"`
	RegionID      int64    `json:"region_id"`
	RegionCode    string   `json:"region_code"`
	RegionName    string   `json:"region_name"`
	STUNAddresses []string `json:"stun_addresses"`
	RelayURL      kind.URL `json:"relay_url"`
}

// DERPConfig is the map of all relays, and whether they must be used.
type DERPConfig struct {
	BlockDirect     bool   `json:"block_direct"`
	ForceWebSockets bool   `json:"force_websockets"`
	URL             string `json:"url"`
	Path            string `json:"path"`
}

func derpTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.NetworkingDERP, Rows: []option.Option{
		{
			Name: "DERP Server Enable", Flag: "derp-server-enable", YAML: "enable",
			Value: kind.Bool(&v.DERP.Server.Enable), Default: "true",
			Annotations: forProxies, Effect: option.EffectEmbedder,
			Help: "Run the relay that is built into the server, as one region beside those of --derp-config-url and " +
				"--derp-config-path.",
		},
		{
			Name: "DERP Server Region ID", Flag: "derp-server-region-id", YAML: "regionID",
			Value: kind.Int(&v.DERP.Server.RegionID, kind.NonNegative[int64]()), Default: "999",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Number of the built-in relay's region. It must differ from every region in the map that " +
				"--derp-config-url or --derp-config-path brings.",
		},
		{
			Name: "DERP Server Region Code", Flag: "derp-server-region-code", YAML: "regionCode",
			Value: kind.String(&v.DERP.Server.RegionCode, kind.NoSpace()), Default: "coder",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Short name of the built-in relay's region, as network reports and logs of clients show it.",
		},
		{
			Name: "DERP Server Region Name", Flag: "derp-server-region-name", YAML: "regionName",
			Value: kind.String(&v.DERP.Server.RegionName, kind.NoBreaks()), Default: "Coder Embedded Relay",
			Effect: option.EffectEmbedder,
			Help:   "Full name of the built-in relay's region, as people read it on the web page and in the output of ping.",
		},
		{
			Name: "DERP Server STUN Addresses", Flag: "derp-server-stun-addresses", YAML: "stunAddresses",
			Value: kind.Strings(&v.DERP.Server.STUNAddresses, kind.NoSpace()), Default: "stun.l.google.com:19302,stun1.l.google.com:19302,stun2.l.google.com:19302,stun3.l.google.com:19302,stun4.l.google.com:19302",
			Effect: option.EffectEmbedder, Example: "stun.example.com:3478",
			Help: "STUN servers, each as host:port, by which peers learn their public addresses and try to connect " +
				"directly. An empty list leaves only the relays.",
		},
		{
			Name: "DERP Server Relay URL", Flag: "derp-server-relay-url", YAML: "relayURL",
			Value:       kind.URLOf(&v.DERP.Server.RelayURL, kind.Schemes("http", "https"), kind.NeedHost()),
			Annotations: option.Annotations{"external_workspace_proxies": "true", "enterprise": "true"}, Effect: option.EffectEmbedder, Example: "http://10.0.0.1:3000",
			Help: "URL under which the other replicas of the deployment reach the built-in relay of this one. Give each " +
				"replica its own when you run more than one.",
		},
		{
			Name: "Block Direct Connections", Flag: "block-direct-connections", Env: "BLOCK_DIRECT", YAML: "blockDirect",
			Value:       kind.Bool(&v.DERP.Config.BlockDirect),
			Annotations: forProxies, Effect: option.EffectEmbedder,
			Help: "Send all traffic between clients and workspaces through relays, and never let the two find a direct way " +
				"to each other.",
		},
		{
			Name: "DERP Force WebSockets", Flag: "derp-force-websockets", YAML: "forceWebSockets",
			Value:  kind.Bool(&v.DERP.Config.ForceWebSockets),
			Effect: option.EffectEmbedder,
			Help: "Reach relays by WebSocket only. Use it where a proxy in between refuses to upgrade connections to the " +
				"protocol of relays.",
		},
		{
			Name: "DERP Config URL", Flag: "derp-config-url", YAML: "url",
			Value:  kind.URLText(&v.DERP.Config.URL, kind.Schemes("http", "https"), kind.NeedHost()),
			Effect: option.EffectEmbedder, Example: "https://controlplane.example.com/derpmap/default",
			Help: "URL from which a map of further relays is fetched at start. Use --derp-config-path for a map that is on " +
				"disk.",
		},
		{
			Name: "DERP Config Path", Flag: "derp-config-path", YAML: "configPath",
			Value:  kind.File(&v.DERP.Config.Path),
			Effect: option.EffectEmbedder, Complete: option.HintFile,
			Help: "File with a map of further relays in JSON, read at start. Use --derp-config-url for a map that is served " +
				"elsewhere.",
		},
	}}
}
