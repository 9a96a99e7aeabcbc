package httpapi_test

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/internal/leaktest"
	"github.com/strataconf/strata/option"
)

const canary = "zQ7xK9vW2mT5pR8dL4nB"

var canaries = sync.OnceValue(func() *leaktest.Finder { return leaktest.NewFinder(leaktest.Secret{Name: "the canary", Text: canary}) })

// leaked returns the surroundings of the canary in a text, or of any six bytes
// of it in any form.
func leaked(text string) string {
	for _, l := range canaries().Find(text) {
		return l.Around
	}
	return ""
}

// planted are all options that can carry a secret, with one: the secret ones,
// and those that hold a URL, which has room for one in its userinfo and query.
func planted(t *testing.T) [][2]string {
	t.Helper()
	r, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for o := range r.All() {
		texts := []string{"https://u:" + canary + "@example.com/?token=" + canary, "https://example.com/?token=" + canary, "postgres://u:" + canary + "@db/x?password=" + canary}
		if o.Secret() {
			texts = []string{canary, "https://u:" + canary + "@example.com", base64.StdEncoding.EncodeToString([]byte(canary + "012345678901"))}
		}
		if o.Flag == "external-auth-providers" {
			texts = []string{`[{"type":"github","client_id":"x","client_secret":"` + canary + `","extra_token_keys":["` + canary + `"],"auth_url":"https://u:` + canary + `@example.com/?a=` + canary + `"}]`}
		}
		for _, text := range texts {
			layer := option.Layer{Source: option.SourceFlag, Inputs: []option.Input{{Option: o, Origin: option.Origin{Source: option.SourceFlag}, Raw: option.RawText(text)}}}
			s, _ := r.Resolve([]option.Layer{layer})
			if s == nil || o.Value.Traits().Struct != (o.Flag == "external-auth-providers") {
				continue
			}
			// An option that holds any text, or a public link, shows it.
			if o.Secret() || o.Flag == "external-auth-providers" || s.Redact().Withheld(o) && !strings.Contains(s.Redact().Text(o), canary) {
				out = append(out, [2]string{o.Flag, text})
			}
		}
	}
	return out
}

func TestNoAnswerHasASecret(t *testing.T) {
	t.Parallel()
	plants := planted(t)
	if len(plants) < 20 {
		t.Fatalf("only %d secrets were planted", len(plants))
	}
	// Each alone, since two may exclude each other or spell one field.
	for _, p := range plants {
		s := newSite(t, swagger)
		s.redacted = configuration(t, p[0], p[1])
		for _, target := range []string{config, config + "?shape=compact"} {
			found(t, p[0]+" in "+target, s.get(target, as(ownerToken)))
		}
	}
	s := newSite(t, swagger, func(c *httpapi.Config) { c.AllowAllCORS = true })
	s.redacted = configuration(t, plants[0][0], plants[0][1])
	for _, path := range everyPath(t, s) {
		for _, method := range everyMethod {
			for _, token := range []string{ownerToken, memberToken, reporterToken, ""} {
				found(t, plants[0][0]+" in "+method+" "+path, s.do(method, path, "{}", as(token), "Content-Type: application/json"))
			}
		}
	}
	if at := leaked(s.log.String()); at != "" {
		t.Errorf("the log has the secret: %s", at)
	}
	if leaked("x"+canary[3:12]) == "" {
		t.Error("the search does not find a planted secret, so it proves nothing")
	}
}

func found(t *testing.T, where string, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code == http.StatusInternalServerError {
		t.Errorf("%s: status 500", where)
	}
	if at := leaked(string(unzipped(t, w)) + strings.Join(headerTexts(w.Header()), "\n")); at != "" {
		t.Errorf("%s: the answer has the secret: %s", where, at)
	}
}

// Whether a secret is set is none.
func TestTheSourceOfASecretIsTold(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redacted = configuration(t, "oidc-client-secret", canary)
	for _, raw := range decode[map[string]any](t, s.get(config, as(ownerToken)).Body.Bytes())["options"].([]any) {
		if o := raw.(map[string]any); o["flag"] == "oidc-client-secret" && (o["value"] != nil || o["value_source"] != "flag") {
			t.Errorf("a secret that is set has value %v and source %v, want null and flag", o["value"], o["value_source"])
		}
	}
}
