package main

import (
	"crypto/rand"
	"fmt"

	"github.com/strataconf/strata/option"
)

// The versions of the protocols that clients may expect here.
const (
	agentAPI       = "1.0"
	provisionerAPI = "1.12"
)

// newBuildInfo encodes the answer of /api/v2/buildinfo. What it says holds as
// long as the process runs. Without a store there is nowhere to keep the
// identity of the deployment, so every process has its own.
func newBuildInfo(b build, snap *snapshot) []byte {
	v, safe := snap.View(), snap.Redact()
	out := []byte(`{`)
	text := func(key, value string) {
		out = append(option.AppendJSONString(append(option.AppendJSONString(out, key), ':'), value), ',')
	}
	truth := func(key string, value bool) {
		out = fmt.Appendf(append(option.AppendJSONString(out, key), ':'), "%t,", value)
	}
	text("agent_api_version", agentAPI)
	text("dashboard_url", safe.Text(snap.Catalog().ByFlag("access-url")))
	text("deployment_id", newUUID())
	text("external_url", b.url())
	text("provisioner_api_version", provisionerAPI)
	truth("telemetry", v.Telemetry.Enable)
	text("upgrade_message", v.CLIUpgradeMessage)
	text("version", b.Version)
	text("webpush_public_key", "")
	truth("workspace_proxy", false)
	out[len(out)-1] = '}'
	return out
}

// newUUID returns a random UUID, version 4.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, by its documentation
	b[6] = b[6]&0x0F | 0x40
	b[8] = b[8]&0x3F | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
