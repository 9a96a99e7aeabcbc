package httpapi_test

import (
	"bufio"
	"bytes"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/strataconf/strata/httpapi"
)

// The headers that strangers write are read here by a second, simpler reader,
// which knows the grammars of RFC 9110 and nothing else. Where a text is in the
// grammar both have to agree; where it is not, laws hold.

// quiet is a site without a log, which would grow with each input.
func quiet(f *testing.F, changes ...func(*httpapi.Config)) *site {
	f.Helper()
	return newSite(f, append(changes, func(c *httpapi.Config) { c.Log = nil })...)
}

// head asks for the head of a path, with lines of one header.
func (s *site) head(path, name string, lines ...string) *httptest.ResponseRecorder {
	r := request("HEAD", path, "", as(ownerToken))
	if lines != nil {
		r.Header[name] = lines
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

const (
	token  = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
	quoted = `"(?:[\t !#-\[\]-~]|\\["\\])*"` // as Go reads it, which keeps other backslashes
	param  = `[ \t]*;[ \t]*` + token + `=(?:` + token + `|` + quoted + `)`
)

var (
	codingItem  = regexp.MustCompile(`^[ \t]*(` + token + `)(?:[ \t]*;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?[ \t]*$`)
	entityTag   = regexp.MustCompile(`(?:W/)?("[!#-~]*")`)
	entityTags  = regexp.MustCompile(`^(?:[ \t,]*(?:W/)?"[!#-~]*"[ \t]*(?:,|$))+[ \t,]*$`)
	mediaItem   = regexp.MustCompile(`[ \t]*(` + token + `/` + token + `)((?:` + param + `)*)[ \t]*(?:,|$)`)
	mediaList   = regexp.MustCompile(`^(?:[ \t]*` + token + `/` + token + `(?:` + param + `)*[ \t]*(?:,|$))+$`)
	mediaType   = regexp.MustCompile(`^[ \t]*(` + token + `/` + token + `)((?:` + param + `)*)[ \t]*$`)
	mediaParam  = regexp.MustCompile(`;[ \t]*(` + token + `)=(` + token + `|` + quoted + `)`)
	versionText = regexp.MustCompile(`^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+.*)?$`)
)

// codings reads Accept-Encoding, if it is in the grammar and names nothing
// twice.
func codings(text string) (weights map[string]string, ok bool) {
	weights = map[string]string{}
	for _, item := range strings.Split(text, ",") {
		m := codingItem.FindStringSubmatch(item)
		if m == nil {
			return nil, false
		}
		name := strings.ToLower(m[1])
		if _, twice := weights[name]; twice {
			return nil, false
		}
		if weights[name] = m[2]; m[2] == "" {
			weights[name] = "1"
		}
	}
	return weights, true
}

// FuzzAcceptEncoding holds that a body is compressed for those who can read
// it, and never for those who say that they can't.
func FuzzAcceptEncoding(f *testing.F) {
	for _, seed := range [][2]string{
		{"gzip", ""},
		{"gzip;q=0", "*"},
		{"br;q=1, *;q=0.1", ""},
		{"identity;q=0, *;q=0", "gzip;q=0.001"},
		{"gzip;a=b;q=0", ""},
		{"gzip;q=", "gzip ; Q = 0 "},
		{"x-gzip", "*;q=2"},
		{",,gzip", "\"gzip\""},
		{"gzip;q=0x1p-2", "gzip;q=.5"},
		{"gzip;q=NaN", "deflate"},
	} {
		f.Add(seed[0], seed[1])
	}
	s := quiet(f)
	f.Fuzz(func(t *testing.T, a, b string) {
		zipped := func(lines ...string) bool {
			w := s.head(config, "Accept-Encoding", lines...)
			if w.Code != 200 || w.Header().Get("Vary") != "Accept, Accept-Encoding" {
				t.Fatalf("%q: status %d, Vary %q", lines, w.Code, w.Header().Get("Vary"))
			}
			return w.Header().Get("Content-Encoding") == "gzip"
		}
		got, both := zipped(a, b), a+","+b
		if len(both) > 8<<10 {
			return
		}
		if zipped(both) != got {
			t.Errorf("%q as one line: compressed %t, as two %t", both, !got, got)
		}
		if lower := strings.ToLower(both); got && !strings.Contains(lower, "gzip") && !strings.Contains(lower, "*") {
			t.Errorf("%q: compressed for somebody who did not ask", both)
		}
		weights, ok := codings(both)
		if !ok {
			return
		}
		weight, named := weights["gzip"]
		if !named {
			weight = weights["*"]
		}
		if want := strings.Trim(weight, "0.") != ""; got != want {
			t.Errorf("%q: compressed %t, want %t", both, got, want)
		}
	})
}

// FuzzIfNoneMatch holds that only a client that names what there is, weakly or
// not, is told that nothing changed. TAG stands for the tag of that.
func FuzzIfNoneMatch(f *testing.F) {
	for _, seed := range [][2]string{
		{"TAG", ""}, {"W/TAG", ""}, {`"x", TAG`, ""}, {"*", ""}, {`"a,*,b"`, ""}, {`"a`, `TAG"`}, {`W/"x",W/TAG`, `"y"`}, {"TAGTAG", ","}, {"w/TAG", "W/W/TAG"}, {`"x" TAG`, ""}, {`*, "x"`, ""},
	} {
		f.Add(seed[0], seed[1])
	}
	s := quiet(f)
	tag := s.head(config, "").Header().Get("ETag")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ReplaceAll(a, "TAG", tag), strings.ReplaceAll(b, "TAG", tag)
		both := a + "," + b
		if len(both) > 8<<10 {
			return
		}
		same := func(lines ...string) bool {
			w := s.head(config, "If-None-Match", lines...)
			if w.Code != 200 && w.Code != 304 || w.Header().Get("ETag") != tag {
				t.Fatalf("%q: status %d of %s", lines, w.Code, w.Header().Get("ETag"))
			}
			return w.Code == 304
		}
		got := same(both)
		if same(a, b) != got {
			t.Errorf("%q as one line: the same %t, as two %t", both, got, !got)
		}
		if got && !strings.Contains(both, tag) {
			t.Errorf("%q: told that nothing changed, and it does not name %s", both, tag)
		}
		if !entityTags.MatchString(both) {
			return
		}
		want := slices.ContainsFunc(entityTag.FindAllStringSubmatch(both, -1), func(m []string) bool { return m[1] == tag })
		if got != want {
			t.Errorf("%q: the same %t, want %t", both, got, want)
		}
		weaker := entityTag.ReplaceAllString(both, "W/$1")
		if same(weaker) != got {
			t.Errorf("%q: the same %t, and weakly %t", both, got, !got)
		}
	})
}

