package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/strataconf/strata/bench/peers"
)

// write writes the page.
func (f *figures) write(w io.Writer, m *machine) {
	p := func(format string, args ...any) { fmt.Fprintf(w, format, args...) }
	p("# Performance\n\nWritten by `make bench`; do not edit. Measured on %s at commit %s, on %s (%s), with %s.\n", m.date, m.commit, m.processor, m.system, m.golang)
	p("The libraries: %s.\n\n", m.modules())
	p("%s\n\n", strings.TrimSpace(intro))
	p("## Start\n\n%s\n\n", strings.TrimSpace(startText))
	f.loadTable(w, f.load[:], true)
	p("\n%s\n\n", strings.TrimSpace(startNote))
	p("## Load again\n\n%s\n\n", strings.TrimSpace(againText))
	f.loadTable(w, f.again[:2], false)
	p("\n## Cold start\n\n%s\n\n", strings.TrimSpace(coldText))
	f.coldTable(w)
	p("\n%s\n\n", strings.TrimSpace(coldNote))
	p("## Read one value\n\n%s\n\n", strings.TrimSpace(readText))
	f.readTable(w)
	p("\n## Help, YAML and JSON\n\n%s\n\n", strings.TrimSpace(outputText))
	f.outputTable(w)
	p("\n%s\n\n", strings.TrimSpace(outputNote))
	p("## What they get wrong\n\n%s\n\n", strings.TrimSpace(wrongText))
	f.wrongTable(w)
	p("\n%s", f.asides())
}

// header begins a table; every column but the first is of numbers.
func header(w io.Writer, columns ...string) {
	fmt.Fprintf(w, "| %s |\n| --- |%s\n", strings.Join(columns, " | "), strings.Repeat(" ---: |", len(columns)-1))
}

func row(w io.Writer, cells ...string) { fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | ")) }

var counts = [3]int{190, 2000, 20000}

func (f *figures) loadTable(w io.Writer, sizes []map[string]cost, grows bool) {
	columns := []string{"processor time"}
	for i := range sizes {
		columns = append(columns, figure(counts[i]), "×")
	}
	if grows {
		columns = append(columns, "growth")
	}
	header(w, append(columns, "allocations at 190", "bytes at 190")...)
	for _, name := range names(sizes[0]) {
		cells := []string{name}
		last := 0
		for i, size := range sizes {
			c, floor := size[name], size["by hand"]
			ratio := times(float64(c.time) / float64(floor.time))
			if c.over {
				cells = append(cells, "over "+duration(c.time), "over "+ratio)
				continue
			}
			last = i
			cells = append(cells, duration(c.time), ratio)
		}
		if grows {
			cells = append(cells, fmt.Sprintf("%.2f", growth(sizes[0][name], sizes[last][name], counts[0], counts[last])))
		}
		row(w, append(cells, figure(int(sizes[0][name].allocs)), bytesText(sizes[0][name].bytes))...)
	}
}

// names are those of the libraries that have a figure, the fastest first.
func names(of map[string]cost) []string {
	var out []string
	for _, p := range peers.All {
		if _, has := of[p.Name]; has {
			out = append(out, p.Name)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return int(of[a].time - of[b].time) })
	return out
}

func (f *figures) coldTable(w io.Writer) {
	header(w, "program", "on the clock", "processor time", "above nothing", "peak memory", "page faults", "size")
	var order []string
	for name := range f.cold {
		order = append(order, name)
	}
	slices.SortFunc(order, func(a, b string) int { return int(f.cold[a].processor - f.cold[b].processor) })
	floor := f.cold["nothing"].processor
	line := func(title string, c *coldStart, above string) {
		row(w, title, figure(int(c.clock))+" µs", figure(int(c.processor))+" µs", above, figure(int(c.memory))+" kB", figure(int(c.faults)), fmt.Sprintf("%.1f MB", float64(c.size)/1e6))
	}
	for _, name := range order {
		c := f.cold[name]
		title := name
		if c.wrong {
			title += " (prints another value)"
		}
		line(title, c, figure(int(c.processor-floor))+" µs")
	}
	for _, c := range f.server {
		line("`coder config check`", c, "")
	}
}

func (f *figures) readTable(w io.Writer) {
	header(w, "library", "one read")
	for _, name := range names(f.reads) {
		row(w, name, fmt.Sprintf("%s ns", strconv.FormatFloat(float64(f.reads[name].time)/1000, 'f', 1, 64)))
	}
}

func (f *figures) outputTable(w io.Writer) {
	header(w, "output", "library", "time", "bytes", "allocations", "time a kilobyte")
	for _, what := range []string{"help", "YAML", "JSON"} {
		var some []output
		for _, o := range f.outputs {
			if o.what == what {
				some = append(some, o)
			}
		}
		slices.SortStableFunc(some, func(a, b output) int { return int(a.cost.time - b.cost.time) })
		for _, o := range some {
			row(w, what, o.name, duration(o.cost.time), figure(o.bytes), figure(int(o.cost.allocs)), duration(time.Duration(float64(o.cost.time)*1000/float64(o.bytes))))
		}
	}
}

func (f *figures) wrongTable(w io.Writer) {
	columns := []string{""}
	with, without := []string{"wrong options of 190"}, []string{"the same without our adapter's help"}
	for _, p := range peers.All {
		columns = append(columns, p.Name)
		with = append(with, strconv.Itoa(f.wrong[p.Name][0]))
		without = append(without, strconv.Itoa(f.wrong[p.Name][1]))
	}
	header(w, columns...)
	row(w, with...)
	row(w, without...)
	for i, v := range f.judged[peers.All[0].Name] {
		cells := []string{v.Fault}
		for _, p := range peers.All {
			cells = append(cells, map[bool]string{true: "yes", false: "no"}[f.judged[p.Name][i].Good])
		}
		row(w, cells...)
	}
}

// asides says what the adapters do for the libraries.
func (f *figures) asides() string {
	var b strings.Builder
	for _, p := range peers.All {
		if p.Aside != "" {
			fmt.Fprintf(&b, "- %s: %s.\n", p.Name, p.Aside)
		}
	}
	return b.String()
}

// figure writes a number with commas.
func figure(n int) string {
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

func times(ratio float64) string {
	if ratio >= 100 {
		return figure(int(ratio))
	}
	return strconv.FormatFloat(ratio, 'f', 2, 64)
}

func duration(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0f ms", 1000*d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", 1000*d.Seconds())
	case d >= 10*time.Microsecond:
		return fmt.Sprintf("%.0f µs", 1e6*d.Seconds())
	}
	return fmt.Sprintf("%.1f µs", 1e6*d.Seconds())
}

func bytesText(n float64) string {
	if n < 10e6 {
		return figure(int(n/1e3)) + " kB"
	}
	return figure(int(n/1e6)) + " MB"
}
