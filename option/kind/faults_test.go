package kind_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// TestEveryFaultAtOnce: a value of several items tells all that is wrong.
func TestEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	ruled := kind.Struct(new([]link), refuses(".name", func(l link) bool { return l.Name == "evil" }), refuses(".name", func(l link) bool {
		return l.Name == "evil" // said already
	}), refuses(".target", func(l link) bool { return !strings.HasPrefix(l.Target, "https") }))
	for _, c := range []struct {
		name string
		v    option.Value
		dst  any
		text string
		want []string // items, in order
	}{
		{"list", kind.Strings(new([]string), kind.CIDR()), new([]string), "x,10.0.0.0/8,y", []string{"[0]", "[2]"}},
		{"map", kind.Struct(new(map[string]int64)), new(map[string]int64), `{"a":"x","b":"1","c":"y"}`, []string{"{0}", "{2}"}},
		{"structs", kind.Struct(new([]provider)), new([]provider), `[{"typ":"a","retries":"x","links":[{"name":""},{}]},7]`, []string{
			"[0]", "[0].retries", "[0].links[0].name", "[0].links[0].target", "[0].links[1].name", "[0].links[1].target", "[0].type", "[1]",
		}},
		{"every rule", ruled, new([]link), `[{"name":"evil","target":"https://h"},{"name":"n","target":"https://h"},{"name":"evil","target":"ftp://h"}]`, []string{
			"[0].name", "[2].name", "[2].target",
		}},
		{"rules beside broken items", ruled, new([]link), `[{"name":"evil","target":"https://h","icn":"x"},null,{"name":"evil","target":"ftp://h"},{"name":""}]`, []string{
			"[0]", "[1]", "[3].name", "[3].target", "[2].name", "[2].target",
		}},
		{"rules beside missing members", ruled, new([]link), `[{"name":"evil"},{"target":"ftp://h"}]`, []string{
			"[0].target", "[1].name", "[0].name", "[1].target",
		}},
		{"rules of what is no list", ruled, new([]link), `{}`, []string{""}},
		{"a rule beside a broken member", ruled, new([]link), `[{"name":"evil","target":"https://h:99999"}]`, []string{"[0].target"}},
		{"a rule of no list", kind.Struct(new([]link), one("[0]")), new([]link), `{}`, []string{""}},
		{"a rule of no text", kind.Struct(new([]link), one("[0]")), new([]link), ``, []string{"[0]"}},
		{"a rule of an entry and one inside", kind.Struct(new([]link), one("[0]"), kind.Rule[[]link]{Text: "words alone"}, one("[0].name")), new([]link), `[]`, []string{"[0]", "[0].name"}},
		{"a rule of one struct", kind.Struct(new(link), kind.Rule[link]{Check: func(link) *option.Fault { return &option.Fault{Item: "name"} }}), new(link), `{"name":"n"}`, []string{"target"}},
		{"a rule behind a broken text", kind.Struct(new([]string), kind.Rule[[]string]{Check: last}), new([]string), `["a\nb","c"]`, []string{"[0]", "[1]"}},
		{"more than anybody reads", kind.Strings(new([]string), kind.CIDR()), new([]string), strings.Repeat(",", 30), numbered(21)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := c.v.Decode(c.dst, option.RawText(c.text))
			fault := new(option.Fault)
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a fault", err)
			}
			got := []string{fault.Item}
			for _, f := range fault.Also {
				if got = append(got, f.Item); f.Also != nil {
					t.Errorf("%s has more behind it, want one list", f.Item)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got items %q, want %q", got, c.want)
			}
		})
	}
}

// one makes a rule that refuses one item, whatever there is.
func one(item string) kind.Rule[[]link] {
	return kind.Rule[[]link]{Check: func([]link) *option.Fault { return &option.Fault{Reason: "refused", Item: item} }}
}

// last refuses the last text of a list.
func last(list []string) *option.Fault {
	return &option.Fault{Reason: "refused", Item: "[" + strconv.Itoa(len(list)-1) + "]"}
}

// numbered returns the first n items of a list.
func numbered(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "[" + strconv.Itoa(i) + "]"
	}
	return out
}

// refuses makes a rule that refuses a member of each item for which bad holds.
func refuses(member string, bad func(link) bool) kind.Rule[[]link] {
	return kind.Rule[[]link]{Check: func(all []link) *option.Fault {
		var first *option.Fault
		for i, l := range all {
			f := &option.Fault{Reason: "refused", Item: "[" + strconv.Itoa(i) + "]" + member}
			switch {
			case !bad(l):
			case first == nil:
				first = f
			default:
				first.Also = append(first.Also, f)
			}
		}
		return first
	}}
}
