package work

import (
	"fmt"
	"iter"
	"slices"
)

// Values yields the values of groups, in the order of the options.
func Values(groups []*Group) iter.Seq[any] {
	return func(yield func(any) bool) {
		for i := range Leaves * len(groups) {
			var v any
			switch p := Field(groups, i).(type) {
			case *string:
				v = *p
			case *bool:
				v = *p
			case *int64:
				v = *p
			case *[]string:
				v = *p
			default:
				v = groups[i/Leaves].Hotel
			}
			if !yield(v) {
				return
			}
		}
	}
}

// Wrong compares a struct that a library filled with what must come of an
// input, and returns one line for each option that differs.
func (in *Input) Wrong(v any) (wrong []string) {
	i := 0
	for got := range Values(in.Size.Of(v)) {
		if !same(got, in.Want[i]) {
			wrong = append(wrong, fmt.Sprintf("%s is %v, not %v", in.Size.Options[i].Key, got, in.Want[i]))
		}
		i++
	}
	return wrong
}

// same takes a list that is nil for an empty one.
func same(a, b any) bool {
	x, list := a.([]string)
	if !list {
		return a == b
	}
	y, list := b.([]string)
	return list && slices.Equal(x, y)
}
