package values

import (
	"time"

	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Provisioner is the set of daemons that run builds inside the server.
type Provisioner struct {
	Daemons             int64         `json:"daemons"`
	DaemonTypes         []string      `json:"daemon_types"`
	DaemonPollInterval  time.Duration `json:"daemon_poll_interval"`
	DaemonPollJitter    time.Duration `json:"daemon_poll_jitter"`
	ForceCancelInterval time.Duration `json:"force_cancel_interval"`
	DaemonPSK           kind.Secret   `json:"daemon_psk"`
}

func provisioningTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.Provisioning, Rows: []option.Option{
		{
			Name: "Provisioner Daemons", Flag: "provisioner-daemons", YAML: "daemons",
			Value: kind.Int(&v.Provisioner.Daemons, kind.NonNegative[int64]()), Default: "3",
			Effect: option.EffectEmbedder,
			Help: "Number of builds that the server itself runs at the same time. Zero leaves all of them to daemons " +
				"elsewhere.",
		},
		{
			Name: "Provisioner Daemon Types", Flag: "provisioner-types", YAML: "daemonTypes",
			Value: kind.Enums(&v.Provisioner.DaemonTypes, "terraform", "echo"), Default: "terraform",
			Hidden: true, Effect: option.EffectEmbedder,
			Help: "Ways to run a build that the daemons inside the server offer. The type echo only plays builds back and " +
				"is meant for tests.",
		},
		{
			Name: "Poll Interval", Flag: "provisioner-daemon-poll-interval", YAML: "daemonPollInterval",
			Value: kind.Duration(&v.Provisioner.DaemonPollInterval, kind.NonNegative[time.Duration]()), Default: "1s",
			Effect: option.EffectEmbedder,
			Help: "Time between two looks of an idle daemon for new builds. --provisioner-daemon-poll-jitter is added to " +
				"it.",
		},
		{
			Name: "Poll Jitter", Flag: "provisioner-daemon-poll-jitter", YAML: "daemonPollJitter",
			Value: kind.Duration(&v.Provisioner.DaemonPollJitter, kind.NonNegative[time.Duration]()), Default: "100ms",
			Effect: option.EffectEmbedder,
			Help: "Random time, up to this much, that spreads the looks of many daemons over " +
				"--provisioner-daemon-poll-interval.",
		},
		{
			Name: "Force Cancel Interval", Flag: "provisioner-force-cancel-interval", YAML: "forceCancelInterval",
			Value: kind.Duration(&v.Provisioner.ForceCancelInterval, kind.NonNegative[time.Duration]()), Default: "10m0s",
			Effect: option.EffectEmbedder,
			Help: "Time that a cancelled build has to stop by itself before it is killed. A killed build can leave " +
				"resources behind.",
		},
		{
			Name: "Provisioner Daemon Pre-shared Key (PSK)", Flag: "provisioner-daemon-psk",
			Value:  kind.SecretOf(&v.Provisioner.DaemonPSK),
			Effect: option.EffectEmbedder,
			Help: "Secret that the server shares with daemons on other machines, by which they are let in. Make it long and " +
				"random.",
		},
	}}
}
