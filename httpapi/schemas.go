package httpapi

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/stats"
)

// closed is an object with these members, all of them, and no others.
func closed(members object) object {
	s := object{"type": "object", "properties": members, "additionalProperties": false}
	if len(members) > 0 {
		s["required"] = slices.Sorted(maps.Keys(members))
	}
	return s
}

func list(of object) object { return object{"type": "array", "items": of} }
func truth() object         { return object{"type": "boolean"} }
func whole() object         { return object{"type": "integer", "format": "int64"} }
func count() object         { return object{"type": "integer", "format": "int64", "minimum": 0} }
func instant() object       { return object{"type": "string", "format": "date-time"} }

// schemas describes all bodies.
func schemas(r *option.Redacted) object {
	config := func(shape option.Shape) object {
		return closed(object{"config": configSchema(r, shape), "options": list(ref("schemas", "Option"))})
	}
	out := object{
		"Response": closed(object{
			"message": said(text(), "What happened, in a sentence."), "detail": said(text(), "What to do, or nothing."),
			"validations": list(closed(object{"field": said(text(), "The member of the request."), "detail": said(text(), "What is wrong with it.")})),
		}),
		"BuildInfo": closed(object{
			"agent_api_version":       said(text(), "Version of the protocol that agents speak."),
			"dashboard_url":           said(text(), "Address of the deployment, or nothing."),
			"deployment_id":           said(text(), "The same for all replicas of a deployment."),
			"external_url":            said(text(), "Page of the project at this version."),
			"provisioner_api_version": said(text(), "Version of the protocol that provisioners speak."),
			"telemetry":               said(truth(), "Whether the option for telemetry is on."),
			"upgrade_message":         said(text(), "What clients of another version tell people."),
			"version":                 said(text(), "Version of the program."),
			"webpush_public_key":      said(text(), "Key for notifications in the browser, or nothing."),
			"workspace_proxy":         said(truth(), "Whether this is a proxy of another deployment."),
		}),
		"UpdateCheck": closed(object{
			"current": said(truth(), "Whether no newer version is known."), "url": said(text(), "Page of the newest version."),
			"version": said(text(), "The newest version that is known."),
		}),
		"SSHConfig": closed(object{
			"hostname_prefix": said(text(), "What names of hosts begin with."), "hostname_suffix": said(text(), "What names of hosts end with."),
			"ssh_config_options": said(object{"type": "object", "additionalProperties": text()}, "Lines for the configuration of SSH."),
		}),
		"Experiments": list(said(text(), "Name of an experiment.")),
		"TokenConfig": closed(object{"max_token_lifetime": said(whole(), "The longest life of a token in nanoseconds.")}),
		"CSPReport": object{
			"description": "What a browser reports, in the form of either reporting API.",
			"type":        []string{"object", "array"}, "items": object{"type": "object"},
		},
		"DeploymentConfig": object{
			"description": "The configuration in the shape that was asked for.",
			"anyOf":       []object{ref("schemas", "FullDeploymentConfig"), ref("schemas", "CompactDeploymentConfig")},
		},
		"FullDeploymentConfig":    config(option.ShapeFull),
		"CompactDeploymentConfig": config(option.ShapeCompact),
		"Option":                  optionSchema(),
		"Group": closed(object{
			"description": text(), "name": text(), "yaml": text(),
			"parent": object{"description": "The group around it; empty if there is none.", "anyOf": []object{ref("schemas", "Group"), closed(object{})}},
		}),
		"URL": closed(object{
			"forceQuery": truth(), "fragment": text(), "host": text(), "omitHost": truth(), "opaque": text(), "path": text(),
			"rawFragment": text(), "rawPath": text(), "rawQuery": text(), "scheme": text(), "user": said(closed(object{}), "Always empty."),
		}),
		"HostPort": closed(object{"host": text(), "port": text()}),
		"Regexp":   closed(object{"pattern": text()}),
	}
	maps.Copy(out, statsSchemas())
	return out
}

func optionSchema() object {
	return closed(object{
		"annotations":    said(object{"type": "object", "additionalProperties": text()}, "Facts for clients."),
		"default":        said(text(), "The default, as people type it."),
		"description":    text(),
		"env":            said(text(), "Environment variable, or nothing."),
		"flag":           said(text(), "Flag without dashes."),
		"flag_shorthand": said(text(), "Flag of one letter, or nothing."),
		"group":          ref("schemas", "Group"),
		"hidden":         said(truth(), "Whether short help leaves it out."),
		"name":           text(),
		"required":       truth(),
		"use_instead":    said(list(ref("schemas", "Option")), "The options that replace it."),
		"value":          object{"description": "The value in the compact form; null for a secret."},
		"value_source":   said(enum("flag", "env", "yaml", "default", ""), "Where the value came from."),
		"yaml":           said(text(), "Key in the configuration file, or nothing."),
	})
}

