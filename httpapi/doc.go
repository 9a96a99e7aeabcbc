// Package httpapi serves the General API: what a deployment is, how it is
// configured and what it does.
//
// [New] makes a handler of a [Config]. It works on any catalog and on any
// store of users and tokens: a program mounts it in a server of its own.
//
//	api, err := httpapi.New(httpapi.Config{Settings: settings, Tokens: tokens, …})
//	mux.Handle("/api/", api)
//	mux.Handle("/healthz", api)
//
// The configuration arrives as an [option.Redacted], so no secret can get into
// an answer. Every request passes one sequence of steps, in the order of the
// fields of [API]; each handler makes a whole reply before a byte of it is
// sent, so that a panic turns into an answer like any other.
//
// The routes, who may use them and what they answer stand in one table, from
// which the mux and the OpenAPI document are made.
package httpapi
