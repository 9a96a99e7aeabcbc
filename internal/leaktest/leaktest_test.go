package leaktest_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/strataconf/strata/internal/leaktest"
)

// TestEveryWindowIsFound is the positive control of all that search: each
// window in each form, whatever stands around it.
func TestEveryWindowIsFound(t *testing.T) {
	t.Parallel()
	for _, text := range []string{leaktest.Mint("a", 16), leaktest.Mint("b", 6), `p"&<%'` + leaktest.Mint("c", 10) + `\\\/ +é` + "\n$"} {
		f := leaktest.NewFinder(leaktest.Secret{Name: "s", Text: text})
		for _, form := range leaktest.Forms {
			for from := 0; from+leaktest.Window <= len(text); from++ {
				for _, around := range []string{"", "x", "xy", "xyz"} {
					part := text[from : from+leaktest.Window]
					got := f.Find("see " + form.Write(around+part+around))
					if len(got) != 1 || got[0].Secret != "s" {
						t.Fatalf("%q as %s: got %v, want it found", part, form.Name, got)
					}
				}
			}
		}
	}
}

// TestSixBytesAreEnough holds it for what stands in the middle of another
// text, encoded as a whole.
func TestSixBytesAreEnough(t *testing.T) {
	t.Parallel()
	secret := leaktest.Mint("secret", 20)
	f := leaktest.NewFinder(leaktest.Secret{Name: "s", Text: secret})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(leaktest.Window, len(secret)).Draw(t, "bytes")
		from := rapid.IntRange(0, len(secret)-n).Draw(t, "from")
		form := rapid.SampledFrom(leaktest.Forms).Draw(t, "form")
		text := rapid.StringMatching(`[a-z ]{0,9}`).Draw(t, "before") + secret[from:from+n] + rapid.StringMatching(`[a-z ]{0,9}`).Draw(t, "behind")
		if len(f.Find(form.Write(text))) != 1 {
			t.Fatalf("%q as %s is not found", text, form.Name)
		}
	})
}

// TestNothingElseIsFound reads texts of this repository and what is random.
func TestNothingElseIsFound(t *testing.T) {
	t.Parallel()
	var secrets []leaktest.Secret
	for i := range 200 {
		name := hex.EncodeToString([]byte{byte(i)})
		secrets = append(secrets, leaktest.Secret{Name: name, Text: leaktest.Mint(name, 16)})
	}
	f := leaktest.NewFinder(secrets...)
	files, err := filepath.Glob("../../testdata/golden/*")
	if err != nil || len(files) < 5 {
		t.Fatalf("got %d goldens, %v", len(files), err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Find(string(b)); got != nil {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if got := f.Find(strings.Repeat("0123456789abcdef", 100) + leaktest.Mint("another", 4000)); got != nil {
		t.Errorf("another secret: got %v", got)
	}
}

func TestFindTellsWhose(t *testing.T) {
	t.Parallel()
	a, b := leaktest.Mint("a", 16), leaktest.Mint("b", 16)
	f := leaktest.NewFinder(leaktest.Secret{Name: "a", Text: a}, leaktest.Secret{Name: "b", Text: b})
	got := f.Find("x" + hex.EncodeToString([]byte(b[3:9])) + a + b)
	if len(got) != 2 || got[0].Secret != "b" || got[0].Form != "hexadecimal" || got[1].Secret != "a" || !strings.Contains(got[1].String(), "a, plain") {
		t.Errorf("got %v, want b in hexadecimal, then a", got)
	}
	if got := f.Find(a[:leaktest.Window-1] + " " + b[1:leaktest.Window]); got != nil {
		t.Errorf("five bytes: got %v, want none", got)
	}
}

func TestMint(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, name := range []string{"a", "b", "c"} {
		text := leaktest.Mint(name, 500)
		if len(text) != 500 || text != leaktest.Mint(name, 500) || leaktest.Mint(name, 16) != text[:16] {
			t.Fatalf("%s: got %q, want 500 bytes, always the same", name, text)
		}
		for i := 0; i+leaktest.Window <= len(text); i++ {
			w := text[i : i+leaktest.Window]
			if seen[w] || !strings.ContainsAny(w, "0123456789") || strings.ToUpper(w) == w || strings.ToLower(w) == w {
				t.Fatalf("%s: window %q comes twice or is not mixed", name, w)
			}
			seen[w] = true
		}
	}
}

func TestShortSecretsAreRefused(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a secret of five bytes was taken, which can't be found")
		}
	}()
	leaktest.NewFinder(leaktest.Secret{Name: "s", Text: "12345"})
}
