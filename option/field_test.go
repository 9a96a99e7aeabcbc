package option_test

import (
	"slices"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// A hushed is a kind that is secret under the name of one that is not.
type hushed struct{ option.Value }

func (hushed) Traits() *option.Traits { return &option.Traits{Secret: true} }

// A misplaced is a kind whose field is somewhere else.
type misplaced struct {
	option.Value
	field any
}

func (m misplaced) Field() any { return m.field }

// faulty returns the fault of a struct and its rows.
func faulty[T any](rows func(*T) []option.Option) error {
	_, err := option.Build(option.Config[T]{Tables: func(v *T) []option.Table {
		all := rows(v)
		for i := range all {
			all[i].Name, all[i].Help, all[i].Env = "Row", "A row.", option.None
		}
		return []option.Table{{Rows: all}}
	}})
	return err
}

// TestFaultsOfFields builds structs whose fields do not fit their rows, their
// tags or one another.
func TestFaultsOfFields(t *testing.T) {
	t.Parallel()
	type (
		one   struct{ A string }
		two   struct{ A, B string }
		inner struct {
			B string `json:"b"`
		}
		behind struct {
			A inner  `json:"a"`
			C string `json:"a.b"`
		}
		before struct {
			C string `json:"a.b"`
			A inner  `json:"a"`
		}
		marks struct {
			A string `json:"a"`
			B string `json:"b" option:"a"`
			C int64  `json:"c" option:"same:a"`
			D string `json:"d" option:"same:e"`
			E string `json:"e" option:"fixed"`
			F bool   `json:"f"`
		}
		odd struct {
			A *string
			B any
			C struct{}
			D string
			e string
			F string
			G struct{ h string }
		}
		twin struct {
			X string `json:"x.b"`
			Y inner  `json:"x"`
		}
		claimed struct{ A twin }
		whole   struct{ kind.HostPort }
		again   struct {
			A             kind.HostPort
			kind.HostPort `option:"same:a"`
		}
		Plain struct {
			P inner `json:"p"`
		}
		embedded struct {
			In struct {
				Plain
				C string `json:"p.b"`
			} `json:"in"`
		}
		beside struct {
			B kind.HostPort `json:"x.b"`
			X inner         `json:"x"`
		}
		deep struct {
			P string `json:"w.x.b"`
			W struct {
				X struct {
					B struct {
						Q string `json:"q"`
					} `json:"b"`
				} `json:"x"`
				C string `json:"x.b"`
			} `json:"w"`
		}
		copies struct {
			A kind.HostPort `json:"a"`
			B kind.HostPort `json:"x.b" option:"same:a"`
			X inner         `json:"x"`
		}
	)
	var other string
	for _, c := range []struct {
		name string
		err  error
		want []string
	}{
		{"a field that is secret by one row", faulty(func(v *two) []option.Option {
			return []option.Option{{Flag: "a", Value: kind.String(&v.A)}, {Flag: "b", Value: kind.String(&v.B)}, {Flag: "c", Value: hushed{kind.String(&v.B)}}}
		}), []string{`option "c": it fills the field of option "b" with another kind`}},
		{"a secret with a default", faulty(func(v *one) []option.Option {
			return []option.Option{{Flag: "a", Default: "x", Value: hushed{kind.String(&v.A)}}}
		}), []string{`option "a": a secret has neither a YAML key nor a default`}},
		{"one JSON path, the shorter behind", faulty(func(v *behind) []option.Option {
			return []option.Option{{Flag: "a", Value: kind.String(&v.A.B)}, {Flag: "b", Value: kind.String(&v.C)}}
		}), []string{"fields A.B and C have one JSON path a.b"}},
		{"one JSON path, the shorter before", faulty(func(v *before) []option.Option {
			return []option.Option{{Flag: "a", Value: kind.String(&v.A.B)}, {Flag: "b", Value: kind.String(&v.C)}}
		}), []string{"fields C and A.B have one JSON path a.b"}},
		{"one JSON path inside a value", faulty(func(v *claimed) []option.Option {
			return []option.Option{{Flag: "a", Value: misplaced{kind.String(&other), &v.A}}}
		}), nil},
		{"an embedded value", faulty(func(v *whole) []option.Option {
			return []option.Option{{Flag: "a", Value: kind.AddressOf(&v.HostPort)}}
		}), []string{"field HostPort is embedded, so it has no key in JSON: name it, or give it a json tag"}},
		{"an embedded copy", faulty(func(v *again) []option.Option {
			return []option.Option{{Flag: "a", Value: kind.AddressOf(&v.A)}}
		}), []string{"field HostPort is embedded, so it has no key in JSON: name it, or give it a json tag"}},
		{"marks", faulty(func(v *marks) []option.Option { return []option.Option{{Flag: "a", Value: kind.String(&v.A)}} }), []string{
			"field B has no row: add one to its table, or mark it with an option tag",
			`field C repeats option "a", which is not there or of another type`,
			`field D repeats option "e", which is not there or of another type`,
			`field E is marked "fixed", as only a bool can be`,
			"field F has no row: add one to its table, or mark it with an option tag",
		}},
		{"odd fields", faulty(func(v *odd) []option.Option {
			return []option.Option{
				{Flag: "a", Value: misplaced{kind.String(&other), &v.A}},
				{Flag: "b", Value: misplaced{kind.String(&other), &v.B}},
				{Flag: "c", Value: misplaced{kind.String(&other), &v.C}},
				{Flag: "d", Value: kind.String(&v.D)},
				{Flag: "e", Value: kind.String(&v.e)},
				{Flag: "f", Value: kind.String(&v.F)},
				{Flag: "g", Value: kind.String(&v.G.h)},
				{Flag: "h", Value: misplaced{kind.String(&other), nil}},
				{Flag: "i", Value: kind.String(nil)},
				{Flag: "j", Value: kind.String(&other)},
				{Flag: "k", Value: misplaced{kind.String(&other), v.D}},
			}
		}), []string{
			`option "a": its field is a pointer; use a plain type`,
			`option "b": its field is a pointer; use a plain type`,
			`option "c": its field has no size, so it can't be told from its neighbour`,
			`option "e": its value points to no exported field`,
			`option "g": its value points to no exported field`,
			`option "h": its value names no field`,
			`option "i": its value names no field`,
			`option "j": its value points outside the struct of the table (was the table made on another instance?)`,
			`option "k": its value names no field`,
			"field A has no row: add one to its table, or mark it with an option tag",
			"field B has no row: add one to its table, or mark it with an option tag",
			"field C has no row: add one to its table, or mark it with an option tag",
			"field G has no row: add one to its table, or mark it with an option tag",
		}},
		{"one JSON path of fields without rows", faulty(func(*behind) []option.Option { return nil }), []string{
			"field A.B has no row: add one to its table, or mark it with an option tag",
			"fields A.B and C have one JSON path a.b",
			"field C has no row: add one to its table, or mark it with an option tag",
		}},
		{"one JSON path in an embedded struct", faulty(func(v *embedded) []option.Option {
			return []option.Option{{Flag: "a", Value: kind.String(&v.In.P.B)}, {Flag: "b", Value: kind.String(&v.In.C)}}
		}), []string{"fields In.Plain.P.B and In.C have one JSON path in.p.b"}},
		{"one JSON path, of an object too", faulty(func(v *deep) []option.Option {
			return []option.Option{{Flag: "p", Value: kind.String(&v.P)}, {Flag: "q", Value: kind.String(&v.W.X.B.Q)}, {Flag: "c", Value: kind.String(&v.W.C)}}
		}), []string{"fields P and W.C have one JSON path w.x.b"}},
		{"one JSON path of a struct", faulty(func(v *beside) []option.Option {
			return []option.Option{{Flag: "b", Value: kind.AddressOf(&v.B)}, {Flag: "c", Value: kind.String(&v.X.B)}}
		}), []string{"fields B and X.B have one JSON path x.b"}},
		{"rows inside a copy, and its JSON path", faulty(func(v *copies) []option.Option {
			return []option.Option{{Flag: "a", Value: kind.AddressOf(&v.A)}, {Flag: "b", Value: kind.String(&v.B.Host)}, {Flag: "c", Value: kind.String(&v.X.B)}}
		}), []string{
			`option "b": its field B.Host lies inside B, which is marked "same:a"`,
			"fields B and X.B have one JSON path x.b",
		}},
	} {
		var got []string
		if c.err != nil {
			got = faultsOf(t, c.err)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestShapesOfStructs holds the config tree and the paths of a struct with
// embedded, hidden and repeated parts.
func TestShapesOfStructs(t *testing.T) {
	t.Parallel()
	type (
		One struct {
			B string `json:"b"`
		}
		Two struct {
			A string `json:"a"`
		}
		Quiet bool
		lost  struct {
			L string `json:"l"`
		}
		site struct {
			One
			Two
			In struct {
				Z string
				A string `json:"a"`
				X string `json:"y.x"`
				W string `json:"y.w"`
				Q string `json:"-"`
			} `json:"in"`
			At    kind.HostPort `json:"at"`
			Again kind.HostPort `json:"again" option:"same:at"`
			Off   bool          `json:"off" option:"fixed"`
			Quiet `option:"fixed"`
			H     string `json:"-"`
			I     string `json:"-"`
			J     lost   `json:"-"`
			own   string
		}
	)
	r, err := option.Build(option.Config[site]{Tables: func(v *site) []option.Table {
		v.own = "no option fills it"
		var rows []option.Option
		for flag, f := range map[string]*string{"b": &v.B, "a": &v.A, "in-z": &v.In.Z, "in-a": &v.In.A, "in-x": &v.In.X, "in-w": &v.In.W, "in-q": &v.In.Q, "h": &v.H, "i": &v.I, "j": &v.J.L} {
			rows = append(rows, option.Option{Name: flag, Flag: flag, Default: flag, Value: kind.String(f), Help: "A row."})
		}
		return []option.Table{{Rows: append(rows, option.Option{Name: "At", Flag: "at", Default: ":1", Value: kind.AddressOf(&v.At), Help: "A row."})}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	s, ps := r.Resolve(nil)
	if s == nil {
		t.Fatal(ps)
	}
	if v := s.View(); v.H != "h" || v.J.L != "j" || v.Again.Port != "1" || v.own != "" {
		t.Errorf("got %+v, want the hidden fields and the copy filled", v)
	}
	want := `{"Quiet":false,"a":"a","again":":1","at":":1","b":"b","in":{"Z":"in-z","a":"in-a","y":{"w":"in-w","x":"in-x"}},"off":false}`
	if got := string(s.Redact().AppendConfig(nil, option.ShapeCompact)); got != want {
		t.Errorf("config: got %s, want %s", got, want)
	}
	for flag, want := range map[string]string{"a": "a Two.A", "in-w": "in.y.w In.W", "in-z": "in.Z In.Z", "at": "at At"} {
		if got := r.ByFlag(flag).JSONPath() + " " + r.ByFlag(flag).FieldPath(); got != want {
			t.Errorf("--%s: got %q, want %q", flag, got, want)
		}
	}
}
