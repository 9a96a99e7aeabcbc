// Command bench measures the engine of this project beside the libraries that
// programs use now, and writes docs/performance.md.
//
//	go run . [-out FILE] [-rounds N] [-limit TIME]
//
// It is a module of its own, so that the libraries never enter the one that
// they are compared with. Every adapter in package peers does the same work,
// that of package work, and what comes of it is held against one oracle
// before it is timed.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/strataconf/strata/bench/peers"
	"github.com/strataconf/strata/bench/work"
)

func main() {
	out := flag.String("out", "../docs/performance.md", "where the page goes")
	rounds := flag.Int("rounds", 15, "samples of each figure")
	limit := flag.Duration("limit", 5*time.Minute, "when a single start of 20,000 options is given up")
	name := flag.String("once", "", "start one library with 20,000 options, and say what it cost")
	flag.Parse()
	err := error(nil)
	if *name != "" {
		err = runOnce(*name)
	} else {
		err = run(*out, *rounds, *limit)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// figures is all that was measured.
type figures struct {
	rounds  int
	limit   time.Duration
	load    [3]map[string]cost // by size
	again   [3]map[string]cost
	reads   map[string]cost
	outputs []output
	wrong   map[string][2]int // with the adapter as it is, and without what it does
	judged  map[string][]peers.Verdict
	cold    map[string]*coldStart
	server  map[string]*coldStart
}

func run(out string, rounds int, limit time.Duration) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if out, err = filepath.Abs(out); err != nil {
		return err
	}
	machine, err := thisMachine()
	if err != nil {
		return err
	}
	f := &figures{rounds: rounds, limit: limit, wrong: map[string][2]int{}, judged: map[string][]peers.Verdict{}}
	for _, step := range []struct {
		name string
		do   func(string) error
	}{{"cold starts", f.starts}, {"verdicts", f.verdicts}, {"loads", f.loads}, {"reads and outputs", f.rest}} {
		fmt.Fprintln(os.Stderr, "bench:", step.name)
		if err := step.do(dir); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	f.write(&b, machine)
	return os.WriteFile(out, b.Bytes(), 0o644)
}

func (f *figures) starts(dir string) (err error) {
	if f.cold, err = coldStarts(dir, 20*f.rounds); err == nil {
		f.server, err = server(dir, 4*f.rounds)
	}
	return err
}

// verdicts asks the oracle and the judge of each library.
func (f *figures) verdicts(dir string) (err error) {
	for _, p := range peers.All {
		if f.judged[p.Name], err = p.Judge(dir); err != nil {
			return err
		}
		in := work.NewInput(work.Small)
		if err := in.Enter(dir); err != nil {
			return err
		}
		var counts [2]int
		for i, start := range []func(*work.Input) (peers.Loaded, error){p.Start, p.Plain} {
			if start == nil {
				start = p.Start
			}
			l, err := start(in)
			if err != nil {
				return fmt.Errorf("%s: %w", p.Name, err)
			}
			counts[i] = len(in.Wrong(l.Values()))
		}
		f.wrong[p.Name] = counts
	}
	return nil
}

// slow is how long a start may take that is measured in rounds.
const slow = 5 * time.Second

// loads measures starts and second loads in the three sizes.
func (f *figures) loads(dir string) error {
	for n, size := range work.Sizes {
		in := work.NewInput(size)
		if err := in.Enter(dir); err != nil {
			return err
		}
		var starts, agains []task
		given := map[string]cost{} // up, or measured once
		for _, p := range peers.All {
			// Ten times the options take a hundred times as long at most.
			if n == 2 && 100*f.load[1][p.Name].time > slow && growth(f.load[0][p.Name], f.load[1][p.Name], 190, 2000) > 1.5 {
				c, err := once(p.Name, f.limit)
				if err != nil {
					return err
				}
				given[p.Name] = c
				continue
			}
			l, err := p.Start(in)
			if err != nil {
				return fmt.Errorf("%s: %w", p.Name, err)
			}
			if wrong := in.Wrong(l.Values()); len(wrong) > 0 && f.wrong[p.Name][0] == 0 {
				return fmt.Errorf("%s: %d of %d options are wrong", p.Name, len(wrong), len(size.Options))
			}
			starts = append(starts, task{p.Name, func() error { _, err := p.Start(in); return err }})
			if again, can := l.(peers.Again); can && n < 2 {
				agains = append(agains, task{p.Name, func() error { _, err := again.Again(); return err }})
			}
		}
		rounds := max(3, f.rounds/(1+2*n))
		var err error
		if f.load[n], err = measure(starts, rounds); err != nil {
			return err
		}
		for name, c := range given {
			f.load[n][name] = c
		}
		if f.again[n], err = measure(agains, rounds); err != nil {
			return err
		}
	}
	return nil
}

// An output is one thing that a library writes.
type output struct {
	what, name string
	bytes      int
	cost       cost
}

func (f *figures) rest(dir string) error {
	in := work.NewInput(work.Small)
	if err := in.Enter(dir); err != nil {
		return err
	}
	const many = 100_000
	var reads []task
	writes := map[string][]task{}
	for _, p := range peers.All {
		l, err := p.Start(in)
		if err != nil {
			return err
		}
		if r, can := l.(peers.Reader); can {
			reads = append(reads, task{p.Name, func() error {
				if r.Reads(many) != many*in.Want[5].(int64) {
					return errors.New("it read another value")
				}
				return nil
			}})
		}
		add := func(what string, write func() ([]byte, error)) error {
			b, err := write()
			f.outputs = append(f.outputs, output{what: what, name: p.Name, bytes: len(b)})
			writes[what] = append(writes[what], task{p.Name, func() error { _, err := write(); return err }})
			return err
		}
		if w, can := l.(peers.Helper); can {
			err = add("help", w.Help)
		}
		if w, can := l.(peers.Writer); can && err == nil {
			err = add("YAML", w.YAML)
		}
		if w, can := l.(peers.Encoder); can && err == nil {
			err = add("JSON", w.JSON)
		}
		if err != nil {
			return err
		}
	}
	var err error
	if f.reads, err = measure(reads, f.rounds); err != nil {
		return err
	}
	for name, c := range f.reads {
		c.time *= 1000 // picoseconds of one read
		c.time /= many
		f.reads[name] = c
	}
	for what, tasks := range writes {
		costs, err := measure(tasks, f.rounds)
		if err != nil {
			return err
		}
		for i := range f.outputs {
			if o := &f.outputs[i]; o.what == what {
				o.cost = costs[o.name]
			}
		}
	}
	return nil
}
