package optiontest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/yamlgen"
)

// canary is what must not be seen again.
const canary = "zQ7xK9vW2mT5pR8dL4nB"

// traces are the forms in which the canary may leak: six bytes of it in a row,
// plain, backwards or hexadecimal, and base64 at each alignment.
var traces = func() (out []string) {
	reversed := []byte(canary)
	slices.Reverse(reversed)
	for _, s := range []string{canary, string(reversed)} {
		for i := 0; i+6 <= len(s); i++ {
			h := hex.EncodeToString([]byte(s[i : i+6]))
			out = append(out, s[i:i+6], h, strings.ToUpper(h))
		}
	}
	for shift := range 3 {
		// The first and last characters also depend on the neighbours.
		enc := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + canary))
		out = append(out, enc[4:len(enc)-4])
	}
	return out
}()

func leaks(text string) bool {
	return slices.ContainsFunc(traces, func(s string) bool { return strings.Contains(text, s) })
}

// Secrets tests that no secret is ever shown: not by fmt or encoding/json,
// though somebody hands them the whole struct; not in the JSON of the API, in
// a written file, in a report or in a problem; nor is whatever else somebody pasted into
// an option that refuses it.
func Secrets[T any](t *testing.T, cfg option.Config[T], _ ...string) {
	t.Helper()
	r := build(t, cfg)
	for o := range r.All() {
		t.Run(o.Flag, func(t *testing.T) {
			t.Parallel()
			for _, in := range plantings(r.Catalog, o) {
				s, ps := r.Inspect(in.layers)
				for _, p := range ps {
					leakIn(t, o, in, "a problem", fmt.Sprintf("%v %+v %#v %s", p, p, *p, p.Code))
				}
				if o != r.ConfigOption() { // the name of a file that was read is a place
					leakIn(t, o, in, "a layer", fmt.Sprintf("%v %+v %#v", in.layers, in.layers, in.layers))
				}
				if s.Setting(o).Source != in.source {
					continue // it was refused
				}
				if o.Secret() {
					show(t, o, in, s.View(), s.Values(), s)
				}
				if o.Secret() || s.Redact().Withheld(o) {
					showRedacted(t, o, in, s.Redact(), ps)
				}
			}
		})
	}
}

// plantings spell the option with the canary in each source: as text that a
// secret option takes, as the password in a URL, and as text that is refused.
func plantings(c *option.Catalog, o *option.Option) (out []spelling) {
	key := base64.StdEncoding.EncodeToString([]byte(canary + "012345678901"))
	for _, s := range []string{canary, key, "https://me:" + canary + "@sample.test/", canary + " [", "[" + canary} {
		field, err := decode(o, s)
		if err != nil || o.Secret() || o.Value.Redact(field) {
			out = append(out, everywhere(c, o, s, string(option.AppendJSONString(nil, s)))...)
		}
	}
	return out
}

func leakIn(t *testing.T, o *option.Option, in spelling, where, text string) {
	t.Helper()
	if leaks(text) {
		t.Errorf("%s: what was given to --%s shows in %s", in.source, o.Flag, where)
	}
}

func show(t *testing.T, o *option.Option, in spelling, structs ...any) {
	t.Helper()
	for _, v := range structs {
		leakIn(t, o, in, "fmt of the struct", fmt.Sprintf("%v %+v %#v %x", v, v, v, v))
		text, err := json.Marshal(v)
		if err != nil {
			t.Errorf("%s: encoding/json of the struct: %v", in.source, err)
		}
		leakIn(t, o, in, "encoding/json of the struct", string(text))
	}
}

func showRedacted(t *testing.T, o *option.Option, in spelling, safe *option.Redacted, ps option.Problems) {
	t.Helper()
	leakIn(t, o, in, "the API", string(safe.AppendBody(safe.AppendBody(nil, option.ShapeFull), option.ShapeCompact)))
	leakIn(t, o, in, "its text", safe.Text(o)+fmt.Sprintf("%+v", safe.Setting(o)))
	var b bytes.Buffer
	if _, err := yamlgen.Write(&b, safe); err != nil {
		t.Fatal(err)
	}
	leakIn(t, o, in, "a written file", b.String())
	b.Reset()
	if err := docgen.HelpAll(&b, safe.Catalog(), docgen.Usage{Command: "x"}, docgen.Style{}); err != nil {
		t.Fatal(err)
	}
	leakIn(t, o, in, "help", b.String())
	b.Reset()
	for _, err := range []error{
		report.Table(&b, safe, ps, report.Filter{}, report.Style{}),
		report.Env(&b, safe, report.Filter{}),
		report.Explain(safe, ps, o).WriteText(&b, report.Style{}),
		json.NewEncoder(&b).Encode(report.Explain(safe, ps, o)),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	leakIn(t, o, in, "a report", b.String())
}
