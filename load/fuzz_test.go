package load_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// canary is what people paste into a wrong place. It is near no name.
const canary = "Zq7CANARYzq7"

// FuzzArgs holds that no command line stops the reader, that every place is
// one of an argument, and that nothing of a value shows.
func FuzzArgs(f *testing.F) {
	for _, seed := range []string{
		"--count 7 -vn=7 --", "--items= --items a,b", "--links [{id: x}]", "-c - --config=", "--insights --cuont", "-test.v -h --help",
		"--=x ---x -= -v= -c= - --", "--tls-enable false", "--count -5 -n -v", "--token \xff\n",
	} {
		f.Add(strings.ReplaceAll(seed, " ", "\x00"))
	}
	c := build(f).Catalog
	f.Fuzz(func(t *testing.T, line string) {
		args := strings.Split(line, "\x00")
		for i := range args {
			leaks(t, load.Args(c, with(args, i, args[i]+"="+canary), 1), len(args))
			leaks(t, load.Args(c, with(args, i, args[i]+canary), 1), len(args))
			leaks(t, load.Args(c, with(args, i, canary), 1), len(args))
			if i == 3 {
				break
			}
		}
	})
}

func with(args []string, i int, arg string) []string {
	out := append([]string(nil), args...)
	out[i] = arg
	return out
}

func leaks(t *testing.T, l option.Layer, n int) {
	t.Helper()
	for _, p := range l.Problems {
		if strings.Contains(p.Error(), canary) || strings.Contains(p.Origin.String(), canary) || strings.Contains(p.Name, canary) {
			t.Errorf("the canary shows in %q", p.Error())
		}
		if strings.ContainsFunc(p.Error(), func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("a control character shows in %q", p.Error())
		}
		if at := int(p.Origin.Arg); l.Source == option.SourceFlag && (at < 1 || at > n) {
			t.Errorf("got place argv[%d] of %d arguments: %v", at, n, p)
		}
	}
	for _, in := range l.Inputs {
		if at := int(in.Origin.Arg); in.Option == nil || l.Source == option.SourceFlag && (at < 1 || at > n) {
			t.Errorf("got an input at argv[%d] of %d arguments", at, n)
		}
	}
}

// FuzzEnviron holds the same of environments.
func FuzzEnviron(f *testing.F) {
	for _, seed := range []string{
		"TOY_COUNT=7 TOY_COUNT=8", "TOY_LINK_0_ID=a TOY_LINK_2_ID=b TOY_OLDLINK_0_ID=c", "TOY_PORT=tcp://10.0.0.1:80", "TOY_= = TOY", "TOY_LINK_00_ID=",
		"WGTUN=\xff TOY_TOKEN=\n", "TOY_INSIGHTS= TOY_HTTP_PORT=udp://[::1]:1", "TOY_LINK_0_SCOPES=a", "TOY_LINK_99999999999999999999_ID=a",
	} {
		f.Add(strings.ReplaceAll(seed, " ", "\x00"))
	}
	r := build(f)
	f.Fuzz(func(t *testing.T, block string) {
		entries := strings.Split(block, "\x00")
		for i := range entries {
			leaks(t, load.Environ(r.Catalog, with(entries, i, entries[i]+canary)), 0)
			leaks(t, load.Environ(r.Catalog, with(entries, i, "TOY_"+canary+"="+entries[i])), 0)
			if i == 3 {
				break
			}
		}
		for i, e := range entries {
			if name, _, ok := strings.Cut(e, "="); ok && i < 8 {
				entries[i] = name + "=" + canary
			}
		}
		_, ps := load.Load(r, process(nil, entries, memory{}))
		leaks(t, option.Layer{Problems: ps}, 0)
	})
}

// FuzzSecretFile holds that a file with a secret is its value but for one line
// break at the end, or refused, and that nothing of it shows.
func FuzzSecretFile(f *testing.F) {
	for _, seed := range []string{"x", "x\n", "x\r\n", "\n", "", "a\nb\n", "x \n", "\"x\"\n", "\uFEFFx", "\xff", "\x00", "[a, b]", "{a: b}", "a,b\nc"} {
		f.Add(seed)
	}
	r := keyedRegistry(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, planted := range []string{text, text + canary, canary + "\n" + text} {
			s, ps := load.Load(r, load.Process{Args: []string{"--own-file=o", "--keys-file=k", "--outside-file=o"}, FirstArg: 1, Files: memory{"o": planted, "k": planted}})
			leaks(t, option.Layer{Problems: ps}, 0)
			if s == nil {
				continue
			}
			want := strings.TrimSuffix(strings.TrimSuffix(planted, "\n"), "\r")
			if !strings.HasSuffix(planted, "\n") {
				want = planted
			}
			if got := s.View().Outside.Reveal(); got != want {
				t.Errorf("a file with %q is the secret %q, want %q", planted, got, want)
			}
		}
	})
}
