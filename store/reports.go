package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/strataconf/strata/stats"
)

// keepBatches is how long a batch that comes again is known, and how long a
// deleted workspace.
const keepBatches = 24 * time.Hour

// chunk is how many rows one statement inserts: databases limit the number of
// arguments.
const chunk = 500

// Report keeps a batch, once for each of its ids. It counts as heard now: the
// clocks of reporters are not trusted.
func (s *Store) Report(ctx context.Context, b stats.Batch) error {
	now := s.stamp()
	return s.tx(ctx, "keep a report", func(ctx context.Context, tx *sql.Tx) error {
		if b.ID != "" {
			result, err := tx.ExecContext(ctx, s.dialect.text("INSERT INTO batches (id, received) VALUES ($1, $2) ON CONFLICT DO NOTHING"), b.ID, now)
			if err != nil {
				return err
			}
			if n, err := result.RowsAffected(); n == 0 {
				return err
			}
		}
		if err := s.insert(ctx, tx, agentInsert, "", 9, agentRows(b.Agents, now)); err != nil {
			return err
		}
		return s.insert(ctx, tx, buildInsert, buildConflict, 6, buildRows(b.Builds, now))
	})
}

const agentInsert = `INSERT INTO agent_reports
(agent_id, received, rx_bytes, tx_bytes, latency, jetbrains, reconnecting_pty, ssh, vscode) VALUES `

func agentRows(agents []stats.AgentUsage, now int64) (args []any) {
	for _, a := range agents {
		args = append(args, a.AgentID, now, a.RxBytes, a.TxBytes, a.Latency,
			a.Sessions.JetBrains, a.Sessions.ReconnectingPTY, a.Sessions.SSH, a.Sessions.VSCode)
	}
	return args
}

const buildInsert = `INSERT INTO workspace_builds (workspace_id, number, transition, status, rank, heard) VALUES `

// A build of a greater number takes the place of one of a smaller; of one
// build the status that is further on. What is as far on only says that the
// build was heard of.
const buildConflict = `
ON CONFLICT (workspace_id) DO UPDATE SET
	transition = CASE WHEN (excluded.number, excluded.rank) > (workspace_builds.number, workspace_builds.rank)
		THEN excluded.transition ELSE workspace_builds.transition END,
	status = CASE WHEN (excluded.number, excluded.rank) > (workspace_builds.number, workspace_builds.rank)
		THEN excluded.status ELSE workspace_builds.status END,
	number = excluded.number, rank = excluded.rank, heard = excluded.heard
WHERE (excluded.number, excluded.rank) >= (workspace_builds.number, workspace_builds.rank)`

// buildRows has each workspace once, as a statement may meet a row once only,
// and in order, so that two servers never wait for each other.
func buildRows(builds []stats.WorkspaceBuild, now int64) (args []any) {
	newest := map[string]stats.WorkspaceBuild{}
	for _, b := range builds {
		old, seen := newest[b.WorkspaceID]
		if !seen || cmp.Or(cmp.Compare(b.Number, old.Number), cmp.Compare(b.Status.Rank(), old.Status.Rank())) > 0 {
			newest[b.WorkspaceID] = b
		}
	}
	sorted := make([]stats.WorkspaceBuild, 0, len(newest))
	for _, b := range newest {
		sorted = append(sorted, b)
	}
	slices.SortFunc(sorted, func(a, b stats.WorkspaceBuild) int { return strings.Compare(a.WorkspaceID, b.WorkspaceID) })
	for _, b := range sorted {
		args = append(args, b.WorkspaceID, b.Number, string(b.Transition), string(b.Status), b.Status.Rank(), now)
	}
	return args
}

// insert inserts rows of so many columns.
func (s *Store) insert(ctx context.Context, tx *sql.Tx, before, after string, columns int, args []any) error {
	for part := range slices.Chunk(args, chunk*columns) {
		var query strings.Builder
		query.WriteString(before)
		for i := range part {
			switch {
			case i == 0:
				query.WriteString("(")
			case i%columns == 0:
				query.WriteString("), (")
			default:
				query.WriteString(", ")
			}
			fmt.Fprintf(&query, "$%d", i+1)
		}
		query.WriteString(")" + after)
		if _, err := tx.ExecContext(ctx, s.dialect.text(query.String()), part...); err != nil {
			return err
		}
	}
	return nil
}

// PurgeStats forgets reports that no answer will count any more, batches that
// nobody will send again, and workspaces that were deleted. It returns how
// many rows.
func (s *Store) PurgeStats(ctx context.Context) (int64, error) {
	now := s.now()
	deletes := []struct {
		query  string
		before time.Time
	}{
		{"DELETE FROM agent_reports WHERE received < $1", now.Add(-2 * stats.Window)},
		{"DELETE FROM batches WHERE received < $1", now.Add(-keepBatches)},
		{"DELETE FROM workspace_builds WHERE transition = 'delete' AND status = 'succeeded' AND heard < $1", now.Add(-keepBatches)},
	}
	var all int64
	for _, d := range deletes {
		n, err := s.exec(ctx, "purge reports", d.query, d.before.UnixMicro())
		if err != nil {
			return all, err
		}
		all += n
	}
	return all, nil
}
