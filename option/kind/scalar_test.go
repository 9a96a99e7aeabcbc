package kind_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

type duration = time.Duration

// level reads itself as text and knows its name; shade has none.
type level struct{ n int }

func (*level) Type() string { return "level" }

func (l level) MarshalText() ([]byte, error) { return []byte([]string{"low", "high"}[l.n]), nil }

func (l *level) UnmarshalText(b []byte) error {
	switch string(b) {
	case "low", "high":
		l.n = strings.Index("low high", string(b)) / 4
		return nil
	}
	return errors.New("bad level " + string(b))
}

type shade string

func (s shade) MarshalText() ([]byte, error) { return []byte(s), nil }

func (s *shade) UnmarshalText(b []byte) error {
	if string(b) == "neon" {
		return &option.Fault{Reason: "too bright"}
	}
	*s = shade(b)
	return nil
}

func TestBool(t *testing.T) {
	t.Parallel()
	v := kind.Bool(new(bool))
	for _, s := range []string{"1", "t", "T", "TRUE", "true", "True"} {
		checkGood(t, v, []good[bool]{{s, true, "true"}})
	}
	for _, s := range []string{"0", "f", "F", "FALSE", "false", "False"} {
		checkGood(t, v, []good[bool]{{s, false, "false"}})
	}
	for _, s := range []string{"yes", "no", "on", "off", "y", "n", "", "tRUE", "2", "nil"} {
		checkBad[bool](t, v, []bad{{s, "not true or false", "use true or false"}})
	}
	checkBad[bool](t, v, []bad{
		{"true\n", "not true", "line break"},
		{"true\r", "not true", "line break"},
		{"\n", "not true", "line break"},
		{" true", "not true", "space"},
		{`"true"`, "not true", "quotes"},
		{"'true'", "not true", "quotes"},
		{`""`, "not true", "quotes"},
		{`"`, "not true", "use true or false"},
		{`"true`, "not true", "use true or false"},
	})
	if !v.Traits().NoValue {
		t.Error("a bool takes an argument, want none")
	}
}

func TestInt(t *testing.T) {
	t.Parallel()
	v := kind.Int(new(int64))
	checkGood(t, v, []good[int64]{
		{"0", 0, "0"},
		{"+5", 5, "5"},
		{"-0", 0, "0"},
		{"42", 42, "42"},
		{"-7", -7, "-7"},
		{"9223372036854775807", math.MaxInt64, "9223372036854775807"},
		{"-9223372036854775808", math.MinInt64, "-9223372036854775808"},
	})
	for _, s := range []string{
		"", "+", "-", "--1", "0600", "00", "0x1F", "0o7", "0b1", "1_000", "1e3", "1.0", "3.7", "1:30", "１２", "٣", " 1", "1 ", "1\n", "NaN",
	} {
		checkBad[int64](t, v, []bad{{s, "not a whole number", ""}})
	}
	for _, s := range []string{"9223372036854775808", "-9223372036854775809", strings.Repeat("9", 400)} {
		checkBad[int64](t, v, []bad{{s, "does not fit", ""}})
	}
	checkGood(t, kind.Int(new(int64), kind.NonNegative[int64](), kind.Min[int64](0), kind.Max[int64](0)), []good[int64]{{"0", 0, "0"}})
	checkGood(t, kind.Int(new(int64), kind.Positive[int64]()), []good[int64]{{"1", 1, "1"}})
	checkBad[int64](t, kind.Int(new(int64), kind.NonNegative[int64]()), []bad{{"-1", "negative", ""}})
	checkBad[int64](t, kind.Int(new(int64), kind.Min[int64](3), kind.Max[int64](5)), []bad{{"2", "less than 3", ""}, {"6", "more than 5", ""}})
	checkBad[int64](t, kind.Int(new(int64), kind.Positive[int64]()), []bad{{"0", "zero or less, but it must be more than zero", ""}})
}

