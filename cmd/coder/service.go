package main

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/stats"
	"github.com/strataconf/strata/store"
	"github.com/strataconf/strata/values"
)

// A service is what runs behind the API.
type service struct {
	store   observed
	health  *health
	stats   *stats.Aggregator
	updates *updates
	now     func() time.Time
	logs    *logs
}

func newService(db *store.Store, snap *snapshot, b build, now func() time.Time, logs *logs) *service {
	v := snap.View()
	s := &service{now: now, logs: logs, health: &health{
		ping: db.Ping, refresh: v.HealthCheck.Refresh, slow: v.HealthCheck.ThresholdDatabase, now: now, log: logs.named("health"),
	}}
	s.store = observed{db, s.health}
	s.stats = stats.NewAggregator(s.store, stats.Options{
		Interval: v.AgentStatRefreshInterval, Usage: v.StatsCollection.UsageStats.Enable, Now: now,
	})
	if v.UpdateCheck && b.UpdateURL != "" {
		s.updates = newUpdates(b, db, logs.named("updates"))
	}
	return s
}

// config is what the options say to the API.
func (s *service) config(ctx context.Context, snap *snapshot, b build) (httpapi.Config, error) {
	v := snap.View()
	c := httpapi.Config{
		Build: httpapi.Build{
			Version: b.Version, ExternalURL: b.url(), DeploymentID: s.store.DeploymentID(), Telemetry: v.Telemetry.Enable, UpgradeMessage: v.CLIUpgradeMessage,
		},
		Settings: settings{snap.Redact()}, Tokens: s.store, Users: s.store, Stats: s.stats, Ready: s.health.ready,
		Now: s.now, Log: s.logs.named("http"),
		AccessURL: v.AccessURL.String(), RedirectToAccessURL: v.RedirectToAccessURL, ServesTLS: v.TLS.Enable,
		Proxies: httpapi.Proxies{Origins: networks(v.ProxyTrustedOrigins), Headers: v.ProxyTrustedHeaders},
		HSTS:    httpapi.HSTS{Age: v.StrictTransportSecurity, Options: v.StrictTransportSecurityOptions},
		CSP:     v.AdditionalCSPPolicy, AllowAllCORS: v.Dangerous.AllowAllCORS, RateLimit: v.RateLimit.API,
		Experiments: values.EnabledExperiments(v.Experiments), SafeExperiments: values.SafeExperiments(),
		SSH:              httpapi.SSH{Prefix: v.ConfigSSH.DeploymentName, Suffix: v.WorkspaceHostnameSuffix, Options: v.ConfigSSH.SSHConfigOptions},
		MaxTokenLifetime: v.SessionLifetime.MaxTokenLifetime, MaxAdminTokenLifetime: v.SessionLifetime.MaxAdminTokenLifetime,
		Swagger: v.Swagger.Enable,
	}
	if v.RateLimit.DisableAll {
		c.RateLimit = 0
	}
	if s.updates != nil {
		c.Updates = s.updates
	}
	var err error
	if slices.Contains(c.Experiments, "web-push") {
		c.Build.WebPushKey, err = s.store.PushKey(ctx)
	}
	return c, err
}

// networks reads what the kind of the option has checked.
func networks(texts []string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		if p, err := netip.ParsePrefix(text); err == nil {
			out = append(out, p.Masked())
		}
	}
	return out
}

// settings is a configuration that never changes.
type settings struct{ redacted *option.Redacted }

func (s settings) Redacted() *option.Redacted { return s.redacted }

// warn tells of options that are set and can't do what they say.
func (s *service) warn(snap *snapshot) {
	v := snap.View()
	for _, w := range []struct {
		when bool
		say  string
	}{
		{v.RedirectToAccessURL && !v.AccessURL.IsSet(), "nobody is redirected: " + flags("redirect-to-access-url") + " needs " + flags("access-url")},
		{v.UpdateCheck && s.updates == nil, "no update is looked for: this program was built without an address to ask"},
		{slices.Contains(v.Experiments, "*") && len(values.SafeExperiments()) == 0, "no experiment is safe yet, so an asterisk turns none on"},
		{len(v.ProxyTrustedHeaders) > 0 && len(v.ProxyTrustedOrigins) == 0, flags("proxy-trusted-headers") + " is heeded from " + flags("proxy-trusted-origins") + " only, which is empty"},
	} {
		if w.when {
			s.logs.log.Warn(w.say)
		}
	}
}

// The times between two rounds of work.
const (
	purgeEvery  = time.Hour
	updateEvery = 24 * time.Hour
	retryUpdate = time.Hour
)

// work does what is to be done beside requests until the context ends. The
// channel is closed when all of it has ended.
func (s *service) work(ctx context.Context, snap *snapshot) (done <-chan struct{}) {
	v := snap.View()
	var all sync.WaitGroup
	all.Go(func() { s.refresh(ctx, max(v.AgentStatRefreshInterval, time.Millisecond)) })
	all.Go(func() { each(ctx, purgeEvery, func() { s.purge(ctx, v.Retention.APIKeys) }) })
	if s.updates != nil {
		all.Go(func() { s.updates.work(ctx) })
	}
	ended := make(chan struct{})
	go func() {
		all.Wait()
		close(ended)
	}()
	return ended
}

// each does something at once and then at every interval.
func each(ctx context.Context, interval time.Duration, do func()) {
	t := time.NewTicker(interval)
	defer t.Stop()
	for {
		do()
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

func (s *service) refresh(ctx context.Context, interval time.Duration) {
	tell := func(err error) { s.logs.named("stats").Warn("the statistics stay as they are", "reason", err.Error()) }
	if err := s.stats.Refresh(ctx); err != nil && ctx.Err() == nil {
		tell(err)
	}
	t := time.NewTicker(interval)
	defer t.Stop()
	s.stats.Run(ctx, t.C, tell)
}

// purge forgets what nobody needs any more. Zero keeps tokens for ever.
func (s *service) purge(ctx context.Context, retention time.Duration) {
	log := s.logs.named("purge")
	if retention > 0 {
		n, err := s.store.PurgeTokens(ctx, s.now().Add(-retention))
		if err == nil && n > 0 {
			log.Info("tokens that ended were forgotten", "tokens", n)
		} else if err != nil && ctx.Err() == nil {
			log.Warn("tokens can't be forgotten", "reason", err.Error())
		}
	}
	if n, err := s.store.PurgeStats(ctx); err != nil && ctx.Err() == nil {
		log.Warn("reports can't be forgotten", "reason", err.Error())
	} else {
		log.Debug("reports were forgotten", "rows", n)
	}
}
