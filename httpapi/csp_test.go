package httpapi_test

import (
	"bufio"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

const reports = "/api/v2/csp/reports"

func report(s *site, body, contentType string) int {
	s.t.Helper()
	return s.do("POST", reports, body, as(memberToken), "Content-Type: "+contentType).Code
}

// logged returns the reports in the log, and fails on a line that is no JSON or
// has a field that is not ours.
func logged(t testing.TB, s *site) (lines []map[string]any) {
	t.Helper()
	known := []string{"time", "level", "msg", "request_id", "user_id", "csp_report", "dropped"}
	for in := bufio.NewScanner(strings.NewReader(s.log.String())); in.Scan(); {
		line := decode[map[string]any](t, in.Bytes())
		if line["csp_report"] == nil {
			continue
		}
		for field := range line {
			if !slices.Contains(known, field) {
				t.Errorf("a line of the log has the field %q: %s", field, in.Text())
			}
		}
		if n := strings.Count(in.Text(), `"level"`) + strings.Count(in.Text(), `"msg"`); n != 2 {
			t.Errorf("a line of the log has %d fields level and msg: %s", n, in.Text())
		}
		lines = append(lines, line)
	}
	return lines
}

func TestCSPReports(t *testing.T) {
	t.Parallel()
	const object = `{"csp-report":{"blocked-uri":"https://evil.example.com"}}`
	deep := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	for _, c := range []struct {
		name, kind, body string
		status           int
		logged           string
	}{
		{"object", "application/json", object, 200, object},
		{"browser", "application/csp-report", object, 200, object},
		{"newer browser", "application/reports+json", "[" + object + "]", 200, "[" + object + "]"},
		{"charset", "application/json; charset=utf-8", object, 200, object},
		{"white space", "application/json", "\n{ \"a\" :\t1 }\n", 200, `{"a":1}`},
		{"line break", "application/json", `{"a":"b\nlevel=ERROR"}`, 200, `{"a":"b\nlevel=ERROR"}`},
		{"not ASCII", "application/json", "{\"a\":\"\u2028é\U0001F600\x7f\"}", 200, `{"a":"\u2028\u00e9\ud83d\ude00\u007f"}`},
		{"names of ours", "application/json", `{"level":"x","msg":"y","time":"z","level":"x"}`, 200, `{"level":"x","msg":"y","time":"z","level":"x"}`},
		{"depth 32", "application/json", deep(32), 200, deep(32)},
		{"depth 33", "application/json", deep(33), 400, ""},
		{"depth 10,000", "application/json", deep(10_000), 400, ""},
		{"brackets in text", "application/json", `{"a":"` + strings.Repeat("[", 100) + `"}`, 200, `{"a":"` + strings.Repeat("[", 100) + `"}`},
		{"null", "application/json", "null", 400, ""},
		{"text", "application/json", `"hunter2"`, 400, ""},
		{"number", "application/json", "1", 400, ""},
		{"empty", "application/json", "", 400, ""},
		{"list of texts", "application/reports+json", `["hunter2"]`, 400, ""},
		{"list with null", "application/reports+json", `[null]`, 400, ""},
		{"raw control character", "application/json", "{\"a\":\"\x1b[31m\"}", 400, ""},
		{"invalid UTF-8", "application/json", "{\"a\":\"\xff\"}", 400, ""},
		{"cut off", "application/json", `{"a":"hunter2`, 400, ""},
		{"two", "application/json", "{}{}", 400, ""},
		{"no type", "", object, 415, ""},
		{"form", "application/x-www-form-urlencoded", object, 415, ""},
		{"plain text", "text/plain", object, 415, ""},
		{"another charset", "application/json; charset=utf-16", object, 415, ""},
	} {
		s := newSite(t)
		w := s.do("POST", reports, c.body, as(memberToken), "Content-Type: "+c.kind)
		if w.Code != c.status || strings.Contains(w.Body.String(), "hunter2") {
			t.Errorf("%s: got %d %s, want %d without what was sent", c.name, w.Code, w.Body, c.status)
		}
		if c.status == 200 && w.Body.Len() > 0 {
			t.Errorf("%s: the answer has a body, want none", c.name)
		}
		lines := logged(t, s)
		switch {
		case c.logged == "" && len(lines) != 0:
			t.Errorf("%s: logged %v, want nothing", c.name, lines)
		case c.logged != "" && (len(lines) != 1 || lines[0]["csp_report"] != c.logged):
			t.Errorf("%s: logged %v, want %s", c.name, lines, c.logged)
		}
	}
}

func TestCSPReportByCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := s.do("POST", reports, "{}", "Cookie: coder_session_token="+memberToken, "Content-Type: application/csp-report")
	if w.Code != 200 || s.do("POST", reports, "{}", "Content-Type: application/csp-report").Code != 401 {
		t.Errorf("with a cookie: status %d, want 200, and 401 without", w.Code)
	}
}

func TestCSPReportsAreBounded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, body := range []string{`{"a":"` + strings.Repeat("x", 60<<10) + `"}`, `{"a":"` + strings.Repeat("é", 20<<10) + `"}`} {
		report(s, body, "application/json")
	}
	for _, line := range logged(t, s) {
		if text := line["csp_report"].(string); len(text) != 4<<10 || !strings.HasSuffix(text, "...") {
			t.Errorf("a large report has %d bytes in the log, want 4096 that end with dots", len(text))
		}
	}
}

func TestCSPReportsAreCountedBeyondTheRate(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range 1000 {
		if status := report(s, "{}", "application/json"); status != 200 {
			t.Fatalf("status %d, want 200: whether it is logged is no matter of the client", status)
		}
	}
	first := len(logged(t, s))
	s.wait(time.Second)
	report(s, "{}", "application/json")
	lines := logged(t, s)
	if first != 20 || len(lines) != 21 || lines[20]["dropped"] != 980.0 {
		t.Errorf("of 1000 at once %d were logged, then %v, want 20, then one that tells of 980", first, lines[len(lines)-1])
	}
}

func FuzzCSPReport(f *testing.F) {
	for _, seed := range []string{`{"csp-report":{}}`, `[{"type":"csp-violation","body":{}}]`, `{"a":"\u2028","level":1}`, "[[[[", "\"", "{\"\x00", `{"a":"\`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := newSite(t)
		status := report(s, string(body), "application/json")
		lines := logged(t, s)
		switch {
		case len(body) > 64<<10 && status == 413:
		case status == 200 && len(lines) == 1:
			text := lines[0]["csp_report"].(string)
			if len(text) > 4<<10 || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Errorf("logged %d bytes %q, want few that show", len(text), text)
			}
			if len(text) < 4<<10 && !json.Valid([]byte(text)) {
				t.Errorf("logged %q, want JSON", text)
			}
		case status == 400 && len(lines) == 0 && !(json.Valid(body) && body[0] == '{' && strings.Count(string(body), "{")+strings.Count(string(body), "[") < 32 && strings.ToValidUTF8(string(body), "") == string(body)):
		default:
			t.Errorf("status %d with %d lines in the log for %q", status, len(lines), body)
		}
	})
}
