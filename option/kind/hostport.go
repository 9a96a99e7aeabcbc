package kind

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode"

	"github.com/strataconf/strata/option"
)

// A HostPort is a place to listen on or to connect to. The zero HostPort is
// unset.
type HostPort struct {
	// Host is a name or an address, an IPv6 address without its brackets. An
	// empty Host stands for every address of the machine.
	Host string
	// Port is a number from 0 to 65535.
	Port string
}

// String returns host:port, or "" if the address is unset.
func (a HostPort) String() string {
	switch {
	case a == HostPort{}:
		return ""
	case strings.IndexByte(a.Host, ':') >= 0:
		return "[" + a.Host + "]:" + a.Port
	}
	return a.Host + ":" + a.Port
}

// MarshalText returns the address as [HostPort.String] does.
func (a HostPort) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// MarshalJSON returns the address as one JSON string.
func (a HostPort) MarshalJSON() ([]byte, error) { return option.AppendJSONString(nil, a.String()), nil }

// UnmarshalText reads host:port. Empty text is the zero HostPort.
func (a *HostPort) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*a = HostPort{}
		return nil
	}
	v, fault := parseHostPort(string(text))
	if fault != nil {
		return fault
	}
	*a = v
	return nil
}

// AddressOf is a host:port. It can't be empty.
func AddressOf(f *HostPort, rules ...Rule[HostPort]) option.Value {
	return facts[HostPort]{
		name: "host:port", parse: parseHostPort, text: HostPort.String, rules: rules,
		json: func(b []byte, a HostPort, shape option.Shape) []byte {
			if shape == option.ShapeCompact {
				return option.AppendJSONString(b, a.String())
			}
			b = option.AppendJSONString(append(b, `{"host":`...), a.Host)
			b = option.AppendJSONString(append(b, `,"port":`...), a.Port)
			return append(b, '}')
		},
		traits: option.Traits{Limits: []option.Limit{{Text: anAddress, Pattern: hostPortPattern}}},
	}.of(f)
}

// AddressText is a host:port that is kept as text, or empty text, which turns
// the option off. Its type is "string".
func AddressText(f *string) option.Value {
	return facts[string]{
		name: "string", text: same, json: jsonString,
		parse: func(text string) (string, *option.Fault) {
			if text == "" {
				return "", nil
			}
			_, fault := parseHostPort(text)
			return text, fault
		},
		traits: option.Traits{
			EmptyText: true, Rules: []string{orNoAddress},
			Limits: []option.Limit{{Text: orNoAddress, Pattern: hostPortPattern}},
		},
	}.of(f)
}

const (
	anAddress   = "an address host:port"
	orNoAddress = anAddress + ", or empty for none"
)

func parseHostPort(text string) (HostPort, *option.Fault) {
	colon := strings.LastIndexByte(text, ':')
	if colon < 0 {
		return HostPort{}, notAddress("add the port, such as localhost:3000")
	}
	host, port := text[:colon], text[colon+1:]
	if !isPort(port, 0) {
		return HostPort{}, notAddress("the port is a number from 0 to 65535")
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
		if a, _ := netip.ParseAddr(host); !a.Is6() { // nor is what no address gives
			return HostPort{}, notAddress("only an IPv6 address stands in brackets")
		}
		return HostPort{Host: host, Port: port}, nil
	}
	if strings.IndexByte(host, ':') >= 0 {
		return HostPort{}, notAddress("put an IPv6 address in brackets, write no scheme")
	}
	if strings.ContainsFunc(host, notHost) {
		return HostPort{}, notAddress("the host is a name or an address")
	}
	return HostPort{Host: host, Port: port}, nil
}

func notHost(r rune) bool {
	return r != '-' && r != '.' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

func notAddress(hint string) *option.Fault {
	return &option.Fault{Reason: "not an address such as 127.0.0.1:3000", Hint: hint}
}

// isPort reports whether text is a decimal number from least to 65535 without
// a sign or leading zeros.
func isPort(text string, least uint64) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && least <= n && (text[0] != '0' || text == "0")
}
