package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// The form of CycloneDX 1.6, as far as it is used.
type (
	bom struct {
		Schema       string       `json:"$schema"`
		Format       string       `json:"bomFormat"`
		Spec         string       `json:"specVersion"`
		Serial       string       `json:"serialNumber"`
		Version      int          `json:"version"`
		Metadata     metadata     `json:"metadata"`
		Components   []component  `json:"components"`
		Dependencies []dependency `json:"dependencies"`
	}
	metadata struct {
		Timestamp string    `json:"timestamp,omitempty"`
		Component component `json:"component"`
	}
	component struct {
		Type       string     `json:"type"`
		Ref        string     `json:"bom-ref"`
		Name       string     `json:"name"`
		Version    string     `json:"version"`
		Scope      string     `json:"scope,omitempty"`
		Hashes     []hash     `json:"hashes,omitempty"`
		Licences   []choice   `json:"licenses"`
		PURL       string     `json:"purl"`
		Properties []property `json:"properties,omitempty"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	choice struct {
		Expression string `json:"expression"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	dependency struct {
		Ref string   `json:"ref"`
		On  []string `json:"dependsOn,omitempty"`
	}
)

// purl is the name of a module among all packages of the world.
func purl(path, version string) string {
	return "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
}

// sbom prints the parts of a binary as CycloneDX. It is the same each time for
// the same binary: its time is that of the commit, its number follows from
// the bytes of the binary.
func (r repository) sbom(w io.Writer, version, file string) error {
	b, err := r.read(file)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	doc := bom{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", Spec: "1.6", Serial: serial(sum), Version: 1,
		Metadata: metadata{Timestamp: b.setting("vcs.time"), Component: component{
			Type: "application", Ref: purl(ours, version), Name: "coder", Version: version, PURL: purl(ours, version) + "#cmd/coder",
			Hashes: []hash{{"SHA-256", fmt.Sprintf("%x", sum)}}, Licences: []choice{{"Apache-2.0"}}, Properties: b.properties(),
		}},
	}
	std := purl("std", strings.TrimPrefix(b.GoVersion, "go"))
	doc.Components = append(doc.Components, component{
		Type: "library", Ref: std, Name: "std", Version: b.GoVersion, Scope: "required", PURL: std, Licences: []choice{{"BSD-3-Clause"}},
	})
	refs, needs := map[string]string{ours: purl(ours, version)}, map[string][]string{ours: {std}}
	for _, m := range b.modules.sorted() {
		all, err := m.documents()
		if err != nil {
			return err
		}
		ref := purl(m.Path, m.Version)
		refs[m.Path], needs[m.Path] = ref, append(needs[m.Path], std)
		for by := range m.importers {
			needs[by] = append(needs[by], ref)
		}
		doc.Components = append(doc.Components, component{
			Type: "library", Ref: ref, Name: m.Path, Version: m.Version, Scope: "required", PURL: ref,
			Licences: []choice{{expression(licences(all))}}, Properties: []property{{"go:sum", b.sum(m.Path)}},
		})
	}
	for _, path := range slices.Sorted(maps.Keys(refs)) {
		slices.Sort(needs[path])
		doc.Dependencies = append(doc.Dependencies, dependency{refs[path], needs[path]})
	}
	doc.Dependencies = append(doc.Dependencies, dependency{Ref: std})
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}

// properties is how the binary was built.
func (b *binary) properties() (all []property) {
	all = append(all, property{"go:version", b.GoVersion})
	for _, s := range b.Settings {
		all = append(all, property{"go:build:" + strings.TrimPrefix(s.Key, "-"), s.Value})
	}
	return all
}

// sum is what go.sum says of a module.
func (b *binary) sum(path string) string {
	for _, d := range b.Deps {
		if d.Path == path {
			return d.Sum
		}
	}
	return ""
}

// serial is a UUID of version 8, RFC 9562, made of a hash.
func serial(sum [sha256.Size]byte) string {
	u := sum[:16]
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
