package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/strataconf/strata/stats"
)

// The versions of the protocols that clients may expect of a deployment.
const (
	agentAPI       = "1.0"
	provisionerAPI = "1.12"
)

// fixedBodies are the answers that hold as long as the API lives.
type fixedBodies struct {
	greeting, build, ssh, experiments, safe []byte
}

func newFixedBodies(cfg *Config) fixedBodies {
	b := cfg.Build
	return fixedBodies{
		greeting: message("Welcome to the API of this deployment.", ""),
		build: encode(map[string]any{
			"agent_api_version": agentAPI, "dashboard_url": cfg.AccessURL, "deployment_id": b.DeploymentID,
			"external_url": b.ExternalURL, "provisioner_api_version": provisionerAPI, "telemetry": b.Telemetry,
			"upgrade_message": b.UpgradeMessage, "version": b.Version, "webpush_public_key": b.WebPushKey, "workspace_proxy": false,
		}),
		ssh: encode(map[string]any{
			"hostname_prefix": cfg.SSH.Prefix, "hostname_suffix": cfg.SSH.Suffix, "ssh_config_options": cfg.SSH.options(),
		}),
		experiments: encode(append([]string{}, cfg.Experiments...)),
		safe:        encode(append([]string{}, cfg.SafeExperiments...)),
	}
}

// encode writes JSON. All that it is given can be written.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// options cuts each option at its first equals sign or space.
func (s SSH) options() map[string]string {
	out := map[string]string{}
	for _, line := range s.Options {
		line = strings.TrimSpace(line)
		if i := strings.IndexAny(line, "= "); i > 0 {
			out[line[:i]] = strings.TrimSpace(line[i+1:])
		}
	}
	return out
}

func (a *API) greet(*call) reply           { return inJSON(a.fixed.greeting) }
func (a *API) buildInfo(*call) reply       { return inJSON(a.fixed.build) }
func (a *API) sshConfig(*call) reply       { return inJSON(a.fixed.ssh) }
func (a *API) experiments(*call) reply     { return inJSON(a.fixed.experiments) }
func (a *API) safeExperiments(*call) reply { return inJSON(a.fixed.safe) }

func (a *API) healthy(*call) reply { return inText(http.StatusOK, "OK") }

func (a *API) ready(c *call) reply {
	if err := a.cfg.Ready(c.Context()); err != nil {
		r := away("not ready", err)
		r.plain = "not ready"
		return r
	}
	return inText(http.StatusOK, "OK")
}

func (a *API) updateCheck(*call) reply {
	version, url, current := a.cfg.Build.Version, a.cfg.Build.ExternalURL, true
	if a.cfg.Updates != nil {
		if latest, page, ok := a.cfg.Updates.Latest(); ok {
			current = !older(version, latest)
			version, url = latest, page
		}
	}
	return inJSON(encode(map[string]any{"current": current, "url": url, "version": version}))
}

func (a *API) deploymentStats(*call) reply { return inJSON(encode(a.cfg.Stats.Snapshot())) }

func (a *API) reportStats(c *call) reply {
	batch, err := stats.Decode(c.body)
	if err != nil {
		var faults stats.Faults
		var all []validation
		if errors.As(err, &faults) {
			for _, f := range faults {
				all = append(all, validation{f.Field, f.Detail})
			}
		}
		return fault(http.StatusBadRequest, "The batch can't be read.", "Nothing of it was stored.", all...)
	}
	ctx, cancel := context.WithTimeout(c.Context(), storeTimeout)
	defer cancel()
	if err := a.cfg.Stats.Report(ctx, batch); err != nil {
		return away("the store did not take a batch", err)
	}
	return reply{status: http.StatusNoContent}
}

// mostUser is how long a name or an id of a user may be.
const mostUser = 64

// tokenConfig answers for the user in the path. Those who may not see users
// learn nothing of whether there is one.
func (a *API) tokenConfig(c *call) reply {
	role := c.who.Role
	if asked := c.PathValue("user"); asked != "me" && asked != c.who.Username && !strings.EqualFold(asked, c.who.ID) {
		if !slices.Contains([]string{RoleOwner, RoleAuditor}, role) {
			return notAllowed
		}
		if len(asked) > mostUser || !graphic(asked) {
			return noSuchUser
		}
		ctx, cancel := context.WithTimeout(c.Context(), storeTimeout)
		defer cancel()
		var err error
		_, _, role, err = a.cfg.Users.User(ctx, asked)
		switch {
		case err != nil && unknown(err):
			return noSuchUser
		case err != nil:
			return away("the store can't tell of a user", err)
		}
	}
	longest := a.cfg.MaxTokenLifetime
	if role == RoleOwner {
		longest = a.cfg.MaxAdminTokenLifetime
	}
	return inJSON(encode(map[string]any{"max_token_lifetime": longest.Nanoseconds()}))
}
