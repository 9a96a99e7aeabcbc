package diff

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/strataconf/strata/option"
)

// The reasons for which [Document] refuses a text.
var (
	ErrNotJSON     = errors.New("not JSON")
	ErrNotDocument = errors.New("no list of options, as the API answers with at /api/v2/deployment/config")
	ErrTwice       = errors.New("two options have one flag")
)

// A documented is an option as the API tells it. Documents of any version may
// have more members.
type documented struct {
	Flag        string            `json:"flag"`
	Env         string            `json:"env"`
	YAML        string            `json:"yaml"`
	Default     string            `json:"default"`
	Source      string            `json:"value_source"`
	Annotations map[string]string `json:"annotations"`
	Value       json.RawMessage   `json:"value"`
}

// Document returns the side of a JSON document: the configuration of a server
// as the API answers with, in either shape. Options that the catalog does not
// know are kept. The error is one of [ErrNotJSON], [ErrNotDocument] and
// [ErrTwice], and holds nothing of the text.
func Document(c *option.Catalog, name string, text []byte) (*Side, error) {
	var body struct {
		Options []documented `json:"options"`
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF"))))
	if err := d.Decode(&body); err != nil {
		if kind := new(json.UnmarshalTypeError); errors.As(err, &kind) {
			return nil, ErrNotDocument
		}
		return nil, ErrNotJSON
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, ErrNotJSON
	}
	if len(body.Options) == 0 {
		return nil, ErrNotDocument
	}
	s := &Side{Name: name, Document: true, byFlag: map[string]*entry{}}
	for i := range body.Options {
		from, known := sourceOf(body.Options[i].Source)
		if body.Options[i].Flag == "" || !known {
			return nil, ErrNotDocument
		}
		if !s.add(body.Options[i].entry(c, from)) {
			return nil, ErrTwice
		}
	}
	return s, nil
}

func sourceOf(name string) (option.Source, bool) {
	for s := option.SourceNone; s <= option.SourceFlag; s++ {
		if s.String() == name {
			return s, true
		}
	}
	return 0, false
}

func (d *documented) entry(c *option.Catalog, from option.Source) *entry {
	e := &entry{flag: d.Flag, option: c.ByFlag(d.Flag), def: d.Default, document: true}
	e.Source = from
	e.Secret = d.Annotations["secret"] == "true" || e.option != nil && e.option.Secret()
	if e.Secret {
		// Whatever stands there is nothing to look at.
		e.JSON, e.equal = []byte("null"), "null"
		return e
	}
	e.JSON = d.Value
	if len(e.JSON) == 0 {
		e.JSON = []byte("null")
	}
	e.equal = canonical(e.JSON)
	if e.option != nil {
		e.Text, e.Withheld, e.unfit = shown(e.option, e.equal)
	} else {
		e.Text, e.Withheld = plain(e.equal, d.Annotations["format_duration"] == "true")
	}
	if e.Withheld || e.unfit {
		e.JSON = []byte("null")
	}
	return e
}

// shown returns a value as people type it. A document is not trusted to have
// withheld what this program would.
func shown(o *option.Option, value string) (text string, withheld, unfit bool) {
	if value == "null" {
		return "", false, false
	}
	text, withheld, ok := o.Show(rawOf(o, value))
	return text, withheld, !ok
}

// rawOf returns a JSON value as a source would spell it.
func rawOf(o *option.Option, value string) option.Raw {
	var v any
	d := json.NewDecoder(strings.NewReader(value))
	d.UseNumber()
	_ = d.Decode(&v) // it is JSON, see canonical
	switch v := v.(type) {
	case string:
		return option.RawText(v)
	case json.Number:
		if o.Value.Traits().Annotations["format_duration"] == "true" {
			return option.RawText(v.String() + "ns")
		}
		return option.RawText(v.String())
	case []any, map[string]any:
		t := treeOf(v)
		return option.RawTree(&t)
	}
	return option.RawText(value)
}

// treeOf returns decoded JSON as a file of the program would hold it.
func treeOf(v any) option.Tree {
	switch v := v.(type) {
	case nil:
		return option.Tree{Kind: option.Null}
	case string:
		return option.Tree{Quoted: true, Scalar: option.RawText(v)}
	case []any:
		t := option.Tree{Kind: option.Sequence}
		for _, item := range v {
			t.Items = append(t.Items, treeOf(item))
		}
		return t
	case map[string]any:
		t := option.Tree{Kind: option.Mapping}
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			t.Keys = append(t.Keys, option.Tree{Quoted: true, Scalar: option.RawText(key)})
			t.Items = append(t.Items, treeOf(v[key]))
		}
		return t
	}
	b, _ := json.Marshal(v) // a number or a bool
	return option.Tree{Scalar: option.RawText(string(b))}
}

// plain returns a value of an option that nobody here knows. Text that may be a
// URL with credentials is withheld, and so are objects.
func plain(value string, duration bool) (text string, withheld bool) {
	var v any
	d := json.NewDecoder(strings.NewReader(value))
	d.UseNumber()
	_ = d.Decode(&v) // it is JSON, see canonical
	switch v := v.(type) {
	case nil:
		return "", false
	case bool:
		return value, false
	case json.Number:
		if n, err := v.Int64(); err == nil && duration {
			return time.Duration(n).String(), false
		}
		return value, false
	case string:
		if strings.ContainsAny(v, "@?") {
			return "", true
		}
		return v, false
	case []any:
		texts := make([]string, len(v))
		for i := range v {
			s, ok := v[i].(string)
			if !ok || strings.ContainsAny(s, "@?") {
				return "", true
			}
			texts[i] = s
		}
		return strings.Join(texts, ","), false
	}
	return "", true
}

// value says what a side has, in words that people read.
func (e *entry) value() string {
	switch {
	case !e.set():
		return "not set"
	case e.unfit:
		return "a value that this program does not take"
	case e.Withheld && e.Text == "" && !e.Secret:
		return "set, and not shown"
	}
	return e.Value.String()
}

// from says where a value comes from. A document tells the source only.
func (e *entry) from() string {
	if e.Given != nil || !e.given() {
		return e.From()
	}
	switch e.Source {
	case option.SourceFlag:
		return "from a flag"
	case option.SourceEnv:
		return "from a variable"
	}
	return "from the file"
}
