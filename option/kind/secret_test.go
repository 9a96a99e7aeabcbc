package kind_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

func leaks(s string) bool {
	s = strings.ToLower(s)
	for _, form := range []string{
		canary, hex.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte(canary)),
		strings.Trim(strings.ReplaceAll(fmt.Sprint([]byte(canary)), "\n", ""), "[]"), fmt.Sprintf("% x", canary), fmt.Sprintf("%U", []rune(canary)),
	} {
		if strings.Contains(s, strings.ToLower(form)) {
			return true
		}
	}
	return false
}

// holders has secrets in every place where fmt might find them.
func holders() []any {
	type outer struct {
		Secret kind.Secret
		Keys   kind.Secrets
		secret kind.Secret
		keys   kind.Secrets
		inner  struct{ secret kind.Secret }
		list   []kind.Secret
		any    any
	}
	s, k := kind.NewSecret(canary), kind.NewSecrets(canary, canary)
	o := outer{Secret: s, Keys: k, secret: s, keys: k, inner: struct{ secret kind.Secret }{s}, list: []kind.Secret{s}, any: s}
	return []any{
		s, &s, k, &k, o, &o,
		[]any{s, k},
		[]kind.Secret{s},
		[1]kind.Secrets{k},
		map[kind.Secret]kind.Secrets{s: k},
		map[kind.Secrets]int{k: 1},
		option.RawText(canary), fmt.Errorf("%w: %v", errors.ErrUnsupported, s),
	}
}

func TestSecretFormats(t *testing.T) {
	t.Parallel()
	if !leaks(fmt.Sprintf("%x", canary)) || !leaks(fmt.Sprint(struct{ s string }{canary})) || !leaks(fmt.Sprint([]byte(canary))) {
		t.Fatal("the test does not find a leak that is there")
	}
	for _, h := range holders() {
		for verb := 'A'; verb <= 'z'; verb++ {
			for _, flags := range []string{"%", "%+", "%#", "% ", "%0", "%-40", "%.3", "%+#10.4"} {
				if got := fmt.Sprintf(flags+string(verb), h); leaks(got) {
					t.Errorf("%s%c of %T shows the secret: %s", flags, verb, h, got)
				}
			}
		}
		if got := fmt.Sprint(h) + fmt.Sprintln(h); leaks(got) {
			t.Errorf("Sprint of %T shows the secret: %s", h, got)
		}
	}
}

func TestSecretEncoders(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	text := slog.New(slog.NewTextHandler(&out, nil))
	js := slog.New(slog.NewJSONHandler(&out, nil))
	for _, h := range holders() {
		text.Info("x", "h", h)
		js.Info("x", slog.Any("h", h), slog.Group("g", "h", h))
		if err := json.NewEncoder(&out).Encode(h); err != nil {
			fmt.Fprintln(&out, err)
		}
		if err := xml.NewEncoder(&out).Encode(h); err != nil {
			fmt.Fprintln(&out, err)
		}
		if _, isErr := h.(error); !isErr {
			if b, err := yaml.Marshal(h); err == nil {
				out.Write(b)
			}
		}
	}
	if leaks(out.String()) {
		t.Errorf("an encoder shows the secret:\n%s", out.String())
	}
	if b, err := json.Marshal(struct {
		S kind.Secret
		K kind.Secrets
	}{kind.NewSecret(canary), kind.NewSecrets(canary)}); err != nil || string(b) != `{"S":"","K":[]}` {
		t.Errorf("JSON: got %s, %v", b, err)
	}
}

// A panic prints its value and the frames of the stack with their arguments.
func TestSecretPanic(t *testing.T) {
	t.Parallel()
	if which := os.Getenv("KIND_TEST_PANIC"); which != "" {
		panic(holders()[len(which)-1])
	}
	for i, h := range holders() {
		cmd := exec.Command(os.Args[0], "-test.run=^TestSecretPanic$")
		cmd.Env = append(os.Environ(), "GOTRACEBACK=all", "KIND_TEST_PANIC="+strings.Repeat("x", i+1))
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "panic") {
			t.Fatalf("%T: got no panic: %s", h, out)
		}
		if leaks(string(out)) {
			t.Errorf("a panic with %T shows the secret:\n%s", h, out)
		}
	}
}

func TestSecretKind(t *testing.T) {
	t.Parallel()
	v := kind.SecretOf(new(kind.Secret), kind.NoSpace())
	s, err := decode[kind.Secret](v, "hush")
	if err != nil || s.Reveal() != "hush" || !s.IsSet() || !s.Equal(kind.NewSecret("hush")) || s.Equal(kind.NewSecret("rush")) {
		t.Errorf("got %q, %v", s.Reveal(), err)
	}
	checkBad[kind.Secret](t, v, []bad{{"a b", "white space", ""}})
	if got := string(v.AppendJSON(nil, &s, option.ShapeFull)); got != `""` {
		t.Errorf("JSON: got %s", got)
	}
	if !v.Redact(&s) || s.IsSet() || v.Redact(&s) {
		t.Error("redaction left the secret, or removed it twice")
	}
	if empty, err := decode[kind.Secret](v, ""); err != nil || empty.IsSet() || empty.Reveal() != "" {
		t.Errorf("empty: got set %v, %v", empty.IsSet(), err)
	}
}

func TestSecretsKind(t *testing.T) {
	t.Parallel()
	v := kind.SecretsOf(new(kind.Secrets), kind.NotEmpty())
	s, err := decode[kind.Secrets](v, `a,"b,c"`)
	if err != nil || s.Len() != 2 || !s.Equal(kind.NewSecrets("a", "b,c")) || s.Equal(kind.NewSecrets("a", "x,c")) || s.Equal(kind.Secrets{}) {
		t.Errorf("got %q, %v", s.Reveal(), err)
	}
	s.Reveal()[0] = "changed"
	if s.Reveal()[0] != "a" {
		t.Error("a change of what Reveal returns changed the secrets")
	}
	if got := string(v.AppendJSON(nil, &s, option.ShapeFull)); got != `[]` {
		t.Errorf("JSON: got %s", got)
	}
	if f := fault(t, v.Decode(new(kind.Secrets), option.RawText("a,"))); f.Item != "[1]" {
		t.Errorf("got %+v, want item [1]", f)
	}
	if !v.Redact(&s) || s.IsSet() || v.Redact(&s) {
		t.Error("redaction left the secrets, or removed them twice")
	}
}
