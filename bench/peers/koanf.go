package peers

import (
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/json"
	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"github.com/strataconf/strata/bench/work"
)

var koanfPeer = Peer{Name: "koanf", Modules: []string{"github.com/knadh/koanf/v2", "github.com/spf13/pflag"}, Start: startKoanf}

type koanfLoaded struct {
	in    *work.Input
	flags *pflag.FlagSet
	koanf *koanf.Koanf
	v     any
}

func startKoanf(in *work.Input) (Loaded, error) {
	l := &koanfLoaded{in: in, flags: pflags(in.Size)}
	if err := l.flags.Parse(in.Args); err != nil {
		return nil, err
	}
	_, err := l.Again()
	return l, err
}

func (l *koanfLoaded) Values() any { return l.v }

func (l *koanfLoaded) Again() (any, error) {
	k := koanf.New(".")
	d := work.Defaults()
	defaults := make(map[string]any, len(l.in.Size.Options))
	i := 0
	for v := range work.Values([]*work.Group{&d}) {
		for at := i; at < len(l.in.Size.Options); at += work.Leaves {
			defaults[l.in.Size.Options[at].Key] = v
		}
		i++
	}
	if err := k.Load(confmap.Provider(defaults, "."), nil); err != nil {
		return nil, err
	}
	if err := k.Load(file.Provider(l.in.Name), yaml.Parser()); err != nil {
		return nil, err
	}
	environ := env.Provider(".", env.Opt{Prefix: work.Prefix, TransformFunc: func(name, text string) (string, any) {
		name = strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, work.Prefix)), "_", ".")
		if strings.Contains(text, ",") {
			return name, strings.Split(text, ",")
		}
		return name, text
	}})
	if err := k.Load(environ, nil); err != nil {
		return nil, err
	}
	flags := posflag.ProviderWithFlag(l.flags, ".", k, func(f *pflag.Flag) (string, any) {
		return key(f.Name), posflag.FlagVal(l.flags, f)
	})
	if err := k.Load(flags, nil); err != nil {
		return nil, err
	}
	l.koanf, l.v = k, l.in.Size.New()
	return l.v, k.UnmarshalWithConf("", l.v, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		DecodeHook: mapstructure.StringToTimeDurationHookFunc(), Result: l.v, TagName: "yaml", WeaklyTypedInput: true, ErrorUnused: true,
	}})
}

func (l *koanfLoaded) Reads(n int) (sum int64) {
	for range n {
		sum += l.koanf.Int64(l.in.Size.Options[5].Key)
	}
	return sum
}
func (l *koanfLoaded) Help() ([]byte, error) { return []byte(l.flags.FlagUsages()), nil }
func (l *koanfLoaded) YAML() ([]byte, error) { return l.koanf.Marshal(yaml.Parser()) }
func (l *koanfLoaded) JSON() ([]byte, error) { return l.koanf.Marshal(json.Parser()) }
