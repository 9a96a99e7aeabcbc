// Package peers has one adapter for each library that is measured: the same
// options declared as its documentation shows, and one start of a program.
package peers

import "github.com/strataconf/strata/bench/work"

// A Peer is one library.
type Peer struct {
	Name    string
	Modules []string // whose versions are printed
	// Start does what a program does at its start: it declares the options of
	// the size, reads flags, variables and the file, and fills the struct.
	Start func(in *work.Input) (Loaded, error)
	// Aside says what the adapter does against a fault of the library, or is
	// "". Plain starts without that.
	Aside string
	Plain func(in *work.Input) (Loaded, error)
}

// Loaded is what a program has after its start. Further methods say what the
// library can do, see [Again], [Reader], [Helper], [Writer] and [Encoder].
type Loaded interface {
	// Values returns the struct that was filled.
	Values() any
}

// Again is a library that reads all sources another time without declaring the
// options another time, as a program does that reloads.
type Again interface{ Again() (any, error) }

// A Reader reads one number, the sixth option of the smallest size, n times in
// the way that the library has for it, and returns the sum.
type Reader interface{ Reads(n int) int64 }

// A Helper writes the page behind --help.
type Helper interface{ Help() ([]byte, error) }

// A Writer writes the settings as YAML.
type Writer interface{ YAML() ([]byte, error) }

// An Encoder writes the settings as JSON.
type Encoder interface{ JSON() ([]byte, error) }

// All are the libraries, the floor and ours first.
var All = []Peer{floorPeer, strataPeer, cleanenvPeer, urfavePeer, koanfPeer, kongPeer, viperPeer, ffPeer}
