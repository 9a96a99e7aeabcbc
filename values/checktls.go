package values

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"

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
		cert, err := files.ReadFile(v.TLS.CertFiles[i])
		if err != nil {
			c.Problem("certificate-unreadable", fmt.Sprintf("certificate file %d can't be read", i+1),
				"check its name and permissions", &v.TLS.CertFiles)
		}
		key, keyErr := files.ReadFile(v.TLS.KeyFiles[i])
		if keyErr != nil {
			c.Problem("key-unreadable", fmt.Sprintf("key file %d can't be read", i+1),
				"check its name and permissions", &v.TLS.KeyFiles)
		}
		if err != nil || keyErr != nil {
			continue
		}
		if _, err := tls.X509KeyPair(cert, key); err != nil {
			c.Problem("certificate-invalid", fmt.Sprintf("certificate file %d and key file %d are not a pair in PEM", i+1, i+1),
				"give the files in the same order", &v.TLS.CertFiles, &v.TLS.KeyFiles)
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
			c.Problem("unknown-cipher", fmt.Sprintf("item %d is no cipher suite of Go", i+1),
				didYouMean(name, known), &v.TLS.SupportedCiphers)
		case insecure && !v.TLS.AllowInsecureCiphers:
			c.Problem("insecure-cipher", fmt.Sprintf("item %d is a weak cipher suite", i+1),
				"remove it, or turn --tls-allow-insecure-ciphers on", &v.TLS.SupportedCiphers, &v.TLS.AllowInsecureCiphers)
		}
	}
}
