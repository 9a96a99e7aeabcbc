package report_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/strataconf/strata/report"
)

// FuzzFind holds that any name means one option, a retired one or none, that
// what is found is found by its flag too, and that a name is never told back:
// it may be a secret.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"--http-port", "TOY_LINK_0_ID", "$TOY_HTTP_PORT=1", "net.port:", "config.net.port", ".a[2].b", "LINK_99999999999999999999_ID", "-", "=", "--=", "\xff", "a..b", "[", "$", "HTTP port"} {
		f.Add(seed)
	}
	const canary = "Zq7CANARYzq7"
	c := build(f, true).Catalog
	for o := range c.All() {
		f.Add(o.Flag)
		f.Add(o.Path())
	}
	f.Fuzz(func(t *testing.T, name string) {
		found, err := report.Find(c, name)
		if (found.Option == nil && found.Retired == nil) != (err != nil) || found.Option != nil && found.Retired != nil {
			t.Fatalf("%q: found %+v, error %v", name, found, err)
		}
		if o := found.Option; o != nil && o.Flag != "" {
			if again, err := report.Find(c, "--"+o.Flag); err != nil || again.Option != o {
				t.Errorf("%q means --%s, and that is not found: %v", name, o.Flag, err)
			}
		}
		for _, planted := range []string{name + canary, canary + name, canary + "." + name, name + "_" + canary, "--" + canary + "=" + name} {
			_, err := report.Find(c, planted)
			var missing *report.NotFoundError
			if err != nil && (!errors.As(err, &missing) || strings.Contains(err.Error(), canary) || strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == 0x7F })) {
				t.Errorf("%q: %q", planted, err)
			}
		}
	})
}