// parameters reads those of a media type, if none comes twice.
func parameters(text string) (map[string]string, bool) {
	all := map[string]string{}
	for _, m := range mediaParam.FindAllStringSubmatch(text, -1) {
		name, value := strings.ToLower(m[1]), m[2]
		if strings.HasPrefix(value, `"`) {
			value = strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(value[1 : len(value)-1])
		}
		if _, twice := all[name]; twice || strings.ContainsAny(name, "*") {
			return nil, false // the second is of RFC 2231
		}
		all[name] = value
	}
	return all, true
}

// FuzzAccept holds that the shape that is asked for by the header is the one
// that weighs most.
func FuzzAccept(f *testing.F) {
	for _, seed := range [][2]string{
		{"application/json;shape=compact", ""},
		{"application/json", "application/json;shape=compact;q=0.5"},
		{"APPLICATION/JSON; SHAPE=compact", "*/*"},
		{`application/json;a="b,c";shape=compact`, ""},
		{"application/json;shape=full;q=0, application/json;shape=compact", ""},
		{"text/html, application/json;shape=odd;q=1", `application/json;shape="compact";q=0.001`},
		{`application/json;a="\",";shape=compact`, ""},
		{"application/json;shape=compact;shape=full", ";shape"},
		{"application/json;shape*=utf-8''compact", ""},
	} {
		f.Add(seed[0], seed[1])
	}
	s := quiet(f)
	full, compact := s.head(config, "").Header().Get("ETag"), s.head(config+"?shape=compact", "").Header().Get("ETag")
	f.Fuzz(func(t *testing.T, a, b string) {
		both := a + "," + b
		if len(both) > 8<<10 {
			return
		}
		isCompact := func(lines ...string) bool {
			w := s.head(config, "Accept", lines...)
			if tag := w.Header().Get("ETag"); w.Code != 200 || tag != full && tag != compact {
				t.Fatalf("%q: status %d of %s", lines, w.Code, tag)
			}
			return w.Header().Get("ETag") == compact
		}
		got := isCompact(both)
		if got && !strings.Contains(strings.ToLower(both), "shape") {
			t.Errorf("%q: a shape that nobody asked for", both)
		}
		if !mediaList.MatchString(both) {
			return
		}
		if strings.Count(a, `"`)%2 == 0 && isCompact(a, b) != got {
			t.Errorf("%q as one line: compact %t, as two %t", both, got, !got)
		}
		want, best := false, 0.0
		for _, m := range mediaItem.FindAllStringSubmatch(both, -1) {
			params, ok := parameters(m[2])
			if !ok {
				return
			}
			shape, given := params["shape"]
			weight := 1.0
			if text, weighed := params["q"]; weighed {
				var err error
				if weight, err = strconv.ParseFloat(text, 64); err != nil || !(weight <= 1) {
					weight = 0
				}
			}
			if strings.EqualFold(m[1], "application/json") && (!given || shape == "full" || shape == "compact") && weight > best {
				best, want = weight, shape == "compact"
			}
		}
		if got != want {
			t.Errorf("%q: compact %t, want %t", both, got, want)
		}
	})
}

