package stats

import (
	"context"
	"sync/atomic"
	"time"
)

// A Source keeps batches and derives answers from them.
type Source interface {
	// Report keeps a batch. When it returns nil, the batch is kept for good.
	Report(ctx context.Context, b Batch) error
	// Stats computes the answer at a moment.
	Stats(ctx context.Context, now time.Time) (Answer, error)
}

// Options is what an [Aggregator] is told.
type Options struct {
	Interval time.Duration    // between two refreshes, for next_update_at
	Usage    bool             // whether usage of agents is kept and told
	Now      func() time.Time // the clock
}

// An Aggregator stands before a [Source]: requests read the answer from
// memory, and never wait for the source.
type Aggregator struct {
	source Source
	Options
	answer atomic.Pointer[Answer]
}

// NewAggregator returns an aggregator with the answer of a deployment of which
// nothing is known yet; [Aggregator.Refresh] gets the true one.
func NewAggregator(source Source, o Options) *Aggregator {
	a := &Aggregator{source: source, Options: o}
	first := Empty(o.Now())
	a.answer.Store(&first)
	return a
}

// Report keeps a batch, without the usage of agents where that is not wanted.
func (a *Aggregator) Report(ctx context.Context, b Batch) error {
	if !a.Usage {
		b.Agents = nil
	}
	return a.source.Report(ctx, b)
}

// Snapshot is the answer of the last refresh that succeeded.
func (a *Aggregator) Snapshot() Answer { return *a.answer.Load() }

// Refresh computes the answer anew. After an error the last one stays.
func (a *Aggregator) Refresh(ctx context.Context) error {
	now := a.Now()
	answer, err := a.source.Stats(ctx, now)
	if err != nil {
		return err
	}
	answer.NextUpdateAt = now.Add(a.Interval).UTC()
	if !a.Usage {
		answer = answer.WithoutUsage()
	}
	a.answer.Store(&answer)
	return nil
}

// Run refreshes at each tick until the context ends, and tells errors.
func (a *Aggregator) Run(ctx context.Context, ticks <-chan time.Time, tell func(error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
		if err := a.Refresh(ctx); err != nil && ctx.Err() == nil {
			tell(err)
		}
	}
}
