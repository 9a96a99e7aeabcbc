package leaktest

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A Form is a way to write bytes down. What it makes of a text is at least as long.
type Form struct {
	Name  string
	Write func(string) string
	// thirds tells that three bytes become four characters, so that how a text
	// looks depends on how many bytes stand in front of it.
	thirds bool
}

// Forms are the forms in which a secret is looked for: eight encodings, and
// what Go, shells and documents make of bytes.
var Forms = []Form{
	{Name: "plain", Write: func(s string) string { return s }},
	{Name: "base64", Write: func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) }, thirds: true},
	{Name: "base64 for URLs", Write: func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }, thirds: true},
	{Name: "hexadecimal", Write: func(s string) string { return hex.EncodeToString([]byte(s)) }},
	{Name: "HEXADECIMAL", Write: func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) }},
	{Name: "escaped for a query", Write: url.QueryEscape},
	{Name: "escaped for a path", Write: url.PathEscape},
	{Name: "escaped for a URL, every byte", Write: bytewise("%%%02X", "")},
	{Name: "escaped for JSON", Write: inJSON},
	{Name: "escaped for JSON, every character", Write: runewise(`\u%04x`)},
	{Name: "backwards", Write: backwards},
	{Name: "upper case", Write: strings.ToUpper},
	{Name: "lower case", Write: strings.ToLower},
	{Name: "escaped for HTML", Write: html.EscapeString},
	{Name: "quoted by Go", Write: func(s string) string { return inside(strconv.Quote(s)) }},
	{Name: "quoted by Go in ASCII", Write: func(s string) string { return inside(strconv.QuoteToASCII(s)) }},
	{Name: "quoted for a shell", Write: func(s string) string { return strings.ReplaceAll(s, "'", `'\''`) }},
	{Name: "quoted for YAML", Write: func(s string) string { return strings.ReplaceAll(s, "'", "''") }},
	{Name: "bytes of Go", Write: bytewise("%d", " ")},
	{Name: "bytes in hexadecimal", Write: bytewise("%02x", " ")},
	{Name: "Go syntax", Write: bytewise("%#x", ", ")},
	{Name: "escaped for C", Write: bytewise(`\x%02x`, "")},
	{Name: "octal", Write: bytewise("%o", " ")},
	{Name: "code points", Write: func(s string) string { return strings.Trim(fmt.Sprintf("%U", []rune(s)), "[]") }},
}

// each calls do with all windows of a secret in all forms.
func each(secret string, do func(form, text string)) {
	for _, f := range Forms {
		for i := 0; i+Window <= len(secret); i++ {
			w := secret[i : i+Window]
			if !f.thirds {
				do(f.Name, f.Write(w))
				continue
			}
			// At the ends some characters also depend on the neighbours.
			do(f.Name, f.Write(w))
			do(f.Name, f.Write("\x00" + w + "\x00\x00")[2:9])
			do(f.Name, f.Write("\x00\x00" + w + "\x00")[3:10])
		}
	}
}

func bytewise(verb, between string) func(string) string {
	return func(s string) string {
		out := make([]string, len(s))
		for i := range len(s) {
			out[i] = fmt.Sprintf(verb, s[i])
		}
		return strings.Join(out, between)
	}
}

func runewise(verb string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, verb, r)
		}
		return b.String()
	}
}

func backwards(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

func inJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return s // not possible: a string always has a form
	}
	return inside(string(b))
}

// inside is what stands between quotes.
func inside(s string) string { return s[1 : len(s)-1] }
