package httpapi_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/internal/golden"
)

// A contract is an OpenAPI document that answers are held against.
type contract struct {
	tree     map[string]any
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema
}

// shared is the contract of all tests: they have one catalog, and what is
// configured changes nothing in the document.
var shared struct {
	once sync.Once
	*contract
}

func contractOf(t testing.TB, api *httpapi.API) *contract {
	t.Helper()
	shared.once.Do(func() { shared.contract = readContract(t, api.OpenAPI()) })
	return shared.contract
}

func readContract(t testing.TB, text []byte) *contract {
	t.Helper()
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := &contract{tree: tree.(map[string]any), compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	c.compiler.AssertFormat()
	if err := c.compiler.AddResource("https://test/openapi.json", tree); err != nil {
		t.Fatal(err)
	}
	return c
}

// at walks down the document, through references.
func (c *contract) at(path ...string) (node map[string]any, place []string) {
	node, place = c.tree, nil
	for _, key := range path {
		node, _ = node[key].(map[string]any)
		place = append(place, key)
		if target, ok := node["$ref"].(string); ok {
			place = strings.Split(strings.TrimPrefix(target, "#/"), "/")
			node, _ = c.at(place...)
		}
		if node == nil {
			return nil, place
		}
	}
	return node, place
}

// schema compiles the schema at a place.
func (c *contract) schema(t testing.TB, place ...string) *jsonschema.Schema {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	var pointer strings.Builder
	for _, key := range place {
		pointer.WriteString("/" + url.PathEscape(strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")))
	}
	if s := c.schemas[pointer.String()]; s != nil {
		return s
	}
	s, err := c.compiler.Compile("https://test/openapi.json#" + pointer.String())
	if err != nil {
		t.Fatal(err)
	}
	c.schemas[pointer.String()] = s
	return s
}

// operation finds the path of the document that a request went to.
func (c *contract) operation(r *http.Request) (path, method string, known bool) {
	method = strings.ToLower(strings.Replace(r.Method, "HEAD", "GET", 1))
	for path := range c.tree["paths"].(map[string]any) {
		item, _ := c.at("paths", path)
		place := "/api/v2" + path
		if _, outside := item["servers"]; outside {
			place = path
		}
		if fits(place, r.URL.EscapedPath()) || place == "/api/v2/" && r.URL.Path == "/api/v2" {
			return path, method, item[method] != nil
		}
	}
	return "", method, false
}

func fits(template, path string) bool {
	want, have := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return false
	}
	for i := range want {
		text, err := url.PathUnescape(have[i])
		if err != nil || want[i] != text && !(strings.HasPrefix(want[i], "{") && have[i] != "") {
			return false
		}
	}
	return true
}

// check holds an answer against the document. Answers to what the document
// does not have are the refusals of the API.
func (c *contract) check(t testing.TB, r *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	if strings.HasPrefix(r.URL.Path, "/swagger") || w.Code == http.StatusNoContent && r.Method == http.MethodOptions {
		return
	}
	var node map[string]any
	var place []string
	path, method, known := c.operation(r)
	if known && w.Code != http.StatusMethodNotAllowed {
		status := strconv.Itoa(w.Code)
		if node, place = c.at("paths", path, method, "responses", status); node == nil {
			node, place = c.at("paths", path, method, "responses", status[:1]+"XX")
		}
		if node == nil {
			t.Errorf("%s %s: the document does not know the status %d", r.Method, r.URL.Path, w.Code)
			return
		}
	} else if !strings.HasPrefix(r.URL.Path, "/api/") {
		return
	}
	for name := range headersOf(node) {
		if w.Header().Get(name) == "" {
			t.Errorf("%s %s: the answer %d lacks %s", r.Method, r.URL.Path, w.Code, name)
		}
	}
	if r.Method == http.MethodHead {
		return
	}
	if node == nil {
		c.validate(t, r, w, "components", "schemas", "Response")
		return
	}
	contents, _ := node["content"].(map[string]any)
	kind, _, _ := mime.ParseMediaType(w.Header().Get("Content-Type"))
	switch {
	case contents == nil && w.Body.Len() > 0:
		t.Errorf("%s %s: the answer %d has a body, want none", r.Method, r.URL.Path, w.Code)
	case contents != nil && contents[kind] == nil:
		t.Errorf("%s %s: the answer %d has type %q, want one of the document", r.Method, r.URL.Path, w.Code, kind)
	case kind == "application/json":
		c.validate(t, r, w, append(place, "content", kind, "schema")...)
	}
}

func headersOf(node map[string]any) map[string]any {
	if node == nil {
		return map[string]any{"X-Coder-Build-Version": 0, "X-Coder-Request-Id": 0, "X-Content-Type-Options": 0}
	}
	headers, _ := node["headers"].(map[string]any)
	return headers
}

func (c *contract) validate(t testing.TB, r *http.Request, w *httptest.ResponseRecorder, place ...string) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(unzipped(t, w)))
	if err != nil {
		t.Errorf("%s %s: the answer %d is no JSON: %v", r.Method, r.URL.Path, w.Code, err)
		return
	}
	if err := c.schema(t, place...).Validate(v); err != nil {
		t.Errorf("%s %s: the answer %d is not as the document says: %v", r.Method, r.URL.Path, w.Code, err)
	}
}

// unzipped is the body of an answer.
func unzipped(t testing.TB, w *httptest.ResponseRecorder) []byte {
	t.Helper()
	if w.Header().Get("Content-Encoding") != "gzip" {
		return w.Body.Bytes()
	}
	z, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOpenAPIGolden(t *testing.T) {
	t.Parallel()
	golden.Check(t, "../testdata/golden/openapi.json", newSite(t).OpenAPI())
}

// The answers must not depend on what is configured, or the document would
// have to.
func TestDocumentIsOfTheCatalog(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redacted = configuration(t, "access-url", "https://other.example.com", "experiments", "example", "oidc-group-regex-filter", "^a",
		"support-links", `[{"name":"Chat","target":"https://chat.example.com","icon":"chat"}]`, "oidc-group-mapping", `{"a":"b"}`)
	if !bytes.Equal(s.OpenAPI(), newSite(t).OpenAPI()) {
		t.Error("another configuration has another document, want the same")
	}
	for shape, name := range map[string]string{"full": "FullDeploymentConfig", "compact": "CompactDeploymentConfig"} {
		w := s.get("/api/v2/deployment/config?shape="+shape, as(ownerToken))
		s.doc.validate(t, request("GET", "/"+shape, ""), w, "components", "schemas", name)
	}
}

// Every operation that needs a token says so, and no other.
func TestDocumentTellsWhoMay(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(s.OpenAPI(), &doc); err != nil {
		t.Fatal(err)
	}
	for path, item := range doc.Paths {
		for method, raw := range item {
			var op struct{ Security []any }
			if method == "servers" {
				continue
			}
			if err := json.Unmarshal(raw, &op); err != nil {
				t.Fatal(err)
			}
			target := "/api/v2" + strings.ReplaceAll(path, "{user}", "me")
			if strings.HasSuffix(path, "z") {
				target = path
			}
			w := s.do(strings.ToUpper(method), target, "")
			if got := w.Code == http.StatusUnauthorized; got != (len(op.Security) > 0) {
				t.Errorf("%s %s without a token: status %d, but the document has %d ways to sign in", method, path, w.Code, len(op.Security))
			}
		}
	}
}
