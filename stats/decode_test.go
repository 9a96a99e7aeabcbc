package stats_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/strataconf/strata/stats"
)

const (
	id    = `"id":"6120072a-98d3-4df6-a6f4-cf2c39b4f653"`
	agent = `"agent_id":"6120072a-98d3-4df6-a6f4-cf2c39b4f654"`
	build = `"workspace_id":"6120072a-98d3-4df6-a6f4-cf2c39b4f655","build_number":7,"transition":"start"`
)

func TestDecode(t *testing.T) {
	t.Parallel()
	got, err := stats.Decode([]byte(` {"id": "6120072A-98D3-4DF6-A6F4-CF2C39B4F653", "agents": [ {` + agent + `,"rx_bytes":1,"tx_bytes":2,"connection_latency_ms":-1.5,
		"session_count":{"vscode":3,"jetbrains":4,"reconnecting_pty":5,"ssh":6}}, {` + agent + `} ], "builds":[{` + build + `,"status":"running"}]} `))
	want := stats.Batch{
		ID: "6120072a-98d3-4df6-a6f4-cf2c39b4f653",
		Agents: []stats.AgentUsage{
			{"6120072a-98d3-4df6-a6f4-cf2c39b4f654", 1, 2, -1.5, stats.Sessions{JetBrains: 4, ReconnectingPTY: 5, SSH: 6, VSCode: 3}},
			{AgentID: "6120072a-98d3-4df6-a6f4-cf2c39b4f654"},
		},
		Builds: []stats.WorkspaceBuild{{"6120072a-98d3-4df6-a6f4-cf2c39b4f655", 7, stats.Start, stats.Running}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v %v, want %+v", got, err, want)
	}
}

func TestDecodeFaults(t *testing.T) {
	t.Parallel()
	agents := func(item string) string { return `{` + id + `,"agents":[` + item + `]}` }
	builds := func(item string) string { return `{` + id + `,"builds":[` + item + `]}` }
	for _, c := range []struct{ text, want string }{
		{``, "is not an object"},
		{`null`, "is not an object"},
		{`[]`, "is not an object"},
		{`{`, "is not JSON"},
		{`{"id":}`, "is not JSON"},
		{agents(`{`+agent+`}`) + `{}`, "goes on after its end"},
		{`{` + id + `}`, "names no agent and no build"},
		{`{"agents":[{` + agent + `}]}`, "id: is missing"},
		{`{` + id + `,` + id + `,"agents":[{` + agent + `}]}`, "id: comes twice"},
		{`{"ID":1}`, "has a name that is not known; known are agents, builds, id"},
		{`{"CANARY":1}`, "has a name that is not known; known are agents, builds, id"},
		{`{"id":"CANARY","agents":[]}`, "id: is not a UUID"},
		{`{"id":null,"agents":[]}`, "id: is not a UUID"},
		{`{` + id + `,"agents":null}`, "agents: is not a list"},
		{`{` + id + `,"agents":{}}`, "agents: is not a list"},
		{agents(`1`), "agents[0]: is not an object"},
		{agents(`{}`), "agents[0].agent_id: is missing"},
		{agents(`{` + agent + `},{` + agent + `,"rx_bytes":-1}`), "agents[1].rx_bytes: is not a whole number from 0 to 1099511627776"},
		{agents(`{` + agent + `,"tx_bytes":1.5}`), "agents[0].tx_bytes: is not a whole number from 0 to 1099511627776"},
		{agents(`{` + agent + `,"tx_bytes":1e3}`), "agents[0].tx_bytes: is not a whole number from 0 to 1099511627776"},
		{agents(`{` + agent + `,"tx_bytes":"1"}`), "agents[0].tx_bytes: is not a whole number from 0 to 1099511627776"},
		{agents(`{` + agent + `,"tx_bytes":null}`), "agents[0].tx_bytes: is not a whole number from 0 to 1099511627776"},
		{agents(`{` + agent + `,"rx_bytes":1099511627777}`), "agents[0].rx_bytes: is not a whole number from 0 to 1099511627776"},
		{agents(`{` + agent + `,"connection_latency_ms":1e300}`), "agents[0].connection_latency_ms: is not a number of milliseconds up to 1000000000"},
		{agents(`{` + agent + `,"connection_latency_ms":1e999}`), "agents[0].connection_latency_ms: is not a number of milliseconds up to 1000000000"},
		{agents(`{` + agent + `,"connection_latency_ms":null}`), "agents[0].connection_latency_ms: is not a number of milliseconds up to 1000000000"},
		{agents(`{` + agent + `,"session_count":{"vim":1}}`), "agents[0].session_count: has a name that is not known; known are jetbrains, reconnecting_pty, ssh, vscode"},
		{agents(`{` + agent + `,"session_count":{"ssh":-1}}`), "agents[0].session_count.ssh: is not a whole number from 0 to 1048576"},
		{agents(strings.Repeat(`{},`, stats.MaxItems) + `{}`), "agents: has more than 1000 items"},
		{builds(`{` + build + `}`), "builds[0].status: is missing"},
		{builds(`{` + build + `,"status":"CANARY"}`), "builds[0].status: is not one of pending, running, succeeded, failed"},
		{builds(`{` + build + `,"status":null}`), "builds[0].status: is not one of pending, running, succeeded, failed"},
		{builds(strings.Replace(`{`+build+`,"status":"failed"}`, ":7,", ":0,", 1)), "builds[0].build_number: is not a whole number from 1 to 9007199254740992"},
		{builds(strings.Replace(`{`+build+`,"status":"failed"}`, "start", "START", 1)), "builds[0].transition: is not one of start, stop, delete"},
		{strings.Repeat("[", 100000), "is not an object"},
		{agents(strings.Repeat("[", 100000)), "is not JSON"},
	} {
		_, err := stats.Decode([]byte(c.text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%.60s: got %v, want %s", c.text, err, c.want)
		}
	}
}

func TestFaultsAreAllToldButNotWithoutEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ items, want int }{{1, 1}, {3, 3}, {1000, 20}} {
		_, err := stats.Decode([]byte(`{` + id + `,"agents":[` + strings.TrimSuffix(strings.Repeat(`{},`, c.items), ",") + `]}`))
		if faults, _ := err.(stats.Faults); len(faults) != c.want {
			t.Errorf("%d items: got %d faults, want %d", c.items, len(faults), c.want)
		}
	}
}

// What is accepted is within the limits, and reads the same when it is written
// again.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{` + id + `,"agents":[{` + agent + `,"rx_bytes":1,"connection_latency_ms":1e2,"session_count":{"ssh":1}}]}`))
	f.Add([]byte(`{` + id + `,"builds":[{` + build + `,"status":"failed"}],"agents":[]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := stats.Decode(text)
		if err != nil {
			if faults, ok := err.(stats.Faults); !ok || len(faults) == 0 || len(fmt.Sprint(faults)) > 8192 {
				t.Fatalf("got %T of %d bytes", err, len(fmt.Sprint(err)))
			}
			return
		}
		if b.Agents == nil {
			b.Agents = []stats.AgentUsage{}
		}
		if b.Builds == nil {
			b.Builds = []stats.WorkspaceBuild{}
		}
		again, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := stats.Decode(again); err != nil || !reflect.DeepEqual(got, b) {
			t.Fatalf("got %+v %v, want %+v", got, err, b)
		}
	})
}
