package yamltree

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AppendText appends a scalar that reads back as s, here and in any other
// YAML reader: in double quotes unless it is surely plain. Block and single
// quoted styles, which lose some strings, are not used at all.
func AppendText(b []byte, s string) []byte {
	if IsPlain(s) && !isOther(s) {
		return append(b, s...)
	}
	return appendQuoted(b, s)
}

// IsPlain reports whether s may stand without quotes, in block and in flow
// style, as a key and as a value.
func IsPlain(s string) bool {
	if s == "" || !isStart(s) || s[len(s)-1] == ' ' || s[len(s)-1] == ':' {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isWordByte(c), strings.IndexByte("/._-+=~@%^$;()*|<>!", c) >= 0:
		case c == ' ':
			if s[i+1] == '#' {
				return false
			}
		case c == ':':
			if !isWordByte(s[i+1]) && s[i+1] != '/' {
				return false
			}
		case c == '#' && i > 0:
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError || !unicode.IsPrint(r) {
				return false
			}
			i += n - 1
		default:
			return false
		}
	}
	return true
}

func isStart(s string) bool {
	switch c := s[0]; c {
	case '-':
		return len(s) > 1 && isWordByte(s[1])
	case '/', '.', '+', '$', '(':
		return !strings.HasPrefix(s, "...")
	default:
		return isWordByte(c) || c >= utf8.RuneSelf
	}
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// isOther reports whether some reader takes the plain s for null, a bool, a
// number or a time.
func isOther(s string) bool {
	c := s[0] | 0x20
	if c >= 'a' && c <= 'z' {
		switch len(s) {
		case 1:
			return c == 'y' || c == 'n'
		case 2, 3, 4, 5:
			switch strings.ToLower(s) {
			case "no", "on", "yes", "off", "nan", "inf", "true", "null", "false":
				return true
			}
		}
		return false
	}
	if s[0] >= '0' && s[0] <= '9' || strings.IndexByte("+-.", s[0]) >= 0 {
		return isNumber(s)
	}
	return s == "~"
}

func isNumber(s string) bool {
	if strings.Trim(s, "0123456789abcdefABCDEFxXoOpP_+-.:iInNyYtTzZ ") != "" {
		return false
	}
	// A year and a dash, or digits between colons.
	if len(s) > 4 && s[4] == '-' && strings.Trim(s[:4], "0123456789") == "" {
		return true
	}
	if head, _, ok := strings.Cut(s, ":"); ok {
		return strings.Trim(head, "+-0123456789_") == "" && strings.Trim(s, "+-0123456789_:.") == ""
	}
	plain := strings.ReplaceAll(s, "_", "")
	if _, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return true
	}
	if strings.Trim(plain, "+-0123456789") == "" {
		return true
	}
	// Without their dot, .inf and .nan are known to ParseFloat too.
	_, err := strconv.ParseFloat(strings.Replace(plain, ".", "", 1), 64)
	return err == nil
}

const hex = "0123456789abcdef"

// appendQuoted appends s in double quotes, on one line. Bytes that are not
// UTF-8, which no YAML file can hold, become U+FFFD.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7f {
			if c == '"' || c == '\\' {
				b = append(b, '\\')
			}
			b = append(b, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r < 0x80:
			b = append(b, '\\', 'x', hex[r>>4], hex[r&15])
		case unicode.IsPrint(r) && r != utf8.RuneError:
			b = utf8.AppendRune(b, r)
		case r <= 0xffff:
			b = append(b, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			b = append(b, '\\', 'U', '0', '0', hex[r>>20&15], hex[r>>16&15], hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		}
	}
	return append(b, '"')
}