func statsSchemas() object {
	uuid := func() object { return object{"type": "string", "format": "uuid"} }
	limited := func(most float64) object {
		return object{"type": "integer", "format": "int64", "minimum": 0, "maximum": most}
	}
	sessions := func(n func() object) object {
		return object{"jetbrains": n(), "reconnecting_pty": n(), "ssh": n(), "vscode": n()}
	}
	// needing is closed, but for members that may be left out.
	needing := func(members object, needed ...string) object {
		s := closed(members)
		if delete(s, "required"); needed != nil {
			s["required"] = needed
		}
		return s
	}
	percentile := func() object {
		return said(object{"type": "number"}, "Milliseconds; -1 if nothing was measured.")
	}
	agent := needing(object{
		"agent_id": uuid(), "rx_bytes": limited(stats.MaxBytes), "tx_bytes": limited(stats.MaxBytes),
		"connection_latency_ms": object{"type": "number", "minimum": -stats.MaxLatency, "maximum": stats.MaxLatency},
		"session_count":         needing(sessions(func() object { return limited(stats.MaxSessions) })),
	}, "agent_id")
	build := closed(object{
		"workspace_id": uuid(), "build_number": object{"type": "integer", "format": "int64", "minimum": 1, "maximum": stats.MaxNumber},
		"transition": object{"enum": stats.Transitions}, "status": object{"enum": stats.Statuses},
	})
	many := func(items object) object {
		l := list(items)
		l["maxItems"] = stats.MaxItems
		return l
	}
	return object{
		"DeploymentStats": closed(object{
			"aggregated_from": said(instant(), "Begin of the window."), "collected_at": said(instant(), "End of the window."), "next_update_at": instant(),
			"session_count": closed(sessions(count)),
			"workspaces": closed(object{
				"building": count(), "failed": count(), "pending": count(), "running": count(), "stopped": count(),
				"rx_bytes": count(), "tx_bytes": count(), "connection_latency_ms": closed(object{"p50": percentile(), "p95": percentile()}),
			}),
		}),
		"StatsReport": needing(object{
			"id":     said(uuid(), "Made by the reporter. A batch that comes again with the same id counts once."),
			"agents": said(many(agent), "What agents measured since their last report."),
			"builds": said(many(build), "How far builds of workspaces have come."),
		}, "id"),
	}
}

// configSchema describes the tree of the configuration. The keys are those of
// the tree itself; what stands under the path of an option is described by
// its kind and help.
func configSchema(r *option.Redacted, shape option.Shape) object {
	byPath := map[string]*option.Option{}
	for o := range r.Catalog().All() {
		if old := byPath[o.JSONPath()]; old == nil || old.Deprecated() {
			byPath[o.JSONPath()] = o
		}
	}
	var tree any
	if err := json.Unmarshal(r.AppendConfig(nil, shape), &tree); err != nil {
		panic(err) // not possible: option writes JSON
	}
	return treeSchema(byPath, "", tree, shape)
}

func treeSchema(byPath map[string]*option.Option, path string, v any, shape option.Shape) object {
	if o := byPath[path]; o != nil && path != "" {
		return leafSchema(o, v, shape)
	}
	members, ok := v.(map[string]any)
	if !ok {
		return typed(v)
	}
	out := object{}
	for key, item := range members {
		below := key
		if path != "" {
			below = path + "." + key
		}
		out[key] = treeSchema(byPath, below, item, shape)
	}
	return closed(out)
}

// leafSchema describes one option; v is its value.
func leafSchema(o *option.Option, v any, shape option.Shape) object {
	full, traits := shape == option.ShapeFull, o.Value.Traits()
	var s object
	switch kind := o.Type(); {
	case kind == "url" && full:
		s = ref("schemas", "URL")
	case kind == "host:port" && full:
		s = ref("schemas", "HostPort")
	case kind == "regexp" && full:
		s = ref("schemas", "Regexp")
	case kind == "duration", kind == "int":
		s = whole()
	case traits.List:
		s = list(text())
	case traits.Struct:
		s = structSchema(v, traits.Keys)
	default:
		s = typed(v)
	}
	words := o.Help
	switch {
	case o.Secret():
		words += " It is withheld: always empty."
	case o.Type() == "duration":
		words += " In nanoseconds."
	}
	return said(s, words)
}

// structSchema describes a list of structures, bare or under "value", or a
// mapping with free keys. Which members an item has is told in words, for
// some of them are withheld.
func structSchema(v any, keys []string) object {
	if keys == nil {
		return object{"type": "object", "additionalProperties": true}
	}
	items := list(object{"type": "object"})
	if _, wrapped := v.(map[string]any); wrapped {
		return closed(object{"value": items})
	}
	return items
}

// typed is the type of a value of JSON.
func typed(v any) object {
	switch v.(type) {
	case bool:
		return truth()
	case float64:
		return object{"type": "number"}
	case []any:
		return list(object{})
	case map[string]any:
		return object{"type": "object"}
	}
	return text()
}