// FuzzCredentials holds that a request is answered as if it had its one token
// in the header alone, and as if it had none when it names two.
func FuzzCredentials(f *testing.F) {
	for _, seed := range [][3]string{
		{ownerToken, "", ""},
		{"", "coder_session_token=" + memberToken, ""},
		{"", "", "bearer " + ownerToken},
		{ownerToken, "a=b; coder_session_token=" + ownerToken, "Bearer " + ownerToken},
		{ownerToken, "", "Bearer " + memberToken},
		{expiredToken, "", "Basic b3duZXI6"},
		{ownerToken + "0", "", ""},
		{"owner00000\x000123456789abcdefghijkl", `coder_session_token="` + ownerToken + `"`, "Bearer"},
		{"", "coder_session_token=a; coder_session_token=" + ownerToken, ""},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	s := quiet(f)
	status := func(header, cookie, authorization string) int {
		r := request("HEAD", config, "")
		for name, text := range map[string]string{"Coder-Session-Token": header, "Cookie": cookie, "Authorization": authorization} {
			if text != "" {
				r.Header[name] = []string{text}
			}
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Code
	}
	known := map[string]int{ownerToken: 200, auditorToken: 200, memberToken: 403, reporterToken: 403}
	f.Fuzz(func(t *testing.T, header, cookie, authorization string) {
		if len(header)+len(cookie)+len(authorization) > 8<<10 {
			return
		}
		got := status(header, cookie, authorization)
		if got != 401 && !slices.ContainsFunc(users, func(u user) bool { return strings.Contains(header+cookie+authorization, tokenOf(u)) }) {
			t.Errorf("%q, %q, %q: status %d without a token", header, cookie, authorization, got)
		}
		var all []string
		if header != "" {
			all = append(all, header)
		}
		for _, pair := range strings.Split(cookie, ";") {
			if strings.ContainsFunc(pair, func(r rune) bool { return !strings.ContainsRune(" =-_", r) && !isLetter(r) }) || strings.Count(pair, "=") > 1 {
				return // cookies have a grammar of their own
			}
			if value, found := strings.CutPrefix(strings.TrimSpace(pair), "coder_session_token="); found {
				all = append(all, strings.TrimSpace(value))
			}
		}
		if len(authorization) > 6 && strings.EqualFold(authorization[:7], "bearer ") || strings.EqualFold(authorization, "bearer") {
			all = append(all, strings.TrimSpace(authorization[6:]))
		}
		want := 401
		if all = slices.Compact(all); len(all) == 1 {
			if one, found := known[all[0]]; found {
				want = one
			}
		}
		if got != want {
			t.Errorf("%q, %q, %q: status %d, want %d", header, cookie, authorization, got, want)
		}
	})
}

func isLetter(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// tokenOf is the token of one of the users.
func tokenOf(u user) string {
	return map[string]string{users[0].id: ownerToken, users[1].id: auditorToken, users[2].id: memberToken, users[3].id: reporterToken}[u.id]
}

// FuzzContentType holds that a body is read if it says once that it is of a
// type that the path knows, in UTF-8.
func FuzzContentType(f *testing.F) {
	for _, seed := range []string{
		"application/json", "Application/JSON ; charset=UTF-8", "application/csp-report", `application/reports+json;charset="utf-8"`, "application/json;charset=utf-16", "application/json,text/plain", "text/plain", "", ";", "application/json;", "application/json;a",
		"application/json;charset=utf-8;charset=utf-16", `application/json;a="\"";charset="utf-8"`,
	} {
		f.Add(seed)
	}
	s := quiet(f)
	status := func(lines ...string) int {
		r := request("POST", reports, "{}", as(memberToken))
		r.Header["Content-Type"] = lines
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Code
	}
	f.Fuzz(func(t *testing.T, kind string) {
		if len(kind) > 8<<10 {
			return
		}
		got := status(kind)
		if got != 200 && got != 415 {
			t.Fatalf("%q: status %d", kind, got)
		}
		if two := status(kind, "application/json"); two != 415 {
			t.Errorf("%q and another: status %d, want 415", kind, two)
		}
		name, _, _ := strings.Cut(kind, ";")
		reads := slices.Contains([]string{"application/json", "application/csp-report", "application/reports+json"}, strings.ToLower(strings.TrimSpace(name)))
		if got == 200 && !reads {
			t.Errorf("%q: read, and nobody knows it", kind)
		}
		m := mediaType.FindStringSubmatch(kind)
		if m == nil {
			return
		}
		params, ok := parameters(m[2])
		if charset := params["charset"]; ok && (got == 200) != (reads && (charset == "" || strings.EqualFold(charset, "utf-8"))) {
			t.Errorf("%q: status %d, and the type is known: %t, with charset %q", kind, got, reads, charset)
		}
	})
}

// FuzzProxyHeaders holds what a proxy can say of its client, and that nobody
// else can.
func FuzzProxyHeaders(f *testing.F) {
	for _, seed := range [][3]string{{"10.0.0.1:1", "https", "app.example.com"}, {"192.0.2.1:1", "https", "evil"}, {"10.0.0.1:1", "http, HTTPS", "a, b"}, {"[::ffff:10.0.0.1]:1", ",", "a,"}, {"x", "", ""}} {
		f.Add(seed[0], seed[1], "http", seed[2], "")
	}
	proxies := httpapi.Proxies{Origins: networks("10.0.0.0/8"), Headers: []string{"X-Forwarded-For"}}
	f.Fuzz(func(t *testing.T, peer, proto, proto2, host, host2 string) {
		r := request("GET", "/", "")
		r.RemoteAddr = peer
		r.Header["X-Forwarded-Proto"], r.Header["X-Forwarded-Host"] = []string{proto, proto2}, []string{host, host2}
		client, secure, asked := proxies.See(r)
		if direct, _, _ := (httpapi.Proxies{}).See(r); client != direct {
			t.Errorf("peer %q: the client is %s, want %s", peer, client, direct)
		}
		if !proxies.Origins[0].Contains(client) {
			if secure || asked != r.Host {
				t.Errorf("a peer %q that is not trusted says that it was TLS %t to %q", peer, secure, asked)
			}
			return
		}
		last := func(lines ...string) string {
			all := strings.Split(strings.Join(lines, ","), ",")
			return strings.TrimSpace(all[len(all)-1])
		}
		wantHost := last(host, host2)
		if wantHost == "" {
			wantHost = r.Host
		}
		if wantSecure := strings.EqualFold(last(proto, proto2), "https"); secure != wantSecure || asked != wantHost {
			t.Errorf("%q %q %q %q: TLS %t to %q, want %t to %q", proto, proto2, host, host2, secure, asked, wantSecure, wantHost)
		}
	})
}

// FuzzRequest sends any head of a request: there is an answer by the document,
// no fault of ours, and no header that a stranger could have cut in two.
func FuzzRequest(f *testing.F) {
	for _, seed := range []string{
		"GET " + config + " HTTP/1.1\r\nHost: a\r\nCoder-Session-Token: " + ownerToken + "\r\nOrigin: https://evil\r\nRange: bytes=0-1\r\n\r\n",
		"OPTIONS " + config + " HTTP/1.1\r\nHost: a\r\nOrigin: null\r\nAccess-Control-Request-Method: GET\r\n\r\n",
		"POST " + reports + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Encoding: identity, gzip\r\nAuthorization: Bearer " + memberToken + "\r\n\r\n{}",
		"POST " + reports + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nCookie: coder_session_token=" + memberToken + "\r\n\r\n1\r\n{\r\n0\r\n\r\n",
		"GET /api/v2/users/me/keys/tokens/tokenconfig HTTP/1.0\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Host: \x01\r\nForwarded: for=\"[::1]\";proto=https\r\n\r\n",
		"PRI * HTTP/2.0\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\n\r\n", "GET http://evil/ HTTP/1.1\r\nHost: b\r\nExpect: 100-continue\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	s := quiet(f, swagger, func(c *httpapi.Config) {
		c.AllowAllCORS, c.HSTS = true, httpapi.HSTS{Age: 1}
		c.Proxies = httpapi.Proxies{Origins: networks("192.0.2.0/24"), Headers: []string{"X-Forwarded-For", "Forwarded"}}
	})
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
		if err != nil {
			return
		}
		r.RemoteAddr = "192.0.2.1:1"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("status %d", w.Code)
		}
		for name, lines := range w.Header() {
			for _, line := range lines {
				if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r >= 0x7F }) {
					t.Errorf("%s: %q", name, line)
				}
			}
		}
		s.doc.check(t, r, w)
	})
}

