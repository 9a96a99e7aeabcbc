package option_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/strataconf/strata/option"
)

// FuzzEscape holds that nothing that a terminal obeys is shown, and that what
// is shown tells which bytes there were.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"plain", "a\x1b[2Jb", "\xff\xc3\x28", "\u2028\u202e\u00a0\ufffd", "é語🚀\u0301", "\x7f\x9b\u009b", "\U000e0001\ufeff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		shown := option.Escape(text)
		if !utf8.ValidString(shown) || strings.ContainsFunc(shown, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Fatalf("%q is shown as %q", text, shown)
		}
		if again := option.Escape(shown); again != shown {
			t.Errorf("%q is shown as %q, and that as %q", text, shown, again)
		}
		if strings.ContainsAny(text, `\"`) {
			return // these are shown as they are
		}
		if back, err := strconv.Unquote(`"` + shown + `"`); err != nil || back != text {
			t.Errorf("%q is shown as %q, which is %q (%v)", text, shown, back, err)
		}
	})
}

// FuzzJSONString holds that encoding/json reads the text that was written, with
// the sign of what is no text in the place of each byte that is none.
func FuzzJSONString(f *testing.F) {
	for _, seed := range []string{"", `"\`, "\x00\n\r\t\x1f\x7f", "\xff\xe2\x80", "\u2028\u2029</script>", "é語🚀"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		written := option.AppendJSONString([]byte("x"), text)[1:]
		var got, want string
		if err := json.Unmarshal(written, &got); err != nil {
			t.Fatalf("%q is written as %s: %v", text, written, err)
		}
		theirs, err := json.Marshal(text)
		if err != nil || json.Unmarshal(theirs, &want) != nil {
			t.Fatalf("encoding/json does not take %q: %v", text, err)
		}
		if got != want {
			t.Errorf("%q is written as %s, which is %q, want %q", text, written, got, want)
		}
		if strings.ContainsFunc(string(written), func(r rune) bool { return r < ' ' || r == 0x7F || r == '\u2028' || r == '\u2029' }) {
			t.Errorf("%q is written as %q, with a character that shows nothing", text, written)
		}
	})
}
