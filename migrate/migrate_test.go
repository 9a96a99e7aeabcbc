package migrate_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
)

// A case is one text, what it becomes, and what is said of it.
type testCase struct {
	name   string
	format migrate.Format
	before string
	after  string // "" for what it was
	says   string // a part of what is refused and noted, "" for nothing
}

func (c testCase) run(t *testing.T, m *migrate.Migration) {
	t.Helper()
	p := m.Plan(migrate.File{Name: "f", Text: c.before})[0]
	want := c.after
	if want == "" {
		want = c.before
	}
	if p.As != c.format || p.Text != want {
		t.Errorf("%s: got %s\n%q, want %s\n%q\n%s", c.name, p.As, p.Text, c.format, want, said(p))
	}
	if got := said(p); !strings.Contains(got, c.says) || c.says == "" && got != "" {
		t.Errorf("%s: says %q, want %q", c.name, got, c.says)
	}
	if len(p.Refused) > 0 && len(p.Steps) > 0 {
		t.Errorf("%s: refused, and yet it has the steps %v", c.name, p.Steps)
	}
	again := m.Plan(migrate.File{Name: "f", Text: p.Text, As: c.format})[0]
	if len(p.Refused) == 0 && (!again.Idle() || len(again.Refused) > 0) {
		t.Errorf("%s: a second run does %v and says %s", c.name, again.Steps, said(again))
	}
}

