package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/report"
)

// TestSecretFromAFile looks at a secret that a file gave, in every report.
func TestSecretFromAFile(t *testing.T) {
	t.Parallel()
	r := deployment(t)
	const name = "CODER_PG_CONNECTION_URL_FILE"
	for _, c := range []struct {
		args, environ     []string
		line, place, json string
	}{
		{nil, []string{name + "=/run/s x"}, name + `="/run/s x"`, "from file /run/s x, named by $" + name, `"name":"` + name + `"`},
		{[]string{"--postgres-url-file=/run/s"}, nil, name + "=/run/s", "from file /run/s, named by --postgres-url-file (argv[1])", `"name":"--postgres-url-file"`},
		{nil, []string{"CREDENTIALS_DIRECTORY=/run"}, "# CODER_PG_CONNECTION_URL is left out: it holds a secret, which is withheld", "from file /run/postgres-url, named by $CREDENTIALS_DIRECTORY", `"name":"CREDENTIALS_DIRECTORY"`},
	} {
		s, problems := load.Inspect(r, load.Process{Args: c.args, FirstArg: 1, Environ: c.environ, Files: one("postgres://u:hidden-word@db/x\n")})
		o, safe := r.ByFlag("postgres-url"), s.Redact()
		var b strings.Builder
		if err := report.Env(&b, safe, report.Filter{Modified: true}); err != nil || !strings.Contains(b.String(), "\n"+c.line+"\n") {
			t.Errorf("%s: error %v, got\n%s", c.line, err, b.String())
		}
		e := report.Explain(safe, problems, o)
		if err := e.WriteText(&b, report.Style{Width: 120}); err != nil || !strings.Contains(b.String(), c.place) {
			t.Errorf("%s: error %v, got\n%s", c.place, err, b.String())
		}
		data, err := json.Marshal(e)
		b.Write(data)
		if err != nil || !strings.Contains(b.String(), c.json) || !strings.Contains(b.String(), `"value_file":"/run/`) {
			t.Errorf("%s: error %v, got\n%s", c.json, err, b.String())
		}
		if strings.Contains(b.String(), "hidden-word") {
			t.Error("the secret shows")
		}
	}
}

func TestFindKnowsFileSpellings(t *testing.T) {
	t.Parallel()
	c := deployment(t).Catalog
	for name, as := range map[string]string{
		"--postgres-url-file": "flag", "postgres-url-file": "flag", "$CODER_PG_CONNECTION_URL_FILE": "variable",
		"CODER_PG_CONNECTION_URL_FILE=/run/s": "variable", "PG_CONNECTION_URL_FILE": "variable", "pg_connection_url_file": "name",
	} {
		if got, err := report.Find(c, name); err != nil || got.Option != c.ByFlag("postgres-url") || got.As != as {
			t.Errorf("%s: got %v, error %v, want %s", name, got, err, as)
		}
	}
	if _, err := report.Find(c, "postgres-url-fil"); err == nil || !strings.Contains(err.Error(), "--postgres-url-file") {
		t.Errorf("a near miss: got %v", err)
	}
	if o := c.ByFlag("email-auth-password"); o.FileFlag() != "" || c.ByFlag("email-auth-password-file") == nil {
		t.Error("an option with a row for its file has spellings too")
	}
}
