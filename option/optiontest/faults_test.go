package optiontest_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/option/optiontest"
)

// faults are programs that the tests must not let pass, each with what they
// have to say.
var faults = []struct {
	name, want string
	change     func(v *shop, rows []option.Option)
}{
	{"no help", `help of --name does not begin with a capital`, func(_ *shop, r []option.Option) { r[0].Help = "" }},
	{"no period", `help of --name does not end in a period`, func(_ *shop, r []option.Option) { r[0].Help = "The name" }},
	{"help twice", `help of --mode repeats that of --name`, func(_ *shop, r []option.Option) { r[1].Help = r[0].Help }},
	{"names nothing", `help of --name names --nothing, which is no option`, func(_ *shop, r []option.Option) { r[0].Help = "See --nothing." }},
	{"names itself", `help of --name names itself`, func(_ *shop, r []option.Option) { r[0].Help = "See --name." }},
	{"names a deprecated one", `help of --name names --old, which is deprecated`, func(_ *shop, r []option.Option) { r[0].Help = "See --old." }},
	{"no successor in help", `help of --old does not name --name`, func(_ *shop, r []option.Option) { r[2].Help = "Older words." }},
	{"computed in silence", `--name: got DefaultDoc ""`, func(_ *shop, r []option.Option) { r[0].Computed = func(option.Host) string { return "x" } }},
	{"period in a title", `name of --name is "Name."`, func(_ *shop, r []option.Option) { r[0].Name = "Name." }},
	{"a default that is refused", `its default is refused`, func(_ *shop, r []option.Option) { r[1].Default = "ajar" }},
	{"an example that is refused", `example of --color is refused`, func(_ *shop, r []option.Option) { r[6].Example = "blue" }},
	{"no sample", `--color: no sample fits`, func(_ *shop, r []option.Option) { r[6].Example = "" }},
	{"a kind that loses", `which does not read back`, func(v *shop, r []option.Option) {
		r[0].Value = lossy{kind.String(&v.Name)}
	}},
	{"a kind that shows what it refuses", `shows in a problem`, func(_ *shop, r []option.Option) { r[3].Value = chatty{r[3].Value} }},
	{"a secret in a plain string", `shows in the API`, func(v *shop, r []option.Option) { r[7].Value = loud{kind.String(&v.Note)} }},
}

// loud is a kind that says it is secret and is not.
type loud struct{ option.Value }

func (l loud) Traits() *option.Traits { return &option.Traits{Secret: true, EmptyText: true} }

const faultVar = "OPTIONTEST_FAULT"

// The tests fail where they must: each fault runs in a process of its own,
// for a test can't watch another fail.
func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	if name := os.Getenv(faultVar); name != "" {
		for _, f := range faults {
			if f.name == name {
				optiontest.Run(t, shopConfig(f.change))
			}
		}
		return
	}
	optiontest.Run(t, shopConfig(nil))
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], "-test.run=^TestFaultsAreFound$")
			cmd.Env = append(os.Environ(), faultVar+"="+f.name)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), f.want) {
				t.Errorf("got error %v and %s, want a failure with %q", err, out, f.want)
			}
		})
	}
}

func TestSamples(t *testing.T) {
	t.Parallel()
	optiontest.Run(t, shopConfig(func(_ *shop, r []option.Option) { r[6].Example = "" }), "crimson")
}