func TestString(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "no", "1.10", "0600", "2001-01-01", "a\n", "\ttab ", "\u00a0\u200b", "日本", `"quoted"`, "~"} {
		checkGood(t, kind.String(new(string)), []good[string]{{s, s, s}})
		checkGood(t, kind.File(new(string)), []good[string]{{s, s, s}})
	}
	// Empty text means none, whatever the limits are.
	checkGood(t, kind.String(new(string), kind.DailyCron()), []good[string]{{"", "", ""}})
	checkBad[string](t, kind.String(new(string), kind.DailyCron()), []bad{{"x", "not a daily", ""}})
	checkBad[string](t, kind.ConfigPath(new(string)), []bad{{"", "empty", ""}})
}

func TestEnum(t *testing.T) {
	t.Parallel()
	v := kind.Enum(new(string), "tls10", "tls12", "tls13", "Both")
	checkGood(t, v, []good[string]{{"tls12", "tls12", "tls12"}, {"TLS13", "tls13", "tls13"}, {"bOTH", "Both", "Both"}})
	checkBad[string](t, v, []bad{
		{"", "not one of tls10, tls12, tls13, Both", ""},
		{"tls2", "not one of", "did you mean tls12?"},
		{"bohT", "", "did you mean Both?"},
		{"1", "not one of", ""},
		{"tls12\n", "not one of", "line break"},
		{strings.Repeat("t", 4000), "not one of", ""},
		{"tlſ12", "not one of", ""},
	})
	checkGood(t, kind.Choice(new(string), "", "a"), []good[string]{{"", "", ""}})
	if f := fault(t, kind.Enum(new(string), "ab").Decode(new(string), option.RawText("zz"))); f.Hint != "" {
		t.Errorf("got the hint %q for a far word, want none", f.Hint)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	checkGood(t, kind.Text(new(level)), []good[level]{{"low", level{0}, "low"}, {"high", level{1}, "high"}})
	checkBad[level](t, kind.Text(new(level)), []bad{{canary, "not a valid level", ""}, {"", "not a valid level", ""}})
	checkBad[shade](t, kind.Text(new(shade)), []bad{{"neon", "too bright", ""}})
	l, c := level{1}, level{}
	v := kind.Text(new(level))
	v.Copy(&c, &l)
	if c != l || string(v.AppendJSON(nil, &l, option.ShapeFull)) != `"high"` {
		t.Errorf("got the copy %v and the JSON %s", c, v.AppendJSON(nil, &l, option.ShapeFull))
	}
}

// fickle can't be written.
type fickle string

func (fickle) MarshalText() ([]byte, error) { return []byte("half"), errors.New("fickle") }

func (*fickle) UnmarshalText([]byte) error { return nil }

// What can't be written has no text, and no half of one.
func TestTextThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	var f fickle
	var list []fickle
	all := kind.Struct(&list)
	if err := all.Decode(&list, option.RawText(`["a"]`)); err != nil {
		t.Fatal(err)
	}
	if got := kind.Text(&f).Text(&f) + all.Text(&list); got != `[""]` {
		t.Errorf("got %s, want no text", got)
	}
}

// A hint at the text as a whole is not one at an item of it.
func TestHintsOfItems(t *testing.T) {
	t.Parallel()
	v := kind.String(new(string), kind.Rule[string]{Check: func(string) *option.Fault { return &option.Fault{Reason: "refused", Item: "[0]"} }})
	if f := fault(t, v.Decode(new(string), option.RawText(" a"))); f.Hint != "" {
		t.Errorf("got the hint %q, want none", f.Hint)
	}
}

// Text that would be read as null is quoted where it is written.
func TestTreeQuotesNull(t *testing.T) {
	t.Parallel()
	for text, quoted := range map[string]bool{"": true, "~": true, "null": true, "Null": true, "NULL": true, "nULL": false, "x": false, "~a": false} {
		if got := kind.String(new(string)).Tree(&text); got.Quoted != quoted {
			t.Errorf("%q: got quoted %v, want %v", text, got.Quoted, quoted)
		}
	}
}

