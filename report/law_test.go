package report_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/report"
)

// A try is one input as the model sees it.
type try struct {
	source option.Source
	flag   string
	text   string
	ok     bool
	at     string // its place
}

// outcome is what the model expects of one field.
type outcome struct {
	source option.Source
	text   string
	won    []string // places
	lost   []string // places and why, the strongest first
	vague  bool     // what emptied an older list cannot be told behind a newer one that was refused
}

// model is the whole of precedence, written without regard to speed: rows go
// from older to newer, tries are in the order in which they stand.
func model(rows []string, list bool, def string, tries []try) outcome {
	var order []try // the weakest first
	for _, source := range []option.Source{option.SourceYAML, option.SourceEnv, option.SourceFlag} {
		for _, row := range rows {
			for _, in := range tries {
				if in.source == source && in.flag == row {
					order = append(order, in)
				}
			}
		}
	}
	out := outcome{text: def}
	if def != "" {
		out.source = option.SourceDefault
	}
	var won []try
	for _, in := range order {
		switch {
		case !in.ok:
		case list && len(won) > 0 && in.source == option.SourceFlag && won[0].source == option.SourceFlag && won[0].flag == in.flag && in.text != "":
			won = append(won, in)
		default:
			won = []try{in}
		}
	}
	if len(won) > 0 {
		out.source = won[0].source
		var parts []string
		for _, in := range won {
			out.won = append(out.won, in.at)
			if in.text != "" || !list {
				parts = append(parts, in.text)
			}
		}
		out.text = strings.Join(parts, ",")
	}
	out.vague = list && len(won) > 0 && won[0].source == option.SourceFlag && slices.ContainsFunc(order, func(in try) bool {
		return in.source == option.SourceFlag && in.flag == won[0].flag && in.text == ""
	}) && order[len(order)-1].flag != won[0].flag
	for _, in := range slices.Backward(order) {
		why := report.WhyAgain
		switch {
		case slices.Contains(won, in):
			continue
		case !in.ok:
			why = report.WhyRefused
		case in.source < won[0].source:
			why = report.WhySource
		case in.flag != won[0].flag:
			why = report.WhyOlder
		case list:
			why = report.WhyEmptied
		}
		out.lost = append(out.lost, in.at+" "+string(why))
	}
	return out
}

// fields of the toy with rows from older to newer, and texts of each, the
// invalid ones marked with a bang.
var lawFields = []struct {
	rows  []string
	list  bool
	def   string
	texts []string
}{
	{[]string{"workers"}, false, "4", []string{"0", "4", "17", "!x", "!-1"}},
	{[]string{"name"}, false, "me", []string{"", "a", "b"}},
	{[]string{"items"}, true, "a,b", []string{"", "x", "y,z", "!\"a"}},
	{[]string{"sender", "mail-from"}, false, "root", []string{"", "a", "b"}},
	{[]string{"peers", "hosts"}, true, "x", []string{"", "p", "q,r", "!\"a"}},
}

// TestExplainLaw explains random configurations, spelled as people spell them,
// and holds each answer against the model.
func TestExplainLaw(t *testing.T) {
	t.Parallel()
	n := 4_000
	if os.Getenv("STRATA_SOAK") != "" {
		n = 1_000_000
	}
	registries := []*option.Registry[toy]{build(t, false), build(t, true)}
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for seed := w; seed < n && !t.Failed(); seed += workers {
				rng := rand.New(rand.NewPCG(uint64(seed), 3))
				defaults := rng.IntN(2)
				if fault := explainLaw(rng, registries[defaults], defaults == 1); fault != "" {
					t.Errorf("seed %d: %s", seed, fault)
				}
			}
		})
	}
	wait.Wait()
	t.Logf("%d draws", n)
}

func explainLaw(rng *rand.Rand, r *option.Registry[toy], defaults bool) string {
	file, environ, args := "net: {}\n", []string{"TOY_CONFIG_PATH=toy.yaml"}, []string{}
	all := make([][]try, len(lawFields))
	type slot struct{ field, row int }
	var slots []slot
	for i, f := range lawFields {
		for j := range f.rows {
			slots = append(slots, slot{i, j})
		}
	}
	draw := func(s slot, source option.Source) try {
		f := lawFields[s.field]
		text, bad := strings.CutPrefix(f.texts[rng.IntN(len(f.texts))], "!")
		return try{source: source, flag: f.rows[s.row], text: text, ok: !bad}
	}
	rng.Shuffle(len(slots), func(i, j int) { slots[i], slots[j] = slots[j], slots[i] })
	for _, s := range slots {
		if rng.IntN(2) == 0 {
			in := draw(s, option.SourceYAML)
			o := r.ByFlag(in.flag)
			value := "'" + in.text + "'"
			if o.Type() == "int" {
				value = in.text
			}
			if lawFields[s.field].list && in.ok {
				value = "[" + in.text + "]"
			} else if lawFields[s.field].list {
				value = "[[]]"
			}
			in.at = fmt.Sprintf("toy.yaml:%d:%d", strings.Count(file, "\n")+1, len(o.YAML)+3)
			file += o.YAML + ": " + value + "\n"
			all[s.field] = append(all[s.field], in)
		}
		if in := draw(s, option.SourceEnv); rng.IntN(2) == 0 {
			o := r.ByFlag(in.flag)
			environ = append(environ, string(o.Env)+"="+in.text)
			in.at = "$" + string(o.Env)
			if in.text != "" { // which counts as not set
				all[s.field] = append(all[s.field], in)
			}
		}
	}
	for range rng.IntN(8) {
		s := slots[rng.IntN(len(slots))]
		in := draw(s, option.SourceFlag)
		in.at = fmt.Sprintf("--%s (argv[%d])", in.flag, len(args)+1)
		args = append(args, "--"+in.flag+"="+in.text)
		all[s.field] = append(all[s.field], in)
	}
	settings, problems := ask(r, file, environ[1:], args...)
	for i, f := range lawFields {
		def := ""
		if defaults {
			def = f.def
		}
		want := model(f.rows, f.list, def, all[i])
		for _, flag := range f.rows {
			e := report.Explain(settings, problems, r.ByFlag(flag))
			got := outcome{source: e.Value.Source, text: e.Value.Text}
			for _, g := range e.Won {
				got.won = append(got.won, g.Origin.String())
			}
			for _, l := range e.Lost {
				got.lost = append(got.lost, l.Origin.String()+" "+string(l.Why))
			}
			if got.source == option.SourceNone {
				got.text = ""
			}
			if want.vague {
				got.won, got.lost, got.vague, want.won, want.lost = nil, nil, true, nil, nil
			}
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
				return fmt.Sprintf("--%s: got %+v, want %+v\n%s%q\n%q\n%v", flag, got, want, file, environ, args, problems)
			}
		}
	}
	return ""
}
