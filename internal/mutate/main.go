// Command mutate asks of tests whether they would notice a mistake. It makes
// many small ones in a package, one at a time, and runs tests against each: a
// comparison that is off by one, a condition that never holds, a statement
// that is gone, a number that is one too high. A mistake that no test notices
// survives, and is printed:
//
//	mutate [flags] PACKAGE
//	mutate [flags] -guards
//
// All mistakes of a package are compiled into one test binary at once, each
// behind a switch that a variable of the environment turns on, so that a
// mistake costs one run and no build. The changed sources reach the compiler
// through an overlay: the checkout is only read.
//
// A mistake that changes nothing that anybody could see is listed in known.tsv
// with the reason, and is not tried. With -guards, the mistakes are those of
// guards.tsv, each the loss of one guard.
//
// What was killed is kept below -out and not tried again until the package
// changes. The exit code is 1 if a mistake survived, or a line of a list fits
// nothing.
package main

import (
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"strings"
	"time"
)

func main() {
	var c config
	flag.StringVar(&c.list, "known", "internal/mutate/known.tsv", "the list of mistakes that change nothing")
	flag.StringVar(&c.guardList, "guardlist", "internal/mutate/guards.tsv", "the list of guards")
	flag.StringVar(&c.out, "out", "bin/mutants", "the folder of binaries and results")
	flag.BoolVar(&c.guards, "guards", false, "lose each guard of the list, in place of mistakes in one package")
	flag.IntVar(&c.sample, "sample", 1, "try one of so many mistakes, always the same ones")
	flag.StringVar(&c.only, "only", "", "try those whose name holds this text, whatever was found before")
	flag.StringVar(&c.skip, "skip", "TestHostileText|Alloca|Linear", "tests that do not count, such as those of time and room")
	with := flag.String("with", "", "further packages whose tests count, with commas; name:Pattern runs some of them")
	flag.Parse()
	if *with != "" {
		c.with = strings.Split(*with, ",")
	}
	if c.guards == (flag.NArg() == 1) || flag.NArg() > 1 || c.sample < 1 {
		flag.Usage()
		os.Exit(2)
	}
	c.target = strings.TrimSuffix(strings.TrimPrefix(flag.Arg(0), "./"), "/")
	good, err := c.run(os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	if !good {
		os.Exit(1)
	}
}

// A config is what one run is asked to do.
type config struct {
	list, guardList, out string
	target, only, skip   string
	with                 []string
	guards               bool
	sample               int
}

// run tries the mistakes and reports whether none survived. What it does on
// the way goes to log.
func (c *config) run(out, log io.Writer) (good bool, err error) {
	if err := os.MkdirAll(c.out, 0o755); err != nil {
		return false, err
	}
	plan, err := c.plan()
	if err != nil {
		return false, err
	}
	known, err := readKnown(c.list)
	if err != nil {
		return false, err
	}
	if err := plan.build(c.out, log); err != nil {
		return false, err
	}
	if err := plan.baseline(log); err != nil {
		return false, err
	}
	done, err := openResults(c.out+"/"+plan.name+".tsv", plan.sum())
	if err != nil {
		return false, err
	}
	defer done.close()

	var n tally
	begun := time.Now()
	for i := range plan.mutants {
		m := &plan.mutants[i]
		name := m.String()
		why, listed := known[name]
		switch {
		case c.only != "" && !strings.Contains(name, c.only):
			continue
		case listed && why.reason != "" && c.only == "":
			n.known++
			continue
		case !c.drawn(name):
			n.left++
			continue
		case done.killed[name] && c.only == "":
			n.killed++
			continue
		}
		if n.tried++; n.tried%50 == 0 {
			fmt.Fprintf(log, "%d tried after %s, %d survived\n", n.tried, time.Since(begun).Round(time.Second), n.survived)
		}
		how, err := plan.try(m)
		if err != nil {
			return false, err
		}
		if how != survived {
			n.killed++
			done.add(name)
			continue
		}
		n.survived++
		fmt.Fprintf(out, "%s:%d: %s\n", m.file, m.line, name)
	}
	stale := 0
	if c.only == "" && !c.guards {
		stale = plan.stale(out, known, c.target)
	}
	fmt.Fprintf(out, "%s: %d mistakes, %d killed, %d survived, %d known, %d not drawn, in %s\n",
		plan.name, len(plan.mutants), n.killed, n.survived, n.known, n.left, time.Since(begun).Round(time.Second))
	return n.survived+stale == 0, nil
}

type tally struct{ tried, killed, survived, known, left int }

// drawn reports whether a mistake is in the sample.
func (c *config) drawn(name string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return int(h.Sum32())%c.sample == 0
}
