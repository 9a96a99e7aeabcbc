package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// browse opens a page in a real browser until the test ends.
func browse(t *testing.T, page string) {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	home, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	browser := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-breakpad", "--disable-dev-shm-usage", "--no-proxy-server", "--user-data-dir="+filepath.Join(home, "profile"), page)
	browser.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + home}
	browser.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // it starts many others
	if err := browser.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-browser.Process.Pid, syscall.SIGKILL)
		_ = browser.Wait()
		for range 100 { // those that are about to die may still write
			if os.RemoveAll(home) == nil {
				return
			}
		}
	})
}

// TestBrowserReports lets a browser with a session cookie open a page that
// breaks the policy of its own. The page is of the origin of the server, as a
// browser sends no cookies with reports to another.
func TestBrowserReports(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "log")
	b := boot(t, "", nil, "--log-json="+log)
	token := b.token("member")
	home, err := url.Parse(b.http)
	if err != nil {
		t.Fatal(err)
	}
	front := http.NewServeMux()
	front.Handle("/api/", httputil.NewSingleHostReverseProxy(home))
	front.HandleFunc("GET /page", func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "coder_session_token", Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", b.get("/").Header.Get("Content-Security-Policy"))
		_, _ = io.WriteString(w, `<!doctype html><title>ü</title><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`)
	})
	site := httptest.NewServer(front)
	t.Cleanup(site.Close)
	browse(t, site.URL+"/page")

	const said = `"msg":"a browser reports`
	b.eventually("a report in the log", func() bool {
		return strings.Contains(file(log), said) && strings.Contains(file(log), `/csp/reports","status":200`)
	})
	var user, about string
	for line := range strings.Lines(file(log)) {
		var record struct {
			Msg    string
			User   string `json:"user_id"`
			Report string `json:"csp_report"`
		}
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Errorf("a line of the log is not JSON: %v\n%s", err, line)
		}
		if !strings.Contains(line, said) {
			continue
		}
		if user != "" {
			t.Errorf("a second report for one violation:\n%s", line)
		}
		user, about = record.User, record.Report
	}
	var report struct {
		Of struct {
			Page      string `json:"document-uri"`
			Directive string `json:"violated-directive"`
		} `json:"csp-report"`
	}
	if err := json.Unmarshal([]byte(about), &report); err != nil || user == "" {
		t.Fatalf("got user %q, report %q, error %v", user, about, err)
	}
	want(t, report.Of.Page, site.URL+"/page")
	want(t, report.Of.Directive, "img-src")
	want(t, strings.Contains(file(log), token), false)
}
