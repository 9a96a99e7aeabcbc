package main

import (
	"cmp"
	"slices"
	"strings"
)

// weave returns the text with all edits. No line is added, so that places stay
// what they are.
func (s *source) weave() string {
	edits := slices.Clone(s.edits)
	// Outer ones first; of two about the same part, the one found first.
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	w := &weaver{text: s.text, edits: edits}
	return w.part(0, len(s.text))
}

type weaver struct {
	text  string
	edits []edit
	at    int // the edit to make next
}

// part returns a part of the text with the edits that lie inside it.
func (w *weaver) part(from, to int) string {
	var out strings.Builder
	for w.at < len(w.edits) && w.edits[w.at].to <= to {
		e := w.edits[w.at]
		w.at++
		out.WriteString(w.text[from:e.from])
		out.WriteString(e.wrap(w.part(e.from, e.to), w.text[e.from:e.to]))
		from = e.to
	}
	out.WriteString(w.text[from:to])
	return out.String()
}

// without drops the edits on some lines, which the compiler refused.
func (s *source) without(lines map[int]bool) (lost []int) {
	s.edits = slices.DeleteFunc(s.edits, func(e edit) bool {
		first, last := s.file.Line(s.file.Pos(e.from)), s.file.Line(s.file.Pos(e.to))
		for n := first; n <= last; n++ {
			if lines[n] && (first == last || last-first < 3) {
				lost = append(lost, e.ids...)
				return true
			}
		}
		return false
	})
	return lost
}

// helpers is a file for a package whose sources are woven.
func helpers(pkg string) string { return "package " + pkg + helperText }

const helperText = `

import (
	mutantOS "os"
	mutantConv "strconv"
	mutantAtomic "sync/atomic"
)

var (
	mutantNow, _  = mutantConv.Atoi(mutantOS.Getenv("STRATA_MUTANT"))
	mutantTrace   = mutantOS.Getenv("STRATA_MUTANT_TRACE")
	mutantReached [1 << 16]mutantAtomic.Bool
)

func mutantOn(id int) bool {
	if mutantTrace != "" {
		if mutantReached[id].CompareAndSwap(false, true) {
			f, err := mutantOS.OpenFile(mutantTrace, mutantOS.O_APPEND|mutantOS.O_CREATE|mutantOS.O_WRONLY, 0o600)
			if err != nil {
				panic(err)
			}
			_, _ = f.WriteString(mutantConv.Itoa(id) + "\n")
			_ = f.Close()
		}
	}
	return id == mutantNow
}

func mutantAdd[T int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64 | uintptr](up, down int, v T) T {
	if mutantOn(up) {
		return v + 1
	}
	if mutantOn(down) {
		return v - 1
	}
	return v
}
`
