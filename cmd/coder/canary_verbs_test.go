package main

import (
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/strataconf/strata/bundle"
	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/diff"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/internal/leaktest"
	"github.com/strataconf/strata/lint"
	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// TestNoVerbShowsASecret prints a value of every public type that can hold a
// secret by every verb and flag of fmt, alone and inside others: what somebody
// logs in a hurry, or panics with.
func TestNoVerbShowsASecret(t *testing.T) {
	t.Parallel()
	reg, err := kept(option.Host{Version: "v0.0.0-devel"})
	if err != nil {
		t.Fatal(err)
	}
	var printed atomic.Int64
	t.Cleanup(func() { t.Logf("%d writes", printed.Load()) })
	for _, c := range carriers {
		if c.name != "flag" && c.name != "configuration file" && !soak() {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := c.plant(t, reg)
			find := leaktest.NewFinder(b.secrets...)
			if len(find.Find(fmt.Sprint(b.brought[0].text, b.brought[len(b.brought)-1]))) < 2 {
				t.Fatal("a value that shows the secrets is not recognized: the search is blind")
			}
			for name, holder := range b.holders(t, reg) {
				outers := []any{holder, struct{ V any }{holder}, fmt.Errorf("%v", holder)}
				flags, verbs := []string{"", "+#"}, "vTtcdoqxUegs"
				if soak() {
					outers = append(outers, &holder, []any{holder}, map[string]any{"k": holder})
					flags = []string{"", "+", "#", "-", " ", "0", "+#", "12", ".3", "40.40"}
					verbs = "vTtbcdoOqxXUeEfFgGs"
				}
				for _, outer := range outers {
					for _, flag := range flags {
						for _, verb := range verbs {
							printed.Add(1)
							if got := find.Find(fmt.Sprintf("%"+flag+string(verb), outer)); got != nil {
								t.Errorf("%s in a %T by %%%s%c: %v", name, outer, flag, verb, got[0])
							}
						}
					}
				}
				var out strings.Builder
				slog.New(slog.NewTextHandler(&out, nil)).Info("m", "holder", holder, slog.Group("g", "holder", holder))
				newHuman(&out).WithAttrs([]slog.Attr{slog.Any("holder", holder)}).Handle(t.Context(), slog.Record{})
				if got := find.Find(out.String()); got != nil {
					t.Errorf("%s in a log: %v", name, got[0])
				}
			}
		})
	}
}

// holders are values of the public types through which secrets pass.
func (b *bed) holders(t *testing.T, reg *registry) map[string]any {
	t.Helper()
	pro, _, _ := world("config", "show")
	p := &program{process: *pro, first: 3}
	p.Environ = b.environ
	in, err := p.inputs(b.args, 3, nil, files.Reader{})
	if err != nil {
		t.Fatal(err)
	}
	snap, problems := load.Load(reg, in)
	if snap == nil {
		t.Fatal(problems)
	}
	out := map[string]any{
		"process": in, "pointer to a process": &in, "variables": in.Variables, "layers": load.Layers(reg.Catalog, in), "problems": problems,
		"snapshot": snap, "copy of a snapshot": *snap, "redacted": snap.Redact(), "records": snap.Redact().Records(),
		"bundle": bundle.Take(reg, option.Host{}, in, nil, nil), "side": diff.Inputs("-", snap.Redact(), problems, []byte("key")),
	}
	for i, pl := range b.brought {
		if i > 5 && !soak() {
			break
		}
		s := snap.Setting(pl.option)
		out["setting "+pl.option.Flag], out["redacted setting "+pl.option.Flag] = s, snap.Redact().Setting(pl.option)
		out["explanation "+pl.option.Flag] = report.Explain(snap.Redact(), problems, pl.option)
		for _, i := range s.Inputs {
			out["input "+pl.option.Flag], out["raw "+pl.option.Flag], out["tree "+pl.option.Flag] = i, i.Raw, i.Raw.Tree()
		}
	}
	v := snap.View()
	out["secrets"] = []any{v.PostgresURL, v.OIDC.ClientSecret, v.ExternalTokenEncryptionKeys, v.SCIMAPIKey, v.AI.Bridge.Bedrock}
	for _, text := range []string{b.yaml.text(""), b.variables.String()} {
		out["file of migrate "+text[:min(1, len(text))]] = migrate.File{Name: "coder.yaml", Text: text}
		out["file of lint "+text[:min(1, len(text))]] = lint.File{Name: "coder.yaml", Text: text}
		doc, err := yamledit.Parse(text, yamlgen.Limits{})
		if err != nil {
			continue // variables are no document
		}
		root, _ := doc.Root()
		edits := doc.Edit()
		for _, pl := range b.brought {
			edits.Set(strings.Split(pl.option.Flag, "-"), yamlgen.Quote(pl.text))
		}
		out["document"], out["copy of a document"], out["node"], out["edits"], out["copy of edits"] = doc, *doc, root, edits, *edits
		if edited, faults := edits.Apply(); edited != nil {
			out["edited document"], out["edits that were made"], out["faults"] = edited, edits, faults
		}
	}
	_, m := newMigration(t)
	plans := m.Converting().Plan(
		migrate.File{Name: "coder.yaml", Text: b.yaml.text("")}, migrate.File{Name: "coder.env", Text: b.variables.String()}, migrate.File{Name: "coder.service", Text: "[Service]\n" + b.unit.String()},
	)
	line := m.Arguments(b.args, 1)
	out["plans"], out["plan"], out["copy of a plan"], out["steps"], out["refused"] = plans, plans[0], *plans[1], plans[0].Steps, plans[0].Refused
	out["command line"], out["copy of a command line"], out["value of a rule"] = line, *line, migrate.Value{Text: b.brought[0].text, Set: true}
	out["difference"], out["difference of sides"] = report.Compare(snap.Redact(), snap.Redact(), problems, nil), diff.Compare(reg.Catalog, out["side"].(*diff.Side), out["side"].(*diff.Side), diff.Filter{All: true})
	listing := docgen.List(reg.Catalog)
	deployment, _ := compat.DeploymentOf(reg, in, listing, listing)
	out["deployment"] = deployment
	found, err := lint.Run(lint.Config{
		Settings: snap, Problems: problems, Files: []lint.File{{Name: "coder.yaml", Text: b.yaml.text("")}}, Least: option.Note,
		Rules: []lint.Rule{{ID: "T001", Name: "looks", Title: "Looks", Help: "Looks.", Check: func(l *lint.Look) { out["look of lint"], out["copy of a look"] = l, *l }}},
	})
	if err != nil {
		t.Fatal(err)
	}
	out["report of lint"], out["copy of a report"] = found, *found
	if out["look of lint"] == nil {
		t.Error("the rule did not look")
	}
	return out
}
