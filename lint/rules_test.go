package lint_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/option"
)

// A pair is one world in which a rule fires, with the line that it says, and
// one much like it in which it is quiet.
type pair struct {
	id    string
	fires world
	says  string
	quiet world
}

func yaml(lines ...string) world    { return world{yaml: strings.Join(lines, "\n") + "\n"} }
func envFile(lines ...string) world { return world{env: strings.Join(lines, "\n") + "\n"} }
func environ(vars ...string) world  { return world{environ: vars} }
func argv(args ...string) world     { return world{args: args} }

func (w world) opened(name string) world { w.open = name; return w }

func (w world) with(args ...string) world { w.args = args; return w }

var pairs = []pair{
	{"L001", yaml("workers: many"), "toy.yaml:1:10: workers: not a whole number", yaml("workers: 5")},
	{"L002", yaml("sender: x"), "warning: toy.yaml:1:9: sender: deprecated; use from instead", yaml("from: x")},
	{"L003", yaml("sender: x", "from: y"), "warning: toy.yaml:1:9: sender: deprecated, and from is set too and wins; remove sender", yaml("from: y")},
	{"L004", yaml("net:", "  crypt: x"), "toy.yaml:2:3: net.crypt: retired; use name, elsewhere --name or TOY_NAME", yaml("name: x")},
	{"L005", environ("TOY_NAME="), "note: environment: TOY_NAME: empty, which counts as not set", environ("TOY_NAME=x")},
	{"L006", environ("TOY_PORT=tcp://10.0.0.1:80"), "warning: environment: TOY_PORT: set by Kubernetes", environ("TOY_NAME=tcp://10.0.0.1:80")},
	{"L007", argv("--key=k"), "warning: argv[1]: --key: a secret that every user of this machine can read on the command line; set TOY_KEY instead", environ("TOY_KEY=k")},
	{"L008", environ(`TOY_NAME="x"`), "warning: environment: TOY_NAME: stands in quotes, which are kept", environ("TOY_NAME=x")},
	{"L009", envFile("TOY_NAME=x", "TOY_NAME=y"), "warning: toy.env:1:10: TOY_NAME: set again at toy.env:2:10, which counts; keep one", envFile("TOY_NAME=x")},
	{"L010", environ("TOY_NAMES=x"), "warning: environment: TOY_NAMES: no option has this variable; did you mean TOY_NAME?", environ("TOO_NAMES=x")},
	{"L011", envFile("export TOY_NAME=x"), "warning: toy.env:1:1: TOY_NAME: systemd leaves out a line that begins with export", envFile("TOY_NAME=x")},

	{"L012", yaml("wait: 60s"), "note: toy.yaml:1:7: wait: the value is the default anyway; remove it", yaml("wait: 61s")},
	{"L012", yaml("items: [a, b]"), "note: toy.yaml:1:8: items: the value is the default anyway", yaml("items: [b, a]")},
	{"L012", environ("TOY_WORKERS=4"), "note: environment: TOY_WORKERS: the value is the default anyway", yaml("workers: 5").with("--workers=4")},
	{"L013", yaml("name: x").with("--name=y"), "note: toy.yaml:1:7: name: never counts, since --name (argv[1]) wins; remove it", yaml("name: x").with("--workers=5")},
	{"L013", world{environ: []string{"TOY_NAME=x"}, args: []string{"--name=y"}}, "note: environment: TOY_NAME: never counts, since --name (argv[1]) wins", yaml("sender: x", "from: y")},
	{"L014", yaml("name: x # strata:ignore L012 for now"), "warning: toy.yaml:1:9: L012 finds nothing here, so this silences nothing; remove L012", yaml("name: me # strata:ignore L012 for now")},
	{"L014", yaml("name: me # strata:ignore L012"), "warning: toy.yaml:1:10: a comment without a reason silences nothing", yaml("name: me # strata:ignored L012")},
	{"L014", yaml("name: me # strata:ignore"), "warning: toy.yaml:1:10: a comment that silences no rule; write # strata:ignore L012 and why", yaml("name: me # not strata:ignore L012")},
	{"L014", yaml("name: me # strata:ignore equal-default so"), "warning: toy.yaml:1:10: a comment that names no rule; did you mean equals-default?", yaml("name: me # strata:ignore equals-default so")},
	{"L015", yaml("x-a: &a 5", "workers: *a", "keep: &b 1h"), "warning: toy.yaml:3:7: no alias uses this anchor", yaml("x-a: &a 5", "workers: *a", `name: "&b"`)},
	{"L016", yaml("x-a: 5"), "note: toy.yaml:1:1: no alias leads into this key", yaml("x-a: &a {workers: 5}", "<<: *a")},
	{"L017", yaml("items:", "- x", "- y", "- x"), "warning: toy.yaml:4:3: items: item 3 is item 1 again", yaml("items: [x, y]")},
	{"L018", yaml("wait: 30ns"), "warning: toy.yaml:1:7: wait: next to nothing, compared with what is usual; check its unit", yaml("wait: 90ms")},
	{"L018", yaml("wait: 1000h"), "warning: toy.yaml:1:7: wait: more than a thousand times as long as the default", yaml("wait: 20h")},
	{"L018", argv("--workers=4000"), "warning: argv[1]: --workers: more than a thousand times as much as the default", argv("--workers=3999")},
	{"L018", argv("--keep=5us"), "warning: argv[1]: --keep: next to nothing", argv("--keep=87600h")},
	{"L019", envFile(`TOY_NAME="x "`), "warning: toy.env:1:10: TOY_NAME: begins or ends with white space, which is kept", envFile("TOY_NAME=x y")},
	{"L019", yaml("items: [x, ' y']"), "warning: toy.yaml:1:12: items: item 2 begins or ends with white space", yaml("items: [x, y]")},
	{"L020", yaml("future: x"), "note: toy.yaml:1:9: future: read and checked, but without effect in this program", yaml("name: x")},
	{"L021", envFile("TOY_KEY=k").opened("toy.env"), "warning: toy.env:1:9: TOY_KEY: a secret in a file that every user of this machine can read", envFile("TOY_KEY=k")},
	{"L021", yaml("links: [{name: a, secret: b}]").opened("toy.yaml"), "warning: toy.yaml:1:8: links: a secret in a file", yaml("links: [{name: a}]").opened("toy.yaml")},
	{"L021", yaml("site: https://me:pw@host").opened("toy.yaml"), "warning: toy.yaml:1:7: site: a secret in a file", yaml("site: https://host/?q=1").opened("toy.yaml")},
	{"L022", environ("TOY_KEY=k"), "note: environment: TOY_KEY: a secret in a variable, which every process that the program starts gets too; set TOY_KEY_FILE instead", argv("--key=k")},
	{"L022", environ("TOY_TOKEN=k"), "note: environment: TOY_TOKEN: a secret in a variable, which every process that the program starts gets too; set TOY_TOKEN_FILE instead", environ("TOY_TOKEN_FILE=f")},
	{"L023", yaml("keyFile: key.pem").opened("key.pem"), "warning: toy.yaml:1:10: keyFile: the file has a key; close it", yaml("keyFile: key.pem").opened("toy.yaml")},
	{"L024", insecure, "warning: toy.yaml:2:13: net.insecure: it may skip-verify", secure},
	{"L025", insecure, "warning: toy.yaml:2:13: net.insecure: it may open-cors", secure},
	{"L026", insecure, "warning: toy.yaml:2:13: net.insecure: it may no-rate-limit", secure},
	{"L027", argv("--public", "--name=0.0.0.0"), "warning: argv[1]: --public: figures for all; see --name (argv[2])", argv("--public", "--name=x")},
	{"L028", insecure, "warning: toy.yaml:2:13: net.insecure: it may plain-http", secure},
	{"L029", yaml("net:", "  trusted: [10.0.0.0/8, 0.0.0.0/0]"), "warning: toy.yaml:2:25: net.trusted: everyone is in it; be narrower", yaml("net:", "  trusted: [10.0.0.0/8]")},
	{"L030", insecure, "warning: toy.yaml:2:13: net.insecure: it may cookie-scheme", secure},
	{"L031", insecure, "warning: toy.yaml:2:13: net.insecure: it may hsts-without-https", secure},
	{"L032", insecure, "warning: toy.yaml:2:13: net.insecure: it may weak-tls", secure},
	{"L033", insecure, "warning: toy.yaml:2:13: net.insecure: it may weak-protection", secure},
	{"L034", insecure, "warning: toy.yaml:2:13: net.insecure: it may open-sign-up", secure},
	{"L035", insecure, "warning: toy.yaml:2:13: net.insecure: it may plain-credentials", secure},
}