func TestPlan(t *testing.T) {
	t.Parallel()
	m := newMigration(t)
	for _, c := range []testCase{
		{"rename", migrate.Env, "TOY_OLD_PORT=1\n", "TOY_PORT=1\n", ""},
		{"retired", migrate.Env, "TOY_INSIGHTS=true\n", "TOY_FEATURE=true\n", ""},
		{"no break at the end", migrate.Env, "TOY_OLD_PORT=1", "TOY_PORT=1", ""},
		{"CRLF", migrate.Env, "A=1\r\nTOY_OLD_PORT=1\r\n", "A=1\r\nTOY_PORT=1\r\n", ""},
		{"byte order mark", migrate.Env, "\uFEFFTOY_OLD_PORT=1\n", "\uFEFFTOY_PORT=1\n", ""},
		{"tabs", migrate.Env, "\tTOY_OLD_PORT\t=\t1\t\n", "\tTOY_PORT\t=\t1\t\n", ""},
		{"both", migrate.Env, "TOY_PORT=1\nTOY_OLD_PORT=1\n", "", "error: f:2:1: TOY_OLD_PORT: TOY_PORT is set too, at f:1:1 (keep one of the two)"},
		{"retired and its successor", migrate.Env, "TOY_INSIGHTS=true\nTOY_FEATURE=false\n", "", "f:1:1: TOY_INSIGHTS: TOY_FEATURE is set too, at f:2:1"},
		{"retired for good", migrate.Env, "TOY_GONE=1\nTOY_OLD_PORT=1\n", "TOY_GONE=1\nTOY_PORT=1\n", ""},
		{"numbered", migrate.Env, "TOY_OLDLINK_0_ID=a\nTOY_OLDLINK_0_URL=b\n", "TOY_LINK_0_ID=a\nTOY_LINK_0_URL=b\n", ""},
		{"numbered of both names", migrate.Env, "TOY_LINK_0_ID=a\nTOY_OLDLINK_1_ID=a\n", "", "f:2:1: TOY_OLDLINK_1_ID: TOY_LINK_0_ID is set too, at f:1:1 (keep the variables of one of the two)"},
		{"a quote that is open", migrate.Env, "TOY_OLD_PORT=1\nX='\n", "", "error: f:2:3: X: a quote that is not closed"},
		{"a value with the older name", migrate.Env, "TOY_OLD_PORT=1\nX=$TOY_OLD_PORT\nTOY_NAME=a$TOY_OLD_PORT\n", "", "f:3:12: TOY_OLD_PORT: a value takes this variable in some readers of the file"},
		{"a secret in a file", migrate.Env, "TOY_OLD_TOKEN_FILE=/run/t\n", "TOY_TOKEN_FILE=/run/t\n", ""},
		{"a secret in two files", migrate.Env, "TOY_OLD_TOKEN_FILE=/run/t\nTOY_TOKEN_FILE=/run/u\n", "", "f:1:1: TOY_OLD_TOKEN_FILE: TOY_TOKEN_FILE is set too, at f:2:1"},
		{"a secret and one in a file", migrate.Env, "TOY_OLD_TOKEN=x\nTOY_TOKEN_FILE=/run/u\n", "", "error: f"},
		{"not for this rule", migrate.Env, "TOY_OLD_LISTEN=a\n", "", "note: f:1:1: TOY_OLD_LISTEN: deprecated, and what replaces it need not mean the same (--convert writes TOY_LISTEN"},
		{"no rule at all", migrate.Env, "TOY_LOUD=true\n", "", "note: f:1:1: TOY_LOUD: deprecated, and what replaces it does not mean the same (see TOY_LEVEL)"},

		{"key", migrate.YAML, "older:\n  port: 1 # one\n", "net:\n  port: 1 # one\n", ""},
		{"key CRLF", migrate.YAML, "older:\r\n  port: 1\r\n  enable: true\r\n", "net:\r\n  port: 1\r\n  enable: true\r\n", ""},
		{"key, no break", migrate.YAML, "name: a\nolder:\n  port: 1", "name: a\nnet:\n  port: 1", ""},
		{"key and mark", migrate.YAML, "\uFEFFolder:\n  port: 1\n", "\uFEFFnet:\n  port: 1\n", ""},
		{"retired key", migrate.YAML, "stats:\n  insights: true\n", "feature: true\n", ""},
		{"list", migrate.YAML, "older:\n  deep:\n    items:\n      - a\n      # two\n      - b\n", "net:\n  items:\n    - a\n    # two\n    - b\n", ""},
		{"both keys", migrate.YAML, "net:\n  port: 1\nolder:\n  port: 2\n", "", "f:4:3: older.port: net.port is set too, at f:2:3"},
		{"given twice", migrate.YAML, "older:\n  port: 2\n  port: 3\n", "", "f:3:3: the key was given before"},
		{"brought by a merge key", migrate.YAML, "x-a: &a\n  port: 1\nolder:\n  <<: *a\n", "", "older.port: an alias or a merge key brings it"},
		{"broken", migrate.YAML, "older:\n  port: [\n", "", "error: f:"},
		{"text above", migrate.YAML, "x-a: |\n  older.port is\n  ---\nolder:\n  port: 1\n", "x-a: |\n  older.port is\n  ---\nnet:\n  port: 1\n", "note: f:2:3: older.port: an older name"},

		{"unit", migrate.Systemd, "[Service]\nEnvironment=TOY_OLD_PORT=1 \"TOY_OLD_NAME=a b\"\n", "[Service]\nEnvironment=TOY_PORT=1 \"TOY_NAME=a b\"\n", ""},
		{"unit CRLF", migrate.Systemd, "[Service]\r\nEnvironment=TOY_OLD_PORT=1\r\n", "[Service]\r\nEnvironment=TOY_PORT=1\r\n", ""},
		{"unit with flags", migrate.Systemd, "[Service]\nExecStart=/toy --old-port 1 --old-on\n", "[Service]\nExecStart=/toy --port 1 --on\n", ""},
		{"a variable that is taken away again", migrate.Systemd, "[Service]\nEnvironment=TOY_OLD_PORT=1\nUnsetEnvironment=A TOY_OLD_PORT\n", "", "error: f:3:20: TOY_OLD_PORT: UnsetEnvironment= names this variable too (rename it by hand"},
		{"a newer name that is taken away", migrate.Systemd, "[Service]\nUnsetEnvironment=TOY_PORT=1\nEnvironment=TOY_OLD_PORT=1\n", "", "error: f:2:18: TOY_PORT: UnsetEnvironment= names this variable too"},
		{"a variable that is passed on too", migrate.Systemd, "[Service]\nEnvironment=TOY_OLD_PORT=1\nPassEnvironment=\"TOY_OLD_PORT\"\n", "", "error: f:3:18: TOY_OLD_PORT: PassEnvironment= names this variable too"},
		{"others are taken away", migrate.Systemd, "[Service]\nEnvironment=TOY_OLD_PORT=1\nUnsetEnvironment=TOY_OLD_NAME\n", "[Service]\nEnvironment=TOY_PORT=1\nUnsetEnvironment=TOY_OLD_NAME\n", "note: f:3:18: TOY_OLD_NAME: an older name"},
		{"a credential", migrate.Systemd, "[Service]\nLoadCredential= old-token:/run/t\nLoadCredential=smtp:/run/s\n", "", "note: f:2:17: old-token: a credential with an older name, left alone here (rename it to token"},
		{"flag and variable", migrate.Systemd, "[Service]\nEnvironment=TOY_PORT=1\nExecStart=/toy --old-port=2\n", "[Service]\nEnvironment=TOY_PORT=1\nExecStart=/toy --port=2\n", ""},
		{"both flags", migrate.Systemd, "[Service]\nExecStart=/toy --port=1 --old-port=2\n", "", "f:2:25: --old-port: --port is set too, at f:2:16"},
		{"a flag in quotes", migrate.Systemd, "[Service]\nExecStart=/toy \"--old-name=a b\"\n", "[Service]\nExecStart=/toy \"--name=a b\"\n", ""},
		{"a flag half in quotes", migrate.Systemd, "[Service]\nExecStart=/toy --old-\"port\"=1\n", "", "f:2:16: --old-port: the flag is written with quotes or escapes inside"},

		{"compose", migrate.Compose, "services:\n  a:\n    image: toy\n    environment: [TOY_OLD_PORT=1]\n", "services:\n  a:\n    image: toy\n    environment: [TOY_PORT=1]\n", ""},
		{"both in a service", migrate.Compose, "x-a: &a {TOY_OLD_PORT: 1}\nservices:\n  a:\n    image: toy\n    environment:\n      <<: *a\n      TOY_PORT: 2\n", "", "f:1:10: TOY_OLD_PORT: TOY_PORT is set too, at f:7:7"},
		{"passed on", migrate.Compose, "services:\n  a:\n    image: toy\n    environment: [TOY_OLD_PORT]\n", "", "note: f:4:19: TOY_OLD_PORT: passed on from the environment of compose, and left alone"},
		{"a tag", migrate.Compose, "services:\n  a:\n    environment: !reset []\n", "", "error: f:3:18: a tag (only !!str"},
		{"an escaped name", migrate.Compose, "services:\n  a:\n    image: toy\n    environment: [\"TOY\\x5fOLD_PORT=1\"]\n", "", "the name is not written in one piece"},

		{"pod", migrate.Helm, "env:\n- name: TOY_OLD_PORT\n  value: '1'\n", "env:\n- name: TOY_PORT\n  value: '1'\n", ""},
		{"pods", migrate.Helm, "kind: Pod\napiVersion: v1\n---\nkind: Pod\nenv:\n- name: TOY_OLD_PORT\n  value: '1'\n", "kind: Pod\napiVersion: v1\n---\nkind: Pod\nenv:\n- name: TOY_PORT\n  value: '1'\n", ""},
		{"a template", "", "env:\n{{- range .Values.env }}\n- name: TOY_OLD_PORT\n{{- end }}\n", "", "neither a configuration file nor one of another format"},
		{"a template of a manifest", migrate.Helm, "apiVersion: v1\nkind: Pod\nenv:\n- name: TOY_OLD_PORT\n  value: {{ .Values.port | quote }}\n", "", "error: f:5:10: a template, which is not YAML before it is rendered"},

		{"nothing", migrate.YAML, "", "", ""},
		{"comments only", migrate.YAML, "# TOY_PORT\n", "", ""},
		{"something else", "", "<html>\n", "", "say which with --as"},
		{"both formats", "", "name: a\nenv:\n- name: TOY_OLD_PORT\n  value: 1\n", "", "may be yaml or helm (say which with --as)"},
		{"not UTF-8", "", "TOY_OLD_PORT=\xff\n", "", "error: f:1:1: not valid UTF-8"},
		{"UTF-16", "", "\xff\xfeT\x00", "", "error: f:1:1: text in UTF-16"},
	} {
		c.run(t, m)
	}
}

