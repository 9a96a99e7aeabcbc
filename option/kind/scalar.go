package kind

import (
	"encoding"
	"strconv"
	"strings"

	"github.com/strataconf/strata/option"
)

// String is text, kept as it is. Empty text means none.
func String(f *string, rules ...Rule[string]) option.Value {
	if len(rules) == 0 {
		return &of[string]{f, &anyText}
	}
	k := anyText
	k.rules = rules
	return k.of(f)
}

var anyText = facts[string]{
	name: "string", parse: keep, text: same, json: jsonString,
	traits: option.Traits{EmptyText: true},
}

// File is the path of a file. Empty text means none.
func File(f *string) option.Value { return String(f) }

// ConfigPath is the path of the configuration file. It can't be empty.
func ConfigPath(f *string) option.Value {
	return facts[string]{name: "yaml-config-path", parse: parseConfigPath, text: same, json: jsonString}.of(f)
}

func parseConfigPath(text string) (string, *option.Fault) {
	if text == "" {
		return "", &option.Fault{Reason: "empty where the path of a file belongs"}
	}
	return text, nil
}

func keep(text string) (string, *option.Fault) { return text, nil }

func same(text string) string { return text }

func jsonString(b []byte, v string, _ option.Shape) []byte { return option.AppendJSONString(b, v) }

// Bool is true or false, in the spellings of [strconv.ParseBool].
func Bool(f *bool) option.Value { return &of[bool]{f, &anyBool} }

var anyBool = facts[bool]{
	name: "bool", parse: parseBool, text: strconv.FormatBool,
	json:   func(b []byte, v bool, _ option.Shape) []byte { return strconv.AppendBool(b, v) },
	traits: option.Traits{NoValue: true},
}

func parseBool(text string) (bool, *option.Fault) {
	switch text {
	case "true", "1", "t", "T", "TRUE", "True":
		return true, nil
	case "false", "0", "f", "F", "FALSE", "False":
		return false, nil
	}
	return false, &option.Fault{Reason: "not true or false", Hint: "use true or false"}
}

// Int is a decimal number of 64 bits.
func Int(f *int64, rules ...Rule[int64]) option.Value {
	if len(rules) == 0 {
		return &of[int64]{f, &anyInt}
	}
	k := anyInt
	k.rules = rules
	return k.of(f)
}

var anyInt = facts[int64]{
	name: "int", parse: parseInt,
	text: func(v int64) string { return strconv.FormatInt(v, 10) },
	json: func(b []byte, v int64, _ option.Shape) []byte { return strconv.AppendInt(b, v, 10) },
}

func parseInt(text string) (int64, *option.Fault) {
	digits := text
	if digits != "" && (digits[0] == '+' || digits[0] == '-') {
		digits = digits[1:]
	}
	if digits == "" || strings.Trim(digits, "0123456789") != "" || digits[0] == '0' && digits != "0" {
		return 0, &option.Fault{Reason: "not a whole number", Hint: "write decimal digits only, such as 42"}
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, &option.Fault{Reason: "a number that does not fit in 64 bits"}
	}
	return v, nil
}

// Enum is one of the choices, read without regard to case and kept in the
// declared spelling. Its type is "string".
func Enum(f *string, choices ...string) option.Value { return choice("string", f, choices) }

// Choice is an [Enum] whose type is "enum".
func Choice(f *string, choices ...string) option.Value { return choice("enum", f, choices) }

func choice(name string, f *string, choices []string) option.Value {
	parse := parseChoice(choices)
	_, fault := parse("")
	return facts[string]{
		name: name, parse: parse, text: same, json: jsonString,
		traits: option.Traits{Choices: choices, EmptyText: fault == nil},
	}.of(f)
}

func parseChoice(choices []string) func(string) (string, *option.Fault) {
	reason := "not one of " + strings.Join(choices, ", ")
	return func(text string) (string, *option.Fault) {
		for _, c := range choices {
			// Equal lengths keep out letters such as the Kelvin sign, which
			// fold to ASCII.
			if len(c) == len(text) && strings.EqualFold(c, text) {
				return c, nil
			}
		}
		f := &option.Fault{Reason: reason}
		if c := option.Nearest(text, choices); c != "" {
			f.Hint = "did you mean " + c + "?"
		}
		return "", f
	}
}

// TextPointer is a *F that reads and writes itself as text.
type TextPointer[F any] interface {
	*F
	encoding.TextMarshaler
	encoding.TextUnmarshaler
}

// Text is any type that reads and writes itself as text. The kind is called
// what a method Type() string of *F says, or "text". Whether empty text is a
// value is asked of the type once, now. Only a *[option.Fault] among its
// errors is ever shown.
func Text[F any, P TextPointer[F]](f *F) option.Value {
	name := "text"
	if t, ok := any(f).(interface{ Type() string }); ok {
		name = t.Type()
	}
	parse := func(text string) (F, *option.Fault) {
		var v F
		if err := P(&v).UnmarshalText([]byte(text)); err != nil {
			return v, asFault(err, name)
		}
		return v, nil
	}
	write := func(v F) string {
		b, err := P(&v).MarshalText()
		if err != nil {
			return ""
		}
		return string(b)
	}
	_, fault := parse("")
	return facts[F]{
		name: name, parse: parse, text: write,
		json:   func(b []byte, v F, _ option.Shape) []byte { return option.AppendJSONString(b, write(v)) },
		traits: option.Traits{EmptyText: fault == nil},
		clone: func(v F) F {
			// By way of text, since v may hold pointers that we know nothing of.
			if c, fault := parse(write(v)); fault == nil {
				return c
			}
			return v
		},
	}.of(f)
}

// asFault keeps the words of a fault and withholds those of any other error.
func asFault(err error, name string) *option.Fault {
	if f, _ := err.(*option.Fault); f != nil {
		return f
	}
	return &option.Fault{Reason: "not a valid " + name}
}
