package values

import (
	"strconv"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Telemetry says whether reports about the deployment leave it.
type Telemetry struct {
	Enable bool `json:"enable"`
	// Trace is always false. Older clients expect the field.
	Trace bool     `json:"trace" option:"fixed"`
	URL   kind.URL `json:"url"`
}

func telemetryTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Telemetry, Rows: []option.Option{
		{
			Name: "Telemetry Enable", Flag: "telemetry", Env: "TELEMETRY_ENABLE", YAML: "enable",
			Value: kind.Bool(&v.Telemetry.Enable), Computed: telemetry,
			DefaultDoc: "true, and false while tests run",
			Help: "Allow reports about the use of this deployment to the vendor. This program sends none itself; it passes " +
				"the choice on to clients.",
		},
		{
			Name: "Telemetry (backwards compatibility)", Flag: "telemetry-enable", Env: "TELEMETRY",
			Value:      kind.Bool(&v.Telemetry.Enable),
			UseInstead: []string{"telemetry"},
			Hidden:     true,
			Help: "Older spelling of --telemetry, from before the flag and its environment variable were given the names " +
				"they have now.",
		},
		{
			Name: "Telemetry URL", Flag: "telemetry-url", YAML: "url",
			Value: kind.URLOf(&v.Telemetry.URL, kind.Schemes("http", "https"), kind.NeedHost()), Default: "https://telemetry.coder.com",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Server to which reports go while --telemetry is on, for programs that send any.",
		},
	}}
}

func telemetry(h option.Host) string { return strconv.FormatBool(!h.Testing) }
