package main

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// answered asks for an update and gets that answer. It also tells how many
// bytes were read of it.
func answered(t *testing.T, status int, body io.Reader) (found *published, read int64, err error) {
	t.Helper()
	u := newUpdates(build{Version: "v1.2.3", UpdateURL: "https://updates.test"}, nil, slog.New(slog.DiscardHandler))
	counted := &countedReader{Reader: body}
	u.client.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Request: r, Header: http.Header{}, Body: io.NopCloser(counted)}, nil
	})
	found, err = u.ask(t.Context())
	return found, counted.n, err
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

type countedReader struct {
	io.Reader
	n int64
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// endless is spaces without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// cutOff is a connection that breaks.
type cutOff struct{}

func (cutOff) Read([]byte) (int, error) { return 0, errors.New("hunter2") }

func TestAnswersOfUpdates(t *testing.T) {
	t.Parallel()
	const good = `{"version":"v9.9.9","url":"https://a.test/v9.9.9"}`
	spaces := func(n int) io.Reader { return io.LimitReader(endless{}, int64(n)) }
	for _, c := range []struct {
		name   string
		status int
		body   io.Reader
		want   string // the error; "" where the answer is taken
	}{
		{"good", 200, strings.NewReader(good), ""},
		{"as large as it may be", 200, io.MultiReader(strings.NewReader(good), spaces(mostUpdate-len(good))), ""},
		{"a byte larger", 200, io.MultiReader(strings.NewReader(good), spaces(mostUpdate-len(good)+1)), "the answer is not a version and its page"},
		{"without an end", 200, io.MultiReader(strings.NewReader(good), endless{}), "the answer is not a version and its page"},
		{"a long version", 200, strings.NewReader(`{"version":"` + strings.Repeat("9", 65) + `","url":"https://a.test"}`), "the answer is not a version and its page"},
		{"a user in its page", 200, strings.NewReader(`{"version":"v9","url":"https://a:b@a.test"}`), "the answer is not a version and its page"},
		{"a page without a host", 200, strings.NewReader(`{"version":"v9","url":"https://:80/a"}`), "the answer is not a version and its page"},
		{"a control character", 200, strings.NewReader(`{"version":"v9\u001b[2J","url":"https://a.test"}`), "the answer is not a version and its page"},
		{"empty", 200, strings.NewReader(""), "the answer is not a version and its page"},
		{"cut off", 200, io.MultiReader(strings.NewReader(good), cutOff{}), "the answer is not a version and its page"},
		{"nothing there", 404, strings.NewReader(good), "the answer was of the status 404"},
		{"a status of nobody", 299, strings.NewReader(good), "the answer was of the status 299"},
	} {
		found, read, err := answered(t, c.status, c.body)
		if read > mostUpdate+1 {
			t.Errorf("%s: %d bytes were read", c.name, read)
		}
		switch {
		case c.want == "" && (err != nil || found.Version != "v9.9.9"):
			t.Errorf("%s: got %v, %v, want v9.9.9", c.name, found, err)
		case c.want != "" && (err == nil || err.Error() != c.want):
			t.Errorf("%s: got %v, %v, want %q", c.name, found, err, c.want)
		}
	}
}

// The address of updates learns which version runs, and nothing else.
func TestUpdatesAreToldTheVersion(t *testing.T) {
	t.Parallel()
	u := newUpdates(build{Version: "v1.2.3", UpdateURL: "https://updates.test/latest"}, nil, slog.New(slog.DiscardHandler))
	var told http.Header
	u.client.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		told = r.Header
		if r.Method != http.MethodGet || r.URL.String() != "https://updates.test/latest" || r.Body != nil {
			t.Errorf("got %s %s with a body %v", r.Method, r.URL, r.Body)
		}
		return nil, errors.New("hunter2")
	})
	if _, err := u.ask(t.Context()); err == nil || err.Error() != "nobody answered" {
		t.Errorf("got %v, want a fixed text", err)
	}
	if len(told) != 2 || told.Get("User-Agent") != "coder/v1.2.3" || told.Get("Accept") != "application/json" {
		t.Errorf("told %v", told)
	}
}

// FuzzUpdateAnswer holds that whatever the address of updates says, people are
// shown a version and a page of the web, or nothing.
func FuzzUpdateAnswer(f *testing.F) {
	for _, seed := range []string{`{"version":"v1","url":"https://a.test"}`, `{"version":"v1","url":"javascript:alert(1)"}`, `{"version":"\u202e","url":"//a"}`, "null", "[]", `{"version":1}`, `{"VERSION":"v1","url":"http:\/\/a\/\u003cscript>"}`, "{\"version\":\"\xff\"}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		found, _, err := answered(t, 200, strings.NewReader(string(body)))
		if err != nil {
			return
		}
		page, err := url.Parse(found.URL)
		if err != nil || !strings.HasPrefix(found.URL, page.Scheme) || page.Scheme != "https" && page.Scheme != "http" || page.Hostname() == "" {
			t.Errorf("%q: the page is %q", body, found.URL)
		}
		for _, shown := range []string{found.Version, found.URL} {
			if shown == "" || len(shown) > 512 || strings.ContainsFunc(shown, func(r rune) bool { return r <= ' ' || r > '~' }) {
				t.Errorf("%q: shown as %q", body, shown)
			}
		}
	})
}
