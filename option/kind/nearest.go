package kind

import "strings"

// nearest returns the known word that text was probably meant to be, or "".
// Only known words come out of it: text itself may be a secret.
func nearest(text string, known []string) string {
	const longest = 64
	if len(text) > longest {
		return ""
	}
	best, least := "", 3
	for _, k := range known {
		// A third of a word may be wrong, else any two short words are near.
		if d := distance(strings.ToLower(text), strings.ToLower(k)); d < least && 3*d <= len(k) {
			best, least = k, d
		}
	}
	return best
}

// distance counts the bytes to insert, remove, change or swap with their
// neighbour to get from a to b.
func distance(a, b string) int {
	prev, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], prev[j-1]+1)
			}
		}
		prev, row, next = row, next, prev
	}
	return row[len(b)]
}
