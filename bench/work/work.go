// Package work is what every library is given to do: options in three sizes,
// and the file, variables and flags of one start, with the values that must
// come of them.
//
// An option is a field of [Group]; a size is a struct of groups in groups. All
// libraries fill the same structs, so that the oracle compares fields.
package work

import (
	"fmt"
	"strings"
	"time"
)

//go:generate go run gen.go

// A Group is ten options. Every struct of options is made of it, so that tags
// can say what each library has to know: yaml and json serve all that decode,
// the others are of kong and cleanenv.
type Group struct {
	Alpha   string        `yaml:"alpha" json:"alpha" name:"alpha" env:"ALPHA" default:"a default" help:"Words that say where it is."`
	Bravo   string        `yaml:"bravo" json:"bravo" name:"bravo" env:"BRAVO" default:"localhost:8080" help:"Address on which it answers."`
	Charlie string        `yaml:"charlie" json:"charlie" name:"charlie" env:"CHARLIE" help:"Words without a default."`
	Delta   bool          `yaml:"delta" json:"delta" name:"delta" env:"DELTA" default:"true" help:"Whether it is on."`
	Echo    bool          `yaml:"echo" json:"echo" name:"echo" env:"ECHO" help:"Whether it is off."`
	Foxtrot int64         `yaml:"foxtrot" json:"foxtrot" name:"foxtrot" env:"FOXTROT" default:"3" help:"How many there are."`
	Golf    int64         `yaml:"golf" json:"golf" name:"golf" env:"GOLF" help:"How many there are not."`
	Hotel   time.Duration `yaml:"hotel" json:"hotel" name:"hotel" env:"HOTEL" default:"1m" help:"How long it may take."`
	India   []string      `yaml:"india" json:"india" name:"india" env:"INDIA" default:"one,two" help:"Names, in order."`
	Juliet  []string      `yaml:"juliet" json:"juliet" name:"juliet" env:"JULIET" help:"More names."`
}

// Leaves is the number of options in a [Group].
const Leaves = 10

// Names are those of the options of a [Group], in order.
var Names = [Leaves]string{"alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet"}

// Help is what the tags of a [Group] say, for libraries that read no tags.
var Help = [Leaves]string{
	"Words that say where it is.", "Address on which it answers.", "Words without a default.", "Whether it is on.", "Whether it is off.",
	"How many there are.", "How many there are not.", "How long it may take.", "Names, in order.", "More names.",
}

// Defaults returns the values that the tags of a [Group] say.
func Defaults() Group {
	return Group{Alpha: "a default", Bravo: "localhost:8080", Delta: true, Foxtrot: 3, Hotel: time.Minute, India: []string{"one", "two"}}
}

// An Option is one option in the spelling of each source.
type Option struct {
	Key, Flag, Env string
	Leaf           int // index into [Names]
}

// Prefix is what the variables begin with.
const Prefix = "BENCH_"

// A Size is one of the three structs.
type Size struct {
	Options []Option
	// Groups are the keys of the groups, from the root.
	Groups [][]string
	// New returns a pointer to an empty struct.
	New func() any
	// Of returns the groups of such a struct, in the order of Options.
	Of func(v any) []*Group
}

// The sizes: 190, 2,000 and 20,000 options.
var (
	Small  = newSize[SmallConfig](series("g", 19))
	Medium = newSize[MediumConfig](series("p", 10), series("g", 20))
	Large  = newSize[LargeConfig](series("q", 10), series("p", 10), series("g", 20))
)

// Sizes are all of them.
var Sizes = []*Size{Small, Medium, Large}

func series(letter string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s%02d", letter, i)
	}
	return out
}

func newSize[T any, P interface {
	*T
	groups([]*Group) []*Group
}](levels ...[]string) *Size {
	s := &Size{New: func() any { return new(T) }, Of: func(v any) []*Group { return P(v.(*T)).groups(nil) }}
	var walk func(path []string, levels [][]string)
	walk = func(path []string, levels [][]string) {
		if len(levels) > 0 {
			for _, key := range levels[0] {
				walk(append(path[:len(path):len(path)], key), levels[1:])
			}
			return
		}
		s.Groups = append(s.Groups, path)
		for i, name := range Names {
			all := append(path[:len(path):len(path)], name)
			s.Options = append(s.Options, Option{
				Key: strings.Join(all, "."), Flag: strings.Join(all, "-"), Leaf: i,
				Env: Prefix + strings.ToUpper(strings.Join(all, "_")),
			})
		}
	}
	walk(nil, levels)
	return s
}

// Field returns a pointer to the field of option i in the groups of a struct.
func Field(groups []*Group, i int) any {
	g := groups[i/Leaves]
	switch i % Leaves {
	case 0:
		return &g.Alpha
	case 1:
		return &g.Bravo
	case 2:
		return &g.Charlie
	case 3:
		return &g.Delta
	case 4:
		return &g.Echo
	case 5:
		return &g.Foxtrot
	case 6:
		return &g.Golf
	case 7:
		return &g.Hotel
	case 8:
		return &g.India
	}
	return &g.Juliet
}
