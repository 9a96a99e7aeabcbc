package yamlgen

import (
	"io"

	"github.com/strataconf/strata/option"
)

// WriteOnly is [Write] for the options that keep chooses: the file sets those
// and no others.
func WriteOnly(w io.Writer, r *option.Redacted, keep func(*option.Option) bool) error {
	_, err := write(w, r, keep)
	return err
}
