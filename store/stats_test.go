package store_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/stats"
	"github.com/strataconf/strata/store"
)

// A heard is something a reporter said, and when.
type heard[T any] struct {
	at   time.Time
	item T
}

// A model keeps all that was ever reported, and counts it by the words of the
// rule, with no thought of speed.
type model struct {
	seen   map[string]bool
	agents []heard[stats.AgentUsage]
	builds []heard[stats.WorkspaceBuild]
}

func (m *model) report(b stats.Batch, now time.Time) {
	if m.seen[b.ID] {
		return
	}
	m.seen[b.ID] = true
	for _, a := range b.Agents {
		m.agents = append(m.agents, heard[stats.AgentUsage]{now, a})
	}
	for _, w := range b.Builds {
		m.builds = append(m.builds, heard[stats.WorkspaceBuild]{now, w})
	}
}

func (m *model) answer(now time.Time) stats.Answer {
	from := now.Add(-15 * time.Minute)
	a := stats.Answer{AggregatedFrom: from, CollectedAt: now, NextUpdateAt: now}
	w := &a.Workspaces

	newest := map[string]stats.Sessions{}
	var latencies []float64
	for _, h := range m.agents {
		if h.at.Before(from) {
			continue
		}
		w.RxBytes += h.item.RxBytes
		w.TxBytes += h.item.TxBytes
		newest[h.item.AgentID] = h.item.Sessions
		if h.item.Latency > 0 {
			latencies = append(latencies, h.item.Latency)
		}
	}
	for _, s := range newest {
		a.Sessions.JetBrains += s.JetBrains
		a.Sessions.ReconnectingPTY += s.ReconnectingPTY
		a.Sessions.SSH += s.SSH
		a.Sessions.VSCode += s.VSCode
	}
	slices.Sort(latencies)
	w.Latency = stats.Latency{P50: stats.Percentile(latencies, 0.5), P95: stats.Percentile(latencies, 0.95)}

	for _, h := range m.workspaces() {
		switch b := h.item; {
		case b.Status == stats.Pending:
			w.Pending++
		case b.Status == stats.Running && now.Sub(h.at) <= 30*time.Second:
			w.Building++
		case b.Status == stats.Failed:
			w.Failed++
		case b.Status == stats.Succeeded && b.Transition == stats.Start:
			w.Running++
		case b.Status == stats.Succeeded && b.Transition == stats.Stop:
			w.Stopped++
		}
	}
	return a
}

// workspaces is each workspace's newest build: as far as it has come, and when
// it was last heard of.
func (m *model) workspaces() map[string]heard[stats.WorkspaceBuild] {
	newest := map[string]heard[stats.WorkspaceBuild]{}
	for _, h := range m.builds {
		old, known := newest[h.item.WorkspaceID]
		further := cmp.Or(cmp.Compare(h.item.Number, old.item.Number), cmp.Compare(h.item.Status.Rank(), old.item.Status.Rank()))
		switch {
		case !known || further > 0:
			newest[h.item.WorkspaceID] = h
		case further == 0:
			newest[h.item.WorkspaceID] = heard[stats.WorkspaceBuild]{h.at, old.item}
		}
	}
	return newest
}

// near reports whether two answers are equal but for the last digits of
// percentiles.
func near(a, b stats.Answer) bool {
	close := func(x, y float64) bool { return math.Abs(x-y) <= 1e-9*max(1, math.Abs(x)) }
	same := close(a.Workspaces.Latency.P50, b.Workspaces.Latency.P50) && close(a.Workspaces.Latency.P95, b.Workspaces.Latency.P95)
	a.Workspaces.Latency, b.Workspaces.Latency = stats.Latency{}, stats.Latency{}
	return same && a == b
}

