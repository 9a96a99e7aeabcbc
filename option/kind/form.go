package kind

import "github.com/strataconf/strata/option"

// form tells of a part of a structured value to whoever writes a schema.
func (n *node) form() *option.Form {
	f := &option.Form{}
	switch n.shape {
	case shapeList:
		f.Kind, f.Elem = option.FormList, n.elem.form()
		if n.texts && f.Elem.Pattern == "" {
			f.Elem.Pattern = `^[^\r\n\x00]*$`
		}
		return f
	case shapeMap:
		f.Kind, f.Elem = option.FormMap, n.elem.form()
		return f
	case shapeStruct:
		f.Kind = option.FormRecord
		for _, m := range n.members {
			f.Members = append(f.Members, option.FormMember{Key: m.key, Required: m.required, Form: m.form()})
		}
		return f
	}
	switch n.scalar {
	case &boolScalar:
		f.Kind = option.FormBool
	case &durationScalar:
		f.Kind = option.FormDuration
	case &intScalar:
		f.Kind = option.FormInt
		half := int64(1) << (n.typ.Bits() - 1) // overflows to the least for 64 bits
		f.Least, f.Most = -half, half-1
	case &stringScalar, &secretScalar:
		if n.url == urlRedact {
			f.Pattern = urlPattern
		}
	default:
		f.Kind = option.FormOther
	}
	return f
}