var (
	insecure = yaml("net:", "  insecure: true")
	secure   = yaml("net:", "  insecure: false")
)

func TestRulesFire(t *testing.T) {
	t.Parallel()
	for _, c := range pairs {
		if got := c.fires.run(t); !hasLine(got, c.says, c.id) {
			t.Errorf("%s: got\n%s\nwant a line\n%s… (%s)", c.id, strings.Join(got, "\n"), c.says, c.id)
		}
		if got := c.quiet.run(t); found(got, c.id) {
			t.Errorf("%s: got\n%s\nwant no line of it", c.id, strings.Join(got, "\n"))
		}
	}
}

// TestRiskWithoutEffect: a risk that is about an option which the program does
// not obey says so, and so does one whose hint names such an option.
func TestRiskWithoutEffect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id, idle string // no option, if empty
		world    world
		want     string
	}{
		{"L024", "insecure", insecure, "it may skip-verify; this program does not obey --insecure"},
		{"L024", "trust", insecure, "it may skip-verify"},
		{"L024", "", insecure, "it may skip-verify"},
		{"L027", "insecure", argv("--public", "--name=0.0.0.0"), "figures for all; see --name (argv[2]); turn --insecure off, and trust nobody; this program does not obey --insecure"},
		{"L027", "public", argv("--public", "--name=0.0.0.0"), "figures for all; see --name (argv[2]); turn --insecure off, and trust nobody; this program does not obey --public"},
		{"L027", "trusted", argv("--public", "--name=0.0.0.0"), "figures for all; see --name (argv[2]); turn --insecure off, and trust nobody"},
		{"L002", "mail-from", yaml("sender: x"), "deprecated; use from instead"},
	} {
		got := c.world.run(t, func(cfg *lint.Config) { cfg.Acts = func(o *option.Option) bool { return o.Flag != c.idle } })
		if !slices.ContainsFunc(got, func(line string) bool { return strings.HasSuffix(line, ": "+c.want+" ("+c.id+")") }) {
			t.Errorf("%s, --%s is not obeyed: got\n%s\nwant a line that ends in %q", c.id, c.idle, strings.Join(got, "\n"), c.want)
		}
	}
}

