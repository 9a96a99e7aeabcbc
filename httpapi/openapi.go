package httpapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/strataconf/strata/option"
)

// OpenAPI returns the OpenAPI 3.1 document of the API, for the routes that it
// has and for the catalog of its settings.
func (a *API) OpenAPI() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(document(a.routes(), a.cfg.Settings.Redacted(), a.cfg.Build.Version)); err != nil {
		panic(err) // not possible: it is made of maps and texts
	}
	return b.Bytes()
}

type object = map[string]any

func text() object                      { return object{"type": "string"} }
func enum(values ...string) object      { return object{"type": "string", "enum": values} }
func ref(kind, name string) object      { return object{"$ref": "#/components/" + kind + "/" + name} }
func content(kind string, s any) object { return object{kind: object{"schema": s}} }

// said adds a description to a schema.
func said(s object, words string) object {
	s["description"] = words
	return s
}

func document(routes []*route, r *option.Redacted, version string) object {
	paths := object{}
	for _, one := range routes {
		item, ok := paths[one.path].(object)
		if !ok {
			item = object{}
			paths[one.path] = item
			if one.outside {
				item["servers"] = []object{{"url": "/", "description": "The root of the server."}}
			}
		}
		item[map[string]string{http.MethodGet: "get", http.MethodPost: "post"}[one.method]] = operation(one)
	}
	return object{
		"openapi": "3.1.0",
		"info": object{
			"title":   "General API",
			"version": version,
			"description": "What a deployment of `" + r.Catalog().Program() + "` is, how it is configured and what it does. " +
				"Every answer carries an id of its request, under which the log has more.",
		},
		"servers": []object{{"url": apiRoot, "description": "The API of this deployment."}},
		"tags":    []object{{"name": "General", "description": "The deployment as a whole."}, {"name": "Probes", "description": "For machines that watch over the program."}},
		"paths":   paths,
		"components": object{
			"schemas": schemas(r), "responses": responses(), "headers": replyHeaders(),
			"securitySchemes": object{
				"header": object{"type": "apiKey", "in": "header", "name": tokenHeader},
				"cookie": object{"type": "apiKey", "in": "cookie", "name": tokenCookie},
				"bearer": object{"type": "http", "scheme": "bearer"},
			},
		},
	}
}

func operation(r *route) object {
	op := object{
		"operationId": r.name, "summary": r.summary, "description": r.text,
		"tags": []string{"General"}, "security": []object{}, "responses": operationResponses(r),
	}
	if r.probe {
		op["tags"] = []string{"Probes"}
	}
	if !r.public {
		op["security"] = []object{{"header": []string{}}, {"cookie": []string{}}, {"bearer": []string{}}}
	}
	if r.roles != nil {
		said(op, r.text+" The roles that may: "+sentence(r.roles)+".")
	}
	var params []object
	for _, p := range r.params {
		params = append(params, object{"name": p.name, "in": p.in, "description": p.text, "required": p.in == "path", "schema": p.schema})
	}
	if params != nil {
		op["parameters"] = params
	}
	if r.consumes != nil {
		kinds := object{}
		for _, kind := range r.consumes {
			kinds[kind] = object{"schema": ref("schemas", r.request)}
		}
		op["requestBody"] = object{"required": true, "content": kinds}
	}
	return op
}

func sentence(words []string) string {
	out := ""
	for i, w := range words {
		switch {
		case i > 0 && i == len(words)-1:
			out += " and "
		case i > 0:
			out += ", "
		}
		out += w
	}
	return out
}

