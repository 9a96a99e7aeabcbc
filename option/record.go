package option

// A Record is what a [Redacted] tells of one field that has inputs, as plain
// data, so that it can be told elsewhere: see [Registry.Restore]. It holds
// nothing that must not leave the process.
type Record struct {
	// Option is the first row of the field.
	Option *Option
	// Inputs are all inputs of the field, the strongest last. They have lost
	// their raw values; Blank says of each whether that was empty text.
	Inputs []Input
	Blank  []bool
	// Refused says that the strongest input is not valid.
	Refused bool
	// Withheld says that something is missing in what follows.
	Withheld bool
	// Text, Tree, Full and Compact are what is left of the value: text, a tree
	// and JSON in both shapes.
	Text          string
	Tree          Tree
	Full, Compact []byte
}

// Records returns what r tells of each field that has inputs, in catalog order.
// What it tells of the others follows from the catalog.
func (r *Redacted) Records() []Record {
	var out []Record
	for _, f := range r.res.catalog.fields {
		all := r.res.of(f)
		if len(all) == 0 {
			continue
		}
		o := f.options[0] // nothing gives a field without options
		k := Record{
			Option: o, Refused: r.Refused(o), Withheld: r.Withheld(o), Text: r.Text(o), Tree: r.Tree(o),
			Full: r.appendField(nil, f, ShapeFull), Compact: r.appendField(nil, f, ShapeCompact),
		}
		for _, in := range all {
			k.Blank = append(k.Blank, in.Raw.Text() == "")
		}
		for _, in := range withoutRaw(all) {
			k.Inputs = append(k.Inputs, *in)
		}
		out = append(out, k)
	}
	return out
}

// Restore returns a Redacted that tells the same as the one that the records
// are of, if its registry was built of the same tables for the same host. Only
// [Redacted.Same] and [Redacted.Digest] do not: there is nothing left to
// compare.
func (r *Registry[T]) Restore(records []Record) *Redacted {
	res := &resolution{catalog: r.Catalog, first: make([]int32, len(r.fields)+1)}
	view := new(T)
	*view = *r.defaults
	safe := (&Snapshot[T]{res: res, view: view}).Redact()
	safe.kept = make([]*Record, len(r.fields))
	for i := range records {
		safe.kept[records[i].Option.field.pos] = &records[i]
	}
	for i, k := range safe.kept {
		if k != nil {
			for j := range k.Inputs {
				in := k.Inputs[j]
				if !k.Blank[j] {
					in.Raw = RawText("(withheld)") // only whether it is empty is asked
				}
				res.inputs = append(res.inputs, &in)
			}
			safe.withheld[i] = k.Withheld
			if k.Refused {
				if res.invalid == nil {
					res.invalid = make([]bool, len(r.fields))
				}
				res.invalid[i] = true
			}
		}
		res.first[i+1] = int32(len(res.inputs))
	}
	return safe
}

// record returns what was kept of the value of a field, or nil.
func (r *Redacted) record(f *field) *Record {
	if r.kept == nil {
		return nil
	}
	return r.kept[f.pos]
}

// appendField appends the JSON form of what is left of a field.
func (r *Redacted) appendField(b []byte, f *field, shape Shape) []byte {
	if k := r.record(f); k != nil {
		if shape == ShapeFull {
			return append(b, k.Full...)
		}
		return append(b, k.Compact...)
	}
	return f.row.Value.AppendJSON(b, f.addr(r.root), shape)
}