func hasLine(lines []string, prefix, id string) bool {
	for _, l := range lines {
		if strings.HasPrefix(l, prefix) && strings.HasSuffix(l, " ("+id+")") {
			return true
		}
	}
	return false
}

// TestEveryRuleHasItsTests holds that a new rule is shown to fire and to be
// quiet, and says all there is to say.
func TestEveryRuleHasItsTests(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	for _, c := range pairs {
		tested[c.id] = true
	}
	id, name := regexp.MustCompile(`^L[0-9]{3}$`), regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	last := ""
	for _, r := range lint.Rules() {
		if !tested[r.ID] {
			t.Errorf("%s: no pair of worlds in which it fires and is quiet; add one to pairs", r.ID)
		}
		if !id.MatchString(r.ID) || r.ID <= last || !name.MatchString(r.Name) || seen[r.Name] {
			t.Errorf("%s %s: IDs are L and three digits and rise, names are words with hyphens, and each has its own", r.ID, r.Name)
		}
		if strings.HasSuffix(r.Title, ".") || len(r.Title) < 10 || !strings.HasSuffix(r.Help, ".") || len(r.Help) < 80 {
			t.Errorf("%s: a title is one line without a period, and help says why and what to do", r.ID)
		}
		if len(r.Codes) == 0 && r.Check == nil && r.Name != "needless-ignore" {
			t.Errorf("%s: nothing finds it", r.ID)
		}
		for _, code := range r.Codes {
			if seen["code "+code] {
				t.Errorf("%s: another rule stands for the code %s", r.ID, code)
			}
			seen["code "+code] = true
		}
		seen[r.Name], last = true, r.ID
	}
	if n := len(lint.Rules()); n < 16 {
		t.Errorf("got %d rules, want 16 or more", n)
	}
}

