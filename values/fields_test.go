package values_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// members is the contract of one structured option, less the head of its file.
func members(t *testing.T, parent string) []map[string]string {
	t.Helper()
	var out []map[string]string
	for _, row := range table(t, "struct_fields.tsv") {
		if row["parent_json_path"] == parent {
			out = append(out, row)
		}
	}
	return out
}

func TestProviderMembersAgreeWithTheContract(t *testing.T) {
	t.Parallel()
	want := members(t, "external_auth")
	compareMembers(t, reflect.TypeFor[values.ExternalAuthConfig](), want)
	o := build(t, develHost).ByFlag("external-auth-providers")
	if got := o.Indexed.Prefixes; !slices.Equal(got, []string{"EXTERNAL_AUTH", "GITAUTH"}) {
		t.Errorf("prefixes of the numbered variables are %q, want EXTERNAL_AUTH and then GITAUTH", got)
	}
	if len(o.Indexed.Fields) != len(want) {
		t.Fatalf("%d members have a variable, want %d", len(o.Indexed.Fields), len(want))
	}
	for i, row := range want {
		f := o.Indexed.Fields[i]
		if f.Env != row["env_suffix"] || f.Key != row["yaml_key"] || f.List != (row["type"] == "string list") {
			t.Errorf("variable %d is %+v, want suffix %s, key %s and type %s", i, f, row["env_suffix"], row["yaml_key"], row["type"])
		}
	}
}

func TestLinkMembersAgreeWithTheContract(t *testing.T) {
	t.Parallel()
	compareMembers(t, reflect.TypeFor[values.LinkConfig](), members(t, "support.links"))
}

func compareMembers(t *testing.T, typ reflect.Type, want []map[string]string) {
	t.Helper()
	if typ.NumField() != len(want) {
		t.Fatalf("%s has %d members, want %d", typ.Name(), typ.NumField(), len(want))
	}
	for i, row := range want {
		f := typ.Field(i)
		key := row["json_key"]
		if row["in_json"] == "no" {
			key = "-"
		}
		if got := name(f.Tag.Get("json")); got != key {
			t.Errorf("%s.%s has the JSON key %q, want %q", typ.Name(), f.Name, got, key)
		}
		if got := name(f.Tag.Get("yaml")); got != row["yaml_key"] {
			t.Errorf("%s.%s has the YAML key %q, want %q", typ.Name(), f.Name, got, row["yaml_key"])
		}
	}
}

func name(tag string) string {
	for i := range tag {
		if tag[i] == ',' {
			return tag[:i]
		}
	}
	return tag
}

func TestProviderFallbacks(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	tests := []struct{ name, text, id, display, typ, device string }{
		{"type only", `[{"type":"gitlab","client_id":"x"}]`, "gitlab", "gitlab", "gitlab", ""},
		{"own id and name", `[{"type":"gitlab","client_id":"x","id":"a","display_name":"A"}]`, "a", "A", "gitlab", ""},
		{"older spelling", `[{"type":"bitbucket","client_id":"x"}]`, "bitbucket-cloud", "bitbucket-cloud", "bitbucket-cloud", ""},
		{"device flow", `[{"type":"github","client_id":"x","device_flow":true}]`, "github", "github", "github", "https://github.com/login/device/code"},
	}
	for _, tt := range tests {
		s, ps := r.Resolve(layers(given(r, option.SourceFlag, "external-auth-providers", tt.text)))
		if s == nil {
			t.Errorf("%s: %v", tt.name, ps)
			continue
		}
		c := s.View().ExternalAuth[0].WithFallbacks()
		if c.ID != tt.id || c.DisplayName != tt.display || string(c.Type) != tt.typ || c.DeviceCodeURL != tt.device {
			t.Errorf("%s: provider is %q %q %q %q, want %q %q %q %q", tt.name, c.ID, c.DisplayName, c.Type, c.DeviceCodeURL, tt.id, tt.display, tt.typ, tt.device)
		}
		if !slices.Equal(c.CodeChallengeMethodsSupported, []string{"S256"}) {
			t.Errorf("%s: methods are %q, want S256", tt.name, c.CodeChallengeMethodsSupported)
		}
	}
}
