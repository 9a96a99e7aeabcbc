package paper

import "unicode"

// Columns returns how many columns of a terminal a text takes, as most of them
// count: two for the characters of East Asia and for emoji, none for marks
// that join the character before.
func Columns(s string) int {
	n, last := 0, 0 // last is what emojiStyle may widen
	for _, r := range s {
		switch {
		case r == emojiStyle:
			// It turns a sign of one column, such as U+26A0, into an emoji.
			if last == 1 {
				n, last = n+1, 2
			}
		case r <= unicode.MaxASCII:
			n, last = n+1, 0
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.Is(wide, r):
			n, last = n+2, 2
		default:
			n, last = n+1, 1
		}
	}
	return n
}

const emojiStyle = '\ufe0f'

// wide are the blocks of characters of two columns: those of East Asian width
// W and F, without the gaps inside blocks.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115f, 1}, // Hangul, initial consonants
		{0x231a, 0x231b, 1}, // watch, hourglass
		{0x23e9, 0x23ec, 1},
		{0x23f0, 0x23f3, 3},
		{0x25fd, 0x25fe, 1},
		{0x2614, 0x2615, 1},
		{0x2648, 0x2653, 1},
		{0x267f, 0x2693, 20},
		{0x26a1, 0x26a1, 1},
		{0x26aa, 0x26ab, 1},
		{0x26bd, 0x26be, 1},
		{0x26c4, 0x26c5, 1},
		{0x26ce, 0x26d4, 6},
		{0x26ea, 0x26ea, 1},
		{0x26f2, 0x26f3, 1},
		{0x26f5, 0x26fa, 5},
		{0x26fd, 0x2705, 8},
		{0x270a, 0x270b, 1},
		{0x2728, 0x2728, 1},
		{0x274c, 0x274e, 2},
		{0x2753, 0x2755, 1},
		{0x2757, 0x2757, 1},
		{0x2795, 0x2797, 1},
		{0x27b0, 0x27bf, 15},
		{0x2b1b, 0x2b1c, 1},
		{0x2b50, 0x2b55, 5},
		{0x2e80, 0x303e, 1}, // radicals, punctuation
		{0x3041, 0x33ff, 1}, // kana to squared words
		{0x3400, 0x4dbf, 1},
		{0x4e00, 0xa4cf, 1}, // unified ideographs, Yi
		{0xa960, 0xa97f, 1},
		{0xac00, 0xd7a3, 1}, // Hangul syllables
		{0xf900, 0xfaff, 1},
		{0xfe10, 0xfe19, 1},
		{0xfe30, 0xfe6f, 1},
		{0xff00, 0xff60, 1}, // full-width forms
		{0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{
		{0x16fe0, 0x18aff, 1},
		{0x1aff0, 0x1b2ff, 1},
		{0x1f004, 0x1f004, 1},
		{0x1f0cf, 0x1f0cf, 1},
		{0x1f18e, 0x1f18e, 1},
		{0x1f191, 0x1f19a, 1},
		{0x1f1e6, 0x1f265, 1},
		{0x1f300, 0x1f64f, 1}, // pictographs, faces
		{0x1f680, 0x1f6ff, 1},
		{0x1f7e0, 0x1f7eb, 1},
		{0x1f90c, 0x1f9ff, 1},
		{0x1fa70, 0x1faff, 1},
		{0x20000, 0x3fffd, 1},
	},
}
