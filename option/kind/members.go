package kind

import (
	"encoding"
	"reflect"
	"strconv"
	"time"

	"github.com/strataconf/strata/option"
)

// A scalarType reads and writes one type of scalar inside a structured value.
type scalarType struct {
	// read returns a value that mapstructure moves into a field as it is.
	read func(t reflect.Type, text string) (any, *option.Fault)
	text func(reflect.Value) string
	// json appends the JSON form; bare tells whether the text is JSON already.
	json func([]byte, reflect.Value) []byte
	bare bool
}

var boolScalar = scalarType{
	read: func(_ reflect.Type, text string) (any, *option.Fault) { return parseBool(text) },
	text: func(v reflect.Value) string { return strconv.FormatBool(v.Bool()) },
	json: func(b []byte, v reflect.Value) []byte { return strconv.AppendBool(b, v.Bool()) },
	bare: true,
}

var intScalar = scalarType{
	read: func(t reflect.Type, text string) (any, *option.Fault) {
		v, fault := parseInt(text)
		if t.OverflowInt(v) { // v is 0 beside a fault
			fault = &option.Fault{Reason: "a number that is too large here"}
		}
		return v, fault
	},
	text: func(v reflect.Value) string { return strconv.FormatInt(v.Int(), 10) },
	json: func(b []byte, v reflect.Value) []byte { return strconv.AppendInt(b, v.Int(), 10) },
	bare: true,
}

var durationScalar = scalarType{
	read: func(_ reflect.Type, text string) (any, *option.Fault) { return parseDuration(text) },
	text: func(v reflect.Value) string { return time.Duration(v.Int()).String() },
	json: func(b []byte, v reflect.Value) []byte { return strconv.AppendInt(b, v.Int(), 10) },
}

var stringScalar = scalarType{
	read: func(_ reflect.Type, text string) (any, *option.Fault) { return text, nil },
	text: func(v reflect.Value) string { return v.String() },
	json: func(b []byte, v reflect.Value) []byte { return option.AppendJSONString(b, v.String()) },
}

var secretScalar = scalarType{
	read: func(_ reflect.Type, text string) (any, *option.Fault) { return NewSecret(text), nil },
	text: func(v reflect.Value) string { return v.Interface().(Secret).Reveal() },
	json: func(b []byte, _ reflect.Value) []byte { return append(b, `""`...) },
}

// textScalar is a type that reads itself as text. Types that withhold a part
// of themselves give all of it by a method Reveal.
func textScalar(t reflect.Type) *scalarType {
	shown := func(v reflect.Value) string {
		p := reflect.New(t)
		p.Elem().Set(v)
		b, err := p.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil {
			return ""
		}
		return string(b)
	}
	return &scalarType{
		read: func(t reflect.Type, text string) (any, *option.Fault) {
			p := reflect.New(t)
			if err := p.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)); err != nil {
				return nil, asFault(err, "value")
			}
			return p.Elem().Interface(), nil
		},
		text: func(v reflect.Value) string {
			if r, ok := v.Interface().(interface{ Reveal() string }); ok {
				return r.Reveal()
			}
			return shown(v)
		},
		json: func(b []byte, v reflect.Value) []byte { return option.AppendJSONString(b, shown(v)) },
	}
}
