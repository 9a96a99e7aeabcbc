// Command hand reads eight options without a library but yaml.v3.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

type settings struct {
	Name    string        `yaml:"name"`
	Address string        `yaml:"address"`
	Verbose bool          `yaml:"verbose"`
	Workers int64         `yaml:"workers"`
	Timeout time.Duration `yaml:"timeout"`
	Tags    []string      `yaml:"tags"`
	Data    string        `yaml:"data"`
	Color   bool          `yaml:"color"`
}

func (s *settings) set(name, text string) (err error) {
	switch name {
	case "name":
		s.Name = text
	case "address":
		s.Address = text
	case "verbose":
		s.Verbose, err = strconv.ParseBool(text)
	case "workers":
		s.Workers, err = strconv.ParseInt(text, 10, 64)
	case "timeout":
		s.Timeout, err = time.ParseDuration(text)
	case "tags":
		s.Tags = strings.Split(text, ",")
	case "data":
		s.Data = text
	case "color":
		s.Color, err = strconv.ParseBool(text)
	default:
		err = fmt.Errorf("unknown option %s", name)
	}
	return err
}

func main() {
	s, err := load()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.Name, s.Address, s.Verbose, s.Workers, s.Timeout, s.Tags, s.Data, s.Color)
}

func load() (*settings, error) {
	s := &settings{Name: "nobody", Address: "localhost:8080", Workers: 4, Timeout: time.Minute, Data: "/srv/data", Color: true}
	file := ""
	for _, arg := range os.Args[1:] {
		if name, found := strings.CutPrefix(arg, "--config="); found {
			file = name
		}
	}
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := yaml.Unmarshal(src, s); err != nil {
		return nil, err
	}
	for _, name := range []string{"name", "address", "verbose", "workers", "timeout", "tags", "data", "color"} {
		if text := os.Getenv("COLD_" + strings.ToUpper(name)); text != "" {
			if err := s.set(name, text); err != nil {
				return nil, err
			}
		}
	}
	for _, arg := range os.Args[1:] {
		name, text, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		if name == "config" {
			continue
		}
		if err := s.set(name, text); err != nil {
			return nil, err
		}
	}
	return s, nil
}
