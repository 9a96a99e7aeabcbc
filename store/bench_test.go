package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/strataconf/strata/stats"
	"github.com/strataconf/strata/store"
)

func benchBoth(b *testing.B, bench func(b *testing.B, d database)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, onSQLite(b)) })
	b.Run("postgres", func(b *testing.B) { bench(b, onPostgres(b)) })
}

// BenchmarkToken is the one read that a request may cost.
func BenchmarkToken(b *testing.B) {
	benchBoth(b, func(b *testing.B, d database) {
		s := d.open(b)
		user(b, s, "ann", store.Owner)
		id := token(b, s, "ann", time.Hour)[:10]
		b.ReportAllocs()
		for b.Loop() {
			if _, _, _, _, _, err := s.Token(b.Context(), id); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkReport keeps what 100 agents and 10 builds say.
func BenchmarkReport(b *testing.B) {
	benchBoth(b, func(b *testing.B, d database) {
		s, batch := d.open(b), someBatch(100, 10)
		for b.Loop() {
			if err := s.Report(b.Context(), batch); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkStats counts a window of 30,000 reports: 1,000 agents, every 30 s.
func BenchmarkStats(b *testing.B) {
	benchBoth(b, func(b *testing.B, d database) {
		s, batch := d.open(b), someBatch(1000, 1000)
		for range 30 {
			if err := s.Report(b.Context(), batch); err != nil {
				b.Fatal(err)
			}
			d.advance(30 * time.Second)
		}
		for b.Loop() {
			if _, err := s.Stats(b.Context(), d.Now()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkOpen is a second start: nothing is to be brought up to date.
func BenchmarkOpen(b *testing.B) {
	benchBoth(b, func(b *testing.B, d database) {
		d.open(b)
		for b.Loop() {
			s, err := store.Open(b.Context(), d.Config)
			if err != nil {
				b.Fatal(err)
			}
			_ = s.Close()
		}
	})
}

func someBatch(agents, builds int) (b stats.Batch) {
	for i := range agents {
		b.Agents = append(b.Agents, stats.AgentUsage{AgentID: fmt.Sprintf("%036d", i), RxBytes: 1000, Latency: float64(i * 7919 % 1000)})
	}
	for i := range builds {
		b.Builds = append(b.Builds, stats.WorkspaceBuild{WorkspaceID: fmt.Sprintf("%036d", i), Number: 1, Transition: stats.Start, Status: stats.Running})
	}
	return b
}
