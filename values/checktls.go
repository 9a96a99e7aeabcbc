package values

import (
	"crypto/tls"
	"crypto/x509"

	"github.com/strataconf/strata/option"
)

// A FileReader reads the files that options name.
type FileReader interface {
	ReadFile(name string) ([]byte, error)
}

// FileChecks returns the checks that read the files which options name. A start
// makes them behind those of [Checks].
func FileChecks(files FileReader) []option.Check[DeploymentValues] { return FileChecksOf(whole, files) }

// FileChecksOf returns [FileChecks] for a program whose struct holds a
// DeploymentValues; part tells where.
func FileChecksOf[T any](part func(*T) *DeploymentValues, files FileReader) []option.Check[T] {
	return lift(part,
		func(v *DeploymentValues, c reporter) { checkCertificates(v, c, files) },
		func(v *DeploymentValues, c reporter) { checkClientCA(v, c, files) },
	)
}

func checkCertificates(v *DeploymentValues, c reporter, files FileReader) {
	if !v.TLS.Enable || len(v.TLS.CertFiles) != len(v.TLS.KeyFiles) {
		return
	}
	for i := range v.TLS.CertFiles {
		certAt, keyAt := option.Item{List: &v.TLS.CertFiles, Index: i}, option.Item{List: &v.TLS.KeyFiles, Index: i}
		cert, err := files.ReadFile(v.TLS.CertFiles[i])
		if err != nil {
			c.Problem("certificate-unreadable", "the file can't be read", "check its name and permissions", certAt)
		}
		key, keyErr := files.ReadFile(v.TLS.KeyFiles[i])
		if keyErr != nil {
			c.Problem("key-unreadable", "the file can't be read", "check its name and permissions", keyAt)
		}
		if err != nil || keyErr != nil {
			continue
		}
		if _, err := tls.X509KeyPair(cert, key); err != nil {
			c.Problem("certificate-invalid", "a certificate and a key that are not a pair in PEM",
				"give the files in the same order", certAt, keyAt)
		}
	}
}

func checkClientCA(v *DeploymentValues, c reporter, files FileReader) {
	if !v.TLS.Enable || v.TLS.ClientCAFile == "" {
		return
	}
	text, err := files.ReadFile(v.TLS.ClientCAFile)
	if err != nil {
		c.Problem("client-ca-unreadable", "the file can't be read", "check its name and permissions", &v.TLS.ClientCAFile)
	} else if !x509.NewCertPool().AppendCertsFromPEM(text) {
		c.Problem("client-ca-invalid", "the file has no certificate in PEM", "", &v.TLS.ClientCAFile)
	}
}

func checkCiphers(v *DeploymentValues, c reporter) {
	if !v.TLS.Enable || len(v.TLS.SupportedCiphers) == 0 {
		return
	}
	if v.TLS.MinVersion == "tls13" {
		c.Problem("ciphers-with-tls13", "the cipher suites of TLS 1.3 can't be chosen",
			"remove --tls-ciphers, or lower --tls-min-version", &v.TLS.SupportedCiphers, &v.TLS.MinVersion)
		return
	}
	weak := map[string]bool{}
	var known []string
	for _, s := range tls.CipherSuites() {
		weak[s.Name] = false
		known = append(known, s.Name)
	}
	for _, s := range tls.InsecureCipherSuites() {
		weak[s.Name] = true
	}
	for i, name := range v.TLS.SupportedCiphers {
		switch insecure, found := weak[name]; {
		case !found:
			c.Problem("unknown-cipher", "no cipher suite of Go",
				didYouMean(name, known), option.Item{List: &v.TLS.SupportedCiphers, Index: i})
		case insecure && !v.TLS.AllowInsecureCiphers:
			c.Problem("insecure-cipher", "a weak cipher suite",
				"remove it, or turn --tls-allow-insecure-ciphers on",
				option.Item{List: &v.TLS.SupportedCiphers, Index: i}, &v.TLS.AllowInsecureCiphers)
		}
	}
}
