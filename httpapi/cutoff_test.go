package httpapi_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// A body that ends too soon is refused, also where what came of it would do.
func TestBodyThatIsCutOff(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	r := request("GET", "/healthz", "x")
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader("{}"), iotest.ErrReader(io.ErrUnexpectedEOF)))
	w := s.send(r)
	if w.Code != 400 || w.Header().Get("Connection") != "close" || !strings.Contains(w.Body.String(), "not complete") {
		t.Errorf("got %d %q, want 400 and the end of the connection", w.Code, w.Body)
	}
}
