package main

import (
	"fmt"
	"strings"

	"github.com/strataconf/strata/option"
)

// summary says in one line where the configuration came from.
func summary(snap *snapshot, warnings int) string {
	read := ""
	for _, l := range snap.Layers() {
		if l.Source == option.SourceYAML {
			read = l.Name
		}
	}
	return summaryOf(read, snap.Counts(), warnings)
}

// summaryOf is the summary of how many options each source set, and of the
// configuration file that was read, "" for none.
func summaryOf(read string, n [option.SourceFlag + 1]int, warnings int) string {
	file := "no configuration file"
	if read != "" {
		file = "read " + option.Escape(read)
	}
	return fmt.Sprintf("%s; values: %d from the file, %d from the environment, %d from flags, %d by default, %d not set; %s",
		file, n[option.SourceYAML], n[option.SourceEnv], n[option.SourceFlag], n[option.SourceDefault], n[option.SourceNone],
		count(warnings, "warning"))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// later are the flags of the options for a server that this one does not obey
// yet: metrics, profiles and traces.
var later = map[string]bool{
	"pprof-address": true, "pprof-enable": true,
	"prometheus-address": true, "prometheus-aggregate-agent-stats-by": true, "prometheus-collect-agent-stats": true,
	"prometheus-collect-db-metrics": true, "prometheus-enable": true,
	"trace": true, "trace-logs": true,
}

// acts reports whether this program obeys an option.
func acts(o *option.Option) bool { return o.Effect == option.EffectServer && !later[o.Flag] }

// idle names the options that somebody set and that change nothing here: one
// line for those this server will obey, one for those of other programs.
// Values that only say what holds anyway are named too; whoever wrote them
// counts on them.
func idle(snap *snapshot) []string {
	var lines []string
	for _, kind := range []struct {
		say  string
		idle func(*option.Option) bool
	}{
		{"set, but not built into this program yet", func(o *option.Option) bool { return o.Effect == option.EffectServer }},
		{"set, but without effect in this program", func(o *option.Option) bool { return o.Effect != option.EffectServer }},
	} {
		if names := spelled(snap, func(o *option.Option) bool { return !acts(o) && kind.idle(o) }); len(names) > 0 {
			lines = append(lines, kind.say+": "+strings.Join(names, ", "))
		}
	}
	return lines
}

// spelled names the options of a kind that a source set, as it spelled them.
func spelled(snap *snapshot, of func(*option.Option) bool) []string {
	var names []string
	seen := map[string]bool{}
	for s := range snap.Settings() {
		if len(s.Inputs) == 0 || !of(s.Option) {
			continue
		}
		in := s.Inputs[len(s.Inputs)-1]
		name := in.Origin.Spelling(in.Option)
		if !acts(in.Option) && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
