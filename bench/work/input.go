package work

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Input is what one start of the program is given.
type Input struct {
	Size    *Size
	File    string // the text of the configuration file
	Name    string // of the file; whoever writes it sets this
	Environ []string
	Args    []string
	// Want are the values that must come of it, by option.
	Want []any
}

const (
	variables = 140 // in the environment
	ours      = 40  // of them
	flags     = 15
)

// NewInput draws an input, always the same one for a size. Half of the
// options stand in the file. Some are set by several sources, and one value in
// three is the zero value, which must win over a default like any other.
func NewInput(s *Size) *Input {
	draw := rand.New(rand.NewPCG(1, uint64(len(s.Options))))
	in := &Input{Size: s}
	file := map[int]any{}
	for i, o := range s.Options {
		in.Want = append(in.Want, defaultOf(o.Leaf))
		if draw.IntN(2) == 0 {
			file[i] = value(draw, o.Leaf, true)
			in.Want[i] = file[i]
		}
	}
	in.File = s.text(file)
	some := draw.Perm(len(s.Options))
	for _, i := range some[flags/2 : flags/2+ours] {
		v := value(draw, s.Options[i].Leaf, false)
		in.Want[i] = v
		in.Environ = append(in.Environ, s.Options[i].Env+"="+plain(v))
	}
	for i := range variables - ours {
		in.Environ = append(in.Environ, fmt.Sprintf("UNRELATED_%d=/usr/local/lib/path/%d", i, i))
	}
	for _, i := range some[:flags] {
		v := value(draw, s.Options[i].Leaf, false)
		in.Want[i] = v
		items, list := v.([]string)
		if !list {
			items = []string{plain(v)}
		}
		for _, item := range items {
			in.Args = append(in.Args, "--"+s.Options[i].Flag+"="+item)
		}
	}
	draw.Shuffle(len(in.Environ), func(i, j int) { in.Environ[i], in.Environ[j] = in.Environ[j], in.Environ[i] })
	return in
}

func defaultOf(leaf int) any {
	g := Defaults()
	return slices.Collect(Values([]*Group{&g}))[leaf]
}

// value draws a value for an option. Empty text is for files only: libraries
// differ on what an empty variable means.
func value(draw *rand.Rand, leaf int, inFile bool) any {
	n := draw.IntN(1000)
	zero := draw.IntN(3) == 0
	switch leaf {
	case 0, 1, 2:
		if zero && inFile {
			return ""
		}
		return []string{
			"words of an operator " + strconv.Itoa(n), "https://example.com:8443/path/" + strconv.Itoa(n), "host" + strconv.Itoa(n),
		}[draw.IntN(3)]
	case 3, 4:
		return !zero
	case 5, 6:
		if zero {
			return int64(0)
		}
		return int64(n)
	case 7:
		if zero {
			return time.Duration(0)
		}
		return time.Duration(n+1) * time.Second
	}
	if zero && inFile {
		return []string{}
	}
	return []string{"item" + strconv.Itoa(n), "second", "third"}[:1+draw.IntN(3)]
}

// plain writes a value as a variable has it.
func plain(v any) string {
	if items, ok := v.([]string); ok {
		return strings.Join(items, ",")
	}
	return fmt.Sprint(v)
}

// text writes a file with the values, by option.
func (s *Size) text(file map[int]any) string {
	var b strings.Builder
	var above []string
	for n, path := range s.Groups {
		for level, key := range path {
			if level < len(above) && above[level] == key {
				continue
			}
			above = nil
			fmt.Fprintf(&b, "%s%s:\n", strings.Repeat("  ", level), key)
		}
		above = path
		indent := strings.Repeat("  ", len(path))
		fmt.Fprintf(&b, "%s# What belongs together.\n", indent)
		empty := true
		for leaf, name := range Names {
			v, set := file[n*Leaves+leaf]
			if !set {
				continue
			}
			empty = false
			fmt.Fprintf(&b, "%s%s:%s\n", indent, name, inYAML(v, indent))
		}
		if empty {
			fmt.Fprintf(&b, "%salpha: a default\n", indent)
		}
	}
	return b.String()
}

func inYAML(v any, indent string) string {
	switch v := v.(type) {
	case []string:
		if len(v) == 0 {
			return " []"
		}
		return "\n" + indent + "  - " + strings.Join(v, "\n"+indent+"  - ")
	case string:
		if v == "" {
			return ` ""`
		}
	}
	return " " + fmt.Sprint(v)
}
