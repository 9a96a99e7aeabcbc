//go:build !linux && !darwin

package main

import "os"

// closed reports whether the file was closed when the program began.
func closed(f *os.File) bool {
	_, err := f.Stat()
	return err != nil
}
