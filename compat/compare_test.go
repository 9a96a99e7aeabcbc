package compat_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

const (
	bad  = compat.Breaking
	look = compat.Notable
	fine = compat.Compatible
)

// A class is one way in which two catalogs differ, and what is said of it.
type class struct {
	name    string
	kind    compat.Kind
	verdict compat.Verdict
	flag    string                     // the option that is changed; "" for the whole catalog
	edit    func(*docgen.Listing)      // of the newer catalog
	change  func(*docgen.ListedOption) // likewise, of the option
	before  func(*docgen.Listing)      // of the older catalog
	want    string                     // "reason (hint)"
	also    []compat.Kind              // other kinds of change that come with it
}

type (
	listing = docgen.Listing
	opt     = docgen.ListedOption
)

var classes = []class{
	{name: "prefix", kind: compat.KindProgram, verdict: bad, edit: func(l *listing) {
		l.EnvPrefix = "APP_"
		for i := range l.Options {
			l.Options[i].Env = strings.Replace(l.Options[i].Env, "TOY_", "APP_", 1)
		}
		l.Options[8].FileEnv = "APP_KEY_FILE"
		l.Options[9].Indexed.Prefixes[0] = "APP_LINK"
	}, want: "variables begin with APP_, and began with TOY_ (rename each variable)"},
	{name: "another flag of the file", kind: compat.KindProgram, verdict: bad, edit: func(l *listing) { l.ConfigFlag = "cache" }, want: "the file is named by --cache, and was named by --config"},
	{name: "no flag of the file", kind: compat.KindProgram, verdict: bad, edit: func(l *listing) { l.ConfigFlag = "" }, want: "no option names a file, as --config did"},
	{name: "a flag of the file", kind: compat.KindProgram, verdict: fine, before: func(l *listing) { l.ConfigFlag = "" }, edit: func(l *listing) { l.ConfigFlag = "config" }, want: "--config names a file"},
	{name: "empty is a value", kind: compat.KindProgram, verdict: bad, edit: func(l *listing) { l.KeepEmpty = true }, want: "an empty variable is a value now, and counted as not set (take empty variables away)"},
	{name: "empty is none", kind: compat.KindProgram, verdict: bad, before: func(l *listing) { l.KeepEmpty = true }, edit: func(l *listing) { l.KeepEmpty = false }, want: "an empty variable counts as not set now, and was a value (give an empty value by a flag or in the file)"},
	{name: "program", kind: compat.KindProgram, verdict: look, edit: func(l *listing) { l.Program = "app" }, want: "the program is named app, and was named toy"},

	{name: "removed without a word", kind: compat.KindRemoved, verdict: bad, flag: "wait", edit: func(l *listing) { drop(l, "wait") }, want: "removed, and its name is unknown (remove it: a flag or a key of the file is refused, and a variable is ignored with a warning)"},
	{name: "removed with a tombstone", kind: compat.KindRemoved, verdict: bad, flag: "wait", edit: func(l *listing) {
		drop(l, "wait")
		l.Retired = append(l.Retired, docgen.ListedName{Flag: "wait", Env: "TOY_WAIT", YAML: "wait"})
	}, want: "removed, and its name is refused (remove it: what uses one of its names is refused)"},
	{name: "removed for another", kind: compat.KindRemoved, verdict: bad, flag: "wait", edit: func(l *listing) {
		drop(l, "wait")
		l.Retired = append(l.Retired, docgen.ListedName{Flag: "wait", UseInstead: "workers"})
	}, want: "removed, and its name is refused (use --workers, TOY_WORKERS or workers)"},
	{name: "older spelling removed", kind: compat.KindRemoved, verdict: bad, flag: "old-site", edit: func(l *listing) { drop(l, "old-site"); l.Options[4].SameField = nil }, want: "removed, and its name is unknown (use --site, TOY_SITE or net.site)"},
	{name: "removed, as was announced", kind: compat.KindRemoved, verdict: bad, flag: "wait", before: func(l *listing) { l.Options[3].UseInstead = []string{"workers"} }, edit: func(l *listing) { drop(l, "wait") }, want: "removed, and its name is unknown (use --workers, TOY_WORKERS or workers)"},

	{name: "renamed at once", kind: compat.KindRenamed, verdict: bad, flag: "wait", edit: func(l *listing) { l.Options[3].Flag = "pause" }, want: "renamed from --wait to --pause, and the old name is unknown (use --pause, TOY_WAIT or wait)"},
	{name: "renamed with a tombstone", kind: compat.KindRenamed, verdict: bad, flag: "wait", edit: func(l *listing) {
		l.Options[3].Flag = "pause"
		l.Retired = append(l.Retired, docgen.ListedName{Flag: "wait", UseInstead: "pause"})
	}, want: "renamed from --wait to --pause, and the old name is refused (use --pause, TOY_WAIT or wait)"},
	{name: "renamed gently", kind: compat.KindRenamed, verdict: look, flag: "wait", edit: func(l *listing) {
		l.Options[3].UseInstead, l.Options[3].Retires = []string{"pause"}, "v3"
		l.Options = append(l.Options, opt{Name: "Pause", Flag: "pause", JSON: "wait", Type: "duration", Effect: "server", Reload: true})
	}, want: "renamed to --pause, and the old name still works until v3 (use --pause)", also: []compat.Kind{compat.KindAdded}},

	{name: "a name of another option", kind: compat.KindReused, verdict: bad, flag: "debug", edit: func(l *listing) { l.Options[3].Env, l.Options[6].Env = "", "TOY_WAIT" }, want: "TOY_WAIT meant --wait, and means --debug now (look at each use of TOY_WAIT)", also: []compat.Kind{compat.KindVariable}},
	{name: "a retired name", kind: compat.KindReused, verdict: bad, flag: "gone", edit: func(l *listing) {
		l.Retired = l.Retired[:1]
		l.Options = append(l.Options, opt{Name: "Gone", Flag: "gone", JSON: "gone", Effect: "server"})
	}, want: "--gone was retired, and means --gone now (look at each use of --gone)", also: []compat.Kind{compat.KindAdded}},
	{name: "a retired name that is back", kind: compat.KindReused, verdict: fine, flag: "site", edit: func(l *listing) { l.Retired[0].YAML = ""; l.Options[4].YAML = "net.crypt" }, want: "net.crypt was retired, and means --site again", also: []compat.Kind{compat.KindPath}},

	{name: "variable renamed", kind: compat.KindVariable, verdict: bad, flag: "wait", change: func(o *opt) { o.Env = "TOY_PAUSE" }, want: "its variable is TOY_PAUSE, and was TOY_WAIT; the old name is ignored with a warning (use TOY_PAUSE)"},
	{name: "variable removed", kind: compat.KindVariable, verdict: bad, flag: "wait", change: func(o *opt) { o.Env = "" }, want: "no variable sets it, as TOY_WAIT did; the old name is ignored with a warning (use --wait or wait)"},
	{name: "variable retired", kind: compat.KindVariable, verdict: bad, flag: "wait", edit: func(l *listing) {
		l.Options[3].Env = ""
		l.Retired = append(l.Retired, docgen.ListedName{Env: "TOY_WAIT", UseInstead: "wait"})
	}, want: "no variable sets it, as TOY_WAIT did; the old name is refused (use --wait or wait)"},
	{name: "variable added", kind: compat.KindVariable, verdict: fine, flag: "links", change: func(o *opt) { o.Env = "TOY_LINKS" }, want: "a variable sets it too: TOY_LINKS"},
	{name: "variable of the older spelling", kind: compat.KindVariable, verdict: look, flag: "site", edit: func(l *listing) { l.Options[4].Env, l.Options[5].Env = "TOY_WEB", "TOY_SITE" }, want: "its variable is TOY_WEB, and was TOY_SITE; the old name still works"},
	{name: "a number less", kind: compat.KindNumbered, verdict: bad, flag: "links", change: func(o *opt) { o.Indexed.Suffixes = o.Indexed.Suffixes[:1] }, want: "these variables are gone: TOY_LINK_#_TARGET (rename or remove them, for they are ignored with a warning)"},
	{name: "a number more", kind: compat.KindNumbered, verdict: fine, flag: "links", change: func(o *opt) { o.Indexed.Prefixes = append(o.Indexed.Prefixes, "TOY_URL") }, want: "these variables are new: TOY_URL_#_NAME, TOY_URL_#_TARGET"},
	{name: "prefixes of numbers in another order", kind: compat.KindNumbered, verdict: look, flag: "links", before: func(l *listing) { l.Options[9].Indexed.Prefixes = []string{"TOY_LINK", "TOY_OLD", "TOY_GONE"} }, change: func(o *opt) { o.Indexed.Prefixes = []string{"TOY_NEW", "TOY_OLD", "TOY_LINK"} }, want: "where numbered variables of TOY_OLD and of TOY_LINK are set, the former count now (keep those of one prefix)", also: []compat.Kind{compat.KindNumbered}},

	{name: "flag for a file", kind: compat.KindFile, verdict: fine, flag: "cache", change: func(o *opt) { o.FileFlag = "cache-file" }, want: "a flag for a file sets it too: --cache-file"},
	{name: "no flag for a file", kind: compat.KindFile, verdict: bad, flag: "key", change: func(o *opt) { o.FileFlag = "" }, want: "no flag for a file sets it, as --key-file did; the old name is unknown, and so refused (use --key or TOY_KEY)"},
	{name: "variable for a file renamed", kind: compat.KindFile, verdict: bad, flag: "key", change: func(o *opt) { o.FileEnv = "TOY_KEYFILE" }, want: "its variable for a file is TOY_KEYFILE, and was TOY_KEY_FILE; the old name is ignored with a warning (use TOY_KEYFILE)"},

	{name: "key renamed", kind: compat.KindPath, verdict: bad, flag: "color", change: func(o *opt) { o.YAML = "net.colour" }, want: "its path in the file is net.colour, and was net.color; the old name is unknown, and so refused (use net.colour)"},
	{name: "key removed", kind: compat.KindPath, verdict: bad, flag: "color", change: func(o *opt) { o.YAML = "" }, want: "no path in the file sets it, as net.color did; the old name is unknown, and so refused (use --color or TOY_COLOR)"},
	{name: "key added", kind: compat.KindPath, verdict: fine, flag: "old-site", change: func(o *opt) { o.YAML = "net.old" }, want: "a path in the file sets it too: net.old"},
	{name: "group moved", kind: compat.KindMoved, verdict: bad, flag: "color", change: func(o *opt) { o.YAML = "web.color" }, want: "its path in the file is web.color, and was net.color; the old name is unknown, and so refused (use web.color)"},
	{name: "short flag renamed", kind: compat.KindShort, verdict: bad, flag: "workers", change: func(o *opt) { o.Short = "j" }, want: "its short flag is -j, and was -w; the old name is unknown, and so refused (use -j)"},
	{name: "short flag removed", kind: compat.KindShort, verdict: bad, flag: "workers", change: func(o *opt) { o.Short = "" }, want: "no short flag sets it, as -w did; the old name is unknown, and so refused (use --workers, TOY_WORKERS or workers)"},
	{name: "short flag added", kind: compat.KindShort, verdict: fine, flag: "debug", change: func(o *opt) { o.Short = "d" }, want: "a short flag sets it too: -d"},

	{name: "list of a value", kind: compat.KindType, verdict: look, flag: "site", change: func(o *opt) { o.Type, o.List = "string-array", true }, want: "a list of type string-array, and was one value of type string (put a value with a comma in it into double quotes)"},
	{name: "value of a list", kind: compat.KindType, verdict: bad, flag: "peers", change: func(o *opt) { o.Type, o.List = "string", false }, want: "one value of type string, and was a list of type string-array (give one value)"},
	{name: "text of a number", kind: compat.KindType, verdict: look, flag: "workers", change: func(o *opt) { o.Type = "string" }, want: "any text, which is wider than int (programs that read the API find a string)"},
	{name: "number of a text", kind: compat.KindType, verdict: bad, flag: "cache", change: func(o *opt) { o.Type = "int" }, want: "of type int, which is narrower than any text (check the value)"},
	{name: "duration of a number", kind: compat.KindType, verdict: bad, flag: "workers", change: func(o *opt) { o.Type = "duration" }, want: "of type duration, and was of type int (check the value)"},
	{name: "text of a bool", kind: compat.KindType, verdict: bad, flag: "debug", change: func(o *opt) { o.Type, o.NoValue = "string", false }, want: "of type string, and was bool; the flag needs a value now (give the flag a value)"},
	{name: "structure of a list", kind: compat.KindType, verdict: bad, flag: "peers", change: func(o *opt) { o.Type, o.List, o.Struct = "struct", false, true }, want: "of type struct, and was of type string-array (check the value)"},

	{name: "choice added", kind: compat.KindChoices, verdict: fine, flag: "color", change: func(o *opt) { o.Choices = append(o.Choices, "pink") }, want: "allowed now: pink"},
	{name: "choice removed", kind: compat.KindChoices, verdict: bad, flag: "color", change: func(o *opt) { o.Choices = o.Choices[:2] }, want: "no longer allowed: blue (choose another one)"},
	{name: "choice replaced", kind: compat.KindChoices, verdict: bad, flag: "color", change: func(o *opt) { o.Choices[1] = "lime" }, want: "no longer allowed: green; allowed now: lime (choose another one)"},
	{name: "no choices", kind: compat.KindChoices, verdict: fine, flag: "color", change: func(o *opt) { o.Choices = nil }, want: "any value is allowed, and was one of red, green, blue"},
	{name: "choices", kind: compat.KindChoices, verdict: bad, flag: "site", change: func(o *opt) { o.Choices = []string{"a", "b"} }, want: "only these are allowed now: a, b (choose one of them)"},
	{name: "choices in another order", kind: compat.KindChoices, verdict: fine, flag: "color", change: func(o *opt) { slices.Reverse(o.Choices) }, want: "the choices have another order"},

	{name: "least raised", kind: compat.KindLimits, verdict: bad, flag: "workers", change: func(o *opt) {
		o.Rules[0] = "at least 2"
		o.Limits[0] = docgen.ListedLimit{Text: "at least 2", Least: num(2)}
	}, want: "a value must be at least 2, and had to be at least 1 (check the value)"},
	{name: "least lowered", kind: compat.KindLimits, verdict: fine, flag: "workers", change: func(o *opt) {
		o.Rules[0] = "not negative"
		o.Limits[0] = docgen.ListedLimit{Text: "not negative", Least: num(0)}
	}, want: "a value may be not negative, and had to be at least 1"},
	{name: "most lowered", kind: compat.KindLimits, verdict: bad, flag: "workers", change: func(o *opt) {
		o.Rules[1] = "at most 8"
		o.Limits[1] = docgen.ListedLimit{Text: "at most 8", Most: num(8)}
	}, want: "a value must be at most 8, and had to be at most 64 (check the value)"},
	{name: "most raised", kind: compat.KindLimits, verdict: fine, flag: "workers", change: func(o *opt) {
		o.Rules[1] = "at most 99"
		o.Limits[1] = docgen.ListedLimit{Text: "at most 99", Most: num(99)}
	}, want: "a value may be at most 99, and had to be at most 64"},
	{name: "bound gone", kind: compat.KindLimits, verdict: fine, flag: "workers", change: func(o *opt) { o.Rules, o.Limits = o.Rules[1:], o.Limits[1:] }, want: "the limit is gone: at least 1"},
	{name: "bound new", kind: compat.KindLimits, verdict: bad, flag: "wait", change: func(o *opt) {
		o.Rules, o.Limits = []string{"at least 1s"}, []docgen.ListedLimit{{Text: "at least 1s", Least: num(1e9)}}
	}, want: "a limit is new: at least 1s (check the value)"},
	{name: "rule new", kind: compat.KindLimits, verdict: bad, flag: "workers", change: func(o *opt) { o.Rules = append(o.Rules, "a square") }, want: "a value must keep to this now: a square (check the value)"},
	{name: "rule gone", kind: compat.KindLimits, verdict: fine, flag: "workers", change: func(o *opt) { o.Rules = o.Rules[:2] }, want: "a value need not keep to this any more: even"},
	{name: "rules in words only", kind: compat.KindLimits, verdict: bad, flag: "workers", before: func(l *listing) { l.Options[1].Limits = nil }, edit: func(l *listing) { l.Options[1].Rules[2] = "odd"; l.Options[1].Limits = toy().Options[1].Limits }, want: "a value must keep to this now: odd (check the value)", also: []compat.Kind{compat.KindLimits}},
	{name: "pattern", kind: compat.KindLimits, verdict: bad, flag: "workers", before: func(l *listing) {
		l.Options[1].Limits = append(l.Options[1].Limits, docgen.ListedLimit{Text: "even", Pattern: "[02468]$"})
	}, edit: func(l *listing) { l.Options[1].Limits[2].Pattern = "[0-8]$" }, want: "the pattern of a value is another (check the value)"},
	{name: "empty text refused", kind: compat.KindLimits, verdict: bad, flag: "site", change: func(o *opt) { o.EmptyText = false }, want: "empty text is no value any more (leave the option out)"},
	{name: "empty text", kind: compat.KindLimits, verdict: fine, flag: "cache", change: func(o *opt) { o.EmptyText = true }, want: "empty text is a value now, and means none"},
	{name: "member gone", kind: compat.KindLimits, verdict: bad, flag: "links", change: func(o *opt) { o.Keys = o.Keys[:1] }, want: "these keys may stand in the value no more: target (remove them)"},
	{name: "member new", kind: compat.KindLimits, verdict: fine, flag: "links", change: func(o *opt) { o.Keys = append(o.Keys, "icon") }, want: "these keys may stand in the value too: icon"},
	{name: "any member", kind: compat.KindLimits, verdict: fine, flag: "links", change: func(o *opt) { o.Keys = nil }, want: "any key may stand in the value"},
	{name: "members", kind: compat.KindLimits, verdict: bad, flag: "links", before: func(l *listing) { l.Options[9].Keys = nil }, edit: func(l *listing) { l.Options[9].Keys = []string{"name"} }, want: "only these keys may stand in the value now: name (check the value)"},

	{name: "default changed", kind: compat.KindDefault, verdict: look, flag: "wait", change: func(o *opt) { o.Default = "2m0s" }, want: "the default is 2m0s, and was 1m0s (set it to 1m0s, if it must stay as it is)"},
	{name: "default new", kind: compat.KindDefault, verdict: look, flag: "site", change: func(o *opt) { o.Default = "x" }, want: "the default is x, and there was none (set it, if it must stay as it is)"},
	{name: "default gone", kind: compat.KindDefault, verdict: look, flag: "wait", change: func(o *opt) { o.Default = "" }, want: "there is no default, and it was 1m0s (set it to 1m0s, if it must stay as it is)"},
	{name: "default computed otherwise", kind: compat.KindDefault, verdict: look, flag: "cache", change: func(o *opt) { o.DefaultDoc = "/var" }, want: "the default is (/var), and was (the folder of the user) (set it, if it must stay as it is)"},
	{name: "default in other words", kind: compat.KindDefault, verdict: fine, flag: "wait", change: func(o *opt) { o.Default = "60s" }, want: "the default is written as 60s, and was written as 1m0s"},
	{name: "default on the newer spelling", kind: compat.KindDefault, verdict: look, flag: "site", edit: func(l *listing) { l.Options[5].Default = "x" }, want: "the default is x, and there was none (set it, if it must stay as it is)"},

	{name: "no effect", kind: compat.KindEffect, verdict: bad, flag: "wait", change: func(o *opt) { o.Effect = "embedder" }, want: "it has no effect in this program any more, and had one (remove it, or run a program that acts on it)"},
	{name: "effect on the page", kind: compat.KindEffect, verdict: bad, flag: "wait", change: func(o *opt) { o.Effect = "page" }, want: "it acts on the settings page only, and acted in the program (look for what replaces it)"},
	{name: "effect", kind: compat.KindEffect, verdict: look, flag: "peers", change: func(o *opt) { o.Effect = "server" }, want: "it acts now, and did not act there before (server, before embedder) (look at the value that is set)"},
	{name: "effect of a newer program", kind: compat.KindEffect, verdict: bad, flag: "peers", change: func(o *opt) { o.Effect = "moon" }, want: "its effect is moon, and was embedder"},
	{name: "secret", kind: compat.KindSecret, verdict: bad, flag: "cache", change: func(o *opt) { o.Secret = true; o.Annotations = option.Annotations{"secret": "true"} }, want: "secret now: the API, show and diff leave its value out (programs that read it from the API need another way)"},
	{name: "no secret", kind: compat.KindSecret, verdict: look, flag: "key", change: func(o *opt) { o.Secret = false }, want: "no secret any more: the API, show and diff tell its value (look at who can read it)"},
	{name: "deprecated", kind: compat.KindDeprecated, verdict: look, flag: "wait", change: func(o *opt) { o.UseInstead = []string{"workers"} }, want: "deprecated, and it still works (use --workers, TOY_WORKERS or workers)"},
	{name: "deprecated no more", kind: compat.KindDeprecated, verdict: fine, flag: "old-site", change: func(o *opt) { o.UseInstead = nil }, want: "not deprecated any more"},
	{name: "deprecated for another", kind: compat.KindDeprecated, verdict: look, flag: "old-site", change: func(o *opt) { o.UseInstead = []string{"cache"} }, want: "deprecated for --cache, and was for --site (use --cache, TOY_CACHE or cache)"},
	{name: "end announced", kind: compat.KindDeprecated, verdict: look, flag: "old-site", change: func(o *opt) { o.Retires = "v3" }, want: "it goes away in v3"},
	{name: "end called off", kind: compat.KindDeprecated, verdict: fine, flag: "old-site", before: func(l *listing) { l.Options[5].Retires = "v3" }, edit: func(l *listing) { l.Options[5].Retires = "" }, want: "it is no longer to go away"},
	{name: "restart", kind: compat.KindReload, verdict: look, flag: "wait", change: func(o *opt) { o.Reload = false }, want: "a change needs a restart now (restart after a change)"},
	{name: "no restart", kind: compat.KindReload, verdict: fine, flag: "site", change: func(o *opt) { o.Reload = true }, want: "a change needs no restart any more"},
	{name: "moved in the API", kind: compat.KindField, verdict: bad, flag: "wait", change: func(o *opt) { o.JSON = "net.wait" }, want: "the API has it at net.wait, and had it at wait (programs that read the API look there)"},
	{name: "shares a value", kind: compat.KindField, verdict: look, flag: "cache", change: func(o *opt) { o.SameField = []string{"site"} }, want: "it sets the same as --site (look at what sets either)"},
	{name: "shares a value no more", kind: compat.KindField, verdict: look, flag: "old-site", change: func(o *opt) { o.SameField = nil }, want: "it does not set the same as --site any more (look at what sets either)"},
	{name: "annotation new", kind: compat.KindAnnotation, verdict: fine, flag: "wait", change: func(o *opt) { o.Annotations = option.Annotations{"plan": "free"} }, want: "the annotation plan is new"},
	{name: "annotation gone", kind: compat.KindAnnotation, verdict: look, flag: "color", change: func(o *opt) { o.Annotations = nil }, want: "the annotation plan is gone"},
	{name: "annotation changed", kind: compat.KindAnnotation, verdict: look, flag: "color", change: func(o *opt) { o.Annotations["plan"] = "paid" }, want: "the annotation plan is another"},
	{name: "hidden", kind: compat.KindHidden, verdict: fine, flag: "wait", change: func(o *opt) { o.Hidden = true }, want: "short help and documents leave it out"},
	{name: "shown", kind: compat.KindHidden, verdict: fine, flag: "wait", before: func(l *listing) { l.Options[3].Hidden = true }, edit: func(l *listing) { l.Options[3].Hidden = false }, want: "short help and documents show it"},
	{name: "new", kind: compat.KindAdded, verdict: fine, flag: "new", edit: func(l *listing) {
		l.Options = append(l.Options, opt{Flag: "new", Env: "TOY_NEW", JSON: "new", Effect: "server"})
	}, want: "new"},
	{name: "new spelling", kind: compat.KindAdded, verdict: fine, flag: "new", edit: func(l *listing) { l.Options = append(l.Options, opt{Flag: "new", JSON: "site", Effect: "server"}) }, want: "new, another spelling of --site"},

	{name: "retired name forgotten", kind: compat.KindRetired, verdict: fine, edit: func(l *listing) { l.Retired = l.Retired[:1] }, want: "--gone is unknown, and was refused with a word on what to use"},
	{name: "advice", kind: compat.KindRetired, verdict: fine, edit: func(l *listing) { l.Retired[1].UseInstead = "site" }, want: "the advice for the retired name --gone is another"},
	{name: "flag retired later", kind: compat.KindRetired, verdict: fine, edit: func(l *listing) { l.Retired = append(l.Retired, docgen.ListedName{Flag: "older"}) }, want: "--older is refused with a word on what to use, and was unknown (remove it)"},
	{name: "variable retired later", kind: compat.KindRetired, verdict: look, edit: func(l *listing) {
		l.Retired = append(l.Retired, docgen.ListedName{Env: "TOY_OLDER", UseInstead: "key"})
	}, want: "TOY_OLDER is refused, and was ignored with a warning (use --key or TOY_KEY)"},
	{name: "documents", kind: compat.KindDocumentary, verdict: fine, flag: "wait", change: func(o *opt) { o.Help, o.Name, o.Since = "x", "y", "v1" }, want: "another title, description and first version"},
	{name: "group described", kind: compat.KindDocumentary, verdict: fine, edit: func(l *listing) { l.Groups[0].Help = "x" }, want: "the group Net is described in another way"},
	{name: "group new", kind: compat.KindDocumentary, verdict: fine, edit: func(l *listing) { l.Groups = append(l.Groups, docgen.ListedGroup{Title: "Log"}) }, want: "the group Log is new"},
	{name: "group gone", kind: compat.KindDocumentary, verdict: fine, edit: func(l *listing) { l.Groups = nil }, want: "the group Net is gone"},
}