// Rules that an embedder declares: a split, a change of type, and what is
// deprecated without a rule of the catalog.
func TestRules(t *testing.T) {
	t.Parallel()
	m := newMigration(t, toyRules()...).Converting()
	for _, c := range []testCase{
		{"split", migrate.Env, "TOY_URL=h:80\n", "TOY_HOST=h\nTOY_HOST_NO=80\n", ""},
		{"split, no break", migrate.Env, "A=1\nTOY_URL=h:80", "A=1\nTOY_HOST=h\nTOY_HOST_NO=80", ""},
		{"split of which a part is missing", migrate.Env, "TOY_URL=h\n", "TOY_HOST=h\n", ""},
		{"split that is refused", migrate.Env, "TOY_URL=h:x\n", "", "f:1:1: TOY_URL: no number behind the colon"},
		{"split against one that is set", migrate.Env, "TOY_URL=h:1\nTOY_HOST_NO=2\n", "", "f:1:1: TOY_URL: TOY_HOST_NO is set too, at f:2:1"},
		{"given twice", migrate.Env, "TOY_URL=h:1\nTOY_URL=h:2\n", "", "f:2:1: TOY_URL: given more than once"},
		{"type", migrate.Env, "TOY_WAIT_SECONDS=3\n", "TOY_WAIT=3000\n", ""},
		{"stands for", migrate.Env, "TOY_OLD_LISTEN=a\n", "TOY_LISTEN=a\n", ""},
		{"stands for nothing", migrate.Env, "TOY_ON=true\nTOY_OLD_LISTEN=a\n", "TOY_ON=true\n", "note: f:2:1: TOY_LISTEN: would have to be empty"},
		{"goes", migrate.Env, "A=1\nTOY_LOUD=false\nB=2\n", "A=1\nB=2\n", ""},

		{"split of a key", migrate.YAML, "older:\n  url: h:80\n", "net:\n  host: h\n  hostNo: 80\n", ""},
		{"type of a key", migrate.YAML, "older:\n  waitSeconds: 3\n", "wait: 3000\n", ""},
		{"key that stands for nothing", migrate.YAML, "net:\n  enable: true\nolder:\n  listen: a\n", "net:\n  enable: true\n  listen: \"\"\n", ""},
		{"key goes", migrate.YAML, "name: a\nloud: false\n", "name: a\n", ""},

		{"unit", migrate.Systemd, "[Service]\nEnvironment=TOY_URL=h:80 A=b\n", "[Service]\nEnvironment=TOY_HOST=h TOY_HOST_NO=80 A=b\n", ""},
		{"unit, first of several", migrate.Systemd, "[Service]\nEnvironment=A=b TOY_URL=h:80\n", "[Service]\nEnvironment=A=b TOY_HOST=h TOY_HOST_NO=80\n", ""},
		{"unit, a flag", migrate.Systemd, "[Service]\nExecStart=/toy -l --old-listen a\n", "[Service]\nExecStart=/toy --level=all --listen a\n", ""},

		{"compose list", migrate.Compose, "services:\n  a:\n    image: toy\n    environment:\n      - TOY_URL=h:80\n      - A=1\n", "services:\n  a:\n    image: toy\n    environment:\n      - TOY_HOST=h\n      - TOY_HOST_NO=80\n      - A=1\n", ""},
		{"compose mapping", migrate.Compose, "services:\n  a:\n    image: toy\n    environment:\n      TOY_URL: h:80\n", "services:\n  a:\n    image: toy\n    environment:\n      TOY_HOST: h\n      TOY_HOST_NO: \"80\"\n", ""},
		{"compose in braces", migrate.Compose, "services:\n  a:\n    image: toy\n    environment: {TOY_URL: 'h:80'}\n", "", "f:4:19: TOY_URL: its new form can't be written in this place"},
		{"pod", migrate.Helm, "env:\n  - name: TOY_URL\n    value: h:80\n  - name: A\n    value: b\n", "env:\n  - name: TOY_HOST\n    value: h\n  - name: TOY_HOST_NO\n    value: \"80\"\n  - name: A\n    value: b\n", ""},
		{"pod from a secret", migrate.Helm, "env:\n  - name: TOY_URL\n    valueFrom: {}\n", "", "f:2:11: TOY_URL: its value does not stand here"},
	} {
		c.run(t, m)
	}
}

