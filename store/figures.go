package store

import (
	"context"
	"time"

	"github.com/strataconf/strata/stats"
)

// One statement asks for everything, so that an answer is of one moment: a
// report that comes meanwhile counts in all of its figures or in none.
//
// A percentile between two neighbours is the sum of both, each weighed by how
// near it is: all others weigh nothing. So one text does for both databases,
// neither of which has the other's functions.
const statsQuery = `
WITH recent AS (
	SELECT * FROM agent_reports WHERE received >= $1
), newest AS (
	SELECT jetbrains, reconnecting_pty, ssh, vscode,
		row_number() OVER (PARTITION BY agent_id ORDER BY received DESC, seq DESC) AS age
	FROM recent
), ranked AS (
	SELECT latency, row_number() OVER (ORDER BY latency) - 1 AS place,
		(SELECT count(*) FROM recent WHERE latency > 0) - 1 AS top
	FROM recent WHERE latency > 0
), bytes AS (
	SELECT CAST(coalesce(sum(rx_bytes), 0) AS BIGINT) AS rx, CAST(coalesce(sum(tx_bytes), 0) AS BIGINT) AS tx FROM recent
), sessions AS (
	SELECT CAST(coalesce(sum(jetbrains), 0) AS BIGINT) AS jetbrains, CAST(coalesce(sum(reconnecting_pty), 0) AS BIGINT) AS pty,
		CAST(coalesce(sum(ssh), 0) AS BIGINT) AS ssh, CAST(coalesce(sum(vscode), 0) AS BIGINT) AS vscode
	FROM newest WHERE age = 1
), percentiles AS (
	SELECT sum(CASE WHEN abs(place - 0.5 * top) < 1 THEN latency * (1 - abs(place - 0.5 * top)) ELSE 0 END) AS p50,
		sum(CASE WHEN abs(place - 0.95 * top) < 1 THEN latency * (1 - abs(place - 0.95 * top)) ELSE 0 END) AS p95
	FROM ranked
), workspaces AS (
	SELECT count(CASE WHEN status = 'pending' THEN 1 END) AS pending,
		count(CASE WHEN status = 'running' AND heard >= $2 THEN 1 END) AS building,
		count(CASE WHEN status = 'succeeded' AND transition = 'start' THEN 1 END) AS running,
		count(CASE WHEN status = 'succeeded' AND transition = 'stop' THEN 1 END) AS stopped,
		count(CASE WHEN status = 'failed' THEN 1 END) AS failed
	FROM workspace_builds
)
SELECT rx, tx, jetbrains, pty, ssh, vscode, CAST(coalesce(p50, -1) AS DOUBLE PRECISION), CAST(coalesce(p95, -1) AS DOUBLE PRECISION),
	pending, building, running, stopped, failed
FROM bytes, sessions, percentiles, workspaces`

// Stats computes the figures at a moment. A build that has been silent counts
// nowhere until it is heard of again.
func (s *Store) Stats(ctx context.Context, now time.Time) (stats.Answer, error) {
	a := stats.Empty(now)
	w, n := &a.Workspaces, &a.Sessions
	err := s.row(ctx, "compute the statistics", statsQuery, []any{now.Add(-stats.Window).UnixMicro(), now.Add(-stats.Silence).UnixMicro()},
		&w.RxBytes, &w.TxBytes, &n.JetBrains, &n.ReconnectingPTY, &n.SSH, &n.VSCode, &w.Latency.P50, &w.Latency.P95,
		&w.Pending, &w.Building, &w.Running, &w.Stopped, &w.Failed)
	if err != nil {
		return stats.Answer{}, err
	}
	return a, nil
}
