package migrate

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/strataconf/strata/yamledit"
	"github.com/strataconf/strata/yamlgen"
)

// A Format is a kind of file that a [Migration] reads.
type Format string

// The formats. Env is a file of NAME=value lines, Systemd a unit or a drop-in
// of one, Compose a file of docker compose, and Helm anything of Kubernetes
// that lists variables: values of a chart or manifests.
const (
	YAML    Format = "yaml"
	Env     Format = "env"
	Systemd Format = "systemd"
	Compose Format = "compose"
	Helm    Format = "helm"
)

// Formats returns all formats.
func Formats() []Format { return []Format{YAML, Env, Systemd, Compose, Helm} }

var (
	sectionLine  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\[[A-Z][A-Za-z0-9-]*\]$`) })
	variableLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(export[ \t]+)?[A-Za-z_][A-Za-z0-9_.-]*[ \t]*=`) })
)

// formats tells what a text may be. The first line that is no comment decides
// between a unit ([Service]), variables (NAME=value) and YAML; in YAML, the keys
// do. A text of nothing is a configuration file of nothing.
func (m *Migration) formats(p *Plan) []Format {
	text := p.File.Text
	switch first := firstLine(text); {
	case first == "":
		return []Format{YAML}
	case sectionLine().MatchString(first):
		return []Format{Systemd}
	case variableLine().MatchString(first):
		return []Format{Env}
	}
	docs, fault := []part(nil), (*yamledit.Fault)(nil)
	if p.doc, fault = parse(text, yamlgen.Limits{}); fault == nil {
		docs = []part{{doc: p.doc}}
	} else {
		docs, fault = parts(text)
	}
	if fault != nil {
		return m.broken(text)
	}
	var may []Format
	if len(docs) == 1 && m.isConfig(docs[0].doc) {
		may = append(may, YAML)
	}
	if len(docs) == 1 && isCompose(docs[0].doc) {
		may = append(may, Compose)
	}
	for _, d := range docs {
		_, version := d.doc.Find("apiVersion")
		_, kind := d.doc.Find("kind")
		if version && kind {
			return append(may, Helm)
		}
	}
	if len(may) == 0 || may[0] == YAML {
		r, fault := m.containers(Helm, text, docs)
		if fault == nil && (len(r.sites) > 0 || len(may) == 0 && slices.ContainsFunc(docs, func(d part) bool { return listsVariables(d.doc) })) {
			may = append(may, Helm)
		}
	}
	return may
}

// firstLine is the first line that is neither empty nor a comment.
func firstLine(text string) string {
	for line := range strings.Lines(strings.TrimPrefix(text, bom)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' && line[0] != ';' {
			return line
		}
	}
	return ""
}

// listsVariables reports whether a document has a list of name and value.
func listsVariables(doc *yamledit.Document) bool {
	for n := range doc.All() {
		if n.Kind() != yamledit.Mapping {
			continue
		}
		_, name := n.Child("name")
		_, value := n.Child("value")
		_, elsewhere := n.Child("valueFrom")
		if name && (value || elsewhere) {
			return true
		}
	}
	return false
}

// broken guesses at YAML that can't be read, so that its fault is told.
func (m *Migration) broken(text string) []Format {
	for line := range strings.Lines(text) {
		key, _, ok := strings.Cut(line, ":")
		if sub, o := m.catalog.Section().Child(strings.TrimSpace(key)); ok && (sub != nil || o != nil) {
			return []Format{YAML}
		}
		if strings.TrimSpace(key) == "services" {
			return []Format{Compose}
		}
		if strings.TrimSpace(key) == "apiVersion" {
			return []Format{Helm}
		}
	}
	return nil
}

// isConfig reports whether a document has a key of the catalog at its top.
func (m *Migration) isConfig(doc *yamledit.Document) bool {
	root, ok := doc.Root()
	if !ok || root.Kind() == yamledit.Null {
		return true
	}
	if root.Kind() != yamledit.Mapping {
		return false
	}
	for k := range root.Children() {
		if sub, o := m.catalog.Section().Child(k.Key()); sub != nil || o != nil || m.above(k.Key()) {
			return true
		}
	}
	return false
}

// isCompose reports whether a document has services.
func isCompose(doc *yamledit.Document) bool {
	services, ok := doc.Find("services")
	if !ok || services.Kind() != yamledit.Mapping {
		return false
	}
	for s := range services.Children() {
		for _, key := range []string{"image", "build", "environment", "command", "env_file", "extends", "entrypoint", "ports"} {
			if _, ok := s.Child(key); ok {
				return true
			}
		}
	}
	return false
}
