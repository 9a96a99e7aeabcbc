package load_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// environ splits at "|"; "\n" is written as it is.
func environ(s string) []string { return strings.Split(s, "|") }

func TestEnviron(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, environ, want string }{
		{"none", "", ""},
		{"others", "PATH=/bin|SHLVL=1|TOYS=1|TOY=1|=C:=C:\\|TOY_COUNT", ""},
		{"one", "PATH=/bin|TOY_COUNT=7", "environment TOY_COUNT=7"},
		{"value with equals", "TOY_BIND_ADDRESS=a=b", "environment TOY_BIND_ADDRESS=a=b"},
		{"first of two", "TOY_COUNT=7|TOY_COUNT=8", "environment TOY_COUNT=7"},
		{"outside the prefix", "WGTUN=x|WGTUN2=y|WGTU=z", "environment WGTUN=x"},
		{"declared name", "TOY_CONFIG_PATH=f", "environment TOY_CONFIG_PATH=f"},
		{"foreign", "TOY_SESSION=x", ""},
		{"quotes in a list", `TOY_ITEMS="a","b"`, `environment TOY_ITEMS="a","b"`},
		{"numbered", "TOY_LINK_0_ID=a", "environment TOY_LINK_0_ID=[{id:a}]"},
		{"numbered, two", "TOY_LINK_1_ID=b|TOY_LINK_0_RETRY=1|TOY_LINK_0_ID=a", "environment TOY_LINK_0_ID=[{id:a,retry:1},{id:b}]"},
		{"numbered, list", "TOY_LINK_0_SCOPES=a b  c", "environment TOY_LINK_0_SCOPES=[{scopes:[a,b,,c]}]"},
		{"numbered, first of two", "TOY_LINK_0_ID=a|TOY_LINK_0_ID=b", "environment TOY_LINK_0_ID=[{id:a}]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l := load.Environ(build(t).Catalog, environ(tc.environ))
			if got := show(l); got != tc.want || len(l.Problems) > 0 {
				t.Errorf("Environ(%q) = %q with %q, want %q", tc.environ, got, said(l.Problems), tc.want)
			}
		})
	}
}

func TestNumbersSortAsNumbers(t *testing.T) {
	t.Parallel()
	var vars []string
	for _, n := range strings.Fields("10 9 8 7 6 5 4 3 2 1 0") {
		vars = append(vars, "TOY_LINK_"+n+"_ID=x"+n)
	}
	l := load.Environ(build(t).Catalog, vars)
	want := "environment TOY_LINK_0_ID=[{id:x0},{id:x1},{id:x2},{id:x3},{id:x4},{id:x5},{id:x6},{id:x7},{id:x8},{id:x9},{id:x10}]"
	if got := show(l); got != want || len(l.Problems) > 0 {
		t.Errorf("got %q with %q, want %q", got, said(l.Problems), want)
	}
}

