package option_test

import (
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// TestBody holds every byte of what the API serves for two options.
func TestBody(t *testing.T) {
	t.Parallel()
	type site struct {
		Name string `json:"name"`
		Loud bool   `json:"loud"`
	}
	shop := &option.Group{Name: "Shop", YAML: "shop", Help: "What is sold."}
	desk := &option.Group{Name: "Desk", YAML: "desk", Help: "Who sells.", Parent: shop}
	r, err := option.Build(option.Config[site]{Program: "site", EnvPrefix: "SITE_", Tables: func(v *site) []option.Table {
		return []option.Table{
			{Rows: []option.Option{{
				Name: "Loud", Flag: "loud", Short: "l", YAML: "loud", Hidden: true, Value: kind.Bool(&v.Loud), Help: "Shout.",
				Annotations: option.Annotations{"b": "2", "a": "1", "c": "3"},
			}}},
			{Group: desk, Rows: []option.Option{
				{Name: "Name", Flag: "name", YAML: "name", Default: "Ann", Value: kind.String(&v.Name), Help: "Of the \"clerk\"."},
				{Name: "Old Name", Flag: "clerk", Env: option.None, UseInstead: []string{"name", "loud"}, Value: kind.String(&v.Name), Help: "Old."},
			}},
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	s, ps := r.Resolve([]option.Layer{{Source: option.SourceEnv, Inputs: []option.Input{
		{Option: r.ByFlag("loud"), Origin: option.Origin{Source: option.SourceEnv, Name: "SITE_LOUD"}, Raw: option.RawText("true")},
	}}})
	if s == nil {
		t.Fatal(ps)
	}
	const (
		loud = `{"annotations":{"a":"1","b":"2","c":"3"},"default":"","description":"Shout.","env":"SITE_LOUD","flag":"loud","flag_shorthand":"l",` +
			`"group":{"description":"","name":"","parent":{},"yaml":""},"hidden":true,"name":"Loud","required":false,"use_instead":[],` +
			`"value":true,"value_source":"env","yaml":"loud"}`
		group = `"group":{"description":"Who sells.","name":"Desk","parent":{"description":"What is sold.","name":"Shop","parent":{},"yaml":"shop"},"yaml":"desk"}`
		name  = `{"annotations":{},"default":"Ann","description":"Of the \"clerk\".","env":"SITE_NAME","flag":"name","flag_shorthand":"",` +
			group + `,"hidden":false,"name":"Name","required":false,"use_instead":[],"value":"Ann","value_source":"default","yaml":"name"}`
		clerk = `{"annotations":{},"default":"","description":"Old.","env":"","flag":"clerk","flag_shorthand":"",` +
			group + `,"hidden":false,"name":"Old Name","required":false,"use_instead":[` + name + "," + loud + `],"value":"Ann","value_source":"default","yaml":""}`
		want = `>{"config":{"loud":true,"name":"Ann"},"options":[` + loud + "," + name + "," + clerk + "]}"
	)
	if got := string(s.Redact().AppendBody([]byte(">"), option.ShapeFull)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAppendJSONString(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"", `""`},
		{"a b~", `"a b~"`},
		{"say \"\\\"", `"say \"\\\""`},
		{"\n\r\t", `"\n\r\t"`},
		{"\x00\x1f\x7f!", `"\u0000\u001f\u007f!"`},
		{"<&>", `"<&>"`},
		{"pä\u2027\u2028x\u2029\u202a日", `"pä` + "\u2027" + `\u2028x\u2029` + "\u202a" + `日"`},
		{"a\x80b\xffc\xe6\x97", `"a` + "\uFFFD" + "b" + "\uFFFD" + "c" + "\uFFFD\uFFFD" + `"`},
		{"\uFFFDx\x80", `"` + "\uFFFDx\uFFFD" + `"`},
	} {
		if got := string(option.AppendJSONString(nil, c.in)); got != c.want {
			t.Errorf("%q: got %s, want %s", c.in, got, c.want)
		}
	}
}
