package option

import "strings"

// texts makes strings that live as long as one another, in few blocks of
// memory.
type texts struct {
	block int // bytes of a block
	b     strings.Builder
}

// begin makes room for a text of n bytes and returns where it begins.
func (t *texts) begin(n int) int {
	if t.b.Cap()-t.b.Len() < n {
		t.b = strings.Builder{}
		t.b.Grow(max(n, t.block))
	}
	return t.b.Len()
}

// since returns what was written to b from there on.
func (t *texts) since(from int) string { return t.b.String()[from:] }

func (t *texts) join(parts ...string) string {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	from := t.begin(n)
	for _, p := range parts {
		t.b.WriteString(p)
	}
	return t.since(from)
}