func TestEnvironProblems(t *testing.T) {
	t.Parallel()
	const (
		noOption = ": no option has this variable"
		set      = " set by Kubernetes for a service of that name, "
		off      = "(enableServiceLinks: false in the pod turns them off)"
	)
	for _, tc := range []struct{ name, environ, want string }{
		{"near miss", "TOY_CUONT=CANARY", "warning unknown-variable: environment: TOY_CUONT" + noOption + " (did you mean TOY_COUNT?)"},
		{"told once", "TOY_CUONT=1|TOY_CUONT=2", "warning unknown-variable: environment: TOY_CUONT" + noOption + " (did you mean TOY_COUNT?)"},
		{"another case", "TOY_count=CANARY", "warning unknown-variable: environment: TOY_count" + noOption + " (did you mean TOY_COUNT?)"},
		{"YAML path", "TOY_NETWORK_BIND_ADDRESS=CANARY", "warning unknown-variable: environment: TOY_NETWORK_BIND_ADDRESS" + noOption + " (did you mean TOY_BIND_ADDRESS?)"},
		{"flag's name", "TOY_CONFIG=CANARY", "warning unknown-variable: environment: TOY_CONFIG" + noOption + " (did you mean TOY_CONFIG_PATH?)"},
		{"outside the prefix", "TOY_TUNNEL=CANARY", "warning unknown-variable: environment: TOY_TUNNEL" + noOption + " (did you mean WGTUN?)"},
		{"no variable", "TOY_LINKS=CANARY", "warning unknown-variable: environment: TOY_LINKS" + noOption + " (did you mean --links?)"},
		{"far from all", "TOY_SOMETHING_ELSE=CANARY", "warning unknown-variable: environment: TOY_SOMETHING_ELSE" + noOption},
		{"far from all, the last of the letters", "TOY_Z0_WORDS_9AZ=CANARY", "warning unknown-variable: environment: TOY_Z0_WORDS_9AZ" + noOption},
		{"far, and as long as may show", "TOY_" + strings.Repeat("LONG", 15) + "=1", "warning unknown-variable: environment: TOY_" + strings.Repeat("LONG", 15) + noOption},
		{"far, and one longer", "TOY_" + strings.Repeat("LONG", 15) + "X=1", "warning unknown-variable: environment" + noOption},
		{"far and no name", "TOY_canary-Canary=1", "warning unknown-variable: environment" + noOption},
		{"far, and no name for one sign", "TOY_SOMETHING.ELSE=1", "warning unknown-variable: environment" + noOption},
		{"retired", "TOY_INSIGHTS=CANARY", "error retired: environment: TOY_INSIGHTS: retired (use TOY_TLS_ENABLE, elsewhere --tls-enable or network.tlsEnable)"},
		{"retired, empty", "TOY_INSIGHTS=", "note retired: environment: TOY_INSIGHTS: retired (use TOY_TLS_ENABLE, elsewhere --tls-enable or network.tlsEnable)"},
		{"empty", "TOY_BIND_ADDRESS=", `note empty-variable: environment: TOY_BIND_ADDRESS: empty, which counts as not set (to set an empty value write network.bindAddress: "" in the file, or --bind-address=)`},
		{"empty, not in files", "TOY_TOKEN=", "note empty-variable: environment: TOY_TOKEN: empty, which counts as not set (to set an empty value write --token=)"},
		{"empty, never a value", "TOY_COUNT=|TOY_COUNT=7", "note empty-variable: environment: TOY_COUNT: empty, which counts as not set"},
		{"not UTF-8", "TOY_BIND_ADDRESS=CANARY\xff", "error invalid-utf8: environment: TOY_BIND_ADDRESS: not valid UTF-8"},
		{"unknown and not UTF-8", "TOY_\xff=CANARY\xff", "warning unknown-variable: environment" + noOption},
		{"line break", "TOY_TOKEN=CANARY\n", "warning line-break: environment: TOY_TOKEN: ends in a line break, which is kept (remove it unless it is meant)"},
		{"line break, no text", "TOY_COUNT=7\n|TOY_MODE=fast\n", ""},
		{"carriage return", "TOY_BIND_ADDRESS=CANARY\r", "warning line-break: environment: TOY_BIND_ADDRESS: ends in a line break, which is kept (remove it unless it is meant)"},
		{"quotes", `TOY_BIND_ADDRESS="CANARY"`, "warning quotes: environment: TOY_BIND_ADDRESS: stands in quotes, which are kept (remove them unless they are meant: files of variables are not read by a shell)"},
		{"single quotes", "TOY_TOKEN='CANARY'", "warning quotes: environment: TOY_TOKEN: stands in quotes, which are kept (remove them unless they are meant: files of variables are not read by a shell)"},
		{"quotes around nothing", `TOY_TOKEN=""`, "warning quotes: environment: TOY_TOKEN: stands in quotes, which are kept (remove them unless they are meant: files of variables are not read by a shell)"},
		{"one quote", `TOY_TOKEN="`, ""},
		{"quotes around a list", `TOY_ITEMS="CANARY,b"`, "warning quotes: environment: TOY_ITEMS: stands in quotes, which make one item of it (remove them unless they are meant: files of variables are not read by a shell)"},
		{"quotes around a list that ends in a comma", `TOY_ITEMS="CANARY,"`, "warning quotes: environment: TOY_ITEMS: stands in quotes, which make one item of it (remove them unless they are meant: files of variables are not read by a shell)"},
		{"quotes around a list that begins with a comma", `TOY_ITEMS=",CANARY"`, "warning quotes: environment: TOY_ITEMS: stands in quotes, which make one item of it (remove them unless they are meant: files of variables are not read by a shell)"},
		{"single quotes around a list", `TOY_ITEMS='CANARY,b'`, "warning quotes: environment: TOY_ITEMS: stands in quotes, which are kept (remove them unless they are meant: files of variables are not read by a shell)"},
		{"quotes around one item", `TOY_ITEMS="CANARY"`, ""},
		{"quotes around each item", `TOY_ITEMS="CANARY,a","b"`, ""},
		{"two kinds of quotes", `TOY_TOKEN="CANARY'`, ""},

		{"link", "TOY_PORT=tcp://10.0.0.1:80", "warning service-links: environment: TOY_PORT:" + set + "and not read " + off},
		{"links", "TOY_PORT=tcp://10.0.0.1:80|TOY_SERVICE_HOST=10.0.0.1|TOY_SERVICE_PORT_HTTP=80|TOY_PORT_80_TCP_ADDR=10.0.0.1", "warning service-links: environment: TOY_PORT: this and 3 more are set by Kubernetes for services of that name, and not read " + off},
		{"link of another service", "TOY_WEB_SERVICE_HOST=fd00::1|TOY_WEB_PORT_80_TCP_PROTO=tcp", "warning service-links: environment: TOY_WEB_SERVICE_HOST: this and 1 more are set by Kubernetes for services of that name, and not read " + off},
		{"no link by its value", "TOY_WEB_SERVICE_HOST=CANARY", "warning unknown-variable: environment: TOY_WEB_SERVICE_HOST" + noOption},
		{"no link by its number", "TOY_WEB_PORT_80_TCP_PORT=CANARY", "warning unknown-variable: environment: TOY_WEB_PORT_80_TCP_PORT" + noOption},
		{"link by its number", "TOY_WEB_PORT_80_TCP_PORT=65535", "warning service-links: environment: TOY_WEB_PORT_80_TCP_PORT:" + set + "and not read " + off},
		{"no link by a number that is no port", "TOY_WEB_PORT_80_TCP_PORT=65536", "warning unknown-variable: environment: TOY_WEB_PORT_80_TCP_PORT" + noOption},
		{"no link by a number of another base", "TOY_WEB_PORT_80_TCP_PORT=8a", "warning unknown-variable: environment: TOY_WEB_PORT_80_TCP_PORT" + noOption},
		{"links of other protocols", "TOY_WEB_PORT_53_UDP=udp://10.0.0.1:53|TOY_WEB_PORT_53_UDP_PROTO=udp|TOY_WEB_PORT_9_SCTP=sctp://[fd00::1]:9|TOY_WEB_PORT_9_SCTP_PROTO=sctp", "warning service-links: environment: TOY_WEB_PORT_53_UDP: this and 3 more are set by Kubernetes for services of that name, and not read " + off},
		{"no link by its protocol", "TOY_WEB_PORT_80_TCP_PROTO=CANARY", "warning unknown-variable: environment: TOY_WEB_PORT_80_TCP_PROTO" + noOption},
		{"no link by the protocol of its URL", "TOY_WEB_PORT=http://10.0.0.1:80", "warning unknown-variable: environment: TOY_WEB_PORT" + noOption},
		{"no link by an address that is no URL", "TOY_WEB_PORT=10.0.0.1:80", "warning unknown-variable: environment: TOY_WEB_PORT" + noOption},
		{"no link by its name", "TOY_WEB_TRANSPORT=tcp://10.0.0.1:80", "warning unknown-variable: environment: TOY_WEB_TRANSPORT" + noOption},
		{"link of a service that is called as the program, whatever it holds", "TOY_SERVICE_PORT=CANARY", "warning service-links: environment: TOY_SERVICE_PORT:" + set + "and not read " + off},
		{"collision", "TOY_HTTP_PORT=tcp://10.0.0.1:80", "warning service-links: environment: TOY_HTTP_PORT:" + set + "so it does not set the option " + off},
		{"link with a long name", "TOY_" + strings.Repeat("CANARY", 11) + "_SERVICE_HOST=10.0.0.1", "warning service-links: environment:" + set + "and not read " + off},
		{"no collision where it is a URL", "TOY_DOCS_PORT=tcp://10.0.0.1:80", ""},
		{"no collision", "TOY_HTTP_PORT=80", ""},
		{"no collision by its name", "TOY_BIND_ADDRESS=tcp://10.0.0.1:80", ""},

		{"gap", "TOY_LINK_0_ID=a|TOY_LINK_2_ID=c|TOY_LINK_5_ID=d", "error variable-gap: environment: TOY_LINK_2_ID: none is set with number 1 (numbers go from 0 without gaps)"},
		{"no first", "TOY_LINK_1_ID=b", "error variable-gap: environment: TOY_LINK_1_ID: none is set with number 0 (numbers go from 0 without gaps)"},
		{"gap by an empty one", "TOY_LINK_0_ID=|TOY_LINK_1_ID=b", "error variable-gap: environment: TOY_LINK_1_ID: none is set with number 0 (numbers go from 0 without gaps)\nnote empty-variable: environment: TOY_LINK_0_ID: empty, which counts as not set"},
		{"unknown member", "TOY_LINK_0_SECRTE=CANARY", "warning unknown-variable: environment: TOY_LINK_0_SECRTE" + noOption + " (did you mean TOY_LINK_0_SECRET?)"},
		{"misspelt family", "TOY_LNIK_3_ID=CANARY", "warning unknown-variable: environment: TOY_LNIK_3_ID" + noOption + " (did you mean TOY_LINK_3_ID?)"},
		{"misspelt family, the lowest digit", "TOY_LNIK_0_ID=CANARY", "warning unknown-variable: environment: TOY_LNIK_0_ID" + noOption + " (did you mean TOY_LINK_0_ID?)"},
		{"misspelt family, another sign", "TOY_LI.NK_3_ID=CANARY", "warning unknown-variable: environment" + noOption + " (did you mean TOY_LINK_3_ID?)"},
		{"misspelt family, no underscore", "TOY_LINK3_ID=CANARY", "warning unknown-variable: environment: TOY_LINK3_ID" + noOption + " (did you mean TOY_LINK_3_ID?)"},
		{"number without a family", "TOY_0_ID=CANARY", "warning unknown-variable: environment: TOY_0_ID" + noOption},
		{"number below zero", "TOY_LINK_-1_ID=CANARY", "warning unknown-variable: environment" + noOption + " (did you mean TOY_LINK_1_ID?)"},
		{"number and no more", "TOY_LINK_0=CANARY", "warning unknown-variable: environment: TOY_LINK_0" + noOption + " (did you mean --links?)"},
		{"misspelt family, the highest digit", "TOY_LNIK_9_ID=CANARY", "warning unknown-variable: environment: TOY_LNIK_9_ID" + noOption + " (did you mean TOY_LINK_9_ID?)"},
		{"number of nothing", "TOY_SOMETHING_3_ID=CANARY", "warning unknown-variable: environment: TOY_SOMETHING_3_ID" + noOption},
		{"number with a zero in front", "TOY_LINK_00_ID=CANARY", "warning unknown-variable: environment: TOY_LINK_00_ID" + noOption},
		{"member not UTF-8", "TOY_LINK_0_SECRET=CANARY\xff", "error invalid-utf8: environment: TOY_LINK_0_SECRET: not valid UTF-8"},
		{"member with a line break", "TOY_LINK_0_SECRET=CANARY\n", "warning line-break: environment: TOY_LINK_0_SECRET: ends in a line break, which is kept (remove it unless it is meant)"},
		{"member in quotes", `TOY_LINK_0_SECRET="CANARY"`, "warning quotes: environment: TOY_LINK_0_SECRET: stands in quotes, which are kept (remove them unless they are meant: files of variables are not read by a shell)"},
		{"older prefix", "TOY_OLDLINK_0_ID=a", "warning deprecated: environment: TOY_OLDLINK_0_ID: deprecated (use TOY_LINK_0_ID instead)"},
		{"both prefixes", "TOY_LINK_0_ID=a|TOY_OLDLINK_0_ID=b", "warning both-spellings: environment: TOY_OLDLINK_0_ID: deprecated, and TOY_LINK_0_ID is set too and wins (remove the variables of the older name)"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l := load.Environ(build(t).Catalog, environ(tc.environ))
			if got := said(l.Problems); got != tc.want {
				t.Errorf("Environ(%q) says\n%s\nwant\n%s", tc.environ, got, tc.want)
			}
			for _, p := range l.Problems {
				if p.Code == "both-spellings" && (len(p.Related) != 1 || !strings.Contains(p.Reason, p.Related[0].Name)) {
					t.Errorf("Environ(%q): got further places %v, want that of the reason", tc.environ, p.Related)
				}
			}
		})
	}
}

