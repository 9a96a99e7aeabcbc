//go:build !linux

package spent

import "time"

var began = time.Now()

// ofThread is the time since the program began.
func ofThread() time.Duration { return time.Since(began) }
