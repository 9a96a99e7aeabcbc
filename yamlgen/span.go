package yamlgen

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/internal/yamltree"
)

// span returns the place of the value of n, behind its anchor and tag. A node
// of yaml.v3 has no end, and its place is that of the anchor or tag.
func (c *converter) span(n *yaml.Node) yamltree.Span {
	if at, ok := c.spans[n]; ok {
		return at
	}
	start := c.lines.Offset(n.Line, n.Column)
	off, end, tagged := start, start, false
	if n.Anchor != "" || start < len(c.src) && c.src[start] == '!' {
		off, end, tagged = c.lines.Properties(start)
	}
	text := n.Kind == yaml.ScalarNode && n.Tag == "!!str" && n.Style&yaml.TaggedStyle != 0
	if tagged && !text {
		c.refuse(c.lines.At(n.Line, start, 0), "a tag", "only !!str before text is supported; put text that starts with ! in quotes")
	}
	off, end = c.extent(n, off, end)
	at := c.lines.At(n.Line, off, end-off)
	c.spans[n] = at
	return at
}

// extent returns the range of n, given the offset of its first character
// behind its properties and the end of these.
func (c *converter) extent(n *yaml.Node, off, properties int) (from, to int) {
	flow := n.Style&yaml.FlowStyle != 0
	switch {
	case n.Kind == yaml.AliasNode:
		return off, c.lines.AliasEnd(off)
	case n.Kind != yaml.ScalarNode:
		// The properties of a first key stand behind those of its mapping.
		if n.Kind == yaml.MappingNode && !flow && n.Anchor != "" && !strings.HasPrefix(c.src[off:], "?") {
			off = c.lines.Offset(n.Content[0].Line, n.Content[0].Column)
		}
		// A flow sequence may hold key: value, a mapping without braces.
		flow = flow && off < len(c.src) && (c.src[off] == '{' || c.src[off] == '[')
		end := off
		if len(n.Content) > 0 {
			last := n.Content[len(n.Content)-1]
			at := c.span(last)
			if n.Kind == yaml.MappingNode && at.Length == 0 && last.Anchor == "" && last.Style&yaml.TaggedStyle == 0 {
				// The place of nothing can be anywhere behind the colon.
				key := c.span(n.Content[len(n.Content)-2])
				end = max(end, c.lines.ColonEnd(int(key.Offset+key.Length)))
			} else {
				end = max(end, int(at.Offset+at.Length))
			}
		}
		if flow {
			end = c.lines.FlowEnd(end)
		}
		return off, min(max(end, off), len(c.src))
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		return off, c.lines.QuotedEnd(off)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return off, c.lines.BlockEnd(off, n.Value, n.Style&yaml.FoldedStyle != 0)
	case n.Value == "":
		return properties, properties
	}
	return off, c.lines.PlainEnd(off, n.Value)
}
