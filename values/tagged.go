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

// An order says what a tag that compares two fields means. Either of the two
// may be the one that somebody set, and so the one that is told of: each has
// words of its own.
type order struct {
	reason, hint           string
	otherReason, otherHint string
}

// orders holds them by tag. The words of the validator are never shown: they
// contain names of fields and may one day contain values.
var orders = map[string]order{
	"ltefield": {
		"longer than the limit", "shorten it or raise the limit",
		"a limit shorter than what it bounds", "raise it or shorten the other",
	},
	"gtefield": {
		"shorter than what it must outlast", "lengthen it or shorten the other",
		"longer than what must outlast it", "shorten it or lengthen the other",
	},
	"ltfield": {
		"not shorter than what it must fit in", "shorten it or lengthen the other",
		"not longer than what must fit in it", "lengthen it or shorten the other",
	},
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
			const code = "durations-out-of-order"
			if o := orders[b.Tag()]; !c.Given(fields[at]) && c.Given(fields[other]) {
				c.Problem(code, o.otherReason, o.otherHint, fields[other], fields[at])
			} else {
				c.Problem(code, o.reason, o.hint, fields[at], fields[other])
			}
		}
	}
}
