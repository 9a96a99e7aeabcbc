package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/option"
)

// The ledger holds every name that the program ever had: flags, variables and
// paths in the file. It only grows, so that no file or unit that was once
// right comes to mean something else. "make update" appends what is new and
// marks what is retired; it removes nothing.

const ledgerFile = goldens + "names.tsv"

const (
	ledgerHead = "no\tname\toption\tsince\tstate"
	ledgerEnd  = "end"
	inUse      = "in use"
	retired    = "retired"
)

// An entry is one line of the ledger.
type entry struct {
	name   string // "--flag", "-f", "$VARIABLE", "$PREFIX_#_SUFFIX" or a path
	option string // the flag of the option that has the name, or had it last
	since  string // the version that brought it; "unreleased" until there is one
	state  string
}

func parseLedger(text string) (entries []entry, faults []string) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if lines[0] != ledgerHead {
		faults = append(faults, "the first line is not "+strconv.Quote(ledgerHead))
	}
	end := false
	for _, line := range lines[1:] {
		f := strings.Split(line, "\t")
		want := strconv.Itoa(len(entries) + 1)
		switch {
		case len(f) == 2 && f[0] == ledgerEnd:
			end = true
			if f[1] != strconv.Itoa(len(entries)) {
				faults = append(faults, "the end counts "+f[1]+" names, but there are "+strconv.Itoa(len(entries))+": give the lines back that are gone")
			}
			continue
		case len(f) != 5 || end || f[4] != inUse && f[4] != retired:
			faults = append(faults, "not a line of the ledger: "+line)
			continue
		case f[0] != want:
			faults = append(faults, "number "+f[0]+" stands where "+want+" belongs: give the lines back that are gone")
		}
		if slices.ContainsFunc(entries, func(e entry) bool { return e.name == f[1] }) {
			faults = append(faults, f[1]+" stands there twice")
		}
		entries = append(entries, entry{f[1], f[2], f[3], f[4]})
	}
	if !end {
		faults = append(faults, "the last line is gone: give it back, and those before it")
	}
	return entries, faults
}

func writeLedger(entries []entry) string {
	var b strings.Builder
	b.WriteString(ledgerHead + "\n")
	for i, e := range entries {
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\n", i+1, e.name, e.option, e.since, e.state)
	}
	fmt.Fprintf(&b, "%s\t%d\n", ledgerEnd, len(entries))
	return b.String()
}

// advance brings a ledger up to date with a catalog. What it can't mend is a
// fault: a name that is gone without a tombstone, and a retired or a living
// one that another option took.
func advance(entries []entry, c *option.Catalog) (out []entry, faults []string) {
	owner := map[string]*option.Option{}
	var order []string
	for o := range c.All() {
		for _, name := range namesOf(c, o) {
			owner[name] = o
			order = append(order, name)
		}
	}
	known := map[string]bool{}
	for _, e := range entries {
		known[e.name] = true
		o := owner[e.name]
		switch {
		case o != nil && !follows(c, e.option, o) && e.state == retired:
			faults = append(faults, fmt.Sprintf("%s is a retired name of --%s, and --%s has it now: choose another name", e.name, e.option, o.Flag))
		case o != nil && !follows(c, e.option, o):
			faults = append(faults, fmt.Sprintf("%s is a name of --%s, and --%s has it now: choose another name", e.name, e.option, o.Flag))
		case o != nil:
			e.option, e.state = o.Flag, inUse
		case e.state == inUse && mayRest(e.name) && c.Tombstone(e.name) == nil:
			faults = append(faults, fmt.Sprintf("%s, a name of --%s, is gone: give it a tombstone in values.Tombstones", e.name, e.option))
		default:
			e.state = retired
		}
		out = append(out, e)
	}
	for _, name := range order {
		if !known[name] {
			out = append(out, entry{name, owner[name].Flag, cmp.Or(owner[name].Since, "unreleased"), inUse})
		}
	}
	for _, t := range c.Tombstones() {
		for _, name := range []string{"--" + t.Flag, "$" + string(t.Env), t.YAML} {
			if strings.Trim(name, "-$") != "" && !known[name] {
				out = append(out, entry{name, t.UseInstead, "before", retired})
			}
		}
	}
	return out, faults
}

// mayRest reports whether a tombstone can hold a name: short flags and
// numbered variables have none.
func mayRest(name string) bool {
	return !strings.Contains(name, "#") && (!strings.HasPrefix(name, "-") || strings.HasPrefix(name, "--"))
}

// follows reports whether an option is the one that had a flag, or took over
// from it: it fills the same field, or a tombstone says so.
func follows(c *option.Catalog, flag string, o *option.Option) bool {
	if o.Flag == flag || slices.ContainsFunc(o.Siblings(), func(s *option.Option) bool { return s.Flag == flag }) {
		return true
	}
	t := c.Tombstone("--" + flag)
	return t != nil && t.UseInstead == o.Flag
}

