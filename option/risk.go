package option

// A Risk is a class of values of one option that are allowed and seldom safe.
// Nothing is refused for it: tools that advise, such as package lint, tell of
// it where somebody set such a value. A risk of several options together is a
// [Check] that warns.
type Risk struct {
	// Code is the name of the risk, which is the code of the problem that
	// tells of it: "skip-verify".
	Code string
	// Value is the text of the dangerous value, or of one item of a list, as
	// the kind writes it.
	Value string
	// Is tells the dangerous values by such a text, instead of Value.
	Is func(text string) bool
	// OpenFile is set if the value, or the item, names a file and the danger
	// is that other users of the machine may read it, whatever it is called.
	OpenFile bool
	// Why says what may happen, in lower case, without a period.
	Why string
	// Hint says what to do, or is "".
	Hint string
}

// Has reports whether a text is that of a dangerous value. Of a risk with
// OpenFile, any file is.
func (r *Risk) Has(text string) bool {
	switch {
	case r.Is != nil:
		return r.Is(text)
	case r.OpenFile:
		return text != ""
	}
	return text == r.Value
}

// Normal returns a raw value as the kind of o writes it, so that all spellings
// of one value are one text; false if the kind refuses it. The text may be a
// secret, as the raw value may.
func (o *Option) Normal(raw Raw) (text string, ok bool) {
	v := o.field.scratch()
	if o.Value.Decode(v, raw) != nil {
		return "", false
	}
	return o.Value.Text(v), true
}

// DefaultText returns the default of the field of o as its kind writes it,
// whichever of the rows that fill the field declares it; false if it has none.
func (o *Option) DefaultText() (text string, ok bool) {
	def := o.field.def
	if def == nil {
		return "", false
	}
	return def.Normal(RawText(def.Default))
}