// Two lists by numbers, of which one has digits in its prefix and a member of
// one letter.
func TestEnvironOfTwoFamilies(t *testing.T) {
	t.Parallel()
	c := build(t, func(cfg *option.Config[toy]) {
		more(cfg, func(v *toy) option.Option {
			return option.Option{Name: "Peers", Flag: "peers", Env: option.None, Value: kind.Struct(&v.Links), UseInstead: []string{"links"}, Indexed: &option.Indexed{
				Prefixes: []string{"OAUTH2_"}, Fields: []option.IndexedField{{Env: "ID", Key: "id"}, {Env: "K", Key: "secret"}},
			}}
		})
	}).Catalog
	for _, tc := range []struct{ environ, want, said string }{
		{"TOY_OAUTH2_0_ID=a|TOY_LINK_0_ID=b", "environment TOY_LINK_0_ID=[{id:b}]; environment TOY_OAUTH2_0_ID=[{id:a}]", ""},
		{"TOY_OAUTH2_0_IDD=a", "", "warning unknown-variable: environment: TOY_OAUTH2_0_IDD: no option has this variable (did you mean TOY_OAUTH2_0_ID?)"},
		{"TOY_OAUTH2_0=a", "", "warning unknown-variable: environment: TOY_OAUTH2_0: no option has this variable"},
		{"TOY_SOMETHING_ELSE=a", "", "warning unknown-variable: environment: TOY_SOMETHING_ELSE: no option has this variable"},
	} {
		l := load.Environ(c, environ(tc.environ))
		if got := show(l); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.environ, got, tc.want)
		}
		if got := said(l.Problems); got != tc.said {
			t.Errorf("%s: says %q, want %q", tc.environ, got, tc.said)
		}
	}
}

