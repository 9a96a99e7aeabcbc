package kind_test

import (
	"errors"
	"testing"
	"time"

	"github.com/strataconf/strata/option/kind"
)

// A type that reads itself as text but does not write itself is what it is made
// of, and the other way round.
type (
	reads  string
	writes string
)

func (*reads) UnmarshalText([]byte) error { return errors.New("asked") }

func (writes) MarshalText() ([]byte, error) { return nil, errors.New("asked") }

func TestStructNeedsBothWays(t *testing.T) {
	t.Parallel()
	checkGood(t, kind.Struct(new([]reads)), []good[[]reads]{{`["a"]`, []reads{"a"}, `["a"]`}})
	checkGood(t, kind.Struct(new([]writes)), []good[[]writes]{{`["a"]`, []writes{"a"}, `["a"]`}})
}

// Types of 16 levels are the deepest.
type (
	lists[F any] [][][][]F
	maps[F any]  map[string]map[string]map[string]map[string]F
	part[F any]  struct {
		V F `json:"v"`
	}
	parts[F any] part[part[part[part[F]]]]
)

func TestStructDepth(t *testing.T) {
	t.Parallel()
	kind.Struct(new(lists[lists[lists[lists[string]]]]))
	kind.Struct(new(maps[maps[maps[maps[string]]]]))
	kind.Struct(new(parts[parts[parts[parts[string]]]]))
	kind.Struct(new(lists[lists[lists[[][][]kind.Secrets]]]))
	refusesTypes(t, map[string]func(){
		"lists":   func() { kind.Struct(new([]lists[lists[lists[lists[string]]]])) },
		"maps":    func() { kind.Struct(new(map[string]maps[maps[maps[maps[string]]]])) },
		"structs": func() { kind.Struct(new(part[parts[parts[parts[parts[string]]]]])) },
		"secrets": func() { kind.Struct(new(lists[lists[lists[lists[kind.Secrets]]]])) },
	})
}

func TestStructRefusesTypes(t *testing.T) {
	t.Parallel()
	type loop struct {
		Next []loop `json:"next"`
	}
	refusesTypes(t, map[string]func(){
		"float":    func() { kind.Struct(new(map[string]float64)) },
		"pointer":  func() { kind.Struct(new([]*link)) },
		"any":      func() { kind.Struct(new(map[string]any)) },
		"int keys": func() { kind.Struct(new(map[int]string)) },
		"itself":   func() { kind.Struct(new(loop)) },
		"unexported": func() {
			kind.Struct(new(struct {
				a string `yaml:"a"`
			}))
		},
		"embedded": func() {
			kind.Struct(new(struct {
				time.Month `yaml:"a"`
			}))
		},
		"no key": func() { kind.Struct(new(struct{ A string })) },
		"key -": func() {
			kind.Struct(new(struct {
				A string `json:"-"`
			}))
		},
		"one key for two": func() {
			kind.Struct(new(struct {
				A string `yaml:"a"`
				B string `yaml:"a"`
			}))
		},
		"url tag": func() {
			kind.Struct(new(struct {
				A bool `yaml:"a" url:"redact"`
			}))
		},
		"unknown tag": func() {
			kind.Struct(new(struct {
				A string `yaml:"a" url:"x"`
			}))
		},
	})
}

func refusesTypes(t *testing.T, types map[string]func()) {
	t.Helper()
	for name, f := range types {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: got no panic", name)
				}
			}()
			f()
		}()
	}
}
