package stats

// The limits of a [Batch]. Sums over a window stay far within an int64.
const (
	MaxItems    = 1000    // agents and, apart from these, builds in one batch
	MaxBytes    = 1 << 40 // bytes one report of an agent may tell
	MaxLatency  = 1e9     // milliseconds
	MaxSessions = 1 << 20 // sessions of one kind
	MaxNumber   = 1 << 53 // number of a build
)

// A Batch is what a reporter sends at once. The order of items counts: of two
// reports of one agent, the later is the newer.
type Batch struct {
	// ID is a UUID that the reporter makes for the batch. A batch that comes
	// again with the same one, because its answer was lost, counts once.
	ID     string           `json:"id"`
	Agents []AgentUsage     `json:"agents"`
	Builds []WorkspaceBuild `json:"builds"`
}

// AgentUsage is what an agent measured since its last report.
type AgentUsage struct {
	AgentID string `json:"agent_id"` // a UUID
	RxBytes int64  `json:"rx_bytes"`
	TxBytes int64  `json:"tx_bytes"`
	// Latency is that of the connection in milliseconds. Zero and less say
	// that there is none.
	Latency  float64  `json:"connection_latency_ms"`
	Sessions Sessions `json:"session_count"`
}

// Sessions counts open sessions by kind.
type Sessions struct {
	JetBrains       int64 `json:"jetbrains"`
	ReconnectingPTY int64 `json:"reconnecting_pty"`
	SSH             int64 `json:"ssh"`
	VSCode          int64 `json:"vscode"`
}

// A Transition is what a build does to its workspace.
type Transition string

// The transitions.
const (
	Start  Transition = "start"
	Stop   Transition = "stop"
	Delete Transition = "delete"
)

// A Status is how far a build has come.
type Status string

// The statuses. The last two are final.
const (
	Pending   Status = "pending"
	Running   Status = "running"
	Succeeded Status = "succeeded"
	Failed    Status = "failed"
)

// WorkspaceBuild says how far a build of a workspace has come. Running is
// repeated while the build lasts: see [Silence].
type WorkspaceBuild struct {
	WorkspaceID string `json:"workspace_id"` // a UUID
	// Number counts the builds of the workspace from 1. The greatest is the
	// newest, in whatever order they are reported.
	Number     int64      `json:"build_number"`
	Transition Transition `json:"transition"`
	Status     Status     `json:"status"`
}

// Transitions and Statuses list what a build may say.
var (
	Transitions = []Transition{Start, Stop, Delete}
	Statuses    = []Status{Pending, Running, Succeeded, Failed}
)

// Rank orders statuses: a build never goes back, so a report that comes late
// changes nothing.
func (s Status) Rank() int {
	switch s {
	case Pending:
		return 0
	case Running:
		return 1
	default:
		return 2
	}
}
