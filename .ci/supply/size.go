package main

import (
	"cmp"
	"debug/elf"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// size prints what the bytes of a program for Linux are, as a table in
// Markdown: those of the symbols by module, the rest by what it is for.
func size(w io.Writer, file string) error {
	f, err := elf.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	symbols, err := f.Symbols()
	if err != nil {
		return fmt.Errorf("%s: %w: build it without -ldflags=-s", file, err)
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	parts, counted := map[string]uint64{}, map[string]uint64{}
	for _, s := range symbols {
		if int(s.Section) >= len(f.Sections) || f.Sections[s.Section].Type == elf.SHT_NOBITS {
			continue // takes no room in the file
		}
		section := f.Sections[s.Section].Name
		// The linker's marks of a whole section have a size too.
		if name := part(s.Name, section); name != "" && elf.ST_TYPE(s.Info) != elf.STT_SECTION {
			parts[name] += s.Size
			counted[section] += s.Size
		}
	}
	for _, s := range f.Sections {
		if s.Type == elf.SHT_NOBITS {
			continue
		}
		if rest := s.FileSize - min(s.FileSize, counted[s.Name]); rest > 0 {
			parts[remainder(s.Name)] += rest
		}
	}
	all := uint64(info.Size()) - parts[debugging]
	rows := slices.SortedFunc(maps.Keys(parts), func(a, b string) int {
		return cmp.Or(cmp.Compare(parts[b], parts[a]), cmp.Compare(a, b))
	})
	fmt.Fprintln(w, "| part | MB | of the release |\n| --- | ---: | ---: |")
	var small uint64
	for _, name := range rows {
		switch {
		case name == debugging:
		case parts[name] < all/200:
			small += parts[name]
		default:
			fmt.Fprintf(w, "| %s | %.2f | %.1f %% |\n", name, mega(parts[name]), share(parts[name], all))
		}
	}
	fmt.Fprintf(w, "| all that is less than half a percent | %.2f | %.1f %% |\n", mega(small), share(small, all))
	fmt.Fprintf(w, "| the release | %.2f | 100 %% |\n", mega(all))
	_, err = fmt.Fprintf(w, "| %s | %.2f | |\n", debugging, mega(parts[debugging]))
	return err
}

func mega(n uint64) float64       { return float64(n) / 1e6 }
func share(n, all uint64) float64 { return 100 * float64(n) / float64(all) }
func isMark(name string) bool {
	return strings.HasPrefix(name, "runtime.") && strings.Contains(marks, " "+name[8:]+" ")
}

func prefixed(s string, of ...string) bool {
	return slices.ContainsFunc(of, func(p string) bool { return strings.HasPrefix(s, p) })
}

// marks is the symbols of the runtime that span others.
const marks = " text etext rodata erodata types etypes pclntab epclntab data edata noptrdata enoptrdata gcdata gcbss itablink eitablink covctrs ecovctrs typelink "

// debugging is what a release is without.
const debugging = "symbols and debug information, which a release has not"

// part is what a symbol belongs to: a module, or what the compiler made of
// many. "" leaves it to its section.
func part(name, section string) string {
	switch {
	case section == ".gopclntab" || isMark(name):
		return ""
	case prefixed(name, "type:", "go:itab", "go:typelink", "runtime.gcbits", "gclocals", "go:func"):
		return types
	case prefixed(name, "go:string"):
		return "texts in the code"
	case prefixed(name, "go:", "_", "$", "local."):
		return ""
	}
	return owner(name)
}

// types is what the garbage collector and reflection read.
const types = "descriptions of types"

// remainder is what the bytes of a section are that no symbol claims.
func remainder(section string) string {
	switch {
	case prefixed(section, ".debug", ".symtab", ".strtab"):
		return debugging
	case section == ".gopclntab":
		return "table of functions and lines, for traces of stacks"
	case prefixed(section, ".typelink", ".itablink"):
		return types
	}
	if section == ".rodata" {
		return "constants, and more descriptions of types"
	}
	return "other bytes of " + section
}

// owner is the module that a symbol of a package belongs to.
func owner(symbol string) string {
	symbol, _, _ = strings.Cut(symbol, "[") // the types of a generic function
	slash := strings.LastIndex(symbol, "/") + 1
	last, _, _ := strings.Cut(symbol[slash:], ".")
	parts := strings.Split(strings.ReplaceAll(symbol[:slash]+last, "%2e", "."), "/")
	switch {
	case parts[0] == "vendor" || !strings.Contains(parts[0], ".") && parts[0] != "main":
		return "Go, its runtime and standard library"
	case parts[0] == "main" || strings.HasPrefix(symbol, ours):
		return "ours"
	case parts[0] == "github.com" || strings.HasPrefix(symbol, "golang.org/x/"):
		return strings.Join(parts[:min(3, len(parts))], "/")
	}
	return strings.Join(parts[:min(2, len(parts))], "/")
}