// TestOpenFileOfASecret holds that what the load tells of a file for one secret
// is told once, by the rule about such files.
func TestOpenFileOfASecret(t *testing.T) {
	t.Parallel()
	w := world{files: memory{"token": "k"}, environ: []string{"TOY_TOKEN_FILE=token"}}
	got := w.opened("token").run(t)
	if len(got) != 1 || got[0] != "warning: environment, file token: TOY_TOKEN_FILE: every user of this machine can read the file; take the permission of others away: chmod o-rwx (L021)" {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if got := w.run(t); len(got) != 0 {
		t.Errorf("a closed file: got\n%s", strings.Join(got, "\n"))
	}
}

// The members of one structured value may stand in several files, and not all
// of them are secrets.
func TestReadableSecretsAreThoseOfTheirOwnVariables(t *testing.T) {
	t.Parallel()
	const one = "TOY_LINK_0_NAME=a"
	for _, c := range []struct {
		early, late, open, want string
		environ                 []string
	}{
		{one, "TOY_LINK_0_SECRET=k", "toy.env", "", nil},
		{one, "TOY_LINK_0_SECRET=k", "late.env", "late.env:1:19: TOY_LINK_0_SECRET", nil},
		{"TOY_LINK_0_SECRET=k", one, "toy.env", "toy.env:1:19: TOY_LINK_0_SECRET", nil},
		{"TOY_LINK_0_SECRET=k", "TOY_LINK_0_SECRET=m", "toy.env", "", nil},
		{one + "\nTOY_LINK_1_SECRET=k", "TOY_LINK_1_NAME=b", "toy.env", "toy.env:2:19: TOY_LINK_1_SECRET", nil},
		{one + "\nTOY_LINK_2_SECRET=k", "TOY_NAME=b", "toy.env", "", nil},
		{"TOY_NAME=b", "TOY_LINK_0_SECRET=k", "late.env", "late.env:1:19: TOY_LINK_0_SECRET", []string{one}},
		{one, "TOY_NAME=b", "toy.env", "", []string{"TOY_LINK_0_SECRET=k"}},
		{one + "\nTOY_LINK_0_SECRET=", "TOY_LINK_1_SECRET=k", "toy.env", "", nil},
		{"TOY_LINKS='[{name: a, secret: b}]'", "TOY_NAME=b", "toy.env", "toy.env:1:11: TOY_LINKS", nil},
	} {
		w := world{env: c.early, late: c.late, open: c.open, environ: c.environ}
		var got []string
		for _, line := range w.run(t) {
			if strings.HasSuffix(line, "(L021)") {
				got = append(got, line)
			}
		}
		if len(got) != 0 && c.want == "" || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%q, %q and %q: got %q, want %q", c.early, c.late, c.environ, got, c.want)
		}
	}
}
