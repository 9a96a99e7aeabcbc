package values

import (
	"github.com/strataconf/strata/groups"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// QuietHours is the time of day at which workspaces may be disturbed.
type QuietHours struct {
	DefaultSchedule string `json:"default_schedule"`
	AllowUserCustom bool   `json:"allow_user_custom"`
}

func quietHoursTable(v *DeploymentValues) option.Table {
	return option.Table{Group: groups.QuietHours, Rows: []option.Option{
		{
			Name: "Default Quiet Hours Schedule", Flag: "default-quiet-hours-schedule", Env: "QUIET_HOURS_DEFAULT_SCHEDULE", YAML: "defaultQuietHoursSchedule",
			Value: kind.String(&v.UserQuietHoursSchedule.DefaultSchedule, kind.DailyCron()), Default: "CRON_TZ=UTC 0 0 * * *",
			Effect: option.EffectEmbedder, Example: "CRON_TZ=Europe/Berlin 30 2 * * *",
			Help: "Daily cron line at which quiet hours begin for people who chose no time of their own, with CRON_TZ= in " +
				"front for a time zone. The fields for days must be asterisks.",
		},
		{
			Name: "Allow Custom Quiet Hours", Flag: "allow-custom-quiet-hours", YAML: "allowCustomQuietHours",
			Value: kind.Bool(&v.UserQuietHoursSchedule.AllowUserCustom), Default: "true",
			Effect: option.EffectEmbedder,
			Help: "Let people choose when their own quiet hours begin. Turned off, --default-quiet-hours-schedule holds for " +
				"everybody.",
		},
	}}
}
