package httpapi

import (
	"mime"
	"net/http"
	"slices"
	"strings"
)

// apiRoot is what the paths of the table of routes stand below.
const apiRoot = "/api/v2"

// inAPI reports whether a fault is told in JSON.
func inAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// A found is the routes of one path. As a handler it only puts itself into
// the call: the mux finds, and the steps act.
type found []*route

func (f found) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	c := r.Context().Value(callKey{}).(*call)
	c.found = f
}

// newMux lays out the paths, and lists those that can be looked up. A path
// that ends with a slash stands there without it too, or else the mux would
// redirect.
func newMux(routes []*route) (mux *http.ServeMux, exact map[string]found) {
	paths, exact := map[string]found{}, map[string]found{}
	for _, r := range routes {
		paths[r.pattern()] = append(paths[r.pattern()], r)
	}
	mux = http.NewServeMux()
	for path, f := range paths {
		if !strings.Contains(path, "{") {
			exact[path] = f
		}
		if bare, slash := strings.CutSuffix(path, "/"); slash {
			mux.Handle(bare, f)
			path += "{$}"
		}
		mux.Handle(path, f)
	}
	return mux, exact
}

// nowhere takes what the mux writes by itself: nothing of it is sent.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header       { return n.header }
func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) WriteHeader(int)             {}

// find looks up the routes of the path. A path that the mux would clean is
// the path of nothing, for its redirect goes nowhere.
func (a *API) find(c *call) *reply {
	if f := a.exact[c.URL.Path]; f != nil && c.URL.RawPath == "" && c.Method != http.MethodConnect {
		c.found = f
		return nil
	}
	if strings.HasPrefix(c.URL.EscapedPath(), "/") && c.Method != http.MethodConnect {
		a.mux.ServeHTTP(nowhere{http.Header{}}, c.Request)
	}
	return nil
}

// method picks the route, or says which methods there are.
func (a *API) method(c *call) *reply {
	if c.found == nil {
		return &noSuchPath
	}
	method := c.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	for _, r := range c.found {
		if r.method == method {
			c.route = r
			return nil
		}
	}
	allow := strings.Join(methods(c.found), ", ")
	r := fault(http.StatusMethodNotAllowed, "This path does not know that method.", "It answers to "+allow+".").with("Allow", allow)
	return &r
}

// methods lists what a path answers to.
func methods(routes []*route) []string {
	var out []string
	for _, r := range routes {
		out = append(out, r.method)
		if r.method == http.MethodGet {
			out = append(out, http.MethodHead)
		}
	}
	slices.Sort(out)
	return out
}

// consumes refuses bodies of a type that the route does not read. As no
// browser sends application/json to a foreign origin unasked, this also keeps
// foreign pages from acting for a person with a cookie.
func consumes(c *call) *reply {
	if len(c.route.consumes) == 0 {
		return nil
	}
	kind, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	charset, one := params["charset"], len(c.Header.Values("Content-Type")) == 1 // of two each proxy may believe another
	if one && err == nil && slices.Contains(c.route.consumes, kind) && (charset == "" || strings.EqualFold(charset, "utf-8")) {
		return nil
	}
	known := strings.Join(c.route.consumes, ", ")
	r := fault(http.StatusUnsupportedMediaType, "The body of the request is of another type.", "It may be "+known+".").with("Accept", known)
	return &r
}