// refusals names the refusals of the document, by status.
var refusals = map[int]struct{ name, text string }{
	http.StatusBadRequest:                  {"BadRequest", "The request can't be read."},
	http.StatusUnauthorized:                {"Unauthorized", "There is no valid token."},
	http.StatusForbidden:                   {"Forbidden", "The role of the caller does not allow this."},
	http.StatusNotFound:                    {"NotFound", "There is no such thing."},
	http.StatusRequestTimeout:              {"RequestTimeout", "The body of the request took too long."},
	http.StatusRequestEntityTooLarge:       {"ContentTooLarge", "The body of the request is larger than 64 KiB."},
	http.StatusRequestURITooLong:           {"URITooLong", "The URL of the request is longer than 4 KiB."},
	http.StatusRequestHeaderFieldsTooLarge: {"HeaderTooLarge", "The header of the request is larger than 16 KiB."},
	http.StatusUnsupportedMediaType:        {"UnsupportedMediaType", "The body of the request is of a type or encoding that is not read."},
	http.StatusTooManyRequests:             {"TooManyRequests", "The client made too many requests. The header Retry-After tells for how many seconds to wait."},
	http.StatusInternalServerError:         {"InternalServerError", "Something went wrong in the program."},
	http.StatusServiceUnavailable:          {"ServiceUnavailable", "The database does not answer. The header Retry-After tells for how many seconds to wait."},
	http.StatusTemporaryRedirect:           {"Moved", "The deployment has another address, which stands in Location."},
}

// everywhere are the refusals that any operation may give.
var everywhere = []int{
	http.StatusTemporaryRedirect, http.StatusBadRequest, http.StatusRequestTimeout, http.StatusRequestEntityTooLarge,
	http.StatusRequestURITooLong, http.StatusRequestHeaderFieldsTooLarge, http.StatusUnsupportedMediaType, http.StatusTooManyRequests, http.StatusInternalServerError,
}

func operationResponses(r *route) object {
	success := object{"description": r.result, "headers": headerRefs("")}
	switch {
	case r.schema != "":
		success["content"] = content(r.produces, ref("schemas", r.schema))
	case r.produces != "":
		success["content"] = content(r.produces, text())
	}
	out := object{strconv.Itoa(r.status): success}
	if r.probe {
		failure := object{"description": "The request was refused, or the program is not ready.", "headers": headerRefs(""), "content": content(r.produces, text())}
		out["4XX"], out["5XX"] = failure, failure
		return out
	}
	statuses := everywhere
	if !r.public {
		statuses = append(statuses[:len(statuses):len(statuses)], http.StatusUnauthorized, http.StatusForbidden, http.StatusServiceUnavailable)
	}
	for _, p := range r.params {
		if p.in == "path" {
			statuses = append(statuses, http.StatusNotFound)
		}
	}
	for _, status := range statuses {
		out[strconv.Itoa(status)] = ref("responses", refusals[status].name)
	}
	if r.schema == "DeploymentConfig" {
		success["headers"] = headerRefs("ETag")
		out["304"] = object{"description": "The client has the newest configuration.", "headers": headerRefs("ETag")}
	}
	return out
}

func responses() object {
	out := object{}
	for status, r := range refusals {
		further := map[int]string{
			http.StatusTooManyRequests: "Retry-After", http.StatusServiceUnavailable: "Retry-After",
			http.StatusTemporaryRedirect: "Location",
		}[status]
		out[r.name] = object{"description": r.text, "headers": headerRefs(further), "content": content(plainJSON, ref("schemas", "Response"))}
	}
	return out
}

func replyHeaders() object {
	header := func(words string, s object) object {
		return object{"description": words, "required": true, "schema": s}
	}
	return object{
		"X-Coder-Build-Version":  header("The version of the program.", text()),
		"X-Coder-Request-Id":     header("The id of the request.", object{"type": "string", "format": "uuid"}),
		"X-Content-Type-Options": header("Always nosniff.", object{"const": "nosniff"}),
		"ETag":                   header("Stands for the exact bytes of the body.", text()),
		"Retry-After":            header("Seconds to wait.", object{"type": "integer", "minimum": 1}),
		"Location":               header("The same place under the address of the deployment.", object{"type": "string", "format": "uri"}),
	}
}

// headerRefs are the headers of every answer and one more.
func headerRefs(further string) object {
	out := object{}
	for _, name := range []string{"X-Coder-Build-Version", "X-Coder-Request-Id", "X-Content-Type-Options", further} {
		if name != "" {
			out[name] = ref("headers", name)
		}
	}
	return out
}
