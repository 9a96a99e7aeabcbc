package docgen

import (
	"encoding/json"
	"strconv"

	"github.com/strataconf/strata/option"
)

// formSchema is the schema of a part of a structured value. Null stands for
// nothing at the top and for members that may be left out.
func formSchema(f *option.Form, null bool) object {
	types := func(name string) pair {
		if null {
			return pair{"type", []string{name, "null"}}
		}
		return pair{"type", name}
	}
	switch f.Kind {
	case option.FormBool:
		return object{types("boolean"), expected("true or false")}
	case option.FormInt:
		return object{types("integer"), expected("a whole number"), {"minimum", f.Least}, {"maximum", f.Most}}
	case option.FormDuration:
		return durationSchema(&option.Traits{}, null)
	case option.FormList:
		return object{types("array"), expected("a list"), {"items", formSchema(f.Elem, false)}}
	case option.FormMap:
		return object{types("object"), {"additionalProperties", formSchema(f.Elem, false)}}
	case option.FormRecord:
		properties, required := object{}, []string{}
		for _, m := range f.Members {
			member := formSchema(m.Form, !m.Required)
			if m.Required {
				required = append(required, m.Key)
				member = append(member, notEmpty[m.Form.Kind]...)
			}
			properties = append(properties, pair{m.Key, member})
		}
		out := object{types("object"), {"properties", properties}, {"additionalProperties", false}}
		if len(required) > 0 {
			out = append(out, pair{"required", required})
		}
		return out
	}
	return append(object{types("string"), expected("text")}, textLimits([]option.Limit{{Text: "text that fits here", Pattern: f.Pattern}}, true)...)
}

var notEmpty = map[option.FormKind]object{
	option.FormText:   {{"minLength", 1}},
	option.FormOther:  {{"minLength", 1}},
	option.FormList:   {{"minItems", 1}},
	option.FormMap:    {{"minProperties", 1}},
	option.FormRecord: {{"minProperties", 1}},
}

// A Gap is something that a schema accepts and the program refuses.
type Gap struct {
	Option *option.Option // nil for all options
	Reason string
}

// SchemaGaps lists what the schema of a catalog can't say, beside the checks
// of several options at once.
func SchemaGaps(c *option.Catalog) []Gap {
	gaps := []Gap{
		{nil, "a NUL character in a text"},
		{nil, "a control character or a byte order mark in the file that is not written as an escape"},
		{nil, "a whole number that is not in decimal digits, such as 1.0 or 0x10"},
	}
	for o := range c.All() {
		if o.Path() == "" {
			continue
		}
		t := o.Value.Traits()
		said := map[string]bool{}
		for _, l := range t.Limits {
			said[l.Text] = true
		}
		least, most := bounds(t)
		switch {
		case o.Type() == "regexp":
			gaps = append(gaps, Gap{o, "not a regular expression (RE2)"})
		case o.Type() == "duration":
			if least > 1 {
				gaps = append(gaps, Gap{o, "shorter than allowed"})
			}
			if most < 1<<62 {
				gaps = append(gaps, Gap{o, "longer than allowed"})
			}
		case t.Struct && (t.Form == nil || hasOther(t.Form)):
			gaps = append(gaps, Gap{o, "a member of a form of its own"})
		case !ours[o.Type()]:
			gaps = append(gaps, Gap{o, "not of the kind " + o.Type()})
		}
		for _, rule := range t.Rules {
			if !said[rule] {
				gaps = append(gaps, Gap{o, "not " + rule})
			}
		}
	}
	return gaps
}

// ours are the kinds whose grammar the schema knows.
var ours = map[string]bool{"string": true, "enum": true, "bool": true, "int": true, "duration": true, "url": true, "host:port": true, "regexp": true, "string-array": true, "struct": true}

func hasOther(f *option.Form) bool {
	if f.Kind == option.FormOther || f.Elem != nil && hasOther(f.Elem) {
		return true
	}
	for _, m := range f.Members {
		if hasOther(m.Form) {
			return true
		}
	}
	return false
}

// An object is a JSON object whose members keep their order.
type object []pair

type pair struct {
	key   string
	value any
}

func (o object) append(b []byte) []byte {
	b = append(b, '{')
	for i, p := range o {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(option.AppendJSONString(b, p.key), ':')
		b = appendJSON(b, p.value)
	}
	return append(b, '}')
}

func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case object:
		return v.append(b)
	case string:
		return option.AppendJSONString(b, v)
	case []string:
		return appendJSON(b, anyOf(v))
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, item)
		}
		return append(b, ']')
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case json.RawMessage:
		return append(b, v...)
	}
	return append(b, "null"...)
}
