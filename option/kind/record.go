package kind

import (
	"strings"

	"github.com/strataconf/strata/option"
)

// splitRecord reads one CSV record of RFC 4180. Items are windows onto text
// unless a doubled quote has to be undone. Empty text has no items; an item
// that is empty and alone is written "".
func splitRecord(text string) ([]string, *option.Fault) {
	if text == "" {
		return nil, nil
	}
	if strings.ContainsAny(text, "\r\n") {
		f := lineBreak()
		if !strings.ContainsAny(strings.TrimRight(text, "\r\n"), "\r\n") {
			f.Hint = endsInBreak
		}
		return nil, f
	}
	items := make([]string, 0, 1+strings.Count(text, ","))
	for {
		var item string
		quoted := text != "" && text[0] == '"'
		if quoted {
			end := closing(text)
			if end < 0 {
				return nil, &option.Fault{Reason: "a quote that is never closed", Item: index(len(items))}
			}
			item, text = strings.ReplaceAll(text[1:end], `""`, `"`), text[end+1:]
		} else {
			end := strings.IndexByte(text, ',')
			if end < 0 {
				end = len(text)
			}
			item, text = text[:end], text[end:]
		}
		switch {
		case !quoted && strings.Contains(item, `"`):
			return nil, &option.Fault{
				Reason: "a quote inside an item", Item: index(len(items)),
				Hint: "put the whole item in quotes and double those inside",
			}
		case text != "" && text[0] != ',':
			return nil, &option.Fault{
				Reason: "text behind a closing quote", Item: index(len(items)),
				Hint: "put the whole item in quotes and double those inside",
			}
		}
		items = append(items, item)
		if text == "" {
			return items, nil
		}
		text = text[1:]
	}
}

// closing returns where the quote that opens text is closed, or -1.
func closing(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 == len(text) || text[i+1] != '"' {
			return i
		}
		i++
	}
	return -1
}

// joinRecord writes items as [splitRecord] reads them.
func joinRecord(items []string) string {
	if len(items) == 1 && items[0] == "" {
		return `""`
	}
	var b strings.Builder
	for i, s := range items {
		if i > 0 {
			b.WriteByte(',')
		}
		if !strings.ContainsAny(s, `",`) {
			b.WriteString(s)
			continue
		}
		b.WriteByte('"')
		b.WriteString(strings.ReplaceAll(s, `"`, `""`))
		b.WriteByte('"')
	}
	return b.String()
}