// catalogs makes the two catalogs of a class.
func (k class) catalogs(t *testing.T) (older, newer *docgen.Listing) {
	t.Helper()
	older = toy()
	if k.before != nil {
		k.before(older)
	}
	newer = copied(t, older)
	if k.edit != nil {
		k.edit(newer)
	}
	if k.change != nil {
		k.change(at(t, newer, k.flag))
	}
	return older, newer
}

func TestClasses(t *testing.T) {
	t.Parallel()
	for _, k := range classes {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			older, newer := k.catalogs(t)
			r := compat.Compare(older, newer)
			found := false
			for i := range r.Changes {
				c := &r.Changes[i]
				got := c.Reason()
				if c.Hint() != "" {
					got += " (" + c.Hint() + ")"
				}
				flag := c.Option
				if c.Kind == compat.KindRenamed && k.verdict == bad {
					flag = k.flag // it is told under the new name
				}
				got = strings.ReplaceAll(got, "$", "")
				switch {
				case got == k.want && c.Kind == k.kind && c.Verdict == k.verdict && flag == k.flag:
					found = true
				case c.Kind != k.kind && !slices.Contains(k.also, c.Kind):
					t.Errorf("also got a change of kind %s: --%s %s", c.Kind, c.Option, got)
				}
			}
			if !found {
				t.Errorf("want %s, %s: --%s %s; got\n%s", k.kind, k.verdict, k.flag, k.want, text(t, r))
			}
		})
	}
}

// TestClassesCoverKinds holds that each kind of change has a case, and a
// heading.
func TestClassesCoverKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range compat.Kinds() {
		if !slices.ContainsFunc(classes, func(k class) bool { return k.kind == kind }) {
			t.Errorf("no case has the kind %s", kind)
		}
		if kind.Title() == "" {
			t.Errorf("%s has no title", kind)
		}
	}
	for _, k := range classes {
		if !slices.Contains(compat.Kinds(), k.kind) {
			t.Errorf("%s is not among the kinds", k.kind)
		}
	}
}

// TestOrderThatMeansNothing: options and suffixes may stand in any order.
func TestOrderThatMeansNothing(t *testing.T) {
	t.Parallel()
	l := toy()
	slices.Reverse(l.Options[9].Indexed.Suffixes)
	slices.Reverse(l.Options)
	if r := compat.Compare(toy(), l); len(r.Changes) > 0 {
		t.Errorf("got %v, want no change", r.Changes)
	}
}
