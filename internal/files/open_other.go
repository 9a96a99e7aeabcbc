//go:build !unix

package files

// nonblock has no meaning here: an open does not wait.
const nonblock = 0