// An option may have the name of a link: only the value tells.
func TestEnvironOfAnOptionNamedAsALink(t *testing.T) {
	t.Parallel()
	c := build(t, func(cfg *option.Config[toy]) {
		more(cfg, func(v *toy) option.Option {
			return option.Option{Name: "P", Flag: "port", Value: kind.Int(&v.Count), UseInstead: []string{"count"}}
		})
	}).Catalog
	l := load.Environ(c, environ("TOY_PORT=80"))
	if got, want := show(l), "environment TOY_PORT=80"; got != want || len(l.Problems) > 0 {
		t.Errorf("got %q with %q, want %q", got, said(l.Problems), want)
	}
}

// Of two variables of one name the first counts, whichever of many options
// they are of.
func TestEnvironTakesTheFirstOfTwo(t *testing.T) {
	t.Parallel()
	r, err := option.Build(option.Config[synth190]{Program: "synth", EnvPrefix: "SYNTH_", Tables: synthTables[synth190]})
	if err != nil {
		t.Fatal(err)
	}
	var vars []string
	for _, text := range []string{"=first", "=second"} {
		for o := range r.All() {
			vars = append(vars, string(o.Env)+text)
		}
	}
	l := load.Environ(r.Catalog, vars)
	if len(l.Inputs) != 190 || len(l.Problems) > 0 {
		t.Fatalf("got %d inputs with %q, want 190", len(l.Inputs), said(l.Problems))
	}
	for i := range l.Inputs {
		if in := &l.Inputs[i]; in.Option.Index() != i || in.Raw.Text() != "first" {
			t.Errorf("input %d: got %q of --%s, want the first value of each option", i, in.Raw.Text(), in.Option.Flag)
		}
	}
}

