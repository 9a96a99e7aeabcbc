package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/strataconf/strata/internal/files"
	"github.com/strataconf/strata/values"
)

// secure makes ready for HTTPS. The files were checked; that they changed
// since is a fault of the moment.
func (d *doors) secure(_ context.Context, snap *snapshot, reader files.Reader, logs *logs) error {
	v := snap.View()
	if d.tls == nil {
		return nil
	}
	config, err := tlsConfig(&v.TLS, reader)
	if err != nil {
		return err
	}
	now := time.Now()
	for i, pair := range config.Certificates {
		// No fault of the configuration: the clock may be wrong, and some clients do not mind.
		if now.After(pair.Leaf.NotAfter) {
			logs.log.Warn("a certificate has ended, so clients refuse it", "number", i+1, "ended", pair.Leaf.NotAfter)
		} else if now.Before(pair.Leaf.NotBefore) {
			logs.log.Warn("a certificate has not begun yet, so clients refuse it", "number", i+1, "begins", pair.Leaf.NotBefore)
		}
	}
	if len(config.Certificates) == 0 {
		logs.log.Warn("the certificate is one of our own, for 127.0.0.1 and localhost only; see " + flags("tls-cert-file", "tls-key-file"))
		own, err := ownCertificate(v.CacheDir, reader, now)
		if err != nil {
			logs.log.Warn("the certificate can't be kept below " + flags("cache-dir") + ", so the next start makes another: " + osReason(err))
		}
		config.Certificates = []tls.Certificate{own}
	}
	d.config = config
	return nil
}

var clientAuth = map[string]tls.ClientAuthType{
	"none":               tls.NoClientCert,
	"request":            tls.RequestClientCert,
	"require-any":        tls.RequireAnyClientCert,
	"verify-if-given":    tls.VerifyClientCertIfGiven,
	"require-and-verify": tls.RequireAndVerifyClientCert,
}

var tlsVersions = map[string]uint16{"tls10": tls.VersionTLS10, "tls11": tls.VersionTLS11, "tls12": tls.VersionTLS12, "tls13": tls.VersionTLS13}

// tlsConfig is what the options say. Of several certificates each client gets
// the first that is for the name it asks for.
func tlsConfig(t *values.TLS, reader files.Reader) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tlsVersions[t.MinVersion], ClientAuth: clientAuth[t.ClientAuth]}
	for i := range t.CertFiles {
		cert, err := reader.ReadFile(t.CertFiles[i])
		if err != nil {
			return nil, unavailable("a certificate can't be read any more")
		}
		key, err := reader.ReadFile(t.KeyFiles[i])
		if err != nil {
			return nil, unavailable("a key can't be read any more")
		}
		pair, err := tls.X509KeyPair(cert, key)
		if err != nil {
			return nil, unavailable("a certificate and its key have just changed")
		}
		c.Certificates = append(c.Certificates, pair)
	}
	if t.ClientCAFile != "" {
		text, err := reader.ReadFile(t.ClientCAFile)
		if err != nil {
			return nil, unavailable("the authorities of clients can't be read any more")
		}
		c.ClientCAs = x509.NewCertPool()
		c.ClientCAs.AppendCertsFromPEM(text)
	}
	for _, s := range slices.Concat(tls.CipherSuites(), tls.InsecureCipherSuites()) {
		if slices.Contains(t.SupportedCiphers, s.Name) {
			c.CipherSuites = append(c.CipherSuites, s.ID)
		}
	}
	return c, nil
}

// speaksHTTP2 reports whether the suites have one that HTTP/2 can't do
// without.
func speaksHTTP2(c *tls.Config) bool {
	return len(c.CipherSuites) == 0 || slices.Contains(c.CipherSuites, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256) ||
		slices.Contains(c.CipherSuites, tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
}

const (
	ownCertificateFile = "tls-self-signed.pem"
	ownCertificateAge  = 2 * 365 * 24 * time.Hour
	ownCertificateRest = 30 * 24 * time.Hour // with less than this left a start makes another
)

// ownCertificate returns the certificate that is kept in a folder, or a new
// one. The error says that it could not be kept.
func ownCertificate(dir string, reader files.Reader, now time.Time) (tls.Certificate, error) {
	name := filepath.Join(dir, ownCertificateFile)
	if text, err := reader.ReadFile(name); err == nil {
		if pair, err := tls.X509KeyPair(text, text); err == nil && pair.Leaf != nil && now.Add(ownCertificateRest).Before(pair.Leaf.NotAfter) {
			return pair, nil
		}
	}
	text := newCertificate(now)
	pair, err := tls.X509KeyPair(text, text)
	if err != nil {
		panic(err) // not possible: it was just made
	}
	return pair, keepFile(name, text)
}

// newCertificate makes a key and a certificate, in PEM.
func newCertificate(now time.Time) []byte {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err) // not possible: it never runs out of random bytes
	}
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: "localhost"},
		DNSNames:              []string{"localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(ownCertificateAge),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})...)
}

// keepFile writes a file for nobody else's eyes, whole or not at all.
func keepFile(name string, text []byte) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
