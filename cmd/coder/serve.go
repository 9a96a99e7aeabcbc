package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/internal/files"
)

// stopTimeout is what requests get to end, of the 5 s that a stop may take.
const stopTimeout = 4 * time.Second

// serve runs the server until the context ends, and lets requests finish then.
func (p *program) serve(ctx context.Context, snap *snapshot, reader files.Reader) error {
	endure()
	p.Stderr = &locked{to: p.Stderr}
	logs, problem := p.openLogs(snap)
	if problem != nil {
		return p.refuse(problem)
	}
	defer logs.Close()
	doors, problem := listen(ctx, snap, p.bounds())
	if problem != nil {
		return p.refuse(problem)
	}
	defer doors.Close()
	if ctx.Err() != nil {
		return nil // told to stop before it began
	}
	if err := doors.secure(ctx, snap, reader, logs); err != nil {
		return err
	}
	db, err := p.openDatabase(ctx, snap, logs)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	defer db.Close()

	s := newService(db.Store, snap, p.Build, p.now, logs)
	config, err := s.config(ctx, snap, p.Build)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return unavailable(err.Error())
	}
	api, err := httpapi.New(config)
	if err != nil {
		return err // the rules of the options do not let it come so far
	}
	s.warn(snap)
	p.welcome(ctx, db, logs)
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	done := s.work(work, snap)
	defer func() {
		stopWork()
		<-done
	}()
	return p.answer(ctx, doors.open(api, logs), s, logs)
}

// answer waits until the context ends or a listener fails.
func (p *program) answer(ctx context.Context, servers *servers, s *service, logs *logs) error {
	for _, url := range servers.urls {
		logs.say("listening on " + url)
	}
	note := newNotifier(p.Environ)
	note.say("READY=1")
	defer note.watch()()
	var failed error
	for running := true; running; {
		select {
		case failed = <-servers.failed:
			running = false
		case <-ctx.Done():
			running = false
		case <-p.Hangups:
			logs.log.Warn("a hang-up changes nothing; restart the server to have it read its configuration again")
		}
	}
	note.say("STOPPING=1")
	s.health.stopping.Store(true)
	// The context that ended must not end the farewell too.
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if cut := servers.stop(stop); cut {
		logs.log.Warn("requests that were under way have been cut off", "after", stopTimeout)
	}
	if failed != nil {
		return unavailable("the listener failed: " + osReason(failed))
	}
	logs.say("stopped")
	return nil
}

// welcome tells how to make the first user.
func (p *program) welcome(ctx context.Context, db *database, logs *logs) {
	users, err := db.Users(ctx)
	if err != nil || len(users) > 0 {
		return
	}
	with := ""
	if db.temporary != "" {
		with = "CODER_CONFIG_DIR=" + db.temporary + " "
	}
	logs.say("nobody can sign in yet; make an owner and a token, with the options of this server:")
	logs.say("  " + with + "coder users create --username NAME --role owner")
	logs.say("  " + with + "coder tokens create --user NAME")
}

// locked lets several write at once.
type locked struct {
	mu sync.Mutex
	to io.Writer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(b)
}

// unavailable is a fault of what the server needs: exit code 3. A later start
// may succeed with the same configuration.
type unavailable string

func (e unavailable) Error() string { return string(e) }

// flags names options for people.
func flags(names ...string) string {
	return fmt.Sprint("--", strings.Join(names, ", --"))
}
