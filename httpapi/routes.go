package httpapi

import (
	"net/http"
	"slices"
)

// A route is one row of the API: what leads there, who may, and what comes
// back. The mux and the OpenAPI document are made of it.
type route struct {
	method  string
	path    string // below apiRoot
	outside bool   // the path is whole
	name    string // of the operation
	summary string
	text    string

	public   bool     // needs no token
	roles    []string // those who may; nil is everybody with a token
	probe    bool     // asked by machines under any address
	quiet    bool     // too dull for the log
	consumes []string // types of body that it reads; nil reads none
	request  string   // schema of the body

	status   int    // of success
	result   string // what success means
	produces string // type of body; "" has none
	schema   string // of that body
	params   []param

	handle func(*call) reply
}

// A param is a parameter of a route for the document.
type param struct {
	name, in, text string
	schema         map[string]any
}

func (r *route) pattern() string {
	if r.outside {
		return r.path
	}
	return apiRoot + r.path
}

func (r *route) allows(role string) bool {
	if r.roles == nil {
		return slices.Contains([]string{RoleOwner, RoleAuditor, RoleMember, RoleReporter}, role)
	}
	return slices.Contains(r.roles, role)
}

const plainJSON = "application/json"

// routes is the table.
func (a *API) routes() []*route {
	get := func(path, name, schema, summary, text string, handle func(*call) reply) *route {
		return &route{
			method: http.MethodGet, path: path, name: name, summary: summary, text: text,
			status: http.StatusOK, result: "The answer.", produces: plainJSON, schema: schema, handle: handle,
		}
	}
	post := func(path, name, schema, summary, text string, handle func(*call) reply) *route {
		return &route{
			method: http.MethodPost, path: path, name: name, request: schema, summary: summary, text: text,
			status: http.StatusOK, consumes: []string{plainJSON}, handle: handle,
		}
	}

	root := get("/", "greet", "Response", "Greet", "Says that this is the API. It is the cheapest way to see that it answers.", a.greet)
	build := get("/buildinfo", "buildInfo", "BuildInfo", "Tell the build", "Tells which program answers, and for which deployment.", a.buildInfo)
	update := get("/updatecheck", "updateCheck", "UpdateCheck", "Look for an update",
		"Tells whether the program that answers is the newest that is known. It knows of none if it does not look, or has not found out yet.", a.updateCheck)
	for _, r := range []*route{root, build, update} {
		r.public = true
	}

	config := get("/deployment/config", "deploymentConfig", "DeploymentConfig", "Tell the configuration",
		"Tells the value of every option and where it came from. Secrets are withheld: they are empty in `config` and null in `options`. "+
			"The entity tag changes with the configuration; send it in If-None-Match to be told of a change only.", a.deploymentConfig)
	config.params = []param{
		{"shape", "query", "Form of the configuration: `full` shows addresses, URLs and regular expressions as objects of their parts, `compact` " +
			"shows each as one string, and lists as bare arrays. The parameter `shape` of `application/json` in Accept does the same.", enum("full", "compact")},
		{"If-None-Match", "header", "An entity tag that the client has.", text()},
	}
	figures := get("/deployment/stats", "deploymentStats", "DeploymentStats", "Tell the statistics",
		"Tells what workspaces did in the last 15 minutes. The figures are computed aside, at the interval of which `next_update_at` tells.", a.deploymentStats)
	for _, r := range []*route{config, figures} {
		r.roles = []string{RoleOwner, RoleAuditor}
	}

	report := post("/deployment/stats/reports", "reportStats", "StatsReport", "Report statistics",
		"Takes what agents used and how far builds have come. A batch that was answered is safe.", a.reportStats)
	report.roles, report.status, report.result = []string{RoleReporter}, http.StatusNoContent, "The batch is stored."

	csp := post("/csp/reports", "reportCSP", "CSPReport", "Report a policy violation",
		"Takes what a browser refused to load because of the content security policy, and logs it. Beyond a few reports a second they are "+
			"counted only.", a.reportCSP)
	csp.consumes, csp.result = []string{plainJSON, "application/csp-report", "application/reports+json"}, "The report was taken."

	ssh := get("/deployment/ssh", "sshConfig", "SSHConfig", "Tell the SSH settings", "Tells what clients write into their SSH configuration.", a.sshConfig)
	on := get("/experiments", "experiments", "Experiments", "Tell the experiments", "Tells which experiments are on.", a.experiments)
	safe := get("/experiments/available", "safeExperiments", "Experiments", "Tell the safe experiments",
		"Tells which experiments an asterisk in the option turns on.", a.safeExperiments)

	limits := get("/users/{user}/keys/tokens/tokenconfig", "tokenConfig", "TokenConfig", "Tell the limits of tokens",
		"Tells how long a token of a user may live. Owners and auditors may ask for anybody, others for themselves.", a.tokenConfig)
	limits.params = []param{{"user", "path", "The id or the name of a user, or `me`.", text()}}

	health := get("/healthz", "healthy", "", "Tell that the program runs", "Says OK as long as the program answers at all.", a.healthy)
	ready := get("/readyz", "ready", "", "Tell that the program can work", "Says OK while the program has what it needs, such as its database.", a.ready)
	for _, r := range []*route{health, ready} {
		r.outside, r.public, r.probe, r.quiet, r.produces = true, true, true, true, "text/plain"
	}
	return []*route{root, build, csp, config, ssh, figures, report, on, safe, update, limits, health, ready}
}