// FuzzContentPolicy holds that what somebody adds to the policy of our pages
// widens it, and neither removes a directive nor brings one twice.
func FuzzContentPolicy(f *testing.F) {
	for _, seed := range [][2]string{{"script-src https://a", "img-src *"}, {"default-src 'self'", "DEFAULT-SRC x"}, {"a;b", ""}, {"report-uri /x", "frame-ancestors 'none'"}, {"  img-src  a", "\t"}} {
		f.Add(seed[0], seed[1])
	}
	policy := func(t testing.TB, added ...string) (names []string, whole string) {
		s := newSite(t, func(c *httpapi.Config) { c.CSP, c.Log = added, nil })
		w := httptest.NewRecorder()
		s.ServeHTTP(w, request("GET", "/healthz", ""))
		whole = w.Header().Get("Content-Security-Policy")
		for _, d := range strings.Split(whole, ";") {
			name, _, _ := strings.Cut(strings.TrimSpace(d), " ")
			names = append(names, name)
		}
		return names, whole
	}
	usual, _ := policy(f)
	f.Fuzz(func(t *testing.T, a, b string) {
		names, whole := policy(t, a, b)
		if len(names) < len(usual) || len(names) > len(usual)+2 || !slices.Equal(names[:len(usual)], usual) {
			t.Errorf("%q, %q: directives %q, want those of %q and two more at most", a, b, names, usual)
		}
		slices.Sort(names)
		if len(slices.Compact(names)) != strings.Count(whole, ";")+1 || strings.ContainsFunc(whole, func(r rune) bool { return r < ' ' || r >= 0x7F || r == ',' }) {
			t.Errorf("%q, %q: %q has a directive twice, or what is no part of one", a, b, whole)
		}
	})
}