// namesOf are the names of an option as the ledger spells them.
func namesOf(c *option.Catalog, o *option.Option) []string {
	var out []string
	for _, name := range []struct{ mark, text string }{{"--", o.Flag}, {"-", o.Short}, {"$", string(o.Env)}, {"", o.Path()}, {"--", o.FileFlag()}, {"$", o.FileEnv()}} {
		if name.text != "" {
			out = append(out, name.mark+name.text)
		}
	}
	if x := o.Indexed; x != nil {
		for _, prefix := range x.Prefixes {
			for _, f := range x.Fields {
				out = append(out, "$"+c.EnvPrefix()+prefix+"_#_"+f.Env)
			}
		}
	}
	return out
}

// TestNamesLedger holds the catalog against the ledger.
func TestNamesLedger(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(ledgerFile)
	if err != nil {
		t.Fatal(err)
	}
	entries, faults := parseLedger(string(text))
	for _, f := range faults {
		t.Errorf("%s: %s", ledgerFile, f)
	}
	if len(faults) > 0 {
		return // an update must not seal what is wrong
	}
	entries, faults = advance(entries, resolved(t).Catalog())
	for _, f := range faults {
		t.Error(f)
	}
	if len(faults) == 0 {
		golden.Check(t, ledgerFile, []byte(writeLedger(entries)))
	}
}

func TestLedgerFaults(t *testing.T) {
	t.Parallel()
	whole := writeLedger([]entry{{"--a", "a", "v1", inUse}, {"$A", "a", "v1", retired}, {"a.b", "a", "v2", inUse}})
	for _, k := range []struct{ name, text, want string }{
		{"whole", whole, ""},
		{"a line gone", strings.Replace(whole, "2\t$A\ta\tv1\tretired\n", "", 1), "number 3 stands where 2 belongs: give the lines back that are gone; the end counts 3 names, but there are 2: give the lines back that are gone"},
		{"the last name gone", strings.Replace(whole, "3\ta.b\ta\tv2\tin use\n", "", 1), "the end counts 3 names, but there are 2: give the lines back that are gone"},
		{"the end gone", strings.TrimSuffix(whole, "end\t3\n"), "the last line is gone: give it back, and those before it"},
		{"a name twice", strings.Replace(whole, "a.b", "$A", 1), "$A stands there twice"},
		{"no state", strings.Replace(whole, "retired", "", 1), "not a line of the ledger: 2\t$A\ta\tv1\t; number 3 stands where 2 belongs: give the lines back that are gone; the end counts 3 names, but there are 2: give the lines back that are gone"},
		{"empty", "", `the first line is not "no\tname\toption\tsince\tstate"; the last line is gone: give it back, and those before it`},
	} {
		if _, faults := parseLedger(k.text); strings.Join(faults, "; ") != k.want {
			t.Errorf("%s: got %s, want %s", k.name, strings.Join(faults, "; "), k.want)
		}
	}
}

// TestLedgerAdvances plays what maintainers do to the names of the program.
func TestLedgerAdvances(t *testing.T) {
	t.Parallel()
	c := resolved(t).Catalog()
	entries, faults := advance(nil, c)
	if len(faults) > 0 || len(entries) < 2*c.Len() {
		t.Fatalf("from nothing: %d names, faults %q", len(entries), faults)
	}
	again, faults := advance(entries, c)
	if len(faults) > 0 || !slices.Equal(again, entries) {
		t.Errorf("a ledger that is up to date: got another one, faults %q", faults)
	}
	for _, k := range []struct {
		name string
		old  entry
		want string // the fault, or the state that it has then
	}{
		{"it lives", entry{"--tls-address", "tls-address", "v1", inUse}, inUse},
		{"it rests", entry{"--template-insights-enable", "template-insights-enable", "v1", inUse}, retired},
		{"it is back", entry{"--tls-address", "tls-address", "v1", retired}, inUse},
		{"it is with the newer spelling", entry{"--email-from", "notifications-email-from", "v1", inUse}, inUse},
		{"it is with the successor", entry{"$CODER_STATS_COLLECTION_USAGE_STATS_ENABLE", "template-insights-enable", "v1", inUse}, inUse},
		{"it is gone", entry{"--never", "never", "v1", inUse}, "--never, a name of --never, is gone: give it a tombstone in values.Tombstones"},
		{"a path is gone", entry{"a.b", "never", "v1", inUse}, "a.b, a name of --never, is gone: give it a tombstone in values.Tombstones"},
		{"a short flag is gone", entry{"-z", "never", "v1", inUse}, retired},
		{"a number is gone", entry{"$CODER_X_#_Y", "never", "v1", inUse}, retired},
		{"it was retired long ago", entry{"--never", "never", "v1", retired}, retired},
		{"another took it", entry{"$CODER_TLS_ADDRESS", "verbose", "v1", inUse}, "$CODER_TLS_ADDRESS is a name of --verbose, and --tls-address has it now: choose another name"},
		{"another took it later", entry{"networking.tls.address", "never", "v1", retired}, "networking.tls.address is a retired name of --never, and --tls-address has it now: choose another name"},
	} {
		out, faults := advance([]entry{k.old}, c)
		got := strings.Join(faults, "; ")
		if got == "" {
			got = out[0].state
		}
		if got != k.want || out[0].name != k.old.name || out[0].since != k.old.since {
			t.Errorf("%s: got %s and %q, want %s", k.name, got, out[0], k.want)
		}
	}
}
