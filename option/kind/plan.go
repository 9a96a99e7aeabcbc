package kind

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// A form is the form that a part of a structured value has in a tree.
type form uint8

const (
	shapeScalar form = iota
	shapeList
	shapeMap
	shapeStruct
)

// A node is what is known of one type inside a structured value. Reflection
// over types happens once, when a plan is made.
type node struct {
	shape form
	typ   reflect.Type

	scalar *scalarType // of a scalar
	// texts marks a list of texts, which hold no line breaks.
	texts bool
	// secret marks what is never shown.
	secret bool
	// url tells how a text that holds a URL is shown.
	url urlTag

	elem    *node    // of a list or map
	members []member // of a struct
	keys    []string // of the members
}

// A member is one field of a struct.
type member struct {
	*node
	key      string // in files and text
	json     string // in JSON, "" to leave it out
	omit     bool   // leave it out of JSON where it is empty
	required bool
	index    int    // of the field
	field    string // its Go name
}

type urlTag uint8

const (
	urlNone urlTag = iota
	urlRedact
	urlPublic
)

var (
	secretType   = reflect.TypeFor[Secret]()
	secretsType  = reflect.TypeFor[Secrets]()
	durationType = reflect.TypeFor[time.Duration]()
	readsText    = reflect.TypeFor[encoding.TextUnmarshaler]()
	writesText   = reflect.TypeFor[encoding.TextMarshaler]()
)

func plan(t reflect.Type, tag reflect.StructTag, depth int) *node {
	const deepest = 16
	if depth > deepest {
		panic(fmt.Sprintf("kind: the type %v is too deep, or holds itself", t))
	}
	n := &node{typ: t, url: parseURLTag(tag)}
	switch {
	case t == secretType:
		n.secret, n.scalar = true, &secretScalar
	case t == secretsType:
		n.secret, n.shape, n.texts = true, shapeList, true
		n.elem = plan(reflect.TypeFor[string](), "", depth+1)
	case t == durationType:
		n.scalar = &durationScalar
	case reflect.PointerTo(t).Implements(readsText) && reflect.PointerTo(t).Implements(writesText):
		n.scalar = textScalar(t)
	case t.Kind() == reflect.Bool:
		n.scalar = &boolScalar
	case reflect.Zero(t).CanInt():
		n.scalar = &intScalar
	case t.Kind() == reflect.String:
		n.scalar = &stringScalar
	case t.Kind() == reflect.Slice:
		n.shape, n.elem = shapeList, plan(t.Elem(), tag, depth+1)
		n.texts = t.Elem().Kind() == reflect.String
	case t.Kind() == reflect.Map && t.Key().Kind() == reflect.String:
		n.shape, n.elem = shapeMap, plan(t.Elem(), tag, depth+1)
	case t.Kind() == reflect.Struct:
		n.shape = shapeStruct
		n.addMembers(depth)
	default:
		panic(fmt.Sprintf("kind: a structured value can't hold a %v", t))
	}
	if n.url != urlNone && n.shape == shapeScalar && t.Kind() != reflect.String {
		panic(fmt.Sprintf("kind: a url tag on a %v", t))
	}
	return n
}

func (n *node) addMembers(depth int) {
	for i := range n.typ.NumField() {
		f := n.typ.Field(i)
		if f.Anonymous || !f.IsExported() {
			panic(fmt.Sprintf("kind: the field %s of %v is embedded or unexported", f.Name, n.typ))
		}
		js, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if key == "" {
			key = js
		}
		if key == "" || key == "-" || slices.Contains(n.keys, key) {
			panic(fmt.Sprintf("kind: the field %s of %v has no key of its own", f.Name, n.typ))
		}
		switch js {
		case "-":
			js = ""
		case "":
			js = key
		}
		n.keys = append(n.keys, key)
		n.members = append(n.members, member{
			node: plan(f.Type, f.Tag, depth+1), index: i, field: f.Name, key: key, json: js,
			omit:     strings.Contains(options, "omit"),
			required: f.Tag.Get("required") == "true",
		})
	}
}

func parseURLTag(tag reflect.StructTag) urlTag {
	switch t := tag.Get("url"); t {
	case "":
		return urlNone
	case "redact":
		return urlRedact
	case "public":
		return urlPublic
	default:
		panic("kind: an unknown url tag " + t)
	}
}
