package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/strataconf/strata/bench/peers"
	"github.com/strataconf/strata/bench/work"
)

// once starts a library one time in a process of its own, which is ended after
// the limit: a library that is quadratic takes minutes for 20,000 options.
func once(name string, limit time.Duration) (cost, error) {
	self, err := os.Executable()
	if err != nil {
		return cost{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, "-once", name)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return cost{time: limit, over: true}, nil
	}
	if err != nil {
		return cost{}, err
	}
	fields := strings.Fields(string(out))
	if len(fields) != 3 {
		return cost{}, errors.New("the process of one start said nothing")
	}
	var numbers [3]float64
	for i, f := range fields {
		if numbers[i], err = strconv.ParseFloat(f, 64); err != nil {
			return cost{}, err
		}
	}
	return cost{time: time.Duration(numbers[0]), allocs: numbers[1], bytes: numbers[2]}, nil
}

// runOnce is the process of [once].
func runOnce(name string) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	in := work.NewInput(work.Large)
	if err := in.Enter(dir); err != nil {
		return err
	}
	i := slices.IndexFunc(peers.All, func(p peers.Peer) bool { return p.Name == name })
	if i < 0 {
		return fmt.Errorf("no library is called %s", name)
	}
	c, err := runs(func() error {
		_, err := peers.All[i].Start(in)
		return err
	}, 1)
	fmt.Println(int64(c.time), c.allocs, c.bytes)
	return err
}
