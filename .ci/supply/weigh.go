package main

import (
	"debug/buildinfo"
	"fmt"
	"io"
	"os"
)

// weights is what the program weighed in bytes on each platform when somebody
// last had a reason to look. Whoever writes a larger one says in the commit
// what the bytes are for; "make size" tells what they are.
var weights = map[platform]int64{
	{"darwin", "amd64"}: 24_578_032, {"darwin", "arm64"}: 23_288_770,
	{"linux", "amd64"}: 24_268_962, {"linux", "arm64"}: 22_872_226,
	{"windows", "amd64"}: 24_683_520, {"windows", "arm64"}: 22_884_864,
}

// growth is how much more it may weigh, in percent.
const growth = 3

// weigh prints what a binary weighs, and refuses one that has grown.
func weigh(w io.Writer, file string) error {
	built, err := buildinfo.ReadFile(file)
	if err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	b := binary{BuildInfo: built}
	return weighed(w, platform{b.setting("GOOS"), b.setting("GOARCH")}, info.Size())
}

func weighed(w io.Writer, p platform, bytes int64) error {
	usual, known := weights[p]
	if !known {
		return fmt.Errorf("%s/%s: nobody wrote down what the program weighs there", p.os, p.arch)
	}
	if most := usual * (100 + growth) / 100; bytes > most {
		return fmt.Errorf("%s/%s: the program has %d bytes, %d more than the %d percent that it may grow by; to see what they are: make size; if they are worth it, write %d into .ci/supply/weigh.go", p.os, p.arch, bytes, bytes-most, growth, bytes)
	}
	_, err := fmt.Fprintf(w, "%s/%s: %d bytes, %+.1f %%\n", p.os, p.arch, bytes, 100*float64(bytes-usual)/float64(usual))
	return err
}
