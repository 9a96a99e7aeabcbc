package kind_test

import (
	"fmt"
	"net/netip"
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

// A rule is a limit with words for help; what it refuses it does not repeat.
func ExampleRule() {
	var v struct{ Port int64 }
	even := kind.Rule[int64]{Text: "an even number", Check: func(n int64) *option.Fault {
		if n%2 != 0 {
			return &option.Fault{Reason: "not an even number", Hint: "add or take one"}
		}
		return nil
	}}
	port := kind.Int(&v.Port, kind.Min[int64](1024), even)
	fmt.Println(port.Traits().Rules)
	fmt.Println(port.Decode(&v.Port, option.RawText("8081")))
	// Output:
	// [at least 1024 an even number]
	// not an even number (add or take one)
}

// Any type that reads and writes text is a kind.
func ExampleText() {
	var v struct{ Bind netip.Addr }
	bind := kind.Text(&v.Bind)
	fmt.Println(bind.Decode(&v.Bind, option.RawText("::1")), v.Bind.IsLoopback())
	fmt.Println(bind.Decode(&v.Bind, option.RawText("localhost")))
	// Output:
	// <nil> true
	// not a valid text
}
