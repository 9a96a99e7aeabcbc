package stats

import "time"

// An Answer is the figures of a deployment as the API tells them.
type Answer struct {
	AggregatedFrom time.Time  `json:"aggregated_from"` // the window's begin
	CollectedAt    time.Time  `json:"collected_at"`
	NextUpdateAt   time.Time  `json:"next_update_at"`
	Sessions       Sessions   `json:"session_count"` // by the newest report of each agent
	Workspaces     Workspaces `json:"workspaces"`
}

// Workspaces counts workspaces by their newest build, and sums up what their
// agents reported within the window.
type Workspaces struct {
	Building int64   `json:"building"` // running, and heard of lately
	Latency  Latency `json:"connection_latency_ms"`
	Failed   int64   `json:"failed"`
	Pending  int64   `json:"pending"` // not started
	Running  int64   `json:"running"` // a start that succeeded
	RxBytes  int64   `json:"rx_bytes"`
	Stopped  int64   `json:"stopped"` // a stop that succeeded
	TxBytes  int64   `json:"tx_bytes"`
}

// Latency is percentiles of the positive latencies in milliseconds, or
// [Nothing].
type Latency struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
}

// Empty is the answer at a moment when nothing was ever reported.
func Empty(now time.Time) Answer {
	return Answer{
		AggregatedFrom: now.Add(-Window).UTC(), CollectedAt: now.UTC(), NextUpdateAt: now.UTC(),
		Workspaces: Workspaces{Latency: Latency{Nothing, Nothing}},
	}
}

// WithoutUsage is the answer without what agents reported.
func (a Answer) WithoutUsage() Answer {
	a.Sessions = Sessions{}
	a.Workspaces.RxBytes, a.Workspaces.TxBytes = 0, 0
	a.Workspaces.Latency = Latency{Nothing, Nothing}
	return a
}

// Percentile is the share p of sorted values, from 0 to 1, interpolated
// between neighbours, or [Nothing] if there are none.
func Percentile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return Nothing
	}
	place := p * float64(len(sorted)-1)
	low := int(place)
	if low >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	share := place - float64(low)
	return sorted[low]*(1-share) + sorted[low+1]*share
}
