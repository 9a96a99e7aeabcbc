package values

import (
	"errors"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
)

// validate is made once: it remembers what it learned of each struct.
var validate = sync.OnceValue(func() *validator.Validate {
	return validator.New(validator.WithRequiredStructEnabled())
})

// orders says what the tags that compare two fields mean. The words of the
// validator are never shown: they contain names of fields and may one day
// contain values.
var orders = map[string]struct{ reason, hint string }{
	"ltefield": {"longer than the limit", "shorten it or raise the limit"},
	"gtefield": {"shorter than what it must outlast", "lengthen it or shorten the other"},
	"ltfield":  {"not shorter than what it must fit in", "shorten it or lengthen the other"},
}

// checkTagged makes the checks that stand as validate tags in the structs.
func checkTagged(v *DeploymentValues, c reporter) {
	life, note := &v.SessionLifetime, &v.Notifications
	fields := map[string]any{
		"SessionLifetime.DefaultDuration":        &life.DefaultDuration,
		"SessionLifetime.RefreshDefaultDuration": &life.RefreshDefaultDuration,
		"SessionLifetime.DefaultTokenLifetime":   &life.DefaultTokenLifetime,
		"SessionLifetime.MaxTokenLifetime":       &life.MaxTokenLifetime,
		"Notifications.DispatchTimeout":          &note.DispatchTimeout,
		"Notifications.LeasePeriod":              &note.LeasePeriod,
	}
	for _, part := range []any{life, note} {
		var broken validator.ValidationErrors
		if !errors.As(validate().Struct(part), &broken) {
			continue
		}
		for _, b := range broken {
			at := b.StructNamespace()
			other := strings.TrimSuffix(at, b.StructField()) + b.Param()
			order := orders[b.Tag()]
			c.Problem("durations-out-of-order", order.reason, order.hint, fields[at], fields[other])
		}
	}
}
