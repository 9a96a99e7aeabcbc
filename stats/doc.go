// Package stats has the figures of a deployment: what reporters send, what
// the API answers, and the arithmetic between the two.
//
// A reporter sends a [Batch]: what agents measured, and what became of builds
// of workspaces. [Decode] reads one strictly. A [Source] keeps batches and
// derives an [Answer] from them; the [Aggregator] stands before a source,
// recomputes the answer aside and serves it from memory.
//
// The package holds no storage and reads no clock.
package stats

import "time"

// Window is how far back the usage of agents counts.
const Window = 15 * time.Minute

// Silence is how long a running build counts as building after it was last
// heard of.
const Silence = 30 * time.Second

// Nothing is the latency where there is none: a percentile of no values.
const Nothing = -1
