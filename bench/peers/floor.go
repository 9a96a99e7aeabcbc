package peers

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/bench/work"
)

// The floor is what one writes by hand: yaml.v3 into the struct, getenv for
// each option, a switch over flags. It knows no places and has no help. The
// names, and the numbers that a switch would jump to, are made in advance, as a
// compiler does.
var floorPeer = Peer{Name: "by hand", Modules: []string{"gopkg.in/yaml.v3"}, Start: startFloor}

var floorFlags = map[*work.Size]map[string]int{}

func init() {
	for _, s := range work.Sizes {
		floorFlags[s] = make(map[string]int, len(s.Options))
		for i, o := range s.Options {
			floorFlags[s][o.Flag] = i
		}
	}
}

type floor struct {
	in *work.Input
	v  any
}

func startFloor(in *work.Input) (Loaded, error) {
	f := &floor{in: in}
	_, err := f.Again()
	return f, err
}

func (f *floor) Values() any { return f.v }

func (f *floor) Again() (any, error) {
	s := f.in.Size
	f.v = s.New()
	groups := s.Of(f.v)
	for _, g := range groups {
		*g = work.Defaults()
	}
	file, err := os.Open(f.in.Name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	d := yaml.NewDecoder(file)
	d.KnownFields(true)
	if err := d.Decode(f.v); err != nil {
		return nil, err
	}
	for i := range s.Options {
		if text := os.Getenv(s.Options[i].Env); text != "" {
			if err := set(work.Field(groups, i), text, false); err != nil {
				return nil, fmt.Errorf("%s: %w", s.Options[i].Env, err)
			}
		}
	}
	var listed map[int]bool
	for _, arg := range f.in.Args {
		name, text, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		i, known := floorFlags[s][name]
		if !known {
			return nil, fmt.Errorf("unknown flag --%s", name)
		}
		if err := set(work.Field(groups, i), text, listed[i]); err != nil {
			return nil, fmt.Errorf("--%s: %w", name, err)
		}
		if listed == nil {
			listed = map[int]bool{}
		}
		listed[i] = true
	}
	return f.v, nil
}

func set(field any, text string, more bool) (err error) {
	switch p := field.(type) {
	case *string:
		*p = text
	case *bool:
		*p, err = strconv.ParseBool(text)
	case *int64:
		*p, err = strconv.ParseInt(text, 10, 64)
	case *time.Duration:
		*p, err = time.ParseDuration(text)
	case *[]string:
		if !more {
			*p = nil
		}
		*p = append(*p, strings.Split(text, ",")...)
	}
	return err
}

func (f *floor) YAML() ([]byte, error) { return yaml.Marshal(f.v) }
func (f *floor) JSON() ([]byte, error) { return json.Marshal(f.v) }

func (f *floor) Reads(n int) int64 { return reads(f.v, n) }

// reads reads a field. What the library filled is what the program reads, so
// that this is the price with most of them.
func reads(v any, n int) (sum int64) {
	c := v.(*work.SmallConfig)
	for range n {
		sum += c.G00.Foxtrot
	}
	return sum
}
