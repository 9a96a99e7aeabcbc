package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"github.com/strataconf/strata/option"
)

// Config is what an API is made of. Settings, Tokens, Users, Stats and Now
// are needed; the zero value of all else leaves a feature out.
type Config struct {
	// Build is the program that answers.
	Build Build
	// Settings gives the configuration that GET /deployment/config shows.
	Settings Settings
	// Tokens and Users say who asks.
	Tokens Tokens
	Users  Users
	// Stats takes and tells what workspaces do.
	Stats Stats
	// Updates tells of newer versions; nil if nobody looks for them.
	Updates Updates
	// Ready says what keeps the program from working, for /readyz. The error
	// is logged and not sent. Nil is always ready.
	Ready func(context.Context) error
	// Now is the clock.
	Now func() time.Time
	// Log takes one record a request, and reports of browsers. Nil drops them.
	Log *slog.Logger

	// Shape is the form of the configuration for those who ask for none.
	Shape option.Shape
	// AccessURL is the address under which people reach the deployment: an
	// http or https URL with a host, or "".
	AccessURL string
	// RedirectToAccessURL sends those who come by another address there.
	RedirectToAccessURL bool
	// ServesTLS says that the program itself answers HTTPS, so that a plain
	// request can be sent on without coming back.
	ServesTLS bool
	// Proxies are the peers that may speak for others.
	Proxies Proxies
	// HSTS is told to those who come by TLS.
	HSTS HSTS
	// CSP is directives, each with its sources, that are added to the policy
	// of the pages.
	CSP []string
	// AllowAllCORS lets pages of any origin use the API, with cookies.
	AllowAllCORS bool
	// RateLimit is the number of requests a minute of one client; 0 is any.
	RateLimit int64

	// Experiments are those that are on, SafeExperiments those that an
	// asterisk stands for.
	Experiments, SafeExperiments []string
	// SSH is what clients write into their SSH configuration.
	SSH SSH
	// MaxTokenLifetime is the longest life of a token of anybody,
	// MaxAdminTokenLifetime that of an owner's.
	MaxTokenLifetime, MaxAdminTokenLifetime time.Duration
	// Swagger serves the OpenAPI document and a page to read it under /swagger.
	Swagger bool
}

// Build says what the program is.
type Build struct {
	Version        string // "v1.2.3"
	ExternalURL    string // the page of the project at that version
	DeploymentID   string // a UUID, the same for all replicas
	Telemetry      bool   // the option; the API itself sends none
	UpgradeMessage string // what clients of another version tell people
	WebPushKey     string // public key of notifications in the browser, or ""
}

// SSH is what clients write into their SSH configuration.
type SSH struct {
	Prefix, Suffix string
	// Options are lines of "key=value" or "key value". Of two with the same
	// key the later one counts.
	Options []string
}

// HSTS is the Strict-Transport-Security header.
type HSTS struct {
	Age     int64    // seconds; 0 leaves the header out
	Options []string // "includeSubDomains", "preload"
}

// errIncomplete tells programmers what they left out.
var errIncomplete = errors.New("httpapi: Config needs Settings, Tokens, Users, Stats and Now")

// check completes a Config.
func (c *Config) check() (access *url.URL, err error) {
	if c.Settings == nil || c.Tokens == nil || c.Users == nil || c.Stats == nil || c.Now == nil {
		return nil, errIncomplete
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Ready == nil {
		c.Ready = func(context.Context) error { return nil }
	}
	if c.AccessURL == "" {
		return nil, nil
	}
	u, err := url.Parse(c.AccessURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("httpapi: AccessURL is not an http or https URL with a host")
	}
	return u, nil
}
