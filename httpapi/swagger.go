package httpapi

import (
	_ "embed" // the files of the page
	"net/http"
	"sync"
)

// The page that shows the document. It loads nothing from elsewhere.
var (
	//go:embed ui/index.html
	pageHTML []byte
	//go:embed ui/page.js
	pageScript []byte
	//go:embed ui/page.css
	pageStyle []byte
)

// swagger is the routes of the document and of the page that shows it. They
// are no part of the document.
func (a *API) swagger() []*route {
	document := sync.OnceValue(a.OpenAPI)
	file := func(path, contentType string, body func() []byte) *route {
		return &route{
			method: http.MethodGet, path: path, outside: true, public: true, quiet: true,
			handle: func(*call) reply {
				return reply{status: http.StatusOK, contentType: contentType, body: body()}.with("Cache-Control", "no-cache")
			},
		}
	}
	fixed := func(b []byte) func() []byte { return func() []byte { return b } }
	return []*route{
		file("/swagger/", "text/html; charset=utf-8", fixed(pageHTML)),
		file("/swagger/index.html", "text/html; charset=utf-8", fixed(pageHTML)),
		file("/swagger/page.js", "text/javascript; charset=utf-8", fixed(pageScript)),
		file("/swagger/page.css", "text/css; charset=utf-8", fixed(pageStyle)),
		file("/swagger/doc.json", typeJSON, document),
	}
}
