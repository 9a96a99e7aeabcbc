package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// A cost is what one run of something costs.
type cost struct {
	time          time.Duration // of the processor, garbage collection included
	allocs, bytes float64
	over          bool // stopped there
}

// A task is one thing that one library does.
type task struct {
	name string
	run  func() error
}

// processor is the processor time of this process. It minds other programs
// less than the clock does.
func processor() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &ts); err != nil {
		panic(err)
	}
	return time.Duration(ts.Nano())
}

// sample is how long one sample takes at least.
const sample = 20 * time.Millisecond

// measure runs tasks in rounds, each in another order, so that what else the
// machine does hits all alike. It returns the medians.
func measure(tasks []task, rounds int) (map[string]cost, error) {
	times := map[string]int{}
	samples := map[string][]cost{}
	for _, t := range tasks {
		begun := processor()
		if err := t.run(); err != nil { // also the first, warm-up run
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		times[t.name] = int(max(1, min(1e6, sample/max(1, processor()-begun))))
	}
	for range rounds {
		for _, i := range rand.Perm(len(tasks)) {
			c, err := runs(tasks[i].run, times[tasks[i].name])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", tasks[i].name, err)
			}
			samples[tasks[i].name] = append(samples[tasks[i].name], c)
		}
	}
	out := map[string]cost{}
	for name, all := range samples {
		slices.SortFunc(all, func(a, b cost) int { return int(a.time - b.time) })
		out[name] = all[len(all)/2]
	}
	return out, nil
}

func runs(run func() error, n int) (cost, error) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := processor()
	for range n {
		if err := run(); err != nil {
			return cost{}, err
		}
	}
	taken := processor() - begun
	runtime.ReadMemStats(&after)
	return cost{
		time:   taken / time.Duration(n),
		allocs: float64(after.Mallocs-before.Mallocs) / float64(n),
		bytes:  float64(after.TotalAlloc-before.TotalAlloc) / float64(n),
	}, nil
}

// growth is the exponent e in time = c · options^e, between two sizes.
func growth(a, b cost, m, n int) float64 {
	return math.Log(float64(b.time)/float64(a.time)) / math.Log(float64(n)/float64(m))
}