// A big.Int holds a slice, which a plain assignment would share.
func TestTextCopySharesNothing(t *testing.T) {
	t.Parallel()
	n, c := big.NewInt(12345), big.Int{}
	kind.Text(n).Copy(&c, n)
	c.Bits()[0] = 1
	if n.Int64() != 12345 {
		t.Errorf("a change of the copy made the original %v", n)
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	v := kind.Duration(new(duration))
	checkGood(t, v, []good[duration]{
		{"0", 0, "0s"},
		{"-0", 0, "0s"},
		{"+0", 0, "0s"},
		{"0s", 0, "0s"},
		{"1h30m", 90 * time.Minute, "1h30m0s"},
		{"7d", 168 * time.Hour, "168h0m0s"},
		{"1w2d", 216 * time.Hour, "216h0m0s"},
		{"1.5d", 36 * time.Hour, "36h0m0s"},
		{".5s", 500 * time.Millisecond, "500ms"},
		{"1.s", time.Second, "1s"},
		{"-1m", -time.Minute, "-1m0s"},
		{"+1m", time.Minute, "1m0s"},
		{"5us", 5000, "5µs"},
		{"5µs", 5000, "5µs"},
		{"5μs", 5000, "5µs"},
		{"1.9ns", 1, "1ns"},
		{"1h1h", 2 * time.Hour, "2h0m0s"},
		{"9223372036854775807ns", math.MaxInt64, "2562047h47m16.854775807s"},
		{"-9223372036854775808ns", math.MinInt64, "-2562047h47m16.854775808s"},
		{"0." + strings.Repeat("9", 100) + "s", 999999999, "999.999999ms"},
		{"0.000000000000001654w", 1, "1ns"}, // the digits that count
		{"0.0000000000000016539w", 0, "0s"}, // and one more
	})
	for _, s := range []string{"", "+", "-", ".", "s", ".s", "1:30", "PT1H", "1h 30m", "one", "1,5h", "--1s", "1y", "1M", "1S", "１s", "1h-5m", "1e3s"} {
		checkBad[duration](t, v, []bad{{s, "not a duration such as 1h30m", ""}})
	}
	for _, s := range []string{"30", "00", "1.5", "1h30", "-5", "0.0", "1..5s"} {
		checkBad[duration](t, v, []bad{{s, "not a duration", "add a unit"}})
	}
	for _, s := range []string{"9223372036854775808ns", "106752d", "18446744073709551616s", "15251w", "2562048h", strings.Repeat("9", 400) + "s", "2562047h47m17s", "100000w100000w"} {
		checkBad[duration](t, v, []bad{{s, "longer than a duration can be", ""}, {"-9" + s, "longer", ""}})
	}
	checkBad[duration](t, kind.Duration(new(duration), kind.Min(time.Minute)), []bad{{"59s", "less than 1m0s", ""}})
	checkBad[duration](t, kind.Duration(new(duration), kind.NonNegative[duration]()), []bad{{"-1ns", "negative", ""}})
}

func TestScalarJSON(t *testing.T) {
	t.Parallel()
	b, n, d, s := true, int64(-50), duration(60e9), "a<b>&\"\\\n\r\t\x01\u2028\u2029é\xff"
	for _, c := range []struct {
		value option.Value
		src   any
		want  string
	}{
		{kind.Bool(&b), &b, `true`},
		{kind.Int(&n), &n, `-50`},
		{kind.Duration(&d), &d, `60000000000`},
		{kind.String(&s), &s, `"a<b>&\"\\\n\r\t\u0001\u2028\u2029é�"`},
	} {
		for _, shape := range []option.Shape{option.ShapeFull, option.ShapeCompact} {
			if got := string(c.value.AppendJSON([]byte("x"), c.src, shape)); got != "x"+c.want {
				t.Errorf("%s: got %s, want x%s", c.value.Type(), got, c.want)
			}
		}
	}
}
