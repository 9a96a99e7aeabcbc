package kind

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"github.com/strataconf/strata/option"
)

const withheld = "(withheld)"

// A Secret is text that nothing shows. It stands behind a pointer, because fmt
// calls no methods on what an unexported field holds, but prints an address
// for a pointer there. [Secret.Reveal] is the only way in. The zero Secret is
// unset. Compare secrets with [Secret.Equal]: == compares places in memory.
type Secret struct{ p *string }

// NewSecret returns a Secret that holds text, unset if text is empty.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{p: &text}
}

// Reveal returns the text, "" if the secret is unset.
func (s Secret) Reveal() string {
	if s.p == nil {
		return ""
	}
	return *s.p
}

// IsSet reports whether the secret holds any text.
func (s Secret) IsSet() bool { return s.p != nil }

// Equal compares two secrets in a time that depends on their lengths only.
func (s Secret) Equal(t Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(t.Reveal())) == 1
}

// Format prints a fixed word for every verb.
func (Secret) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, withheld) }

// String returns a fixed word.
func (Secret) String() string { return withheld }

// GoString returns a fixed word.
func (Secret) GoString() string { return withheld }

// LogValue is a fixed word.
func (Secret) LogValue() slog.Value { return slog.StringValue(withheld) }

// MarshalText returns empty text.
func (Secret) MarshalText() ([]byte, error) { return nil, nil }

// MarshalJSON returns an empty JSON string.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`""`), nil }

// Secrets is a list of texts that nothing shows, see [Secret].
type Secrets struct{ p hidden[[]string] }

// NewSecrets returns Secrets that hold the items, unset if there are none.
func NewSecrets(items ...string) Secrets {
	if len(items) == 0 {
		return Secrets{}
	}
	return Secrets{p: hide(slices.Clone(items))}
}

// Reveal returns a copy of the items, nil if there are none.
func (s Secrets) Reveal() []string { return slices.Clone(s.items()) }

func (s Secrets) items() []string {
	if p := s.p.get(); p != nil {
		return *p
	}
	return nil
}

// IsSet reports whether there are any items.
func (s Secrets) IsSet() bool { return s.p.get() != nil }

// Len returns the number of items.
func (s Secrets) Len() int { return len(s.items()) }

// Equal reports whether both hold the same items in the same order. The time
// it takes depends on the lengths only.
func (s Secrets) Equal(t Secrets) bool {
	if s.Len() != t.Len() {
		return false
	}
	equal := 1
	for i, item := range s.items() {
		equal &= subtle.ConstantTimeCompare([]byte(item), []byte(t.items()[i]))
	}
	return equal == 1
}

// Format prints a fixed word for every verb.
func (Secrets) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, withheld) }

// String returns a fixed word.
func (Secrets) String() string { return withheld }

// GoString returns a fixed word.
func (Secrets) GoString() string { return withheld }

// LogValue is a fixed word.
func (Secrets) LogValue() slog.Value { return slog.StringValue(withheld) }

// MarshalText returns empty text.
func (Secrets) MarshalText() ([]byte, error) { return nil, nil }

// MarshalJSON returns an empty JSON array.
func (Secrets) MarshalJSON() ([]byte, error) { return []byte(`[]`), nil }

// SecretOf is text that is never shown. Empty text means none. The rules see
// the text.
func SecretOf(f *Secret, rules ...Rule[string]) option.Value {
	return facts[Secret]{
		name: "string", text: Secret.Reveal, rules: inside(rules),
		parse:  func(text string) (Secret, *option.Fault) { return NewSecret(text), nil },
		json:   func(b []byte, _ Secret, _ option.Shape) []byte { return append(b, `""`...) },
		redact: func(s Secret) (Secret, bool) { return Secret{}, s.IsSet() },
		traits: option.Traits{Secret: true, EmptyText: true, Annotations: secretAnnotation()},
	}.of(f)
}

func inside(rules []Rule[string]) []Rule[Secret] {
	out := make([]Rule[Secret], len(rules))
	for i, r := range rules {
		out[i].Text, out[i].Pattern = r.Text, r.Pattern
		if r.Check != nil {
			out[i].Check = func(s Secret) *option.Fault { return r.Check(s.Reveal()) }
		}
	}
	return out
}

func secretAnnotation() option.Annotations { return option.Annotations{"secret": "true"} }
