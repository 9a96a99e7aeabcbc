package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
)

// version is "coder version".
func (p *program) version(_ context.Context, args []string) error {
	form := "text"
	own := []ownFlag{{
		name: "format", arg: "form", wants: "text or json", help: "How to print it: text or json.",
		set: func(v string) bool { form = v; return v == "text" || v == "json" },
	}}
	if asked(args, "--help", "-h") {
		return p.page("coder version", "[--format FORM]", "Print the version of this program and the revision it was built from.", own)
	}
	rest, _, err := takeOwn(args, p.first, own)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usageError("it takes no arguments but --format")
	}
	return p.print(func(w io.Writer) error {
		if form == "json" {
			return writeJSON(w, struct {
				Version  string `json:"version"`
				Revision string `json:"revision"`
				Release  bool   `json:"release"`
				Go       string `json:"go"`
				Platform string `json:"platform"`
				URL      string `json:"url"`
			}{p.Build.Version, p.Build.Revision, p.Build.Release, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH, p.Build.url()})
		}
		_, err := fmt.Fprintf(w, "coder %s (%s, %s/%s)\n%s\n",
			p.Build.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, p.Build.url())
		return err
	})
}

// writeJSON writes v indented, for people read it too.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
