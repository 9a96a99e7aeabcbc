//go:build !linux && !darwin

package main

import "os"

// lost reports whether standard output was closed when the program began.
func lost() bool {
	_, err := os.Stdout.Stat()
	return err != nil
}