func drawBatch(t *rapid.T) stats.Batch {
	sessions := rapid.Int64Range(0, 3)
	agent := rapid.Custom(func(t *rapid.T) stats.AgentUsage {
		return stats.AgentUsage{
			AgentID: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "agent"),
			RxBytes: rapid.Int64Range(0, stats.MaxBytes).Draw(t, "rx"),
			TxBytes: rapid.Int64Range(0, stats.MaxBytes).Draw(t, "tx"),
			Latency: rapid.OneOf(rapid.Just(0.0), rapid.Just(-1.0), rapid.Float64Range(-5, stats.MaxLatency)).Draw(t, "latency"),
			Sessions: stats.Sessions{
				JetBrains: sessions.Draw(t, "jetbrains"), ReconnectingPTY: sessions.Draw(t, "pty"),
				SSH: sessions.Draw(t, "ssh"), VSCode: sessions.Draw(t, "vscode"),
			},
		}
	})
	build := rapid.Custom(func(t *rapid.T) stats.WorkspaceBuild {
		return stats.WorkspaceBuild{
			WorkspaceID: rapid.SampledFrom([]string{"v", "w"}).Draw(t, "workspace"),
			Number:      rapid.Int64Range(1, 3).Draw(t, "number"),
			Transition:  rapid.SampledFrom(stats.Transitions).Draw(t, "transition"),
			Status:      rapid.SampledFrom(stats.Statuses).Draw(t, "status"),
		}
	})
	return stats.Batch{
		ID:     rapid.StringMatching(`[a-z]{1,2}`).Draw(t, "id"),
		Agents: rapid.SliceOfN(agent, 0, 5).Draw(t, "agents"),
		Builds: rapid.SliceOfN(build, 0, 5).Draw(t, "builds"),
	}
}

// The databases count what the model counts, whatever is reported, forgotten
// and asked in whatever order.
func TestStatsAreThoseOfTheModel(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		d.Ephemeral = true // a thousand small commits
		s := d.open(t)
		rapid.Check(t, func(rt *rapid.T) {
			d.direct(t, "DELETE FROM batches", "DELETE FROM agent_reports", "DELETE FROM workspace_builds")
			m := &model{seen: map[string]bool{}}
			for range rapid.IntRange(1, 12).Draw(rt, "steps") {
				switch rapid.IntRange(0, 5).Draw(rt, "deed") {
				case 0:
					wait := rapid.SampledFrom([]time.Duration{time.Microsecond, 30 * time.Second, 30*time.Second + time.Microsecond, 15 * time.Minute, 15*time.Minute + time.Microsecond})
					d.advance(wait.Draw(rt, "wait"))
				case 1:
					if _, err := s.PurgeStats(t.Context()); err != nil {
						rt.Fatal(err)
					}
				default:
					b := drawBatch(rt)
					m.report(b, d.Now())
					if err := s.Report(t.Context(), b); err != nil {
						rt.Fatal(err)
					}
				}
				got, err := s.Stats(t.Context(), d.Now())
				if want := m.answer(d.Now()); err != nil || !near(got, want) {
					rt.Fatalf("got %+v %v, want %+v", got, err, want)
				}
			}
		})
	})
}

// A build that says again that it runs goes on building.
func TestBuildingWhileHeardOf(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		running := stats.Batch{Builds: []stats.WorkspaceBuild{{WorkspaceID: "w", Number: 2, Transition: stats.Start, Status: stats.Running}}}
		for _, c := range []struct {
			wait           time.Duration
			status         stats.Status
			number         int64
			building, fine int64
		}{
			{0, stats.Running, 2, 1, 0},
			{30 * time.Second, stats.Running, 2, 1, 0},
			{30 * time.Second, stats.Pending, 2, 1, 0}, // late, so that it says nothing of now
			{time.Microsecond, stats.Running, 1, 0, 0},
			{time.Hour, stats.Running, 2, 1, 0}, // heard of again
			{time.Second, stats.Succeeded, 2, 0, 1},
			{time.Second, stats.Failed, 2, 0, 1}, // what is final stays
			{time.Second, stats.Running, 2, 0, 1},
		} {
			d.advance(c.wait)
			running.Builds[0].Status, running.Builds[0].Number = c.status, c.number
			if err := s.Report(t.Context(), running); err != nil {
				t.Fatal(err)
			}
			a, err := s.Stats(t.Context(), d.Now())
			if w := a.Workspaces; err != nil || w.Building != c.building || w.Running != c.fine || w.Pending+w.Failed+w.Stopped != 0 {
				t.Errorf("%v: got %+v %v", c, w, err)
			}
		}
	})
}

