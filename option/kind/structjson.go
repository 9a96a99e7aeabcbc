package kind

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/strataconf/strata/option"
)

// parseJSON reads JSON text into a tree without places. Empty text is nil.
// Numbers stay as written. Duplicate keys are left for read to refuse.
func parseJSON(text string) (*option.Tree, *option.Fault) {
	if fault := plain(text); fault != nil {
		return nil, fault
	}
	if text == "" {
		return nil, nil
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	t, ok := jsonValue(d, 0)
	if ok {
		_, err := d.Token()
		ok = err == io.EOF
	}
	if !ok {
		return nil, &option.Fault{Reason: "not valid JSON"}
	}
	return &t, nil
}

func jsonValue(d *json.Decoder, depth int) (option.Tree, bool) {
	const deepest = 64
	token, err := d.Token()
	if err != nil || depth > deepest {
		return option.Tree{}, false
	}
	switch v := token.(type) {
	case json.Delim:
		t := option.Tree{Kind: option.Sequence}
		if v == '{' {
			t.Kind = option.Mapping
		}
		for d.More() {
			if t.Kind == option.Mapping {
				// What is no key, the decoder refuses again as the value.
				key, _ := d.Token()
				text, _ := key.(string)
				t.Keys = append(t.Keys, quoted(text))
			}
			item, ok := jsonValue(d, depth+1)
			if !ok {
				return option.Tree{}, false
			}
			t.Items = append(t.Items, item)
		}
		_, err := d.Token()
		return t, err == nil
	case string:
		return quoted(v), true
	case json.Number:
		return option.Tree{Kind: option.Scalar, Scalar: option.RawText(v.String())}, true
	case bool:
		return option.Tree{Kind: option.Scalar, Scalar: option.RawText(strconv.FormatBool(v))}, true
	}
	return option.Tree{Kind: option.Null}, true
}

func quoted(text string) option.Tree {
	return option.Tree{Kind: option.Scalar, Scalar: option.RawText(text), Quoted: true}
}
