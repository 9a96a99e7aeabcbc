package httpapi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// commonHeaders are those of every answer, under their canonical names.
func commonHeaders(cfg *Config) [][2]string {
	return [][2]string{
		{"X-Coder-Build-Version", cfg.Build.Version},
		{"X-Content-Type-Options", "nosniff"},
		{"Content-Security-Policy", contentPolicy(cfg.CSP)},
		{"Referrer-Policy", "no-referrer"},
		{"Cache-Control", "no-store"},
	}
}

// headers writes what every answer carries.
func (a *API) headers(h http.Header, c *call) {
	values := make([]string, len(a.always)+1) // one piece of memory for all
	for i, pair := range a.always {
		values[i] = pair[1]
		h[pair[0]] = values[i : i+1 : i+1]
	}
	last := len(a.always)
	values[last] = c.id
	h["X-Coder-Request-Id"] = values[last:]
	if c.secure && a.hsts != "" {
		h.Set("Strict-Transport-Security", a.hsts)
	}
	if !a.cfg.AllowAllCORS {
		return
	}
	h.Set("Vary", "Origin")
	if origin := c.Header.Get("Origin"); origin != "" && graphic(origin) {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", "ETag, Retry-After, X-Coder-Build-Version, X-Coder-Request-Id")
	}
}

// preflight answers browsers that ask whether a page of another origin may do
// what it wants to.
func (a *API) preflight(c *call) *reply {
	h := c.Header
	if !a.cfg.AllowAllCORS || c.found == nil || c.Method != http.MethodOptions || h.Get("Origin") == "" || h.Get("Access-Control-Request-Method") == "" {
		return nil
	}
	r := reply{status: http.StatusNoContent}.
		with("Access-Control-Allow-Methods", strings.Join(methods(c.found), ", ")).
		with("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, "+tokenHeader+", If-None-Match").
		with("Access-Control-Max-Age", "600")
	return &r
}

// header is the value of Strict-Transport-Security, or "".
func (s HSTS) header() string {
	if s.Age <= 0 {
		return ""
	}
	return strings.Join(append([]string{"max-age=" + strconv.FormatInt(s.Age, 10)}, s.Options...), "; ")
}

// A directive is one part of a content security policy.
type directive struct {
	name    string
	sources []string
}

// contentPolicy is what pages of ours may do: load from here, and nothing
// else. Directives that somebody adds widen it; a policy heeds only the first
// directive of a name, so sources are joined.
func contentPolicy(added []string) string {
	const none, self = "'none'", "'self'"
	policy := []directive{
		{"default-src", []string{none}},
		{"script-src", []string{self}},
		{"style-src", []string{self}},
		{"connect-src", []string{self}},
		{"base-uri", []string{none}},
		{"form-action", []string{none}},
		{"frame-ancestors", []string{none}},
		{"report-uri", []string{apiRoot + "/csp/reports"}},
	}
	for _, text := range added {
		words := strings.Split(strings.Trim(text, " "), " ")
		if words[0] == "" || !graphic(strings.ReplaceAll(text, " ", "")) || strings.ContainsAny(text, ";,") {
			continue // it would be two directives, or none
		}
		name, sources := strings.ToLower(words[0]), words[1:]
		i := slices.IndexFunc(policy, func(d directive) bool { return d.name == name })
		if i < 0 {
			policy = append(policy, directive{name, sources})
			continue
		}
		if slices.Equal(policy[i].sources, []string{none}) {
			policy[i].sources = nil
		}
		policy[i].sources = append(policy[i].sources, sources...)
	}
	var b strings.Builder
	for i, d := range policy {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(strings.Join(append([]string{d.name}, d.sources...), " "))
	}
	return b.String()
}
