package option

// An Input is one raw value for one option, as found in a source.
type Input struct {
	// Option is the row that was spelled.
	Option *Option
	// For is the row it stands for, nil for Option itself; see
	// [Option.StandsFor].
	For    *Option
	Origin Origin
	Raw    Raw
}

// Target returns the row whose field the input fills.
func (in *Input) Target() *Option {
	if in.For != nil {
		return in.For
	}
	return in.Option
}

// A Layer is every input of one source, in the order found, with what was
// wrong on the way. Layers are not changed after they are made.
type Layer struct {
	Source   Source
	Name     string // of the file; "" for the other sources
	Inputs   []Input
	Problems Problems
}
