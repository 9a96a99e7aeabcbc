package values_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

var (
	named = regexp.MustCompile(`--[a-zA-Z0-9-]*[a-zA-Z0-9]`)
	words = regexp.MustCompile(`[a-z0-9]+`)
)

func TestHelpIsProse(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	seen := map[string]string{}
	for o := range r.All() {
		h := o.Help
		switch {
		case h == "" || h[0] < 'A' || h[0] > 'Z':
			t.Errorf("help of --%s is %q, want a capital in front", o.Flag, h)
		case !strings.HasSuffix(h, "."):
			t.Errorf("help of --%s is %q, want a period at its end", o.Flag, h)
		case strings.ContainsAny(h, "\n\r\t") || strings.Contains(h, "  "):
			t.Errorf("help of --%s is %q, want neither line breaks nor double spaces", o.Flag, h)
		case len(h) < 60 || len(h) > 300:
			t.Errorf("help of --%s has %d bytes, want 60 to 300: %s", o.Flag, len(h), h)
		case seen[h] != "":
			t.Errorf("help of --%s repeats that of --%s, want words of its own", o.Flag, seen[h])
		}
		seen[h] = o.Flag
		for _, flag := range named.FindAllString(h, -1) {
			other := r.ByFlag(flag[2:])
			switch {
			case other == nil:
				t.Errorf("help of --%s names %s, want only options that exist", o.Flag, flag)
			case other == o:
				t.Errorf("help of --%s names itself, want other options only", o.Flag)
			case other.Deprecated():
				t.Errorf("help of --%s names %s, want no deprecated option", o.Flag, flag)
			}
		}
	}
}

// A description whose words all stand in the title or the flag says nothing.
func TestHelpSaysMoreThanTheName(t *testing.T) {
	t.Parallel()
	for o := range build(t, develHost).All() {
		have := map[string]bool{}
		for _, w := range words.FindAllString(strings.ToLower(o.Name+" "+o.Flag), -1) {
			have[w] = true
		}
		more := 0
		for _, w := range words.FindAllString(strings.ToLower(o.Help), -1) {
			if !have[w] && len(w) > 3 {
				more++
			}
		}
		if more < 4 {
			t.Errorf("help of --%s adds %d words to its name, want 4 at least: %s", o.Flag, more, o.Help)
		}
	}
}

func TestHelpOfDeprecatedOptionsNamesTheirSuccessors(t *testing.T) {
	t.Parallel()
	for o := range build(t, develHost).All() {
		for _, flag := range o.UseInstead {
			if !strings.Contains(o.Help, "--"+flag) {
				t.Errorf("help of --%s does not name --%s, want its successor: %s", o.Flag, flag, o.Help)
			}
		}
	}
}

func TestHelpOfAccessTokenClaimsWarns(t *testing.T) {
	t.Parallel()
	o := build(t, develHost).ByFlag("oidc-access-token-claims")
	for _, want := range []string{"outside the OAuth specification", "--oidc-ignore-userinfo=true", "prefer"} {
		if !strings.Contains(o.Help, want) {
			t.Errorf("help of --%s lacks %q, want it: %s", o.Flag, want, o.Help)
		}
	}
	if !o.Hidden {
		t.Errorf("--%s is shown, want it hidden", o.Flag)
	}
}

func TestExamplesAreValidAndNew(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	for o := range r.All() {
		if o.Example == "" {
			continue
		}
		if o.Example == o.Default && o.Flag != "ssh-hostname-prefix" && o.Flag != "workspace-hostname-suffix" {
			t.Errorf("example of --%s is its default, want another value", o.Flag)
		}
		if _, ps := r.Resolve(layers(given(r, option.SourceFlag, o.Flag, o.Example))); refused(ps) {
			t.Errorf("example of --%s is refused: %v", o.Flag, ps)
		}
	}
}
