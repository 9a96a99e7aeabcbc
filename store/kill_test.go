package store_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/stats"
	"github.com/strataconf/strata/store"
)

// child writes for ever, and says what was confirmed.
func child(url string) {
	ctx := context.Background()
	c := store.Config{Path: os.Getenv("STORE_PATH"), Now: time.Now}
	if url != "sqlite" {
		c.PostgresURL = func() string { return url }
	}
	fmt.Println("opening")
	s, err := store.Open(ctx, c)
	for i := 0; err == nil; i++ {
		var text string
		if text, _, err = s.CreateToken(ctx, "ann", time.Hour); err != nil {
			break
		}
		report := stats.Batch{ID: rand.Text(), Agents: []stats.AgentUsage{{AgentID: rand.Text(), RxBytes: 1}}}
		if err = s.Report(ctx, report); err == nil {
			fmt.Println(text[:10])
		}
	}
	fmt.Println("error", err)
	os.Exit(1)
}

// What was confirmed is there after the process was killed.
func TestKill(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		d.Config.Now = time.Now
		s := d.open(t)
		user(t, s, "ann", store.Owner)
		_ = s.Close()
		var confirmed []string
		for _, lines := range []int{1, 20, 50} {
			confirmed = append(confirmed, killed(t, d, lines)...)
		}
		s = d.open(t)
		for _, id := range confirmed {
			if _, _, _, _, _, err := s.Token(t.Context(), id); err != nil {
				t.Errorf("token %s of %d: %v", id, len(confirmed), err)
			}
		}
		if a, err := s.Stats(t.Context(), time.Now()); err != nil || a.Workspaces.RxBytes < int64(len(confirmed)) {
			t.Errorf("got %d reports %v, want %d at least", a.Workspaces.RxBytes, err, len(confirmed))
		}
	})
}

// A start that was killed does not keep the next from starting.
func TestKillWhileOpening(t *testing.T) {
	both(t, func(t *testing.T, d database) {
		for range 5 {
			killed(t, d, 0)
		}
		user(t, d.open(t), "ann", store.Owner)
	})
}

// killed runs a child until it has said so many lines, and kills it in the
// middle of whatever it does then. With none it is killed as it opens.
func killed(t *testing.T, d database, lines int) (confirmed []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	deed := "sqlite"
	if d.PostgresURL != nil {
		deed = d.PostgresURL()
	}
	cmd.Env = append(os.Environ(), "STORE_CHILD="+deed, "STORE_PATH="+d.Path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for said.Scan() {
		if strings.HasPrefix(said.Text(), "error") {
			t.Errorf("child: %s", said.Text())
			break
		}
		if lines == 0 {
			_ = cmd.Process.Kill()
		}
		// A line may be cut by the kill.
		if len(said.Text()) == 10 {
			confirmed = append(confirmed, said.Text())
		}
		if len(confirmed) == lines {
			_ = cmd.Process.Kill()
		}
	}
	_ = cmd.Wait()
	if len(confirmed) < lines {
		t.Errorf("got %d lines, want %d", len(confirmed), lines)
	}
	return confirmed
}
