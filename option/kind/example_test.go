package kind_test

import (
	"fmt"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// A kind reads text into the field of any struct of the type, and says what it
// wanted where it can't.
func Example() {
	var v struct{ Timeout time.Duration }
	timeout := kind.Duration(&v.Timeout, kind.Max(time.Hour))

	fmt.Println(timeout.Decode(&v.Timeout, option.RawText("1m30s")), v.Timeout)
	fmt.Println(timeout.Decode(&v.Timeout, option.RawText("90")))
	fmt.Println(timeout.Decode(&v.Timeout, option.RawText("1d")))
	// Output:
	// <nil> 1m30s
	// not a duration such as 1h30m (add a unit: ns, us, ms, s, m, h, d or w)
	// more than 1h0m0s
}

// Nothing prints a secret but the code that asks for it.
func ExampleSecret() {
	s := kind.NewSecret("hush")
	fmt.Printf("%v %#v %x\n", s, struct{ Key kind.Secret }{s}, s)
	fmt.Println(s.Reveal())
	// Output:
	// (withheld) struct { Key kind.Secret }{Key:(withheld)} (withheld)
	// hush
}

// Members of a structured value are checked one by one.
func ExampleStruct() {
	type mirror struct {
		URL   string      `yaml:"url" required:"true" url:"redact"`
		Token kind.Secret `yaml:"token" json:"-"`
	}
	var mirrors []mirror
	v := kind.Struct(&mirrors)
	fmt.Println(v.Decode(&mirrors, option.RawText(`[{"url":"https://me:pass@a.example","token":"t"}]`)))
	fmt.Println(string(v.AppendJSON(nil, &mirrors, option.ShapeCompact)))
	fmt.Println(v.Decode(&mirrors, option.RawText(`[{"url":"https://a.example"},{"ulr":"https://b.example"}]`)))
	// Output:
	// <nil>
	// [{"url":"https://a.example"}]
	// [1]: an unknown key (did you mean url?)
}