// The name of an option that is gone may show, also where it does not look
// like one.
func TestRetiredVariableShows(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("LONG_", 14) + "NAME"
	c := build(t, func(cfg *option.Config[toy]) {
		cfg.Tombstones = append(cfg.Tombstones, option.Tombstone{Env: option.Env(long)})
	}).Catalog
	l := load.Environ(c, environ("TOY_"+long+"=1"))
	if got, want := said(l.Problems), "error retired: environment: TOY_"+long+": retired (remove it)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEnvironKeepsEmpty(t *testing.T) {
	t.Parallel()
	c := build(t, keepEmpty).Catalog
	if got, want := said(load.Environ(c, environ("TOY_INSIGHTS=")).Problems), "error retired: environment: TOY_INSIGHTS: retired (use TOY_TLS_ENABLE, elsewhere --tls-enable or network.tlsEnable)"; got != want {
		t.Errorf("retired: got %q, want %q", got, want)
	}
	l := load.Environ(c, environ("TOY_BIND_ADDRESS=|TOY_LINK_0_ID="))
	file := load.Environ(c, environ("TOY_TOKEN_FILE="))
	if got, want := said(file.Problems), "error secret-file: environment: TOY_TOKEN_FILE: the file can't be read"; got != want {
		t.Errorf("file: got %q, want %q", got, want)
	}
	if got, want := show(l), "environment TOY_BIND_ADDRESS=; environment TOY_LINK_0_ID=[{id:}]"; got != want || len(l.Problems) > 0 {
		t.Errorf("got %q with %q, want %q", got, said(l.Problems), want)
	}
}

func TestEnvironWithoutPrefixKnowsNoStrangers(t *testing.T) {
	t.Parallel()
	bare := func(cfg *option.Config[toy]) {
		cfg.EnvPrefix = ""
		more(cfg, func(v *toy) option.Option {
			return option.Option{Name: "X", Flag: "x", Value: kind.String(&v.Tunnel), UseInstead: []string{"tunnel"}}
		})
	}
	l := load.Environ(build(t, bare).Catalog, environ("|=C:=C:\\|X|COUNT|PATH=/bin|COUNT=7|LINK_0_ID=a|X=y"))
	if got, want := show(l), "environment COUNT=7; environment X=y; environment LINK_0_ID=[{id:a}]"; got != want || len(l.Problems) > 0 {
		t.Errorf("got %q with %q, want %q", got, said(l.Problems), want)
	}
}
