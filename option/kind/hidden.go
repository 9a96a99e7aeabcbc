package kind

// hidden is a value that no verb of fmt shows, or none, the zero value. A
// single pointer would do for text; but where fmt meets a pointer to a slice
// or a struct under a verb that fits neither, it prints all that is behind it.
// For a pointer to a pointer it never does more than print an address.
type hidden[T any] struct{ p **T }

func hide[T any](v T) hidden[T] {
	cell := &struct {
		at *T
		v  T
	}{v: v}
	cell.at = &cell.v
	return hidden[T]{p: &cell.at}
}

// get returns the value, which must not be changed, or nil.
func (h hidden[T]) get() *T {
	if h.p == nil {
		return nil
	}
	return *h.p
}
