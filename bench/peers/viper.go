package peers

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/strataconf/strata/bench/work"
)

var viperPeer = Peer{Name: "viper", Modules: []string{"github.com/spf13/viper", "github.com/spf13/pflag"}, Start: startViper}

type viperLoaded struct {
	in    *work.Input
	flags *pflag.FlagSet
	viper *viper.Viper
	v     any
}

func startViper(in *work.Input) (Loaded, error) {
	l := &viperLoaded{in: in, flags: pflags(in.Size), viper: viper.New()}
	if err := l.flags.Parse(in.Args); err != nil {
		return nil, err
	}
	d := work.Defaults()
	i := 0
	for v := range work.Values([]*work.Group{&d}) {
		for at := i; at < len(in.Size.Options); at += work.Leaves {
			l.viper.SetDefault(in.Size.Options[at].Key, v)
		}
		i++
	}
	for _, o := range in.Size.Options {
		if err := l.viper.BindPFlag(o.Key, l.flags.Lookup(o.Flag)); err != nil {
			return nil, err
		}
	}
	l.viper.SetEnvPrefix(strings.TrimSuffix(work.Prefix, "_"))
	l.viper.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	l.viper.AutomaticEnv()
	l.viper.SetConfigFile(in.Name)
	_, err := l.Again()
	return l, err
}

func (l *viperLoaded) Values() any { return l.v }

func (l *viperLoaded) Again() (any, error) {
	if err := l.viper.ReadInConfig(); err != nil {
		return nil, err
	}
	l.v = l.in.Size.New()
	return l.v, l.viper.UnmarshalExact(l.v, func(c *mapstructure.DecoderConfig) { c.TagName = "yaml" })
}

func (l *viperLoaded) Reads(n int) (sum int64) {
	for range n {
		sum += l.viper.GetInt64(l.in.Size.Options[5].Key)
	}
	return sum
}

func (l *viperLoaded) Help() ([]byte, error) { return []byte(l.flags.FlagUsages()), nil }

func (l *viperLoaded) YAML() ([]byte, error) {
	var b bytes.Buffer
	err := l.viper.WriteConfigTo(&b)
	return b.Bytes(), err
}

func (l *viperLoaded) JSON() ([]byte, error) { return json.Marshal(l.viper.AllSettings()) }