// modelOlder compares two versions by the words of semver.org.
func modelOlder(a, b string) bool {
	x, y := versionText.FindStringSubmatch(a), versionText.FindStringSubmatch(b)
	if x == nil || y == nil {
		return false
	}
	// Numbers of one length are in order as texts are.
	key := func(number string) string { return strings.Repeat(" ", 1000-len(number)) + number }
	for i := 1; i <= 3; i++ {
		if x[i] != y[i] {
			return key(x[i]) < key(y[i])
		}
	}
	if x[4] == "" || y[4] == "" {
		return x[4] != ""
	}
	identifiers := func(text string) (out []string) {
		for _, id := range strings.Split(text, ".") {
			if number := strings.Trim(id, "0123456789") == "" && (id == "0" || id[0] != '0'); number {
				out = append(out, "0"+key(id))
			} else {
				out = append(out, "1"+id)
			}
		}
		return out
	}
	return slices.Compare(identifiers(x[4]), identifiers(y[4])) < 0
}

// FuzzVersions holds that of two versions the one that is newer is known, and
// that the running one is never newer than itself.
func FuzzVersions(f *testing.F) {
	for _, seed := range [][2]string{{"v1.2.3", "v1.10.0"}, {"1.2.3-rc.2", "v1.2.3-rc.10"}, {"v1.2.3-a", "v1.2.3-1"}, {"v1.2.3+a", "v1.2.3+b"}, {"v1.2.3-", "v01.2.3"}, {"v1.2.3-0a", "v1.2.3-00"}, {"v1.2.3--", "v1.2.3-a.."}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 500 {
			return
		}
		older := func(running, latest string) bool {
			s := newSite(t, func(c *httpapi.Config) { c.Build.Version, c.Log = running, nil })
			s.latest = []string{latest, "https://example.com"}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, request("GET", "/api/v2/updatecheck", ""))
			return strings.Contains(w.Body.String(), `"current":false`)
		}
		if older(a, a) || older(a, b) && older(b, a) {
			t.Errorf("%q and %q are each older than the other, or than themselves", a, b)
		}
		if got, want := older(a, b), modelOlder(a, b); got != want {
			t.Errorf("%q is older than %q: %t, want %t", a, b, got, want)
		}
	})
}