// Several rules may not take one name for two things.
func TestMerge(t *testing.T) {
	t.Parallel()
	m := newMigration(t, migrate.Rule{
		From: []string{"wait-seconds", "gone"}, To: []string{"name"},
		Convert: func(old []migrate.Value, _ option.Peek) ([]migrate.Value, *option.Fault) {
			return []migrate.Value{{Text: old[0].Text + "-" + old[1].Text, Set: true}}, nil
		},
	})
	testCase{"merge", migrate.Env, "TOY_GONE=b\nX=1\nTOY_WAIT_SECONDS=a\n", "X=1\nTOY_NAME=a-b\n", ""}.run(t, m)
	testCase{"merge of one", migrate.Env, "TOY_GONE=b\n", "TOY_NAME=-b\n", ""}.run(t, m)
	testCase{"merge against another rule", migrate.Env, "TOY_GONE=b\nTOY_OLD_NAME=c\n", "", "is set too"}.run(t, m)
}

func TestFaultyRules(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]migrate.Rule{
		"which is neither an option nor a retired name": {From: []string{"nothing"}, To: []string{"name"}},
		"which is no option":                            {From: []string{"gone"}, To: []string{"nothing"}},
		"without a function for it":                     {From: []string{"gone", "loud"}, To: []string{"name"}},
		"to itself":                                     {From: []string{"name"}, To: []string{"name"}},
		"from 0 options to 1 without":                   {To: []string{"name"}},
	} {
		if _, err := migrate.New(build(t), []migrate.Rule{r}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestSeveralFiles(t *testing.T) {
	t.Parallel()
	m := newMigration(t)
	compose := "services:\n  a:\n    image: toy\n    environment:\n      - TOY_OLD_PORT\n      - TOY_OLD_NAME=${TOY_OLD_NAME:-x}\n"
	plans := m.Plan(migrate.File{Name: "compose.yaml", Text: compose}, migrate.File{Name: ".env", Text: "TOY_OLD_PORT=1\nTOY_OLD_NAME=b\n"})
	if want := strings.ReplaceAll(compose, "TOY_OLD_", "TOY_"); plans[0].Text != want || len(plans[0].Notes) > 0 {
		t.Errorf("got\n%s, want\n%s%s", plans[0].Text, want, said(plans[0]))
	}
	if want := "TOY_PORT=1\nTOY_NAME=b\n"; plans[1].Text != want {
		t.Errorf("got %q, want %q", plans[1].Text, want)
	}
	alone := m.Plan(migrate.File{Name: "compose.yaml", Text: compose})[0]
	if want := strings.Replace(compose, "TOY_OLD_NAME=", "TOY_NAME=", 1); alone.Text != want || len(alone.Notes) != 2 {
		t.Errorf("got\n%s, want\n%s%s", alone.Text, want, said(alone))
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	m := newMigration(t, toyRules()...).Converting()
	for _, c := range []struct{ name, args, want, hidden, says string }{
		{"joined", "--old-port=1", "--port=1", "", ""},
		{"apart", "--old-port 1 --on", "--port 1 --on", "", ""},
		{"no value", "--old-on", "--on", "", ""},
		{"a secret", "--old-token x --name a", "--token x --name a", "x", ""},
		{"a stray word", "--old-on x", "--on x", "x", ""},
		{"behind dashes", "--old-on -- --old-port", "--on -- --old-port", "-- --old-port", ""},
		{"a secret in a file", "--old-token-file /run/t", "--token-file /run/t", "", ""},
		{"retired", "--insights", "--feature", "", ""},
		{"short", "-l", "--level=all", "", ""},
		{"short ones together", "-ln a", "", "", "argv[3]: --loud: one-letter flags written together"},
		{"split", "--url h:80 --on", "--host h --host-no 80 --on", "", ""},
		{"split joined", "--url=h:80", "--host=h --host-no=80", "", ""},
		{"goes", "--loud=false --on", "--on", "", ""},
		{"both", "--port 1 --old-port 2", "", "", "argv[5]: --old-port: --port is set too, at argv[3]"},
		{"nothing", "--port 1", "--port 1", "", ""},
	} {
		line := m.Arguments(strings.Fields(c.args), 3)
		var hidden []string
		for i, arg := range line.Args {
			if line.Secret[i] {
				hidden = append(hidden, arg)
			}
		}
		if c.want == "" {
			c.want, hidden = c.args, nil
		}
		if got := strings.Join(line.Args, " "); got != c.want || strings.Join(hidden, " ") != c.hidden {
			t.Errorf("%s: got %q with %q hidden, want %q with %q; %s", c.name, got, hidden, c.want, c.hidden, said(line.Plan))
		}
		if got := said(line.Plan); !strings.Contains(got, c.says) || c.says == "" && got != "" {
			t.Errorf("%s: says %q, want %q", c.name, got, c.says)
		}
	}
}
