package values_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"io/fs"
	"math/big"
	"strings"
	"testing"

	"github.com/strataconf/strata/values"
)

// folder is a FileReader of texts by name.
type folder map[string]string

func (f folder) ReadFile(name string) ([]byte, error) {
	text, found := f[name]
	if !found {
		return nil, fs.ErrNotExist
	}
	return []byte(text), nil
}

// pair makes a certificate and its key in PEM.
func pair(t *testing.T) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}))
}

func TestFileChecks(t *testing.T) {
	t.Parallel()
	r := build(t, develHost)
	certA, keyA := pair(t)
	certB, keyB := pair(t)
	files := folder{"a.crt": certA, "a.key": keyA, "b.crt": certB, "b.key": keyB, "text": "canary"}
	tests := []struct{ name, in, code, place string }{
		{"two pairs", "--tls-enable=true --tls-cert-file=a.crt,b.crt --tls-key-file=a.key,b.key", "", ""},
		{"no certificates", "tls-enable=true", "", ""},
		{"TLS off", "tls-cert-file=none tls-key-file=none tls-client-ca-file=none", "", ""},
		{"swapped", "--tls-enable=true tls-cert-file=a.crt,b.crt $tls-key-file=a.key,a.key", "certificate-invalid", "coder.yaml:12:5"},
		{"not PEM", "tls-enable=true $tls-cert-file=text $tls-key-file=a.key", "certificate-invalid", "environment"},
		{"certificate missing", "tls-enable=true --tls-cert-file=none tls-key-file=a.key", "certificate-unreadable", "argv[3]"},
		{"key missing", "tls-enable=true --tls-cert-file=a.crt tls-key-file=none", "key-unreadable", "coder.yaml:12:5"},
		{"fewer keys", "tls-enable=true --tls-cert-file=none,none tls-key-file=none", "certificates-without-keys", "argv[3]"},
		{"authorities", "tls-enable=true tls-client-ca-file=a.crt", "", ""},
		{"authorities missing", "tls-enable=true --tls-client-ca-file=none", "client-ca-unreadable", "argv[3]"},
		{"authorities not PEM", "tls-enable=true $tls-client-ca-file=text", "client-ca-invalid", "environment"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, ps := r.Resolve(settings(r, strings.Fields(tt.in)...), values.FileChecks(files)...)
			checkOne(t, ps, tt.code, tt.place)
			if err := ps.Err(); err != nil && (strings.Contains(err.Error(), "none") || strings.Contains(err.Error(), "canary")) {
				t.Errorf("the problem shows a value: %v", err)
			}
		})
	}
}