// A report that comes while an answer is computed is in all of it or in none.
func TestAnswersAreOfOneMoment(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		d.Ephemeral = true // hundreds of small commits
		s, reports := d.open(t), 300
		var reporter sync.WaitGroup
		done := make(chan struct{})
		reporter.Go(func() {
			defer close(done)
			for i := range reports {
				b := stats.Batch{
					Agents: []stats.AgentUsage{{AgentID: "a", RxBytes: 1}},
					Builds: []stats.WorkspaceBuild{{WorkspaceID: fmt.Sprint(i), Number: 1, Transition: stats.Start, Status: stats.Pending}},
				}
				if err := s.Report(t.Context(), b); err != nil {
					t.Error(err)
					return
				}
			}
		})
		for over := false; !over; {
			select {
			case <-done:
				over = true // and one answer more
			default:
			}
			a, err := s.Stats(t.Context(), d.Now())
			if w := a.Workspaces; err != nil || w.RxBytes != w.Pending || over && w.Pending != int64(reports) {
				t.Errorf("got %d bytes and %d builds, error %v, want as many", w.RxBytes, w.Pending, err)
				break
			}
		}
		reporter.Wait()
	})
}

func TestNoStats(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		if got, err := d.open(t).Stats(t.Context(), d.Now()); err != nil || got != stats.Empty(d.Now()) {
			t.Errorf("got %+v %v, want %+v", got, err, stats.Empty(d.Now()))
		}
	})
}

func TestLargestBatch(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		b := stats.Batch{ID: "large"}
		for i := range stats.MaxItems {
			b.Agents = append(b.Agents, stats.AgentUsage{AgentID: fmt.Sprint(i), RxBytes: stats.MaxBytes, Latency: float64(i + 1), Sessions: stats.Sessions{SSH: stats.MaxSessions}})
			b.Builds = append(b.Builds, stats.WorkspaceBuild{WorkspaceID: fmt.Sprint(i / 2), Number: stats.MaxNumber, Transition: stats.Stop, Status: stats.Succeeded})
		}
		for range 2 {
			if err := s.Report(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Stats(t.Context(), d.Now())
		want := stats.Empty(d.Now())
		want.Sessions.SSH = stats.MaxItems * stats.MaxSessions
		want.Workspaces.RxBytes, want.Workspaces.Stopped = stats.MaxItems*stats.MaxBytes, stats.MaxItems/2
		want.Workspaces.Latency = stats.Latency{P50: 500.5, P95: 950.05}
		if err != nil || !near(got, want) {
			t.Errorf("got %+v %v, want %+v", got, err, want)
		}
	})
}

// Two servers on one database, each with several requests at once.
func TestReportsAtOnce(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		servers := []*store.Store{d.open(t), d.open(t)}
		const each, workers = 10, 4
		var group sync.WaitGroup
		for i, s := range servers {
			for worker := range workers {
				group.Go(func() {
					for n := range each {
						b := stats.Batch{ID: fmt.Sprint(i, worker, n), Agents: []stats.AgentUsage{{AgentID: "a", RxBytes: 1}}}
						for w := range 50 { // in another order each time
							b.Builds = append(b.Builds, stats.WorkspaceBuild{WorkspaceID: fmt.Sprint((w * (worker + 3)) % 50), Number: int64(n + 1), Transition: stats.Start, Status: stats.Succeeded})
						}
						if err := s.Report(t.Context(), b); err != nil {
							t.Error(err)
						}
					}
				})
			}
		}
		group.Wait()
		a, err := servers[0].Stats(t.Context(), d.Now())
		if w := a.Workspaces; err != nil || w.RxBytes != 2*each*workers || w.Running != 50 {
			t.Errorf("got %+v %v, want %d bytes and 50 workspaces", w, err, 2*each*workers)
		}
	})
}

func TestPurgeStats(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		s := d.open(t)
		b := stats.Batch{
			ID: "b", Agents: []stats.AgentUsage{{AgentID: "a"}},
			Builds: []stats.WorkspaceBuild{{WorkspaceID: "gone", Number: 1, Transition: stats.Delete, Status: stats.Succeeded}, {WorkspaceID: "there", Number: 1, Transition: stats.Start, Status: stats.Succeeded}},
		}
		if err := s.Report(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			wait time.Duration
			want int64
		}{{15 * time.Minute, 0}, {15*time.Minute + time.Microsecond, 1}, {24 * time.Hour, 2}, {1000 * time.Hour, 0}} {
			d.advance(c.wait)
			if n, err := s.PurgeStats(t.Context()); n != c.want || err != nil {
				t.Errorf("after %v: got %d %v, want %d", c.wait, n, err, c.want)
			}
		}
		if a, err := s.Stats(t.Context(), d.Now()); err != nil || a.Workspaces.Running != 1 {
			t.Errorf("got %+v %v, want a workspace", a, err)
		}
	})
}
