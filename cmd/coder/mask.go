package main

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
)

// formWords are the keys by which files of other programs hold variables and
// flags; they say nothing about anybody.
var formWords = []string{
	"args", "command", "containers", "entrypoint", "env", "environment", "env_file", "envFrom", "extraEnv", "extraEnvVars", "image", "initContainers",
	"metadata", "kind", "apiVersion", "key", "name", "secretKeyRef", "configMapKeyRef", "services", "spec", "template", "value", "valueFrom",
}

var (
	keyOnLine     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[ -]*["']?([A-Za-z_][A-Za-z0-9_.-]*)["']?[ ]*:`) })
	settingOfUnit = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(\[[A-Za-z-]+\]\s*$|(Environment|EnvironmentFile|Exec[A-Za-z]+)=)`)
	})
	marks = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[ \t]*(- ?)*(export |[#;] )?`) })
)

// mask hides what may not be shown of a text, line by line: all but the keys
// and variables that are found in it or that forms have, and the values of
// options that hold no secret.
func mask(c *option.Catalog, text string, found []migrate.Found) string {
	shown := make([]bool, len(text))
	show := func(from, to int) {
		for i := from; i < to && i < len(text); i++ {
			shown[i] = true
		}
	}
	keys := keysOf(c)
	at := 0
	for line := range strings.Lines(text) {
		show(at, at+len(marks().FindString(line)))
		if m := keyOnLine().FindStringSubmatchIndex(line); m != nil && (keys[line[m[2]:m[3]]] || slices.Contains(formWords, line[m[2]:m[3]])) {
			show(at, at+m[1])
		}
		if m := settingOfUnit().FindString(line); m != "" {
			show(at, at+len(m))
		}
		at += len(line)
	}
	for _, f := range found {
		show(f.Name[0], f.Name[1])
		from, to := f.Value[0], f.Value[1]
		// What stands between a name and its value is punctuation.
		if between := from; between > f.Name[1] && strings.Trim(text[f.Name[1]:between], " \t:=\"'\x00") == "" {
			show(f.Name[1], between)
		}
		if value := text[from:to]; visible(f.Option, value) {
			show(from, to)
		}
	}
	var b strings.Builder
	hiding := false
	for i, r := range text {
		switch {
		case r == '\n' || r == '\r' && strings.HasPrefix(text[i:], "\r\n"):
			hiding = false
			b.WriteRune(r)
		case shown[i]:
			hiding = false
			b.WriteRune(r)
		case hiding && (r != ' ' || i+1 == len(text) || !shown[i+1]):
		case r == ' ' && i+1 < len(text):
			b.WriteRune(r)
		default:
			hiding = true
			b.WriteString(hidden)
		}
	}
	return b.String()
}

// visible reports whether the value of an option may be seen, as excerpts do,
// which only have values that were refused.
func visible(o *option.Option, value string) bool {
	bare := strings.Trim(value, `"'`)
	return !strings.ContainsAny(value, "\n\r#") && (showable(&option.Problem{Option: o}, bare) || openURL(o, bare))
}

// openURL reports whether a value is a URL that its option takes, of which no
// part may be a secret: no user, no query, and nothing in its path like a key.
func openURL(o *option.Option, value string) bool {
	if o == nil || o.Secret() || o.Type() != "url" || strings.ContainsAny(value, "@?") {
		return false
	}
	_, withheld, ok := o.Show(option.RawText(value))
	_, rest, _ := strings.Cut(value, "://")
	return ok && !withheld && !likeKey(rest)
}

// keysOf are all keys of a configuration file.
func keysOf(c *option.Catalog) map[string]bool {
	out := map[string]bool{}
	var in func(*option.Section)
	in = func(s *option.Section) {
		for _, key := range s.Keys() {
			out[key] = true
			if sub, _ := s.Child(key); sub != nil {
				in(sub)
			}
		}
	}
	in(c.Section())
	return out
}
