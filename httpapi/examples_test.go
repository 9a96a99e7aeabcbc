package httpapi_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/option"
)

// kinds lists the dotted paths of a JSON value with the type of each. The
// items of lists count as one.
func kinds(out map[string]string, path string, v any) map[string]string {
	switch v := v.(type) {
	case map[string]any:
		out[path] = "object"
		for k, item := range v {
			kinds(out, path+"."+k, item)
		}
	case []any:
		out[path] = "array"
		for _, item := range v {
			kinds(out, path+"[]", item)
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
	return out
}

func readJSON[T any](t testing.TB, path string) (v T) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return decode[T](t, text)
}

func decode[T any](t testing.TB, text []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
	return v
}

// examples are the answers of one page, with the tree of the configuration,
// which stands in a file of its own.
func examples(t testing.TB, name string) map[string]any {
	t.Helper()
	all := readJSON[map[string]any](t, "testdata/examples-"+name+".json")
	all["GET /deployment/config"].(map[string]any)["config"] = readJSON[any](t, "../testdata/config-"+name+".json")
	return all
}

// Paths whose keys or types differ from case to case. A value of an option has
// the type of its kind, and the pages show null.
var free = []string{
	".ssh_config_options.", ".options[].annotations.", ".options[].value", ".options[].use_instead[]", ".options[].group.parent.",
	".config.oidc.auth_url_params.", ".config.oidc.group_regex_filter.", ".validations[]",
}

func isFree(path string) bool {
	return slices.ContainsFunc(free, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

// full is a site whose lists have items, so that these are compared too.
func full(t testing.TB, changes ...func(*httpapi.Config)) *site {
	t.Helper()
	s := newSite(t, append(changes, func(c *httpapi.Config) {
		c.Experiments, c.SafeExperiments = []string{"example"}, []string{"example"}
	})...)
	pairs := []string{
		"external-auth-providers", `[{"type":"github","client_id":"x","scopes":["a"],"code_challenge_methods_supported":["S256"]}]`,
		"support-links", `[{"name":"Chat","target":"https://chat.example.com","icon":"chat","location":"navbar"}]`,
	}
	s.redacted = configuration(t, pairs...)
	return s
}

// Every answer has the keys of both pages with the types they have there, and
// no others.
func TestAnswersHaveTheShapeOfThePages(t *testing.T) {
	t.Parallel()
	s := full(t)
	newer, older := examples(t, "newer"), examples(t, "older")
	if len(newer) < 9 || len(older) < 9 {
		t.Fatalf("the pages have %d and %d answers, want 9", len(newer), len(older))
	}
	for route, example := range newer {
		method, path, _ := strings.Cut(route, " ")
		w := s.do(method, "/api/v2"+strings.ReplaceAll(path, "{user}", "me"), "", as(ownerToken))
		if w.Code != 200 || w.Header().Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("%s: status %d of type %q, want 200 of JSON", route, w.Code, w.Header().Get("Content-Type"))
			continue
		}
		have := kinds(map[string]string{}, "", decode[any](t, w.Body.Bytes()))
		known := kinds(map[string]string{}, "", example)
		for path, want := range known {
			switch got := have[path]; {
			case isFree(path) || strings.HasSuffix(path, "[]") && got == "":
			case got != want:
				t.Errorf("%s: %s is %q, want %q", route, path, got, want)
			}
		}
		for path, want := range kinds(map[string]string{}, "", older[route]) {
			if got := have[path]; got != want && !isFree(path) && (got != "" || !strings.HasSuffix(path, "[]")) {
				t.Errorf("%s: %s is %q, want %q as on the older page", route, path, got, want)
			}
			known[path] = want
		}
		for path := range have {
			if known[path] == "" && !isFree(path) && !strings.HasSuffix(path, "[]") {
				t.Errorf("%s: the answer has %s, which no page has", route, path)
			}
		}
	}
}

func TestCompactShape(t *testing.T) {
	t.Parallel()
	s, compactSite := full(t), full(t, func(c *httpapi.Config) { c.Shape = option.ShapeCompact })
	const target = "/api/v2/deployment/config"
	long, short := s.get(target, as(ownerToken)).Body.String(), s.get(target+"?shape=compact", as(ownerToken)).Body.String()
	if long == short {
		t.Fatal("both shapes are the same")
	}
	have := kinds(map[string]string{}, "", decode[any](t, []byte(short)))
	for path, want := range map[string]string{
		".config.access_url": "string", ".config.tls.address": "string", ".config.oidc.group_regex_filter": "string",
		".config.external_auth": "array", ".config.external_auth[].id": "string", ".config.support.links": "array",
		".config.support.links[].name": "string", ".config.healthcheck.refresh": "number",
	} {
		if have[path] != want {
			t.Errorf("%s is %q in the compact shape, want %q", path, have[path], want)
		}
	}
	for _, c := range []struct {
		site   *site
		query  string
		accept string
		want   string
	}{
		{s, "", "", long},
		{s, "", "application/json", long},
		{s, "", "application/json;shape=compact", short},
		{s, "", `text/html, application/json; shape="compact"; q=0.5`, short},
		{s, "", "application/json;shape=compact;q=0.1, application/json;q=0.9", long},
		{s, "", "application/json;shape=compact;q=0", long},
		{s, "", "application/json;shape=odd", long},
		{s, "", "text/html;shape=compact", long},
		{s, "?shape=full", "application/json;shape=compact", long},
		{s, "?shape=compact", "application/json", short},
		{compactSite, "", "", short},
		{compactSite, "", "application/json", short},
		{compactSite, "", "application/json;shape=full", long},
		{compactSite, "?shape=full", "", long},
	} {
		if got := c.site.get(target+c.query, as(ownerToken), "Accept: "+c.accept).Body.String(); got != c.want {
			t.Errorf("%q with Accept %q has %d bytes, want the %d of the other shape", c.query, c.accept, len(got), len(c.want))
		}
	}
	if w := s.get(target+"?shape=hunter2", as(ownerToken)); w.Code != 400 || strings.Contains(w.Body.String(), "hunter2") {
		t.Errorf("an unknown shape: got %d %s, want 400 without the shape", w.Code, w.Body)
	}
}

// One answer in full each, for those that tell more than a shape.
func TestAnswers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, c := range []struct{ path, want string }{
		{"/api/v2/", `{"message":"Welcome to the API of this deployment.","detail":"","validations":[]}`},
		{"/api/v2", `{"message":"Welcome to the API of this deployment.","detail":"","validations":[]}`},
		{"/api/v2/buildinfo", `{"agent_api_version":"1.0","dashboard_url":"https://app.example.com","deployment_id":"11111111-1111-4111-8111-111111111111",` +
			`"external_url":"https://example.com/v1.2.3","provisioner_api_version":"1.12","telemetry":true,"upgrade_message":"Upgrade, please.",` +
			`"version":"v1.2.3","webpush_public_key":"","workspace_proxy":false}`},
		{"/api/v2/deployment/ssh", `{"hostname_prefix":"app.","hostname_suffix":"app","ssh_config_options":{"A":"x y","B":"2=3"}}`},
		{"/api/v2/experiments", `[]`},
		{"/api/v2/experiments/available", `[]`},
		{"/api/v2/updatecheck", `{"current":true,"url":"https://example.com/v1.2.3","version":"v1.2.3"}`},
		{"/api/v2/deployment/stats", `{"aggregated_from":"2026-03-01T11:45:00Z","collected_at":"2026-03-01T12:00:00Z","next_update_at":"2026-03-01T12:00:00Z",` +
			`"session_count":{"jetbrains":0,"reconnecting_pty":0,"ssh":0,"vscode":0},"workspaces":{"building":0,"connection_latency_ms":{"p50":-1,"p95":-1},` +
			`"failed":0,"pending":0,"running":0,"rx_bytes":0,"stopped":0,"tx_bytes":0}}`},
		{"/healthz", "OK\n"},
		{"/readyz", "OK\n"},
	} {
		if w := s.get(c.path, as(ownerToken)); w.Code != 200 || w.Body.String() != c.want {
			t.Errorf("GET %s: got %d %s, want 200 %s", c.path, w.Code, w.Body, c.want)
		}
	}
	cfg := decode[map[string]any](t, s.get("/api/v2/deployment/config", as(ownerToken)).Body.Bytes())
	if got := slices.Sorted(maps.Keys(cfg)); !slices.Equal(got, []string{"config", "options"}) {
		t.Errorf("the configuration has %v, want config and options", got)
	}
	if options := cfg["options"].([]any); len(options) != s.Redacted().Catalog().Len() {
		t.Errorf("the configuration tells %d options, want all %d", len(options), s.Redacted().Catalog().Len())
	}
}
