package stats_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/stats"
)

func TestPercentile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []float64
		p      float64
		want   float64
	}{
		{nil, 0.5, -1},
		{[]float64{7}, 0.95, 7},
		{[]float64{1, 2}, 0.5, 1.5},
		{[]float64{1, 2, 3}, 0.5, 2},
		{[]float64{0, 100}, 0.95, 95},
		{[]float64{1, 2, 4}, 0, 1},
		{[]float64{1, 2, 4}, 1, 4},
	} {
		if got := stats.Percentile(c.values, c.p); got != c.want {
			t.Errorf("Percentile(%v, %v): got %v, want %v", c.values, c.p, got, c.want)
		}
	}
}

func TestPercentileLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 1e9), 1, 50).Draw(t, "values")
		slices.Sort(values)
		p, q := rapid.Float64Range(0, 1).Draw(t, "p"), rapid.Float64Range(0, 1).Draw(t, "q")
		low, high := stats.Percentile(values, min(p, q)), stats.Percentile(values, max(p, q))
		const rounding = 1e-6
		if low > high+rounding || low < values[0]-rounding || high > values[len(values)-1]+rounding {
			t.Fatalf("got %v and %v of %v", low, high, values)
		}
	})
}

// The keys are those of the API's page, in its order.
func TestAnswerJSON(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(stats.Empty(time.Date(2031, 5, 6, 7, 8, 9, 0, time.FixedZone("", 3600))))
	want := `{"aggregated_from":"2031-05-06T05:53:09Z","collected_at":"2031-05-06T06:08:09Z","next_update_at":"2031-05-06T06:08:09Z",` +
		`"session_count":{"jetbrains":0,"reconnecting_pty":0,"ssh":0,"vscode":0},` +
		`"workspaces":{"building":0,"connection_latency_ms":{"p50":-1,"p95":-1},"failed":0,"pending":0,"running":0,"rx_bytes":0,"stopped":0,"tx_bytes":0}}`
	if err != nil || string(got) != want {
		t.Errorf("got %s %v, want %s", got, err, want)
	}
}

// A fake is a source that says what it is told.
type fake struct {
	batches []stats.Batch
	answer  stats.Answer
	err     error
}

func (f *fake) Report(_ context.Context, b stats.Batch) error {
	f.batches = append(f.batches, b)
	return f.err
}

func (f *fake) Stats(context.Context, time.Time) (stats.Answer, error) { return f.answer, f.err }

var start = time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)

func aggregator(f *fake, usage bool) *stats.Aggregator {
	return stats.NewAggregator(f, stats.Options{Interval: time.Minute, Usage: usage, Now: func() time.Time { return start }})
}

func TestAggregator(t *testing.T) {
	t.Parallel()
	full := stats.Empty(start)
	full.Sessions.SSH, full.Workspaces.RxBytes, full.Workspaces.TxBytes, full.Workspaces.Running = 1, 2, 3, 4
	full.Workspaces.Latency = stats.Latency{P50: 5, P95: 6}
	without := stats.Empty(start)
	without.Workspaces.Running = 4
	for _, c := range []struct {
		usage  bool
		agents int
		want   stats.Answer
	}{{true, 1, full}, {false, 0, without}} {
		f := &fake{answer: full}
		a := aggregator(f, c.usage)
		if got := a.Snapshot(); got != stats.Empty(start) {
			t.Errorf("usage %v: got %+v at first, want nothing", c.usage, got)
		}
		if err := a.Report(t.Context(), stats.Batch{Agents: make([]stats.AgentUsage, 1), Builds: make([]stats.WorkspaceBuild, 1)}); err != nil {
			t.Fatal(err)
		}
		if b := f.batches[0]; len(b.Agents) != c.agents || len(b.Builds) != 1 {
			t.Errorf("usage %v: kept %d agents and %d builds, want %d and 1", c.usage, len(b.Agents), len(b.Builds), c.agents)
		}
		if err := a.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.want.NextUpdateAt = start.Add(time.Minute)
		if got := a.Snapshot(); got != c.want {
			t.Errorf("usage %v: got %+v, want %+v", c.usage, got, c.want)
		}
		f.err, f.answer = errors.New("away"), stats.Answer{}
		if err := a.Refresh(t.Context()); !errors.Is(err, f.err) {
			t.Errorf("usage %v: got %v, want %v", c.usage, err, f.err)
		}
		if got := a.Snapshot(); got != c.want {
			t.Errorf("usage %v: got %+v after an error, want the last answer", c.usage, got)
		}
	}
}

func TestRunRefreshesAtEachTick(t *testing.T) {
	t.Parallel()
	f := &fake{err: errors.New("away")}
	ctx, cancel := context.WithCancel(t.Context())
	ticks, told, ended := make(chan time.Time), make(chan error), make(chan struct{})
	go func() {
		defer close(ended)
		aggregator(f, true).Run(ctx, ticks, func(err error) { told <- err })
	}()
	for range 2 {
		ticks <- start
		if err := <-told; !errors.Is(err, f.err) {
			t.Errorf("got %v, want %v", err, f.err)
		}
	}
	cancel()
	<-ended
}
