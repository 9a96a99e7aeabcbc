package values_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

const (
	oneProvider = `[{"type":"github","client_id":"x","scopes":["a"],"code_challenge_methods_supported":["S256"]}]`
	oneLink     = `[{"name":"Chat","target":"https://chat.example.com","icon":"chat","location":"navbar"}]`
)

// config returns the config tree of the API with one provider and one link,
// so that their members show.
func config(t *testing.T, shape option.Shape) map[string]any {
	t.Helper()
	r := build(t, develHost)
	s, ps := r.Resolve(layers(
		given(r, option.SourceFlag, "external-auth-providers", oneProvider),
		given(r, option.SourceFlag, "support-links", oneLink),
	))
	if s == nil {
		t.Fatal(ps)
	}
	var tree map[string]any
	if err := json.Unmarshal(s.Redact().AppendConfig(nil, shape), &tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

// leaves lists the dotted paths of a tree with the JSON type of each. The items
// of lists count as one.
func leaves(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		out[path] = "object"
		for k, item := range v {
			leaves(out, strings.TrimPrefix(path+"."+k, "."), item)
		}
	case []any:
		out[path] = "array"
		for _, item := range v {
			leaves(out, path+"[]", item)
		}
	case string:
		out[path] = "string"
	case float64:
		out[path] = "number"
	case bool:
		out[path] = "bool"
	case nil:
		out[path] = "null"
	}
}

func example(t *testing.T, name string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	leaves(out, "", tree)
	return out
}

func TestConfigHasEveryKeyOfTheExamples(t *testing.T) {
	t.Parallel()
	have := map[string]string{}
	leaves(have, "", config(t, option.ShapeFull))
	for _, name := range []string{"config-newer.json", "config-older.json"} {
		for path, want := range example(t, name) {
			// The items of plain lists have no keys; most lists are empty here.
			if got := have[path]; got != want && !strings.HasSuffix(path, "[]") {
				t.Errorf("%s of %s is %q in the config tree, want %q", path, name, got, want)
			}
		}
	}
}

// Keys below these are of the person who configures, or ours to choose.
var open = []string{"oidc.auth_url_params.", "oidc.group_regex_filter."}

func TestConfigHasNoOtherKeys(t *testing.T) {
	t.Parallel()
	known := example(t, "config-newer.json")
	for path, kind := range example(t, "config-older.json") {
		known[path] = kind
	}
	have := map[string]string{}
	leaves(have, "", config(t, option.ShapeFull))
	for path := range have {
		free := slices.ContainsFunc(open, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
		if known[path] == "" && !free && !strings.HasSuffix(path, "[]") {
			t.Errorf("the config tree has %s, want only keys of the examples", path)
		}
	}
}

func TestCompactConfigUsesShortForms(t *testing.T) {
	t.Parallel()
	have := map[string]string{}
	leaves(have, "", config(t, option.ShapeCompact))
	for path, want := range map[string]string{
		"access_url": "string", "tls.address": "string", "oidc.group_regex_filter": "string",
		"external_auth": "array", "support.links": "array", "healthcheck.refresh": "number",
	} {
		if have[path] != want {
			t.Errorf("%s is %q in the compact shape, want %q", path, have[path], want)
		}
	}
}

func TestFieldsWithoutARow(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	s, ps := r.Resolve(layers(
		given(r, option.SourceEnv, "secure-auth-cookie", "true"),
		given(r, option.SourceEnv, "telemetry", "true"),
	))
	if s == nil {
		t.Fatal(ps)
	}
	v := s.View()
	if !v.SecureAuthCookie || !v.HTTPCookies.SecureAuthCookie {
		t.Errorf("secure_auth_cookie is %t and http_cookies.secure_auth_cookie %t, want both true", v.SecureAuthCookie, v.HTTPCookies.SecureAuthCookie)
	}
	if v.Telemetry.Trace {
		t.Error("telemetry.trace is true, want it always false")
	}
}

// The struct by itself, as a program that embeds it may write it, has the
// compact form.
func TestStructMarshalsLikeTheCompactShape(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	s, ps := r.Resolve(nil)
	if s == nil {
		t.Fatal(ps)
	}
	text, err := json.Marshal(s.Values())
	if err != nil {
		t.Fatal(err)
	}
	var byStruct, byShape any
	if err := json.Unmarshal(text, &byStruct); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(s.Redact().AppendConfig(nil, option.ShapeCompact), &byShape); err != nil {
		t.Fatal(err)
	}
	got, want := map[string]string{}, map[string]string{}
	leaves(got, "", byStruct)
	leaves(want, "", byShape)
	for path, kind := range want {
		// encoding/json writes lists and maps that were never set as null.
		if got[path] != kind && (got[path] != "null" || kind != "array" && kind != "object") {
			t.Errorf("%s of the marshalled struct is %q, want %q", path, got[path], kind)
		}
	}
}
